"""Splits and merges of tasks; samples of closed tasks."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('task_succession',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('predecessor_id', sa.Integer(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['predecessor_id'], ['task.id'], name=op.f('fk_task_succession_predecessor_id_task')),
    sa.ForeignKeyConstraint(['successor_id'], ['task.id'], name=op.f('fk_task_succession_successor_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_succession')),
    sa.UniqueConstraint('predecessor_id', 'successor_id', name=op.f('uq_task_succession_predecessor_id_successor_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('task_succession', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_succession_successor_id'), ['successor_id'], unique=False)
    op.create_table('look_back',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sample_size', sa.Integer(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=20), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drawn_by_name', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_look_back_committee_id_committee')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_look_back_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_back')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('look_back', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_look_back_committee_id'), ['committee_id'], unique=False)
    op.create_table('look_back_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('look_back_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=32), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('checked_by_name', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['look_back_id'], ['look_back.id'], name=op.f('fk_look_back_item_look_back_id_look_back')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_look_back_item_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_back_item')),
    sa.UniqueConstraint('look_back_id', 'task_id', name=op.f('uq_look_back_item_look_back_id_task_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('look_back_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_look_back_item_task_id'), ['task_id'], unique=False)


def downgrade():
    op.drop_table('look_back_item')
    op.drop_table('look_back')
    op.drop_table('task_succession')

"""Lists of drafts that go to their units before the issue."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('consultation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_name', sa.String(length=100), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_consultation_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_committee_id'), ['committee_id'], unique=False)
    op.create_table('consultation_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_consultation_line_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_consultation_line_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_line')),
    sa.UniqueConstraint('consultation_id', 'task_id', name=op.f('uq_consultation_line_consultation_id_task_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('consultation_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_line_task_id'), ['task_id'], unique=False)
    op.create_table('consultation_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_name', sa.String(length=100), nullable=False),
    sa.Column('is_entered_by_office', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_consultation_unit_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_consultation_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_unit')),
    sa.UniqueConstraint('consultation_id', 'unit_id', name=op.f('uq_consultation_unit_consultation_id_unit_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('consultation_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_unit_unit_id'), ['unit_id'], unique=False)
    op.create_table('consultation_opinion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('adoption', sa.String(length=32), nullable=True),
    sa.Column('adoption_reason', sa.String(length=500), nullable=False),
    sa.Column('decided_by_name', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['consultation_line.id'], name=op.f('fk_consultation_opinion_line_id_consultation_line')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_consultation_opinion_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_opinion')),
    sa.UniqueConstraint('line_id', 'unit_id', name=op.f('uq_consultation_opinion_line_id_unit_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('consultation_opinion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_opinion_unit_id'), ['unit_id'], unique=False)


def downgrade():
    op.execute("UPDATE task SET status = 'draft' WHERE status = 'consulting'")
    op.drop_table('consultation_opinion')
    op.drop_table('consultation_unit')
    op.drop_table('consultation_line')
    op.drop_table('consultation')

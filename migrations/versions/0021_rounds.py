"""Reporting rounds: what every unit owes by a day."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('reporting_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('cycle', sa.String(length=32), nullable=False),
    sa.Column('cycle_reason', sa.String(length=200), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=32), nullable=False),
    sa.Column('follows_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_by_name', sa.String(length=100), nullable=False),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('locked_by_name', sa.String(length=100), nullable=False),
    sa.Column('reopened_count', sa.Integer(), nullable=False),
    sa.Column('reopen_reason', sa.String(length=500), nullable=False),
    sa.Column('owed_count', sa.Integer(), nullable=False),
    sa.Column('in_count', sa.Integer(), nullable=False),
    sa.Column('on_time_count', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('from_on <= until_on', name=op.f('ck_reporting_round_days_in_order')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_reporting_round_committee_id_committee')),
    sa.ForeignKeyConstraint(['follows_id'], ['reporting_round.id'], name=op.f('fk_reporting_round_follows_id_reporting_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reporting_round')),
    sa.UniqueConstraint('follows_id', name=op.f('uq_reporting_round_follows_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('reporting_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reporting_round_committee_id'), ['committee_id'], unique=False)

    op.create_table('round_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_name', sa.String(length=100), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('field_count', sa.Integer(), nullable=False),
    sa.Column('standing', sa.String(length=32), nullable=True),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['round_id'], ['reporting_round.id'], name=op.f('fk_round_unit_round_id_reporting_round')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_round_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_unit')),
    sa.UniqueConstraint('round_id', 'unit_id', name=op.f('uq_round_unit_round_id_unit_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('round_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('round_scope',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['unit_group.id'], name=op.f('fk_round_scope_group_id_unit_group')),
    sa.ForeignKeyConstraint(['round_id'], ['reporting_round.id'], name=op.f('fk_round_scope_round_id_reporting_round')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_round_scope_task_id_task')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_round_scope_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_scope')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('round_scope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_scope_round_id'), ['round_id'], unique=False)

    op.create_table('round_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_unit_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['report_id'], ['progress_report.id'], name=op.f('fk_round_task_report_id_progress_report')),
    sa.ForeignKeyConstraint(['round_unit_id'], ['round_unit.id'], name=op.f('fk_round_task_round_unit_id_round_unit')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_round_task_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_task')),
    sa.UniqueConstraint('round_unit_id', 'task_id', name=op.f('uq_round_task_round_unit_id_task_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('round_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_task_report_id'), ['report_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_task_task_id'), ['task_id'], unique=False)



def downgrade():
    with op.batch_alter_table('round_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_task_task_id'))
        batch_op.drop_index(batch_op.f('ix_round_task_report_id'))

    op.drop_table('round_task')
    with op.batch_alter_table('round_scope', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_scope_round_id'))

    op.drop_table('round_scope')
    with op.batch_alter_table('round_unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_unit_unit_id'))

    op.drop_table('round_unit')
    with op.batch_alter_table('reporting_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reporting_round_committee_id'))

    op.drop_table('reporting_round')

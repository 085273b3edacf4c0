"""The rule of the lights is set by each office; receipts and reports that are owed are found by their day."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

_RECEIPT = 'is_open{} AND acknowledged_at IS NULL'
_REPORT = 'is_open{} AND report_due_on IS NOT NULL'


def upgrade():
    op.create_table('light_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('due_soon_working_days', sa.Integer(), nullable=False),
    sa.Column('receipt_working_days', sa.Integer(), nullable=False),
    sa.Column('counts_receipts', sa.Boolean(), nullable=False),
    sa.Column('counts_reports', sa.Boolean(), nullable=False),
    sa.Column('counts_stages', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_light_setting_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_light_setting')),
    sa.UniqueConstraint('committee_id', name=op.f('uq_light_setting_committee_id')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_light_setting_committee_id'), 'light_setting', ['committee_id'], unique=False)
    for name, column, where in (
        ('ix_task_unit_receipt_owed', 'receipt_due_on', _RECEIPT),
        ('ix_task_unit_report_owed', 'report_due_on', _REPORT),
    ):
        op.create_index(
            name,
            'task_unit',
            [column, 'task_id'],
            unique=False,
            sqlite_where=sa.text(where.format(' = 1')),
            postgresql_where=sa.text(where.format('')),
        )


def downgrade():
    op.drop_index('ix_task_unit_report_owed', 'task_unit')
    op.drop_index('ix_task_unit_receipt_owed', 'task_unit')
    op.drop_index(op.f('ix_light_setting_committee_id'), 'light_setting')
    op.drop_table('light_setting')

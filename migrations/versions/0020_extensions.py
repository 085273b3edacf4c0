"""Requests for more time."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('task_extension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=32), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('asked_due_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('progress', sa.Text(), nullable=False),
    sa.Column('decided_due_on', sa.Date(), nullable=True),
    sa.Column('waits_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_event_id', sa.Integer(), nullable=False),
    sa.Column('unit_event_id', sa.Integer(), nullable=True),
    sa.Column('decided_event_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_event_id'], ['task_event.id'], name=op.f('fk_task_extension_asked_event_id_task_event')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_task_extension_committee_id_committee')),
    sa.ForeignKeyConstraint(['decided_event_id'], ['task_event.id'], name=op.f('fk_task_extension_decided_event_id_task_event')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_task_extension_task_id_task')),
    sa.ForeignKeyConstraint(['unit_event_id'], ['task_event.id'], name=op.f('fk_task_extension_unit_event_id_task_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_extension')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('task_extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_extension_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_extension_task_id'), ['task_id'], unique=False)
        batch_op.create_index('ix_task_extension_waiting', ['committee_id', 'status', 'waits_since'], unique=False, sqlite_where=sa.text("status IN ('unit_review', 'office_review')"), postgresql_where=sa.text("status IN ('unit_review', 'office_review')"))
    op.add_column('task', sa.Column('extension_status', sa.String(length=32), nullable=True))


def downgrade():
    op.drop_column('task', 'extension_status')
    op.drop_table('task_extension')

"""Reminders of lists of drafts stand in the log of reminders."""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('reminder', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.alter_column('task_id', existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column('consultation_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_reminder_consultation_id_consultation'), 'consultation', ['consultation_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_reminder_consultation_id'), ['consultation_id'], unique=False)
        batch_op.create_check_constraint(batch_op.f('ck_reminder_one_subject'), '(task_id IS NULL) <> (consultation_id IS NULL)')
    with op.batch_alter_table('consultation', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_column('reminded_on')


def downgrade():
    with op.batch_alter_table('consultation', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('reminded_on', sa.Date(), nullable=True))
    op.execute(
        "UPDATE consultation SET reminded_on = "
        "(SELECT max(sent_on) FROM reminder WHERE reminder.consultation_id = consultation.id)"
    )
    op.execute('DELETE FROM reminder WHERE task_id IS NULL')
    with op.batch_alter_table('reminder', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_reminder_one_subject'), type_='check')
        batch_op.drop_index(batch_op.f('ix_reminder_consultation_id'))
        batch_op.drop_constraint(batch_op.f('fk_reminder_consultation_id_consultation'), type_='foreignkey')
        batch_op.drop_column('consultation_id')
        batch_op.alter_column('task_id', existing_type=sa.Integer(), nullable=False)

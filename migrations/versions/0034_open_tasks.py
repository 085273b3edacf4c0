"""What is overdue is counted from an index of open tasks."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

NAME = 'ix_task_open_counted'


def upgrade():
    columns = ['committee_id', 'due_on', 'status', 'submitted_on']
    op.create_index(NAME, 'task', columns, sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))


def downgrade():
    op.drop_index(NAME, table_name='task')

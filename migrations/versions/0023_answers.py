"""Addresses by which a unit without accounts answers, once."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('recipient', sa.String(length=100), server_default='', nullable=False))
        batch_op.add_column(sa.Column('used_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.execute("DELETE FROM link WHERE purpose IN ('task_report', 'round_report')")
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_column('used_at')
        batch_op.drop_column('recipient')

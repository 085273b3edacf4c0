"""Reports say whether they reached the office, and which standards are met with them."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    # Without batches: the table and what hangs on it stay as they are.
    op.add_column('progress_report', sa.Column('is_sent', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column('progress_report', sa.Column('standards_met', sa.JSON(), nullable=True))
    op.execute("UPDATE progress_report SET is_sent = (status <> 'unit_review')")


def downgrade():
    op.drop_column('progress_report', 'standards_met')
    op.drop_column('progress_report', 'is_sent')

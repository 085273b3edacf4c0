"""The inbox shows the newest notice first, by its moment."""

from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index('ix_notice_user_id_created_at_id', 'notice', ['user_id', 'created_at', 'id'])
    op.drop_index('ix_notice_user_id_id', table_name='notice')


def downgrade():
    op.create_index('ix_notice_user_id_id', 'notice', ['user_id', 'id'])
    op.drop_index('ix_notice_user_id_created_at_id', table_name='notice')

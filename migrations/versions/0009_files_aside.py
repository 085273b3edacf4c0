"""Files of forms that had to be shown again."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('aside_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=64), nullable=False),
    sa.Column('field', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_aside_file_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aside_file')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_aside_file_kept_at', 'aside_file', ['kept_at'])


def downgrade():
    op.drop_index('ix_aside_file_kept_at', table_name='aside_file')
    op.drop_table('aside_file')

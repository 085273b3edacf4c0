"""Invitations to meetings, answered by a one-time address."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subject_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_link_subject_id'), ['subject_id'], unique=False)
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.execute("DELETE FROM link WHERE purpose = 'invitation'")
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_column('replied_at')
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_link_subject_id'))
        batch_op.drop_column('subject_id')

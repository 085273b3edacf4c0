"""Files of an inspection visit: of what was found, and of the unit's answer."""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('visit_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('is_answer', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_visit_file_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_file_visit_id_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_file')),
    sa.UniqueConstraint('visit_id', 'attachment_id', name=op.f('uq_visit_file_visit_id_attachment_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('visit_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_file_attachment_id'), ['attachment_id'], unique=False)


def downgrade():
    op.drop_table('visit_file')

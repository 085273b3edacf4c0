"""Why an indicator is missed, in the words of the unit that answers for it."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('assessment_reason',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_reason_assessment_id_assessment')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_assessment_reason_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_reason')),
    sa.UniqueConstraint('assessment_id', 'indicator_id', name=op.f('uq_assessment_reason_assessment_id_indicator_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('assessment_reason', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_reason_indicator_id'), ['indicator_id'], unique=False)


def downgrade():
    with op.batch_alter_table('assessment_reason', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_reason_indicator_id'))

    op.drop_table('assessment_reason')

"""Rounds in which values of a year are asked for, and by which value each is answered."""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('reporting_round', sa.Column('value_year', sa.Integer(), nullable=True))
    op.create_table('round_value',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_unit_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_round_value_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['round_unit_id'], ['round_unit.id'], name=op.f('fk_round_value_round_unit_id_round_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_value')),
    sa.UniqueConstraint('round_unit_id', 'indicator_id', name=op.f('uq_round_value_round_unit_id_indicator_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('round_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_value_indicator_id'), ['indicator_id'], unique=False)


def downgrade():
    op.drop_table('round_value')
    op.drop_column('reporting_round', 'value_year')

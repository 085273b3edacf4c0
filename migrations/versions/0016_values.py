"""States given by hand, corrections of values, the unit that checks them, and sealed sheets."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('statistics_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_statistics_unit_committee_id_committee')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_statistics_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statistics_unit')),
    sa.UniqueConstraint('committee_id', name=op.f('uq_statistics_unit_committee_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('statistics_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statistics_unit_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statistics_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('value_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_value_sheet_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_value_sheet_committee_id_committee')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_value_sheet_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_value_sheet')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('value_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_value_sheet_attachment_id'), ['attachment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_value_sheet_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_value_sheet_unit_id_year', ['unit_id', 'year'], unique=False)

    op.create_table('manual_judgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('judged_by_name', sa.String(length=100), nullable=False),
    sa.Column('judged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_manual_judgement_committee_id_committee')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_manual_judgement_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_manual_judgement')),
    sa.UniqueConstraint('indicator_id', 'year', name=op.f('uq_manual_judgement_indicator_id_year')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('manual_judgement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_manual_judgement_committee_id'), ['committee_id'], unique=False)

    op.create_table('value_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('value_id', sa.Integer(), nullable=False),
    sa.Column('numerator', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('denominator', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('value', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('corrected_by_name', sa.String(length=100), nullable=False),
    sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_value_correction_committee_id_committee')),
    sa.ForeignKeyConstraint(['value_id'], ['indicator_value.id'], name=op.f('fk_value_correction_value_id_indicator_value')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_value_correction')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('value_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_value_correction_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_value_correction_value_id'), ['value_id'], unique=False)



def downgrade():
    with op.batch_alter_table('value_correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_value_correction_value_id'))
        batch_op.drop_index(batch_op.f('ix_value_correction_committee_id'))

    op.drop_table('value_correction')
    with op.batch_alter_table('manual_judgement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_manual_judgement_committee_id'))

    op.drop_table('manual_judgement')
    with op.batch_alter_table('value_sheet', schema=None) as batch_op:
        batch_op.drop_index('ix_value_sheet_unit_id_year')
        batch_op.drop_index(batch_op.f('ix_value_sheet_committee_id'))
        batch_op.drop_index(batch_op.f('ix_value_sheet_attachment_id'))

    op.drop_table('value_sheet')
    with op.batch_alter_table('statistics_unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statistics_unit_unit_id'))
        batch_op.drop_index(batch_op.f('ix_statistics_unit_committee_id'))

    op.drop_table('statistics_unit')

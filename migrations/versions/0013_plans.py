"""The plans: their tree, indicators with milestones and values, and what requirements and tasks serve."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('value_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('locked_by_name', sa.String(length=100), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_value_period_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_value_period')),
    sa.UniqueConstraint('committee_id', 'year', name=op.f('uq_value_period_committee_id_year')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('value_period', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_value_period_committee_id'), ['committee_id'], unique=False)

    op.create_table('plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('from_year', sa.Integer(), nullable=False),
    sa.Column('until_year', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=32), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('until_year >= from_year', name=op.f('ck_plan_years_in_order')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_plan_committee_id_committee')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_plan_document_id_document')),
    sa.ForeignKeyConstraint(['previous_id'], ['plan.id'], name=op.f('fk_plan_previous_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan')),
    sa.UniqueConstraint('committee_id', 'kind', 'from_year', name=op.f('uq_plan_committee_id_kind_from_year')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_previous_id'), ['previous_id'], unique=False)

    op.create_table('plan_domain',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_plan_domain_committee_id_committee')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_domain_plan_id_plan')),
    sa.ForeignKeyConstraint(['previous_id'], ['plan_domain.id'], name=op.f('fk_plan_domain_previous_id_plan_domain')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_domain')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plan_domain', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_domain_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_plan_domain_plan_id_position', ['plan_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_domain_previous_id'), ['previous_id'], unique=False)

    op.create_table('plan_stage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=32), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('begun_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_stage_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_stage')),
    sa.UniqueConstraint('plan_id', 'stage', name=op.f('uq_plan_stage_plan_id_stage')),
    sqlite_autoincrement=True
    )
    op.create_table('plan_goal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('domain_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('is_text', sa.Boolean(), nullable=False),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_plan_goal_committee_id_committee')),
    sa.ForeignKeyConstraint(['domain_id'], ['plan_domain.id'], name=op.f('fk_plan_goal_domain_id_plan_domain')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_goal_plan_id_plan')),
    sa.ForeignKeyConstraint(['previous_id'], ['plan_goal.id'], name=op.f('fk_plan_goal_previous_id_plan_goal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_goal')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plan_goal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_goal_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_goal_domain_id'), ['domain_id'], unique=False)
        batch_op.create_index('ix_plan_goal_plan_id_domain_id_position', ['plan_id', 'domain_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_goal_previous_id'), ['previous_id'], unique=False)

    op.create_table('plan_measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('domain_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_plan_measure_committee_id_committee')),
    sa.ForeignKeyConstraint(['domain_id'], ['plan_domain.id'], name=op.f('fk_plan_measure_domain_id_plan_domain')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_measure_plan_id_plan')),
    sa.ForeignKeyConstraint(['previous_id'], ['plan_measure.id'], name=op.f('fk_plan_measure_previous_id_plan_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_measure')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plan_measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_measure_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_measure_domain_id'), ['domain_id'], unique=False)
        batch_op.create_index('ix_plan_measure_plan_id_domain_id_position', ['plan_id', 'domain_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_measure_previous_id'), ['previous_id'], unique=False)

    op.create_table('indicator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('domain_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('formula', sa.String(length=500), nullable=False),
    sa.Column('numerator_name', sa.String(length=200), nullable=False),
    sa.Column('denominator_name', sa.String(length=200), nullable=False),
    sa.Column('factor', sa.Integer(), nullable=False),
    sa.Column('decimals', sa.Integer(), nullable=False),
    sa.Column('unit_of_measure', sa.String(length=20), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('direction', sa.String(length=32), nullable=False),
    sa.Column('tolerance', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('baseline_year', sa.Integer(), nullable=True),
    sa.Column('baseline_value', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('target_year', sa.Integer(), nullable=True),
    sa.Column('target_value', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('target_text', sa.String(length=200), nullable=False),
    sa.Column('level', sa.String(length=32), nullable=False),
    sa.Column('available_month', sa.Integer(), nullable=True),
    sa.Column('available_day', sa.Integer(), nullable=True),
    sa.Column('is_text', sa.Boolean(), nullable=False),
    sa.Column('is_key', sa.Boolean(), nullable=False),
    sa.Column('is_sensitive', sa.Boolean(), nullable=False),
    sa.Column('has_sex', sa.Boolean(), nullable=False),
    sa.Column('has_area', sa.Boolean(), nullable=False),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('decimals BETWEEN 0 AND 4', name=op.f('ck_indicator_decimals_in_range')),
    sa.CheckConstraint('factor > 0', name=op.f('ck_indicator_factor_positive')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_indicator_committee_id_committee')),
    sa.ForeignKeyConstraint(['domain_id'], ['plan_domain.id'], name=op.f('fk_indicator_domain_id_plan_domain')),
    sa.ForeignKeyConstraint(['goal_id'], ['plan_goal.id'], name=op.f('fk_indicator_goal_id_plan_goal')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_indicator_plan_id_plan')),
    sa.ForeignKeyConstraint(['previous_id'], ['indicator.id'], name=op.f('fk_indicator_previous_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_indicator_domain_id'), ['domain_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_indicator_goal_id'), ['goal_id'], unique=False)
        batch_op.create_index('ix_indicator_plan_id_domain_id_position', ['plan_id', 'domain_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_indicator_previous_id'), ['previous_id'], unique=False)

    op.create_table('plan_goal_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['plan_goal.id'], name=op.f('fk_plan_goal_unit_goal_id_plan_goal')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_plan_goal_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_goal_unit')),
    sa.UniqueConstraint('goal_id', 'unit_id', name=op.f('uq_plan_goal_unit_goal_id_unit_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plan_goal_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_goal_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('plan_measure_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['plan_measure.id'], name=op.f('fk_plan_measure_unit_measure_id_plan_measure')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_plan_measure_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_measure_unit')),
    sa.UniqueConstraint('measure_id', 'unit_id', name=op.f('uq_plan_measure_unit_measure_id_unit_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plan_measure_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_measure_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('indicator_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_unit_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_indicator_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_unit')),
    sa.UniqueConstraint('indicator_id', 'unit_id', name=op.f('uq_indicator_unit_indicator_id_unit_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('indicator_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('indicator_value',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sex', sa.String(length=32), nullable=False),
    sa.Column('area', sa.String(length=32), nullable=False),
    sa.Column('numerator', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('denominator', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('value', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('return_reason', sa.String(length=500), nullable=False),
    sa.Column('entered_unit_id', sa.Integer(), nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_by_name', sa.String(length=100), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by_name', sa.String(length=100), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_indicator_value_committee_id_committee')),
    sa.ForeignKeyConstraint(['entered_unit_id'], ['unit.id'], name=op.f('fk_indicator_value_entered_unit_id_unit')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_value_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_indicator_value_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_value')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('indicator_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_value_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_indicator_value_committee_id_year', ['committee_id', 'year'], unique=False)
        batch_op.create_index(batch_op.f('ix_indicator_value_entered_unit_id'), ['entered_unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_indicator_value_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_indicator_value_of_county', ['indicator_id', 'year', 'sex', 'area'], unique=True, sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))
        batch_op.create_index('uq_indicator_value_of_unit', ['indicator_id', 'unit_id', 'year', 'sex', 'area'], unique=True, sqlite_where=sa.text('unit_id IS NOT NULL'), postgresql_where=sa.text('unit_id IS NOT NULL'))

    op.create_table('milestone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('value', sa.Numeric(precision=16, scale=4), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_milestone_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone')),
    sa.UniqueConstraint('indicator_id', 'year', name=op.f('uq_milestone_indicator_id_year')),
    sqlite_autoincrement=True
    )
    op.create_table('requirement_aim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=True),
    sa.Column('measure_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(goal_id IS NULL) <> (measure_id IS NULL)', name=op.f('ck_requirement_aim_names_one')),
    sa.ForeignKeyConstraint(['goal_id'], ['plan_goal.id'], name=op.f('fk_requirement_aim_goal_id_plan_goal')),
    sa.ForeignKeyConstraint(['measure_id'], ['plan_measure.id'], name=op.f('fk_requirement_aim_measure_id_plan_measure')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_requirement_aim_requirement_id_requirement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requirement_aim')),
    sa.UniqueConstraint('requirement_id', 'goal_id', name=op.f('uq_requirement_aim_requirement_id_goal_id')),
    sa.UniqueConstraint('requirement_id', 'measure_id', name=op.f('uq_requirement_aim_requirement_id_measure_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('requirement_aim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_requirement_aim_goal_id'), ['goal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_requirement_aim_measure_id'), ['measure_id'], unique=False)

    op.create_table('task_aim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=True),
    sa.Column('measure_id', sa.Integer(), nullable=True),
    sa.Column('indicator_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(CASE WHEN goal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN measure_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN indicator_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_task_aim_names_one')),
    sa.ForeignKeyConstraint(['goal_id'], ['plan_goal.id'], name=op.f('fk_task_aim_goal_id_plan_goal')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_task_aim_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['measure_id'], ['plan_measure.id'], name=op.f('fk_task_aim_measure_id_plan_measure')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_task_aim_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_aim')),
    sa.UniqueConstraint('task_id', 'goal_id', name=op.f('uq_task_aim_task_id_goal_id')),
    sa.UniqueConstraint('task_id', 'indicator_id', name=op.f('uq_task_aim_task_id_indicator_id')),
    sa.UniqueConstraint('task_id', 'measure_id', name=op.f('uq_task_aim_task_id_measure_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('task_aim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_aim_goal_id'), ['goal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_aim_indicator_id'), ['indicator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_aim_measure_id'), ['measure_id'], unique=False)


def downgrade():
    op.drop_table('task_aim')
    op.drop_table('requirement_aim')
    op.drop_table('milestone')
    op.drop_table('indicator_value')
    op.drop_table('indicator_unit')
    op.drop_table('plan_measure_unit')
    op.drop_table('plan_goal_unit')
    op.drop_table('indicator')
    op.drop_table('plan_measure')
    op.drop_table('plan_goal')
    op.drop_table('plan_stage')
    op.drop_table('plan_domain')
    op.drop_table('plan')
    op.drop_table('value_period')

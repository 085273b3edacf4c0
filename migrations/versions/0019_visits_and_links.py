"""Plans that are evaluated, visits with findings, and what is put right."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('evaluated_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_evaluated_plan_evaluation_id_evaluation')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_evaluated_plan_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluated_plan')),
    sa.UniqueConstraint('evaluation_id', 'plan_id', name=op.f('uq_evaluated_plan_evaluation_id_plan_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('evaluated_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluated_plan_plan_id'), ['plan_id'], unique=False)

    op.create_table('inspection_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.Column('leader', sa.String(length=100), nullable=False),
    sa.Column('members', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_inspection_group_evaluation_id_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_group')),
    sa.UniqueConstraint('evaluation_id', 'name', name=op.f('uq_inspection_group_evaluation_id_name')),
    sqlite_autoincrement=True
    )
    op.create_table('domain_review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('domain_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['domain_id'], ['plan_domain.id'], name=op.f('fk_domain_review_domain_id_plan_domain')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_domain_review_evaluation_id_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_domain_review')),
    sa.UniqueConstraint('evaluation_id', 'domain_id', name=op.f('uq_domain_review_evaluation_id_domain_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('domain_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_domain_review_domain_id'), ['domain_id'], unique=False)

    op.create_table('visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('looked_at', sa.Text(), nullable=False),
    sa.Column('feedback', sa.Text(), nullable=False),
    sa.Column('feedback_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_name', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_visit_committee_id_committee')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_visit_evaluation_id_evaluation')),
    sa.ForeignKeyConstraint(['group_id'], ['inspection_group.id'], name=op.f('fk_visit_group_id_inspection_group')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_visit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_evaluation_id'), ['evaluation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_unit_id'), ['unit_id'], unique=False)

    op.create_table('finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_finding_visit_id_visit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_visit_id'), ['visit_id'], unique=False)

    op.create_table('rectification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=True),
    sa.Column('indicator_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('problem', sa.String(length=500), nullable=False),
    sa.CheckConstraint('(indicator_id IS NULL) <> (finding_id IS NULL)', name=op.f('ck_rectification_one_cause')),
    sa.CheckConstraint('(indicator_id IS NULL) = (year IS NULL)', name=op.f('ck_rectification_year_of_indicator')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_rectification_committee_id_committee')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_rectification_evaluation_id_evaluation')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_rectification_finding_id_finding')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_rectification_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_rectification_task_id_task')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rectification_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rectification')),
    sa.UniqueConstraint('task_id', name=op.f('uq_rectification_task_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('rectification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rectification_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_evaluation_id'), ['evaluation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_rectification_finding_id', ['finding_id'], unique=True, sqlite_where=sa.text('finding_id IS NOT NULL'), postgresql_where=sa.text('finding_id IS NOT NULL'))
        batch_op.create_index('uq_rectification_indicator_id_year', ['indicator_id', 'year'], unique=True, sqlite_where=sa.text('indicator_id IS NOT NULL'), postgresql_where=sa.text('indicator_id IS NOT NULL'))



def downgrade():
    with op.batch_alter_table('rectification', schema=None) as batch_op:
        batch_op.drop_index('uq_rectification_indicator_id_year', sqlite_where=sa.text('indicator_id IS NOT NULL'), postgresql_where=sa.text('indicator_id IS NOT NULL'))
        batch_op.drop_index('uq_rectification_finding_id', sqlite_where=sa.text('finding_id IS NOT NULL'), postgresql_where=sa.text('finding_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_rectification_unit_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_evaluation_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_committee_id'))

    op.drop_table('rectification')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_visit_id'))

    op.drop_table('finding')
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_unit_id'))
        batch_op.drop_index(batch_op.f('ix_visit_group_id'))
        batch_op.drop_index(batch_op.f('ix_visit_evaluation_id'))
        batch_op.drop_index(batch_op.f('ix_visit_committee_id'))

    op.drop_table('visit')
    with op.batch_alter_table('domain_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_domain_review_domain_id'))

    op.drop_table('domain_review')
    op.drop_table('inspection_group')
    with op.batch_alter_table('evaluated_plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluated_plan_plan_id'))

    op.drop_table('evaluated_plan')

"""Reminders, steps of supervision, instructions of leaders; a notice says why it comes now."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ladder_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('before_working_days', sa.Integer(), nullable=False),
    sa.Column('after_working_days', sa.Integer(), nullable=False),
    sa.Column('repeat_days', sa.Integer(), nullable=False),
    sa.Column('reminds_of_receipts', sa.Boolean(), nullable=False),
    sa.Column('reminds_of_reports', sa.Boolean(), nullable=False),
    sa.Column('urge_after', sa.Integer(), nullable=False),
    sa.Column('supervise_after', sa.Integer(), nullable=False),
    sa.Column('coordinate_after', sa.Integer(), nullable=False),
    sa.Column('issued_by', sa.String(length=32), nullable=False),
    sa.Column('signer_post', sa.String(length=50), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_ladder_setting_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladder_setting')),
    sa.UniqueConstraint('committee_id', name=op.f('uq_ladder_setting_committee_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('ladder_setting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ladder_setting_committee_id'), ['committee_id'], unique=False)

    op.create_table('instruction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.Column('approval_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('leader_name', sa.String(length=100), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_by_name', sa.String(length=100), nullable=False),
    sa.Column('is_recorded', sa.Boolean(), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_name', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(task_id IS NULL) <> (approval_id IS NULL)', name=op.f('ck_instruction_one_subject')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_instruction_approval_id_approval')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_instruction_committee_id_committee')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['user_account.id'], name=op.f('fk_instruction_entered_by_id_user_account')),
    sa.ForeignKeyConstraint(['scan_id'], ['attachment.id'], name=op.f('fk_instruction_scan_id_attachment')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_instruction_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instruction')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('instruction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instruction_approval_id'), ['approval_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_instruction_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_instruction_committee_id_given_on', ['committee_id', 'given_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_instruction_task_id'), ['task_id'], unique=False)

    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('matter', sa.String(length=32), nullable=False),
    sa.Column('rung', sa.String(length=32), nullable=False),
    sa.Column('owed_on', sa.Date(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('reason', sa.String(length=100), nullable=False),
    sa.Column('reader_count', sa.Integer(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_name', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_reminder_committee_id_committee')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_reminder_task_id_task')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reminder_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('key', name=op.f('uq_reminder_key')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_reminder_committee_id_planned_on', ['committee_id', 'planned_on'], unique=False)
        batch_op.create_index('ix_reminder_committee_id_sent_on', ['committee_id', 'sent_on'], unique=False)
        batch_op.create_index('ix_reminder_task_id', ['task_id', 'id'], unique=False)

    op.create_table('supervision_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('approval_id', sa.Integer(), nullable=True),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_by_name', sa.String(length=100), nullable=False),
    sa.Column('signed_by', sa.String(length=100), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('signed_words', sa.String(length=500), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answered_by_name', sa.String(length=100), nullable=False),
    sa.Column('is_recorded', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_supervision_step_approval_id_approval')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_supervision_step_committee_id_committee')),
    sa.ForeignKeyConstraint(['scan_id'], ['attachment.id'], name=op.f('fk_supervision_step_scan_id_attachment')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['user_account.id'], name=op.f('fk_supervision_step_taken_by_id_user_account')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_supervision_step_task_id_task')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_supervision_step_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supervision_step')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('supervision_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_supervision_step_approval_id'), ['approval_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_supervision_step_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_supervision_step_task_id', ['task_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_supervision_step_unit_id'), ['unit_id'], unique=False)

    op.create_table('instruction_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('instruction_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['instruction_id'], ['instruction.id'], name=op.f('fk_instruction_task_instruction_id_instruction')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_instruction_task_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instruction_task')),
    sa.UniqueConstraint('task_id', name=op.f('uq_instruction_task_task_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('instruction_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instruction_task_instruction_id'), ['instruction_id'], unique=False)

    op.create_table('supervision_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('received_by', sa.String(length=100), nullable=False),
    sa.Column('unit_opinion', sa.String(length=500), nullable=False),
    sa.Column('unit_signer', sa.String(length=100), nullable=False),
    sa.Column('unit_signed_on', sa.Date(), nullable=True),
    sa.Column('office_opinion', sa.String(length=500), nullable=False),
    sa.Column('office_signer', sa.String(length=100), nullable=False),
    sa.Column('office_signed_on', sa.Date(), nullable=True),
    sa.Column('leader_opinion', sa.String(length=500), nullable=False),
    sa.Column('leader_signer', sa.String(length=100), nullable=False),
    sa.Column('leader_signed_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['step_id'], ['supervision_step.id'], name=op.f('fk_supervision_notice_step_id_supervision_step')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supervision_notice')),
    sa.UniqueConstraint('step_id', name=op.f('uq_supervision_notice_step_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=100), server_default='', nullable=False))



def downgrade():
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_column('reason')

    op.drop_table('supervision_notice')
    with op.batch_alter_table('instruction_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_instruction_task_instruction_id'))

    op.drop_table('instruction_task')
    with op.batch_alter_table('supervision_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_supervision_step_unit_id'))
        batch_op.drop_index('ix_supervision_step_task_id')
        batch_op.drop_index(batch_op.f('ix_supervision_step_committee_id'))
        batch_op.drop_index(batch_op.f('ix_supervision_step_approval_id'))

    op.drop_table('supervision_step')
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_index('ix_reminder_task_id')
        batch_op.drop_index('ix_reminder_committee_id_sent_on')
        batch_op.drop_index('ix_reminder_committee_id_planned_on')
        batch_op.drop_index(batch_op.f('ix_reminder_committee_id'))

    op.drop_table('reminder')
    with op.batch_alter_table('instruction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_instruction_task_id'))
        batch_op.drop_index('ix_instruction_committee_id_given_on')
        batch_op.drop_index(batch_op.f('ix_instruction_committee_id'))
        batch_op.drop_index(batch_op.f('ix_instruction_approval_id'))

    op.drop_table('instruction')
    with op.batch_alter_table('ladder_setting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ladder_setting_committee_id'))

    op.drop_table('ladder_setting')

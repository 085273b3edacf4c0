"""签批: papers on their way, their steps, numbers, delegations and distribution; papers keep their data."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


# Histories: rows are added, never changed and never taken out.
APPEND_ONLY = ("approval_step", "distribution_reading")


def refusing_triggers(table):
    """Statements that make the database itself refuse to change or delete rows of the table."""
    if op.get_bind().dialect.name == "postgresql":
        yield (
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def upgrade():
    op.create_table('number_prefix',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('form', sa.String(length=32), nullable=False),
    sa.Column('prefix', sa.String(length=40), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_number_prefix_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_prefix')),
    sa.UniqueConstraint('committee_id', 'kind', 'from_on', name=op.f('uq_number_prefix_committee_id_kind_from_on')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('number_prefix', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_number_prefix_committee_id'), ['committee_id'], unique=False)

    op.create_table('approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('status', sa.String(length=32), nullable=False),
    sa.Column('signer_role', sa.String(length=32), nullable=False),
    sa.Column('disclosure', sa.String(length=32), nullable=False),
    sa.Column('urgency', sa.String(length=32), nullable=False),
    sa.Column('copy_count', sa.Integer(), nullable=True),
    sa.Column('addressees', sa.String(length=500), nullable=False),
    sa.Column('copies_to', sa.String(length=500), nullable=False),
    sa.Column('has_seal', sa.Boolean(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=True),
    sa.Column('drafted_by_name', sa.String(length=100), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_by_name', sa.String(length=100), nullable=False),
    sa.Column('signed_by_name', sa.String(length=100), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_name', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_approval_committee_id_committee')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['user_account.id'], name=op.f('fk_approval_drafted_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_approval_committee_id_status', ['committee_id', 'status', 'id'], unique=False)

    op.create_table('delegation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('principal_name', sa.String(length=100), nullable=False),
    sa.Column('to_user_id', sa.Integer(), nullable=False),
    sa.Column('to_name', sa.String(length=100), nullable=False),
    sa.Column('kinds', sa.JSON(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_name', sa.String(length=100), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by_name', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_delegation_days_in_order')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_delegation_committee_id_committee')),
    sa.ForeignKeyConstraint(['scan_id'], ['attachment.id'], name=op.f('fk_delegation_scan_id_attachment')),
    sa.ForeignKeyConstraint(['to_user_id'], ['user_account.id'], name=op.f('fk_delegation_to_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegation_to_user_id'), ['to_user_id'], unique=False)

    op.create_table('distribution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('group_name', sa.String(length=100), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_name', sa.String(length=100), nullable=False),
    sa.CheckConstraint('(unit_id IS NULL) <> (user_id IS NULL)', name=op.f('ck_distribution_one_receiver')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_distribution_approval_id_approval')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_distribution_committee_id_committee')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_distribution_unit_id_unit')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_distribution_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_distribution')),
    sa.UniqueConstraint('approval_id', 'unit_id', name=op.f('uq_distribution_approval_id_unit_id')),
    sa.UniqueConstraint('approval_id', 'user_id', name=op.f('uq_distribution_approval_id_user_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('distribution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_distribution_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index('ix_distribution_unit_id', ['unit_id', 'approval_id'], unique=False, sqlite_where=sa.text('unit_id IS NOT NULL'), postgresql_where=sa.text('unit_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_distribution_user_id'), ['user_id'], unique=False)

    op.create_table('document_number',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=32), nullable=False),
    sa.Column('prefix', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=100), nullable=False),
    sa.Column('is_typed', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('given_by_name', sa.String(length=100), nullable=False),
    sa.Column('void_on', sa.Date(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('void_by_name', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_document_number_approval_id_approval')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_document_number_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_number')),
    sa.UniqueConstraint('approval_id', name=op.f('uq_document_number_approval_id')),
    sa.UniqueConstraint('committee_id', 'prefix', 'year', 'sequence', name=op.f('uq_document_number_committee_id_prefix_year_sequence')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('document_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_number_committee_id'), ['committee_id'], unique=False)

    op.create_table('paper_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('data_sha256', sa.String(length=64), nullable=False),
    sa.Column('filter_text', sa.String(length=500), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_paper_draft_unit_id_unit')),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_paper_draft_approval_id_approval')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_paper_draft_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_draft')),
    sa.UniqueConstraint('approval_id', name=op.f('uq_paper_draft_approval_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('paper_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_draft_committee_id'), ['committee_id'], unique=False)

    op.create_table('approval_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('status_before', sa.String(length=32), nullable=False),
    sa.Column('status_after', sa.String(length=32), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('done_by_name', sa.String(length=100), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('on_behalf_of', sa.String(length=100), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('signed_by', sa.String(length=100), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('signed_words', sa.String(length=500), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_approval_step_approval_id_approval')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_approval_step_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['scan_id'], ['attachment.id'], name=op.f('fk_approval_step_scan_id_attachment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_step')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('approval_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_step_approval_id'), ['approval_id'], unique=False)

    op.create_table('distribution_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('distribution_id', sa.Integer(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=False),
    sa.Column('reader_name', sa.String(length=100), nullable=False),
    sa.Column('recorded_by_name', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['distribution_id'], ['distribution.id'], name=op.f('fk_distribution_reading_distribution_id_distribution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_distribution_reading')),
    sa.UniqueConstraint('distribution_id', name=op.f('uq_distribution_reading_distribution_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.add_column(sa.Column('data_sha256', sa.String(length=64), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('approval_id', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_paper_approval_id'), ['approval_id'])
        batch_op.create_foreign_key(batch_op.f('fk_paper_approval_id_approval'), 'approval', ['approval_id'], ['id'])

    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.alter_column('data_sha256', server_default=None)
    for table in APPEND_ONLY:
        for statement in refusing_triggers(table):
            op.execute(statement)


def downgrade():
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_paper_approval_id_approval'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_paper_approval_id'), type_='unique')
        batch_op.drop_column('approval_id')
        batch_op.drop_column('data_sha256')

    op.drop_table('distribution_reading')
    with op.batch_alter_table('approval_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_approval_step_approval_id'))

    op.drop_table('approval_step')
    with op.batch_alter_table('paper_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_draft_committee_id'))

    op.drop_table('paper_draft')
    with op.batch_alter_table('document_number', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_number_committee_id'))

    op.drop_table('document_number')
    with op.batch_alter_table('distribution', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_distribution_user_id'))
        batch_op.drop_index('ix_distribution_unit_id', sqlite_where=sa.text('unit_id IS NOT NULL'), postgresql_where=sa.text('unit_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_distribution_committee_id'))

    op.drop_table('distribution')
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delegation_to_user_id'))
        batch_op.drop_index(batch_op.f('ix_delegation_committee_id'))

    op.drop_table('delegation')
    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.drop_index('ix_approval_committee_id_status')
        batch_op.drop_index(batch_op.f('ix_approval_committee_id'))

    op.drop_table('approval')
    with op.batch_alter_table('number_prefix', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_number_prefix_committee_id'))

    op.drop_table('number_prefix')
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_refuse()")

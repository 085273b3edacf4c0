"""签名章, 联合发文 and 保管期限 on the draft sheet; copies sent outside; how many pages a paper has."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

# Papers whose files are kept longer than the usual ten years.
PERMANENT, THIRTY = "('minutes')", "('bulletin', 'leader-brief')"


def upgrade():
    # The table is never copied: SQLite would drop what hangs at it.
    for column in (
        sa.Column('signing', sa.String(length=32), nullable=False, server_default='plain'),
        sa.Column('cosigners', sa.String(length=500), nullable=False, server_default=''),
        sa.Column('signer_posts', sa.String(length=500), nullable=False, server_default=''),
        sa.Column('retention', sa.String(length=32), nullable=False, server_default='years_10'),
    ):
        op.add_column('approval', column)
    op.execute("UPDATE approval SET signing = 'seal' WHERE has_seal")
    op.execute(f"UPDATE approval SET retention = 'permanent' WHERE kind IN {PERMANENT}")
    op.execute(f"UPDATE approval SET retention = 'years_30' WHERE kind IN {THIRTY}")
    op.drop_column('approval', 'has_seal')
    op.add_column('paper', sa.Column('page_count', sa.Integer(), nullable=True))
    op.create_table('delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('manner', sa.String(length=32), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('copy_count', sa.Integer(), nullable=True),
    sa.Column('receipt_by', sa.String(length=100), nullable=False),
    sa.Column('receipt_on', sa.Date(), nullable=True),
    sa.Column('recorded_by_name', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_delivery_approval_id_approval')),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_delivery_committee_id_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delivery_committee_id'), ['committee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_approval_id'), ['approval_id'], unique=False)


def downgrade():
    op.drop_table('delivery')
    op.drop_column('paper', 'page_count')
    op.add_column('approval', sa.Column('has_seal', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE approval SET has_seal = (signing <> 'plain')")
    for name in ('retention', 'signer_posts', 'cosigners', 'signing'):
        op.drop_column('approval', name)

"""Further requirements that a task answers, besides the one that it was made from."""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('task_requirement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_task_requirement_requirement_id_requirement')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_task_requirement_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_requirement')),
    sa.UniqueConstraint('task_id', 'requirement_id', name=op.f('uq_task_requirement_task_id_requirement_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('task_requirement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_requirement_requirement_id'), ['requirement_id'], unique=False)


def downgrade():
    op.drop_table('task_requirement')

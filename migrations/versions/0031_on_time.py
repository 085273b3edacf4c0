"""Totals keep how many finished tasks were on time, by the present and by the original date."""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

_FINISHED = """
    FROM task {joined}
    WHERE task.committee_id = task_total.committee_id AND {subject} = task_total.subject_id
    AND task.status = task_total.status AND task.submitted_on <= task.{date}
"""
_SUBJECTS = {
    'committee': ('', 'task.committee_id'),
    'lead_unit': ('', 'task.lead_unit_id'),
    'meeting': ('', 'task.meeting_id'),
    'cooperating_unit': (
        "JOIN task_unit ON task_unit.task_id = task.id AND task_unit.role = 'cooperating'",
        'task_unit.unit_id',
    ),
}


def upgrade():
    with op.batch_alter_table('task_total', schema=None) as batch_op:
        batch_op.add_column(sa.Column('on_time_count', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('on_time_original_count', sa.Integer(), server_default='0', nullable=False))
    for of, (joined, subject) in _SUBJECTS.items():
        present = _FINISHED.format(joined=joined, subject=subject, date='due_on')
        original = _FINISHED.format(joined=joined, subject=subject, date='original_due_on')
        op.execute(
            f'UPDATE task_total SET on_time_count = (SELECT count(*) {present}), '
            f'on_time_original_count = (SELECT count(*) {original}) '
            f"WHERE task_total.\"of\" = '{of}' AND task_total.status IN ('completed', 'closed')"
        )


def downgrade():
    with op.batch_alter_table('task_total', schema=None) as batch_op:
        batch_op.drop_column('on_time_original_count')
        batch_op.drop_column('on_time_count')

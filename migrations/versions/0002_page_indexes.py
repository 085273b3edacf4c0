"""Indexes for open requirements and returned reports.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whether a requirement has a live task, and whether a unit's last report was returned, without reading the rows.
    op.create_index("ix_task_requirement_id_status", "task", ["requirement_id", "status"])
    op.drop_index("ix_task_requirement_id", table_name="task")
    op.create_index("ix_progress_report_unit_id_task_id_status", "progress_report", ["unit_id", "task_id", "status"])
    op.drop_index("ix_progress_report_unit_id", table_name="progress_report")


def downgrade() -> None:
    op.create_index("ix_progress_report_unit_id", "progress_report", ["unit_id"])
    op.drop_index("ix_progress_report_unit_id_task_id_status", table_name="progress_report")
    op.create_index("ix_task_requirement_id", "task", ["requirement_id"])
    op.drop_index("ix_task_requirement_id_status", table_name="task")

"""SQLite: a row of a history cannot be put in another one's place either (REPLACE fires no trigger of its own)."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "audit_entry",
    "access_entry",
    "task_event",
    "minutes_revision",
    "approval_step",
    "distribution_reading",
    "assessment_version",
    "assessment_event",
)


def keys_of(table):
    """What no two rows may share: the id, and each unique constraint."""
    found = sa.inspect(op.get_bind())
    yield ["id"]
    yield from (unique["column_names"] for unique in found.get_unique_constraints(table))
    yield from (index["column_names"] for index in found.get_indexes(table) if index["unique"])


def upgrade():
    if op.get_bind().dialect.name == "postgresql":  # there is no such statement
        return
    for table in APPEND_ONLY:
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{name} = NEW.{name}' for name in names)})"
            for names in keys_of(table)
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        return
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_no_replace")

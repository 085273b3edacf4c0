"""Run migrations on the application's database, one transaction for each."""

from alembic import context
from flask import current_app
from sqlalchemy import Enum, text

from meetings.core.db import Instant

database = current_app.extensions["migrate"].db
metadata = database.metadata

# Tables that are made by hand and stand outside the comparison of models and migrations.
OUTSIDE = ("search_",)


def included(_object: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    return not (kind == "table" and name and name.startswith(OUTSIDE))


def rendered(kind: str, value: object, _context: object) -> str | bool:
    """Migrations import nothing of the application: its own types are written as what they store."""
    if kind == "type" and isinstance(value, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, Enum):
        return "sa.String(length=32)"
    return False


def same_type(
    _context: object, _inspected: object, _metadata: object, _inspected_type: object, metadata_type: object
) -> bool | None:
    return False if isinstance(metadata_type, Instant) else None


def upgrade() -> None:
    engine = database.engine
    with engine.connect() as connection:
        on_sqlite = engine.dialect.name == "sqlite"
        if on_sqlite:  # a rebuilt table must not take its children along; checked at the end
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=included,
            render_item=rendered,
            compare_type=same_type,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if on_sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


upgrade()

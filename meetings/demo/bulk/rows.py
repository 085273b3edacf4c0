"""Rows of many tables, written in chunks and in one order."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, text

from meetings.core.db import Base, db, know_tables, writing


class Rows:
    """Collects rows of the tables and writes them together; give the tables in the order of their references.

    Ids count from 1, so the tables must be empty. Values not given are the models' own defaults. On PostgreSQL rows
    go by COPY, elsewhere by the driver's executemany: the ORM would take an hour, and its audit with it.
    """

    def __init__(self, *models: type[Base]) -> None:
        self._tables = {model: _Pending(model.__table__) for model in models}  # type: ignore[arg-type]

    def add(self, model: type[Base], **values: Any) -> int:
        """Add a row; its id."""
        return self._tables[model].add(values)

    def __len__(self) -> int:
        return sum(len(pending.rows) for pending in self._tables.values())

    def write(self) -> None:
        """Write and commit what was collected."""
        with writing():
            connection = db.session.connection()
            for pending in self._tables.values():
                pending.write(connection)

    def finish(self) -> None:
        """Write the rest; let the sequences go on after our ids, and the planner know what there is."""
        self.write()
        if db.engine.dialect.name == "postgresql":
            with writing():
                for pending in self._tables.values():
                    db.session.execute(
                        text(f"SELECT setval(pg_get_serial_sequence('{pending.table.name}', 'id'), :last)"),
                        {"last": pending.last_id or 1},
                    )
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        know_tables()


class _Pending:
    """Rows of one table that wait to be written."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows: list[dict[str, Any]] = []
        self.last_id = 0
        self._defaults = {column.name: _default(column) for column in table.columns}

    def add(self, values: dict[str, Any]) -> int:
        self.last_id += 1
        self.rows.append({**self._defaults, **values, "id": self.last_id})
        return self.last_id

    def write(self, connection: Connection) -> None:
        if not self.rows:
            return
        names = [f'"{name}"' for name in self._defaults]
        if connection.dialect.name == "postgresql":
            driver: Any = connection.connection.driver_connection
            with (
                driver.cursor() as cursor,
                cursor.copy(f'COPY "{self.table.name}" ({", ".join(names)}) FROM STDIN') as copy,
            ):
                for row in self._as_sent(connection):
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(names))
            statement = f'INSERT INTO "{self.table.name}" ({", ".join(names)}) VALUES ({marks})'  # noqa: S608 -- our own names
            connection.exec_driver_sql(statement, list(self._as_sent(connection)))
        self.rows.clear()

    def _as_sent(self, connection: Connection) -> Iterator[tuple[Any, ...]]:
        """The rows as the driver wants them."""
        columns = list(self.table.columns)
        converters: list[Callable[[Any], Any] | None] = [
            column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for column in columns
        ]
        for row in self.rows:
            yield tuple(
                [
                    value if value is None or convert is None else convert(value)
                    for value, convert in zip(row.values(), converters, strict=True)
                ]
            )


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None

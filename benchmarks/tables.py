"""What a table costs: 5,000 rows previewed, new and unchanged; 1,000 carried out. `python benchmarks/tables.py`."""
# ruff: noqa: INP001, T201, S106 -- a program run by hand

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask_migrate import upgrade

from app import create_app
from meetings.core.db import db, transaction
from meetings.core.settings import Settings
from meetings.exchange.actions import tables as actions
from meetings.exchange.catalogue import TABLES
from meetings.exchange.views.tables import table_bytes
from tests import factories
from tests.exchange.test_tables import book, headings, row

TEXT = "对全县中小学开展排查，摸清底数，建立台账，逐人落实责任。"


def timed(what: str, act: Callable[[], object]) -> object:
    """Do it, and say how long it took."""
    started = time.perf_counter()
    made = act()
    print(f"{what}: {time.perf_counter() - started:.2f} s")
    return made


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = create_app(Settings(data=folder, secret_key="for-measuring-only", log_level="ERROR"))
    kind = TABLES["tasks"]
    with app.app_context():
        upgrade()
        for n in range(30):
            factories.unit(f"县第{n}局")
        by = factories.director()

        def content(count: int) -> bytes:
            rows = [
                row(
                    "tasks",
                    title=f"排查第{n}项，建立台账",
                    content=TEXT * 3,
                    standards="学校全覆盖\n建立台账",
                    lead_unit_id=f"县第{n % 30}局",
                    cooperating_unit_ids=f"县第{(n + 1) % 30}局",
                    due_on=date(2026, 8, 31),
                )
                for n in range(count)
            ]
            return book([headings("tasks"), *rows])

        five = content(5000)
        timed("5,000 new rows previewed", lambda: actions.preview(kind, five, secret=b"", by=by))
        for _round in range(5):
            found = actions.preview(kind, content(1000), secret=b"", by=by)
            db.session.commit()

            def carry_out(found: actions.Preview = found) -> None:
                with transaction(by=by):
                    actions.carry_out(kind, found.lines, head_confirms_every=False, by=by)

            timed("1,000 tasks drafted", carry_out)
        db.session.remove()
        back = timed("5,000 rows taken out", lambda: table_bytes(kind, kind.present(by, None), by))
        db.session.remove()
        timed("5,000 unchanged rows previewed", lambda: actions.preview(kind, back, secret=b"", by=by))


if __name__ == "__main__":
    main()

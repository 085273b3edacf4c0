"""The floor: the least that shows the same rows. A bare Flask application with raw SQL and short templates.

``python benchmarks/floor.py DATABASE PORT`` serves ``/list?unit=``, ``/task/<id>``, ``/dashboard``, ``/search?q=`` and
``/counts``, and takes ``POST /progress/<id>``. No sign-in, no forms, no rules, no audit, no layout: what it costs
nobody can save.
DATABASE is the path of a SQLite file or a postgresql:// address.
"""
# ruff: noqa: INP001, S608, TID251 - a program run by hand that knows nothing of ours; statements hold only placeholders

import sqlite3
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import waitress
from flask import Flask, request

app = Flask(__name__)
_kept = threading.local()
DATABASE = sys.argv[1] if len(sys.argv) > 1 else ""
ON_POSTGRES = DATABASE.startswith("postgresql:")
MARK = "%s" if ON_POSTGRES else "?"
OPEN = "is_open" if ON_POSTGRES else "is_open = 1"  # word for word, or SQLite passes its partial indexes by

LIST = f"""SELECT t.id, t.number, t.title, t.status, t.percent_done, part.due_on, part.role, u.short_name
FROM task_unit part JOIN task t ON t.id = part.task_id JOIN unit u ON u.id = t.lead_unit_id
WHERE part.unit_id = {MARK} AND part.{OPEN} AND part.due_on < {MARK}
AND (t.submitted_on IS NULL OR t.submitted_on > t.due_on) ORDER BY part.due_on, part.task_id"""
HELPERS = """SELECT p.task_id, u.short_name FROM task_unit p JOIN unit u ON u.id = p.unit_id
WHERE p.role = 'cooperating' AND p.task_id IN ({}) ORDER BY p.task_id, p.position"""
TASK = f"SELECT t.*, u.short_name FROM task t JOIN unit u ON u.id = t.lead_unit_id WHERE t.id = {MARK}"
PARTS = f"SELECT u.short_name, p.* FROM task_unit p JOIN unit u ON u.id = p.unit_id WHERE p.task_id = {MARK}"
REPORTS = f"SELECT * FROM progress_report WHERE task_id = {MARK} ORDER BY submitted_at DESC"
EVENTS = f"SELECT * FROM task_event WHERE task_id = {MARK} ORDER BY id"
STANDARDS = f"SELECT * FROM task_standard WHERE task_id = {MARK} ORDER BY position"
COUNTS = """SELECT u.short_name, t.of, t.status, t.task_count FROM task_total t JOIN unit u ON u.id = t.subject_id
WHERE t.of IN ('lead_unit', 'cooperating_unit') ORDER BY u.position"""
STATUSES = "SELECT status, task_count FROM task_total WHERE of = 'committee'"
DUE = f"""SELECT t.id, t.number, t.title, t.due_on, u.short_name FROM task t JOIN unit u ON u.id = t.lead_unit_id
WHERE t.{OPEN} AND t.due_on < {MARK} ORDER BY t.due_on LIMIT 10"""
REPORT = f"""INSERT INTO progress_report (committee_id, task_id, unit_id, status, done, problems, next_steps,
needs_coordination, is_no_change, step, percent_done, submitted_at, submitted_by_name, is_entered_by_office,
decided_by_name, return_reason, version)
SELECT committee_id, id, lead_unit_id, 'submitted', {MARK}, '', '', is_open, NOT is_open, 'under_way', percent_done,
{MARK}, 'x', NOT is_open, '', '', 1 FROM task WHERE id = {MARK}"""

# The newest reports that hold a word, out of the same index.
FOUND = (
    "SELECT id, text FROM search_entry WHERE signs @@ 'k15' AND words @@ CAST(%s AS tsquery) ORDER BY id DESC LIMIT 20"
    if ON_POSTGRES
    else "SELECT e.id, e.text FROM search_index i JOIN search_entry e ON e.id = i.rowid WHERE search_index MATCH ? "
    "AND i.rowid >= 15 << 44 ORDER BY i.rowid DESC LIMIT 20"
)

PAGE = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>x</title><body>{}</body></html>'
ROWS = app.jinja_env.from_string(
    PAGE.format(
        '<p>{{ total }}</p><table>{% for r in rows %}<tr><td>{{ r[1] }}<td><a href="/task/{{ r[0] }}">{{ r[2] }}</a>'
        "<td>{{ r[7] }}<td>{{ helpers.get(r[0], [])|join('、') }}"
        "<td>{{ r[5] }}<td>{{ r[4] }}<td>{{ r[3] }}<td>{{ r[6] }}"
        "</tr>{% endfor %}</table>"
    )
)
ONE = app.jinja_env.from_string(
    PAGE.format(
        "{% for value in task %}<p>{{ value }}</p>{% endfor %}"
        "{% for table in tables %}<table>{% for row in table %}<tr>"
        "{% for value in row %}<td>{{ value }}{% endfor %}</tr>{% endfor %}</table>{% endfor %}"
    )
)


def connection() -> Any:
    """One for each thread, kept, as a pool would; each statement by itself."""
    if not hasattr(_kept, "connection"):
        if ON_POSTGRES:
            _kept.connection = psycopg.connect(DATABASE, autocommit=True)
        else:
            _kept.connection = sqlite3.connect(DATABASE, isolation_level=None)
            _kept.connection.execute("PRAGMA busy_timeout=15000")
            _kept.connection.execute("PRAGMA synchronous=FULL")
    return _kept.connection


def rows(statement: str, *values: Any) -> list[Any]:
    return connection().execute(statement, values).fetchall()


def today() -> str:
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


@app.get("/list")
def overdue() -> str:
    found = rows(LIST, request.args.get("unit", type=int), today())
    shown = found[:50]
    helpers: dict[int, list[str]] = {}
    ids = [row[0] for row in shown]
    for task_id, name in rows(HELPERS.format(", ".join([MARK] * len(ids)) or "0"), *ids):
        helpers.setdefault(task_id, []).append(name)
    return ROWS.render(total=len(found), rows=shown, helpers=helpers)


@app.get("/task/<int:task_id>")
def task(task_id: int) -> str:
    tables = [rows(statement, task_id) for statement in (PARTS, REPORTS, EVENTS, STANDARDS)]
    return ONE.render(task=rows(TASK, task_id)[0], tables=tables)


@app.get("/dashboard")
def dashboard() -> str:
    return ONE.render(task=[], tables=[rows(STATUSES), rows(DUE, today()), rows(COUNTS)])


@app.get("/search")
def search() -> str:
    typed = request.args["q"]
    pairs = [typed[at : at + 2] for at in range(len(typed) - 1)]
    return ONE.render(
        task=[], tables=[rows(FOUND, " <-> ".join(pairs) if ON_POSTGRES else f'words:"{" ".join(pairs)}"')]
    )


@app.get("/counts")
def counts() -> str:
    return ONE.render(task=[], tables=[rows(COUNTS)])


@app.post("/progress/<int:task_id>")
def progress(task_id: int) -> str:
    connection().execute(REPORT, (request.form["done"], datetime.now(UTC).isoformat(" "), task_id))
    return "ok"


if __name__ == "__main__":
    waitress.serve(app, host="127.0.0.1", port=int(sys.argv[2]), threads=8, ident=None)

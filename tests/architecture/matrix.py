"""What each role may open: every route asked once by everybody, in one small world.

``docs/permissions.md`` holds the answers; ``python scripts/permissions.py`` writes them anew.
"""

from collections.abc import Callable

from flask import Flask, g
from sqlalchemy import func, select

from meetings.audit.models import AuditEntry
from meetings.core.db import db
from meetings.core.web import PUBLIC_ENDPOINTS
from tests.architecture.world import world

FIRST_LINE = "| address | method | endpoint |"

# In this order in the table.
READERS = (
    ("stranger", "外人"),
    ("liaison", "联络员"),
    ("other", "他单位联络员"),
    ("head", "单位负责人"),
    ("staff", "办公室"),
    ("director", "办公室主任"),
    ("leader", "领导"),
    ("observer", "查阅"),
    ("system_admin", "系统"),
    ("security_admin", "安全"),
    ("auditor", "审计"),
)


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """(address, method, endpoint) of everything that can be asked, in order."""
    rows = [
        (rule.rule, method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    ]
    return sorted(rows)


def answer(status: int) -> str:
    """A status as the table shows it. Whoever gets as far as the form (400, 409, 413 …) may use it."""
    if status in {401, 303} or status == 302:
        return "登录" if status == 401 else "可"
    return {403: "拒绝", 404: "—"}.get(status, "可" if status < 500 else "错误")


def header() -> str:
    return FIRST_LINE + "".join(f" {word} |" for _name, word in READERS)


def table(app: Flask, sign_in) -> tuple[list[str], list[str]]:
    """The lines of the table, and what was asked only to be read and yet left a trace in the audit.

    ``sign_in(actor)`` gives a client; each question is asked in a world of its own state.
    """
    found = world(app.extensions["storage"])
    last = last_entry()
    lines = [header(), "|---" * (3 + len(READERS)) + "|"]
    traces = []
    for rule, method, endpoint in routes(app):
        address = address_of(app, rule, endpoint, found.ids)
        cells = []
        for name, _word in READERS:
            client = sign_in(found.actors[name])
            db.session.remove()
            savepoint = db.engines[None].begin_nested()  # what one question changes the next does not see
            response = client.open(address, method=method, data={} if method == "POST" else None)
            db.session.remove()
            if method == "GET" and last_entry() != last:
                traces.append(f"{name} {address}")
            savepoint.rollback()
            cells.append(stranger_answer(response, endpoint) if name == "stranger" else answer(response.status_code))
        lines.append(f"| `{rule}` | {method} | `{endpoint}` |" + "".join(f" {cell} |" for cell in cells))
    return lines, traces


def last_entry() -> int | None:
    return db.engines[None].scalar(select(func.max(AuditEntry.id)))


def address_of(app: Flask, rule: str, endpoint: str, ids: dict[str, object]) -> str:
    arguments = next(r for r in app.url_map.iter_rules(endpoint) if r.rule == rule).arguments
    return app.url_map.bind("localhost").build(endpoint, {name: ids[name] for name in arguments})


def stranger_answer(response, endpoint: str) -> str:
    if response.status_code == 303 and response.location.startswith("/sign-in"):
        return "登录"
    return "可" if endpoint in PUBLIC_ENDPOINTS else answer(response.status_code)


def drawn_once(render: Callable[..., str]) -> Callable[..., str]:
    """Two questions of three end at a refusal: a page that says the same to the same person is drawn once."""
    drawn: dict[tuple[object, ...], str] = {}

    def page(template: str, **values: object) -> str:
        key = (g.actor, template, *sorted((name, repr(value)) for name, value in values.items()))
        if not template.startswith("errors/"):
            return render(template, **values)
        if key not in drawn:
            drawn[key] = render(template, **values)
        return drawn[key]

    return page

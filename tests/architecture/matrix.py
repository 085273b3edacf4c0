"""What each role may open: every route asked once by everybody, in one small world.

``docs/permissions.md`` holds the answers; ``python scripts/permissions.py`` writes them anew.
"""

from flask import Flask

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


def table(app: Flask, sign_in) -> list[str]:
    """The lines of the table. ``sign_in(actor)`` gives a client; each question is asked in a world of its own state."""
    found = world(app.extensions["storage"])
    lines = [FIRST_LINE + "".join(f" {word} |" for _name, word in READERS), "|---" * (3 + len(READERS)) + "|"]
    for rule, method, endpoint in routes(app):
        cells = []
        for name, _word in READERS:
            cells.append(
                ask(app, sign_in(found.actors[name]), rule, method, endpoint, found.ids, is_stranger=name == "stranger")
            )
        lines.append(f"| `{rule}` | {method} | `{endpoint}` |" + "".join(f" {cell} |" for cell in cells))
    return lines


def ask(app: Flask, client, rule: str, method: str, endpoint: str, ids: dict[str, object], *, is_stranger: bool) -> str:
    arguments = next(r for r in app.url_map.iter_rules(endpoint) if r.rule == rule).arguments
    address = app.url_map.bind("localhost").build(endpoint, {name: ids[name] for name in arguments})
    db.session.remove()
    savepoint = db.engines[None].begin_nested()  # what one question changes the next does not see
    response = client.open(address, method=method, data={} if method == "POST" else None)
    db.session.remove()
    savepoint.rollback()
    if is_stranger and response.status_code == 303 and response.location.startswith("/sign-in"):
        return "登录"
    if is_stranger and endpoint in PUBLIC_ENDPOINTS:
        return "可"
    return answer(response.status_code)

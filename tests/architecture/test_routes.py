"""Every route is listed with what each role gets; strangers get nothing; reading changes nothing."""

import os
import re
from pathlib import Path

from meetings.accounts.rules import PERMISSIONS
from meetings.core import web
from meetings.core.web import PUBLIC_ENDPOINTS
from tests.architecture import matrix

DOC = Path("docs/permissions.md")


def told() -> list[str]:
    return [line for line in DOC.read_text("utf-8").splitlines() if line.startswith("|")][-10_000:]


def test_routes_and_roles_are_as_documented(app, session, client_as, stranger, monkeypatch):
    monkeypatch.setattr(web, "render_template", matrix.drawn_once(web.render_template))
    lines, traces = matrix.table(app, lambda actor: client_as(actor) if actor else stranger_again(app))

    if os.environ.get("WRITE_DOCS"):
        head = DOC.read_text("utf-8").partition(matrix.FIRST_LINE)[0]
        for role, permissions in PERMISSIONS.items():
            held = " ".join(f"`{name}`" for name in sorted(permissions))
            head = re.sub(rf"^\| `{role.value}` \| .* \|$", f"| `{role.value}` | {held} |", head, flags=re.MULTILINE)
        DOC.write_text(head + "\n".join(lines) + "\n", "utf-8")
    start = told().index(lines[0])
    assert told()[start:] == lines
    assert traces == [], "reading changes nothing"


def stranger_again(app):
    from tests import conftest

    conftest._signed_in.clear()
    return app.test_client()


def test_every_page_is_closed_to_strangers():
    lines = told()
    rows = [line.strip("| ").split(" | ") for line in lines[lines.index(matrix.header()) + 2 :]]
    open_to_all = {endpoint.strip("`") for _rule, _method, endpoint, stranger, *_cells in rows if stranger != "登录"}
    assert len(rows) > 500
    assert open_to_all <= PUBLIC_ENDPOINTS


def test_public_endpoints_exist(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= PUBLIC_ENDPOINTS


def test_no_answer_is_an_error():
    assert not [line for line in told() if "错误" in line]

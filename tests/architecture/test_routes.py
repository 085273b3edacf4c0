"""Every route is listed with what each role gets; strangers get nothing; reading changes nothing."""

import os
import re
from pathlib import Path

from meetings.accounts.rules import PERMISSIONS
from meetings.audit.models import AuditEntry
from meetings.core.web import PUBLIC_ENDPOINTS
from tests.architecture import matrix
from tests.architecture.world import world

DOC = Path("docs/permissions.md")


def told() -> list[str]:
    return [line for line in DOC.read_text("utf-8").splitlines() if line.startswith("|")][-10_000:]


def test_routes_and_roles_are_as_documented(app, session, client_as, stranger):
    lines = matrix.table(app, lambda actor: client_as(actor) if actor else stranger_again(app))

    if os.environ.get("WRITE_DOCS"):
        head = DOC.read_text("utf-8").partition(matrix.FIRST_LINE)[0]
        for role, permissions in PERMISSIONS.items():
            held = " ".join(f"`{name}`" for name in sorted(permissions))
            head = re.sub(rf"^\| `{role.value}` \| .* \|$", f"| `{role.value}` | {held} |", head, flags=re.MULTILINE)
        DOC.write_text(head + "\n".join(lines) + "\n", "utf-8")
    start = told().index(lines[0])
    assert told()[start:] == lines


def stranger_again(app):
    from tests import conftest

    conftest._signed_in.clear()
    return app.test_client()


def test_every_page_is_closed_to_strangers(app, session, stranger):
    ids = world(app.extensions["storage"]).ids
    for rule, method, endpoint in matrix.routes(app):
        if endpoint not in PUBLIC_ENDPOINTS:
            assert matrix.ask(app, stranger_again(app), rule, method, endpoint, ids, is_stranger=True) == "登录", (
                method,
                rule,
            )


def test_public_endpoints_exist(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= PUBLIC_ENDPOINTS


def test_no_answer_is_an_error():
    assert not [line for line in told() if "错误" in line]


def test_reading_changes_nothing(app, session, client_as):
    found = world(app.extensions["storage"])
    for name in ("director", "liaison", "security_admin", "auditor"):
        client = client_as(found.actors[name])
        for rule, method, endpoint in matrix.routes(app):
            if method != "GET":
                continue
            before = session.query(AuditEntry).count()
            arguments = next(r for r in app.url_map.iter_rules(endpoint) if r.rule == rule).arguments
            client.get(app.url_map.bind("localhost").build(endpoint, {key: found.ids[key] for key in arguments}))
            assert session.query(AuditEntry).count() == before, (name, rule)

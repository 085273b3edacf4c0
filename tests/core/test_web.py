"""What every answer keeps: headers, error pages, request ids, hosts."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app import create_app
from meetings.accounts.models import Role
from meetings.core import web
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.core.storage import StorageFull
from meetings.directory import queries
from tests import factories, pages
from tests.conftest import settings_for


@pytest.fixture
def office(client_as):
    return client_as(factories.staff())


@pytest.fixture
def live(app, monkeypatch):
    """The application as it runs for people: what is broken is shown as a page, not raised."""
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return app


def break_with(monkeypatch, error):
    """Let the list of units fail."""

    def fail(*_arguments, **_more):
        raise error

    monkeypatch.setattr(queries, "search_units", fail)


@pytest.mark.parametrize("path", ["/", "/directory/units/", "/sign-in", "/help", "/nowhere", "/directory/units/999999"])
def test_every_answer_has_its_headers(office, path):
    answer = office.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_of_the_look_may_be_kept_when_its_address_says_which(stranger):
    page = stranger.get("/sign-in").text
    address = re.search(r'href="(/static/css/[^"]+\?v=\w+)"', page).group(1)
    with stranger.get(address) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with stranger.get(address.partition("?")[0]) as answer:
        assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/directory/units/999999", "/directory/units/99999999999999999999", "/directory/units/x", "/.env"],
)
def test_what_is_not_there_is_a_page_that_says_so(office, path):
    answer = office.get(path)
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.text
    pages.check(answer.text)


def test_a_wrong_method_is_not_found(office):
    assert office.post("/directory/units/").status_code == 405
    assert office.get("/sign-out").status_code == 405


def test_strangers_are_told_nothing_of_what_exists(stranger):
    assert stranger.get("/directory/units/1").status_code == 303
    assert stranger.get("/directory/units/999999").status_code == 303
    assert stranger.get("/nowhere").status_code in {401, 404}


def test_a_bug_is_a_page_with_a_number_that_stands_in_the_log_too(live, office, monkeypatch, capsys):
    logged = []
    monkeypatch.setattr(web.log, "error", lambda event, **said: logged.append((event, said)))
    break_with(monkeypatch, ZeroDivisionError("secret detail"))
    answer = office.get("/directory/units/")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "secret detail" not in answer.text
    pages.check(answer.text)
    ((event, said),) = logged
    assert event == "bug"
    assert said["request_id"] in answer.text
    assert said["endpoint"] == "directory.units"
    assert answer.headers["Content-Security-Policy"] == web.CSP


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (StorageFull(), 503, "存储空间不足"),
        (OperationalError("", None, Exception("database or disk is full")), 503, "存储空间不足"),
        (OperationalError("", None, Exception("could not write: No space left on device")), 503, "存储空间不足"),
        (OperationalError("", None, Exception("disk I/O error")), 500, "系统出了故障"),
        (DomainError("form.key_missing"), 409, "此页已经失效"),
        (NotAllowed("permission.missing"), 403, "您没有办理此事的权限"),
        (OverflowError(), 400, "没有提交"),
    ],
)
def test_each_refusal_has_its_page(live, office, monkeypatch, error, status, words):
    break_with(monkeypatch, error)
    answer = office.get("/directory/units/")
    assert answer.status_code == status
    assert words in answer.text
    pages.check(answer.text)


def test_a_full_disk_heals(live, office, monkeypatch):
    with monkeypatch.context() as patched:
        break_with(patched, OperationalError("", None, Exception("database or disk is full")))
        assert office.get("/directory/units/").status_code == 503
    assert office.get("/directory/units/").status_code == 200


def test_what_the_database_cannot_hold_is_no_bug_of_ours(live, office):
    for path in (
        "/directory/units/?q=%00",
        "/directory/people/?q=%00&page=99999999999",
        "/directory/units/?kind=%00",
        "/%00",
        "/directory/units/%00",
    ):
        assert office.get(path).status_code in {200, 400, 404}, path
    assert (
        office.post(
            "/directory/people/new", data={"form_key": "a\x00", "name": "张\x00三", "protocol_order": "1"}
        ).status_code
        == 200
    )


def test_a_post_without_its_token_is_refused_and_what_was_typed_is_shown(app, office, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = office.post("/directory/people/new", data={"name": "张三", "note": "写了很久的一段备注"})
    assert answer.status_code == 400
    assert "写了很久的一段备注" in answer.text
    pages.check(answer.text)
    assert office.post("/sign-in", data={"name": "a", "password": "my-secret-word"}).status_code == 400
    assert "my-secret-word" not in office.post("/sign-in", data={"name": "a", "password": "my-secret-word"}).text


def test_a_form_of_ours_carries_its_token_through(app, office, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = office.get("/directory/people/new").text
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf_token|form_key)" value="([^"]+)">', page))
    sent = {**hidden, "name": "张三", "protocol_order": "10"}
    assert office.post("/directory/people/new", data=sent).status_code == 303


@pytest.fixture
def narrow(database_url, tmp_path) -> Flask:
    app = create_app(settings_for(database_url, tmp_path, hosts=("luoshi.example",)), load_actor=lambda: None)
    app.config.update(TESTING=True)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_only_listed_hosts_are_answered(narrow):
    browser = narrow.test_client()
    assert browser.get("/sign-in", base_url="http://luoshi.example").status_code == 200
    for host in ("http://evil.example", "http://luoshi.example.evil.example"):
        assert browser.get("/sign-in", base_url=host).status_code == 400


def test_too_much_at_once_is_refused(app, office):
    answer = office.post("/directory/people/new", data={"note": "x" * (5 * 1024 * 1024)})
    assert answer.status_code == 413
    pages.check(answer.text)


def test_reading_writes_nothing(app, office):
    unit = factories.unit()
    counted = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables
    }
    for path in (
        "/",
        "/directory/units/",
        f"/directory/units/{unit.id}",
        f"/directory/units/{unit.id}/edit",
        "/account/sessions",
        "/help",
    ):
        assert office.get(path).status_code == 200
        assert office.head(path).status_code == 200
    after = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables
    }
    assert after == counted


def test_the_way_back_is_one_of_ours(live, office, monkeypatch):
    break_with(monkeypatch, DomainError("form.key_missing"))
    page = office.get("/directory/units/", headers={"Referer": "http://localhost/directory/people/?q=a"}).text
    assert 'href="/directory/people/?q=a"' in page
    for evil in ("http://evil.example/x", "http://localhost//evil.example", "javascript:alert(1)"):
        page = office.get("/directory/units/", headers={"Referer": evil}).text
        assert "evil" not in page
        assert "javascript" not in page


def test_log_lines_cannot_be_begun_by_a_user(capsys):
    web.log.warning("tried", name="a\nFORGED LINE")
    for line in capsys.readouterr().out.splitlines():
        assert json.loads(line)["name"] == "a\nFORGED LINE"


def test_a_page_without_the_right_does_not_exist(client_as):
    browser: FlaskClient = client_as(factories.actor(Role.AUDITOR))
    assert browser.get("/directory/units/").status_code == 404

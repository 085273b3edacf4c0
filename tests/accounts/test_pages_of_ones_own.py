"""Signing in and out, passwords and sessions, as a browser sees them."""

from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from meetings.accounts import actions
from meetings.accounts.models import Role, SignInFailure, User, UserSession
from meetings.audit.models import AccessEntry, AccessKind
from meetings.core.db import db, transaction
from tests import factories, pages
from tests.conftest import NOW, settings_for

PASSWORD = "Kuqa-2026-right"
HASH = actions.hasher.hash(PASSWORD)
PLACE = {"REMOTE_ADDR": "10.1.2.3"}


@pytest.fixture(scope="module")
def door(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with its real sign-in."""
    app = create_app(settings_for(database_url, tmp_path_factory.mktemp("data")))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(door: Flask) -> FlaskClient:
    """A browser before the door; all that happens is rolled back."""
    with door.app_context():
        engine = db.engines[None]
        with engine.connect() as connection:
            outer = connection.begin()
            db.engines[None] = connection
            yield door.test_client()
            db.session.remove()
            outer.rollback()
        db.engines[None] = engine


@pytest.fixture
def account(browser: FlaskClient) -> User:
    return factories.user(Role.OFFICE_STAFF, name="staff", display_name="办公室工作人员", password_hash=HASH)


def sign_in(browser: FlaskClient, password: str = PASSWORD, name: str = "staff", **more):
    return browser.post(
        "/sign-in", data={"form_key": "k", "name": name, "password": password}, environ_base=PLACE, **more
    )


def test_the_sign_in_page_says_nothing_of_the_work(browser, account):
    factories.meeting(title="某次推进会")
    page = browser.get("/sign-in").text
    pages.check(page)
    assert "使用须知" in page
    assert "推进会" not in page
    assert "任务台账" not in page


def test_the_right_password_opens_the_page_that_was_asked_for(browser, account):
    answer = browser.get("/account/sessions?x=1")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/account/sessions?x%3D1"
    answer = sign_in(browser, query_string={"next": "/account/sessions?x=1"})
    assert (answer.status_code, answer.location) == (303, "/account/sessions?x=1")
    assert browser.get("/account/sessions").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\evil",
        "/a\nb",
        "javascript:alert(1)",
        "/ a",
        "/a\\b",
    ],
)
def test_the_way_after_sign_in_stays_in_the_house(browser, account, target):
    assert sign_in(browser, query_string={"next": target}).location == "/"


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(browser, account):
    cookie = next(c for c in sign_in(browser).headers.getlist("Set-Cookie") if c.startswith("luoshi_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_is_secure(database_url, tmp_path):
    app = create_app(settings_for(database_url, tmp_path, https=True))
    assert app.config["SESSION_COOKIE_SECURE"]
    with app.app_context():
        db.engine.dispose()


def test_each_sign_in_is_a_session_of_its_own_and_is_kept_as_a_hash(browser, account):
    first = sign_in(browser).headers["Set-Cookie"].split(";")[0]
    browser.post("/sign-out")
    second = sign_in(browser).headers["Set-Cookie"].split(";")[0]
    assert first != second
    kept = db.session.scalars(select(UserSession.token_hash)).all()
    assert len(kept) == 2
    assert not any(second.removeprefix("luoshi_session=") in text for text in kept)


@pytest.mark.parametrize(
    ("name", "password"), [("staff", "Wrong-1234"), ("nobody", PASSWORD), ("staff", PASSWORD + " ")]
)
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(browser, account, name, password):
    answer = sign_in(browser, password, name)
    assert answer.status_code == 401
    assert "账号或密码不正确" in answer.text
    assert password not in answer.text
    pages.check(answer.text)
    assert db.session.scalar(select(SignInFailure.account)) == name


def test_a_disabled_account_is_refused_like_a_wrong_password(browser, account):
    with transaction(by=factories.actor(Role.SECURITY_ADMIN)):
        account.is_active = False
    assert "账号或密码不正确" in sign_in(browser).text


def test_an_unknown_name_takes_the_work_of_a_wrong_password(browser, account, monkeypatch):
    verified = []
    verify = actions.hasher.verify
    monkeypatch.setattr(type(actions.hasher), "verify", lambda self, *both: verified.append(both) or verify(*both))
    sign_in(browser, "Wrong-1234", "nobody")
    sign_in(browser, "Wrong-1234", "staff")
    assert len(verified) == 2


def test_empty_fields_are_named_and_no_failure_is_counted(browser, account):
    answer = browser.post("/sign-in", data={"form_key": "k", "name": "", "password": ""})
    assert "请填写账号" in answer.text
    assert "请填写密码" in answer.text
    assert db.session.scalar(select(SignInFailure)) is None


def test_five_failures_lock_the_account_even_for_the_right_password_until_ten_minutes_later(
    browser, account, frozen_clock
):
    for minute in range(5):
        frozen_clock(NOW + timedelta(minutes=minute))
        assert sign_in(browser, "Wrong-1234").status_code == 401
    answer = sign_in(browser)
    assert answer.status_code == 429
    assert "请于 10:40 后再试" in answer.text  # ten minutes after the first of the five, at 10:30
    pages.check(answer.text)
    frozen_clock(NOW + timedelta(minutes=10, seconds=1))
    assert sign_in(browser).status_code == 303


def test_the_lock_is_of_the_account_not_of_the_others(browser, account):
    for _ in range(5):
        sign_in(browser, "Wrong-1234", "somebody-else")
    assert sign_in(browser).status_code == 303


def test_fifty_failures_lock_the_address(browser, account):
    db.session.add_all(SignInFailure(account=f"user{n}", address="10.1.2.3", failed_at=NOW) for n in range(50))
    db.session.commit()
    assert sign_in(browser).status_code == 429
    elsewhere = browser.post(
        "/sign-in",
        data={"form_key": "k", "name": "staff", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "10.9.9.9"},
    )
    assert elsewhere.status_code == 303


def test_an_address_that_a_client_claims_is_not_believed(browser, account):
    browser.post(
        "/sign-in",
        data={"form_key": "k", "name": "staff", "password": "Wrong-1234"},
        environ_base=PLACE,
        headers={"X-Forwarded-For": "8.8.8.8"},
    )
    assert db.session.scalar(select(SignInFailure.address)) == "10.1.2.3"


def test_sign_ins_failures_and_sign_outs_are_logged_without_passwords(browser, account):
    sign_in(browser, "Wrong-1234")
    sign_in(browser)
    browser.post("/sign-out")
    entries = db.session.scalars(select(AccessEntry).order_by(AccessEntry.id)).all()
    assert [entry.kind for entry in entries] == [AccessKind.SIGN_IN_FAILED, AccessKind.SIGN_IN, AccessKind.SIGN_OUT]
    assert {entry.committee_id for entry in entries} == {account.committee_id}
    assert not any("Wrong" in entry.subject or PASSWORD in entry.subject for entry in entries)


def test_a_session_idles_out_after_thirty_minutes_and_a_visit_prolongs_it(browser, account, frozen_clock):
    sign_in(browser)
    frozen_clock(NOW + timedelta(minutes=29))
    assert browser.get("/account/sessions").status_code == 200
    frozen_clock(NOW + timedelta(minutes=58))
    assert browser.get("/account/sessions").status_code == 200
    frozen_clock(NOW + timedelta(minutes=89))
    answer = browser.get("/account/sessions")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/account/sessions"


def test_what_is_sent_after_the_session_ended_is_answered_401_and_changes_nothing(browser, account, frozen_clock):
    sign_in(browser)
    frozen_clock(NOW + timedelta(hours=1))
    answer = browser.post("/account/password", data={"form_key": "k"})
    assert answer.status_code == 401
    assert "没有提交" in answer.text
    pages.check(answer.text)


def test_sign_out_ends_the_session_for_whoever_kept_its_cookie(browser, account):
    cookie = sign_in(browser).headers["Set-Cookie"].split(";")[0].split("=", 1)[1]
    assert browser.post("/sign-out").status_code == 303
    browser.set_cookie("luoshi_session", cookie)
    assert browser.get("/account/sessions").status_code == 303


def test_who_is_signed_in_does_not_see_the_sign_in_page_again(browser, account):
    sign_in(browser)
    assert browser.get("/sign-in").location == "/"


# Passwords


def change(browser, current=PASSWORD, password="New-pass-9876", again=None):
    fields = {"form_key": "k", "current": current, "password": password, "again": password if again is None else again}
    return browser.post("/account/password", data=fields, environ_base=PLACE)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(browser, account, door):
    other = door.test_client()
    sign_in(other)
    sign_in(browser)
    pages.check(browser.get("/account/password").text)
    assert change(browser).status_code == 303
    assert browser.get("/account/sessions").status_code == 200
    assert other.get("/account/sessions").status_code == 303
    assert sign_in(other).status_code == 401
    assert sign_in(other, "New-pass-9876").status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"current": "Wrong-1234"}, "原密码不正确"),
        ({"again": "New-pass-9875"}, "两次输入的新密码不一致"),
        ({"password": "Ab1-x"}, "密码至少 8 位"),
        ({"password": "abcdefghijk"}, "密码须含"),
        ({"password": "Staff-20261"}, "密码过于简单或含有账号"),
        ({"password": PASSWORD}, "不得使用最近 5 次用过的密码"),
        ({"password": "Aa1!" * 60}, "最多 200 字"),
    ],
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(browser, account, fields, words):
    sign_in(browser)
    answer = change(browser, **fields)
    assert answer.status_code == 200
    assert words in answer.text
    assert "New-pass-9876" not in answer.text
    pages.check(answer.text)
    assert actions.is_right(db.session.scalar(select(User.password_hash).where(User.name == "staff")), PASSWORD)


def test_guessing_the_old_password_locks_like_guessing_at_the_door(browser, account):
    sign_in(browser)
    for _ in range(5):
        assert "原密码不正确" in change(browser, current="Wrong-1234").text
    answer = change(browser)
    assert "已暂时锁定" in answer.text or "后再试" in answer.text
    assert sign_in(browser).location == "/"  # still signed in here


def test_none_of_the_last_five_passwords_comes_back(browser, account):
    sign_in(browser)
    used = [PASSWORD] + [f"Word-{n}-xyzzy" for n in range(1, 6)]
    for old, new in pairwise(used):
        assert change(browser, old, new).status_code == 303
    assert "最近 5 次" in change(browser, used[-1], used[1]).text
    assert change(browser, used[-1], used[0]).status_code == 303  # the sixth last is free again


def test_after_ninety_days_only_the_page_that_changes_the_password_opens(browser, account, frozen_clock):
    frozen_clock(NOW + timedelta(days=90))
    sign_in(browser)
    assert browser.get("/account/sessions").status_code == 200
    browser.post("/sign-out")
    frozen_clock(NOW + timedelta(days=90, seconds=1))
    sign_in(browser)
    assert browser.get("/account/sessions").location == "/account/password"
    assert browser.get("/").location == "/account/password"
    page = browser.get("/account/password").text
    assert "修改后才能继续使用" in page
    pages.check(page)
    assert change(browser).status_code == 303
    assert browser.get("/account/sessions").status_code == 200


def test_asvs_asks_for_length_and_lets_a_password_grow_old(database_url, tmp_path, browser, account, frozen_clock):
    app = create_app(settings_for(database_url, tmp_path, password_profile="asvs"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        engine = db.engines[None]
    from meetings.accounts.rules import PROFILES, check_password

    asvs = PROFILES["asvs"]
    check_password("correct horse battery", account="staff", profile=asvs)
    assert asvs.valid_for is None
    with pytest.raises(Exception, match="too_short"):
        check_password("Aa1!Aa1!Bb2!", account="staff", profile=asvs)
    with pytest.raises(Exception, match="guessable"):
        check_password("password1234567", account="staff", profile=asvs)
    engine.dispose()


# One's own sessions


def test_own_sessions_are_listed_and_another_can_be_ended(browser, account, door):
    other = door.test_client()
    sign_in(other, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Edg/126.0"})
    sign_in(browser)
    page = browser.get("/account/sessions").text
    pages.check(page)
    assert "Edge（Windows）" in page
    assert "本机" in page
    session_id = db.session.scalar(select(UserSession.id).where(UserSession.agent.contains("Edg")))
    assert browser.post(f"/account/sessions/{session_id}/end").status_code == 303
    assert other.get("/account/sessions").status_code == 303
    assert browser.get("/account/sessions").status_code == 200


def test_a_session_of_somebody_else_is_not_found(browser, account, door):
    factories.user(Role.OBSERVER, name="other", password_hash=actions.hasher.hash(PASSWORD))
    sign_in(door.test_client(), name="other")
    foreign = db.session.scalar(select(UserSession.id))
    sign_in(browser)
    assert browser.post(f"/account/sessions/{foreign}/end").status_code == 404
    assert db.session.get(UserSession, foreign).ended_at is None


def test_a_session_that_idled_out_is_not_listed(browser, account, door, frozen_clock):
    sign_in(door.test_client(), headers={"User-Agent": "Firefox on Windows"})
    frozen_clock(NOW + timedelta(minutes=31))
    sign_in(browser)
    assert "Firefox" not in browser.get("/account/sessions").text


def test_a_reader_without_a_session_row_still_sees_the_page(client_as):
    pages.check(client_as(factories.staff()).get("/account/sessions").text)


# The view


def test_size_and_script_are_kept_with_the_account(browser, account):
    sign_in(browser)
    assert browser.post("/view", data={"size": "150", "next": "/account/sessions"}).location == "/account/sessions"
    assert 'class="elder elder-150"' in browser.get("/account/sessions").text
    db.session.expire_all()
    assert db.session.scalar(select(User.text_size).where(User.name == "staff")) == 150


def test_a_stranger_keeps_size_and_script_in_a_cookie(browser):
    browser.post("/view", data={"size": "200", "locale": "zh_Hant", "next": "//evil.example"})
    page = browser.get("/sign-in").text
    assert 'lang="zh-Hant"' in page
    assert "elder-200" in page


@pytest.mark.parametrize("fields", [{"size": "999"}, {"locale": "xx"}, {"size": "-1"}])
def test_a_view_that_there_is_not_is_refused(browser, fields):
    assert browser.post("/view", data=fields).status_code == 400


def test_a_draft_that_saves_itself_does_not_prolong_the_session(browser, account, frozen_clock):
    sign_in(browser)
    frozen_clock(NOW + timedelta(minutes=10))
    sent = {"draft_of": "/tasks/new", "draft_form": "task", "fields": [["title", "排查"]]}
    assert browser.post("/drafts/", json=sent).status_code == 200
    assert browser.get("/drafts/key").status_code == 200
    assert db.session.scalars(select(UserSession.last_seen_at)).all() == [NOW]
    browser.get("/drafts/")
    assert db.session.scalars(select(UserSession.last_seen_at)).all() == [NOW + timedelta(minutes=10)]

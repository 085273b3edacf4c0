"""The auditor's pages: who, when and which field; values only by a logged grant."""

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.audit import words
from meetings.audit.actions import log_access
from meetings.audit.models import AccessEntry, AccessKind, AuditEntry, Change
from meetings.core.actor import Actor
from meetings.core.db import Base, db, transaction
from meetings.directory.models import Committee
from tests import factories, pages


@pytest.fixture
def auditor():
    return factories.actor(Role.AUDITOR, display_name="审计管理员")


@pytest.fixture
def browser(client_as, auditor):
    return client_as(auditor)


def granted(actor):
    return Actor(
        actor.user_id,
        actor.name,
        actor.committee_id,
        roles=actor.roles,
        permissions=actor.permissions | {"audit.read_values"},
    )


def changed(by="张三", note="只有我知道的值"):
    row = factories.unit()
    with transaction(by=Actor(5, by, row.committee_id)):
        row.note = note
    return row, db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def test_the_pages_are_well_made(browser):
    _row, entry = changed()
    for path in ("/audit/", f"/audit/{entry.id}", "/audit/access"):
        answer = browser.get(path)
        assert answer.status_code == 200
        pages.check(answer.text)


def test_the_auditor_sees_who_when_what_and_which_field_but_no_value(browser):
    row, entry = changed()
    for path in ("/audit/", f"/audit/{entry.id}"):
        page = browser.get(path).text
        assert "张三" in page
        assert "备注" in page
        assert "7月14日 10:30" in page
        assert str(row.id) in page
        assert "只有我知道的值" not in page
    assert "须由安全管理员单独授权" in browser.get(f"/audit/{entry.id}").text


def test_values_are_not_shown_without_the_grant(browser):
    _row, entry = changed()
    assert browser.post(f"/audit/{entry.id}/values").status_code == 404
    assert db.session.scalars(select(AccessEntry)).all() == []


def test_values_are_shown_by_a_grant_and_the_look_is_logged(client_as, auditor):
    _row, entry = changed()
    browser = client_as(granted(auditor))
    assert "只有我知道的值" not in browser.get(f"/audit/{entry.id}").text
    answer = browser.post(f"/audit/{entry.id}/values")
    assert "只有我知道的值" in answer.text
    pages.check(answer.text)
    look = db.session.scalars(select(AccessEntry)).one()
    assert (look.kind, look.user_id) == (AccessKind.AUDIT_READ, auditor.user_id)
    assert look.subject == f"audit {entry.seq} unit {entry.subject_id}"
    assert "查看审计值" in browser.get("/audit/access").text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_nobody_else_reads_the_logs(client_as, role):
    _row, entry = changed()
    other = client_as(factories.actor(role, unit=factories.unit()))
    assert {other.get(path).status_code for path in ("/audit/", f"/audit/{entry.id}", "/audit/access")} == {404}
    assert other.post(f"/audit/{entry.id}/values").status_code == 404


def test_entries_of_another_committee_are_not_found(client_as, auditor):
    other = factories.save(Committee(region="邻县"))
    with transaction(by=Actor(9, "邻县的人", other.id)):
        other.office_phone = "1"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.committee_id == other.id)).one()
    log_access(AccessKind.PRINT, "邻县的文书", by=Actor(9, "邻县的人", other.id))
    db.session.commit()
    browser = client_as(granted(auditor))
    assert browser.get(f"/audit/{entry.id}").status_code == 404
    assert browser.post(f"/audit/{entry.id}/values").status_code == 404
    assert "邻县的人" not in browser.get("/audit/").text
    assert "邻县的文书" not in browser.get("/audit/access").text


def test_changes_are_filtered_by_day_person_and_thing(browser):
    row, _entry = changed()

    def shows(query):
        page = browser.get(f"/audit/?{query}").text
        pages.check(page)
        return "张三" in page.split("<tbody>")[-1]

    assert shows("first=2026-07-14&last=2026-07-14")
    assert not shows("first=2026-07-15")
    assert not shows("last=2026-07-13")
    assert shows("who=张三")
    assert not shows("who=李四")
    assert shows(f"subject=unit&subject_id={row.id}")


@pytest.mark.parametrize(
    ("query", "said"),
    [("first=昨天", "日期从应是一个日期"), ("subject_id=x", "编号应是"), ("subject=king", "请从列表中选择对象")],
)
def test_a_filter_that_cannot_be_read_says_so_and_narrows_nothing(browser, query, said):
    changed()
    page = browser.get(f"/audit/?{query}").text
    assert said in page
    assert "张三" in page
    pages.check(page)


def test_days_are_those_of_the_office(browser, frozen_clock):
    from datetime import UTC, datetime

    frozen_clock(datetime(2026, 7, 13, 16, 0, tzinfo=UTC))  # midnight in the office
    changed(by="夜猫")
    assert "夜猫" in browser.get("/audit/?first=2026-07-14").text
    assert "夜猫" not in browser.get("/audit/?last=2026-07-13").text.split("<tbody>")[-1]


def test_entries_come_fifty_a_page_at_a_constant_cost(browser, statements):
    def cost(path):
        statements.clear()
        browser.get(path)
        return len(statements)

    changed()
    few = cost("/audit/")
    for _ in range(50):
        changed()
    assert cost("/audit/") == few
    assert few <= 6
    assert "第 1 页，共 2 页" in browser.get("/audit/").text
    pages.check(browser.get("/audit/?page=2").text)


def test_the_access_log_is_filtered_by_kind_account_and_address(browser, auditor):
    log_access(AccessKind.SIGN_IN_FAILED, "nobody", by=None, address="10.9.9.9")
    log_access(AccessKind.PRINT, "某文书", by=auditor, address="10.1.1.1")
    db.session.commit()

    def rows(query):
        page = browser.get(f"/audit/access?{query}").text
        pages.check(page)
        return ("nobody" in page.split("<tbody>")[-1], "某文书" in page.split("<tbody>")[-1])

    assert rows("") == (True, True)
    assert rows("kind=print") == (False, True)
    assert rows("kind=king") == (True, True)
    assert rows("who=10.9.9.9")[0]
    assert not rows("who=10.9.9.9")[1] or "某文书" not in browser.get("/audit/access?who=10.9.9.9").text
    assert rows(f"subject_id={auditor.user_id}") == (False, True)
    assert rows("first=2026-07-15") == (False, False)


def test_looking_writes_nothing(browser):
    _row, entry = changed()
    before = len(db.session.scalars(select(AuditEntry)).all())
    for path in ("/audit/", f"/audit/{entry.id}", "/audit/access", "/audit/?who=x"):
        browser.get(path)
    assert len(db.session.scalars(select(AuditEntry)).all()) == before
    assert db.session.scalars(select(AccessEntry)).all() == []


def test_every_kind_has_a_word():
    assert set(words.CHANGES) == set(Change)
    assert set(words.ACCESSES) == set(AccessKind)


def test_every_kind_of_row_that_is_kept_has_a_name(app):
    models = [mapper.class_ for mapper in Base.registry.mappers]
    audited = {model.__tablename__ for model in models if getattr(model, "__audited__", False)}
    assert audited == set(words.SUBJECTS)


def test_every_column_that_is_kept_has_a_name(app):
    audited = [mapper for mapper in Base.registry.mappers if getattr(mapper.class_, "__audited__", False)]
    kept = {(mapper.class_.__tablename__, column.key) for mapper in audited for column in mapper.column_attrs}
    assert {(table, column) for table, column in kept if words.column_word(table, column) == column} == set()
    known = {column for _table, column in kept} | {f"{table}.{column}" for table, column in kept}
    assert set(words.COLUMNS) <= known
    assert not words.columns.COLUMNS.keys() & words.plans.COLUMNS.keys()

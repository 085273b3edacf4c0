"""The security administrator's pages, and the same from the command line."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from meetings.accounts import actions, queries
from meetings.accounts.models import Deputy, Grant, Role, User, UserRole, UserSession
from meetings.audit.models import AuditEntry
from meetings.core.db import db
from meetings.directory.models import Committee, CommitteeName
from tests import factories, pages
from tests.conftest import NOW

KEY = {"form_key": "key-1"}
TODAY = date(2026, 7, 14)


@pytest.fixture
def security():
    return factories.actor(Role.SECURITY_ADMIN, display_name="安全管理员")


@pytest.fixture
def manager(client_as, security):
    return client_as(security)


def account(*roles, **more):
    return factories.user(*(roles or (Role.LIAISON,)), unit=more.pop("unit", None) or factories.unit(), **more)


def paths(user):
    one = f"/accounts/{user.id}"
    return (
        ["/accounts/", "/accounts/new", one, f"{one}/edit", f"{one}/deputies/new", f"{one}/grants/new"],
        [f"{one}/reset-password", f"{one}/disable", f"{one}/enable", f"{one}/end-sessions"],
    )


def new(**fields):
    return {
        **KEY,
        "name": "edu_liaison",
        "display_name": "县教育局联络员",
        "roles": ["observer"],
        "unit_id": "",
        **fields,
    }


def roles_of(user_id):
    return set(db.session.scalars(select(UserRole.role).where(UserRole.user_id == user_id)))


def test_every_page_is_well_made_and_reading_writes_nothing(manager):
    user = account()
    factories.save(Deputy(user_id=user.id, unit_id=factories.unit().id, from_on=TODAY, until_on=TODAY))
    factories.save(Grant(user_id=user.id, permission="directory.unmask", reason="核对名单", until_on=TODAY))
    before = len(db.session.scalars(select(AuditEntry)).all())
    for path in paths(user)[0]:
        answer = manager.get(path)
        assert answer.status_code == 200, path
        pages.check(answer.text)
    assert len(db.session.scalars(select(AuditEntry)).all()) == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECURITY_ADMIN])
def test_nobody_else_manages_accounts(client_as, role):
    unit = factories.unit()
    user = account(unit=unit)
    browser = client_as(factories.actor(role, unit=unit))
    reads, writes = paths(user)
    assert {browser.get(path).status_code for path in reads} == {404}
    assert {browser.post(path, data=KEY).status_code for path in [*reads[1:2], *reads[3:], *writes]} == {404}
    db.session.refresh(user)
    assert (user.is_active, user.password_hash) == (True, "!")


def test_accounts_of_another_committee_are_not_found(manager):
    other = factories.save(Committee(region="邻县"))
    user = factories.user(name="foreign", committee_id=other.id)
    reads, writes = paths(user)
    assert {manager.get(path).status_code for path in reads[2:]} == {404}
    assert {manager.post(path, data=KEY).status_code for path in writes} == {404}
    assert "foreign" not in manager.get("/accounts/").text


def test_a_new_account_has_a_random_password_that_is_shown_once(manager):
    answer = manager.post("/accounts/new", data=new())
    first = manager.get(answer.location).text
    password = re.search(r"密码是 ([\w-]{19})，", first).group(1)
    assert password not in manager.get(answer.location).text
    user = db.session.scalars(select(User).where(User.name == "edu_liaison")).one()
    assert actions.is_right(user.password_hash, password)
    assert user.must_change_password


def test_a_double_submit_makes_one_account(manager):
    first = manager.post("/accounts/new", data=new())
    second = manager.post("/accounts/new", data=new(name="another"))
    assert second.location == first.location
    assert db.session.scalar(select(User).where(User.name == "another")) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "请填写账号"),
        ({"name": "县教育局"}, "账号应以字母开头"),
        ({"name": "a"}, "账号应以字母开头"),
        ({"name": "a b"}, "账号应以字母开头"),
        ({"name": "taken"}, "账号“taken”已有人使用"),
        ({"display_name": ""}, "请填写显示名称"),
        ({"roles": []}, "请选择角色"),
        ({"roles": ["king"]}, "请从列表中选择角色"),
        ({"roles": ["system_admin", "auditor"]}, "须分设账号"),
        ({"roles": ["security_admin", "system_admin"]}, "须分设账号"),
        ({"roles": ["auditor", "office_staff"]}, "须分设账号"),
        ({"roles": ["liaison"]}, "须选择所在单位"),
        ({"unit_id": "123456"}, "请从列表中选择所在单位"),
    ],
)
def test_a_wrong_account_is_shown_again_and_not_made(manager, fields, words):
    factories.user(name="taken")
    count = len(db.session.scalars(select(User)).all())
    answer = manager.post("/accounts/new", data=new(display_name="留着的名称") | fields)
    assert answer.status_code == 200
    assert words in answer.text
    assert "display_name" in fields or "留着的名称" in answer.text
    pages.check(answer.text)
    assert len(db.session.scalars(select(User)).all()) == count


def test_roles_and_unit_change_at_once_for_who_is_signed_in(manager):
    user, unit = account(Role.LIAISON), factories.unit()
    fields = {
        **KEY,
        "display_name": "新名",
        "roles": ["liaison", "statistician"],
        "unit_id": unit.id,
        "version": user.version,
    }
    assert manager.post(f"/accounts/{user.id}/edit", data=fields).status_code == 303
    assert roles_of(user.id) == {Role.LIAISON, Role.STATISTICIAN}
    fields |= {
        "roles": ["observer"],
        "unit_id": "",
        "version": db.session.scalar(select(User.version).where(User.id == user.id)),
    }
    manager.post(f"/accounts/{user.id}/edit", data=fields | {"form_key": "key-2"})
    assert roles_of(user.id) == {Role.OBSERVER}
    assert queries.actor_named(user.name).permissions >= {"meetings.read"}


def test_an_admin_role_is_never_added_to_another_one(manager):
    user = factories.user(Role.AUDITOR)
    fields = {
        **KEY,
        "display_name": "审计",
        "roles": ["auditor", "security_admin"],
        "unit_id": "",
        "version": user.version,
    }
    answer = manager.post(f"/accounts/{user.id}/edit", data=fields)
    assert "须分设账号" in answer.text
    pages.check(answer.text)
    assert roles_of(user.id) == {Role.AUDITOR}


def test_nobody_changes_their_own_roles_or_disables_themselves(manager, security):
    version = db.session.scalar(select(User.version).where(User.id == security.user_id))
    fields = {**KEY, "display_name": "安全", "roles": ["observer"], "unit_id": "", "version": version}
    assert "不能修改本人账号的角色" in manager.post(f"/accounts/{security.user_id}/edit", data=fields).text
    answer = manager.post(f"/accounts/{security.user_id}/disable")
    assert answer.status_code == 409
    assert "另一位安全管理员" in answer.text
    assert "停用账号" not in manager.get(f"/accounts/{security.user_id}").text


def test_two_editors_of_one_account_do_not_overwrite_each_other(manager):
    user = account(Role.OBSERVER)
    fields = {**KEY, "display_name": "甲名", "roles": ["observer"], "unit_id": "", "version": user.version}
    manager.post(f"/accounts/{user.id}/edit", data=fields)
    answer = manager.post(f"/accounts/{user.id}/edit", data=fields | {"display_name": "乙名", "form_key": "key-2"})
    assert answer.status_code == 409
    pages.check(answer.text)
    assert db.session.scalar(select(User.display_name).where(User.id == user.id)) == "甲名"


def signed_in(user):
    row = UserSession(
        token_hash=f"h{user.id}", user_id=user.id, begun_at=NOW, last_seen_at=NOW, address="10.1.1.1", agent="Firefox"
    )
    db.session.add(row)
    db.session.commit()
    return row


@pytest.mark.parametrize("act", ["reset-password", "disable", "end-sessions"])
def test_sessions_end_when_a_password_is_reset_an_account_disabled_or_when_told(manager, act):
    user = account()
    signed_in(user)
    assert "Firefox" in manager.get(f"/accounts/{user.id}").text
    answer = manager.post(f"/accounts/{user.id}/{act}")
    assert answer.status_code == 303
    page = manager.get(answer.location).text
    pages.check(page)
    assert "现在没有登录" in page
    assert db.session.scalar(select(UserSession.ended_at)) == NOW


def test_a_reset_password_is_random_shown_once_and_has_to_be_changed(manager):
    user = account()
    page = manager.get(manager.post(f"/accounts/{user.id}/reset-password").location).text
    password = re.search(r"密码是 ([\w-]{19})，", page).group(1)
    db.session.refresh(user)
    assert actions.is_right(user.password_hash, password)
    assert user.must_change_password


def test_a_disabled_account_can_be_used_again(manager):
    user = account()
    manager.post(f"/accounts/{user.id}/disable")
    assert user.name not in manager.get("/accounts/").text
    assert user.name in manager.get("/accounts/?disabled=1").text
    manager.post(f"/accounts/{user.id}/enable")
    assert user.name in manager.get("/accounts/").text


def test_the_list_is_searched_by_name_and_by_role(manager):
    factories.user(Role.LEADER, name="leader1", display_name="主任")
    factories.user(Role.AUDITOR, name="auditor1", display_name="审计")
    page = manager.get("/accounts/?q=LEADER").text
    assert "leader1" in page
    assert "auditor1" not in page
    assert "auditor1" in manager.get("/accounts/?role=auditor").text
    assert "没有相符的账号" in manager.get("/accounts/?q=%25").text
    assert manager.get("/accounts/?role=king&page=99999999999999999999&q=%00").status_code in {200, 400}


# Deputies


def deputy(unit, **fields):
    return {**KEY, "unit_id": unit.id, "from_on": "2026-07-14", "until_on": "2026-07-31", **fields}


def test_a_deputy_acts_for_the_other_unit_on_the_days_given(manager, frozen_clock):
    user, other = account(), factories.unit("县卫健委")
    assert manager.post(f"/accounts/{user.id}/deputies/new", data=deputy(other)).status_code == 303
    session = signed_in(user)
    session.token_hash = queries.hashed("token")
    db.session.commit()

    def units_on(day):
        found = queries.signed_in("token", now=NOW, today=day, idle=timedelta(minutes=30))
        return found[1].unit_ids

    assert units_on(TODAY) == {user.unit_id, other.id}
    assert units_on(date(2026, 7, 31)) == {user.unit_id, other.id}
    assert units_on(date(2026, 8, 1)) == {user.unit_id}
    assert units_on(date(2026, 7, 13)) == {user.unit_id}
    page = manager.get(f"/accounts/{user.id}").text
    assert "县卫健委" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"unit_id": ""}, "请选择代理单位"),
        ({"from_on": "2026-08-01"}, "结束日期早于开始日期"),
        ({"from_on": "2026-06-01", "until_on": "2026-06-30"}, "结束日期已经过去"),
        ({"until_on": "三十一日"}, "到应是一个日期"),
        ({"unit_id": "own"}, "请选择其他单位"),
    ],
)
def test_a_wrong_deputy_is_shown_again(manager, fields, words):
    user = account()
    if fields.get("unit_id") == "own":
        fields = {"unit_id": user.unit_id}
    answer = manager.post(f"/accounts/{user.id}/deputies/new", data=deputy(factories.unit()) | fields)
    assert words in answer.text
    pages.check(answer.text)
    assert db.session.scalars(select(Deputy)).all() == []


def test_only_who_acts_for_a_unit_stands_in_for_another(manager):
    user = account(Role.OFFICE_STAFF)
    answer = manager.post(f"/accounts/{user.id}/deputies/new", data=deputy(factories.unit()))
    assert "可以代理其他单位" in answer.text


def test_a_deputy_ends_early_and_one_that_has_not_begun_is_taken_back(manager):
    user = account()
    begun = factories.save(
        Deputy(user_id=user.id, unit_id=factories.unit().id, from_on=date(2026, 7, 1), until_on=date(2026, 7, 31))
    )
    coming = factories.save(
        Deputy(user_id=user.id, unit_id=factories.unit().id, from_on=date(2026, 8, 1), until_on=date(2026, 8, 2))
    )
    for row in (begun, coming):
        assert manager.post(f"/accounts/{user.id}/deputies/{row.id}/end").status_code == 303
    assert db.session.scalars(select(Deputy.until_on)).all() == [date(2026, 7, 13)]
    foreign = factories.save(Deputy(user_id=account().id, unit_id=factories.unit().id, from_on=TODAY, until_on=TODAY))
    assert manager.post(f"/accounts/{user.id}/deputies/{foreign.id}/end").status_code == 404


# Grants


def grant(**fields):
    return {**KEY, "permission": "audit.read_values", "reason": "按批示核查", "until_on": "2026-07-31", **fields}


def test_a_grant_holds_until_its_day_and_can_be_taken_back(manager):
    user = factories.user(Role.AUDITOR)
    assert manager.post(f"/accounts/{user.id}/grants/new", data=grant()).status_code == 303
    row = db.session.scalars(select(Grant)).one()
    session = signed_in(user)
    session.token_hash = queries.hashed("token")
    db.session.commit()

    def holds(day):
        return queries.signed_in("token", now=NOW, today=day, idle=timedelta(minutes=30))[1].may("audit.read_values")

    assert [holds(day) for day in (TODAY, date(2026, 7, 31), date(2026, 8, 1))] == [True, True, False]
    manager.post(f"/accounts/{user.id}/grants/{row.id}/revoke")
    assert not holds(TODAY)
    assert "已失效" in manager.get(f"/accounts/{user.id}").text


@pytest.mark.parametrize(
    ("role", "fields", "words"),
    [
        (Role.AUDITOR, {"permission": "users.manage"}, "请从列表中选择权限"),
        (Role.AUDITOR, {"reason": ""}, "请填写授权理由"),
        (Role.AUDITOR, {"until_on": "2026-07-13"}, "有效期已经过去"),
        (Role.AUDITOR, {"until_on": "2027-07-16"}, "有效期最长一年"),
        (Role.OFFICE_STAFF, {}, "用不到这项权限"),
        (Role.AUDITOR, {"permission": "directory.unmask"}, "用不到这项权限"),
    ],
)
def test_a_wrong_grant_is_shown_again(manager, role, fields, words):
    user = factories.user(role)
    answer = manager.post(f"/accounts/{user.id}/grants/new", data=grant() | fields)
    assert words in answer.text
    pages.check(answer.text)
    assert db.session.scalars(select(Grant)).all() == []


def test_nobody_grants_to_themselves(manager, security):
    answer = manager.post(f"/accounts/{security.user_id}/grants/new", data=grant())
    assert answer.status_code == 409
    assert "不能给本人授权" in answer.text


# The command line


@pytest.fixture
def users(app, session):
    def run(*arguments, **more):
        return app.test_cli_runner().invoke(args=["users", *arguments], **more)

    return run


def test_the_first_account_brings_its_committee(users):
    done = users("create", "first", "--role", "security_admin", input="某县\n\n\n")
    assert done.exit_code == 0, done.output
    password = re.search(r"密码 ([\w-]{19})", done.output).group(1)
    user = db.session.scalars(select(User)).one()
    assert actions.is_right(user.password_hash, password)
    assert user.display_name == "安全管理员"
    assert db.session.scalar(select(CommitteeName.name)) == "某县妇女儿童工作委员会"


def test_an_account_of_a_unit_is_made_with_a_known_password(users):
    unit = factories.unit("县教育局")
    done = users(
        "create", "edu", "--role", "liaison", "--unit", "县教育局", "--password-stdin", input="Known-2026-pw\n"
    )
    assert done.exit_code == 0, done.output
    assert "Known" not in done.output
    user = db.session.scalars(select(User)).one()
    assert (user.unit_id, user.display_name, user.must_change_password) == (unit.id, "县教育局联络员", False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["create", "taken", "--role", "observer"], "已有人使用"),
        (["create", "both", "--role", "auditor", "--role", "system_admin"], "分设账号"),
        (["create", "edu", "--role", "liaison"], "须选择所在单位"),
        (["create", "edu", "--role", "liaison", "--unit", "没有局"], "没有单位 没有局"),
        (["create", "x", "--role", "observer"], "账号应以字母开头"),
        (["reset-password", "nobody"], "没有账号 nobody"),
        (["disable", "nobody"], "没有账号 nobody"),
    ],
)
def test_a_command_that_is_refused_says_why_and_exits_with_one(users, arguments, words):
    factories.user(name="taken")
    done = users(*arguments)
    assert done.exit_code == 1
    assert words in done.stderr
    assert len(db.session.scalars(select(User)).all()) == 1


def test_a_role_that_there_is_not_is_a_wrong_usage(users):
    assert users("create", "name", "--role", "king").exit_code == 2


def test_accounts_are_listed_reset_disabled_and_enabled(users):
    user = account(name="edu")
    signed_in(user)
    assert "edu\tliaison\t" in users("list").output
    password = re.search(r"([\w-]{19})（", users("reset-password", "edu").output).group(1)
    db.session.refresh(user)
    assert actions.is_right(user.password_hash, password)
    assert users("disable", "edu").exit_code == 0
    assert "已停用" in users("list").output
    assert users("enable", "edu").exit_code == 0
    db.session.expire_all()
    assert db.session.scalar(select(UserSession.ended_at)) == NOW
    assert db.session.scalar(select(User.is_active))


def test_passwords_never_reach_the_audit(users, manager):
    users("create", "edu", "--role", "observer")
    manager.post("/accounts/new", data=new())
    entries = db.session.scalars(select(AuditEntry.changes).where(AuditEntry.subject == "user_account")).all()
    assert any('"password_hash":[null,"***"]' in changes for changes in entries)
    assert not any("$argon2" in changes for changes in entries)


def test_random_passwords_pass_both_profiles_and_differ():
    from meetings.accounts.rules import PROFILES

    made = {actions.random_password(profile, account="ab") for profile in PROFILES.values() for _ in range(200)}
    assert len(made) == 400

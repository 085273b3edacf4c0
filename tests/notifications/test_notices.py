"""The right people are told in the transaction of the act; they read, pass on, and choose; nobody sees another's."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings.accounts.models import Deputy, Role
from meetings.core import clock
from meetings.core.db import db, writing
from meetings.notifications import actions
from meetings.notifications.models import Notice, NoticeSetting
from meetings.tasks import actions as tasks
from tests import factories as make
from tests.conftest import NOW
from tests.pages import check


def told(kind):
    """Names of who was told, in order."""
    from meetings.accounts.models import User

    db.session.expire_all()
    rows = select(User.display_name).join(Notice, Notice.user_id == User.id).where(Notice.kind == kind)
    return sorted(db.session.scalars(rows))


@pytest.fixture
def people(session):
    schools, health, other = make.unit("县教育局"), make.unit("县卫健委"), make.unit("县水利局")
    return {
        "director": make.director(),
        "staff": make.staff(),
        "liaison": make.liaison(schools),
        "head": make.head(schools),
        "helper": make.liaison(health),
        "other": make.liaison(other),
        "leader": make.actor(Role.LEADER, display_name="副县长"),
        "units": (schools, health, other),
    }


def test_each_step_tells_whom_it_concerns_and_never_who_acts(people):
    schools, health, _other = people["units"]
    task = make.draft(lead_unit=schools, cooperating_units=[health], by=people["staff"])
    make.step(tasks.submit_for_issue, task, by=people["staff"])
    assert told("tasks.to_issue") == ["办公室主任"]
    make.step(tasks.issue, task, by=people["director"])
    assert told("tasks.issued") == ["县卫健委联络员", "县教育局联络员", "县教育局负责人"]
    make.step(tasks.acknowledge, task, by=people["liaison"])
    make.report(task, by=people["liaison"])
    make.step(tasks.submit_completion, task, by=people["liaison"], note="")
    assert told("tasks.to_approve") == ["县教育局负责人"]
    make.step(tasks.approve_in_unit, task, by=people["head"])
    assert told("tasks.completion_requested") == ["办公室主任", "办公室工作人员"]
    make.step(tasks.return_task, task, by=people["director"], reason="请补充佐证")
    assert told("tasks.returned") == ["县教育局联络员"]


def test_who_stands_in_is_told_and_who_was_disabled_is_not(people):
    schools = people["units"][0]
    make.save(
        Deputy(
            user_id=people["other"].user_id,
            unit_id=schools.id,
            from_on=clock.today(),
            until_on=clock.today(),
        )
    )
    make.actor(Role.LIAISON, unit=schools, display_name="原联络员", is_active=False)
    make.step(tasks.issue, make.draft(lead_unit=schools), by=people["director"])
    assert told("tasks.issued") == ["县教育局联络员", "县教育局负责人", "县水利局联络员"]


def test_what_is_rolled_back_tells_nobody(people):
    with pytest.raises(ZeroDivisionError), writing():
        actions.tell("tasks.issued", roles=[Role.LIAISON], path="/tasks/1", by=people["director"])
        raise ZeroDivisionError
    assert told("tasks.issued") == []


def test_telling_costs_one_statement(people, statements):
    statements.clear()
    with writing():
        actions.tell("tasks.issued", roles=[Role.LIAISON], path="/tasks/1", by=people["director"])
    assert len([s for s in statements if not s.startswith("BEGIN")]) == 1


def test_an_ordinary_report_tells_nobody(people):
    task = make.under_way(lead_unit=people["units"][0])
    before = db.session.query(Notice).count()
    make.report(task, by=people["liaison"])
    assert db.session.query(Notice).count() == before


def issued_to(people):
    make.step(tasks.issue, make.draft(lead_unit=people["units"][0], title="排查学业状况"), by=people["director"])
    return db.session.scalars(select(Notice).where(Notice.user_id == people["liaison"].user_id)).one()


def test_the_inbox_shows_what_may_be_passed_on_without_anything_personal(people, client_as, statements):
    notice = issued_to(people)
    number, client = notice.number, client_as(people["liaison"])
    statements.clear()
    page = client.get("/notices/").text
    assert len(statements) <= 5
    check(page)
    assert "新任务，请签收" in page
    assert f"县教育局：{number}号任务已交办，请于7月16日前登录系统签收。某县妇女儿童工作委员会办公室，电话6021" in page
    sentence = page.partition("data-copy-text>")[2].partition("<")[0]
    assert "排查学业状况" not in sentence
    assert people["liaison"].name not in sentence


def test_the_newest_stands_first_whatever_was_written_down_last(people, client_as, frozen_clock):
    reader = make.staff()
    with writing():
        for number, days in (("2026-2", 0), ("2026-3", 1), ("2026-1", -9)):
            frozen_clock(NOW + timedelta(days=days))
            actions.tell_account("tasks.declined", reader.user_id, title=number, path="/tasks/", by=reader)
    page = client_as(reader).get("/notices/").text
    assert list(dict.fromkeys(re.findall(r"2026-\d\b", page))) == ["2026-3", "2026-2", "2026-1"]


def test_opening_marks_it_read_and_leads_to_the_task(people, client_as):
    notice = issued_to(people)
    id_, path = notice.id, notice.path
    assert client_as(people["other"]).post(f"/notices/{id_}/open").status_code == 404
    answer = client_as(people["liaison"]).post(f"/notices/{id_}/open")
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    db.session.expire_all()
    assert db.session.get(Notice, id_).read_at
    page = client_as(people["liaison"]).get("/notices/?unread=1").text
    check(page)
    assert "没有未读通知" in page


def test_all_are_marked_read_and_nobody_elses(people, client_as):
    issued_to(people)
    client_as(people["liaison"]).post("/notices/read-all")
    db.session.expire_all()
    unread = select(Notice.user_id).where(Notice.read_at.is_(None))
    assert list(db.session.scalars(unread)) == [people["head"].user_id]


def test_the_masthead_counts_the_unread_ones_in_the_statement_of_the_session(people, session):
    from meetings.accounts import queries
    from meetings.accounts.models import UserSession

    issued_to(people)
    now = clock.now()
    make.save(
        UserSession(
            token_hash=queries.hashed("token"),
            user_id=people["liaison"].user_id,
            begun_at=now,
            last_seen_at=now,
            address="",
            agent="",
        )
    )
    from datetime import timedelta

    visit, actor = queries.signed_in("token", now=now, today=clock.today(), idle=timedelta(minutes=30))
    assert (visit.unread, actor) == (1, people["liaison"])


@pytest.mark.parametrize("email", ["不是邮箱", "a@b", "a b@example.cn", ""])
def test_a_wrong_address_is_refused_beside_its_field(people, client_as, email):
    sent = {"form_key": "one", "email": email, "wants_digest": "y", "version": "1"}
    page = client_as(people["liaison"]).post("/notices/settings", data=sent).text
    check(page)
    assert "邮箱地址不完整" in page or "请填写邮箱地址" in page
    assert db.session.query(NoticeSetting).count() == 0


def test_a_choice_is_kept_and_an_old_form_does_not_write_over_it(people, client_as):
    client = client_as(people["liaison"])
    check(client.get("/notices/settings").text)
    sent = {"email": "liaison@example.cn", "wants_urgent": "y", "version": "1"}
    assert client.post("/notices/settings", data={**sent, "form_key": "one"}).status_code == 303
    row = db.session.query(NoticeSetting).one()
    assert (row.email, row.wants_digest, row.wants_urgent) == ("liaison@example.cn", False, True)
    with writing():
        row.email = "other@example.cn"
    assert client.post("/notices/settings", data={**sent, "form_key": "two"}).status_code == 409

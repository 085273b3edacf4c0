"""The meeting that follows: what became of what the previous one settled, and what goes over into it."""

import pytest

from meetings.audit.models import AuditEntry
from meetings.meetings.models import MeetingStatus, Requirement
from meetings.tasks.models import TaskStatus
from tests import factories, pages


@pytest.fixture
def held(session):
    return factories.meeting(title="推进会", status=MeetingStatus.HELD)


@pytest.fixture
def following(held):
    return factories.meeting(
        title="下一次推进会", previous_id=held.id, kind_id=held.kind_id, status=MeetingStatus.DRAFT
    )


def test_the_next_meeting_opens_with_what_became_of_the_last(client_as, session, held, following):
    unit = factories.unit("县教育局")
    wanted = [factories.requirement(held, text=text) for text in ("建台账", "抓培训", "补短板")]
    factories.requirement(held, text="少开会", set_aside_reason="已在日常工作中")
    factories.task(lead_unit=unit, requirement=wanted[0], status=TaskStatus.CLOSED, title="台账任务")
    factories.task(lead_unit=unit, requirement=wanted[1], status=TaskStatus.IN_PROGRESS, title="培训任务")
    client = client_as(factories.staff())

    html = client.get(f"/meetings/{following.id}/previous").text

    pages.check(html)
    assert "上次会议议定事项落实情况" in html
    for words in ("台账任务", "培训任务", "未列任务", "已在日常工作中"):
        assert words in html
    assert "未落实的 2 条转入本次会议" in html
    assert f"/meetings/{following.id}/previous" in client.get(f"/meetings/{following.id}").text


def test_what_is_left_open_goes_over_and_the_last_meeting_stays_as_it_is(client_as, session, held, following):
    factories.requirement(held, text="要摸清底数")
    client = client_as(factories.staff())
    assert "未落实的转入下次会议" in client.get(f"/meetings/{held.id}/requirements").text
    session.expire_all()
    before = [(row.id, row.text, row.version) for row in session.query(Requirement).order_by(Requirement.id)]
    last = session.query(AuditEntry).count()

    first = client.post(f"/meetings/{following.id}/carry-over", data={"form_key": "k1"})
    second = client.post(f"/meetings/{following.id}/carry-over", data={"form_key": "k1"})

    assert first.location == second.location
    session.expire_all()
    rows = session.query(Requirement).order_by(Requirement.id).all()
    assert [(row.id, row.text, row.version) for row in rows[:1]] == before
    assert [(row.meeting_id, row.carried_from_id) for row in rows[1:]] == [(following.id, before[0][0])]
    told = session.query(AuditEntry).order_by(AuditEntry.id).offset(last)
    assert {(entry.subject, entry.subject_id) for entry in told} == {("requirement", rows[1].id)}
    html = client.get(f"/meetings/{following.id}/previous").text
    assert "转为第 1 条" in html
    assert "转入本次会议</button>" not in html
    assert "已转入下次会议" in client.get(f"/meetings/{held.id}/requirements").text
    pages.check(client.get(f"/meetings/{following.id}/requirements").text)


def test_a_meeting_without_a_previous_one_has_nothing_to_tell(client_as, held):
    client = client_as(factories.staff())
    assert client.get(f"/meetings/{held.id}/previous").status_code == 404
    assert client.post(f"/meetings/{held.id}/carry-over", data={"form_key": "k"}).status_code == 409
    assert f"/meetings/{held.id}/previous" not in client.get(f"/meetings/{held.id}").text


def test_units_are_told_nothing_of_it(client_as, held, following):
    liaison = client_as(factories.liaison(factories.unit()))
    assert liaison.get(f"/meetings/{following.id}/previous").status_code == 404
    assert liaison.post(f"/meetings/{following.id}/carry-over", data={"form_key": "k"}).status_code == 404


def test_the_account_costs_the_same_whatever_it_tells(client_as, statements, held, following):
    client = client_as(factories.staff())
    unit, seen = factories.unit(), []
    address = f"/meetings/{following.id}/previous"
    for _round in range(2):
        for n in range(3):
            factories.task(lead_unit=unit, requirement=factories.requirement(held, text=f"要求{n}"))
        client.get(address)
        statements.clear()
        assert client.get(address).status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 12

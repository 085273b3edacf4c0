"""The first page of each role: its figures are those of the ledger, its buttons do what is owed."""

import re
from datetime import date, timedelta

import pytest

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.db import transaction
from meetings.dashboard import queries
from meetings.meetings.models import MeetingStatus
from meetings.supervision.models import StepKind
from meetings.tasks import actions
from meetings.tasks import queries as tasks
from tests import factories as make
from tests.pages import check
from tests.rounds.conftest import opened
from tests.rounds.test_materials import collected


@pytest.fixture
def schools(session):
    return make.unit("县教育局")


def shown(client):
    page = client.get("/")
    assert page.status_code == 200
    check(page.text)
    return page.text


# --- the office -----------------------------------------------------------------------------------------------------


def test_an_empty_office_is_told_what_to_do_first(client_as):
    page = shown(client_as(make.staff()))
    assert "登记会议，标出要求，分解为任务并交办后" in page
    assert "没有等待审核的" in page


def test_the_office_sees_what_is_past_its_date_the_longest_first(client_as, schools, frozen_clock):
    director = make.director()
    make.under_way(title="晚一点", due_on=date(2026, 7, 21), by=director, lead_unit=schools)
    make.under_way(title="晚得多", due_on=date(2026, 7, 17), by=director, lead_unit=schools)
    make.under_way(title="还早", due_on=date(2026, 9, 30), by=director, lead_unit=schools)
    frozen_clock(clock.now() + timedelta(days=10))
    page = shown(client_as(director))
    assert "<b>2</b>件超过时限" in page
    assert "在办 3 件，最长超过 5 个工作日" in page
    assert page.index("晚得多") < page.index("晚一点")
    assert page.count("逾期 5 个工作日") == 1


def test_what_was_submitted_in_time_is_not_late_while_the_office_reviews(client_as, schools, frozen_clock):
    director = make.director()
    task = make.under_way(title="等审核", due_on=date(2026, 7, 15), by=director, lead_unit=schools)
    make.step(actions.submit_completion, task, by=make.liaison(schools), note="")
    make.step(actions.approve_in_unit, task, by=make.head(schools))
    frozen_clock(clock.now() + timedelta(days=7))
    page = shown(client_as(director))
    assert "<b>0</b>件超过时限" in page
    assert "<b>1</b>件待审核" in page
    assert "最早一件已等 5 个工作日" in page


def test_each_thing_that_waits_has_one_button(client_as, schools):
    director = make.director()
    task = make.under_way(title="报了进展", by=director, lead_unit=schools)
    make.report(task, by=make.liaison(schools))
    draft = make.draft(title="等交办", by=director, lead_unit=schools)
    make.step(actions.submit_for_issue, draft, by=director)
    page = shown(client_as(director))
    assert "<b>2</b>件待审核" in page
    for row in (task, draft):
        assert page.count(f'class="btn btn-plain btn-row" href="/tasks/{row.id}"') == 1


def test_the_rate_of_a_meeting_is_that_of_the_stored_totals(client_as, schools):
    director = make.director()
    meeting = make.meeting(title="推进会")
    of_meeting = {"by": director, "lead_unit": schools, "meeting": meeting, "basis": "任务分解表"}
    done = make.under_way(**of_meeting)
    make.step(actions.submit_completion, done, by=make.liaison(schools), note="")
    make.step(actions.approve_in_unit, done, by=make.head(schools))
    make.step(actions.complete, done, by=director)
    make.under_way(**of_meeting)
    make.issued(**of_meeting)
    make.step(actions.cancel, make.issued(**of_meeting), by=director, reason="重复")
    make.draft(**of_meeting)
    assert tasks.differences() == []
    assert "33.3%（1/3）" in shown(client_as(director))


def test_open_requirements_lead_to_the_bench(client_as):
    meeting = make.meeting(title="推进会")
    make.requirement(meeting, text="要拟定时间表。")
    make.requirement(meeting, text="要提高认识。", set_aside_reason="原则性要求")
    page = shown(client_as(make.staff()))
    assert "<b>1</b>条要求未分解" in page
    assert "可执行要求共 1 条" in page
    assert f'href="/meetings/{meeting.id}/requirements"' in page
    assert "要提高认识" not in page


def test_coming_meetings_and_dates_are_listed(client_as, schools):
    make.meeting(title="第三季度联络员会议", held_on=date(2026, 7, 21), status=MeetingStatus.ANNOUNCED)
    make.meeting(title="还在拟的会议", held_on=date(2026, 7, 22), status=MeetingStatus.DRAFT)
    director = make.director()
    make.under_way(title="两周内到期", due_on=date(2026, 7, 24), by=director, lead_unit=schools)
    page = shown(client_as(director))
    assert "7月21日 第三季度联络员会议" in page
    assert "7月24日 两周内到期" in page
    assert "还在拟的会议" not in page


def test_on_time_is_told_by_both_dates(client_as, schools, frozen_clock):
    director, meeting = make.director(), make.meeting()
    days = (date(2026, 7, 20), date(2026, 7, 15))
    going = [make.under_way(due_on=day, by=director, lead_unit=schools, meeting=meeting) for day in days]
    # The second is put off: in time by the later date only.
    make.step(actions.suspend, going[1], by=director, reason="待批复")
    make.step(actions.resume, going[1], by=director, reason="已批复", due_on=date(2026, 7, 31))
    frozen_clock(clock.now() + timedelta(days=6))
    for task in going:
        make.step(actions.submit_completion, task, by=make.liaison(schools), note="")
        make.step(actions.approve_in_unit, task, by=make.head(schools))
        make.step(actions.complete, task, by=director, note="属实")
    make.under_way(due_on=date(2026, 9, 30), by=director, lead_unit=schools, meeting=meeting)
    page = shown(client_as(director))
    assert "按期办结率（原定时限）</span>" not in page
    for said in ("原定时限按期 50.0%（1/2）", "现定时限按期 100.0%（2/2）", "66.7%（2/3）"):
        assert said in page, said
    of_meeting = client_as(make.actor(Role.LEADER)).get(f"/meetings/{meeting.id}/tasks").text
    assert "按期办结率（原定时限） <b>50.0%（1/2）</b>" in of_meeting
    assert "按期办结率（现定时限） <b>100.0%（2/2）</b>" in of_meeting
    assert tasks.differences() == []


def test_the_office_desk_takes_as_many_statements_for_many_tasks(client_as, schools, statements):
    director = make.director()
    client = client_as(director)
    counts = []
    for _ in range(2):
        for n in range(6):
            task = make.under_way(
                title=f"任务{n}", by=director, lead_unit=schools, meeting=make.meeting(), basis="分解表"
            )
            make.report(task, by=make.liaison(schools))
        statements.clear()
        shown(client)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_looking_writes_nothing(client_as, schools, statements):
    director = make.director()
    make.under_way(by=director, lead_unit=schools)
    for who in (director, make.liaison(schools), make.head(schools), make.actor(Role.LEADER), make.actor(Role.AUDITOR)):
        client = client_as(who)
        statements.clear()
        shown(client)
        assert [s for s in statements if not s.lstrip("(").startswith(("SELECT", "WITH"))] == []


# --- leaders and observers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEADER, Role.OBSERVER])
def test_a_reader_sees_figures_with_their_denominators_and_nothing_to_press(client_as, schools, role):
    director = make.director()
    make.under_way(title="某项", by=director, lead_unit=schools)
    page = shown(client_as(make.actor(role)))
    assert "<b>0.0%<wbr>（0/1）</b>办结" in page
    assert "已办结和已销号 0 件" in page
    for words in ("待审核", "/meetings/new", "/tasks/new", "btn-row"):
        assert words not in page


# --- units ----------------------------------------------------------------------------------------------------------


def test_a_liaison_sees_what_is_owed_by_week_each_with_one_button(client_as, schools, session, frozen_clock):
    director = make.director()
    late = make.under_way(title="过期的", due_on=date(2026, 7, 15), by=director, lead_unit=schools)
    later = make.under_way(title="以后的", due_on=date(2026, 9, 18), by=director, lead_unit=schools)
    frozen_clock(clock.now() + timedelta(days=6))
    new = make.issued(title="新来的", due_on=date(2026, 9, 30), by=director, lead_unit=schools)
    client = client_as(make.liaison(schools))
    page = shown(client)
    assert (
        page.index("已逾期")
        < page.index("过期的")
        < page.index("本周")
        < page.index("新来的")
        < page.index("下周以后")
        < page.index("以后的")
    )
    assert page.count(f'action="/tasks/{new.id}/acknowledge"') == 1
    for task in (late, later):
        assert page.count(f'href="/tasks/{task.id}/progress"') == 1


def test_the_button_acknowledges_once(client_as, schools):
    director = make.director()
    new = make.issued(title="新来的", by=director, lead_unit=schools)
    client = client_as(make.liaison(schools))
    key = shown(client).split('name="form_key" value="')[1].split('"')[0]
    for _ in range(2):
        assert client.post(f"/tasks/{new.id}/acknowledge", data={"form_key": key}).status_code == 303
    assert f'action="/tasks/{new.id}/acknowledge"' not in shown(client)


def test_what_was_returned_says_why(client_as, schools):
    director = make.director()
    task = make.under_way(title="被退回的", by=director, lead_unit=schools)
    make.step(actions.submit_completion, task, by=make.liaison(schools), note="")
    make.step(actions.approve_in_unit, task, by=make.head(schools))
    make.step(actions.return_task, task, by=director, reason="缺安排表")
    page = shown(client_as(make.liaison(schools)))
    assert "申请办结被退回：“缺安排表”" in page
    assert "补充材料" in page


def test_a_head_finds_what_waits_for_the_head(client_as, schools):
    director = make.director()
    task = make.under_way(title="等负责人", by=director, lead_unit=schools)
    make.step(actions.submit_completion, task, by=make.liaison(schools), note="已完成")
    page = shown(client_as(make.head(schools)))
    assert "单位负责人工作台" in page
    assert page.index("等待本单位负责人审核") < page.index("等负责人")
    assert "审核<span" in page
    assert "报送进展" not in page


def test_a_unit_sees_its_own_numbers_only(client_as, schools):
    director = make.director()
    health = make.unit("县卫健委")
    make.under_way(title="教育的任务", by=director, lead_unit=schools, cooperating_units=[health])
    make.under_way(title="卫健的任务", by=director, lead_unit=health)
    page = shown(client_as(make.liaison(schools)))
    assert "卫健的任务" not in page
    assert "县教育局任务件数，按灯" in page
    assert '<span class="n"><span class="visually-hidden">，</span>1<' in page


def test_a_unit_without_tasks_is_told_what_will_stand_here(client_as, schools):
    assert "现在没有要办的事" in shown(client_as(make.liaison(schools)))


def test_a_date_that_was_put_off_is_told_with_the_first_one(client_as, schools):
    director = make.director()
    task = make.under_way(due_on=date(2026, 7, 31), by=director, lead_unit=schools)
    make.step(actions.suspend, task, by=director, reason="待批复")
    make.step(actions.resume, task, by=director, reason="已批复", due_on=date(2026, 8, 20))
    assert "原定时限7月31日。" in shown(client_as(make.liaison(schools)))


def test_the_unit_desk_takes_as_many_statements_for_many_tasks(client_as, schools, statements):
    director = make.director()
    client = client_as(make.liaison(schools))
    counts = []
    for _ in range(2):
        for n in range(5):
            task = make.under_way(title=f"任务{n}", by=director, lead_unit=schools)
            make.report(task, by=make.liaison(schools))
        statements.clear()
        shown(client)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_a_long_list_is_cut_and_the_rest_is_counted(client_as, schools, monkeypatch):
    monkeypatch.setattr(queries, "OWED_SHOWN", 3)
    director = make.director()
    for n in range(3):
        make.under_way(title=f"这周到期{n}", due_on=date(2026, 7, 16), by=director, lead_unit=schools)
    for n in range(2):
        make.under_way(title=f"以后到期{n}", due_on=date(2026, 9, 18), by=director, lead_unit=schools)
    page = shown(client_as(make.liaison(schools)))
    assert page.count("这周到期") == 2 * 3  # the link, and the button's words
    assert "以后到期" not in page
    assert ">2 件见台账</a>" in page
    make.under_way(title="这周又一件", due_on=date(2026, 7, 15), by=director, lead_unit=schools)
    page = shown(client_as(make.liaison(schools)))
    assert "其余 1 件见台账" in page
    assert page.index("这周又一件") < page.index("这周到期0")


def test_a_desk_that_nothing_has_changed_since_asks_only_whether_something_has(client_as, schools, statements):
    make.under_way(by=make.director(), lead_unit=schools)
    for actor in (make.director(), make.staff(), make.liaison(schools), make.head(schools)):
        client = client_as(actor)
        before = shown(client)
        statements.clear()
        assert _without_keys(shown(client)) == _without_keys(before)
        assert len(statements) <= 1


def _without_keys(page):
    return re.sub(r'name="form_key" value="[^"]*"', "", page)


def test_what_one_does_is_seen_on_the_next_look(client_as, schools):
    director, liaison = make.director(), make.liaison(schools)
    task = make.issued(title="新来的", by=director, lead_unit=schools)
    assert "件待签收</a>" in shown(client_as(director))
    assert f'action="/tasks/{task.id}/acknowledge"' in shown(client_as(liaison))
    make.step(actions.acknowledge, task, by=liaison)
    assert "<b>0</b>件待签收" in shown(client_as(director))
    assert f'action="/tasks/{task.id}/acknowledge"' not in shown(client_as(liaison))


def test_a_unit_sees_what_it_was_asked_for_first(client_as, schools, statements, frozen_clock):
    """A round, a list of drafts, a step and an instruction: each with one button to where it is answered."""
    staff, director = make.staff(), make.director()
    liaison = make.liaison(schools)
    client = client_as(liaison)
    counts = []
    for n in range(2):
        task = make.under_way(title=f"某项{n}", by=director, lead_unit=schools, due_on=date(2026, 9, 30))
        round_id = opened(by=director, title=f"第三季度{n}")
        material_id = collected([schools], by=staff, title=f"交流发言{n}")
        draft = make.draft(title=f"拟办{n}", lead_unit=schools)
        with transaction(by=staff):
            found = tasks.find_many([draft.id], actor=staff)
            asked = actions.open_consultation(found, title=f"清单{n}", answer_by=date(2026, 7, 15), by=staff).id
        step = make.supervision_step(task, kind=StepKind.URGE, notice=None, answer_by=date(2026, 7, 20)).id
        instruction = make.instruction(task).id
        statements.clear()
        page = shown(client)
        counts.append(len(statements))
        for address in (
            f"/rounds/{round_id}/report?unit={schools.id}",
            f"/rounds/materials/{material_id}/units/{schools.id}",
            f"/tasks/consultations/{asked}/answer?unit={schools.id}",
            f"/supervision/steps/{step}/answer",
            f"/supervision/instructions/{instruction}/answer",
        ):
            assert page.count(f'btn-primary" href="{address}"') == 1
    assert counts[0] == counts[1] <= 22
    assert page.index("第三季度0") < page.index("交流发言0") < page.index("清单0") < page.index("下周以后")
    frozen_clock(clock.now() + timedelta(days=2))
    page = shown(client)
    assert "逾期未反馈" in page
    assert "办公室催办，请答复原因和措施" in page
    other = shown(client_as(make.liaison(make.unit("县卫健委"))))
    assert "办公室要求填报、反馈的" not in other
    assert "btn-primary" not in shown(client_as(make.actor(Role.STATISTICIAN, unit=schools))).partition("第三季度0")[0]


# --- administrators -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_an_administrator_sees_no_business(client_as, schools, role):
    make.under_way(title="业务任务", by=make.director(), lead_unit=schools)
    page = shown(client_as(make.actor(role)))
    for words in ("业务任务", "件超过时限", "本单位任务"):
        assert words not in page

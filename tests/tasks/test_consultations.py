"""征求意见: drafts with their units, answers by line, what is adopted; then back to the office."""

from datetime import date

import pytest

from meetings.accounts.models import Role
from meetings.core.db import transaction
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.tasks import actions, queries
from meetings.tasks.actions import OpinionInput
from meetings.tasks.models import Adoption, Consultation, ConsultationOpinion, TaskStatus
from tests import factories, pages
from tests.reporting.conftest import text_of
from tests.tasks.acts import refusal_of, seen


@pytest.fixture
def listed(units):
    lead, helper, _other = units
    first = factories.draft(title="摸清底数", lead_unit=lead, cooperating_units=[helper], standards=["台账齐全"])
    second = factories.draft(title="上门走访", lead_unit=helper)
    staff = factories.staff()
    with transaction(by=staff):
        tasks = queries.find_many([first.id, second.id], actor=staff)
        row = actions.open_consultation(tasks, title="任务清单", answer_by=date(2026, 7, 20), by=staff)
    return row.id, first, second, staff


def act(action, consultation_id, *args, by, **values):
    with transaction(by=by):
        return action(queries.find_consultation(consultation_id, actor=by), *args, by=by, **values)


def line_of(consultation_id, task, by):
    found = queries.find_consultation(consultation_id, actor=by)
    return next(line.id for line in found.lines if line.task_id == task.id)


def test_drafts_are_with_their_units_and_back_when_all_is_settled(listed, units, session):
    at, first, second, staff = listed
    lead, helper, _other = units
    assert {seen(task).status for task in (first, second)} == {TaskStatus.CONSULTING}
    assert refusal_of(actions.issue, first, by=factories.director()).code == "task.wrong_status"
    liaison = factories.liaison(helper)
    line = line_of(at, first, staff)
    said = {line: OpinionInput("时限宜为10月底", ["date"])}
    act(actions.answer_consultation, at, helper.id, opinions=said, by=liaison)
    act(actions.answer_consultation, at, lead.id, opinions={}, by=factories.liaison(lead))
    [row] = queries.consultations(staff)
    assert (row.asked, row.answered) == (2, 2)
    with pytest.raises(DomainError, match="unsettled"):
        act(actions.close_consultation, at, by=staff)
    opinion = session.query(ConsultationOpinion).one().id
    with pytest.raises(DomainError, match="reason_needed"):
        act(actions.settle_opinion, at, opinion, adoption=Adoption.PARTLY, adoption_reason="", by=staff)
    act(actions.settle_opinion, at, opinion, adoption=Adoption.PARTLY, adoption_reason="改为10月20日", by=staff)
    act(actions.close_consultation, at, by=staff)
    assert {seen(task).status for task in (first, second)} == {TaskStatus.DRAFT}
    with pytest.raises(DomainError, match=r"consultation\.closed"):
        act(actions.answer_consultation, at, helper.id, opinions=said, by=liaison)
    assert queries.differences() == []


def test_an_answer_may_be_changed_and_is_settled_anew(listed, units, session):
    at, first, _second, staff = listed
    helper = units[1]
    liaison, line = factories.liaison(helper), line_of(at, first, staff)
    act(actions.answer_consultation, at, helper.id, opinions={line: OpinionInput("改时限")}, by=liaison)
    act(
        actions.settle_opinion,
        at,
        session.query(ConsultationOpinion).one().id,
        adoption=Adoption.ADOPTED,
        adoption_reason="",
        by=staff,
    )
    act(actions.answer_consultation, at, helper.id, opinions={line: OpinionInput("改牵头")}, by=liaison)
    kept = session.query(ConsultationOpinion).one()
    assert (kept.text, kept.adoption) == ("改牵头", None)
    act(actions.answer_consultation, at, helper.id, opinions={}, by=liaison)
    assert session.query(ConsultationOpinion).count() == 0


def test_others_neither_see_nor_answer(listed, units):
    at, *_rest = listed
    stranger = factories.liaison(units[2])
    with pytest.raises(NotFound):
        queries.find_consultation(at, actor=stranger)
    assert queries.consultations(stranger) == []
    assert queries.consultations(factories.actor(Role.SYSTEM_ADMIN)) == []
    with pytest.raises(NotAllowed):
        act(actions.answer_consultation, at, units[0].id, opinions={}, by=factories.liaison(units[1]))


def test_a_list_goes_out_and_comes_back_through_the_pages(client_as, session, units):
    lead, helper, other = units
    first = factories.draft(title="摸清底数", lead_unit=lead, cooperating_units=[helper])
    factories.draft(title="只归团县委", lead_unit=other)
    office = client_as(factories.staff())
    pages.check(office.get("/tasks/consultations").text)
    pages.check(office.get("/tasks/consultations/new").text)
    sent = {"form_key": "n", "title": "任务清单", "answer_by": "2026-07-20", "ids": [str(first.id)]}
    assert (
        "反馈截止日期不能早于今天"
        in office.post("/tasks/consultations/new", data={**sent, "answer_by": "2026-07-01"}).text
    )
    at = office.post("/tasks/consultations/new", data=sent).headers["Location"]
    page = office.get(at).text
    pages.check(page)
    assert "未反馈" in page and "各单位的负担" in page
    line = queries.find_consultation(session.query(Consultation).one().id, actor=factories.staff()).lines[0].id
    unit = client_as(factories.liaison(helper))
    assert "任务清单" in unit.get("/tasks/consultations").text
    shown = unit.get(at).text
    pages.check(shown)
    form = unit.get(f"{at}/answer").text
    pages.check(form)
    assert "只归团县委" not in form
    answer = {"form_key": "a", f"text_{line}": "时限宜为10月底", f"about_{line}": ["date"]}
    assert unit.post(f"{at}/answer", data=answer).status_code == 303
    assert client_as(factories.liaison(other)).get(at).status_code == 404
    opinion = session.query(ConsultationOpinion).one().id
    office = client_as(factories.staff())
    settle = f"{at}/opinions/{opinion}"
    pages.check(office.get(settle).text)
    assert "请写明理由" in office.post(settle, data={"form_key": "s", "adoption": "not_adopted"}).text
    assert office.post(settle, data={"form_key": "s", "adoption": "adopted"}).status_code == 303
    assert "采纳" in unit.get(at).text
    draft = office.get(f"/reports/responsibility-list?consultation={session.query(Consultation).one().id}")
    assert draft.status_code == 200 and "（征求意见稿）" in draft.text
    table = office.get("/reports/opinion-adoption.pdf").data  # of the newest list
    assert all(said in text_of(table) for said in ("时限宜为10月底", "完成时限", "采纳1条", "未反馈"))
    office.post(f"{at}/remind", data={"form_key": "r"})
    reminded = office.get(at).text
    assert "已提醒未反馈的 1 个单位" in reminded and "已提醒 1 次，最近7月14日" in reminded
    assert "今天已经提醒过" in office.post(f"{at}/remind", data={"form_key": "r2"}).text
    assert office.post(f"{at}/close", data={"form_key": "c"}).status_code == 303
    assert "征求意见已结束" in office.get(at).text
    assert client_as(factories.liaison(helper)).get("/reports/opinion-adoption").status_code == 404

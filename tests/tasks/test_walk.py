"""Random walks: whatever is pressed in whatever order, a task stays on the table, and the record tells its story."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.core.db import db, transaction
from meetings.core.errors import DomainError
from meetings.tasks import actions, queries, rules
from meetings.tasks.actions import Piece, QuantityInput, ReportedAmount, Signature
from meetings.tasks.models import ExtensionStatus, Step, Task, TaskAction, TaskStatus
from tests import factories

# What each button is pressed with; whether it is accepted is for the rules to say.
PRESSED = {
    TaskAction.SUBMIT_FOR_ISSUE: (actions.submit_for_issue, {}),
    TaskAction.ISSUE: (actions.issue, {}),
    TaskAction.ACKNOWLEDGE: (actions.acknowledge, {}),
    TaskAction.DECLINE: (actions.decline, {"reason": "非本单位职责"}),
    TaskAction.SUBMIT_COMPLETION: (actions.submit_completion, {"note": "完成"}),
    TaskAction.APPROVE_IN_UNIT: (actions.approve_in_unit, {}),
    TaskAction.RETURN: (actions.return_task, {"reason": "请补充"}),
    TaskAction.COMPLETE: (actions.complete, {"note": "属实"}),
    TaskAction.CLOSE: (actions.close, {"note": "已核验"}),
    TaskAction.SUSPEND: (actions.suspend, {"reason": "暂停"}),
    TaskAction.RESUME: (actions.resume, {"reason": "继续"}),
    TaskAction.CANCEL: (actions.cancel, {"reason": "撤销"}),
    TaskAction.REOPEN: (actions.reopen, {"reason": "回头看"}),
    TaskAction.APPROVE_EXTENSION: (actions.approve_extension, {}),
    TaskAction.RETURN_EXTENSION: (actions.return_extension, {"reason": "再抓紧"}),
    TaskAction.REFUSE_EXTENSION: (actions.refuse_extension, {"reason": "不予延期"}),
    TaskAction.WITHDRAW_EXTENSION: (actions.withdraw_extension, {}),
}
_changes = count(1)  # each adjustment changes something
ADJUSTED = {TaskAction.ADJUST, TaskAction.REASSIGN, TaskAction.SPLIT, TaskAction.MERGE}
ENDING = {TaskAction.CANCEL, TaskAction.SPLIT, TaskAction.MERGE}
# Steps that lead on are pressed more often than those that end the task.
ACTIONS = st.sampled_from([action for action in TaskAction for _ in range(1 if action in ENDING else 3)])
WHO = st.sampled_from(["director", "staff", "lead head", "lead liaison", "helper liaison", "stranger"])


@pytest.fixture
def people(session):
    lead, helper = factories.unit("牵头局"), factories.unit("配合局")
    found = {
        "director": factories.director(),
        "staff": factories.staff(),
        "lead head": factories.head(lead),
        "lead liaison": factories.liaison(lead),
        "helper liaison": factories.liaison(helper),
        "stranger": factories.liaison(factories.unit("旁人局")),
    }
    return lead, helper, found, factories.attachment()


def press(task: Task, action: TaskAction, who, scan, total: int) -> None:
    if action is TaskAction.REPORT_PROGRESS:
        quantity = queries.find(task.id, actor=who).quantities[0].id
        amounts = {quantity: ReportedAmount(Decimal(1), Decimal(total), "据实")}
        factories.report(task, by=who, quantities=amounts, problems="据实", step=Step.UNDER_WAY)
        return
    if action in {TaskAction.CONSULT, TaskAction.END_CONSULTATION}:
        consult(task, action, who)
        return
    if action in ADJUSTED:
        adjust(task, action, who)
        return
    if action in {TaskAction.ASK_EXTENSION, TaskAction.GRANT_EXTENSION}:
        later = queries.find(task.id, actor=who).due_on + timedelta(days=7)
        if action is TaskAction.ASK_EXTENSION:
            factories.step(actions.ask_extension, task, by=who, asked_due_on=later, reason="降雪", progress="过半")
            return
        act, values = actions.grant_extension, {"decided_due_on": later}
    else:
        act, values = PRESSED[action]
    by_head = {TaskAction.APPROVE_IN_UNIT, TaskAction.APPROVE_EXTENSION}
    by_director = {TaskAction.GRANT_EXTENSION, TaskAction.REFUSE_EXTENSION}
    if (action in by_head and not who.may("tasks.approve")) or (action in by_director and not who.may("tasks.issue")):
        values = {**values, "signature": Signature("局长", date(2026, 7, 14), "同意", scan)}
    factories.step(act, task, by=who, **values)


def consult(task: Task, action: TaskAction, who) -> None:
    """Out to its units, and back without an opinion."""
    with transaction(by=who):
        row = queries.find(task.id, actor=who)
        if action is TaskAction.CONSULT:
            actions.open_consultation([row], title="清单", answer_by=date(2026, 7, 20), by=who)
            return
        rules.next_status(row, action, who)
        open_ones = [each.consultation.id for each in queries.consultations(who) if not each.consultation.closed_at]
        actions.close_consultation(queries.find_consultation(open_ones[0], actor=who), by=who)


def adjust(task: Task, action: TaskAction, who) -> None:
    """Another standard; another lead; two for one; or this one into another."""
    row = queries.find(task.id, actor=who)
    if action is TaskAction.SPLIT:
        pieces = [Piece(f"第{n}件", row.lead_unit_id, max(row.due_on, date(2026, 7, 14))) for n in (1, 2)]
        factories.step(actions.split, task, by=who, pieces=pieces, reason="两件事")
    elif action is TaskAction.MERGE:
        rules.next_status(row, action, who)  # nobody else may, so that no other task is made for nothing
        other = factories.issued(lead_unit=row.lead_unit)
        with transaction(by=who):
            both = {each.id: each for each in queries.find_many([task.id, other.id], actor=who)}
            actions.merge(both[other.id], merged=[both[task.id]], reason="同一件事", by=who)
    else:
        lead = row.lead_unit_id
        helper = next(part.unit_id for part in row.units if part.unit_id != lead)
        if action is TaskAction.REASSIGN:
            lead, helper = helper, lead
        values = {"lead_unit_id": lead, "cooperating_unit_ids": [helper], "due_on": row.due_on, "reason": "调整"}
        standards = [f"标准{next(_changes)}"]
        factories.step(actions.adjust, task, by=who, standards=standards, **values)


@pytest.mark.slow
@given(st.lists(st.tuples(ACTIONS, WHO, st.integers(0, 12)), min_size=10, max_size=40))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_random_walk_stays_on_the_table(people, presses):
    lead, helper, actors, scan = people
    task = factories.draft(
        lead_unit=lead, cooperating_units=[helper], quantities=[QuantityInput("学校", "所", Decimal(10))]
    )
    for action, name, total in presses:
        before = queries.find(task.id, actor=actors["director"])
        status = before.status
        shown = action in rules.available_actions(before, actors[name], today=date(2026, 7, 14))
        try:
            press(task, action, actors[name], scan, total)
        except DomainError as refusal:
            # Shown and refused only for what was pressed with it, never for who or when.
            assert not shown or refusal.code == "progress.unit_needed", (action, name, status, refusal.code)
            after = queries.find(task.id, actor=actors["director"]).status
            assert after is status
        else:
            assert shown, (action, name, status)
    check_story(task, actors["director"])


@pytest.mark.slow
@given(st.data())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_walk_along_what_is_offered_goes_far_and_stays_on_the_table(people, data):
    """Only what is offered is pressed, and all of it is accepted: so the walk leaves the first statuses behind."""
    lead, helper, actors, scan = people
    amounts = [QuantityInput("学校", "所", Decimal(10))]
    task = factories.draft(lead_unit=lead, cooperating_units=[helper], quantities=amounts)
    for total in range(20):
        now = queries.find(task.id, actor=actors["director"])
        offered = sorted(
            (action.value, name)
            for name, who in actors.items()
            for action in rules.available_actions(now, who, today=date(2026, 7, 14))
            if total > 12 or action not in ENDING  # late, so that it goes on for a while
        )
        if not offered:
            break
        action, name = data.draw(st.sampled_from(offered))
        try:
            press(task, TaskAction(action), actors[name], scan, total)
        except DomainError as refusal:
            assert refusal.code == "progress.unit_needed", (action, name, now.status, refusal.code)
    check_story(task, actors["director"])


def check_story(task: Task, director) -> None:
    found = queries.find(task.id, actor=director)
    status, suspended_at = TaskStatus.DRAFT, None
    for event in factories.events_of(found):
        row = rules.TRANSITIONS[event.action]
        assert event.status_before is status
        assert status in row.sources
        expected = suspended_at if event.action is TaskAction.RESUME else row.target or status
        if event.action is TaskAction.ACKNOWLEDGE:
            assert event.status_after in {row.target, status}
        else:
            assert event.status_after is expected
        suspended_at = status if event.action is TaskAction.SUSPEND else suspended_at
        status = event.status_after
    assert status is found.status
    assert found.is_open == (found.status in rules.OPEN)
    assert {part.is_open for part in found.units} == {found.is_open}
    assert {part.due_on for part in found.units} == {found.due_on}
    assert 0 <= found.percent_done <= 100
    assert found.percent_done == found.units[0].percent_done
    assert queries.differences() == []
    assert found.original_due_on == date(2026, 9, 30)
    check_cases(found)
    db.session.rollback()


def check_cases(found: Task) -> None:
    """At most one request is open, the task says which; each granted one moved the date on, in order."""
    cases = list(reversed(queries.extensions_of(found)))
    is_open = [case.status for case in cases if case.status in rules.OPEN_EXTENSIONS]
    assert is_open == ([found.extension_status] if found.extension_status else [])
    due_on = found.original_due_on
    for case in cases:
        assert case.due_on == due_on
        assert (case.decided_due_on is not None) == (case.status is ExtensionStatus.GRANTED)
        due_on = case.decided_due_on or due_on
    assert found.due_on == due_on

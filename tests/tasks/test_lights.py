"""The lights: a table of cases, weekends and make-up days among them, and the same by the database."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from meetings.core import clock
from meetings.core.db import db
from meetings.tasks import rules, words
from meetings.tasks.models import Task, TaskStatus, TaskUnit, UnitRole
from meetings.tasks.queries.filters import light_code, values_of
from meetings.tasks.rules import Light, LightCode, LightOptions, LightRule
from meetings.workdays.rules import Calendar
from tests import factories

TODAY = date(2026, 7, 14)  # a Tuesday
RULE = LightRule.of(TODAY, Calendar())
S = TaskStatus


def light(
    status: TaskStatus = S.IN_PROGRESS, due_on: date = date(2026, 9, 30), rule: LightRule = RULE, **values: object
) -> Light | None:
    return rules.light(status, due_on, rule, **values)


@pytest.mark.parametrize("status", [S.DRAFT, S.PENDING_ISSUE, S.SUSPENDED, S.CANCELLED])
def test_there_is_no_light_where_nothing_is_under_way(status):
    assert light(status, date(2020, 1, 1)) is None


def test_completed_and_closed_are_so_however_late():
    assert light(S.COMPLETED, date(2020, 1, 1)) == Light(LightCode.DONE, "completed")
    assert light(S.CLOSED, date(2020, 1, 1)) == Light(LightCode.CLOSED, "closed")


@pytest.mark.parametrize(
    ("due_on", "code", "reason", "days"),
    [
        (date(2026, 7, 13), LightCode.LATE, "overdue", 1),
        (date(2026, 7, 10), LightCode.LATE, "overdue", 2),  # Friday: the weekend does not count
        (date(2026, 7, 11), LightCode.LATE, "overdue", 2),  # due on a Saturday
        (date(2026, 7, 1), LightCode.LATE, "overdue", 9),
        (TODAY, LightCode.WARN, "due_soon", 0),
        (date(2026, 7, 15), LightCode.WARN, "due_soon", 1),
        (date(2026, 7, 17), LightCode.WARN, "due_soon", 3),
        (date(2026, 7, 18), LightCode.OK, "on_course", 0),  # Saturday after the third working day
        (date(2026, 7, 20), LightCode.OK, "on_course", 0),
    ],
)
def test_the_date_is_counted_in_working_days(due_on, code, reason, days):
    assert light(due_on=due_on) == Light(code, reason, days)


def test_days_of_rest_at_the_national_holiday_do_not_count_and_make_up_days_do():
    # 2026: rest from 1 to 7 October, work on Saturday 10 October and Sunday 20 September.
    before = LightRule.of(date(2026, 9, 29), Calendar())
    assert before.soon == date(2026, 10, 9)
    assert light(due_on=date(2026, 10, 9), rule=before) == Light(LightCode.WARN, "due_soon", 3)
    assert light(due_on=date(2026, 10, 10), rule=before).code is LightCode.OK
    on_saturday = LightRule.of(date(2026, 10, 10), Calendar())
    assert light(due_on=date(2026, 10, 9), rule=on_saturday) == Light(LightCode.LATE, "overdue", 1)


def test_the_offices_own_days_count():
    rule = LightRule.of(TODAY, Calendar({date(2026, 7, 15): False}))
    assert light(due_on=date(2026, 7, 20), rule=rule) == Light(LightCode.WARN, "due_soon", 3)


def test_an_overdue_day_of_rest_counts_as_one_at_least():
    sunday = LightRule.of(date(2026, 7, 12), Calendar())
    assert light(due_on=date(2026, 7, 11), rule=sunday) == Light(LightCode.LATE, "overdue", 1)


@pytest.mark.parametrize(
    ("receipt_due_on", "code", "reason", "days"),
    [
        (date(2026, 7, 16), LightCode.NEW, "not_acknowledged", 0),
        (TODAY, LightCode.NEW, "not_acknowledged", 0),
        (date(2026, 7, 13), LightCode.LATE, "receipt_overdue", 1),
        (date(2026, 7, 10), LightCode.LATE, "receipt_overdue", 2),
        (None, LightCode.NEW, "not_acknowledged", 0),
    ],
)
def test_a_receipt_is_owed_until_its_day(receipt_due_on, code, reason, days):
    assert light(S.ISSUED, acknowledged=False, receipt_due_on=receipt_due_on) == Light(code, reason, days)


def test_an_owed_report_makes_late_from_the_day_after():
    assert light(report_due_on=TODAY).code is LightCode.OK
    assert light(report_due_on=date(2026, 7, 10)) == Light(LightCode.LATE, "report_overdue", 2)


def test_behind_a_stage_point_is_yellow_and_time_alone_is_not():
    assert light(next_stage_on=date(2026, 7, 13)) == Light(LightCode.WARN, "behind_stage", on=date(2026, 7, 13))
    assert light(next_stage_on=TODAY).code is LightCode.OK
    assert light().code is LightCode.OK


def test_what_was_submitted_in_time_does_not_grow_late_while_it_waits():
    due_on = date(2026, 7, 10)
    assert light(S.OFFICE_REVIEW, due_on, submitted_on=date(2026, 7, 10)).code is LightCode.OK
    assert light(S.OFFICE_REVIEW, due_on, submitted_on=date(2026, 7, 13)) == Light(LightCode.LATE, "overdue", 1)
    assert light(S.UNIT_REVIEW, report_due_on=date(2026, 7, 10), submitted_on=date(2026, 7, 9)).code is LightCode.OK


def test_what_does_not_count_changes_no_colour():
    rule = LightRule.of(TODAY, Calendar(), LightOptions(0, 2, False, False, False))
    before = date(2026, 7, 1)
    assert light(next_stage_on=before, rule=rule).code is LightCode.OK
    assert light(report_due_on=before, rule=rule).code is LightCode.OK
    assert light(S.ISSUED, acknowledged=False, receipt_due_on=before, rule=rule).code is LightCode.NEW
    assert light(due_on=date(2026, 7, 15), rule=rule).code is LightCode.OK
    assert light(due_on=before, rule=rule).reason == "overdue"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Light(LightCode.WARN, "due_soon", 2), "距时限 2 个工作日"),
        (Light(LightCode.WARN, "due_soon"), "今日到期"),
        (Light(LightCode.WARN, "behind_stage", on=date(2026, 6, 30)), "落后于 6 月节点"),
        (Light(LightCode.LATE, "receipt_overdue", 1), "超期未签收 1 个工作日"),
        (Light(LightCode.DONE, "completed"), "已办结"),
    ],
)
def test_a_light_says_why(found, said):
    assert words.reason_of(found) == said == words.reason_of(found, words.in_chinese)


def test_the_first_that_matches_wins():
    everything = {
        "report_due_on": date(2026, 7, 1),
        "receipt_due_on": date(2026, 7, 1),
        "acknowledged": False,
        "next_stage_on": date(2026, 7, 1),
    }
    assert light(due_on=date(2026, 7, 13), **everything).reason == "overdue"
    assert light(**everything).reason == "report_overdue"
    assert light(**everything | {"report_due_on": None}).reason == "receipt_overdue"
    assert light(**everything | {"report_due_on": None, "receipt_due_on": None}).reason == "not_acknowledged"
    assert light(due_on=TODAY, next_stage_on=date(2026, 7, 1)).reason == "due_soon"


def test_each_unit_has_its_own_light():
    parts = [
        TaskUnit(unit_id=1, role=UnitRole.LEAD, acknowledged_at="then"),
        TaskUnit(unit_id=2, role=UnitRole.COOPERATING, acknowledged_at="then", report_due_on=date(2026, 7, 6)),
        TaskUnit(unit_id=3, role=UnitRole.COOPERATING, receipt_due_on=date(2026, 7, 16)),
    ]
    task = Task(status=S.IN_PROGRESS, due_on=date(2026, 9, 30), units=parts)
    assert [rules.light_of_part(task, part, RULE).reason for part in parts] == [
        "on_course",
        "report_overdue",
        "not_acknowledged",
    ]
    assert rules.light_of(task, RULE).code is LightCode.OK


days = st.none() | st.dates(date(2026, 7, 7), date(2026, 7, 21))


options = st.builds(LightOptions, st.integers(0, 9), st.just(2), st.booleans(), st.booleans(), st.booleans())


@given(
    options,
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(S),
            "due_on": st.dates(date(2026, 7, 7), date(2026, 7, 21)),
            "next_stage_on": days,
            "submitted_on": days,
        }
    ),
    st.fixed_dictionaries({"receipt_due_on": days, "report_due_on": days}),
    st.booleans(),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_shows_the_same_light_as_the_rule(session, chosen, of_task, of_part, acknowledged):
    rule = LightRule.of(TODAY, Calendar(), chosen)
    task_id = session.scalar(select(Task.id).order_by(Task.id).limit(1)) or factories.task().id
    session.execute(update(Task).where(Task.id == task_id).values(**of_task))
    acknowledged_at = clock.now() if acknowledged else None
    session.execute(
        update(TaskUnit).where(TaskUnit.task_id == task_id).values(**of_part, acknowledged_at=acknowledged_at)
    )
    statement = select(light_code(TaskUnit)).select_from(TaskUnit).join(Task, Task.id == TaskUnit.task_id)
    shown = db.session.scalar(statement.where(Task.id == task_id), values_of(rule))
    dates = {name: value for name, value in of_task.items() if name not in {"status", "due_on"}}
    said = rules.light(of_task["status"], of_task["due_on"], rule, **dates, **of_part, acknowledged=acknowledged)
    assert shown == (said.code.value if said else None)

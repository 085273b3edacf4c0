"""Who sees what, in which order, at how many statements."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.meetings.models import TextStatus
from meetings.tasks import actions, queries
from meetings.tasks.actions import QuantityInput, Signature, StageInput
from meetings.tasks.models import TaskStatus, UnitRole
from meetings.tasks.queries import TaskFilter
from meetings.tasks.rules import LightCode
from tests import factories
from tests.tasks.looks import RULE, TODAY, ids, listed

pytestmark = pytest.mark.usefixtures("session")
S = TaskStatus


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_it_may(units, role):
    tasks = {status: factories.task(lead_unit=units[0], cooperating_units=[units[1]], status=status).id for status in S}
    handed_out = {number for status, number in tasks.items() if status not in {S.DRAFT, S.PENDING_ISSUE, S.CONSULTING}}
    for unit, takes_part in [(units[0], True), (units[1], True), (units[2], False)]:
        actor = factories.actor(role, unit=unit)
        if role in {Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF, Role.LEADER, Role.OBSERVER}:
            seen = set(tasks.values())
        elif role in {Role.UNIT_HEAD, Role.LIAISON, Role.STATISTICIAN} and takes_part:
            seen = handed_out
        else:
            seen = set()
        assert set(ids(db.session.scalars(queries.visible_to(actor)))) == seen
        assert set(listed(actor)) == seen
        for number in tasks.values():
            if number in seen:
                assert queries.find(number, actor=actor).id == number
            else:
                with pytest.raises(NotFound):
                    queries.find(number, actor=actor)


def test_another_committee_sees_nothing(units):
    task = factories.under_way(lead_unit=units[0], standards=["一"])
    report = factories.report(task, by=factories.liaison(units[0]), files=[factories.attachment()])
    elsewhere = factories.committee()
    stranger = factories.actor(Role.OFFICE_DIRECTOR, committee_id=elsewhere.id)
    assert listed(stranger) == []
    assert queries.waiting_for_office(stranger) == []
    assert queries.overdue_count(stranger, today=date(2027, 1, 1)) == 0
    for look in (
        lambda: queries.find(task.id, actor=stranger),
        lambda: queries.find_many([task.id], actor=stranger),
        lambda: queries.find_report(report.id, actor=stranger),
    ):
        with pytest.raises(NotFound):
            look()


def test_a_draft_that_was_taken_back_was_never_the_units_to_see(units):
    task = factories.draft(lead_unit=units[0])
    factories.step(actions.cancel, task, reason="重复", by=factories.director())
    with pytest.raises(NotFound):
        queries.find(task.id, actor=factories.liaison(units[0]))


def test_files_are_found_by_those_who_see_their_task(units):
    task, other = (
        factories.under_way(lead_unit=units[0], cooperating_units=[units[1]]),
        factories.under_way(lead_unit=units[2]),
    )
    evidence, scan, loose = factories.attachment(), factories.attachment(), factories.attachment()
    liaison = factories.liaison(units[0])
    factories.report(task, by=liaison, files=[evidence])
    factories.step(actions.submit_completion, task, note="完成", by=liaison)
    factories.step(actions.approve_in_unit, task, signature=Signature("局长", TODAY, "同意", scan), by=liaison)

    for file in (evidence, scan):
        for actor in (liaison, factories.liaison(units[1]), factories.staff(), factories.actor(Role.LEADER)):
            assert queries.find_file(task.id, file.id, actor=actor).id == file.id
        for task_id, actor in [(task.id, factories.liaison(units[2])), (other.id, factories.staff())]:
            with pytest.raises(NotFound):
                queries.find_file(task_id, file.id, actor=actor)
    with pytest.raises(NotFound):
        queries.find_file(task.id, loose.id, actor=factories.staff())


def test_what_waits_for_the_head_is_the_units_own_matter(units):
    task = factories.under_way(lead_unit=units[0], cooperating_units=[units[1]])
    file = factories.attachment()
    report = factories.report(task, by=factories.liaison(units[0]), head_confirms_every=True, files=[file])
    for actor in (factories.staff(), factories.liaison(units[1])):
        assert queries.reports_of(task, actor=actor) == []
        with pytest.raises(NotFound):
            queries.find_report(report.id, actor=actor)
        with pytest.raises(NotFound):
            queries.find_file(task.id, file.id, actor=actor)
    assert ids(queries.reports_of(task, actor=factories.head(units[0]))) == [report.id]


def test_a_task_is_loaded_with_all_that_its_page_shows(units, statements):
    meeting = factories.meeting(title="推进会")
    speech = factories.speech(meeting, text_status=TextStatus.REVIEWED)
    task = factories.under_way(
        lead_unit=units[0],
        cooperating_units=[units[1], units[2]],
        requirement=factories.requirement(meeting, speech_id=speech.id),
        standards=["一", "二"],
        stages=[StageInput(date(2026, 8, 1), "摸底")],
        quantities=[QuantityInput("学校", "所", Decimal(3))],
    )
    liaison = factories.liaison(units[0])
    for _ in range(3):
        factories.report(task, by=liaison, files=[factories.attachment()])
    task_id = task.id
    db.session.expunge_all()
    statements.clear()

    found = queries.find(task_id, actor=liaison)
    told = queries.history(found, actor=liaison)
    reports = [report for _event, report in told if report]

    assert len(statements) == 4
    assert (found.lead_unit.name, found.meeting.title, found.requirement.speech.speaker) == (
        "县教育局",
        "推进会",
        "副县长",
    )
    assert [part.unit.short_name for part in found.units] == ["县教育局", "县卫健委", "团县委"]
    assert (len(found.standards), len(found.stages), len(found.quantities)) == (2, 1, 1)
    assert [event.unit.name if event.unit else None for event, _report in told][:2] == [None, "县教育局"]
    assert [(len(report.files), report.quantities, report.unit.name) for report in reports] == [(1, [], "县教育局")] * 3
    assert len(statements) == 4


def test_a_ledger_page_takes_four_statements_at_most_whatever_its_rows(units, statements):
    meeting = factories.meeting()
    for _ in range(60):
        factories.task(lead_unit=units[0], cooperating_units=units[1:], status=S.IN_PROGRESS, meeting_id=meeting.id)
    for actor in (factories.staff(), factories.liaison(units[0])):
        db.session.expunge_all()
        statements.clear()
        page = queries.listing(TaskFilter(is_open=True), actor=actor, rule=RULE)
        assert (len(page.rows), page.total, page.count) == (50, 60, 2)
        assert page.rows[0].helper_names == ("县卫健委", "团县委")
        assert (page.rows[0].lead_name, page.rows[0].meeting_title) == ("县教育局", "妇女儿童工作会议")
        assert len(statements) <= 4
        assert len(queries.listing(TaskFilter(is_open=True), actor=actor, rule=RULE, page=2).rows) == 10
        assert queries.listing(TaskFilter(is_open=True), actor=actor, rule=RULE, page=9).rows == []


def test_filters_find_what_they_name(units):
    meeting, requirement = factories.meeting(), None
    requirement = factories.requirement(meeting)
    staff = factories.staff()
    make = factories.task
    rows = {
        "late": make(lead_unit=units[0], status=S.IN_PROGRESS, due_on=date(2026, 7, 1), title="排查 100% 学校"),
        "soon": make(lead_unit=units[0], cooperating_units=[units[1]], status=S.IN_PROGRESS, due_on=date(2026, 7, 15)),
        "new": make(lead_unit=units[1], status=S.ISSUED, meeting_id=meeting.id),
        "draft": make(lead_unit=units[1], requirement_id=requirement.id),
        "closed": make(lead_unit=units[2], cooperating_units=[units[0]], status=S.CLOSED, due_on=date(2025, 1, 1)),
        "declined": make(lead_unit=units[2], status=S.PENDING_ISSUE, was_declined=True),
    }
    rows["child"] = make(lead_unit=units[2], status=S.IN_PROGRESS, parent_id=rows["late"].id)

    def found(**wanted) -> set[str]:
        names = {row.id: name for name, row in rows.items()}
        counts = queries.light_counts(TaskFilter(**wanted), actor=staff, rule=RULE)
        shown = {names[task_id] for task_id in listed(staff, **wanted)}
        assert counts.total == len(shown)
        return shown

    assert found() == set(rows)
    assert found(text="100%") == {"late"}
    assert found(text=rows["soon"].number) == {"soon"}
    assert found(unit_id=units[0].id) == {"late", "soon", "closed"}
    assert found(unit_id=units[0].id, role=UnitRole.COOPERATING) == {"closed"}
    assert found(meeting_id=meeting.id) == {"new"}
    assert found(requirement_id=requirement.id) == {"draft"}
    assert found(status=S.CLOSED) == {"closed"}
    assert found(is_open=True) == {"late", "soon", "new", "child"}
    assert found(is_open=False) == {"draft", "closed", "declined"}
    assert found(light=LightCode.LATE) == {"late"}
    assert found(light=LightCode.WARN) == {"soon"}
    assert found(light=LightCode.NEW, unit_id=units[1].id) == {"new"}
    assert found(light=LightCode.CLOSED) == {"closed"}
    assert found(due_from=date(2026, 7, 1), due_to=date(2026, 7, 15)) == {"late", "soon"}
    assert found(was_declined=True) == {"declined"}
    assert found(parent_id=rows["late"].id) == {"child"}
    assert found(is_subtask=False, is_open=True) == {"late", "soon", "new"}
    assert found(mine_only=True) == set()


def test_mine_are_those_in_which_i_took_a_step(units):
    task = factories.issued(lead_unit=units[0])
    factories.issued(lead_unit=units[0])
    director = factories.director()
    factories.step(actions.suspend, task, reason="暂停", by=director)
    assert listed(director, mine_only=True) == [task.id]


@pytest.mark.parametrize("name", queries.SORTS)
def test_every_sort_goes_both_ways(units, name):
    for n in range(4):
        factories.task(lead_unit=units[n % 3], status=S.IN_PROGRESS, due_on=date(2026, 9, 1 + n), percent_done=n)
    for actor in (factories.staff(), factories.liaison(units[0])):
        up = queries.listing(TaskFilter(), actor=actor, rule=RULE, sort=(name, False)).rows
        down = queries.listing(TaskFilter(), actor=actor, rule=RULE, sort=(name, True)).rows
        assert ids(up) == ids(down)[::-1]


def test_the_light_of_a_row_is_that_of_the_unit_in_view(units):
    task = factories.issued(lead_unit=units[0], cooperating_units=[units[1]])
    factories.step(actions.acknowledge, task, by=factories.liaison(units[0]))

    def light(actor, **wanted):
        [row] = queries.listing(TaskFilter(**wanted), actor=actor, rule=RULE).rows
        return row.role, row.light.code

    assert light(factories.staff()) == (UnitRole.LEAD, LightCode.OK)
    assert light(factories.liaison(units[1])) == (UnitRole.COOPERATING, LightCode.NEW)
    assert light(factories.staff(), unit_id=units[1].id) == (UnitRole.COOPERATING, LightCode.NEW)


def test_who_stands_in_for_two_units_of_a_task_sees_it_once(units):
    from dataclasses import replace

    task = factories.issued(lead_unit=units[0], cooperating_units=[units[1]])
    both = replace(factories.liaison(units[0]), unit_ids=frozenset({units[0].id, units[1].id}))
    assert listed(both) == [task.id]
    assert queries.light_counts(TaskFilter(), actor=both, rule=RULE).total == 1


def test_a_unit_cannot_look_into_another_unit_by_the_filter(units):
    factories.issued(lead_unit=units[0])
    shared = factories.issued(lead_unit=units[0], cooperating_units=[units[1]])
    assert listed(factories.liaison(units[1]), unit_id=units[0].id) == [shared.id]


def test_counts_of_lights_equal_the_rows(units):
    for n in range(12):
        factories.task(lead_unit=units[n % 3], status=list(S)[n % 10], due_on=date(2026, 7, 10 + n))
    staff = factories.staff()
    rows = queries.rows_of(TaskFilter(), actor=staff, rule=RULE)
    counts = queries.light_counts(TaskFilter(), actor=staff, rule=RULE)
    assert counts.total == len(rows) == 12
    for code in LightCode:
        assert counts[code] == sum(bool(row.light and row.light.code is code) for row in rows)


@pytest.mark.parametrize(
    ("who", "wanted", "index"),
    [
        ("liaison", {"light": LightCode.LATE}, "ix_task_unit_unit_id_due_on_open"),
        ("liaison", {"is_open": True}, "ix_task_unit_unit_id_due_on_open"),
        ("liaison", {}, "ix_task_unit_unit_id_due_on"),
        ("staff", {"is_open": True}, "ix_task_committee_id_due_on_open"),
        ("staff", {}, "ix_task_committee_id_due_on"),
    ],
)
def test_the_ledger_is_read_in_the_order_of_an_index(session, statements, units, who, wanted, index):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the planner of PostgreSQL goes by the number of rows")
    actor = factories.liaison(units[0]) if who == "liaison" else factories.staff()
    factories.task(lead_unit=units[0], status=S.IN_PROGRESS, due_on=date(2026, 7, 1))
    plans = explained(session, lambda: queries.listing(TaskFilter(**wanted), actor=actor, rule=RULE))
    assert all(index in plan for plan in plans[:2]), plans
    assert "TEMP B-TREE" not in plans[1]


def test_overdue_tasks_and_waiting_reports_are_found_by_their_partial_indexes(session, units):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the planner of PostgreSQL goes by the number of rows")
    staff = factories.staff()
    [plan] = explained(session, lambda: queries.overdue_by_unit(staff, today=TODAY))
    assert any(name in plan for name in ("ix_task_committee_id_due_on_open", "ix_task_open_counted")), plan
    plans = explained(session, lambda: queries.waiting_for_office(staff))
    assert any("ix_progress_report_waiting" in plan for plan in plans), plans


def explained(session, ask) -> list[str]:
    """The plans of the statements that ``ask`` sends."""
    sent = []
    connection = session.connection()

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        sent.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    ask()
    event.remove(connection, "before_cursor_execute", note)
    return [
        "; ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
        for statement, parameters in sent
    ]

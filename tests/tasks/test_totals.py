"""The stored counts are what the rows say."""

import pytest
from sqlalchemy import update

from meetings.accounts.models import Role
from meetings.core.db import db, transaction
from meetings.tasks import actions, queries
from meetings.tasks.models import TaskStatus, TaskTotal, TotalOf
from tests import factories

pytestmark = pytest.mark.usefixtures("session")
S = TaskStatus


def test_a_task_counts_for_committee_lead_helpers_and_meeting():
    lead, helpers, meeting = factories.unit(), [factories.unit(), factories.unit()], factories.meeting()
    director = factories.director()
    task = factories.draft(lead_unit=lead, cooperating_units=helpers, meeting=meeting)
    factories.draft(lead_unit=lead)
    factories.step(actions.issue, task, by=director)

    assert queries.status_totals(director) == {S.DRAFT: 1, S.ISSUED: 1}
    [first, *others] = queries.totals_by_unit(director)
    assert (first.unit_id, first.lead, first.cooperating) == (lead.id, {S.DRAFT: 1, S.ISSUED: 1}, {})
    assert (first.lead_issued, first.lead_open, first.lead_finished) == (1, 1, 0)
    assert [(row.unit_id, row.lead, row.cooperating) for row in others] == [
        (unit.id, {}, {S.ISSUED: 1}) for unit in helpers
    ]
    [row] = queries.totals_by_meeting(director)
    assert (row.meeting_id, row.issued, row.open, row.finished) == (meeting.id, 1, 1, 0)
    assert queries.differences() == []


def test_a_unit_counts_its_own_and_not_what_was_not_handed_out_to_it():
    lead, other = factories.unit(), factories.unit()
    factories.issued(lead_unit=lead)
    factories.issued(lead_unit=other, cooperating_units=[lead])
    factories.issued(lead_unit=other)
    factories.draft(lead_unit=lead)
    factories.step(actions.cancel, factories.draft(lead_unit=lead), reason="重复", by=factories.director())
    liaison = factories.liaison(lead)

    assert queries.status_totals(liaison) == {S.ISSUED: 2}
    [row] = queries.totals_by_unit(liaison)
    assert (row.lead, row.cooperating) == ({S.ISSUED: 1}, {S.ISSUED: 1})
    assert queries.totals_by_meeting(liaison) == []


def test_administrators_count_nothing():
    factories.issued(meeting=factories.meeting())
    for role in ("SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDITOR"):
        admin = factories.actor(Role[role])
        assert (queries.status_totals(admin), queries.totals_by_unit(admin), queries.totals_by_meeting(admin)) == (
            {},
            [],
            [],
        )


def test_another_committee_counts_apart():
    factories.issued()
    elsewhere = factories.committee()
    director = factories.actor(Role.OFFICE_DIRECTOR, committee_id=elsewhere.id)
    assert queries.status_totals(director) == {}
    factories.draft(by=director, lead_unit=factories.unit(committee_id=elsewhere.id))
    assert queries.status_totals(director) == {S.DRAFT: 1}
    assert queries.differences() == []


def test_editing_moves_the_counts_to_the_new_units_and_meeting():
    lead, helper, meeting = factories.unit(), factories.unit(), factories.meeting()
    director = factories.director()
    task = factories.draft(lead_unit=lead, cooperating_units=[helper])
    with transaction(by=director):
        row = queries.find(task.id, actor=director)
        actions.edit_task(
            row,
            title=row.title,
            content="",
            lead_unit_id=helper.id,
            cooperating_unit_ids=[lead.id],
            due_on=row.due_on,
            standards=[],
            quantities=[],
            stages=[],
            source=row.source,
            source_text="",
            requirement=None,
            meeting=meeting,
            parent=None,
            weight=1,
            urgency=row.urgency,
            reporting_cycle=row.reporting_cycle,
            reporting_day=5,
            reporting_reason="",
            evidence_reason="",
            basis="",
            by=director,
        )
    assert queries.differences() == []
    assert {row.unit_id: (row.lead, row.cooperating) for row in queries.totals_by_unit(director)} == {
        lead.id: ({}, {S.DRAFT: 1}),
        helper.id: ({S.DRAFT: 1}, {}),
    }


def test_counts_take_one_statement_however_many_units(statements):
    for _ in range(5):
        factories.issued(meeting=factories.meeting())
    director = factories.director()
    for query in (queries.status_totals, queries.totals_by_unit, queries.totals_by_meeting):
        statements.clear()
        query(director)
        assert len([statement for statement in statements if "task_total" in statement]) == 1, query
    statements.clear()
    queries.totals_by_unit(director)
    assert statements == []  # kept


def test_the_command_names_a_total_that_differs(app):
    task = factories.issued()
    run = app.test_cli_runner()
    assert run.invoke(args=["tasks", "verify-totals"]).exit_code == 0
    db.session.execute(
        update(TaskTotal).where(TaskTotal.of == TotalOf.LEAD_UNIT, TaskTotal.status == S.ISSUED).values(task_count=7)
    )

    [wrong] = queries.differences()
    assert (wrong.of, wrong.subject_id, wrong.status, wrong.stored, wrong.counted) == (
        TotalOf.LEAD_UNIT,
        task.lead_unit_id,
        S.ISSUED,
        7,
        1,
    )
    outcome = run.invoke(args=["tasks", "verify-totals"])
    assert outcome.exit_code == 1
    assert "存 7，实 1" in outcome.output

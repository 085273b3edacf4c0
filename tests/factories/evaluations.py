"""Evaluations with what was handed out and who was visited."""

from datetime import date

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction
from meetings.directory.models import Unit
from meetings.evaluation import actions as evaluation_actions
from meetings.evaluation import queries as evaluation_queries
from meetings.evaluation import rules as evaluation_rules
from meetings.evaluation.models import Assessment, Evaluation, EvaluationKind, Visit
from tests.factories.people import director
from tests.factories.rows import numbers


def evaluation(*, by: Actor | None = None, **values: object) -> Evaluation:
    """An evaluation of 2025 that begins today, through the action."""
    by = by or director()
    defaults = {
        "kind": EvaluationKind.FINAL,
        "title": "妇女儿童发展规划终期评估",
        "year": 2025,
        "plans": [],
        "document": None,
        "is_scored": False,
        "days": evaluation_rules.proposed_days(clock.today()),
    }
    with transaction(by=by):
        return evaluation_actions.begin_evaluation(**{**defaults, **values}, by=by)


def handed_out(of: Evaluation, *units: Unit, by: Actor | None = None) -> list[Assessment]:
    """Self-assessments of these units, their tasks issued, in the order of the list."""
    by = by or director()
    with transaction(by=by):
        found = evaluation_queries.find(of.id, actor=by)
        evaluation_actions.hand_out(found, unit_ids=[u.id for u in units], due_on=date(2026, 9, 30), by=by)
    rows = evaluation_queries.assessments(evaluation_queries.find(of.id, actor=by), actor=by)
    return [evaluation_queries.find_assessment(row.id, actor=by) for row in rows]


def visit(of: Evaluation, to: Unit, *, by: Actor | None = None, **values: object) -> Visit:
    """A visit of today to a unit, by a group of its own."""
    by = by or director()
    defaults = {"visited_on": clock.today(), "place": "第一中学"}
    with transaction(by=by):
        found = evaluation_queries.find(of.id, actor=by)
        group = evaluation_actions.add_group(
            found, name=f"第{next(numbers)}督导组", leader="办公室主任", members="县统计局统计员", by=by
        )
        return evaluation_actions.plan_visit(found, group=group, unit_id=to.id, **{**defaults, **values}, by=by)

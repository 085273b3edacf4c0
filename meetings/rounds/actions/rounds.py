"""Draft a round, open it, lock it, open it again; and prepare the next of its series."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import update

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.notifications.actions import tell
from meetings.rounds import queries, rules
from meetings.rounds.actions.values import keep_answers
from meetings.rounds.models import ReportingRound, RoundCycle, RoundScope, RoundStatus, RoundTask, RoundUnit
from meetings.rounds.rules import RoundAction
from meetings.tasks.actions import owe_reports
from meetings.workdays.queries import calendar

LIAISONS = frozenset({Role.LIAISON})
OFFICE = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF})


def draft_round(  # noqa: PLR0913 -- a round's fields, named as the form's
    *,
    title: str,
    cycle: RoundCycle,
    cycle_reason: str,
    from_on: date,
    until_on: date,
    due_on: date,
    note: str,
    group_ids: Collection[int],
    unit_ids: Collection[int],
    task_numbers: Collection[str],
    by: Actor,
) -> ReportingRound:
    """A round that nobody but the office sees until it is opened.

    Raises what ``rules.check_days`` raises, and ``round.task_unknown`` beside ``task_numbers``.
    """
    rules.next_status(RoundStatus.DRAFT, RoundAction.EDIT, by)
    row = ReportingRound(committee_id=by.committee_id, status=RoundStatus.DRAFT, scopes=[])
    _fill(
        row,
        title=title,
        cycle=cycle,
        cycle_reason=cycle_reason,
        from_on=from_on,
        until_on=until_on,
        due_on=due_on,
        note=note,
        scopes=_scopes(group_ids, unit_ids, task_numbers, by),
    )
    db.session.add(row)
    db.session.flush()
    return row


def edit_round(  # noqa: PLR0913 -- as ``draft_round``
    row: ReportingRound,
    *,
    title: str,
    cycle: RoundCycle,
    cycle_reason: str,
    from_on: date,
    until_on: date,
    due_on: date,
    note: str,
    group_ids: Collection[int],
    unit_ids: Collection[int],
    task_numbers: Collection[str],
    by: Actor,
) -> None:
    """Change a draft. Needs ``scopes``; raises as ``draft_round``."""
    rules.next_status(row.status, RoundAction.EDIT, by)
    _fill(
        row,
        title=title,
        cycle=cycle,
        cycle_reason=cycle_reason,
        from_on=from_on,
        until_on=until_on,
        due_on=due_on,
        note=note,
        scopes=_scopes(group_ids, unit_ids, task_numbers, by),
    )


def _fill(  # noqa: PLR0913 -- as ``draft_round``
    row: ReportingRound,
    *,
    title: str,
    cycle: RoundCycle,
    cycle_reason: str,
    from_on: date,
    until_on: date,
    due_on: date,
    note: str,
    scopes: set[tuple[str, int]],
) -> None:
    rules.check_days(cycle, cycle_reason, from_on=from_on, until_on=until_on, due_on=due_on, today=clock.today())
    row.title, row.cycle, row.cycle_reason = title, cycle, cycle_reason
    row.from_on, row.until_on, row.due_on, row.note = from_on, until_on, due_on, note
    kept = {key: scope for scope in row.scopes if (key := _key(scope)) in scopes}
    row.scopes = [*kept.values(), *(RoundScope(**{name: id_}) for name, id_ in sorted(scopes - set(kept)))]


def _key(scope: RoundScope) -> tuple[str, int]:
    return next((name, id_) for name in ("unit_id", "group_id", "task_id") if (id_ := getattr(scope, name)))


def _scopes(
    group_ids: Collection[int], unit_ids: Collection[int], task_numbers: Collection[str], by: Actor
) -> set[tuple[str, int]]:
    known = queries.task_ids_numbered(task_numbers, actor=by) if task_numbers else {}
    if unknown := [number for number in task_numbers if number not in known]:
        raise DomainError("round.task_unknown", field="task_numbers", number=unknown[0])
    scopes = {("group_id", id_) for id_ in group_ids} | {("unit_id", id_) for id_ in unit_ids}
    return scopes | {("task_id", id_) for id_ in known.values()}


def open_round(row: ReportingRound, *, by: Actor) -> int:
    """Let the units report: an owed row for each, the day beside their parts of the tasks, a notice. How many units.

    Needs ``scopes``. Raises ``round.due_past`` and ``round.nothing_owed``.
    """
    after = rules.next_status(row.status, RoundAction.OPEN, by)
    rules.check_due(row.due_on, clock.today())
    asked = {unit.unit_id: unit for unit in queries.asked(row)}
    if not asked:
        raise DomainError("round.nothing_owed", field="due_on")
    row.status = after
    row.opened_at, row.opened_by_name = clock.now(), by.name[:100]
    owing = {
        unit.unit_id: RoundUnit(
            round_id=row.id,
            unit_id=unit.unit_id,
            unit_name=unit.unit_name,
            position=unit.position,
            field_count=unit.field_count,
        )
        for unit in asked.values()
    }
    db.session.add_all(owing.values())
    parts = queries.parts_to_owe(row)
    owe_reports(parts, by_day=row.due_on, by=by)
    db.session.flush()
    db.session.add_all(RoundTask(round_unit_id=owing[part.unit_id].id, task_id=part.task_id) for part in parts)
    tell(
        "rounds.opened",
        roles=LIAISONS,
        unit_ids=set(owing),
        title=row.title,
        day=row.due_on,
        path=f"/rounds/{row.id}/report",
        by=by,
    )
    return len(owing)


def lock(row: ReportingRound, *, by: Actor) -> rules.Rates:
    """The round is over: how everybody stands is kept, and what was reported stands as it is."""
    after = rules.next_status(row.status, RoundAction.LOCK, by)
    units = {unit.unit_id: unit for unit in queries.standings([row])[row.id]}
    for owing in queries.units_of(row):
        now = units[owing.unit_id]
        owing.standing, owing.reported_on = now.standing, now.reported_on
        keep_answers(owing, now.values)
        for line in now.lines:
            if line.report_id is not None:
                db.session.execute(
                    update(RoundTask)
                    .where(RoundTask.round_unit_id == owing.id, RoundTask.task_id == line.task_id)
                    .values(report_id=line.report_id)
                )
    counts = rules.rates(unit.standing for unit in units.values())
    row.owed_count, row.in_count, row.on_time_count = counts.owed, counts.reported, counts.on_time
    row.status = after
    row.locked_at, row.locked_by_name = clock.now(), by.name[:100]
    return counts


def reopen(row: ReportingRound, *, reason: str, by: Actor) -> None:
    """A locked round takes reports again; it is counted how often, and why the last time."""
    after = rules.next_status(row.status, RoundAction.REOPEN, by)
    rules.check_reason(reason)
    for owing in queries.units_of(row):
        owing.standing = owing.reported_on = None
    row.status = after
    row.reopened_count += 1
    row.reopen_reason = reason.strip()
    row.locked_at, row.locked_by_name = None, ""
    tell(
        "rounds.reopened",
        roles=LIAISONS,
        unit_ids={unit.unit_id for unit in queries.standings([row])[row.id]},
        title=row.title,
        day=row.due_on,
        path=f"/rounds/{row.id}/report",
        by=by,
    )


def cancel(row: ReportingRound, *, by: Actor) -> None:
    """A draft is not wanted; its series ends with it."""
    row.status = rules.next_status(row.status, RoundAction.CANCEL, by)


def propose_next(row: ReportingRound, *, title: str, by: Actor) -> ReportingRound:
    """Prepare the next round of a series as a draft, for the office to look at. Needs ``scopes``."""
    period = rules.next_period(row.cycle, row.until_on)
    if period is None:
        raise ValueError("a round that is held once has no successor")
    due_on = rules.next_due_on(row.due_on, row.until_on, period.until_on, calendar(row.committee_id))
    open_tasks = queries.still_open(scope.task_id for scope in row.scopes if scope.task_id)
    made = ReportingRound(
        committee_id=row.committee_id,
        title=title,
        cycle=row.cycle,
        cycle_reason=row.cycle_reason,
        from_on=period.from_on,
        until_on=period.until_on,
        due_on=due_on,
        note=row.note,
        status=RoundStatus.DRAFT,
        follows_id=row.id,
        scopes=[
            RoundScope(unit_id=scope.unit_id, group_id=scope.group_id, task_id=scope.task_id)
            for scope in row.scopes
            if scope.task_id is None or scope.task_id in open_tasks
        ],
    )
    db.session.add(made)
    db.session.flush()
    tell("rounds.proposed", roles=OFFICE, title=title, day=due_on, path=f"/rounds/{made.id}", by=by)
    return made

"""Values: entered, submitted, checked, returned, corrected; years locked; sealed sheets kept; states given by hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from meetings.accounts.models import Role
from meetings.attachments import actions as attachments
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, expect
from meetings.core.errors import DomainError, NotAllowed, NotFound
from meetings.core.storage import Storage
from meetings.directory.models import Unit
from meetings.notifications.actions import tell
from meetings.plans.models import (
    Area,
    Indicator,
    IndicatorState,
    IndicatorValue,
    ManualJudgement,
    Sex,
    StatisticsUnit,
    ValueCorrection,
    ValuePeriod,
    ValueSheet,
    ValueState,
)
from meetings.plans.queries import checking, monitoring
from meetings.plans.queries import values as kept
from meetings.plans.rules import entry, judgement
from meetings.plans.rules.figures import Figure, figure_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the grid that was touched. ``seen`` is the version it had, 0 where nothing was kept."""

    key: str
    indicator_id: int
    unit_id: int | None
    sex: Sex
    area: Area
    figure: Figure
    reason: str
    note: str
    seen: int


def save_values(
    entries: Sequence[Entry], *, year: int, entered_unit_id: int | None, is_submitting: bool = False, by: Actor
) -> tuple[int, int]:
    """Keep what was typed for a year, all of it or nothing; how many lines were saved, how many values submitted.

    ``entered_unit_id`` is the unit for which it is entered, None for the office itself. Refuses with
    ``value.changed_meanwhile`` (``keys`` of the lines) where somebody else saved one of them since the page was opened.
    """
    _check_year(year, by=by)
    indicators = kept.indicators_to_enter({each.indicator_id for each in entries}, actor=by)
    leads = kept.leads(indicators)
    checker_id = kept.statistics_unit_id(by)
    for each in entries:
        indicator = indicators.get(each.indicator_id)
        if indicator is None:
            raise NotFound
        if not entry.may_enter(by, indicator.level, leads.get(indicator.id), checker_id):
            raise NotAllowed("value.not_yours")
    rows = kept.rows_to_change(((each.indicator_id, each.unit_id, each.sex, each.area) for each in entries), year)
    stale = []
    for each in entries:
        row = rows.get((each.indicator_id, each.unit_id, each.sex, each.area))
        if row is not None:
            entry.check_open(row)
        if (row.version if row else 0) != each.seen:
            stale.append(each.key)
    if stale:
        raise DomainError("value.changed_meanwhile", field="values", keys=stale)
    for each in entries:
        row = rows.get((each.indicator_id, each.unit_id, each.sex, each.area))
        if row is None:
            row = IndicatorValue(
                committee_id=by.committee_id,
                indicator_id=each.indicator_id,
                unit_id=each.unit_id,
                year=year,
                sex=each.sex,
                area=each.area,
            )
            db.session.add(row)
        _put(row, each.figure)
        row.reason, row.note = each.reason, each.note
        row.state = ValueState.ENTERED
        row.return_reason = ""
        row.submitted_at = None
        _sign(row, entered_unit_id, by)
    db.session.flush()
    return len(entries), _submit(entered_unit_id, year, by=by) if is_submitting else 0


def _check_year(year: int, *, by: Actor) -> None:
    period = kept.period(year, actor=by)
    entry.check_year(period.locked_at if period else None, year, last=clock.today().year)


def _put(row: IndicatorValue, figure: Figure) -> None:
    row.value, row.numerator, row.denominator = figure.value, figure.numerator, figure.denominator


def _sign(row: IndicatorValue, unit_id: int | None, by: Actor) -> None:
    row.entered_unit_id = unit_id
    row.entered_by_id, row.entered_by_name, row.entered_at = by.user_id, by.name, clock.now()


def _submit(unit_id: int | None, year: int, *, by: Actor) -> int:
    """What a unit, or the office itself, has typed for a year goes to those who check; they are told once."""
    rows = checking.typed_by(unit_id, year, actor=by)
    for row in rows:
        row.state = ValueState.SUBMITTED
        row.submitted_at = clock.now()
    checker_id = kept.statistics_unit_id(by)
    if rows and unit_id is not None:
        tell(
            "plans.values_submitted",
            roles={Role.LIAISON, Role.STATISTICIAN} if checker_id else {Role.OFFICE_STAFF},
            unit_ids=[checker_id] if checker_id else [],
            about_unit_id=unit_id,
            number=str(year),
            path=f"/plans/values/check?year={year}",
            by=by,
        )
    return len(rows)


def check_values(rows: Sequence[IndicatorValue], *, by: Actor) -> int:
    """核对无误: each was submitted, and by somebody else."""
    for row in rows:
        entry.check_checking(row, by)
        _check_year(row.year, by=by)
        row.state = ValueState.CHECKED
        row.checked_by_name, row.checked_at = by.name, clock.now()
    return len(rows)


def return_value(row: IndicatorValue, *, reason: str, by: Actor) -> None:
    """Back to its unit, with the reason; the unit is told."""
    entry.check_return(row, reason)
    _check_year(row.year, by=by)
    row.state = ValueState.ENTERED
    row.return_reason = reason
    row.checked_by_name, row.checked_at = "", None
    if row.entered_unit_id is not None:
        tell(
            "plans.value_returned",
            roles={Role.LIAISON, Role.STATISTICIAN},
            unit_ids=[row.entered_unit_id],
            number=str(row.year),
            title=row.indicator.name,
            path=f"/plans/values?unit={row.entered_unit_id}&year={row.year}",
            by=by,
        )


def correct_value(
    row: IndicatorValue,
    *,
    numerator: Decimal | None,
    denominator: Decimal | None,
    value: Decimal | None,
    reason: str,
    by: Actor,
) -> None:
    """Change what was checked or locked, with a reason; what it was before is kept beside it."""
    entry.check_correction(row, reason)
    indicator = row.indicator
    figure = figure_of(
        numerator=numerator,
        denominator=denominator,
        value=value,
        factor=indicator.factor,
        decimals=indicator.decimals,
        is_rate=bool(indicator.denominator_name),
    )
    if figure.value is None:
        raise DomainError("value.nothing_given", field="value")
    if figure == Figure(row.value, row.numerator, row.denominator):
        raise DomainError("value.nothing_changed", field="value")
    db.session.add(
        ValueCorrection(
            committee_id=by.committee_id,
            value_id=row.id,
            numerator=row.numerator,
            denominator=row.denominator,
            value=row.value,
            reason=reason,
            corrected_by_name=by.name,
            corrected_at=clock.now(),
        )
    )
    _put(row, figure)


def lock_year(year: int, *, by: Actor) -> int:
    """No value of the year changes any more but by correction; refused while some wait to be checked."""
    period = kept.period(year, actor=by)
    if period is not None and period.locked_at is not None:
        raise DomainError("value.year_locked", year=year)
    waiting = checking.values_of_year(year, actor=by, states={ValueState.SUBMITTED})
    if waiting:
        raise DomainError("value.some_unchecked", count=len(waiting))
    rows = checking.values_of_year(year, actor=by, states={ValueState.CHECKED})
    if not rows:
        raise DomainError("value.none_checked", year=year)
    for row in rows:
        row.state = ValueState.LOCKED
    if period is None:
        period = ValuePeriod(committee_id=by.committee_id, year=year)
        db.session.add(period)
    period.locked_at, period.locked_by_name, period.reason = clock.now(), by.name, ""
    return len(rows)


def unlock_year(year: int, *, reason: str, by: Actor) -> None:
    """Open a locked year again, with a reason that stays."""
    period = kept.period(year, actor=by)
    if period is None or period.locked_at is None:
        raise DomainError("value.year_open", year=year)
    if not reason.strip():
        raise DomainError("value.reason_needed", field="reason")
    for row in checking.values_of_year(year, actor=by, states={ValueState.LOCKED}):
        row.state = ValueState.CHECKED
    period.locked_at, period.reason = None, reason


def name_statistics_unit(unit: Unit | None, *, by: Actor) -> None:
    """The unit that checks values from now on; None leaves it to the office."""
    row = kept.statistics_unit(by)
    if unit is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(StatisticsUnit(committee_id=by.committee_id, unit_id=unit.id))
    else:
        row.unit_id = unit.id


def keep_sheets(
    files: Collection[tuple[str, bytes]],
    *,
    unit_id: int,
    year: int,
    storage: Storage,
    max_megabytes: int,
    personal_data_confirmed: bool,
    by: Actor,
) -> int:
    """Keep scans of a unit's table of a year, signed and sealed."""
    for name, content in files:
        attachment: Attachment = attachments.keep(
            name=name,
            content=content,
            storage=storage,
            by=by,
            max_megabytes=max_megabytes,
            personal_data_confirmed=personal_data_confirmed,
        )
        db.session.add(
            ValueSheet(committee_id=by.committee_id, unit_id=unit_id, year=year, attachment_id=attachment.id)
        )
    return len(files)


def judge_by_hand(
    indicator: Indicator, *, year: int, state: IndicatorState, reason: str, version: int | None, by: Actor
) -> ManualJudgement:
    """人工判定: give an indicator a state for a year, with the reason; a former one is replaced."""
    judgement.check_manual(state, reason)
    row = monitoring.manual_judgement(indicator.id, year)
    if row is None:
        row = ManualJudgement(committee_id=by.committee_id, indicator_id=indicator.id, year=year)
        db.session.add(row)
    else:
        expect(row, version)
    row.state, row.reason = state, reason
    row.judged_by_name, row.judged_at = by.name, clock.now()
    return row


def judge_by_rule(row: ManualJudgement) -> None:
    """Take a manual judgement back: the rule decides again."""
    db.session.delete(row)

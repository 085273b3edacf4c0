"""The rule by which lights are told, and what another rule would change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.directory.models import Committee, Unit
from meetings.tasks.models import LightSetting, Task
from meetings.tasks.queries.filters import PART, light_code, values_of
from meetings.tasks.rules import LightCode, LightOptions, LightRule
from meetings.workdays.queries import calendar

_NAMES = [field.name for field in fields(LightOptions)]
SHOWN = 20


def light_options(committee_id: int) -> LightOptions:
    """What the office has set, or what is usual."""
    return kept("light options", lambda: _options(committee_id), committee_id=committee_id)


def _options(committee_id: int) -> LightOptions:
    columns = [getattr(LightSetting, name) for name in _NAMES]
    row = db.session.execute(select(*columns).where(LightSetting.committee_id == committee_id)).first()
    return LightOptions(*row) if row else LightOptions()


def light_rule(committee_id: int, day: date) -> LightRule:
    """The one rule for pages, papers and mail: of the committee, on a day."""
    return LightRule.of(day, calendar(committee_id), light_options(committee_id))


def light_setting(actor: Actor, *, to_change: bool = False) -> LightSetting:
    """The committee's row, or one as usual that is not saved yet.

    ``to_change`` lets one person at a time set it: the committee's own row is held until the transaction ends.
    """
    if to_change:
        db.session.scalar(select(Committee.id).where(Committee.id == actor.committee_id).with_for_update())
    found = db.session.scalar(select(LightSetting).where(LightSetting.committee_id == actor.committee_id))
    return found or LightSetting(committee_id=actor.committee_id, version=0, **asdict(LightOptions()))


class Changed(NamedTuple):
    """A task that would show another light."""

    id: int
    number: str | None
    title: str
    lead_name: str
    original_due_on: date
    due_on: date
    before: LightCode
    after: LightCode


@dataclass(frozen=True, slots=True)
class Preview:
    """Open tasks by light, by the rule in force and by the one looked at; which change, the first of them."""

    before: Mapping[LightCode, int]
    after: Mapping[LightCode, int]
    changed_count: int
    changed: Sequence[Changed]


def preview(options: LightOptions, *, actor: Actor, today: date) -> Preview:
    """What the options would change today on the committee's open tasks: two statements."""
    now = light_rule(actor.committee_id, today)
    then = LightRule.of(today, calendar(actor.committee_id), options)
    values = values_of(now) | values_of(then, "new")
    rows = select(_NOW.label("before"), _THEN.label("after"), func.count()).select_from(Task).join(PART, _OF_LEAD)
    rows = rows.where(Task.committee_id == actor.committee_id, Task.is_open).group_by("before", "after")
    before, after = dict.fromkeys(LightCode, 0), dict.fromkeys(LightCode, 0)
    changed = 0
    for was, becomes, count in db.session.execute(rows, values):
        before[LightCode(was or "")] += count
        after[LightCode(becomes or "")] += count
        changed += count if was != becomes else 0
    return Preview(before, after, changed, _changed(actor, values) if changed else ())


_OF_LEAD = and_(PART.task_id == Task.id, PART.unit_id == Task.lead_unit_id)
_NOW, _THEN = light_code(PART), light_code(PART, "new")


def _changed(actor: Actor, values: Mapping[str, Any]) -> list[Changed]:
    rows = (
        select(Task.id, Task.number, Task.title, Unit.short_name, Task.original_due_on, Task.due_on, _NOW, _THEN)
        .select_from(Task)
        .join(PART, _OF_LEAD)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(Task.committee_id == actor.committee_id, Task.is_open, or_(_NOW < _THEN, _NOW > _THEN))
        .order_by(Task.due_on, Task.id)
        .limit(SHOWN)
    )
    return [
        Changed(*row[:-2], before=LightCode(row[-2] or ""), after=LightCode(row[-1] or ""))
        for row in db.session.execute(rows, values)
    ]

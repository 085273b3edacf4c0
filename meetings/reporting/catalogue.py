"""The papers that can be made: code, what they ask, how they are filled and drawn, who may make them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotFound
from meetings.directory.models import Unit
from meetings.directory.queries import names_of_committee
from meetings.meetings import queries as meetings
from meetings.meetings.models import Meeting
from meetings.reporting.gather import meeting_progress as gather_meeting
from meetings.reporting.gather import responsibility_list as gather_list
from meetings.reporting.gather import unit_progress as gather_unit
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.reporting.words import COLUMN_SETS, TITLES
from meetings.workdays.queries import calendar
from reports import excel, meeting_progress, pdf, responsibility_list, unit_progress, word
from reports.blocks import Official, Report
from reports.facts import day_text
from reports.imprint import Imprint

Parameters = Mapping[str, Any]
"""What was chosen: ``meeting`` and ``unit`` are ids or None, ``as_of`` a day, ``columns`` a name of ``COLUMN_SETS``."""


@dataclass(frozen=True, slots=True)
class Content:
    """A paper's frozen data, what it says of its making, and whose it is (a unit's own, or None)."""

    data: Any
    title: str
    filter_text: str
    unit_id: int | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of paper. ``asks`` names its parameters, those in ``needs`` must be chosen.

    ``style``: ``official`` (公文类: drafted, signed and numbered by 签批) or ``report`` (报表类: numbered when made).
    ``signer`` is the role that signs it: papers of the office ``office_director``, of the committee ``leader``.
    """

    code: str
    group: str
    permission: str
    asks: tuple[str, ...]
    needs: frozenset[str]
    gather: Callable[..., Content]
    compose: Callable[[Any], Report | Official]
    style: Literal["official", "report"] = "report"
    signer: Literal["office_director", "leader"] = "office_director"

    @property
    def title(self) -> str:
        return TITLES[self.code]


def _meeting_progress(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find(chosen["meeting"], actor=actor)
    data = gather_meeting.gather(meeting, actor=actor, moment=moment)
    return Content(
        data, f"{meeting.title}任务落实情况报告", _filter(moment, meeting=meeting), _own_unit(actor), moment.as_of
    )


def _unit_progress(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    unit = _unit(chosen["unit"], actor)
    data = gather_unit.gather(unit, actor=actor, moment=moment)
    return Content(data, f"{unit.name}任务进展报告", _filter(moment, unit=unit), unit.id, moment.as_of)


def _responsibility_list(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find(chosen["meeting"], actor=actor) if chosen.get("meeting") else None
    unit_id = chosen.get("unit") or _own_unit(actor)
    unit = _unit(unit_id, actor) if unit_id else None
    columns = chosen.get("columns") or "issue"
    data = gather_list.gather(actor=actor, moment=moment, meeting=meeting, unit=unit, columns=columns)
    said = _filter(moment, meeting=meeting, unit=unit, columns=columns)
    return Content(data, data.title, said, unit.id if unit else None, moment.as_of)


def _unit(unit_id: int, actor: Actor) -> Unit:
    unit = sources.find_unit(unit_id, actor=actor)
    if unit is None:
        raise NotFound
    return unit


def _own_unit(actor: Actor) -> int | None:
    """The unit whose view of things this is; None for who reads the whole committee."""
    return None if actor.may("tasks.read_all") else min(actor.unit_ids, default=None)


def _filter(moment: Moment, *, meeting: Meeting | None = None, unit: Unit | None = None, columns: str = "") -> str:
    said = [
        f"会议：{meeting.title}" if meeting else "",
        f"单位：{unit.name}" if unit else "",
        f"栏目：{COLUMN_SETS[columns].partition('：')[0]}" if columns else "",
        f"截至{day_text(moment.as_of)}",
    ]
    return "；".join(filter(None, said))


class Format(NamedTuple):
    """A kind of file: how it is named to a browser, and who writes it."""

    media_type: str
    render: Callable[[Report | Official, Imprint], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    "pdf": Format("application/pdf", pdf.render),
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", word.render),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", excel.render),
}

PAPERS: Mapping[str, Entry] = {
    entry.code: entry
    for entry in (
        Entry(
            "responsibility-list",
            "tasks",
            "reports.print",
            ("meeting", "unit", "columns", "as_of"),
            frozenset(),
            _responsibility_list,
            responsibility_list.compose,
        ),
        Entry(
            "unit-progress",
            "state",
            "reports.print",
            ("unit", "as_of"),
            frozenset({"unit"}),
            _unit_progress,
            unit_progress.compose,
        ),
        Entry(
            "meeting-progress",
            "state",
            "tasks.read_all",
            ("meeting", "as_of"),
            frozenset({"meeting"}),
            _meeting_progress,
            meeting_progress.compose,
        ),
    )
}


def find(code: str, *, actor: Actor) -> Entry:
    """The kind of paper, or ``NotFound`` where there is none or the actor may not make it."""
    entry = PAPERS.get(code)
    if entry is None or not actor.may("reports.print") or not actor.may(entry.permission):
        raise NotFound
    return entry


def offered(actor: Actor) -> list[Entry]:
    """The kinds of paper that the actor may make."""
    return [entry for entry in PAPERS.values() if actor.may("reports.print") and actor.may(entry.permission)]


def gathered(entry: Entry, *, actor: Actor, chosen: Parameters, due_soon_working_days: int = 3) -> Content:
    """The paper's data as of the chosen day, today unless one is chosen.

    Raises ``DomainError("paper.day_in_future")`` and ``NotFound`` for what the actor may not see.
    """
    as_of = chosen.get("as_of") or clock.today()
    if as_of > clock.today():
        raise DomainError("paper.day_in_future", field="as_of")
    return entry.gather(actor, Moment.of(as_of, calendar(actor.committee_id), due_soon_working_days), chosen)


def completed(entry: Entry, *, actor: Actor, chosen: Parameters) -> dict[str, Any]:
    """The parameters, those needed but not chosen filled with the newest that the paper can be made of.

    Raises ``DomainError("paper.nothing")`` when there is none.
    """
    full = dict(chosen)
    newest: Mapping[str, Callable[[Actor], int | None]] = {
        "meeting": sources.newest_meeting,
        "unit": sources.newest_unit,
    }
    for name in entry.needs:
        if not full.get(name):
            full[name] = newest[name](actor)
            if full[name] is None:
                raise DomainError("paper.nothing")
    return full


def draw(
    entry: Entry,
    content: Content,
    *,
    actor: Actor,
    verify_address: str | None = None,
    number: str = "",
    verification_code: str = "",
    audit_head: str = "",
    suffix: str = "pdf",
) -> bytes:
    """The paper's bytes in the format of ``FORMATS``; without a number it is a preview and says so."""
    said = Imprint(
        issuer=names_of_committee(actor.committee_id, content.as_of).office,
        printed_at=clock.local(clock.now()).replace(microsecond=0),
        printed_by=actor.name,
        number=number,
        verification_code=verification_code,
        verify_address=verify_address,
        audit_head=audit_head or None,
        filter_text=content.filter_text,
        preview=not number,
    )
    return FORMATS[suffix].render(entry.compose(content.data), said)

"""The papers that can be made: which ones somebody is offered, how one is filled and drawn."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple, get_type_hints

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotFound
from meetings.directory.queries import names_of_committee
from meetings.evaluation import queries as evaluations
from meetings.evaluation.queries import subjects
from meetings.plans.queries.monitoring import newest_with_values
from meetings.reporting.catalogue import archive, evaluation, meeting, plans, state, supervision, tasks
from meetings.reporting.catalogue.entry import Content, Entry, Parameters
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.tasks.queries import light_rule, newest_consultation, newest_extension
from reports.blocks import Official, Report
from reports.imprint import Imprint

_GROUPS = (meeting, tasks, supervision, state, plans, evaluation, archive)
PAPERS: Mapping[str, Entry] = {entry.code: entry for group in _GROUPS for entry in group.ENTRIES}


class Format(NamedTuple):
    """A kind of file: how it is named to a browser, and the module of ``reports`` that writes it."""

    media_type: str
    writer: str

    def render(self, paper: Report | Official, imprint: Imprint) -> bytes:
        """The file's bytes. The writer is loaded with the first paper: the three hold 12 MB."""
        write: Callable[[Report | Official, Imprint], bytes] = import_module(f"reports.{self.writer}").render
        return write(paper, imprint)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    "pdf": Format("application/pdf", "pdf"),
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", "word"),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", "excel"),
}

_NEWEST: Mapping[str, Callable[[Entry, Actor], int | str | None]] = {
    "meeting": lambda entry, actor: sources.newest_meeting(actor, entry.meetings),
    "unit": lambda entry, actor: sources.late_unit(actor) if entry.needs_late else sources.newest_unit(actor),
    "task": lambda _entry, actor: sources.most_overdue(actor),
    "extension": lambda _entry, actor: newest_extension(actor),
    "consultation": lambda _entry, actor: newest_consultation(actor),
    "year": lambda _entry, _actor: clock.today().year,
    "evaluation": lambda _entry, actor: evaluations.newest(actor),
    "plan": lambda _entry, actor: newest_with_values(actor),
    "subject": lambda _entry, actor: subjects.newest_subject(actor),
}


def find(code: str, *, actor: Actor) -> Entry:
    """The kind of paper, or ``NotFound`` where there is none or the actor may not make it."""
    entry = PAPERS.get(code)
    if entry is None or not _may_make(entry, actor):
        raise NotFound
    return entry


def offered(actor: Actor) -> list[Entry]:
    """The kinds of paper that the actor may make and that there is a meeting for, if needed: one statement."""
    found = sources.picks_with_meetings(actor)
    return [
        entry
        for entry in PAPERS.values()
        if _may_make(entry, actor) and ("meeting" not in entry.needs or entry.meetings in found)
    ]


def _may_make(entry: Entry, actor: Actor) -> bool:
    return actor.may("reports.print") and actor.may(entry.permission)


def gathered(entry: Entry, *, actor: Actor, chosen: Parameters) -> Content:
    """The paper's data as of the chosen day, today unless one is chosen.

    Raises ``DomainError("paper.day_in_future")`` and ``NotFound`` for what the actor may not see.
    """
    as_of = chosen.get("as_of") or clock.today()
    if as_of > clock.today():
        raise DomainError("paper.day_in_future", field="as_of")
    return entry.gather(actor, Moment.of(as_of, light_rule(actor.committee_id, as_of)), chosen)


def completed(entry: Entry, *, actor: Actor, chosen: Parameters) -> dict[str, Any]:
    """The parameters, those needed but not chosen filled with the newest that the paper can be made of.

    Raises ``DomainError("paper.nothing")`` when there is none.
    """
    full = dict(chosen)
    for name in entry.needs:
        if not full.get(name):
            full[name] = _NEWEST[name](entry, actor)
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


def data_kind(entry: Entry) -> type:
    """The data class of a paper: what its ``compose`` takes."""
    hints = get_type_hints(entry.compose)
    found: type = next(kind for name, kind in hints.items() if name != "return")
    return found

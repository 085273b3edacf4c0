"""What somebody finds: hits by group, counted as far as a thousand, of what they may see."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.kept import kept
from meetings.meetings.models import Meeting
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.search import rules
from meetings.search.models import Kind, SearchEntry, kind_of, subject_of
from meetings.search.queries.matching import Scope, matches
from meetings.search.queries.sources.reading import issued_to, readers

MOST = 1000
SHOWN = 5
PAGE_SIZE = 20

GROUPS: Mapping[str, tuple[Kind, ...]] = {
    "units": (Kind.UNIT,),
    "people": (Kind.PERSON,),
    "meetings": (Kind.MEETING,),
    "agenda": (Kind.AGENDA_ITEM,),
    "speeches": (Kind.SPEECH,),
    "requirements": (Kind.REQUIREMENT,),
    "minutes": (Kind.MINUTES, Kind.ISSUED_MINUTES),
    "documents": (Kind.DOCUMENT,),
    "tasks": (Kind.TASK,),
    "reports": (Kind.REPORT,),
    "goals": (Kind.GOAL, Kind.MEASURE),
    "indicators": (Kind.INDICATOR,),
    "files": (Kind.DOCUMENT_FILE, Kind.MEETING_FILE, Kind.EVIDENCE, Kind.SCAN),
}
_OF_MEETINGS = (
    Kind.MEETING,
    Kind.AGENDA_ITEM,
    Kind.SPEECH,
    Kind.REQUIREMENT,
    Kind.MINUTES,
    Kind.MEETING_FILE,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: where it stands, and its words with what was looked for marked."""

    kind: Kind
    id: int
    place_id: int
    title: Sequence[rules.Segment]
    context: Sequence[rules.Segment]
    remark: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """How many of each group (1001 means more than a thousand), and those to be shown."""

    counts: Mapping[str, int]
    hits: Mapping[str, Sequence[Hit]]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def scopes_of(actor: Actor) -> list[Scope]:
    """Which entries an actor may find: the rules of ``visible_to`` as marks; see there for each."""
    everything: tuple[str, ...] = (readers(actor.committee_id),)
    issued = (issued_to(actor.committee_id),)
    units = sorted(actor.unit_ids)
    scopes = []
    if actor.may("directory.read"):
        scopes += [Scope(Kind.UNIT, everything), Scope(Kind.PERSON, everything)]
    if actor.may("meetings.read"):
        scopes += [Scope(kind, everything) for kind in _OF_MEETINGS]
    elif actor.may("meetings.read_issued") and units:
        # Of what was issued, the meetings of its own: looked at one by one, since groups of units change.
        scopes += [Scope(Kind.MEETING, issued, is_whole=True), Scope(Kind.ISSUED_MINUTES, issued, is_whole=True)]
    if actor.may("documents.read") or actor.may("documents.read_issued"):
        marks = everything if actor.may("documents.read") else issued
        scopes += [Scope(Kind.DOCUMENT, marks), Scope(Kind.DOCUMENT_FILE, marks)]
    if actor.may("plans.read"):
        scopes += [Scope(kind, everything) for kind in (Kind.GOAL, Kind.MEASURE, Kind.INDICATOR)]
    if actor.may("tasks.read_all"):
        reports = (*everything, *(f"h{unit_id}" for unit_id in units))
    elif actor.may("tasks.read_own") and units:
        everything = tuple(f"u{unit_id}" for unit_id in units)
        reports = (*everything, *(f"h{unit_id}{mark}" for unit_id in units for mark in everything))
    else:
        return scopes
    scopes += [Scope(Kind.TASK, everything), Scope(Kind.SCAN, everything)]
    return [*scopes, Scope(Kind.EVIDENCE, reports), Scope(Kind.REPORT, reports)]


def search(typed: str, *, actor: Actor, group: str | None = None, year: int | None = None, page: int = 1) -> Found:
    """What holds the words: the first of every group, or a page of one."""
    phrases = rules.phrases(typed)
    found = _visible(_matches(phrases, scopes_of(actor), year, actor), actor)
    by_group = {name: [entry for kind in kinds for entry in found.get(kind, ())] for name, kinds in GROUPS.items()}
    if group is None:
        shown = {name: ids[:SHOWN] for name, ids in by_group.items()}
    else:
        first = (page - 1) * PAGE_SIZE
        shown = {group: by_group[group][:MOST][first : first + PAGE_SIZE]}
    counts = {name: min(len(ids), MOST + 1) for name, ids in by_group.items() if ids}
    return Found(counts, _hits({name: ids for name, ids in shown.items() if ids}, phrases))


def _matches(
    phrases: Sequence[rules.Phrase], scopes: Sequence[Scope], year: int | None, actor: Actor
) -> Mapping[Kind, Sequence[int]]:
    """Kept for who goes on to a group, a year or the next page, and for who looks for the same; packed, being many."""
    return kept(
        ("search", tuple(phrases), tuple(scopes), year),
        lambda: {kind: array("q", ids) for kind, ids in matches(phrases, scopes, most=MOST + 1, year=year).items()},
        committee_id=actor.committee_id,
    )


_meetings_of = select(Meeting.id)


def _visible(found: Mapping[Kind, Sequence[int]], actor: Actor) -> Mapping[Kind, Sequence[int]]:
    """Without the meetings that a unit has no part in; an entry of these kinds is known by its meeting's id."""
    limited = [kind for kind in (Kind.MEETING, Kind.ISSUED_MINUTES) if kind in found]
    if actor.may("meetings.read") or not limited:
        return found
    ids = {subject_of(entry) for kind in limited for entry in found[kind]}
    own = set(db.session.scalars(_meetings_of.where(Meeting.id.in_(sorted(ids)), meetings_visible_to(actor))))
    return {**found} | {kind: [entry for entry in found[kind] if subject_of(entry) in own] for kind in limited}


_entries = select(
    SearchEntry.id, SearchEntry.place_id, SearchEntry.title, SearchEntry.text, SearchEntry.remark, SearchEntry.day
).where(SearchEntry.id.in_(bindparam("ids", expanding=True)))


def _hits(shown: Mapping[str, Sequence[int]], phrases: Sequence[rules.Phrase]) -> dict[str, list[Hit]]:
    if not shown:
        return {}
    places = rules.pattern(phrases)
    ids = [entry for group in shown.values() for entry in group]
    rows = {row.id: row for row in db.session.execute(_entries, {"ids": ids})}
    return {
        name: [
            Hit(
                kind_of(entry),
                subject_of(entry),
                row.place_id,
                rules.marked(row.title, places),
                rules.context(row.text, places) if row.text else (),
                row.remark,
                row.day,
            )
            for entry in group
            if (row := rows.get(entry))
        ]
        for name, group in shown.items()
    }

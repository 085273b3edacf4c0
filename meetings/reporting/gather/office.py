"""Whose papers they are, and the meeting as papers name it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from meetings.core.actor import Actor
from meetings.directory.queries import committee_of, names_of_committee
from meetings.meetings import words
from meetings.meetings.models import Meeting
from meetings.meetings.rules import place_in_series
from meetings.reporting.queries.sources import RECORDED
from reports.facts import Issuer, MeetingFacts


def issuer_of(actor: Actor, day: date) -> Issuer:
    """The body and its office as they were called on the day: two statements."""
    names, committee = names_of_committee(actor.committee_id, day), committee_of(actor)
    return Issuer(body=names.body, office=names.office, phone=committee.office_phone, hours=committee.office_hours)


def meeting_facts(meeting: Meeting) -> MeetingFacts:
    """Needs ``meeting.kind``."""
    return MeetingFacts(
        title=meeting.title,
        kind=meeting.kind.name,
        sequence=place_in_series(meeting),
        day_text=words.day_of(meeting),
        times=words.times_of(meeting),
        place="；".join(filter(None, (meeting.place, meeting.branch_places))),
        chair=chair_of(meeting),
        organiser=meeting.organiser,
    )


def chair_of(meeting: Meeting) -> str:
    """The chair as papers name them: post, then name."""
    return f"{meeting.chair_post}{meeting.chair_name}"


def was_held(meeting: Meeting) -> bool:
    """Whether the roll says who came; before, it holds the answers to the notice."""
    return meeting.status in RECORDED.statuses


def texts_of(prefilled: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a paper: those given, also where they were emptied, and the prefilled ones for the rest."""
    return {name: given.get(name, value) for name, value in prefilled.items()}


def lines(text: str) -> tuple[str, ...]:
    """What was typed, one entry a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def addressed(meeting: Meeting | None) -> str:
    """主送: the groups that were asked to the meeting, by their names; needs ``meeting.scopes`` with their groups."""
    groups = {scope.group.id: scope.group for scope in meeting.scopes} if meeting else {}
    ordered = sorted(groups.values(), key=lambda group: (group.position, group.id))
    return "，".join(group.name for group in ordered) or "各成员单位"

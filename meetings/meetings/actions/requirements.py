"""What a meeting asked for, sentence by sentence."""

from collections.abc import Collection

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.meetings import queries, rules
from meetings.meetings.models import Meeting, MeetingAction, Requirement, RequirementAim, Section
from meetings.numbering.actions import next_number
from meetings.plans.queries import open_lines


def add_requirement(
    meeting: Meeting,
    *,
    section: Section,
    text: str,
    speech_id: int | None = None,
    start: int | None = None,
    end: int | None = None,
    is_actionable: bool = True,
    by: Actor,
) -> Requirement:
    """Add a requirement; its number counts within the meeting and is never given again.

    ``start`` and ``end`` are character offsets into the speech's text. Raises ``DomainError``
    ``requirement.outside_text``, ``NotFound`` for a speech of another meeting, and what ``rules.next_status`` raises.
    """
    rules.next_status(meeting, MeetingAction.ADD_REQUIREMENTS, by)
    _check_place(meeting, speech_id, start, end)
    requirement = Requirement(
        committee_id=meeting.committee_id,
        meeting_id=meeting.id,
        number=next_number(meeting.committee_id, f"requirement:{meeting.id}", 0),
        section=section,
        text=text,
        speech_id=speech_id,
        start=start,
        end=end,
        is_actionable=is_actionable,
        set_aside_reason="",
    )
    db.session.add(requirement)
    db.session.flush()
    return requirement


def edit_requirement(requirement: Requirement, *, section: Section, text: str, is_actionable: bool, by: Actor) -> None:
    """Change section, wording and whether it is actionable; its place stays. Needs ``requirement.meeting``."""
    rules.next_status(requirement.meeting, MeetingAction.ADD_REQUIREMENTS, by)
    requirement.section, requirement.text, requirement.is_actionable = section, text, is_actionable


def serve(requirement: Requirement, names: Collection[str], *, by: Actor) -> None:
    """The requirement serves these goals and measures, named as ``goal-12``, and no others of the plans under way.

    Raises ``requirement.aim_unknown`` beside ``aims`` for one that is in no plan under way.
    """
    lines = {line.name: line for line in open_lines(by)}
    if not set(names) <= set(lines):
        raise DomainError("requirement.aim_unknown", field="aims")
    there = queries.aims_of(requirement)
    for name in dict.fromkeys(names):
        if name not in there:
            line = lines[name]
            db.session.add(RequirementAim(requirement_id=requirement.id, **{f"{line.noun}_id": line.id}))
    for name, row in there.items():
        if name in lines and name not in names:
            db.session.delete(row)
    db.session.flush()


def _check_place(meeting: Meeting, speech_id: int | None, start: int | None, end: int | None) -> None:
    if speech_id is None:
        if start is not None or end is not None:
            raise DomainError("requirement.outside_text", field="text")
        return
    rules.check_span(queries.find_speech(meeting, speech_id).text, start, end)

"""A draft as JSON: the names of docs/interface, with rules and places where they are asked for."""

from typing import Any

from meetings.reading.draft import Draft, Found, Requirement

Json = dict[str, Any]


def as_json(draft: Draft, *, explained: bool = False) -> Json:
    """The draft as plain values. ``explained`` adds the rule and the place of every result, and what else was read."""
    told: Json = {
        "title": _words(draft.title),
        "date": draft.date.isoformat() if draft.date else None,
        "date_text": _words(draft.date_text),
        "place": _words(draft.place),
        "kind": draft.kind,
        "people": [
            {"name": person.name, "posts": person.posts, "roles": [role.value for role in person.roles]}
            for person in draft.people
        ],
        "unit_speakers": [{"unit": each.unit, "role": each.role.value} for each in draft.unit_speakers],
        "attendee_groups": [each.text for each in draft.attendee_groups],
        "documents": [each.text for each in draft.documents],
        "requirements": [_requirement(each, explained=explained) for each in draft.requirements],
    }
    if draft.reason:
        told["reason"] = draft.reason
    if draft.warnings:
        told["warnings"] = draft.warnings
    if explained:
        told["found"] = {
            "title": _place(draft.title),
            "date_text": _place(draft.date_text),
            "place": _place(draft.place),
            "people": [[_place(found) for found in person.found] for person in draft.people],
            "unit_speakers": [_place(each.found) for each in draft.unit_speakers],
            "attendee_groups": [_place(each) for each in draft.attendee_groups],
            "documents": [_place(each) for each in draft.documents],
        }
    return told


def _requirement(each: Requirement, *, explained: bool) -> Json:
    told: Json = {
        "section": each.section.value,
        "speaker": each.speaker,
        "text": each.found.text,
        "start": each.found.start,
        "end": each.found.end,
        "actionable": each.is_actionable,
        "units": list(each.units),
        "deadline": str(each.deadline) if each.deadline else None,
    }
    if explained:
        told |= {
            "rule": each.found.rule,
            "why": each.why,
            "lead_units": list(each.lead_units),
            "cooperating_units": list(each.cooperating_units),
            "groups": list(each.groups),
            "deadline_words": each.deadline.words if each.deadline else None,
            "measures": [measure.text for measure in each.measures],
        }
    return told


def _words(found: Found | None) -> str | None:
    return found.text if found else None


def _place(found: Found | None) -> Json | None:
    return {"start": found.start, "end": found.end, "rule": found.rule} if found else None

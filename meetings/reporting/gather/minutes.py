"""会议纪要: the text of the minutes as it was saved, the tasks with units and days, who was there."""

from collections.abc import Mapping
from typing import Any

from meetings.core.actor import Actor
from meetings.meetings import queries, rules, words
from meetings.meetings.models import Meeting
from meetings.reporting.gather.office import addressed, issuer_of, lines, texts_of
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.tasks.models import Task, TaskStatus, UnitRole
from reports.facts import day_text
from reports.minutes import MeetingMinutes

TEXTS = ("title", "matters", "attended", "on_leave", "observers", "copies_to")
_LISTS = (("attended", "出席："), ("on_leave", "请假："), ("observers", "列席："))


def gather(
    meeting: Meeting, *, actor: Actor, moment: Moment, texts: Mapping[str, Any]
) -> tuple[MeetingMinutes, dict[str, Any]]:
    """Nine statements; needs ``meeting.kind`` and ``meeting.scopes`` with their groups."""
    minutes = queries.minutes_of(meeting)
    draft, lists = _parted(_draft(meeting))
    text, own_lists = _parted(minutes.text) if minutes and minutes.text else (draft, {})
    tasks = sources.tasks_with_units(sources.tasks_of_meeting(meeting, actor=actor))
    chosen = texts_of(
        {
            "title": meeting.title if meeting.title.endswith("纪要") else f"{meeting.title}纪要",
            "matters": "\n".join(_matter(task) for task in tasks if task.status is not TaskStatus.CANCELLED),
            **{name: own_lists.get(name, lists.get(name, "")) for name, _word in _LISTS},
            "copies_to": addressed(meeting),
        },
        texts,
    )
    data = MeetingMinutes(
        issuer=issuer_of(actor, meeting.held_on or moment.as_of),
        title=chosen["title"],
        text=text,
        day=(minutes.signed_on if minutes else None) or moment.as_of,
        matters=lines(chosen["matters"]),
        attended=chosen["attended"],
        on_leave=chosen["on_leave"],
        observers=chosen["observers"],
        copies_to=chosen["copies_to"],
    )
    return data, chosen


def _draft(meeting: Meeting) -> str:
    """What the page of the minutes proposes while nothing is written."""
    return rules.minutes_draft(
        rules.Record(
            meeting,
            queries.agenda_of(meeting),
            queries.speeches_of(meeting),
            queries.requirements_of(meeting),
            queries.roll_of(meeting),
            words.SPEECH_KINDS,
            words.POSTS_IN_GROUP,
        )
    )


def _parted(text: str) -> tuple[str, dict[str, str]]:
    """The text without its lists of who was there, and these lists: the standard sets them after the text."""
    kept, lists = [], {}
    for line in text.splitlines():
        name, word = next(((name, word) for name, word in _LISTS if line.startswith(word)), ("", ""))
        if name:
            lists[name] = line.removeprefix(word).rstrip("。 ")
        else:
            kept.append(line)
    return "\n".join(kept).strip(), lists


def _matter(task: Task) -> str:
    """排查…。由县教育局牵头，县民政局配合，2026年9月30日前完成。"""
    helpers = "、".join(part.unit.short_name for part in task.units if part.role is UnitRole.COOPERATING)
    lead = next(part.unit.short_name for part in task.units if part.role is UnitRole.LEAD)
    said = (f"由{lead}牵头", f"{helpers}配合" if helpers else "", f"{day_text(task.original_due_on)}前完成")
    return f"{task.title.rstrip('。')}。{'，'.join(filter(None, said))}。"

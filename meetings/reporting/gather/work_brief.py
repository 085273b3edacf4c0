"""工作简报: news of a meeting, begun from its record and finished by the office."""

from collections.abc import Mapping
from typing import Any

from meetings.core.actor import Actor
from meetings.meetings import queries, words
from meetings.meetings.models import Meeting, Section
from meetings.reporting.gather.office import chair_of, issuer_of, lines, texts_of
from meetings.reporting.gather.task_facts import Moment
from reports.work_brief import WorkBrief

TEXTS = ("title", "text", "source", "reviewed_by", "copies_to")


def gather(
    meeting: Meeting, *, actor: Actor, moment: Moment, texts: Mapping[str, Any]
) -> tuple[WorkBrief, dict[str, Any]]:
    """Four statements."""
    chosen = texts_of(
        {
            "title": f"{meeting.title}召开",
            "text": _text(meeting),
            "source": meeting.source or meeting.organiser,
            "reviewed_by": meeting.text_reviewer,
            "copies_to": "",
        },
        texts,
    )
    data = WorkBrief(
        issuer=issuer_of(actor, moment.as_of),
        title=chosen["title"],
        text="\n".join(lines(chosen["text"])),
        day=moment.as_of,
        source=chosen["source"],
        reviewed_by=chosen["reviewed_by"],
        copies_to=chosen["copies_to"],
    )
    return data, chosen


def _text(meeting: Meeting) -> str:
    """When, where and by whom; what was on the agenda; what was asked for, section by section."""
    chair = f"{chair_of(meeting)}主持会议。" if chair_of(meeting) else ""
    where = f"在{meeting.place}" if meeting.place else ""
    said = ["，".join(filter(None, (words.day_of(meeting), f"{meeting.title}{where}召开。{chair}")))]
    items = [item.title + (f"（{item.presenter}）" if item.presenter else "") for item in queries.agenda_of(meeting)]
    if items:
        said.append(f"会议议程有{len(items)}项：{'；'.join(items)}。")
    asked = queries.requirements_of(meeting)
    for section in Section:
        sentences = [each.text.rstrip("。；") for each in asked if each.section is section]
        if sentences:
            said.append(f"会议{words.SECTIONS[section]}，{'；'.join(sentences)}。")
    return "\n".join(said)

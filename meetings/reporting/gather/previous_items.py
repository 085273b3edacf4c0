"""上次会议议定事项落实情况: the requirements of the meeting before this one, as their tasks stand."""

from collections import Counter

from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.meetings import queries
from meetings.meetings.models import Meeting
from meetings.reporting.gather import meeting_progress
from meetings.reporting.gather.task_facts import Moment
from reports.facts import Count, day_text
from reports.meeting_progress import RequirementProgress
from reports.previous_items import PreviousItem, PreviousItems

_STANDINGS = {"finished": "已落实", "under_way": "办理中", "open": "未列任务", "set_aside": "写明不列"}


def gather(meeting: Meeting, *, actor: Actor, moment: Moment) -> PreviousItems:
    """What 会议任务落实情况报告 says of the previous meeting; raises ``DomainError("paper.no_previous")``."""
    if meeting.previous_id is None:
        raise DomainError("paper.no_previous", field="meeting")
    previous = queries.find(meeting.previous_id, actor=actor)
    told = meeting_progress.gather(previous, actor=actor, moment=moment)
    stood = Counter(_standing(each) for each in told.requirements if each.is_actionable)
    return PreviousItems(
        meeting=meeting.title,
        previous=told.title,
        previous_day=day_text(previous.held_on) if previous.held_on else previous.day_text,
        as_of=moment.as_of,
        items=tuple(
            PreviousItem(
                section=each.section,
                text=each.text,
                tasks=each.tasks,
                set_aside_reason=each.set_aside_reason,
                is_actionable=each.is_actionable,
            )
            for each in told.requirements
        ),
        counts=tuple(Count(label=word, value=stood[code], unit="条") for code, word in _STANDINGS.items()),
        states=told.states,
        other_tasks=told.other_tasks,
        rates=told.rates,
    )


def _standing(requirement: RequirementProgress) -> str:
    """As the meeting's own page counts it (``BenchItem.standing``), for any day."""
    if requirement.is_divided:
        live = [task for task in requirement.tasks if not task.is_cancelled]
        return "finished" if all(task.light.code in ("blue", "black") for task in live) else "under_way"
    return "set_aside" if requirement.set_aside_reason else "open"

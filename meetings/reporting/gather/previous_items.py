"""上次会议议定事项落实情况: the requirements of the meeting before this one, as their tasks stand."""

from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.meetings import queries
from meetings.meetings.models import Meeting
from meetings.reporting.gather import meeting_progress
from meetings.reporting.gather.task_facts import Moment
from reports.previous_items import PreviousItem, PreviousItems


def gather(meeting: Meeting, *, actor: Actor, moment: Moment) -> PreviousItems:
    """What 会议任务落实情况报告 says of the previous meeting; raises ``DomainError("paper.no_previous")``."""
    if meeting.previous_id is None:
        raise DomainError("paper.no_previous", field="meeting")
    previous = queries.find(meeting.previous_id, actor=actor)
    told = meeting_progress.gather(previous, actor=actor, moment=moment)
    return PreviousItems(
        meeting=meeting.title,
        previous=told.title,
        previous_day=told.day_text,
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
        states=told.states,
        rates=told.rates,
    )

"""会议任务落实情况报告: one meeting, requirement by requirement."""

from collections import defaultdict

from meetings.core.actor import Actor
from meetings.meetings import queries as meeting_queries
from meetings.meetings import words as meeting_words
from meetings.meetings.models import Meeting
from meetings.reporting.gather import task_facts as of_tasks
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from reports.facts import Rate, TaskFacts
from reports.meeting_progress import MeetingProgress, RequirementProgress

REST = "其他"
"""Of tasks of the meeting that rest on no sentence of it."""
DIVIDED_RULE = "已分解为任务或并入已有任务的要求条数 ÷ 可执行的要求条数（不含注明理由不列任务的）"


def gather(meeting: Meeting, *, actor: Actor, moment: Moment) -> MeetingProgress:
    """Every requirement with the tasks made of it, as the actor may see them; needs ``meeting.kind``."""
    found = sources.load(sources.tasks_of_meeting(meeting, actor=actor), until=moment.until)
    shown = of_tasks.task_facts(found, moment)
    joined = sources.load(sources.tasks_joined_to(meeting, actor=actor), until=moment.until)
    also = of_tasks.task_facts(joined, moment)
    by_requirement: dict[int | None, list[TaskFacts]] = defaultdict(list)
    for task in found.tasks:
        if task.id in shown:
            by_requirement[task.requirement_id].append(shown[task.id])
    # A task made elsewhere that answers a sentence of this meeting too stands under it, counted where it was made.
    for requirement_id, task_id in sources.answered_besides(meeting):
        if fact := shown.get(task_id) or also.get(task_id):
            by_requirement[requirement_id].append(fact)
    rows = []
    for requirement in meeting_queries.requirements_of(meeting):
        speech = requirement.speech
        rows.append(
            RequirementProgress(
                section=meeting_words.SECTIONS[requirement.section],
                text=requirement.text,
                speaker=speech.speaker_name or speech.speaker_post if speech else "",
                post=speech.speaker_post if speech and speech.speaker_name else "",
                citation=of_tasks.citation(requirement),
                is_actionable=requirement.is_actionable,
                tasks=tuple(by_requirement.pop(requirement.id, ())),
                set_aside_reason=requirement.set_aside_reason,
            )
        )
    # Tasks of the meeting that rest on no sentence of it stand at the end, under their own heading.
    rest = [task for tasks in by_requirement.values() for task in tasks]
    if rest:
        rows.append(RequirementProgress(section=REST, text="会议交办、没有对应要求的任务。", tasks=tuple(rest)))
    listed = [row for row in rows if row.is_actionable and not row.set_aside_reason and row.section != REST]
    stood = [
        (task, standing)
        for task in found.tasks
        if (standing := of_tasks.standing(task, found.events.get(task.id, ()), moment))
    ]
    return MeetingProgress(
        title=meeting.title,
        as_of=moment.as_of,
        requirements=tuple(rows),
        kind=meeting.kind.name,
        sequence=of_tasks.sequence_of(meeting),
        day_text=of_tasks.day_of(meeting),
        place="；".join(filter(None, [meeting.place, meeting.branch_places])),
        chair=f"{meeting.chair_post}{meeting.chair_name}",
        organiser=meeting.organiser,
        states=of_tasks.states(task.light for task in shown.values()),
        rates=(
            *of_tasks.rates(stood),
            Rate(
                label="要求分解率",
                numerator=sum(bool(row.tasks) for row in listed),
                denominator=len(listed),
                rule=DIVIDED_RULE,
            ),
        ),
    )

"""会议任务落实情况报告: one meeting, requirement by requirement."""

from meetings.core.actor import Actor
from meetings.meetings import words as meeting_words
from meetings.meetings.models import Meeting
from meetings.reporting.gather import task_facts as of_tasks
from meetings.reporting.gather.office import meeting_facts
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.tasks.queries import BenchItem, bench
from reports.facts import Rate, TaskFacts
from reports.meeting_progress import MeetingProgress, RequirementProgress

DIVIDED_RULE = "已分解为任务或并入已有任务的要求条数 ÷ 可执行的要求条数（不含注明理由不列任务的）"


def gather(meeting: Meeting, *, actor: Actor, moment: Moment, is_full: bool = True) -> MeetingProgress:
    """Every requirement with its tasks, as the actor may see them; needs ``meeting.kind``.

    A task made elsewhere that answers a sentence of this meeting too, and one of the requirement that a sentence was
    carried over from, stand under it and are counted where they were made.
    """
    items = bench(meeting, actor=actor).items
    of_requirements = [task.id for item in items for task in item.tasks]
    found = sources.load(sources.tasks_of_meeting(meeting, actor=actor, also=of_requirements), until=moment.until)
    shown = of_tasks.task_facts(found, moment)
    rows = [_requirement(item, shown) for item in items]
    held = frozenset(of_requirements)
    own = {task.id for task in found.tasks if task.meeting_id == meeting.id}
    listed = [row for row in rows if row.outcome in ("divided", "open", "carried_on")]
    stood = [
        (task, standing)
        for task in found.tasks
        if task.id in own and (standing := of_tasks.standing(task, found.events.get(task.id, ()), moment))
    ]
    facts = meeting_facts(meeting)
    return MeetingProgress(
        title=facts.title,
        as_of=moment.as_of,
        requirements=tuple(rows),
        kind=facts.kind,
        sequence=facts.sequence,
        day_text=facts.when,
        place=facts.place,
        chair=facts.chair,
        organiser=facts.organiser,
        states=of_tasks.states(task.light for id_, task in shown.items() if id_ in own),
        rates=(
            *of_tasks.rates(stood),
            Rate(
                label="要求分解率",
                numerator=sum(row.is_divided for row in listed),
                denominator=len(listed),
                rule=DIVIDED_RULE,
            ),
        ),
        other_tasks=tuple(task for id_, task in shown.items() if id_ not in held),
        made_count=len(shown.keys() & own & held),
        joined_count=len((shown.keys() & held) - own),
        is_full=is_full,
    )


def _requirement(item: BenchItem, shown: dict[int, TaskFacts]) -> RequirementProgress:
    requirement, speech = item.requirement, item.requirement.speech
    return RequirementProgress(
        section=meeting_words.SECTIONS[requirement.section],
        text=requirement.text,
        speaker=speech.speaker_name or speech.speaker_post if speech else "",
        post=speech.speaker_post if speech and speech.speaker_name else "",
        citation=of_tasks.citation(requirement),
        is_actionable=requirement.is_actionable,
        tasks=tuple(shown[task.id] for task in item.tasks if task.id in shown),
        set_aside_reason=requirement.set_aside_reason,
        is_carried_on=item.is_carried_on,
    )

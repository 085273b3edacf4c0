"""延期审批单: one request for more time, with the opinions given so far."""

from meetings.core import clock
from meetings.reporting.gather.task_facts import source_of
from meetings.tasks import rules
from meetings.tasks.models import ExtensionStatus, TaskEvent, TaskExtension
from reports.extension_form import ExtensionForm
from reports.opinions import NOT_YET, Opinion

_DECISIONS = {ExtensionStatus.GRANTED: "同意", ExtensionStatus.REFUSED: "不同意"}


def gather(case: TaskExtension, *, times: int) -> ExtensionForm:
    """The form of a case loaded with its steps and its task; ``times`` counts the extensions granted before."""
    task = case.task
    needs_leader = rules.needs_leader_decision(task, task.requirement.section if task.requirement else None)
    decided = case.decided_event if case.status in _DECISIONS else None
    by_leader = needs_leader and decided is not None and bool(decided.signed_by)
    return ExtensionForm(
        number=task.number or "",
        title=task.title,
        lead_unit=task.lead_unit.name,
        source=source_of(task),
        original_due_on=task.original_due_on,
        due_on=case.due_on,
        asked_due_on=case.asked_due_on,
        asked_on=clock.local(case.asked_event.done_at).date(),
        asked_by=case.asked_event.done_by_name,
        times=times,
        reason=case.reason,
        progress=case.progress,
        unit=_opinion(case.unit_event, "同意"),
        office=_on_line(decided) if by_leader else _opinion(decided, _DECISIONS.get(case.status, "")),
        leader=_opinion(decided, "同意") if by_leader else NOT_YET,
        needs_leader=needs_leader,
        decision=_DECISIONS.get(case.status, ""),
        decided_due_on=case.decided_due_on,
        decided_on=clock.local(decided.done_at).date() if decided else None,
    )


def _opinion(event: TaskEvent | None, plain: str) -> Opinion:
    """What was said in a step, on line or on paper; ``plain`` where nothing was written."""
    if event is None:
        return NOT_YET
    if not event.signed_by:
        return _on_line(event, plain)
    return Opinion(
        words=event.signed_words or event.note or plain,
        signer=event.signed_by,
        on=event.signed_on,
        manner="线下签批，代录",
    )


def _on_line(event: TaskEvent | None, plain: str = "") -> Opinion:
    if event is None:
        return NOT_YET
    return Opinion(words=event.note or plain, signer=event.done_by_name, on=clock.local(event.done_at).date())

"""Papers that urge: 催办通知 and 督办通知单. Each drafted one is a step on its tasks."""

from meetings.core.actor import Actor
from meetings.reporting.catalogue.entry import Content, Entry, Parameters
from meetings.reporting.gather import reminder_notice as gather_reminder
from meetings.reporting.gather import supervision_notice as gather_notice
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.supervision import queries as supervision
from meetings.supervision.models import IssuedBy
from meetings.tasks import queries as tasks
from reports import reminder_notice, supervision_notice


def _supervision_notice(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    task = tasks.find(chosen["task"], actor=actor)
    ladder = supervision.ladder(actor.committee_id)
    data, texts = gather_notice.gather(task, ladder=ladder, actor=actor, moment=moment, texts=chosen)
    signer = "leader" if ladder.issued_by is IssuedBy.COMMITTEE else "office_director"
    said = f"任务：{task.number} {task.title}"
    body = data.issuer.body if ladder.issued_by is IssuedBy.COMMITTEE else data.issuer.office
    return Content(
        data,
        data.title,
        said,
        task.lead_unit_id,
        moment.as_of,
        texts,
        signer=signer,
        task_ids=(task.id,),
        signer_posts=f"{body}{ladder.signer_post}",
    )


def _reminder_notice(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    unit = sources.find_unit(chosen["unit"], actor=actor)
    data, texts = gather_reminder.gather(unit, actor=actor, moment=moment, texts=chosen)
    late = tuple(row.id for row in gather_reminder.late_tasks(unit, actor=actor, moment=moment))
    return Content(data, data.title, f"单位：{unit.name}", unit.id, moment.as_of, texts, task_ids=late)


ENTRIES = (
    Entry(
        "supervision-notice",
        "supervision",
        "tasks.supervise",
        ("task",),
        frozenset({"task"}),
        _supervision_notice,
        supervision_notice.compose,
        texts=gather_notice.TEXTS,
        style="official",
        signer="leader",
    ),
    Entry(
        "reminder-notice",
        "supervision",
        "tasks.supervise",
        ("unit",),
        frozenset({"unit"}),
        _reminder_notice,
        reminder_notice.compose,
        texts=gather_reminder.TEXTS,
        style="official",
        needs_late=True,
    ),
)

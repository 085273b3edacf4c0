"""督办通知单: one task that its lead is to finish, what it rests on, by when to answer; and the answer on its form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from meetings.core.actor import Actor
from meetings.reporting.gather.office import issuer_of, lines, texts_of
from meetings.reporting.gather.task_facts import Moment, source_of
from meetings.supervision.models import IssuedBy, SupervisionStep
from meetings.supervision.rules import Ladder
from meetings.tasks.models import Task, UnitRole
from meetings.tasks.rules import light_of
from meetings.tasks.words import in_chinese, reason_of
from reports.facts import day_text
from reports.opinions import Opinion
from reports.supervision_notice import SupervisionAnswer, SupervisionNotice

TEXTS = (
    "title",
    "addressees",
    "matter",
    "basis",
    "demands",
    "due_on",
    "answer_by",
    "manner",
    "contact",
    "copies_to",
)
_ANSWER_WORKING_DAYS = 5
_EXPLAIN = "说明未按期办结的原因、下一步措施和完成时间。"
_MANNER = "反馈单由主要负责人签字并加盖公章后，在系统填报或送办公室。"


def gather(
    task: Task, *, ladder: Ladder, actor: Actor, moment: Moment, texts: Mapping[str, Any]
) -> tuple[SupervisionNotice, dict[str, Any]]:
    """The notice to the task's lead, two statements; ``task`` is loaded in full."""
    by = moment.rule.calendar.add(moment.as_of, _ANSWER_WORKING_DAYS)
    light = light_of(task, moment.rule)
    said = f"，{reason_of(light, in_chinese)}" if light else ""
    unmet = "；".join(each.text.rstrip("。；") for each in task.standards if each.met_at is None)
    basis = "；".join(filter(None, (source_of(task), task.basis))).rstrip("。")
    chosen = texts_of(
        {
            "title": f"关于{task.title}的督办通知"[:100],
            "addressees": task.lead_unit.name,
            "matter": f"{task.title}（任务编号{task.number}），时限{day_text(task.due_on)}{said}。",
            "basis": f"{basis}。" if basis else "",
            "demands": "\n".join(
                filter(None, [f"对照完成标准办结，尚未达到的有：{unmet}。" if unmet else "", _EXPLAIN])
            ),
            "due_on": task.due_on if task.due_on >= moment.as_of else by,
            "answer_by": by,
            "manner": _MANNER,
            "contact": "",
            "copies_to": "",
        },
        texts,
    )
    data = SupervisionNotice(
        issuer=issuer_of(actor, moment.as_of),
        title=chosen["title"],
        addressees=chosen["addressees"],
        matter=chosen["matter"],
        basis=chosen["basis"],
        demands=lines(chosen["demands"]),
        cooperating_units=tuple(part.unit.name for part in task.units if part.role is UnitRole.COOPERATING),
        due_on=chosen["due_on"],
        answer_by=chosen["answer_by"],
        manner=chosen["manner"],
        contact=chosen["contact"],
        copies_to=chosen["copies_to"],
        day=moment.as_of,
        issued_by="committee" if ladder.issued_by is IssuedBy.COMMITTEE else "office",
    )
    return data, chosen


def answered(notice: SupervisionNotice, step: SupervisionStep) -> SupervisionNotice:
    """The notice with its second part as it was filled in; needs ``step.notice``."""
    second = step.notice
    if second is None:
        return notice
    return replace(
        notice,
        answer=SupervisionAnswer(
            received_on=second.received_on,
            received_by=second.received_by,
            result=step.answer,
            unit=Opinion(words=second.unit_opinion, signer=second.unit_signer, on=second.unit_signed_on),
            office=Opinion(words=second.office_opinion, signer=second.office_signer, on=second.office_signed_on),
            leader=Opinion(words=second.leader_opinion, signer=second.leader_signer, on=second.leader_signed_on),
        ),
    )

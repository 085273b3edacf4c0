"""延期审批单 (``extension-form``): why a task needs more time, what was done, who agrees, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Facts, Fields, Note, Report, Value
from reports.facts import NONE, day_text
from reports.opinions import NOT_YET, Opinion, opinion_box


@dataclass(frozen=True, kw_only=True)
class ExtensionForm:
    """A case of extension. ``original_due_on`` never changes; ``due_on`` is the day in force when it was asked.

    ``times`` counts the extensions granted before. ``decision`` is 同意 or 不同意, empty while it is open, with
    ``decided_due_on`` and ``decided_on``. ``needs_leader`` asks for the leader's opinion: the task rests on an
    instruction or a resolution.
    """

    number: str
    title: str
    lead_unit: str
    original_due_on: date
    due_on: date
    asked_due_on: date
    reason: str
    source: str = ""
    asked_on: date | None = None
    asked_by: str = ""
    times: int = 0
    progress: str = ""
    unit: Opinion = NOT_YET
    office: Opinion = NOT_YET
    leader: Opinion = NOT_YET
    needs_leader: bool = False
    decision: str = ""
    decided_due_on: date | None = None
    decided_on: date | None = None


def compose(form: ExtensionForm) -> Report:
    """The form on one page."""
    return Report(title="任务延期审批单", body=_body(form))


def _body(form: ExtensionForm) -> Iterator[Block]:
    yield Facts(tuple(_facts(form)))
    boxes = [
        ("延期理由", form.reason, 5),
        ("目前进展", form.progress, 5),
        opinion_box("单位意见", form.unit, 4),
        opinion_box("办公室意见", form.office, 4),
    ]
    if form.needs_leader:
        boxes.append(opinion_box("领导意见", form.leader, 4))
    yield Fields((*boxes, ("审批结论", _decision(form), 3)))
    yield Note("原定时限不因延期改变；按期率按两个时限分别计算，未经批准逾期的按原定时限计。")


def _facts(form: ExtensionForm) -> Iterator[tuple[str, Value]]:
    yield "任务编号", form.number or NONE
    yield "牵头单位", form.lead_unit
    yield "任务名称", form.title
    if form.source:
        yield "任务来源", form.source
    yield "原定时限", form.original_due_on
    yield "现定时限", form.due_on
    yield "申请延至", form.asked_due_on
    yield "已延次数", f"{form.times}次"
    yield "申 请 人", form.asked_by
    yield "申请时间", form.asked_on


def _decision(form: ExtensionForm) -> str:
    if not form.decision:
        return "□ 同意延期至　　　　年　　月　　日　　□ 不同意"
    until = f"，延期至{day_text(form.decided_due_on)}" if form.decided_due_on else ""
    on = f"（{day_text(form.decided_on)}）" if form.decided_on else ""
    return f"{form.decision}{until}{on}"

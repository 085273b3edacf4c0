"""What the office sends to write a task down: its words, its units, its dates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import Form as Fields

from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
    ChoicesField,
    DayField,
    EditForm,
    LongTextField,
    NumberField,
    RadioField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.plans.forms.aims import AimsField
from meetings.plans.queries import OpenLine
from meetings.tasks import words
from meetings.tasks.forms.rows import Row, RowsField, RowsForm
from meetings.tasks.models import ReportingCycle, Task, TaskSource, Urgency
from meetings.tasks.rules import lines_of

MOST_STANDARDS = 20
LONGEST_STANDARD = 500


class StageFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """A 序时节点: by which day what is to stand."""

    due_on = DayField(N_("节点日期"))
    text = TextField(N_("到时应做到"), max_length=300)


class QuantityFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """Something to be counted."""

    name = TextField(N_("名称"), max_length=50)
    measure = TextField(N_("计量单位"), max_length=20)
    target = NumberField(N_("目标数"), required=False)


class TaskFields:
    """The fields of a task; in a new one and in one that is edited."""

    title = TextField(N_("任务"), hint=N_("写清做什么，一句话。"))
    content = LongTextField(
        N_("任务内容"), required=False, rows=4, hint=N_("范围、口径和要求。标题已经写清的可以不填。")
    )
    standards = LongTextField(
        N_("完成标准"),
        required=False,
        rows=4,
        hint=N_("一行一条，办结时逐条核对。"),
        max_length=MOST_STANDARDS * LONGEST_STANDARD,
    )
    lead_unit_id = ChoiceField(N_("牵头单位"), coerce=int)
    cooperating_unit_ids = ChoicesField(N_("配合单位"), coerce=int)
    due_on = DayField(N_("完成时限"), hint=N_("原文没有写明时限的，由办公室确定，系统不代填。"))
    urgency = RadioField(N_("紧急程度"), choices=choices_of(words.URGENCIES), coerce=Urgency, default=Urgency.NORMAL)
    quantities = RowsField(
        N_("可计数的目标"), QuantityFields, spare=1, hint=N_("如“排查学校，所，28”。填了目标数的，按完成数计算进展。")
    )
    stages = RowsField(N_("序时节点"), StageFields, spare=1, hint=N_("到某日应做到什么；未按节点完成的亮黄灯。"))
    reporting_cycle = RadioField(
        N_("报送周期"),
        choices=choices_of(words.REPORTING_CYCLES),
        coerce=ReportingCycle,
        default=ReportingCycle.QUARTERLY,
    )
    reporting_day = WholeNumberField(
        N_("报送日"),
        least=1,
        most=28,
        default=5,
        hint=N_("按季、按月报送的，填期满后第几日前报（1至28）；按周报送的，填星期几（1至5）。"),
    )
    reporting_reason = TextField(
        N_("按月或按周报送的理由"), required=False, hint=N_("减轻基层负担：比按季更密的报送须写明理由。")
    )
    evidence_reason = TextField(N_("要求佐证材料的理由"), required=False, hint=N_("不填就不要求附材料。"))
    source = ChoiceField(
        N_("任务来源"), choices=choices_of(words.SOURCES), coerce=TaskSource, default=TaskSource.OFFICE
    )
    source_text = TextField(N_("来源说明"), required=False, max_length=500, hint=N_("文件名称和文号、批示人和日期等。"))
    basis = TextField(
        N_("职责依据"), required=False, max_length=300, hint=N_("交给牵头单位的依据，如“三定”规定、任务分工方案。")
    )
    aims = AimsField(N_("本任务落实的规划目标、措施、指标"))
    weight = WholeNumberField(N_("权重"), least=1, most=100, default=1, hint=N_("上级任务的进展按各子任务权重计算。"))

    if False:  # the fields below come from the form that this is mixed into
        errors: Any

    def _set_units(self, units: Sequence[Choice]) -> None:
        self.lead_unit_id.choices = list(units)
        self.cooperating_unit_ids.choices = list(units)
        self.lead_unit_id.render_kw = self.cooperating_unit_ids.render_kw = {"data-picker": "yes"}

    def _check(self) -> bool:
        """What one form can tell by itself; rules look at the rest."""
        valid = True
        if self.lead_unit_id.data and self.lead_unit_id.data in (self.cooperating_unit_ids.data or []):
            self._say(self.cooperating_unit_ids, _("牵头单位不能同时是配合单位，请去掉一处"))
            valid = False
        items = lines_of(self.standards.data)
        if len(items) > MOST_STANDARDS:
            self._say(
                self.standards, _("完成标准最多 %(most)s 条，现有 %(count)s 条", most=MOST_STANDARDS, count=len(items))
            )
            valid = False
        for place, item in enumerate(items, start=1):
            if len(item) > LONGEST_STANDARD:
                self._say(
                    self.standards, _("完成标准第 %(place)s 条超过 %(most)s 字", place=place, most=LONGEST_STANDARD)
                )
                valid = False
        if self.due_on.data:
            for row in self.stages.filled:
                if row.form.due_on.data and row.form.due_on.data > self.due_on.data:
                    self._say(row.form.due_on, _("节点日期不能晚于完成时限"))
                    valid = False
        return valid

    @staticmethod
    def _say(field: Any, message: str) -> None:
        field.errors = [*field.errors, message]


class DraftTaskForm(TaskFields, RowsForm):
    """A new task."""

    keeps_draft = "task"
    is_told_apart = CheckField(N_("已核对，与上列任务不重复，仍要新建"))

    def __init__(
        self,
        *args: Any,
        units: Sequence[Choice],
        lines: Iterable[OpenLine] = (),
        has_parent: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._set_units(units)
        self.aims.offer(lines)
        if not has_parent:
            del self.weight

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        return self._check() and valid

    @property
    def payload(self) -> dict[str, Any]:
        told = {name: value for name, value in super().payload.items() if name not in {"aims", "is_told_apart"}}
        return {**told, "standards": lines_of(self.standards.data)}


class EditTaskForm(TaskFields, EditForm, RowsForm):
    """A task that was written down already; the date is fixed once it is issued."""

    keeps_draft = "task_edit"

    def __init__(
        self,
        *args: Any,
        units: Sequence[Choice],
        lines: Iterable[OpenLine] = (),
        has_parent: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._set_units(units)
        self.aims.offer(lines)
        if not has_parent:
            del self.weight

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        return self._check() and valid

    @property
    def payload(self) -> dict[str, Any]:
        told = {name: value for name, value in super().payload.items() if name != "aims"}
        return {**told, "standards": lines_of(self.standards.data)}

    @classmethod
    def values_of(cls, row: Task) -> dict[str, Any]:
        """The fields of a task whose parts were loaded."""
        return super().values_of(row) | {
            "standards": "\n".join(standard.text for standard in row.standards),
            "cooperating_unit_ids": [part.unit_id for part in row.units if part.unit_id != row.lead_unit_id],
            "stages": [Row(due_on=stage.due_on, text=stage.text) for stage in row.stages],
            "quantities": [Row(name=q.name, measure=q.measure, target=q.target) for q in row.quantities],
        }

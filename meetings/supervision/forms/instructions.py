"""Forms of 批示."""

from collections.abc import Sequence
from typing import Any

from meetings.approvals.forms import SignedForm
from meetings.core.forms import Choice, ChoiceField, DayField, Form, LongTextField, TextField
from meetings.core.i18n import N_


class InstructForm(SignedForm):
    """What a leader writes; the office enters it from the signed page."""

    keeps_draft = "instruct"

    text = LongTextField(N_("批示内容"), max_length=2000, rows=5, hint=N_("代录的照纸上原文录入。"))
    answer_by = DayField(N_("答复期限"), required=False)


class AnswerInstructionForm(Form):
    keeps_draft = "answer_instruction"

    answer = LongTextField(N_("办理答复"), max_length=2000, rows=6, hint=N_("办了什么、结果如何、还要做什么。"))


class InstructionTaskForm(Form):
    """A task that comes of an instruction: what, who, by when."""

    keeps_draft = "instruction_task"

    title = TextField(N_("任务名称"), max_length=200)
    lead_unit_id = ChoiceField(N_("牵头单位"), coerce=int, empty=N_("请选择"))
    due_on = DayField(N_("完成时限"))

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead_unit_id.choices = list(units)
        self.lead_unit_id.render_kw = {"data-picker": "yes"}

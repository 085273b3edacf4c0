"""What is sent to draw a sample of closed tasks, and to write down a finding."""

from collections.abc import Sequence
from typing import Any

from meetings.core.forms import (
    Choice,
    ChoiceField,
    DayField,
    EditForm,
    Form,
    LongTextField,
    RadioField,
    TextField,
    WholeNumberField,
)
from meetings.core.i18n import N_
from meetings.tasks.models import LookBackOutcome
from meetings.tasks.rules import MOST_SAMPLED
from meetings.tasks.words import LOOK_BACK_OUTCOMES


class DrawForm(Form):
    title = TextField(N_("名称"), max_length=100, hint=N_("如“2026年上半年销号任务回头看”。"))
    year = WholeNumberField(N_("销号年份"), least=2000, most=2100)
    unit_id = ChoiceField(N_("牵头单位"), coerce=int, required=False, empty=N_("不限"))
    sample_size = WholeNumberField(N_("抽查件数"), least=1, most=MOST_SAMPLED, default=5)
    seed = TextField(
        N_("抽样种子"),
        required=False,
        max_length=20,
        hint=N_("不填由系统随机取。种子会记录在案，用同一个种子重抽，结果相同。"),
    )

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = list(units)
        self.unit_id.render_kw = {"data-picker": "yes"}


class FindingForm(EditForm):
    keeps_draft = "finding"
    outcome = RadioField(
        N_("结果"),
        choices=[(code.value, words) for code, words in LOOK_BACK_OUTCOMES.items() if code != LookBackOutcome.PENDING],
        coerce=LookBackOutcome,
    )
    findings = LongTextField(
        N_("核查情况"), max_length=2000, rows=5, hint=N_("看了什么、问了谁、与销号时所报是否一致。")
    )
    checked_on = DayField(N_("核查日期"))

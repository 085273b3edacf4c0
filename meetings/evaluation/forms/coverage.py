"""What the office sends to ask units for values."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.core.forms import ChoicesField, DayField, Form, LongTextField, TextField
from meetings.core.i18n import N_


class AskForValuesForm(Form):
    keeps_draft = "ask_for_values"
    title = TextField(N_("期次名称"), max_length=100)
    indicator_ids = ChoicesField(
        N_("催填的指标"), coerce=int, required=True, hint=N_("按填报单位列出，各单位只收到自己的。")
    )
    due_on = DayField(N_("报送截止日"))
    note = LongTextField(N_("填报说明"), required=False, max_length=1000, rows=3, hint=N_("各单位填报时看到。"))

    def __init__(self, *args: Any, indicators: Mapping[str, Sequence[tuple[int, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator_ids.choices = {unit: list(choices) for unit, choices in indicators.items()}

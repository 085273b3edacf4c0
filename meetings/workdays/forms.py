"""Forms of working days."""

from typing import Any

from meetings.core.forms import DayField, Form, RadioField, TextField
from meetings.core.i18n import N_
from meetings.workdays.words import WORKING


class OverrideForm(Form):
    day = DayField(N_("日期"))
    works = RadioField(N_("本办公室这一天"), choices=list(WORKING.items()))
    note = TextField(N_("依据"), required=False, max_length=100, hint=N_("如：县政府办放假通知、古尔邦节放假。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personal_data_confirmed.data = False  # a day needs nobody's number

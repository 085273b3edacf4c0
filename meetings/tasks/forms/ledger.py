"""What the ledger's filter bar asks for; it stays in the address."""

from functools import cache
from typing import Any

from meetings.core.forms import ChoiceField, DayField, DrawnChoices, Form, TextField
from meetings.core.i18n import N_, locale
from meetings.core.i18n import gettext as _
from meetings.tasks import words
from meetings.tasks.models import TaskStatus
from meetings.tasks.rules import LightCode


@cache
def _codes(_locale: str, statuses: frozenset[TaskStatus]) -> tuple[DrawnChoices, DrawnChoices]:
    """Those statuses and all lights, in the reader's language."""
    return (
        DrawnChoices((status.value, _(word)) for status, word in words.STATUSES.items() if status in statuses),
        DrawnChoices((code.value, _(word)) for code, word in words.LIGHT_NAMES.items()),
    )


class FilterForm(Form):
    """A GET form: what is wrong in an address is said and left out."""

    q = TextField(N_("关键字"), required=False)
    meeting = ChoiceField(N_("会议"), coerce=int, required=False)
    unit = ChoiceField(N_("单位"), coerce=int, required=False)
    status = ChoiceField(N_("状态"), coerce=TaskStatus, required=False)
    light = ChoiceField(N_("灯"), coerce=LightCode, required=False)
    due_from = DayField(N_("时限从"), required=False)
    due_to = DayField(N_("时限到"), required=False)

    def __init__(
        self, formdata: Any, *, meetings: DrawnChoices, units: DrawnChoices, statuses: frozenset[TaskStatus]
    ) -> None:
        super().__init__(formdata, meta={"csrf": False})
        self.meeting.choices = meetings
        self.unit.choices = units
        self.status.choices, self.light.choices = _codes(locale(), statuses)
        self.unit.render_kw = {"data-picker": "yes"}
        self.q.render_kw = {"placeholder": _("编号、任务")}
        self.validate()
        if self.due_from.data and self.due_to.data and self.due_from.data > self.due_to.data:
            self.due_to.errors = [_("时限的起日应不晚于止日")]

    @property
    def mistakes(self) -> list[str]:
        """What could not be read of the address."""
        return [str(message) for field in self for message in field.errors]

    def value(self, name: str) -> Any:
        """What a field holds, if it can be relied on."""
        return None if self[name].errors else self[name].data or None

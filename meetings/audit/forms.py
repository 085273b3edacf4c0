"""Filters of the logs."""

from collections.abc import Iterable
from typing import Any

from meetings.audit.words import ACCESSES
from meetings.core.forms import Choice, ChoiceField, DayField, Form, TextField, WholeNumberField, choices_of
from meetings.core.i18n import N_


class _Filter(Form):
    """A GET form: what cannot be read narrows nothing and says so."""

    class Meta(Form.Meta):
        csrf = False

    first = DayField(N_("日期从"), required=False)
    last = DayField(N_("日期到"), required=False)


class ChangesFilter(_Filter):
    who = TextField(N_("办理人"), required=False, max_length=100)
    subject = ChoiceField(N_("对象"), required=False)
    subject_id = WholeNumberField(N_("编号"), required=False, least=1, most=2_147_483_647)

    def __init__(self, *args: Any, subjects: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject.choices = list(subjects)


class AccessesFilter(_Filter):
    who = TextField(N_("账号、对象、地址"), required=False, max_length=100)
    kind = ChoiceField(N_("类别"), required=False, choices=choices_of(ACCESSES))
    subject_id = WholeNumberField(N_("账号编号"), required=False, least=1, most=2_147_483_647)

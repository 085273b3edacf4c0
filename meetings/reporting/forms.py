"""What a paper asks before it is made."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from meetings.core.forms import ChoiceField, DayField, Form
from meetings.core.i18n import N_, day
from meetings.core.i18n import gettext as _
from meetings.reporting.words import COLUMN_SETS


class PaperForm(Form):
    """The parameters of one kind of paper; the fields it does not ask for are taken out when the form is made."""

    meeting = ChoiceField(N_("会议"), coerce=int, required=False, empty=N_("不限"))
    unit = ChoiceField(N_("单位"), coerce=int, required=False, empty=N_("不限"))
    columns = ChoiceField(
        N_("栏目"), choices=list(COLUMN_SETS.items()), required=False, empty=N_("交办：内容、标准、单位、时限")
    )
    as_of = DayField(N_("截至日期"), required=False, hint=N_("不填为今天。填以前的日期，按当日的办理情况列出。"))

    def __init__(
        self,
        *args: Any,
        asks: Sequence[str],
        needs: frozenset[str],
        meetings: Sequence[tuple[int, str, date | None]] = (),
        units: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs = needs
        for name in needs:
            self[name].empty = N_("请选择")
        self.meeting.choices = [(id_, f"{title}（{day(held)}）" if held else title) for id_, title, held in meetings]
        self.unit.choices = list(units)
        for name in ("meeting", "unit", "columns", "as_of"):
            if name not in asks:
                del self[name]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        for name in sorted(self.needs):
            field = self[name]
            if field.data is None and not field.errors:
                field.errors = [_("请选择%(label)s", label=_(field.label.text))]
                valid = False
        return valid

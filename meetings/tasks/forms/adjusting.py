"""What is sent to change a task under way, to split it or to take others into it."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Form as Fields

from meetings.approvals.forms import SignedForm
from meetings.core.forms import Choice, ChoiceField, ChoicesField, DayField, EditForm, LongTextField, TextField
from meetings.core.i18n import N_
from meetings.tasks.forms.drafting import LONGEST_STANDARD, MOST_STANDARDS
from meetings.tasks.forms.rows import RowsField, RowsForm
from meetings.tasks.models import Task
from meetings.tasks.rules import lines_of

MOST_PIECES = 10


class AdjustForm(SignedForm, EditForm):
    keeps_draft = "adjust"
    lead_unit_id = ChoiceField(N_("牵头单位"), coerce=int)
    cooperating_unit_ids = ChoicesField(N_("配合单位"), coerce=int)
    standards = LongTextField(
        N_("完成标准"),
        required=False,
        rows=4,
        hint=N_("一行一条；文字不变的，已记为达到的仍然有效。"),
        max_length=MOST_STANDARDS * LONGEST_STANDARD,
    )
    due_on = DayField(N_("现定时限"), hint=N_("原定时限不变。"))
    reason = LongTextField(N_("调整理由"), max_length=500, rows=3, hint=N_("承办单位看得到。"))

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead_unit_id.choices = self.cooperating_unit_ids.choices = list(units)
        self.lead_unit_id.render_kw = self.cooperating_unit_ids.render_kw = {"data-picker": "yes"}

    @property
    def payload(self) -> dict[str, Any]:
        return {**super().payload, "standards": lines_of(self.standards.data)}

    @classmethod
    def values_of(cls, row: Task) -> dict[str, Any]:
        """The fields of a task whose parts were loaded."""
        return {
            "version": row.version,
            "lead_unit_id": row.lead_unit_id,
            "cooperating_unit_ids": [part.unit_id for part in row.units if part.unit_id != row.lead_unit_id],
            "standards": "\n".join(standard.text for standard in row.standards),
            "due_on": row.due_on,
        }


class PieceFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """One of the tasks that a task is split into."""

    title = TextField(N_("任务"))
    lead_unit_id = ChoiceField(N_("牵头单位"), coerce=int)
    due_on = DayField(N_("完成时限"))
    standards = TextField(N_("完成标准"), required=False, max_length=LONGEST_STANDARD)


class SplitForm(SignedForm, RowsForm):
    keeps_draft = "split"
    pieces = RowsField(
        N_("拆分为"), PieceFields, spare=2, most=MOST_PIECES, hint=N_("至少两件，各自编号、各自签收报送；一行一件。")
    )
    reason = LongTextField(N_("拆分理由"), max_length=500, rows=3, hint=N_("承办单位看得到。"))

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        self.set_units()

    def set_units(self) -> None:
        """The units to choose from, also in rows that were added."""
        for row in self.pieces.entries:
            row.form.lead_unit_id.choices = self.units


class MergeForm(SignedForm):
    keeps_draft = "merge"
    numbers = TextField(
        N_("并入哪些任务"), max_length=200, hint=N_("写任务编号，几件的用顿号隔开，如“2026-012、2026-015”。")
    )
    reason = LongTextField(N_("合并理由"), max_length=500, rows=3, hint=N_("承办单位看得到。"))

    @property
    def wanted(self) -> list[str]:
        """The numbers that were typed, each once."""
        return list(dict.fromkeys(re.findall(r"\d{4}-\d+", self.numbers.data or "")))

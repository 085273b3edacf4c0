"""What the office sends about a round, and what a unit sends for all of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from meetings.core.forms import (
    ChoicesField,
    DayField,
    EditForm,
    Form,
    LongTextField,
    RadioField,
    TextField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.directory.models import UnitGroup
from meetings.directory.queries import PickableChoice
from meetings.rounds import words
from meetings.rounds.models import ReportingRound, RoundCycle
from meetings.tasks.forms.reporting import PeriodField, PeriodForm

_SEPARATORS = re.compile(r"[、，,；;\s]+")


class RoundForm(EditForm):
    """A round: when, and of whom."""

    keeps_draft = "round"
    title = TextField(N_("名称"), max_length=100)
    cycle = RadioField(
        N_("多久一次"), choices=choices_of(words.CYCLES), coerce=RoundCycle, default=RoundCycle.QUARTERLY
    )
    cycle_reason = TextField(N_("每月、每周报送的理由"), required=False, hint=N_("按季度报送的不必填。"))
    from_on = DayField(N_("期间起"))
    until_on = DayField(N_("期间止"))
    due_on = DayField(N_("报送截止日"))
    group_ids = ChoicesField(N_("单位组"), coerce=int, hint=N_("单位组、单位都不选，即所有有在办任务的单位。"))
    unit_ids = ChoicesField(N_("另加单位"), coerce=int)
    task_numbers = LongTextField(
        N_("只报这些任务"),
        required=False,
        max_length=2000,
        rows=2,
        hint=N_("填任务编号，用顿号或空格隔开；不填即各单位全部在办任务。"),
    )
    note = LongTextField(N_("填报说明"), required=False, max_length=1000, rows=3, hint=N_("各单位填报时看到。"))

    def __init__(self, *args: Any, groups: Sequence[UnitGroup], units: Sequence[PickableChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group_ids.choices = [(group.id, group.name) for group in groups]
        self.unit_ids.choices = list(units)
        self.unit_ids.render_kw = {"data-picker": "yes"}

    @property
    def payload(self) -> dict[str, Any]:
        values = super().payload
        values |= {name: values[name] or "" for name in ("cycle_reason", "note")}
        values |= {name: values[name] or [] for name in ("group_ids", "unit_ids")}
        numbers = _SEPARATORS.split(values["task_numbers"] or "")
        return {**values, "task_numbers": [number for number in dict.fromkeys(numbers) if number]}

    @classmethod
    def values_of(cls, row: ReportingRound, numbers: Sequence[str] = ()) -> dict[str, Any]:
        return {
            **{name: getattr(row, name) for name in ("title", "cycle", "cycle_reason", "from_on", "until_on")},
            "due_on": row.due_on,
            "note": row.note,
            "group_ids": [scope.group_id for scope in row.scopes if scope.group_id],
            "unit_ids": [scope.unit_id for scope in row.scopes if scope.unit_id],
            "task_numbers": "、".join(numbers),
            "version": row.version,
        }


class ReopenForm(Form):
    reason = LongTextField(N_("重新打开的理由"), max_length=500, rows=3)


class ReturnUnitForm(Form):
    reason = LongTextField(N_("退回理由"), max_length=500, rows=3, hint=N_("写明哪件任务、要改什么。"))


class RoundReportForm(PeriodForm):
    """All that a unit owes in a round: every task is told of, or has not changed.

    The button ``rest`` says of all tasks that were left blank that nothing changed.
    """

    keeps_draft = "round_report"

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        rows = [field for field in self if isinstance(field, PeriodField)]
        if "rest" in request.form:
            for row in rows:
                if row.is_blank:
                    row.form.is_no_change.data = True
        valid = super().validate(extra_validators)
        for row in rows:
            if row.is_blank:
                row.form.done.errors = [*row.form.done.errors, _("请写明进展情况；没有变化的，请勾选“本期无进展变化”")]
                valid = False
        if not valid:
            self.form_errors: list[str] = []  # what is missing is said at each task
        return valid

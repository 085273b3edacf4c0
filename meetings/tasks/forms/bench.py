"""What the requirement bench sends: sentences of a speech, several drafts at once, reasons to leave one aside."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import Form as Fields

from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
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
from meetings.directory.forms import UnitNamesField
from meetings.directory.queries import PickableChoice
from meetings.meetings import words
from meetings.meetings.models import Section
from meetings.plans.forms.aims import AimsField
from meetings.plans.queries import OpenLine
from meetings.tasks.forms.rows import RowsField, RowsForm


def place_of(text: str, sentence: str, after: int = 0) -> tuple[int, int] | None:
    """Where the sentence stands in the text, as offsets: the first at or after ``after``, else the first at all.

    Space and line breaks do not count: a sentence that was copied off a page has others.
    """
    letters = [re.escape(letter) for letter in sentence if not letter.isspace()]
    if not letters:
        return None
    pattern = re.compile(r"\s*".join(letters))
    found = pattern.search(text, min(max(after, 0), len(text))) or pattern.search(text)
    return found.span() if found else None


class MarkForm(Form):
    """A sentence of a speech that asks for something. Its place is found by its words, the first after ``after``."""

    keeps_draft = "requirement"
    speech_id = ChoiceField(N_("出自"), coerce=int, required=False, empty=N_("不在讲话中（如议定事项）"))
    text = LongTextField(N_("要求原文"), max_length=2000, rows=3, hint=N_("从左侧原文中选取，或复制一句粘贴到这里。"))
    after = TextField(N_("从第几个字起找"), required=False, max_length=8)
    section = RadioField(N_("层次"), choices=choices_of(words.SECTIONS), coerce=Section, default=Section.REQUIRED)
    is_actionable = CheckField(N_("可执行，须分解为任务或写明不列的理由"), default=True)
    aims = AimsField(N_("这条要求对应的规划目标、措施"), hint=N_("由这条要求分解的任务，一并对应到这些条目。"))

    def __init__(self, *args: Any, speeches: Sequence[Choice], lines: Iterable[OpenLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speech_id.choices = list(speeches)
        self.aims.offer(lines)

    @property
    def first(self) -> int:
        """The offset from which the sentence is looked for."""
        text = self.after.data or ""
        return int(text) if text.isascii() and text.isdigit() else 0


class EditRequirementForm(EditForm):
    keeps_draft = "requirement_edit"
    section = RadioField(N_("层次"), choices=choices_of(words.SECTIONS), coerce=Section)
    text = LongTextField(N_("要求原文"), max_length=2000, rows=3)
    is_actionable = CheckField(N_("可执行，须分解为任务或写明不列的理由"))
    aims = AimsField(N_("这条要求对应的规划目标、措施"), hint=N_("由这条要求分解的任务，一并对应到这些条目。"))

    def __init__(self, *args: Any, lines: Iterable[OpenLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aims.offer(lines)

    @property
    def payload(self) -> dict[str, Any]:
        """Without what it serves, which has its own action."""
        return {name: value for name, value in super().payload.items() if name != "aims"}


class SetAsideForm(Form):
    keeps_draft = "set_aside"
    reason = LongTextField(
        N_("不列任务的理由"), max_length=500, rows=3, hint=N_("如：原则性要求，已纳入日常工作；与第 7 条合并落实。")
    )


class JoinForm(Form):
    """Which task at hand answers a requirement: its number is typed, or its id comes with the button beside it."""

    keeps_draft = "join_requirement"
    number = TextField(N_("任务编号"), max_length=20, hint=N_("写台账上的任务编号，如“2026-012”。"))


class QuickDraftFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """One task in a few words."""

    title = TextField(N_("任务"))
    lead_unit_id = ChoiceField(N_("牵头单位"), coerce=int)
    cooperating_units = UnitNamesField(N_("配合单位"))
    due_on = DayField(N_("时限"))


class QuickDraftForm(RowsForm):
    """Several tasks from one requirement."""

    keeps_draft = "quick_tasks"
    tasks = RowsField(N_("任务"), QuickDraftFields, spare=2)

    def __init__(self, *args: Any, units: Sequence[PickableChoice], **kwargs: Any) -> None:
        self.units = list(units)
        super().__init__(*args, **kwargs)
        self._fit()

    def _fit(self) -> None:
        for row in self.tasks.entries:
            row.form.lead_unit_id.choices = self.units
            row.form.lead_unit_id.render_kw = {"data-picker": "yes"}
            row.form.cooperating_units.units = self.units

    def validate_on_submit(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate_on_submit(extra_validators)
        self._fit()  # a row may have been added
        return valid

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        rows = self.tasks.filled
        if not rows:
            if not self.tasks.entries:  # not even a blank row was sent
                self.tasks.add_row()
                self._fit()
            field = self.tasks.entries[0].form.title
            field.errors = [*field.errors, _("请至少写一件任务")]
            return False
        for row in rows:
            form = row.form
            if form.lead_unit_id.data and form.lead_unit_id.data in form.cooperating_units.unit_ids:
                form.cooperating_units.errors = [
                    *form.cooperating_units.errors,
                    _("牵头单位不能同时是配合单位，请去掉一处"),
                ]
                valid = False
        return valid

    @property
    def drafts(self) -> list[dict[str, Any]]:
        """The tasks as the action takes them."""
        return [
            {
                "title": row.form.title.data,
                "lead_unit_id": row.form.lead_unit_id.data,
                "cooperating_unit_ids": row.form.cooperating_units.unit_ids,
                "due_on": row.form.due_on.data,
            }
            for row in self.tasks.filled
        ]

"""What a unit sends: progress of one task, or of all its tasks of a period on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms import Form as Fields
from wtforms import FormField

from meetings.core.forms import (
    CheckField,
    ChoicesField,
    FilesField,
    LongTextField,
    NumberField,
    RadioField,
    TextField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.tasks import words
from meetings.tasks.forms.rows import RowsForm
from meetings.tasks.models import Quantity, Step, Task, TaskUnit, UnitRole


class AmountFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """One quantity of a report: in this period, and in all."""

    this_period = NumberField(N_("本期"), required=False)
    total = NumberField(N_("累计"), required=False)
    reason = TextField(N_("说明"), required=False, hint=N_("累计比上次少，或超过目标数的，在此写明原因。"))


class ProgressFields:
    """The fields of a report; ``task`` and the quantities come when the form is made."""

    is_no_change = CheckField(N_("本期无进展变化"), hint=N_("勾选后其余各项可以不填，数字沿用上期。"))
    done = LongTextField(
        N_("进展情况"), required=False, max_length=1000, rows=5, hint=N_("写做了什么、数量多少。已报过的内容不必重写。")
    )
    problems = LongTextField(N_("存在问题"), required=False, max_length=1000, rows=3)
    needs_coordination = CheckField(N_("需要办公室协调（写在“存在问题”中）"))
    next_steps = LongTextField(
        N_("下一步工作"), required=False, max_length=500, rows=3, hint=N_("写明做什么、哪天前完成。")
    )
    step = RadioField(
        N_("办理进度"), choices=choices_of(words.STEPS), coerce=Step, default=Step.UNDER_WAY, required=False
    )
    files = FilesField(N_("佐证材料"))
    standards_met = ChoicesField(N_("已达到的完成标准"), coerce=int, hint=N_("达到一条勾一条；全部达到后才能办结。"))

    def _check(self) -> bool:
        """A report says something, unless nothing changed."""
        valid = True
        if self.needs_coordination.data and not self.problems.data:
            valid = self._say(self.problems, _("请在“存在问题”中写明需要协调什么"))
        if self.is_no_change.data:
            return valid
        if not self.done.data and not self.done.errors:
            valid = self._say(self.done, _("请写明进展情况；没有变化的，请勾选“本期无进展变化”"))
        step = self.step.data if self.step else None  # taken away where the quantities tell
        if self.step and step is None and not self.step.errors:
            valid = self._say(self.step, _("请选择办理进度"))
        if not self.next_steps.data and not self.next_steps.errors and step is not Step.DONE:
            valid = self._say(self.next_steps, _("请写明下一步工作和完成时间"))
        return valid

    @staticmethod
    def _say(field: Any, message: str) -> bool:
        field.errors = [*field.errors, message]
        return False


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as it was sent; what was left out of the two numbers follows from the other."""

    this_period: Decimal
    total: Decimal
    reason: str


def amount_name(quantity_id: int) -> str:
    """The name of a quantity's fields within the form."""
    return f"quantity_{quantity_id}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity as it stood when the form was made; the form outlives the row's session."""

    id: int
    name: str
    measure: str
    target: Decimal | None
    total: Decimal

    @classmethod
    def of(cls, row: Quantity) -> "Counted":
        return cls(row.id, row.name, row.measure, row.target, row.total)


class _OfTask:
    """What a form of progress takes from its task: quantities and standards, which only the lead reports."""

    task_id: int
    counted: list[Counted]
    standards: list[tuple[int, str]]
    met: list[int]
    step_so_far: Step

    def _fit(self) -> None:
        form: Any = self
        if self.standards:
            form.standards_met.choices = self.standards
            if not form.standards_met.raw_data and not form.was_sent:
                form.standards_met.data = list(self.met)
        else:
            del form.standards_met
        if any(quantity.target for quantity in self.counted):
            del form.step
        elif not form.was_sent:
            form.step.data = self.step_so_far

    @property
    def quantity_rows(self) -> list[tuple[Counted, Any]]:
        """The quantities and the fields of each."""
        form: Any = self
        return [(quantity, form[amount_name(quantity.id)]) for quantity in self.counted]

    @property
    def amounts(self) -> dict[int, Amount]:
        """What was sent of each quantity, by its id; a quantity of which nothing was sent is left out."""
        sent = {}
        for quantity, row in self.quantity_rows:
            this_period, total = row.form.this_period.data, row.form.total.data
            if total is None and this_period is not None:
                total = quantity.total + this_period
            if this_period is None and total is not None:
                this_period = max(total - quantity.total, Decimal(0))  # a lower total corrects, it takes nothing back
            if total is not None:
                sent[quantity.id] = Amount(this_period, total, row.form.reason.data or "")
        return sent

    @property
    def report(self) -> dict[str, Any]:
        """What the action takes of this form, but for the quantities and the files."""
        form: Any = self
        return {
            "done": form.done.data or "",
            "problems": form.problems.data or "",
            "next_steps": form.next_steps.data or "",
            "needs_coordination": form.needs_coordination.data,
            "is_no_change": form.is_no_change.data,
            "step": form.step.data if "step" in form else None,
            "standards_met": (form.standards_met.data or []) if "standards_met" in form else [],
        }


def _of_task(task: Task, part: TaskUnit, *, base: type[Fields]) -> type[Any]:
    """The class of a form for this part: WTForms makes fields from the class, so each task has its own."""
    is_lead = part.role is UnitRole.LEAD

    class TaskProgressForm(_OfTask, ProgressFields, base):  # type: ignore[misc]  # the base is chosen by the page
        keeps_draft = "report"
        task_id = task.id
        counted = [Counted.of(quantity) for quantity in task.quantities] if is_lead else []
        standards = [(row.id, row.text) for row in task.standards] if is_lead else []
        met = [row.id for row in task.standards if row.met_at is not None]
        step_so_far = part.step

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.was_sent = self.done.raw_data is not None
            self._fit()

        def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
            valid = super().validate(extra_validators)
            return self._check() and valid

    for quantity in TaskProgressForm.counted:
        setattr(TaskProgressForm, amount_name(quantity.id), FormField(AmountFields, quantity.name, separator="_"))
    return TaskProgressForm


def progress_form(task: Task, part: TaskUnit) -> Any:
    """The form of one report."""
    return _of_task(task, part, base=RowsForm)()


class PeriodField(FormField):  # type: ignore[misc]  # WTForms has no types
    """One task on the page of the period; nothing is asked of one that was left alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "FormField"

    @property
    def is_blank(self) -> bool:
        form = self.form
        said = [form.done, form.problems, form.next_steps, form.is_no_change, form.needs_coordination]
        counted = [field for _quantity, row in form.quantity_rows for field in row.form]
        ticked = "standards_met" in form and set(form.standards_met.data or []) != set(form.met)
        return not (
            ticked
            or form.files.data
            or any(field.data not in (None, "", False) or field.errors for field in said + counted)
        )

    def validate(self, form: Fields, extra_validators: Sequence[Any] = ()) -> bool:
        return True if self.is_blank else bool(super().validate(form, extra_validators))


class PeriodForm(RowsForm):
    """All that a unit owes for the period; the tasks are added as fields ``task_<id>``."""

    keeps_draft = "period"

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not self.filled:
            self.form_errors.append(_("请至少填写一件任务，或勾选“本期无进展变化”"))
            return False
        return valid

    def row(self, task_id: int) -> Any:
        return self[f"task_{task_id}"]

    @property
    def filled(self) -> dict[int, Any]:
        """The forms of the tasks that were filled in, by task."""
        rows = [field for field in self if isinstance(field, PeriodField)]
        return {row.form.task_id: row.form for row in rows if not row.is_blank}


def period_form(tasks: Sequence[tuple[Task, TaskUnit]], *, base: type[PeriodForm] = PeriodForm) -> PeriodForm:
    """The form of a period, for tasks and the unit's part in each."""
    fields = {f"task_{task.id}": PeriodField(_of_task(task, part, base=Fields), task.title) for task, part in tasks}
    form: PeriodForm = type("TasksOfPeriodForm", (base,), fields)()
    return form

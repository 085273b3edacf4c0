"""What is sent with one step of a task: reasons, notes, and what was signed on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.approvals.forms import SignedForm, SignedReasonForm
from meetings.core.forms import Choice, ChoiceField, ChoicesField, DayField, Form, LongTextField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _


class ReturnForm(Form):
    keeps_draft = "return"
    reason = LongTextField(N_("退回理由"), max_length=500, rows=4, hint=N_("写明要补什么、改什么；承办单位看得到。"))


class DeclineForm(Form):
    """A unit that is not the right one says so, and may propose another."""

    keeps_draft = "decline"
    reason = LongTextField(
        N_("退签理由"), max_length=500, rows=4, hint=N_("写明职责分工依据，如“三定”规定、任务分工方案的条款。")
    )
    proposed_unit_id = ChoiceField(
        N_("建议承办单位"), coerce=int, required=False, empty=N_("不提建议"), hint=N_("只有办公室看得到。")
    )

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed_unit_id.choices = list(units)
        self.proposed_unit_id.render_kw = {"data-picker": "yes"}


class SubmitCompletionForm(Form):
    keeps_draft = "completion"
    note = LongTextField(
        N_("办结情况"), max_length=2000, rows=6, hint=N_("对照完成标准逐条说明；已报过的数字不必重写。")
    )


class IssueForm(SignedForm):
    note = LongTextField(N_("交办意见"), required=False, max_length=500, rows=3)


class ApproveForm(SignedForm):
    note = LongTextField(N_("审核意见"), required=False, max_length=500, rows=3)


class CompleteForm(SignedForm):
    note = LongTextField(N_("办结意见"), required=False, max_length=500, rows=3)

    def __init__(self, *args: Any, note_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.note_needed = note_needed

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if self.note_needed and not self.note.data:
            self.note.errors = [*self.note.errors, _("有配合单位还没有报送，请写明为何仍可办结")]
            return False
        return valid


class ResumeForm(SignedReasonForm):
    keeps_draft = "resume"
    due_on = DayField(
        N_("恢复后的时限"), required=False, hint=N_("不填为原来的现定时限；顺延的写明日期，原定时限不变。")
    )


class CloseForm(SignedForm):
    note = LongTextField(
        N_("销号说明"), required=False, max_length=500, rows=3, hint=N_("凭什么销号：核查情况、依据材料。")
    )


class PickedIssueForm(Form):
    """Several tasks to be issued at once."""

    ids = ChoicesField(N_("任务"), coerce=int, required=True)

    def __init__(self, *args: Any, tasks: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids.choices = list(tasks)


class PickedForm(SignedForm):
    """Several tasks to be closed at once, as by one signed list (销号清单)."""

    NOT_PAYLOAD = SignedForm.NOT_PAYLOAD | {"ids"}

    ids = ChoicesField(N_("任务"), coerce=int, required=True)
    note = LongTextField(
        N_("销号说明"),
        required=False,
        max_length=500,
        rows=3,
        hint=N_("凭什么销号：核查情况、依据材料。有签批的销号清单的，可以不写。"),
    )

    def __init__(self, *args: Any, tasks: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids.choices = list(tasks)


class PickedReportsForm(Form):
    """Reports that the office accepts together."""

    ids = ChoicesField(N_("进展"), coerce=int, required=True)

    def __init__(self, *args: Any, reports: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids.choices = list(reports)

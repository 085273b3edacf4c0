"""What is sent to ask for more time, and to decide on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.approvals.forms import SignedForm
from meetings.core.forms import DayField, Form, LongTextField, RadioField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _

GRANT, REFUSE = "grant", "refuse"


class AskExtensionForm(Form):
    keeps_draft = "extension"
    asked_due_on = DayField(N_("申请延至"), hint=N_("写一个确定的日期；可以填哪天办得完，由办公室定。"))
    reason = LongTextField(
        N_("延期理由"), max_length=1000, rows=4, hint=N_("为什么不能按时办结，是什么时候出现的情况。")
    )
    progress = LongTextField(
        N_("目前进展"), max_length=1000, rows=4, hint=N_("对照完成标准，已经做到哪一步，还差什么。")
    )


class ApproveExtensionForm(SignedForm):
    note = LongTextField(N_("审核意见"), required=False, max_length=500, rows=3)


class DecideExtensionForm(SignedForm):
    """The office's decision: a definite day, or a refusal with its reason."""

    decision = RadioField(N_("审批结论"), choices=[(GRANT, N_("同意延期")), (REFUSE, N_("不同意"))], default=GRANT)
    decided_due_on = DayField(N_("延期至"), required=False, hint=N_("同意的须写明确定的日期，可以早于申请的日期。"))
    reason = LongTextField(N_("审批意见"), required=False, max_length=500, rows=3, hint=N_("不同意的须写明理由。"))

    @property
    def is_granted(self) -> bool:
        return bool(self.decision.data == GRANT)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if self.is_granted and self.decided_due_on.data is None and not self.decided_due_on.errors:
            self.decided_due_on.errors = [_("同意延期的，请填写延期到哪一天")]
            return False
        if not self.is_granted and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("不同意延期的，请写明理由")]
            return False
        return valid

"""What the office sends to give a one-time address, and what comes back by it."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.core.forms import Choice, ChoiceField, FilesField, Form, TextField, WholeNumberField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.rounds.forms.rounds import RoundReportForm
from meetings.rounds.rules import LINK_DAYS, MOST_LINK_DAYS


class LinkForm(Form):
    """Whom it is given to, and for how long it holds."""

    recipient = TextField(N_("给谁"), max_length=100, hint=N_("单位和岗位，如：××公司办公室。不写姓名电话。"))
    days = WholeNumberField(
        N_("有效天数"), least=1, most=MOST_LINK_DAYS, default=LINK_DAYS, hint=N_("到最后一日 24 时失效，最长 30 日。")
    )


class TaskLinkForm(LinkForm):
    unit_id = ChoiceField(N_("单位"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = list(units)


class AnswerForm(RoundReportForm):
    """A report by whoever holds the address; nothing is kept of it before it is sent."""

    keeps_draft = ""
    needs_signature = False
    signed_page = FilesField(
        N_("单位负责人签字盖章页（扫描件）"), hint=N_("打印本页由负责人签字盖章后扫描；随每件进展一并存档。")
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if self.needs_signature and not self.signed_page.data:
            self.signed_page.errors = [*self.signed_page.errors, _("请上传单位负责人签字盖章页")]
            valid = False
        return valid


class SignedAnswerForm(AnswerForm):
    """Where every report passes the unit's head, its signed page comes with it."""

    needs_signature = True

"""What is sent with a step of 签批, and with the settings it rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.core.forms import DayField, FilesField, Form, LongTextField, RadioField, TextField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _

ON_LINE, ON_PAPER = "on_line", "on_paper"
_HOW = [(ON_LINE, N_("由我在线办理")), (ON_PAPER, N_("录入已在纸上签批的（代录）"))]


class SignedForm(Form):
    """A step that somebody may also have signed on paper (线下签批): who, which day, with which words, and the scan."""

    keeps_draft = "step"
    NOT_PAYLOAD = Form.NOT_PAYLOAD | {"how", "signed_by", "signed_on", "signed_words", "scan"}

    how = RadioField(N_("办理方式"), choices=_HOW, default=ON_LINE)
    signed_by = TextField(N_("签批人"), required=False, max_length=100, hint=N_("职务和姓名，如“县教育局局长”。"))
    signed_on = DayField(N_("签批日期"), required=False)
    signed_words = TextField(N_("签批意见"), required=False, max_length=500, hint=N_("纸上怎么写就怎么录，如“同意”。"))
    scan = FilesField(N_("签批件扫描件"), hint=N_("签字盖章的那一页，PDF 或图片。"))

    def __init__(self, *args: Any, paper_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper_only = paper_only
        if paper_only:
            self.how.choices = [_HOW[1]]
            self.how.data = ON_PAPER

    @property
    def signed(self) -> dict[str, Any]:
        """What was typed of the paper."""
        return {name: self[name].data for name in ("signed_by", "signed_on", "signed_words")}

    @property
    def is_on_paper(self) -> bool:
        return self.paper_only or self.how.data == ON_PAPER

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.is_on_paper:
            return valid
        for field, message in (
            (self.signed_by, _("请填写签批人")),
            (self.signed_on, _("请填写签批日期")),
            (self.scan, _("请附签批件扫描件")),
        ):
            if not field.data and not field.errors:
                field.errors = [message]
                valid = False
        if self.scan.data and len(self.scan.data) > 1:
            self.scan.errors = [*self.scan.errors, _("签批件只附一个文件；多页请合并成一个 PDF")]
            valid = False
        return valid


class SignedReasonForm(SignedForm):
    """A step that needs a reason, and may rest on what a leader signed."""

    reason = LongTextField(N_("理由"), max_length=500, rows=4)

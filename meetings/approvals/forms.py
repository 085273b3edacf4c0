"""What is sent with a step of 签批, and with the settings it rests on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField

from meetings.approvals.models import (
    DeliveryManner,
    Disclosure,
    NumberForm,
    PaperUrgency,
    Retention,
    SignerRole,
    Signing,
)
from meetings.approvals.words import (
    DISCLOSURES,
    MANNERS,
    NUMBER_FORMS,
    RETENTIONS,
    SIGNERS,
    SIGNINGS,
    URGENCIES,
)
from meetings.core.forms import (
    Choice,
    ChoiceField,
    ChoicesField,
    DayField,
    EditForm,
    FilesField,
    Form,
    LongTextField,
    RadioField,
    TextField,
    WholeNumberField,
    choices_of,
)
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


class SheetForm(EditForm):
    """The draft sheet (发文稿纸) beside the paper's own words; a paper's form is joined to it."""

    disclosure = RadioField(N_("公开属性"), choices=choices_of(DISCLOSURES), coerce=Disclosure)
    urgency = RadioField(N_("紧急程度"), choices=choices_of(URGENCIES), coerce=PaperUrgency)
    copy_count = WholeNumberField(N_("份数"), least=1, most=99_999, required=False)
    retention = RadioField(N_("保管期限"), choices=choices_of(RETENTIONS), coerce=Retention)
    signing = RadioField(
        N_("用印"),
        choices=choices_of(SIGNINGS),
        coerce=Signing,
        hint=N_("纪要、简报等不用印，编号后直接印发。"),
    )
    cosigners = LongTextField(
        N_("联合发文机关"),
        required=False,
        max_length=500,
        rows=2,
        hint=N_("本机关以外的，一行一个，按发文机关顺序写全称；版面按顺序留出各机关的署名和印章位置。"),
    )
    signer_posts = LongTextField(
        N_("签发人职务"),
        required=False,
        max_length=500,
        rows=2,
        hint=N_("加盖签名章的必填，写全称，如“××县人民政府副县长”；联合发文的一行一个。"),
    )

    SHEET = ("disclosure", "urgency", "copy_count", "retention", "signing", "cosigners", "signer_posts")


class StepForm(SignedForm):
    """A step on one version of a paper; ``version`` is that of the paper when the page was opened."""

    version = HiddenField(
        filters=[lambda text: int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else text]
    )
    note = LongTextField(N_("意见"), required=False, max_length=500, rows=3)


class SignForm(StepForm):
    delegation_id = ChoiceField(
        N_("受谁委托"),
        coerce=int,
        required=False,
        empty=N_("本人签发"),
        hint=N_("纸上由受委托人代签的，选择当时有效的授权。"),
    )

    def __init__(self, *args: Any, delegations: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegation_id.choices = list(delegations)


class SignedSheetForm(Form):
    """核稿 and 签发 as they were written on one draft sheet (发文稿纸), with the scan of it."""

    keeps_draft = "step"
    version = HiddenField(
        filters=[lambda text: int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else text]
    )
    checked_by = TextField(N_("核稿人"), max_length=100, hint=N_("职务或姓名，照发文稿纸写。"))
    checked_on = DayField(N_("核稿日期"))
    checked_words = TextField(N_("核稿意见"), required=False, max_length=500)
    signed_by = TextField(N_("签发人"), max_length=100)
    signed_on = DayField(N_("签发日期"), hint=N_("即成文日期。"))
    signed_words = TextField(N_("签发意见"), required=False, max_length=500, hint=N_("纸上怎么写就怎么录，如“同意”。"))
    delegation_id = ChoiceField(
        N_("受谁委托"),
        coerce=int,
        required=False,
        empty=N_("本人签发"),
        hint=N_("由受委托人代签的，选择当时有效的授权。"),
    )
    scan = FilesField(N_("发文稿纸扫描件"), required=True, hint=N_("有核稿、签发签字的那一页，PDF 或图片。"))

    def __init__(self, *args: Any, delegations: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegation_id.choices = list(delegations)

    @property
    def checked(self) -> tuple[str, date, str]:
        """Who checked it, on which day, with which words."""
        return self.payload["checked_by"], self.payload["checked_on"], self.payload["checked_words"]

    @property
    def signed(self) -> tuple[str, date, str]:
        """Who signed it, on which day, with which words."""
        return self.payload["signed_by"], self.payload["signed_on"], self.payload["signed_words"]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if self.scan.data and len(self.scan.data) > 1:
            self.scan.errors = [*self.scan.errors, _("签批件只附一个文件；多页请合并成一个 PDF")]
            valid = False
        return valid


class ReasonForm(SignedForm):
    reason = LongTextField(N_("理由"), max_length=500, rows=4)


class GiveNumberForm(Form):
    sequence = WholeNumberField(
        N_("登记簿上的号"),
        least=1,
        most=99_999,
        required=False,
        hint=N_("不填由系统接着编；已在纸质发文登记簿上编了号的，填那个号，只填数字。"),
    )
    note = TextField(N_("说明"), required=False, max_length=200, hint=N_("跳号的写明原因。"))


class IssueForm(SignedForm):
    issued_on = DayField(N_("印发日期"))
    copy_count = WholeNumberField(N_("印发份数"), least=1, most=99_999, required=False)
    note = LongTextField(N_("说明"), required=False, max_length=500, rows=2)


class DistributionForm(Form):
    group_ids = ChoicesField(N_("单位组"), coerce=int)
    unit_ids = ChoicesField(N_("单位"), coerce=int)
    user_ids = ChoicesField(N_("人员"), coerce=int)

    def __init__(
        self, *args: Any, groups: Sequence[Choice], units: Sequence[Choice], users: Sequence[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group_ids.choices, self.unit_ids.choices, self.user_ids.choices = list(groups), list(units), list(users)


class DeliveryForm(EditForm):
    """A copy that went to an outside body or to somebody without an account."""

    name = TextField(N_("收文单位或人员"), max_length=100, hint=N_("如“县人民法院”“州妇儿工委办”。"))
    address = TextField(N_("地址或邮箱"), required=False, max_length=200)
    manner = RadioField(N_("送达方式"), choices=choices_of(MANNERS), coerce=DeliveryManner)
    sent_on = DayField(N_("送出日期"))
    copy_count = WholeNumberField(N_("份数"), least=1, most=9_999, required=False)
    receipt_by = TextField(N_("签收人"), required=False, max_length=100, hint=N_("有签收的填写。"))
    receipt_on = DayField(N_("签收日期"), required=False)


class ReadingForm(Form):
    reader_name = TextField(N_("阅读人"), max_length=100, hint=N_("职务或姓名，照传阅单写。"))
    read_on = DayField(N_("阅读日期"))


class DelegationForm(Form):
    """``principal_name`` and ``scan`` are asked where it is recorded from paper for somebody else."""

    NOT_PAYLOAD = Form.NOT_PAYLOAD | {"scan"}

    role = RadioField(N_("授权签发"), choices=choices_of(SIGNERS), coerce=SignerRole)
    principal_name = TextField(
        N_("授权人"), required=False, max_length=100, hint=N_("代他人录入书面授权时填写职务和姓名；本人授权的不填。")
    )
    to_user_id = ChoiceField(N_("受托人"), coerce=int)
    kinds = ChoicesField(N_("文书种类"), hint=N_("都不勾为这一级签发的全部文书。"))
    from_on = DayField(N_("开始日期"))
    until_on = DayField(N_("结束日期"))
    reason = TextField(N_("事由"), required=False, max_length=200, hint=N_("如：外出学习。"))
    scan = FilesField(N_("书面授权扫描件"), hint=N_("代他人录入时必须上传。"))

    def __init__(self, *args: Any, people: Sequence[Choice], kinds: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_user_id.choices, self.kinds.choices = list(people), list(kinds)


class PrefixForm(EditForm):
    """机关代字 of a kind of paper from a day on."""

    kind = ChoiceField(N_("文书种类"))
    form = RadioField(N_("编号方式"), choices=choices_of(NUMBER_FORMS), coerce=NumberForm)
    prefix = TextField(N_("机关代字"), max_length=40, hint=N_("如“×妇儿工委办”；按期号的写刊名，如“工作简报”。"))
    from_on = DayField(N_("启用日期"))

    def __init__(self, *args: Any, kinds: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = list(kinds)


class RegisterForm(Form):
    """Filters of the register."""

    class Meta(Form.Meta):
        csrf = False

    year = ChoiceField(N_("年份"), coerce=int, required=False)
    kind = ChoiceField(N_("文书"), required=False)
    state = ChoiceField(N_("状态"), choices=[("issued", N_("有效")), ("void", N_("作废"))], required=False)
    q = TextField(N_("文号、题名"), required=False)

    def __init__(self, *args: Any, years: Sequence[int], kinds: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year.choices = [(year, str(year)) for year in years]
        self.kind.choices = list(kinds)

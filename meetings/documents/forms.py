"""What the office fills in about a document."""

from meetings.attachments.words import HINT
from meetings.core.forms import (
    CheckField,
    ChoiceField,
    DayField,
    EditForm,
    FilesField,
    Form,
    LongTextField,
    TextField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.documents.models import DocumentKind
from meetings.documents.words import KINDS


class DocumentForm(EditForm):
    keeps_draft = "document"
    kind = ChoiceField(N_("种类"), choices=choices_of(KINDS), coerce=DocumentKind)
    title = TextField(N_("标题"), max_length=200)
    number = TextField(N_("文号"), required=False, max_length=100, hint=N_("照文件写，如：×政办〔2026〕5号"))
    issuing_body = TextField(N_("发文机关"), required=False, max_length=100)
    issued_on = DayField(N_("印发日期"), required=False)
    text = LongTextField(
        N_("正文"), required=False, max_length=100_000, rows=10, hint=N_("可粘贴全文，便于查找和引用；只上传文件也可以")
    )
    is_for_units = CheckField(
        N_("供各单位查阅"), hint=N_("勾选后各成员单位、乡镇场（街道）可以看到全文和附件，并确认已阅")
    )


class NewDocumentForm(DocumentForm):
    files = FilesField(N_("附件"), hint=HINT)


class AddFilesForm(Form):
    files = FilesField(N_("添加附件"), required=True, hint=HINT)


class FilterForm(Form):
    class Meta(Form.Meta):
        csrf = False

    q = TextField(N_("标题、文号、发文机关"), required=False)
    kind = ChoiceField(N_("种类"), choices=choices_of(KINDS), coerce=DocumentKind, required=False)

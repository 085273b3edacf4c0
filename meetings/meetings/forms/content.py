"""What is filled in about agenda items, speeches, files and minutes."""

from collections.abc import Iterable
from typing import Any

from meetings.attachments.words import HINT
from meetings.core.forms import (
    Choice,
    ChoiceField,
    DayField,
    EditForm,
    FilesField,
    Form,
    LongTextField,
    MomentField,
    RadioField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.meetings.models import AgendaKind, SpeechKind, TextStatus
from meetings.meetings.words import AGENDA_KINDS, SPEECH_KINDS, TEXT_STATUSES


class ItemForm(EditForm):
    keeps_draft = "agenda_item"
    kind = ChoiceField(N_("种类"), choices=choices_of(AGENDA_KINDS), coerce=AgendaKind)
    title = TextField(N_("议程"), max_length=200)
    presenter = TextField(
        N_("报告人"), required=False, max_length=200, hint=N_("职务和姓名，如：县妇联主席、妇儿工委办主任")
    )
    presenter_unit_id = ChoiceField(
        N_("报告单位"), coerce=int, required=False, empty=N_("不填"), render_kw={"data-picker": "unit"}
    )
    document_id = ChoiceField(
        N_("宣读或审议的文件"), coerce=int, required=False, empty=N_("没有"), hint=N_("先在“文件”中登记，再在此选择")
    )
    planned_minutes = WholeNumberField(N_("预计用时"), required=False, least=1, most=600)
    files = FilesField(N_("材料"), hint=HINT)

    def __init__(self, *args: Any, units: Iterable[Choice], documents: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.presenter_unit_id.choices = list(units)
        self.document_id.choices = list(documents)


class SpeechForm(EditForm):
    keeps_draft = "speech"
    kind = ChoiceField(N_("种类"), choices=choices_of(SPEECH_KINDS), coerce=SpeechKind)
    agenda_item_id = ChoiceField(N_("所属议程"), coerce=int, required=False, empty=N_("不挂议程"))
    person_id = ChoiceField(
        N_("发言人"),
        coerce=int,
        required=False,
        empty=N_("不在名册"),
        hint=N_("从名册选，职务按会议当日自动填写"),
        render_kw={"data-picker": "person"},
    )
    unit_id = ChoiceField(
        N_("发言单位"),
        coerce=int,
        required=False,
        empty=N_("不填"),
        hint=N_("以单位名义发言的，选单位"),
        render_kw={"data-picker": "unit"},
    )
    speaker_name = TextField(N_("姓名"), required=False, max_length=100, hint=N_("不在名册的发言人填写"))
    speaker_post = TextField(
        N_("职务"), required=False, max_length=300, hint=N_("会议当日的全部职务；不填则按名册填写，填了以填写为准")
    )
    begins_at = MomentField(N_("开始时间"), required=False)
    ends_at = MomentField(N_("结束时间"), required=False)
    text = LongTextField(N_("发言原文"), required=False, max_length=100_000, rows=14)
    key_points = LongTextField(N_("要点"), required=False, max_length=4000, rows=4)
    text_status = RadioField(
        N_("文字稿性质"),
        choices=choices_of(TEXT_STATUSES),
        coerce=TextStatus,
        default=TextStatus.NOTES,
        hint=N_("任务交办须以已审定的文字、已印发的纪要或任务分解为依据"),
    )
    reviewed_by = TextField(N_("审定人"), required=False, max_length=100)
    reviewed_on = DayField(N_("审定日期"), required=False)
    files = FilesField(N_("材料"), hint=HINT)

    def __init__(
        self, *args: Any, items: Iterable[Choice], people: Iterable[Choice], units: Iterable[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agenda_item_id.choices = list(items)
        self.person_id.choices = list(people)
        self.unit_id.choices = list(units)


class FilesForm(Form):
    files = FilesField(N_("添加材料"), required=True, hint=HINT)


class MinutesForm(EditForm):
    keeps_draft = "minutes"
    text = LongTextField(N_("纪要正文"), max_length=100_000, rows=28)


class WordForm(Form):
    files = FilesField(N_("改好的 Word 文件"), required=True, hint=N_("从本页下载、改好的 .docx，一个。"))

    @property
    def content(self) -> bytes:
        """The bytes of the last file that came."""
        stream = self.files.data[-1].stream
        stream.seek(0)
        content: bytes = stream.read()
        return content


class IssueMinutesForm(EditForm):
    signed_by = TextField(N_("签发人"), max_length=100, hint=N_("纸面签发的填签发人职务，由办公室代录"))
    signed_on = DayField(N_("签发日期"))


class ReopenMinutesForm(EditForm):
    keeps_draft = "minutes_reopen"
    reason = LongTextField(N_("重新打开的理由"), max_length=500, rows=3)

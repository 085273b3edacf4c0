"""A pasted text, and the draft that was read out of it, which a person confirms."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Form as Fields

from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
    ChoicesField,
    DayField,
    FilesField,
    Form,
    LongTextField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.directory.forms import UnitNamesField
from meetings.directory.queries import PickableChoice
from meetings.exchange import words
from meetings.exchange.rules.draft import Asked, Speaker, Treatment, posts_in
from meetings.meetings.models import Section, SpeechKind, TextStatus
from meetings.meetings.rules import MeetingDetails, ScopeKey
from meetings.meetings.words import SECTIONS, SPEECH_KINDS, TEXT_STATUSES
from meetings.tasks.forms.bench import place_of
from meetings.tasks.forms.rows import RowsField, RowsForm
from meetings.tasks.rules import lines_of

MOST_CHARACTERS = 200_000
MOST_SENTENCES = 300
MOST_SPEAKERS = 100
_NEW = "new"


class PasteForm(Form):
    """The report, the minutes or the speech as it is: pasted, or as a file."""

    keeps_draft = "meeting_text"

    text = LongTextField(
        N_("会议文字"),
        required=False,
        max_length=MOST_CHARACTERS,
        rows=14,
        hint=N_("粘贴会议报道、纪要或讲话全文，网页上的栏目、菜单不必删去。"),
    )
    files = FilesField(N_("或者上传文件"), hint=N_("Word（.docx）或文本文件（.txt），一个。"))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not self.text.data and not self.files.data:
            self.text.errors = [_("请粘贴文字，或者上传一个文件")]
            return False
        if valid and len(self.files.data) + bool(self.text.data) > 1:
            self.files.errors = [_("一次只读一份：粘贴文字和上传文件只用一种")]
            return False
        return valid

    def cannot_be_read(self, reason: str) -> None:
        """Say why beside what was given."""
        field = self.files if self.files.data else self.text
        field.errors = [reason]


class SpeakerFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """Somebody who spoke."""

    kind = ChoiceField(N_("做了什么"), choices=choices_of(SPEECH_KINDS), coerce=SpeechKind)
    speaker_post = TextField(N_("单位、职务"), required=False, max_length=200)
    speaker_name = TextField(N_("姓名"), required=False, max_length=50)
    person = ChoiceField(N_("对应人员"), required=False, empty=words.NAME_ONLY)
    is_left_out = CheckField(N_("不登记"))


class SentenceFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """A sentence that asks for something, and what becomes of it."""

    text = LongTextField(N_("原文"), max_length=2000, rows=3)
    section = ChoiceField(N_("层次"), choices=choices_of(SECTIONS), coerce=Section)
    treatment = ChoiceField(N_("处理"), choices=choices_of(words.TREATMENTS), coerce=Treatment)
    reason = TextField(N_("理由"), required=False, max_length=500)
    joined_number = TextField(N_("并入任务"), required=False, max_length=20)
    title = TextField(N_("任务"), required=False, max_length=300)
    lead = UnitNamesField(N_("牵头单位"))
    cooperating = UnitNamesField(N_("配合单位"))
    due_on = DayField(N_("时限"), required=False)
    standards = LongTextField(N_("完成标准"), required=False, max_length=2000, rows=2)
    aims = ChoicesField(N_("本任务落实的规划目标、措施"))


class DraftForm(RowsForm):
    """The draft of a meeting as a person confirms it. ``text`` is the whole text that it was read from.

    It is shown by the page that takes the text, so its draft belongs to ``draft_address``, where it is opened again.
    """

    keeps_draft = "meeting_review"

    text = LongTextField(N_("会议文字"), max_length=MOST_CHARACTERS)
    title = TextField(N_("会议名称"), max_length=200)
    kind_id = ChoiceField(N_("会议类型"), coerce=int)
    held_on = DayField(N_("会议日期"), required=False)
    day_text = TextField(N_("日期说明"), required=False, max_length=50, hint=N_("日子不确定时照原文写，并填写年度"))
    year = WholeNumberField(N_("年度"), required=False, least=1990, most=2199)
    place = TextField(N_("地点"), required=False, max_length=200)
    chair_post = TextField(N_("主持人职务"), required=False, max_length=200)
    chair_name = TextField(N_("主持人姓名"), required=False, max_length=100)
    source = TextField(N_("材料来源"), required=False, max_length=200)
    text_status = ChoiceField(
        N_("文字来历"),
        choices=[(status.value, TEXT_STATUSES[status]) for status in (TextStatus.NEWS_EXCERPT, TextStatus.NOTES)],
        coerce=TextStatus,
        default=TextStatus.NEWS_EXCERPT,
    )
    scopes = ChoicesField(N_("参会范围"), coerce=ScopeKey.read)
    speakers = RowsField(N_("发言"), SpeakerFields, spare=0, most=MOST_SPEAKERS)
    sentences = RowsField(N_("要求"), SentenceFields, spare=0, most=MOST_SENTENCES)
    added = LongTextField(N_("补一句原文"), required=False, max_length=2000, rows=2)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[Choice],
        scopes: Sequence[Choice],
        units: Sequence[PickableChoice],
        people: Sequence[PickableChoice],
        lines: Sequence[Choice] = (),
        **kwargs: Any,
    ) -> None:
        self.units, self.people = list(units), list(people)
        super().__init__(*args, **kwargs)
        self.kind_id.choices = list(kinds)
        self.scopes.choices = list(scopes)
        for row in self.sentences.entries:
            row.form.lead.units = row.form.cooperating.units = self.units
            row.form.aims.choices = list(lines)
        for row in self.speakers.entries:
            row.form.person.choices = self._namesakes(row.form.speaker_name.data, row.form.speaker_post.data)
        self.ids_by_number: Mapping[str, int] = {}  # tasks that sentences are joined to; set by whoever looks them up
        self.body = (0, 0)  # where the report stands in ``text``; set by whoever has read it

    def _namesakes(self, name: str | None, posts: str | None) -> list[Choice]:
        """Those of the directory who are called so, and a new one with the posts that would be entered."""
        if not name:
            return []
        same: list[Choice] = [(str(id_), words_) for id_, words_, held in self.people if held["data-short"] == name]
        held = "、".join(title for _unit, title in posts_in(posts or "", self.unit_ids))
        new = _(words.NEW_PERSON_AS, posts=held) if held else _(words.NEW_PERSON)
        return [*same, (_NEW, new)]

    @property
    def unit_ids(self) -> dict[str, int]:
        """The units by every name that the office knows them by."""
        return {name: int(id_) for id_, short, held in self.units for name in (short, held["data-short"])}

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        body = self._body_text()
        at = 0
        for row in self.sentences.filled:
            fields = row.form
            if fields.treatment.data is Treatment.DROP:
                continue
            place = place_of(body, fields.text.data or "", at)
            if place is None:
                valid = _wrong(fields.text, _("原文中没有这句话。请照原文，一字不改"))
            else:
                at = place[1]
            if fields.treatment.data is Treatment.SET_ASIDE and not fields.reason.data:
                valid = _wrong(fields.reason, _("请写明不列任务的理由"))
            if fields.treatment.data is Treatment.JOIN and fields.joined_number.data not in self.ids_by_number:
                valid = _wrong(fields.joined_number, _("请写台账上有的任务编号，或在相近的任务旁按“并入此任务”"))
            if fields.treatment.data is Treatment.TASK:
                valid = self._is_task(fields) and valid
        return valid

    def _is_task(self, fields: Any) -> bool:
        """Whether a row says what a task needs; what it lacks is said beside the field."""
        valid = True
        if not fields.title.data:
            valid = _wrong(fields.title, _("请写明任务"))
        if not fields.lead.errors and len(fields.lead.unit_ids) != 1:
            valid = _wrong(fields.lead, _("请写一家牵头单位") if not fields.lead.data else _("牵头单位只能有一家"))
        if not fields.due_on.errors and fields.due_on.data is None:
            valid = _wrong(fields.due_on, _("请填写时限；原文没有写的，由您定"))
        if set(fields.lead.unit_ids) & set(fields.cooperating.unit_ids):
            valid = _wrong(fields.cooperating, _("牵头单位不能同时是配合单位，请去掉一处"))
        return valid

    def _body_text(self) -> str:
        return (self.text.data or "")[slice(*self.body)]

    @property
    def details(self) -> MeetingDetails:
        """What is written down about the meeting."""
        kind_id: Any = self.kind_id.data
        return {
            "kind_id": kind_id,
            "title": self.title.data,
            "held_on": self.held_on.data,
            "day_text": self.day_text.data or "",
            "year": self.year.data,
            "begins_at": None,
            "ends_at": None,
            "place": self.place.data or "",
            "branch_places": "",
            "organiser": "",
            "chair_name": self.chair_name.data or "",
            "chair_post": self.chair_post.data or "",
            "source": self.source.data or "",
            "text_reviewer": "",
            "previous_id": None,
            "scopes": self.scopes.data or [],
        }

    @property
    def speakers_said(self) -> list[Speaker]:
        """Who is to be recorded as having spoken; a unit is known by its name."""
        units = self.unit_ids
        return [
            Speaker(
                kind=row.form.kind.data,
                speaker_name=row.form.speaker_name.data or "",
                speaker_post=row.form.speaker_post.data or "",
                person_id=int(row.form.person.data) if (row.form.person.data or "").isdigit() else None,
                is_new_person=row.form.person.data == _NEW,
                unit_id=None if row.form.speaker_name.data else units.get(row.form.speaker_post.data or ""),
            )
            for row in self.speakers.filled
            if not row.form.is_left_out.data
        ]

    @property
    def asked(self) -> list[Asked]:
        """The sentences that are kept, each with its place in the report."""
        body = self._body_text()
        found: list[Asked] = []
        at = 0
        for row in self.sentences.filled:
            fields = row.form
            place = place_of(body, fields.text.data, at)
            if fields.treatment.data is Treatment.DROP or place is None:
                continue
            at = place[1]
            found.append(
                Asked(
                    text=body[slice(*place)],
                    start=place[0],
                    end=place[1],
                    section=fields.section.data,
                    treatment=fields.treatment.data,
                    reason=fields.reason.data or "",
                    title=fields.title.data or "",
                    lead_unit_id=next(iter(fields.lead.unit_ids), None),
                    cooperating_unit_ids=fields.cooperating.unit_ids,
                    due_on=fields.due_on.data,
                    standards=lines_of(fields.standards.data),
                    aims=fields.aims.data or (),
                    joined_task_id=self.ids_by_number.get(fields.joined_number.data or ""),
                )
            )
        return found


def _wrong(field: Any, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False

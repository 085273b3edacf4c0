"""What is sent about material: the asking, a version, the office's opinion; and a line of a meeting's duties."""

from collections.abc import Sequence
from typing import Any

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
from meetings.directory.models import UnitGroup
from meetings.directory.queries import PickableChoice
from meetings.rounds import words
from meetings.rounds.models import CollectionKind


class CollectionForm(Form):
    """A collection of material; ``agenda_item_id`` where it is for a meeting."""

    keeps_draft = "collection"
    kind = RadioField(
        N_("材料种类"),
        choices=choices_of(words.COLLECTION_KINDS),
        coerce=CollectionKind,
        default=CollectionKind.SPEECH,
    )
    title = TextField(N_("名称"), max_length=100)
    request = LongTextField(
        N_("要求"), required=False, max_length=2000, rows=4, hint=N_("字数、内容、格式；系统里已有的数据不必再要。")
    )
    due_on = DayField(N_("报送截止日"))
    agenda_item_id = ChoiceField(N_("用于哪项议程"), coerce=int, required=False, empty=N_("不限议程"))
    group_ids = ChoicesField(N_("单位组"), coerce=int)
    unit_ids = ChoicesField(N_("单位"), coerce=int)

    def __init__(
        self,
        *args: Any,
        groups: Sequence[UnitGroup],
        units: Sequence[PickableChoice],
        agenda: Sequence[Choice] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group_ids.choices = [(group.id, group.name) for group in groups]
        self.unit_ids.choices = list(units)
        self.unit_ids.render_kw = {"data-picker": "yes"}
        if agenda is None:
            del self.agenda_item_id
        else:
            self.agenda_item_id.choices = list(agenda)

    @property
    def payload(self) -> dict[str, Any]:
        values = super().payload
        values.pop("agenda_item_id", None)
        return {
            **values,
            "request": values["request"] or "",
            "group_ids": values["group_ids"] or [],
            "unit_ids": values["unit_ids"] or [],
        }


class HandInForm(Form):
    """One version of a material."""

    keeps_draft = "material"
    text = LongTextField(N_("正文"), required=False, max_length=20000, rows=16, hint=N_("可以直接写，也可以只传文件。"))
    files = FilesField(N_("文件"), hint=N_("一稿一个文件；Word、PDF 均可。"))


class ReviewForm(Form):
    """The office's word on the version that it has read."""

    keeps_draft = "material_review"
    number = WholeNumberField(N_("第几稿"), least=1)
    opinion = LongTextField(N_("审稿意见"), required=False, max_length=4000, rows=6)


class DutyForm(Form):
    """A line of 会务分工."""

    what = TextField(N_("事项"))
    who = TextField(N_("由谁办"), required=False, max_length=100, hint=N_("单位或岗位"))
    due_on = DayField(N_("完成日期"), required=False)

    @property
    def payload(self) -> dict[str, Any]:
        values = super().payload
        return {**values, "who": values["who"] or ""}


class EditDutyForm(DutyForm, EditForm):
    """The same line, changed."""

"""What is filled in about a meeting, and about the office's list of kinds."""

from collections.abc import Iterable, Sequence
from typing import Any

from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
    ChoicesField,
    DayField,
    EditForm,
    Form,
    LongTextField,
    MomentField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.directory.models import PostKind, UnitGroup
from meetings.meetings.models import Meeting, MeetingStatus
from meetings.meetings.rules import ScopeKey
from meetings.meetings.words import POSTS_IN_GROUP, STATUSES

# In the order of the columns of the matrix; other posts are asked by name.
SCOPE_KINDS = tuple(kind for kind in PostKind if kind is not PostKind.OTHER)


class MeetingForm(EditForm):
    keeps_draft = "meeting"
    title = TextField(N_("会议名称"), max_length=200)
    kind_id = ChoiceField(N_("会议类型"), coerce=int)
    held_on = DayField(N_("会议日期"), required=False)
    day_text = TextField(
        N_("日期说明"), required=False, max_length=50, hint=N_("日子不确定时照原文写，如：近日、6月中旬；并填写年度")
    )
    year = WholeNumberField(
        N_("年度"), required=False, least=1990, most=2199, hint=N_("填了会议日期的不必填；次第按年度编排")
    )
    begins_at = MomentField(N_("开始时间"), required=False)
    ends_at = MomentField(N_("结束时间"), required=False)
    place = TextField(N_("地点"), required=False, max_length=200)
    branch_places = TextField(N_("分会场"), required=False, max_length=500, hint=N_("多个用顿号分开"))
    organiser = TextField(N_("主办单位"), required=False, max_length=100)
    chair_name = TextField(N_("主持人姓名"), required=False, max_length=100)
    chair_post = TextField(N_("主持人职务"), required=False, max_length=200)
    source = TextField(
        N_("材料来源"), required=False, max_length=200, hint=N_("会议情况取自何处，如：本办记录、政府网站报道")
    )
    text_reviewer = TextField(N_("文字审核"), required=False, max_length=100)
    previous_id = ChoiceField(
        N_("上次会议"), coerce=int, required=False, empty=N_("没有"), hint=N_("同一系列的上一次，用于对照上次议定事项")
    )
    scopes = ChoicesField(N_("参会范围"), coerce=ScopeKey.read)

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[Choice],
        previous: Iterable[Choice],
        groups: Sequence[UnitGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind_id.choices = list(kinds)
        self.previous_id.choices = list(previous)
        self.scopes.choices = [
            (str(ScopeKey(group.id, kind)), f"{group.name}{POSTS_IN_GROUP[kind]}")
            for group in groups
            for kind in SCOPE_KINDS
        ]

    @classmethod
    def values_of(cls, row: Meeting) -> dict[str, Any]:
        values = super().values_of(row)
        values["scopes"] = [ScopeKey(scope.group_id, scope.post_kind) for scope in row.scopes]
        return values


class CancelForm(EditForm):
    keeps_draft = "meeting_cancel"
    reason = LongTextField(N_("取消原因"), max_length=500, rows=3)


class KindForm(Form):
    name = TextField(N_("名称"), max_length=50)
    position = WholeNumberField(N_("排序"), most=100_000, hint=N_("数小的排在前面"))
    is_active = CheckField(N_("在用"), hint=N_("停用后不再出现在新建会议中，已有会议不变"), default=True)


class FilterForm(Form):
    class Meta(Form.Meta):
        csrf = False

    q = TextField(N_("会议名称"), required=False)
    year = ChoiceField(N_("年度"), coerce=int, required=False)
    kind = ChoiceField(N_("类型"), coerce=int, required=False)
    status = ChoiceField(N_("状态"), choices=choices_of(STATUSES), coerce=MeetingStatus, required=False)

    def __init__(self, *args: Any, years: Iterable[int], kinds: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year.choices = [(year, _("%(year)s年", year=year)) for year in years]
        self.kind.choices = list(kinds)

    @property
    def words(self) -> list[str]:
        """The filter in words, as it stands under the bar and on paper."""
        chosen = []
        for field in (self.year, self.kind, self.status):
            labels = {str(value): str(label) for value, label, *_rest in field.choices}
            if field.data is not None and not field.errors:
                chosen.append(labels[str(field.data.value if isinstance(field.data, MeetingStatus) else field.data)])
        if self.q.data and not self.q.errors:
            chosen.append(f"“{self.q.data}”")
        return chosen

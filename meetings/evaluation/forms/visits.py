"""What the office writes down of inspections, and what a unit answers; what is to be put right."""

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
    choices_of,
)
from meetings.core.i18n import N_
from meetings.evaluation.models import FindingKind
from meetings.evaluation.words import FINDINGS


class GroupForm(Form):
    name = TextField(N_("督导组"), max_length=50, hint=N_("如“第一督导组”。"))
    leader = TextField(N_("组长"), max_length=100, hint=N_("写职务，如“县妇儿工委办主任”。"))
    members = LongTextField(N_("成员"), required=False, max_length=2000, rows=4, hint=N_("一行一人，写单位和职务。"))


class VisitForm(EditForm):
    group_id = ChoiceField(N_("督导组"), coerce=int)
    unit_id = ChoiceField(N_("被督导单位"), coerce=int)
    visited_on = DayField(N_("督导日期"))
    place = TextField(N_("地点"), required=False, max_length=200, hint=N_("实地查看的学校、村、服务机构等。"))

    def __init__(self, *args: Any, groups: Sequence[Choice], units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group_id.choices, self.unit_id.choices = list(groups), list(units)


class RecordForm(EditForm):
    keeps_draft = "visit"
    looked_at = LongTextField(N_("查看内容"), required=False, max_length=4000, rows=5)
    feedback = LongTextField(
        N_("反馈意见"), required=False, max_length=4000, rows=6, hint=N_("反馈后单位可以看到，不能再改动。")
    )
    files = FilesField(N_("附件"), hint=N_("现场照片、查阅的台账等；反馈后单位可以看到。"))


class FindingForm(Form):
    kind = RadioField(N_("类别"), choices=choices_of(FINDINGS), coerce=FindingKind, default=FindingKind.PROBLEM)
    text = LongTextField(N_("发现的情况"), max_length=500, rows=3, hint=N_("一条写一件事，只写人数，不附姓名。"))


class AnswerForm(Form):
    keeps_draft = "visit_answer"
    answer = LongTextField(N_("答复"), max_length=4000, rows=6, hint=N_("逐条说明认领情况、整改措施和时间。"))
    files = FilesField(N_("附件"))


class RectifyForm(Form):
    """What is to be put right, by whom and by when."""

    keeps_draft = "rectification"
    problem = LongTextField(N_("问题"), max_length=190, rows=2, hint=N_("写进任务名称。"))
    content = LongTextField(N_("整改要求"), required=False, max_length=4000, rows=5)
    standards = LongTextField(
        N_("完成标准"), required=False, max_length=2000, rows=3, hint=N_("一行一条，办结时逐条核对。")
    )
    lead_unit_id = ChoiceField(N_("整改单位"), coerce=int)
    cooperating_unit_ids = ChoicesField(N_("配合单位"), coerce=int)
    due_on = DayField(N_("整改期限"))

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead_unit_id.choices, self.cooperating_unit_ids.choices = list(units), list(units)

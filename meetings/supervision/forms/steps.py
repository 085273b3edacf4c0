"""Forms of the steps of supervision and of their answers."""

from collections.abc import Sequence
from typing import Any

from meetings.approvals.forms import SignedForm
from meetings.core.forms import (
    CheckField,
    Choice,
    ChoicesField,
    DayField,
    EditForm,
    Form,
    LongTextField,
    RadioField,
    TextField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.supervision.models import StepKind
from meetings.supervision.words import STEPS

# What is not done by a paper of its own.
BY_HAND = (StepKind.HINT, StepKind.COORDINATE, StepKind.TRANSFER, StepKind.CIRCULATE)


class UrgeForm(Form):
    """Several tasks, each lead of which is reminded at once."""

    NOT_PAYLOAD = Form.NOT_PAYLOAD | {"ids"}
    keeps_draft = "urge"

    ids = ChoicesField(N_("任务"), coerce=int, required=True)
    text = LongTextField(
        N_("催办说明"), required=False, max_length=500, rows=3, hint=N_("不写的，只发系统拟好的催办文字。")
    )
    answer_by = DayField(N_("反馈期限"), required=False)
    with_helpers = CheckField(N_("同时催办还没有报送的配合单位"))

    def __init__(self, *args: Any, tasks: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids.choices = list(tasks)


class StepForm(SignedForm):
    """A step that the office takes, or a leader decided on paper."""

    keeps_draft = "supervision"

    kind = RadioField(N_("督办方式"), choices=choices_of({kind: STEPS[kind] for kind in BY_HAND}), coerce=StepKind)
    text = LongTextField(
        N_("情况和要求"), max_length=1000, rows=5, hint=N_("写明到哪一步、请谁做什么；承办单位看得到。")
    )
    answer_by = DayField(N_("反馈期限"), required=False)


class AnswerForm(Form):
    """What the unit did; ``answered_on`` only where the office enters it from paper."""

    keeps_draft = "answer"

    answer = LongTextField(N_("办理情况"), max_length=2000, rows=6, hint=N_("办到哪一步、什么时候办完、有什么困难。"))
    answered_on = DayField(N_("答复日期"), required=False, hint=N_("纸上的日期；不填为今天。"))

    def __init__(self, *args: Any, from_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not from_paper:
            del self.answered_on


class NoticeForm(EditForm):
    """The second part of a 督办通知单 as it was filled in on paper."""

    keeps_draft = "second_part"
    received_on = DayField(N_("签收日期"), required=False)
    received_by = TextField(N_("签收人"), required=False, max_length=100)
    unit_opinion = LongTextField(N_("单位意见"), required=False, max_length=500, rows=2)
    unit_signer = TextField(N_("单位签署人"), required=False, max_length=100)
    unit_signed_on = DayField(N_("单位签署日期"), required=False)
    office_opinion = LongTextField(N_("办公室意见"), required=False, max_length=500, rows=2)
    office_signer = TextField(N_("办公室签署人"), required=False, max_length=100)
    office_signed_on = DayField(N_("办公室签署日期"), required=False)
    leader_opinion = LongTextField(N_("领导批示"), required=False, max_length=500, rows=2)
    leader_signer = TextField(N_("批示领导"), required=False, max_length=100)
    leader_signed_on = DayField(N_("批示日期"), required=False)

"""What a unit sends of its self-assessment, and what its head and the office say of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from meetings.approvals.forms import SignedForm
from meetings.core.forms import EditForm, Form, LongTextField, NumberField, TextField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.evaluation import words
from meetings.evaluation.models import Assessment, Duty
from meetings.evaluation.rules import LONGEST


class AssessmentForm(EditForm):
    """The five parts; nothing is required until it is sent."""

    keeps_draft = "assessment"
    reached = LongTextField(N_("目标和指标完成情况"), required=False, max_length=LONGEST, rows=6)
    measures = LongTextField(N_("主要措施和成效"), required=False, max_length=LONGEST, rows=6)
    experience = LongTextField(
        N_("经验做法"), required=False, max_length=LONGEST, rows=4, hint=N_("没有的可以不填。一行一条。")
    )
    reasons = LongTextField(N_("存在问题和原因"), required=False, max_length=LONGEST, rows=4, hint=N_("一行一条。"))
    next_steps = LongTextField(N_("下一步打算"), required=False, max_length=LONGEST, rows=4, hint=N_("一行一条。"))
    laws = LongTextField(N_("法律政策制定和实施情况"), required=False, max_length=LONGEST, rows=5)
    plans = LongTextField(N_("目标纳入本部门规划情况"), required=False, max_length=LONGEST, rows=5)
    duties = LongTextField(N_("职责履行情况"), required=False, max_length=LONGEST, rows=5)
    mechanisms = LongTextField(N_("工作机制运行情况"), required=False, max_length=LONGEST, rows=5)


def assessment_form(missed: Sequence[tuple[int, str]], **values: Any) -> Any:
    """The form with a field for the reason of each missed indicator: id and name."""
    reasons = {
        f"reason_{indicator_id}": LongTextField(
            _("未达标原因：%(name)s", name=name), required=False, max_length=500, rows=2
        )
        for indicator_id, name in missed
    }

    class WithReasons(AssessmentForm):
        @property
        def payload(self) -> dict[str, Any]:
            """The reasons of all indicators stand together, by id."""
            sent = super().payload
            given = {name.removeprefix("reason_"): sent.pop(name) for name in reasons}
            return {**sent, "reasons_given": {int(indicator_id): text or "" for indicator_id, text in given.items()}}

        @classmethod
        def values_of(cls, row: Assessment) -> dict[str, Any]:
            """Needs ``reasons_given``."""
            given = {f"reason_{reason.indicator_id}": reason.text for reason in row.reasons_given}
            return super().values_of(row) | given

        @property
        def reasons_fields(self) -> list[Any]:
            """In the order of the plan."""
            return [self[name] for name in reasons]

    return type("AssessmentForm", (WithReasons,), reasons)(**values)


class ApproveForm(SignedForm):
    note = LongTextField(N_("审核意见"), required=False, max_length=500, rows=3)


class ReturnForm(Form):
    keeps_draft = "return"
    reason = LongTextField(N_("退回理由"), max_length=500, rows=4, hint=N_("写清缺什么、改什么。"))


class ScoreForm(Form):
    """Points and what for, part by part; the fields are those of the evaluation's duties."""

    goals_points = NumberField(N_("目标实现情况得分"))
    goals_note = TextField(N_("目标实现情况说明"), required=False, max_length=300)
    laws_points = NumberField(N_("法律政策得分"))
    laws_note = TextField(N_("法律政策说明"), required=False, max_length=300)
    plans_points = NumberField(N_("目标纳入本部门规划得分"))
    plans_note = TextField(N_("目标纳入本部门规划说明"), required=False, max_length=300)
    duties_points = NumberField(N_("职责履行得分"))
    duties_note = TextField(N_("职责履行说明"), required=False, max_length=300)
    mechanisms_points = NumberField(N_("工作机制得分"))
    mechanisms_note = TextField(N_("工作机制说明"), required=False, max_length=300)

    def __init__(self, *args: Any, duties: Sequence[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for duty in duties:
            self[f"{duty.part.value}_points"].description = _(
                "%(part)s，满分 %(most)s 分。", part=_(words.PARTS[duty.part]), most=f"{duty.points.normalize():f}"
            )

    @staticmethod
    def values_of(assessment: Assessment, duties: Sequence[Duty]) -> dict[str, Any]:
        """What was given before; needs ``scores``."""
        given = {row.duty_id: row for row in assessment.scores}
        return {
            f"{duty.part.value}_{name}": getattr(given[duty.id], name)
            for duty in duties
            if duty.id in given
            for name in ("points", "note")
        }

    def given(self, duties: Sequence[Duty]) -> Mapping[int, tuple[Decimal, str]]:
        """Points and note by duty."""
        return {
            duty.id: (self[f"{duty.part.value}_points"].data, self[f"{duty.part.value}_note"].data or "")
            for duty in duties
        }

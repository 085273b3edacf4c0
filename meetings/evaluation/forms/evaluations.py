"""What the office sends of an evaluation: its stages and days, what it asks, whom it asks, its report."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
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
    NumberField,
    RadioField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.evaluation import rules, words
from meetings.evaluation.models import Evaluation, EvaluationKind, Part, StageKind


class EvaluationForm(EditForm):
    """``<stage>_from_on`` and ``<stage>_until_on`` are the days of the five stages."""

    kind = RadioField(
        N_("类别"), choices=choices_of(words.KINDS), coerce=EvaluationKind, default=EvaluationKind.MID_TERM
    )
    title = TextField(N_("名称"), max_length=150, hint=N_("如“2021—2025年妇女儿童发展规划终期评估”。"))
    year = WholeNumberField(N_("评估年度"), least=2000, most=2100, hint=N_("以哪一年的数据作判定。"))
    plan_ids = ChoicesField(N_("所评规划"), coerce=int, hint=N_("妇女、儿童两规划一般同时评估。"))
    document_id = ChoiceField(
        N_("评估方案"),
        coerce=int,
        required=False,
        empty=N_("尚未印发"),
        hint=N_("先在“文件”中登记方案，再在这里选用。"),
    )
    scheme_from_on = DayField(N_("方案开始"))
    scheme_until_on = DayField(N_("方案结束"))
    self_assessment_from_on = DayField(N_("自评开始"))
    self_assessment_until_on = DayField(N_("自评结束"))
    inspection_from_on = DayField(N_("督导开始"))
    inspection_until_on = DayField(N_("督导结束"))
    report_from_on = DayField(N_("报告开始"))
    report_until_on = DayField(N_("报告结束"))
    rectification_from_on = DayField(N_("整改开始"))
    rectification_until_on = DayField(N_("整改结束"))
    is_scored = CheckField(
        N_("启用评分"), hint=N_("默认不评分。启用后按五个方面给分，只供本单位和办公室查看，不排名。")
    )

    def __init__(
        self, *args: Any, documents: Sequence[Choice] = (), plans: Sequence[Choice] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.document_id.choices, self.plan_ids.choices = list(documents), list(plans)

    @classmethod
    def values_of(cls, row: Evaluation) -> dict[str, Any]:
        """What the fields hold; needs ``stages`` and ``evaluated``."""
        days = {
            f"{stage.kind.value}_{name}": getattr(stage, name)
            for stage in row.stages
            for name in ("from_on", "until_on")
        }
        plain = ("kind", "title", "year", "document_id", "is_scored", "version")
        return {name: getattr(row, name) for name in plain} | {"plan_ids": row.plan_ids} | days

    @staticmethod
    def proposed(today: date) -> dict[str, Any]:
        """What the fields of a new one begin with: one stage after the other from today, last year's figures."""
        days = {
            f"{kind.value}_{name}": getattr(one, name)
            for kind, one in rules.proposed_days(today).items()
            for name in ("from_on", "until_on")
        }
        return {"kind": EvaluationKind.MID_TERM, "year": today.year - 1, **days}

    def days(self) -> dict[StageKind, tuple[date, date]]:
        """First and last day of each stage."""
        return {kind: (self[f"{kind.value}_from_on"].data, self[f"{kind.value}_until_on"].data) for kind in StageKind}


class HandOutForm(Form):
    group_ids = ChoicesField(N_("单位组"), coerce=int)
    unit_ids = ChoicesField(N_("单位"), coerce=int)
    due_on = DayField(N_("报送期限"))

    def __init__(self, *args: Any, groups: Sequence[Choice], units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group_ids.choices, self.unit_ids.choices = list(groups), list(units)


class DutiesForm(Form):
    """What each of the five parts asks, and its points."""

    keeps_draft = "duties"
    goals_guidance = LongTextField(N_("目标实现情况"), max_length=2000, rows=3)
    goals_points = NumberField(N_("目标实现情况分值"), required=False)
    laws_guidance = LongTextField(N_("法律政策"), max_length=2000, rows=3)
    laws_points = NumberField(N_("法律政策分值"), required=False)
    plans_guidance = LongTextField(N_("目标纳入本部门规划"), max_length=2000, rows=3)
    plans_points = NumberField(N_("目标纳入本部门规划分值"), required=False)
    duties_guidance = LongTextField(N_("职责履行"), max_length=2000, rows=3)
    duties_points = NumberField(N_("职责履行分值"), required=False)
    mechanisms_guidance = LongTextField(N_("工作机制"), max_length=2000, rows=3)
    mechanisms_points = NumberField(N_("工作机制分值"), required=False)

    @staticmethod
    def values_of(asked: Mapping[Part, Any]) -> dict[str, Any]:
        """What the fields hold for what is asked by part."""
        return {
            f"{part.value}_{name}": getattr(row, name) for part, row in asked.items() for name in ("guidance", "points")
        }

    def asked(self) -> dict[Part, tuple[str, Decimal]]:
        """Words and points of each part; a part without points counts nothing."""
        return {
            part: (self[f"{part.value}_guidance"].data or "", self[f"{part.value}_points"].data or Decimal(0))
            for part in Part
        }


class ReportForm(EditForm):
    """The office's parts of the report."""

    keeps_draft = "evaluation_report"
    summary = LongTextField(N_("评估工作概况"), required=False, max_length=6000, rows=6)
    laws = LongTextField(N_("法律政策"), required=False, max_length=6000, rows=5)
    plans = LongTextField(N_("目标纳入规划"), required=False, max_length=6000, rows=5)
    duties = LongTextField(N_("职责履行"), required=False, max_length=6000, rows=5)
    mechanisms = LongTextField(N_("工作机制"), required=False, max_length=6000, rows=5)
    experience = LongTextField(
        N_("主要做法和经验"), required=False, max_length=6000, rows=6, hint=N_("一行一条，印出时自动编号。")
    )
    problems = LongTextField(
        N_("存在问题和原因"), required=False, max_length=6000, rows=6, hint=N_("一行一条，印出时自动编号。")
    )
    next_steps = LongTextField(
        N_("下一步打算"), required=False, max_length=6000, rows=6, hint=N_("一行一条，印出时自动编号。")
    )


def report_form(domains: Sequence[tuple[int, str]], **values: Any) -> Any:
    """The form with a text for each domain of the plans: id and name."""
    texts = {
        f"domain_{domain_id}": LongTextField(
            _("分领域进展：%(name)s", name=name), required=False, max_length=6000, rows=3
        )
        for domain_id, name in domains
    }

    class WithDomains(ReportForm):
        @property
        def payload(self) -> dict[str, Any]:
            """The texts of the domains stand together, by id."""
            sent = super().payload
            reviews = {int(name.removeprefix("domain_")): sent.pop(name) or "" for name in texts}
            return {**{name: text or "" for name, text in sent.items()}, "reviews": reviews}

        @classmethod
        def values_of(cls, row: Evaluation) -> dict[str, Any]:
            """Needs ``reviews``."""
            return super().values_of(row) | {f"domain_{review.domain_id}": review.text for review in row.reviews}

        @property
        def domain_fields(self) -> list[Any]:
            """In the order of the plans."""
            return [self[name] for name in texts]

    return type("ReportForm", (WithDomains,), texts)(**values)

"""Plans, stages, domains, goals, measures."""

from collections.abc import Sequence
from typing import Any

from wtforms import Form as Fields
from wtforms import FormField

from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
    ChoicesField,
    DayField,
    EditForm,
    Form,
    LongTextField,
    RadioField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.directory.forms import UnitNamesField
from meetings.directory.queries import PickableChoice
from meetings.plans.models import Domain, Goal, Measure, PlanKind, Responsibility, Stage
from meetings.plans.words import KINDS, STAGES

FIRST_YEAR, LAST_YEAR = 1990, 2199


class PlanForm(EditForm):
    keeps_draft = "plan"
    kind = RadioField(N_("种类"), choices=choices_of(KINDS), coerce=PlanKind)
    title = TextField(N_("规划名称"), max_length=200, hint=N_("照印发的文件写，如：某县妇女发展规划（2026—2030年）。"))
    from_year = WholeNumberField(N_("起始年份"), least=FIRST_YEAR, most=LAST_YEAR)
    until_year = WholeNumberField(N_("截止年份"), least=FIRST_YEAR, most=LAST_YEAR)
    document_id = ChoiceField(
        N_("规划文件"), coerce=int, required=False, empty=N_("尚未印发"), hint=N_("在“文件”中登记后从这里选择。")
    )
    note = LongTextField(N_("备注"), required=False, max_length=2000, rows=3)

    def __init__(self, *args: Any, documents: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document_id.choices = list(documents)


class StageFields(Fields):  # type: ignore[misc]  # WTForms has no types
    """One stage."""

    due_on = DayField(N_("计划完成"), required=False)
    begun_on = DayField(N_("开始日期"), required=False)
    note = TextField(N_("说明"), required=False, max_length=500)


class StagesForm(EditForm):
    """The stages of a plan, each with its days, and the present one."""

    stage = ChoiceField(N_("目前所处阶段"), choices=choices_of(STAGES), coerce=Stage)
    research = FormField(StageFields)
    drafting = FormField(StageFields)
    consultation = FormField(StageFields)
    submission = FormField(StageFields)
    issue = FormField(StageFields)
    implementation = FormField(StageFields)
    monitoring = FormField(StageFields)
    evaluation = FormField(StageFields)

    @property
    def entries(self) -> dict[Stage, Any]:
        """The fields of each stage."""
        return {stage: self[stage.value].form for stage in Stage}


class ClosePlanForm(Form):
    closed_on = DayField(N_("结束日期"), hint=N_("终期评估结束、下一周期规划接续的日子；之后本规划只供查阅。"))


class NextPlanForm(Form):
    title = TextField(N_("规划名称"), max_length=200)
    until_year = WholeNumberField(N_("截止年份"), least=FIRST_YEAR, most=LAST_YEAR)
    goal_ids = ChoicesField(N_("继续的主要目标"), coerce=int)
    measure_ids = ChoicesField(N_("继续的策略措施"), coerce=int)
    indicator_ids = ChoicesField(N_("继续的指标"), coerce=int)

    def __init__(self, *args: Any, whole: Sequence[Domain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal_ids.choices = [(row.id, f"{row.number}　{row.text}") for each in whole for row in each.goals]
        self.measure_ids.choices = [(row.id, f"{row.number}　{row.text}") for each in whole for row in each.measures]
        self.indicator_ids.choices = [
            (row.id, f"{row.number}　{row.name}") for each in whole for row in each.indicators
        ]


class DomainForm(EditForm):
    number = TextField(N_("序号"), required=False, max_length=20, hint=N_("照规划印的写，如：（一）。"))
    name = TextField(N_("领域"), max_length=100, hint=N_("如：妇女与健康。"))
    previous_id = ChoiceField(N_("承接上一周期"), coerce=int, required=False, empty=N_("没有"))

    def __init__(self, *args: Any, before: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_before(self, before)


def _offer_before(form: Any, before: Sequence[Choice]) -> None:
    form.previous_id.choices = list(before)
    if not before:
        del form.previous_id


class UnitsFields:
    """The units that answer for something, as they are printed."""

    main_units = UnitNamesField(
        N_("主要责任单位"), hint=N_("用顿号隔开，按印发的顺序，第一家为牵头单位。可写全称、简称或拼音首字母。")
    )
    shared_units = UnitNamesField(N_("责任单位"), hint=N_("其他承担责任的单位。"))


def units_of(row: Any) -> dict[str, str]:
    """The units of a row as the fields hold them."""
    return {
        name: "、".join(part.unit.short_name for part in row.units if part.role is role)
        for name, role in (("main_units", Responsibility.MAIN), ("shared_units", Responsibility.SHARED))
    }


class RowForm(UnitsFields, EditForm):
    """What goals and measures share."""

    number = TextField(N_("序号"), required=False, max_length=20, hint=N_("照规划印的写，如：1。"))
    text = LongTextField(N_("内容"), max_length=2000, rows=4)
    previous_id = ChoiceField(N_("承接上一周期"), coerce=int, required=False, empty=N_("没有"))

    def __init__(self, *args: Any, units: Sequence[PickableChoice], before: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.main_units.units = self.shared_units.units = list(units)
        _offer_before(self, before)

    @property
    def payload(self) -> dict[str, Any]:
        ids = {"main_units": self.main_units.unit_ids, "shared_units": self.shared_units.unit_ids}
        return {**super().payload, **ids}

    @classmethod
    def values_of(cls, row: Goal | Measure) -> dict[str, Any]:
        return super().values_of(row) | units_of(row)


class GoalForm(RowForm):
    keeps_draft = "plan_goal"
    is_text = CheckField(N_("文字目标，没有数值"), hint=N_("勾选后不要求设指标；没有勾选又没有指标的，算作遗漏。"))


class MeasureForm(RowForm):
    keeps_draft = "plan_measure"

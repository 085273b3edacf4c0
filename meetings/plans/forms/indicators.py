"""Indicators and their milestones."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
    EditForm,
    LongTextField,
    NumberField,
    RadioField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.directory.queries import PickableChoice
from meetings.plans.forms.tree import FIRST_YEAR, LAST_YEAR, UnitsFields, units_of
from meetings.plans.models import Direction, Indicator, Level
from meetings.plans.rules.milestones import Path
from meetings.plans.words import DIRECTIONS, FACTORS, LEVELS, PATHS


class IndicatorForm(UnitsFields, EditForm):
    keeps_draft = "indicator"
    number = TextField(N_("序号"), required=False, max_length=20, hint=N_("照规划印的写。"))
    name = TextField(N_("指标"), max_length=200)
    goal_id = ChoiceField(N_("所属主要目标"), coerce=int, required=False, empty=N_("不对应单个目标"))
    unit_of_measure = TextField(N_("计量单位"), required=False, max_length=20, hint=N_("如：%、‰、1/10万、岁、个。"))
    direction = RadioField(N_("方向"), choices=choices_of(DIRECTIONS), coerce=Direction, default=Direction.HIGHER)
    tolerance = NumberField(N_("容差"), required=False, hint=N_("只用于“保持在目标左右”：相差多少以内算达到。"))
    definition = LongTextField(N_("指标定义"), required=False, max_length=2000, rows=3)
    numerator_name = TextField(
        N_("分子"), required=False, max_length=200, hint=N_("如：活产产妇中接受系统管理的人数。")
    )
    denominator_name = TextField(
        N_("分母"), required=False, max_length=200, hint=N_("写了分母的，数值由分子、分母算出；没有分母的直接填数值。")
    )
    factor = ChoiceField(N_("系数"), choices=list(FACTORS.items()), coerce=int, default=100)
    decimals = WholeNumberField(N_("保留小数"), least=0, most=4, default=1, hint=N_("四舍五入，0 至 4 位。"))
    formula = TextField(N_("计算公式"), required=False, max_length=500, hint=N_("需要用文字说明时填写。"))
    source = TextField(N_("数据来源"), required=False, max_length=300)
    level = RadioField(N_("数据来源层级"), choices=choices_of(LEVELS), coerce=Level, default=Level.COUNTY)
    available_month = WholeNumberField(N_("次年几月产出"), required=False, least=1, most=12)
    available_day = WholeNumberField(
        N_("几日"), required=False, least=1, most=31, hint=N_("当年数据在次年这一天才有；之前不算无数据，也不催填。")
    )
    baseline_year = WholeNumberField(N_("基期年份"), required=False, least=FIRST_YEAR, most=LAST_YEAR)
    baseline_value = NumberField(N_("基期值"), required=False)
    target_year = WholeNumberField(
        N_("目标年份"), required=False, least=FIRST_YEAR, most=LAST_YEAR, hint=N_("不填按规划截止年份。")
    )
    target_value = NumberField(N_("目标值"), required=False)
    target_text = TextField(
        N_("文字目标"), required=False, max_length=200, hint=N_("没有数值的照原文写，如：提高、逐年下降。")
    )
    is_text = CheckField(N_("不可量化"), hint=N_("只作文字说明，不计入达标率。"))
    is_key = CheckField(N_("本县重点监测"))
    is_sensitive = CheckField(N_("小数保护"), hint=N_("死亡、侵害、案件等人数：不足 5 的不分乡镇显示，也不对外印。"))
    has_sex = CheckField(N_("分性别填报"))
    has_area = CheckField(N_("分城乡填报"))
    previous_id = ChoiceField(N_("承接上一周期"), coerce=int, required=False, empty=N_("没有"))

    def __init__(
        self,
        *args: Any,
        units: Sequence[PickableChoice],
        goals: Sequence[Choice],
        before: Sequence[Choice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.main_units.units = self.shared_units.units = list(units)
        self.goal_id.choices = list(goals)
        self.previous_id.choices = list(before)

    @property
    def payload(self) -> dict[str, Any]:
        ids = {"main_units": self.main_units.unit_ids, "shared_units": self.shared_units.unit_ids}
        return {**super().payload, **ids}

    @classmethod
    def values_of(cls, row: Indicator) -> dict[str, Any]:
        return super().values_of(row) | units_of(row)


class UnitsForm(UnitsFields, EditForm):
    """Only who answers for an indicator: the way from a gap."""

    def __init__(self, *args: Any, units: Sequence[PickableChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.main_units.units = self.shared_units.units = list(units)

    @property
    def payload(self) -> dict[str, Any]:
        return {"main_units": self.main_units.unit_ids, "shared_units": self.shared_units.unit_ids}

    @classmethod
    def values_of(cls, row: Indicator) -> dict[str, Any]:
        return units_of(row) | {"version": row.version}


class MilestonesForm(EditForm):
    """A value for each year of the plan; made for one indicator by ``for_years``."""

    path = RadioField(N_("怎样推算"), choices=choices_of(PATHS), coerce=Path, default=Path.STRAIGHT)
    step = WholeNumberField(N_("几年一步"), least=2, most=5, default=2, hint=N_("只用于“分步”。"))

    YEARS: Sequence[int] = ()

    @classmethod
    def for_years(cls, years: Sequence[int]) -> type["MilestonesForm"]:
        """The form with a field for each of these years."""
        fields = {f"y{year}": NumberField(N_("达标时间表"), required=False) for year in years}
        return type("MilestonesForm", (cls,), {**fields, "YEARS": tuple(years)})

    @property
    def milestones(self) -> dict[int, Decimal]:
        return {year: value for year in self.YEARS if (value := self[f"y{year}"].data) is not None}

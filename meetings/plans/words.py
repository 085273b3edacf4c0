"""Labels of plans, indicators and values, what the rules say in words, and wording of refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.notifications.rules import Kind
from meetings.plans.models import (
    Area,
    Direction,
    IndicatorState,
    Level,
    PlanKind,
    Responsibility,
    Sex,
    Stage,
    ValueState,
)
from meetings.plans.rules.checks import Check
from meetings.plans.rules.judgement import Ground
from meetings.plans.rules.milestones import Path

KINDS: Mapping[PlanKind, str] = {
    PlanKind.WOMEN: N_("妇女发展规划"),
    PlanKind.CHILDREN: N_("儿童发展规划"),
}

# What a line of a plan is, as ``OpenLine.noun`` names it.
LINES: Mapping[str, str] = {"goal": N_("目标"), "indicator": N_("指标"), "measure": N_("措施")}

STAGES: Mapping[Stage, str] = {
    Stage.RESEARCH: N_("调研"),
    Stage.DRAFTING: N_("起草"),
    Stage.CONSULTATION: N_("征求意见"),
    Stage.SUBMISSION: N_("送审"),
    Stage.ISSUE: N_("印发"),
    Stage.IMPLEMENTATION: N_("实施"),
    Stage.MONITORING: N_("监测"),
    Stage.EVALUATION: N_("评估"),
}

RESPONSIBILITIES: Mapping[Responsibility, str] = {
    Responsibility.MAIN: N_("主要责任"),
    Responsibility.SHARED: N_("责任"),
}

DIRECTIONS: Mapping[Direction, str] = {
    Direction.HIGHER: N_("越高越好"),
    Direction.LOWER: N_("越低越好"),
    Direction.AROUND: N_("保持在目标左右"),
    Direction.COUNT: N_("计数，不评价高低"),
}

LEVELS: Mapping[Level, str] = {
    Level.COUNTY: N_("县级可得"),
    Level.PREFECTURE: N_("州级反馈"),
    Level.REGION: N_("自治区测算"),
    Level.NOT_MONITORED: N_("县级不监测"),
}

# What numerator ÷ denominator is multiplied by.
FACTORS: Mapping[int, str] = {
    1: N_("1（比值）"),
    100: N_("100（%）"),
    1000: N_("1000（‰，每千）"),
    10_000: N_("1万（每万）"),
    100_000: N_("10万（1/10万）"),
}

PATHS: Mapping[Path, str] = {
    Path.STRAIGHT: N_("等步：每年同样的幅度"),
    Path.STEPPED: N_("分步：几年一步，中间保持"),
}

SEXES: Mapping[Sex, str] = {Sex.ALL: N_("合计"), Sex.MALE: N_("男"), Sex.FEMALE: N_("女")}
AREAS: Mapping[Area, str] = {Area.ALL: N_("合计"), Area.URBAN: N_("城镇"), Area.RURAL: N_("农村")}

VALUE_STATES: Mapping[ValueState, str] = {
    ValueState.ENTERED: N_("已填未报"),
    ValueState.SUBMITTED: N_("已报待核"),
    ValueState.CHECKED: N_("已核对"),
    ValueState.LOCKED: N_("已锁定"),
}

INDICATOR_STATES: Mapping[IndicatorState, str] = {
    IndicatorState.MET: N_("已达标"),
    IndicatorState.ON_COURSE: N_("预期可达标"),
    IndicatorState.NEARLY_MET: N_("基本达标"),
    IndicatorState.MISSED: N_("未达标"),
    IndicatorState.NO_VALUE: N_("无数据"),
    IndicatorState.NOT_QUANTIFIED: N_("不可量化"),
    IndicatorState.NOT_DUE: N_("未到产出时间"),
    IndicatorState.NOT_MONITORED: N_("县级不监测"),
}

# The mark that goes with the word: of the lights on a page, and in a paper.
STATE_MARKS: Mapping[IndicatorState, str] = {
    IndicatorState.MET: "done",
    IndicatorState.ON_COURSE: "ok",
    IndicatorState.NEARLY_MET: "warn",
    IndicatorState.MISSED: "late",
    IndicatorState.NO_VALUE: "new",
    IndicatorState.NOT_QUANTIFIED: "apart",
    IndicatorState.NOT_DUE: "apart",
    IndicatorState.NOT_MONITORED: "apart",
}

# The line of the rule by which a state was found.
GROUNDS: Mapping[Ground, str] = {
    Ground.MANUAL: N_("人工判定：%(reason)s"),
    Ground.NOT_MONITORED: N_("本指标县级不监测，不作判定"),
    Ground.TEXT: N_("目标没有数值，不作判定"),
    Ground.NOT_OUT: N_("%(year)s年数据%(out_on)s起产出"),
    Ground.NO_VALUE: N_("%(year)s年数据已到产出时间，尚未报送"),
    Ground.COUNTED: N_("只作计数，没有目标值，不作判定"),
    Ground.NO_YARDSTICK: N_("没有目标值，也没有可比的基期值，不作判定"),
    Ground.IMPROVED: N_("目标为“%(target_text)s”，%(value)s好于基期%(baseline)s"),
    Ground.NOT_IMPROVED: N_("目标为“%(target_text)s”，%(value)s没有好于基期%(baseline)s"),
    Ground.TARGET_MET: N_("%(value)s已达到目标%(target)s"),
    Ground.NEARLY: N_("到目标年，%(value)s未达到目标%(target)s，但已走完基期到目标差距的九成以上"),
    Ground.TARGET_MISSED: N_("到目标年，%(value)s未达到目标%(target)s"),
    Ground.MILESTONE_MET: N_("未到目标年，%(value)s达到当年时间表%(milestone)s"),
    Ground.MILESTONE_MISSED: N_("未到目标年，%(value)s未达到当年时间表%(milestone)s"),
    Ground.NO_MILESTONE: N_("未到目标年，%(value)s未达到目标%(target)s，当年没有时间表"),
}

RULE = N_(
    "到目标年，达到目标值为已达标；未达到、但走完基期到目标差距九成以上为基本达标（没有基期不判）；其余为未达标。"
    "目标年以前，达到目标值为已达标；达到当年时间表为预期可达标；其余为未达标。"
)
MET_RATE = N_("已达标指标数 ÷ 应判定指标数（含无数据；不可量化、未到产出时间、县级不监测的不计）")
IN_HAND_RATE = N_("已达标、预期可达标和基本达标指标数 ÷ 应判定指标数（分母同上）")

CHECKS: Mapping[Check, str] = {
    Check.OUT_OF_RANGE: N_("超过%(most)s，请核对分子、分母"),
    Check.UNIT_SLIP: N_("与%(year)s年的%(last)s相差约%(times)s倍，疑似单位或小数点有误"),
    Check.TEN_TIMES: N_("与%(year)s年的%(last)s相差十倍以上"),
    Check.OUTLIER: N_("比上年的%(last)s变动过大（以往每年最多变动%(usual)s）"),
    Check.DENOMINATOR_CHANGED: N_("分母比%(year)s年的%(last)s增减超过二成"),
    Check.PARTS: N_("分项合计%(sum)s，与总数%(whole)s不一致"),
    Check.TOWNSHIPS: N_("各乡镇（街道）合计%(sum)s，与全县%(whole)s不一致"),
    Check.WEIGHTED: N_("各乡镇（街道）分子、分母合计计算为%(last)s，与全县%(usual)s不一致"),
}

REFUSALS: Mapping[str, str] = {
    "plan.not_yours": N_("规划由办公室维护，您可以查阅"),
    "plan.not_yours.who": N_("妇儿工委办主任、工作人员"),
    "plan.years_out_of_order": N_("截止年份不能早于起始年份"),
    "figure.not_a_number": N_("“%(text)s”不是数字"),
    "figure.other_unit": N_("本指标以“%(unit)s”计，“%(text)s”的单位不同，请换算后填写"),
    "figure.below_zero": N_("“%(text)s”小于 0"),
    "figure.too_large": N_("“%(text)s”太大，请核对"),
    "figure.numerator_missing": N_("填了分母，没有填分子"),
    "figure.denominator_missing": N_("填了分子，没有填分母"),
    "figure.denominator_zero": N_("分母为 0，无法计算；当年没有对象的，请不填，并在说明中写明"),
    "figure.contradiction": N_("按分子、分母计算是 %(computed)s，填的是 %(value)s，请核对"),
    "value.year_locked": N_("%(year)s年数值已锁定，不能再填报；确需改动的，由办公室或统计部门更正"),
    "value.year_locked.who": N_("办公室和统计部门可以说明理由更正"),
    "value.year_to_come": N_("%(year)s年还没有到，不能填报"),
    "value.checked_already": N_("有数值已经核对，不能再改；需要改动的，请统计部门退回或更正"),
    "value.not_yours": N_("这项指标不由您的单位填报"),
    "value.not_yours.who": N_("由指标的第一主要责任单位填报，责任单位由办公室在规划中指定"),
    "value.changed_meanwhile": N_("有的行刚才已由别人保存，见该行说明"),
    "value.not_submitted": N_("有数值没有报送或已经核对，请刷新后再办"),
    "value.own_entry": N_("自己填报的数值，须由另一人核对"),
    "value.own_entry.who": N_("办公室或统计部门的其他人员可以核对"),
    "value.cannot_return": N_("这个数值没有报送，或者年度已锁定，不能退回"),
    "value.reason_needed": N_("请写明理由"),
    "value.still_open": N_("这个数值还没有核对，由填报单位修改即可"),
    "value.nothing_given": N_("请填写更正后的数值"),
    "value.nothing_changed": N_("更正前后相同"),
    "value.some_unchecked": N_("还有 %(count)s 个数值没有核对，不能锁定"),
    "value.none_checked": N_("%(year)s年没有已核对的数值，不能锁定"),
    "value.no_townships": N_("还没有登记乡镇（街道），请先在单位中登记"),
    "value.year_open": N_("%(year)s年没有锁定"),
    "judgement.reason_needed": N_("人工判定请写明理由"),
    "judgement.not_decidable": N_("请选择判定结果"),
    "plan.years_taken": N_("这一年起始的同类规划已有：%(title)s"),
    "plan.closed": N_("规划已于 %(day)s 结束，只供查阅"),
    "plan.closed_ahead": N_("结束日期不能晚于今天"),
    "plan.closed_early": N_("规划到 %(year)s 年才期满，不能提前结束"),
    "plan.begun_ahead": N_("开始日期不能晚于今天"),
    "plan.stage_not_begun": N_("目前所处的阶段须填写开始日期"),
    "plan.has_next": N_("下一周期的规划已经建立"),
    "plan.unit_in_both": N_("主要责任单位和责任单位中写了同一单位"),
    "plan.no_lead": N_("有责任单位的，须写明主要责任单位"),
    "plan.unit_unknown": N_("有单位不在名录中，请重新选择"),
    "plan.row_in_use": N_("已有数值、任务或要求以此为据，不能删除。请改写，或在下一周期不再列入"),
    "domain.name_taken": N_("本规划已有同名领域"),
    "indicator.name_taken": N_("本规划已有同名指标"),
    "indicator.goal_elsewhere": N_("所选目标不在本领域"),
    "indicator.tolerance_missing": N_("“保持在目标左右”的指标须填写容差"),
    "indicator.tolerance_useless": N_("容差只用于“保持在目标左右”的指标"),
    "indicator.baseline_year_missing": N_("有基期值的须填写基期年份"),
    "indicator.years_out_of_order": N_("目标年份须晚于基期年份"),
    "indicator.target_missing": N_("请填写目标值；没有数值的，写明文字目标"),
    "indicator.day_incomplete": N_("产出日期须同时填写月和日"),
    "indicator.no_such_day": N_("没有这一天"),
    "milestone.no_ends": N_("推算须有基期年份、基期值、目标年份和目标值；请先补齐，或直接填写各年数值"),
    "milestone.year_outside": N_("%(year)s 年不在时间表内（%(first)s 至 %(last)s 年）"),
}

NOTICES = (
    Kind("plans.values_submitted", N_("指标数值待核对"), N_("%(unit)s已报送%(number)s年指标数值，请核对。")),
    Kind("plans.value_returned", N_("指标数值退回"), N_("%(unit)s：%(number)s年有指标数值退回，请修改后重报。")),
)

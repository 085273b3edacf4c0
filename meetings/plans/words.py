"""Labels of plans and indicators, and wording of refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.plans.models import Area, Direction, Level, PlanKind, Responsibility, Sex, Stage, ValueState

KINDS: Mapping[PlanKind, str] = {
    PlanKind.WOMEN: N_("妇女发展规划"),
    PlanKind.CHILDREN: N_("儿童发展规划"),
}

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

SEXES: Mapping[Sex, str] = {Sex.ALL: N_("合计"), Sex.MALE: N_("男"), Sex.FEMALE: N_("女")}
AREAS: Mapping[Area, str] = {Area.ALL: N_("合计"), Area.URBAN: N_("城镇"), Area.RURAL: N_("农村")}

VALUE_STATES: Mapping[ValueState, str] = {
    ValueState.ENTERED: N_("已录入"),
    ValueState.SUBMITTED: N_("已报送"),
    ValueState.CHECKED: N_("已核对"),
    ValueState.LOCKED: N_("已锁定"),
}

REFUSALS: Mapping[str, str] = {
    "plan.not_yours": N_("规划由办公室维护，您可以查阅"),
    "plan.not_yours.who": N_("妇儿工委办主任、工作人员"),
    "plan.years_out_of_order": N_("截止年份不能早于起始年份"),
}

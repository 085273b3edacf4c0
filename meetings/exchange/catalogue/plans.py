"""规划主要目标 and 规划指标: what a 任务分解书 says, one row for each goal; and one row for each indicator."""

from meetings.core.i18n import N_
from meetings.exchange.catalogue.own import KEY, VERSION
from meetings.exchange.queries import plans as queries
from meetings.exchange.rules import plans as rules
from meetings.exchange.rules.cells import CellKind, Column
from meetings.exchange.rules.kinds import TableKind
from meetings.plans.models import Direction, Level
from meetings.plans.words import DIRECTIONS, LEVELS

_PLAN = Column("plan", N_("规划"), note=N_("规划名称，照系统中的写。"), is_required=True, width=30)
_DOMAIN = Column("domain", N_("领域"), note=N_("还没有的领域会新建。"), is_required=True, most=100, width=18)
_NUMBER = Column("number", N_("序号"), note=N_("照规划印的写。"), most=20, width=8)
_MAIN = Column(
    "main_units",
    N_("主要责任单位"),
    CellKind.UNITS,
    N_("可填多家，用顿号隔开，第一家为牵头单位。"),
    most=500,
    width=24,
)
_SHARED = Column("shared_units", N_("责任单位"), CellKind.UNITS, N_("可填多家，用顿号隔开。"), most=500, width=24)


def _yes(name: str, heading: str, note: str = "") -> Column:
    return Column(name, heading, CellKind.YES, note, width=10)


def _year(name: str, heading: str) -> Column:
    return Column(name, heading, CellKind.NUMBER, N_("四位年份。"), least=1990, most=2199, width=10)


def _amount(name: str, heading: str, note: str = "") -> Column:
    return Column(name, heading, note=note or N_("数字；按计量单位填，如 90 或 90%。"), most=30, width=10)


GOALS = TableKind(
    code="goals",
    title=N_("规划主要目标"),
    what=N_("规划的主要目标和责任单位，即任务分解书；一个目标一行。"),
    permissions=("plans.edit",),
    columns=(
        KEY,
        VERSION,
        _PLAN,
        _DOMAIN,
        _NUMBER,
        Column("text", N_("主要目标"), is_required=True, most=2000, width=50),
        _MAIN,
        _SHARED,
        _yes("is_text", N_("文字目标"), N_("没有数值、不设指标的填“是”。")),
    ),
    present=queries.goals,
    check=rules.check_goals,
)

INDICATORS = TableKind(
    code="indicators",
    title=N_("规划指标"),
    what=N_("规划的监测指标：口径、方向、基期、目标和责任单位；一个指标一行。"),
    permissions=("plans.edit",),
    columns=(
        KEY,
        VERSION,
        _PLAN,
        _DOMAIN,
        _NUMBER,
        Column("name", N_("指标"), is_required=True, most=200, width=36),
        Column("goal", N_("所属目标序号"), note=N_("本领域主要目标的序号；不对应单个目标的留空。"), most=20, width=10),
        Column("unit_of_measure", N_("计量单位"), note=N_("如：%、‰、1/10万、岁、个。"), most=20, width=10),
        Column(
            "direction",
            N_("方向"),
            CellKind.CHOICE,
            N_("留空为越高越好。"),
            choices=DIRECTIONS,
            blank=Direction.HIGHER,
            width=16,
        ),
        _amount("tolerance", N_("容差"), N_("只用于“保持在目标左右”。")),
        Column("numerator_name", N_("分子"), most=200, width=24),
        Column("denominator_name", N_("分母"), note=N_("写了分母的，数值由分子、分母算出。"), most=200, width=24),
        Column("decimals", N_("保留小数"), CellKind.NUMBER, N_("0 至 4；留空为 1。"), most=4, blank=1, width=8),
        _year("baseline_year", N_("基期年份")),
        _amount("baseline_value", N_("基期值")),
        _year("target_year", N_("目标年份")),
        _amount("target_value", N_("目标值")),
        Column("target_text", N_("文字目标值"), note=N_("没有数值的照原文写，如：提高。"), most=200, width=14),
        _MAIN,
        _SHARED,
        Column(
            "level",
            N_("数据来源层级"),
            CellKind.CHOICE,
            N_("留空为县级可得。"),
            choices=LEVELS,
            blank=Level.COUNTY,
            width=14,
        ),
        Column("available", N_("次年产出日期"), note=N_("如：3-31 或 3月31日。"), most=20, width=12),
        Column("definition", N_("指标定义"), most=2000, width=30),
        Column("formula", N_("计算公式"), most=500, width=20),
        Column("source", N_("数据来源"), most=300, width=20),
        _yes("is_text", N_("不可量化")),
        _yes("is_key", N_("重点监测")),
        _yes("is_sensitive", N_("小数保护")),
        _yes("has_sex", N_("分性别")),
        _yes("has_area", N_("分城乡")),
    ),
    present=queries.indicators,
    check=rules.check_indicators,
)

"""指标数值: one row for each indicator, and each part of it, of the year that is due."""

from meetings.core.i18n import N_
from meetings.exchange.catalogue.own import KEY, VERSION
from meetings.exchange.queries import values as queries
from meetings.exchange.rules import values as rules
from meetings.exchange.rules.cells import CellKind, Column
from meetings.exchange.rules.kinds import TableKind
from meetings.plans.words import AREAS, SEXES

TABLE = TableKind(
    code="values",
    title=N_("指标数值"),
    what=N_("应报年度的指标数值：填了的行存为已填未报，核对无误后在填报页面报送。"),
    permissions=("plans.enter_values",),
    columns=(
        KEY,
        VERSION,
        Column("year", N_("年度"), is_fixed=True, width=8),
        Column("domain", N_("领域"), is_fixed=True, width=16),
        Column("number", N_("序号"), is_fixed=True, width=8),
        Column("name", N_("指标"), is_fixed=True, width=34),
        Column("sex", N_("性别"), CellKind.CHOICE, choices=SEXES, is_fixed=True, width=8),
        Column("area", N_("城乡"), CellKind.CHOICE, choices=AREAS, is_fixed=True, width=8),
        Column("measure", N_("计量单位"), is_fixed=True, width=10),
        Column("names", N_("分子和分母"), is_fixed=True, width=30),
        Column("before", N_("最近年度"), is_fixed=True, width=14),
        Column(
            "numerator",
            N_("分子"),
            CellKind.FIGURE,
            note=N_("有分母的指标填分子、分母，数值由系统计算。"),
            most=40,
            width=12,
        ),
        Column("denominator", N_("分母"), CellKind.FIGURE, most=40, width=12),
        Column(
            "value", N_("数值"), CellKind.FIGURE, note=N_("没有分子、分母的填数值，按计量单位填。"), most=40, width=12
        ),
        Column("why", N_("说明"), note=N_("与往年相差较大的，写明原因。"), most=500, width=30),
    ),
    present=queries.present,
    check=rules.check,
    may_be_new=False,
)

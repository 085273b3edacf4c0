"""单位: one row for each unit, in the plan's order."""

from meetings.core.i18n import N_
from meetings.directory.words import UNIT_KINDS
from meetings.exchange.catalogue.own import KEY, VERSION
from meetings.exchange.queries import units as queries
from meetings.exchange.rules import units as rules
from meetings.exchange.rules.cells import CellKind, Column
from meetings.exchange.rules.kinds import TableKind

TABLE = TableKind(
    code="units",
    title=N_("单位"),
    what=N_("成员单位、乡镇场（街道）、业务机构的名称、类别和上级单位。"),
    permissions=("directory.edit",),
    columns=(
        KEY,
        VERSION,
        Column("name", N_("全称"), note=N_("文书上使用的规范名称。"), is_required=True, most=100, width=30),
        Column("short_name", N_("简称"), note=N_("如：县教育局。"), is_required=True, most=50, width=18),
        Column(
            "kind", N_("类别"), CellKind.CHOICE, N_("从列表中选择。"), is_required=True, choices=UNIT_KINDS, width=16
        ),
        Column(
            "parent_id",
            N_("上级单位"),
            CellKind.UNIT,
            N_("写全称或简称；没有上级的留空。可以是本表中新增的单位。"),
            width=20,
        ),
        Column("from_on", N_("设立日期"), CellKind.DAY, N_("不清楚的留空。如 2026-07-14。"), width=12),
        Column(
            "renamed_on",
            N_("更名日期"),
            CellKind.DAY,
            N_("只在改了名称时填：新名称从这一天起用，以前的会议和文书仍用旧名。"),
            width=12,
        ),
        Column(
            "is_correction",
            N_("只是更正错字"),
            CellKind.YES,
            N_("改了名称但不算更名的，填“是”，不必填更名日期。"),
            width=14,
        ),
        Column(
            "until_on",
            N_("撤销日期"),
            CellKind.DAY,
            N_("存续的最后一天；没有撤销的留空。合并请在单位页面办理。"),
            width=12,
        ),
        Column("note", N_("备注"), most=2000, width=30),
    ),
    present=queries.present,
    check=rules.check,
)

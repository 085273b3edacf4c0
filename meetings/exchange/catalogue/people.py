"""人员与任职: one row for each post that is held, and for each person who holds none."""

from meetings.core.i18n import N_
from meetings.directory.words import POST_KINDS
from meetings.exchange.catalogue.own import KEY, VERSION
from meetings.exchange.queries import people as queries
from meetings.exchange.rules import people as rules
from meetings.exchange.rules.cells import CellKind, Column
from meetings.exchange.rules.kinds import TableKind

TABLE = TableKind(
    code="people",
    title=N_("人员与任职"),
    what=N_("人员的姓名、礼宾次序、办公电话，和各自在各单位的任职；一个任职一行。不含手机号。"),
    permissions=("directory.edit",),
    columns=(
        KEY,
        VERSION,
        Column(
            "person",
            N_("人员编号"),
            note=N_("已有的人照填编号；新登记的人留空，与名册中他人同名的填“新”，一人占几行的都填“新1”。"),
            most=12,
            width=10,
        ),
        Column("name", N_("姓名"), note=N_("只登记职务、不登记姓名的留空。"), most=100, width=12),
        Column(
            "protocol_order",
            N_("礼宾次序"),
            CellKind.NUMBER,
            N_("1 至 9999，数小的在前；留空按 1000。"),
            most=9999,
            least=1,
            blank=1000,
            width=10,
        ),
        Column("office_phone", N_("办公电话"), most=50, width=16),
        Column("unit_id", N_("单位"), CellKind.UNIT, N_("写全称或简称。"), width=20),
        Column("kind", N_("任职"), CellKind.CHOICE, N_("从列表中选择。"), choices=POST_KINDS, width=18),
        Column("title", N_("职务"), note=N_("名单上印的职务，如：局长、妇联主席。"), most=100, width=18),
        Column("from_on", N_("任职日期"), CellKind.DAY, N_("如 2026-07-14。"), width=12),
        Column(
            "until_on",
            N_("止任日期"),
            CellKind.DAY,
            N_("在任的最后一天；在任的留空。换单位的，此行填止任，另起一行。"),
            width=12,
        ),
        Column("note", N_("备注"), note=N_("关于人员的备注。"), most=2000, width=30),
    ),
    present=queries.present,
    check=rules.check,
)

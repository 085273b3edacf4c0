"""进展: one row for each unit's part in a task under way; what is filled in becomes a report of the period."""

from meetings.core.i18n import N_
from meetings.exchange.catalogue.own import KEY, VERSION
from meetings.exchange.queries import progress as queries
from meetings.exchange.rules import progress as rules
from meetings.exchange.rules.cells import CellKind, Column
from meetings.exchange.rules.kinds import TableKind
from meetings.tasks.words import STEPS, UNIT_ROLES

TABLE = TableKind(
    code="progress",
    title=N_("进展"),
    what=N_("办理中的任务，一个单位一行：填了的行报送一次进展，没填的行不动。"),
    permissions=("tasks.report", "tasks.enter_for_unit"),
    columns=(
        KEY,
        VERSION,
        Column("number", N_("任务编号"), is_fixed=True, width=10),
        Column("title", N_("任务"), is_fixed=True, width=34),
        Column("unit", N_("单位"), is_fixed=True, width=16),
        Column("role", N_("分工"), CellKind.CHOICE, choices=UNIT_ROLES, is_fixed=True, width=8),
        Column("due_on", N_("完成时限"), CellKind.DAY, is_fixed=True, width=12),
        Column("owed_on", N_("报送截止"), CellKind.DAY, is_fixed=True, width=12),
        Column("before", N_("上次报送"), is_fixed=True, width=30),
        Column("standards_said", N_("完成标准"), is_fixed=True, width=30),
        Column("quantities_said", N_("目标与累计"), is_fixed=True, width=24),
        Column("is_no_change", N_("本期无进展变化"), CellKind.YES, N_("没有变化的填“是”，其余各项不填。"), width=10),
        Column("done", N_("进展情况"), note=N_("写做了什么、数量多少；已报过的内容不必重写。"), most=1000, width=40),
        Column(
            "amounts",
            N_("本期完成数"),
            CellKind.LINES,
            N_("只有牵头单位填。一项的填数字；几项的一行一项，如：排查学校 5。"),
            most=1000,
            width=18,
        ),
        Column(
            "standards_met",
            N_("达到的完成标准"),
            note=N_("新达到的几条，写序号，如：1、3。只有牵头单位填。"),
            most=100,
            width=12,
        ),
        Column("step", N_("办理进度"), CellKind.CHOICE, N_("留空为与上次相同。"), choices=STEPS, width=12),
        Column("problems", N_("存在问题"), most=1000, width=26),
        Column(
            "needs_coordination",
            N_("需要办公室协调"),
            CellKind.YES,
            N_("需要的填“是”，并在“存在问题”中写明。"),
            width=10,
        ),
        Column("next_steps", N_("下一步工作"), note=N_("写明做什么、哪天前完成。"), most=500, width=26),
    ),
    present=queries.present,
    check=rules.check,
    may_be_new=False,
)

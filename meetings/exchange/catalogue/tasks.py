"""任务: drafts to be written or changed; what was issued stands beside them and stays as it is."""

from meetings.core.i18n import N_
from meetings.exchange.catalogue.own import KEY, VERSION
from meetings.exchange.queries import tasks as queries
from meetings.exchange.rules import tasks as rules
from meetings.exchange.rules.cells import CellKind, Column
from meetings.exchange.rules.kinds import TableKind
from meetings.tasks.models import ReportingCycle, TaskSource, Urgency
from meetings.tasks.words import REPORTING_CYCLES, SOURCES, STATUSES, URGENCIES

TABLE = TableKind(
    code="tasks",
    title=N_("任务"),
    what=N_("任务的内容、单位、时限和完成标准。草稿可以新增和修改；已交办的只供对照，不能在表中改。"),
    permissions=("tasks.draft",),
    columns=(
        KEY,
        VERSION,
        Column("number", N_("任务编号"), note=N_("交办时由系统编定。"), is_fixed=True, width=10),
        Column("status", N_("状态"), CellKind.CHOICE, choices=STATUSES, is_fixed=True, width=10),
        Column("meeting", N_("会议"), is_fixed=True, width=20),
        Column("title", N_("任务"), note=N_("写清做什么，一句话。"), is_required=True, width=34),
        Column("content", N_("任务内容"), note=N_("范围、口径和要求；标题已经写清的可以不填。"), most=4000, width=30),
        Column(
            "standards",
            N_("完成标准"),
            CellKind.LINES,
            N_("一行一条（Alt+Enter 换行），办结时逐条核对。"),
            most=10_000,
            width=30,
        ),
        Column("lead_unit_id", N_("牵头单位"), CellKind.UNIT, N_("一家，写全称或简称。"), is_required=True, width=18),
        Column(
            "cooperating_unit_ids", N_("配合单位"), CellKind.UNITS, N_("可填多家，用顿号隔开。"), most=2000, width=24
        ),
        Column("due_on", N_("完成时限"), CellKind.DAY, N_("如 2026-07-14。"), is_required=True, width=12),
        Column(
            "quantities",
            N_("可计数的目标"),
            CellKind.QUANTITIES,
            N_("一行一项：名称，计量单位，目标数。如：排查学校，所，28。"),
            most=2000,
            width=22,
        ),
        Column(
            "stages",
            N_("序时节点"),
            CellKind.STAGES,
            N_("一行一个：日期和到时应做到什么。如：2026-09-01 完成排查。"),
            most=5000,
            width=26,
        ),
        Column(
            "urgency",
            N_("紧急程度"),
            CellKind.CHOICE,
            N_("留空为一般。"),
            choices=URGENCIES,
            blank=Urgency.NORMAL,
            width=10,
        ),
        Column(
            "reporting_cycle",
            N_("报送周期"),
            CellKind.CHOICE,
            N_("留空为每季度。"),
            choices=REPORTING_CYCLES,
            blank=ReportingCycle.QUARTERLY,
            width=12,
        ),
        Column(
            "reporting_day",
            N_("报送日"),
            CellKind.NUMBER,
            N_("期满后第几日前报，1 至 28；按周报送的填星期几（1 至 5）。留空为 5。"),
            most=28,
            least=1,
            blank=5,
            width=8,
        ),
        Column("reporting_reason", N_("按月或按周报送的理由"), note=N_("比按季更密的报送须写明理由。"), width=20),
        Column("evidence_reason", N_("要求佐证材料的理由"), note=N_("不填就不要求附材料。"), width=20),
        Column(
            "source",
            N_("任务来源"),
            CellKind.CHOICE,
            N_("留空为办公室安排。"),
            choices=SOURCES,
            blank=TaskSource.OFFICE,
            width=12,
        ),
        Column("source_text", N_("来源说明"), note=N_("文件名称和文号、批示人和日期等。"), most=500, width=24),
        Column("basis", N_("职责依据"), note=N_("交给牵头单位的依据。"), most=300, width=24),
    ),
    present=queries.present,
    check=rules.check,
)

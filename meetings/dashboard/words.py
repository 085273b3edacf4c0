"""What the frame and the first page say: the navigation by permission, buttons, days of the week."""

from collections.abc import Mapping
from dataclasses import dataclass

from meetings.core.i18n import N_
from meetings.tasks.models import UnitRole
from meetings.tasks.rules import OwedKind, WaitingKind


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation: the page's address (stable, see interface), its mark, and who sees it (any of)."""

    path: str
    label: str
    icon: str
    permissions: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()


def _entry(path: str, label: str, icon: str, *permissions: str, also: tuple[str, ...] = ()) -> Entry:
    """``also``: where addresses of the same part begin otherwise."""
    return Entry(path, label, icon, frozenset(permissions), also)


DESK = _entry("/", N_("工作台"), "desk")

# In the office's order: first the meeting, then what came of it.
OFFICE_NAV = (
    DESK,
    _entry("/meetings/", N_("会议"), "meet", "meetings.read"),
    _entry("/tasks/", N_("任务"), "task", "tasks.read_all", also=("/supervision/",)),
    _entry("/plans/", N_("规划指标"), "plan", "plans.read", also=("/indicators/",)),
    _entry("/rounds/", N_("填报期次"), "round", "tasks.read_all"),
    _entry("/evaluations/", N_("评估"), "tick", "evaluations.read"),
    _entry("/documents/", N_("文件"), "file", "documents.read"),
    _entry("/reports/", N_("文书报表"), "paper", "reports.print"),
    _entry("/directory/units/", N_("单位人员"), "unit", "directory.read"),
)

# In a unit's order: first what it owes. Large-text mode shows the first four words.
UNIT_NAV = (
    DESK,
    _entry("/tasks/", N_("任务"), "task", "tasks.read_own", also=("/supervision/",)),
    _entry("/tasks/period", N_("填报"), "round", "tasks.report"),
    _entry("/meetings/", N_("会议"), "meet", "meetings.read_issued"),
    _entry("/plans/", N_("规划指标"), "plan", "plans.read", also=("/indicators/",)),
    _entry("/evaluations/", N_("评估"), "tick", "evaluations.read_own"),
    _entry("/documents/", N_("文件"), "file", "documents.read_issued"),
    _entry("/reports/received/", N_("来文"), "file", "papers.receive"),
    _entry("/reports/", N_("文书"), "paper", "reports.print"),
)

# Administrators see no business content.
ADMIN_NAV = (
    DESK,
    _entry("/accounts/", N_("账号权限"), "unit", "users.manage"),
    _entry("/audit/", N_("审计日志"), "paper", "audit.read"),
    _entry("/system/", N_("系统"), "sys", "system.operate"),
)

WEEKDAYS = (N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"), N_("星期五"), N_("星期六"), N_("星期日"))
SHORT_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))

# Whose desk a unit's account sees, the first of its roles.
UNIT_DESKS: Mapping[str, str] = {
    "liaison": N_("联络员工作台"),
    "unit_head": N_("单位负责人工作台"),
    "statistician": N_("统计员工作台"),
}

# What the office asked of a unit: before its day, after it, and the button that answers.
ASKED: Mapping[str, tuple[str, str, str]] = {
    "round": (N_("待报"), N_("逾期未报"), N_("填报")),
    "material": (N_("待交"), N_("逾期未交"), N_("报送材料")),
    "opinion": (N_("待反馈"), N_("逾期未反馈"), N_("反馈意见")),
    "answer": (N_("待答复"), N_("逾期未答复"), N_("答复")),
    "values": (N_("待报"), N_("逾期未报"), N_("填报数值")),
}
MATERIAL_OWED = N_("材料征集，%(kind)s")
MATERIAL_BACK = N_("材料征集，%(kind)s；审稿后退回，请按意见修改再报")

# When something is owed; from the most pressing on.
OWED_GROUPS: Mapping[str, str] = {"late": N_("已逾期"), "week": N_("本周"), "later": N_("下周以后")}

# What is to be done about it, and why now.
OWED_REASONS: Mapping[OwedKind, str] = {
    OwedKind.RECEIPT: N_("%(day)s交办，%(role)s。"),
    OwedKind.RETURNED: N_("申请办结被退回：“%(why)s”"),
    OwedKind.REPORT_RETURNED: N_("进展被退回：“%(why)s”"),
    OwedKind.OVERDUE: N_("%(role)s，已过完成时限，进展 %(n)s%%。请报送，写明原因和新的完成时间。"),
    OwedKind.REPORT: N_("%(role)s，应报进展；完成时限%(day)s，进展 %(n)s%%。"),
    OwedKind.DUE: N_("%(role)s，应于当日前办结，进展 %(n)s%%。"),
}
RECEIPT_OF: Mapping[UnitRole, str] = {
    UnitRole.LEAD: N_("请签收；不属本单位职责的可退签并写明理由。"),
    UnitRole.COOPERATING: N_("请签收。"),
}

# The button that does what is owed.
OWED_ACTS: Mapping[OwedKind, str] = {
    OwedKind.RECEIPT: N_("签收"),
    OwedKind.RETURNED: N_("补充材料"),
    OwedKind.REPORT_RETURNED: N_("重新报送"),
    OwedKind.OVERDUE: N_("报送进展"),
    OwedKind.REPORT: N_("报送进展"),
    OwedKind.DUE: N_("报送进展"),
}

# The button that takes up what waits for the office.
REVIEW: Mapping[WaitingKind, str] = {
    WaitingKind.COMPLETION: N_("审核"),
    WaitingKind.REPORT: N_("审核"),
    WaitingKind.DECLINED: N_("处理"),
    WaitingKind.ISSUE: N_("查看"),
    WaitingKind.EXTENSION: N_("审批"),
}
WAITING_COUNTED: Mapping[WaitingKind, str] = {
    WaitingKind.COMPLETION: N_("申请办结"),
    WaitingKind.REPORT: N_("进展"),
    WaitingKind.DECLINED: N_("退签"),
    WaitingKind.ISSUE: N_("待交办或退签"),
    WaitingKind.EXTENSION: N_("延期申请"),
}

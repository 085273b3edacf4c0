"""What the frame and the first page are called: the entries of the navigation, by permission."""

from dataclasses import dataclass

from meetings.core.i18n import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation: the page's address (stable, see interface), its mark, and who sees it (any of)."""

    path: str
    label: str
    icon: str
    permissions: frozenset[str] = frozenset()


def _entry(path: str, label: str, icon: str, *permissions: str) -> Entry:
    return Entry(path, label, icon, frozenset(permissions))


DESK = _entry("/", N_("工作台"), "desk")

# In the office's order: first the meeting, then what came of it.
OFFICE_NAV = (
    DESK,
    _entry("/meetings/", N_("会议"), "meet", "meetings.read"),
    _entry("/tasks/", N_("任务"), "task", "tasks.read_all"),
    _entry("/documents/", N_("文件"), "file", "documents.read"),
    _entry("/reports/", N_("文书报表"), "paper", "reports.print"),
    _entry("/directory/units/", N_("单位人员"), "unit", "directory.read"),
)

# In a unit's order: first what it owes. Large-text mode shows the first four words.
UNIT_NAV = (
    DESK,
    _entry("/tasks/", N_("任务"), "task", "tasks.read_own"),
    _entry("/tasks/period", N_("填报"), "round", "tasks.report"),
    _entry("/meetings/", N_("会议"), "meet", "meetings.read_issued"),
    _entry("/documents/", N_("文件"), "file", "documents.read_issued"),
    _entry("/reports/", N_("文书"), "paper", "reports.print"),
)

# Administrators see no business content.
ADMIN_NAV = (
    DESK,
    _entry("/accounts/", N_("账号权限"), "unit", "users.manage"),
    _entry("/audit/", N_("审计日志"), "paper", "audit.read"),
    _entry("/system/", N_("系统"), "sys", "system.operate"),
)

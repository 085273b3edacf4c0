"""Wording of the audit: kinds of changes, of looks, and of rows."""

from collections.abc import Mapping

from meetings.audit.models import AccessKind, Change
from meetings.audit.words import columns, plans
from meetings.audit.words.subjects import SUBJECTS
from meetings.core.i18n import N_

__all__ = ["ACCESSES", "CHANGES", "COLUMNS", "REFUSALS", "SUBJECTS", "column_word"]

CHANGES: Mapping[Change, str] = {
    Change.INSERT: N_("新增"),
    Change.UPDATE: N_("修改"),
    Change.DELETE: N_("删除"),
}

ACCESSES: Mapping[AccessKind, str] = {
    AccessKind.SIGN_IN: N_("登录"),
    AccessKind.SIGN_IN_FAILED: N_("登录失败"),
    AccessKind.SIGN_OUT: N_("退出"),
    AccessKind.PRINT: N_("打印"),
    AccessKind.DOWNLOAD: N_("下载"),
    AccessKind.UNMASK: N_("查看完整号码"),
    AccessKind.PERSONAL_DATA_KEPT: N_("保留个人信息"),
    AccessKind.AUDIT_READ: N_("查看审计值"),
}

COLUMNS: Mapping[str, str] = {**columns.COLUMNS, **plans.COLUMNS}


def column_word(subject: str, column: str) -> str:
    """What a column of a table is called; its own name where it is no longer kept."""
    return COLUMNS.get(f"{subject}.{column}") or COLUMNS.get(column, column)


REFUSALS: Mapping[str, str] = {}

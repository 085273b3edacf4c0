"""Wording of the audit: kinds of changes, of looks, and of rows."""

from collections.abc import Mapping

from meetings.audit.models import AccessKind, Change
from meetings.core.i18n import N_

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

# Kinds of rows as the trade calls them, by table; a test finds an audited one without a name.
SUBJECTS: Mapping[str, str] = {
    "committee": N_("妇儿工委"),
    "committee_name": N_("妇儿工委名称"),
    "unit": N_("单位"),
    "unit_name": N_("单位曾用名"),
    "unit_group": N_("单位组"),
    "unit_group_member": N_("单位组成员"),
    "person": N_("人员"),
    "post": N_("任职"),
    "user_account": N_("账号"),
    "user_role": N_("账号角色"),
    "user_grant": N_("单独授权"),
    "deputy": N_("代理"),
    "day_override": N_("工作日调整"),
    "document": N_("文件"),
    "document_file": N_("文件的附件"),
    "document_reading": N_("阅读确认"),
    "attachment": N_("附件"),
    "meeting": N_("会议"),
    "meeting_kind": N_("会议类型"),
    "meeting_scope": N_("参会范围"),
    "meeting_file": N_("会议材料"),
    "agenda_item": N_("议程"),
    "attendance": N_("参会"),
    "speech": N_("发言"),
    "requirement": N_("会议要求"),
    "minutes": N_("会议纪要"),
    "minutes_revision": N_("纪要修改稿"),
    "task": N_("任务"),
    "task_unit": N_("承办单位"),
    "progress_report": N_("进展报送"),
    "progress_quantity": N_("报送的数量"),
    "progress_file": N_("佐证材料"),
    "task_standard": N_("完成标准"),
    "task_quantity": N_("可计数的目标"),
    "task_stage": N_("序时节点"),
    "paper": N_("文书"),
}

REFUSALS: Mapping[str, str] = {}

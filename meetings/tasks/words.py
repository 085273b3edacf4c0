"""Wording of tasks: states, actions, lights, what is missing, and refusals."""

from collections.abc import Callable, Mapping

from meetings.core.i18n import N_, gettext
from meetings.notifications.rules import Kind
from meetings.tasks.models import (
    Adoption,
    ExtensionStatus,
    LookBackOutcome,
    OpinionAbout,
    ReportingCycle,
    ReportStatus,
    Step,
    TaskAction,
    TaskSource,
    TaskStatus,
    UnitRole,
    Urgency,
)
from meetings.tasks.rules import Light, LightCode, OwedKind, ReportAction, WaitingKind

STATUSES: Mapping[TaskStatus, str] = {
    TaskStatus.DRAFT: N_("草稿"),
    TaskStatus.CONSULTING: N_("征求意见中"),
    TaskStatus.PENDING_ISSUE: N_("待交办"),
    TaskStatus.ISSUED: N_("已交办"),
    TaskStatus.IN_PROGRESS: N_("办理中"),
    TaskStatus.UNIT_REVIEW: N_("单位审核"),
    TaskStatus.OFFICE_REVIEW: N_("待办公室审核"),
    TaskStatus.COMPLETED: N_("已办结"),
    TaskStatus.CLOSED: N_("已销号"),
    TaskStatus.SUSPENDED: N_("已中止"),
    TaskStatus.CANCELLED: N_("已撤销"),
}

# What a button says.
ACTIONS: Mapping[TaskAction, str] = {
    TaskAction.SUBMIT_FOR_ISSUE: N_("送主任交办"),
    TaskAction.ISSUE: N_("交办"),
    TaskAction.ACKNOWLEDGE: N_("签收"),
    TaskAction.DECLINE: N_("退签"),
    TaskAction.REPORT_PROGRESS: N_("报送进展"),
    TaskAction.SUBMIT_COMPLETION: N_("申请办结"),
    TaskAction.APPROVE_IN_UNIT: N_("同意报办公室"),
    TaskAction.RETURN: N_("退回"),
    TaskAction.COMPLETE: N_("办结"),
    TaskAction.CLOSE: N_("销号"),
    TaskAction.SUSPEND: N_("中止"),
    TaskAction.RESUME: N_("恢复办理"),
    TaskAction.CANCEL: N_("撤销"),
    TaskAction.REOPEN: N_("重启"),
    TaskAction.ADJUST: N_("调整"),
    TaskAction.REASSIGN: N_("改由其他单位牵头"),
    TaskAction.SPLIT: N_("拆分"),
    TaskAction.MERGE: N_("并入其他任务"),
    TaskAction.CONSULT: N_("征求意见"),
    TaskAction.END_CONSULTATION: N_("征求意见结束"),
    TaskAction.ASK_EXTENSION: N_("申请延期"),
    TaskAction.APPROVE_EXTENSION: N_("同意延期申请"),
    TaskAction.RETURN_EXTENSION: N_("退回延期申请"),
    TaskAction.GRANT_EXTENSION: N_("同意延期"),
    TaskAction.REFUSE_EXTENSION: N_("不同意延期"),
    TaskAction.WITHDRAW_EXTENSION: N_("撤回延期申请"),
}

# What the record of handling says was done.
EVENTS: Mapping[TaskAction, str] = {
    **ACTIONS,
    TaskAction.SUBMIT_FOR_ISSUE: N_("送办公室主任交办"),
    TaskAction.APPROVE_IN_UNIT: N_("单位审核同意，报办公室"),
    TaskAction.RETURN: N_("退回补充"),
    TaskAction.REOPEN: N_("重启办理（回头看）"),
    TaskAction.APPROVE_EXTENSION: N_("单位同意延期申请，报办公室"),
}

EXTENSION_STATUSES: Mapping[ExtensionStatus, str] = {
    ExtensionStatus.UNIT_REVIEW: N_("待单位负责人审核"),
    ExtensionStatus.OFFICE_REVIEW: N_("待办公室审批"),
    ExtensionStatus.GRANTED: N_("同意延期"),
    ExtensionStatus.REFUSED: N_("不同意延期"),
    ExtensionStatus.RETURNED: N_("单位退回"),
    ExtensionStatus.WITHDRAWN: N_("已撤回"),
}

LOOK_BACK_OUTCOMES: Mapping[LookBackOutcome, str] = {
    LookBackOutcome.PENDING: N_("待核查"),
    LookBackOutcome.HELD: N_("落实"),
    LookBackOutcome.PARTLY: N_("部分落实"),
    LookBackOutcome.NOT_HELD: N_("没有落实"),
}

OPINIONS_ABOUT: Mapping[OpinionAbout, str] = {
    OpinionAbout.LEAD: N_("牵头单位"),
    OpinionAbout.HELPERS: N_("配合单位"),
    OpinionAbout.DATE: N_("完成时限"),
    OpinionAbout.STANDARD: N_("完成标准"),
    OpinionAbout.WORDS: N_("文字表述"),
}

ADOPTIONS: Mapping[Adoption, str] = {
    Adoption.ADOPTED: N_("采纳"),
    Adoption.PARTLY: N_("部分采纳"),
    Adoption.NOT_ADOPTED: N_("未采纳"),
}

REPORT_ACTIONS: Mapping[ReportAction, str] = {
    ReportAction.APPROVE: N_("同意报送"),
    ReportAction.RETURN: N_("退回"),
    ReportAction.ACCEPT: N_("通过"),
}

SOURCES: Mapping[TaskSource, str] = {
    TaskSource.REQUIREMENT: N_("会议要求"),
    TaskSource.GOAL: N_("规划目标"),
    TaskSource.INDICATOR: N_("监测指标"),
    TaskSource.INSTRUCTION: N_("领导批示"),
    TaskSource.DOCUMENT: N_("文件部署"),
    TaskSource.EVALUATION: N_("监测评估"),
    TaskSource.OFFICE: N_("办公室安排"),
}

URGENCIES: Mapping[Urgency, str] = {
    Urgency.NORMAL: N_("一般"),
    Urgency.URGENT: N_("加急"),
    Urgency.EXTRA_URGENT: N_("特急"),
}

UNIT_ROLES: Mapping[UnitRole, str] = {UnitRole.LEAD: N_("牵头"), UnitRole.COOPERATING: N_("配合")}

REPORTING_CYCLES: Mapping[ReportingCycle, str] = {
    ReportingCycle.NONE: N_("不定期报送"),
    ReportingCycle.QUARTERLY: N_("每季度"),
    ReportingCycle.MONTHLY: N_("每月"),
    ReportingCycle.WEEKLY: N_("每周"),
}

STEPS: Mapping[Step, str] = {
    Step.NOT_STARTED: N_("未启动"),
    Step.UNDER_WAY: N_("推进中"),
    Step.NEARLY_DONE: N_("基本完成"),
    Step.DONE: N_("已完成"),
}

REPORT_STATUSES: Mapping[ReportStatus, str] = {
    ReportStatus.UNIT_REVIEW: N_("单位审核"),
    ReportStatus.SUBMITTED: N_("待办公室审核"),
    ReportStatus.ACCEPTED: N_("已通过"),
    ReportStatus.RETURNED: N_("已退回"),
}

# The name of each light, as filters and counts show it.
LIGHT_NAMES: Mapping[LightCode, str] = {
    LightCode.NEW: N_("待签收"),
    LightCode.OK: N_("正常"),
    LightCode.WARN: N_("临期或滞后"),
    LightCode.LATE: N_("逾期"),
    LightCode.DONE: N_("已办结"),
    LightCode.CLOSED: N_("已销号"),
}

# Beside the mark, on pages, papers and in mail: why it shows so; ``%(days)s`` is in working days.
LIGHTS: Mapping[str, str] = {
    "not_acknowledged": N_("待签收"),
    "receipt_overdue": N_("超期未签收 %(days)s 个工作日"),
    "on_course": N_("正常"),
    "due_soon": N_("距时限 %(days)s 个工作日"),
    "due_today": N_("今日到期"),
    "behind_stage": N_("落后于 %(month)s 月节点"),
    "overdue": N_("逾期 %(days)s 个工作日"),
    "report_overdue": N_("逾期未报 %(days)s 个工作日"),
    "opinion_overdue": N_("逾期未反馈 %(days)s 个工作日"),
    "completed": N_("已办结"),
    "closed": N_("已销号"),
}


def reason_of(light: Light, say: Callable[..., str] = gettext) -> str:
    """Why a light shows so, in words: 距时限 2 个工作日, 超期未签收 1 个工作日, 落后于 6 月节点.

    The one place that says it. ``say`` is given the sentence and its values; papers and mail speak Chinese.
    """
    key = "due_today" if light.reason == "due_soon" and light.days <= 0 else light.reason
    return say(LIGHTS[key], days=light.days, month=light.on.month if light.on else "")


def in_chinese(sentence: str, **values: object) -> str:
    """The sentence as papers and mail have it, whatever the reader's language on the screen."""
    return sentence % values


MISSING: Mapping[str, str] = {
    "standards": N_("完成标准未全部达到"),
    "subtasks": N_("子任务未全部办结"),
    "evidence": N_("佐证材料未报送"),
}

OWED: Mapping[OwedKind, str] = {
    OwedKind.RECEIPT: N_("待签收"),
    OwedKind.RETURNED: N_("申请办结被退回"),
    OwedKind.REPORT_RETURNED: N_("进展被退回"),
    OwedKind.OVERDUE: N_("已逾期"),
    OwedKind.REPORT: N_("应报进展"),
    OwedKind.DUE: N_("到期应办结"),
}

WAITING: Mapping[WaitingKind, str] = {
    WaitingKind.COMPLETION: N_("申请办结"),
    WaitingKind.REPORT: N_("报送进展"),
    WaitingKind.DECLINED: N_("退签"),
    WaitingKind.ISSUE: N_("待交办"),
    WaitingKind.EXTENSION: N_("申请延期"),
}

REFUSALS: Mapping[str, str] = {
    "task.not_yours": N_("您的岗位不能办理这一步"),
    "task.not_yours.who": N_(
        "签收、报送由承办单位联络员办理，单位审核由牵头单位负责人办理，交办、办结由办公室主任办理"
    ),
    "task.wrong_status": N_("任务的状态已经改变，现在不能办理这一步。请刷新任务页面，按当前状态办理"),
    "task.wrong_status.who": N_("任务页上写有现在能办的事，以及下一步由谁办"),
    "task.already_acknowledged": N_("本单位已签收，不必再次签收"),
    "task.decline_late": N_("已过签收期限（%(until)s），不能退签。确有异议的，请与办公室联系"),
    "task.decline_late.who": N_("办公室可以撤销任务后另行交办"),
    "task.decline_final": N_("办公室退签后再次交办的任务，不能再退签"),
    "task.decline_final.who": N_("确有困难的，请与办公室主任联系"),
    "task.reason_needed": N_("请写明理由"),
    "task.proposes_itself": N_("建议承办的单位不能是本单位"),
    "task.aim_unknown": N_("请从列表中选择进行中的规划的目标、措施或指标"),
    "task.aim_needed": N_("这件任务为这项指标而建，须保留对应的指标"),
    "task.similar": N_("有要求相近的任务或规划目标，请先核对，避免重复下达；确需另列的，请勾选"),
    "task.title_missing": N_("请填写任务名称"),
    "task.due_before_issue": N_("完成时限不能早于交办当天"),
    "task.stage_after_due": N_("序时节点不能晚于完成时限"),
    "task.unit_twice": N_("同一单位只能选一次，牵头单位不再列为配合单位"),
    "task.unit_unknown": N_("没有这个单位，请从名单中选择"),
    "task.cycle_reason": N_("按月、按周报送须写明理由；无特殊需要的，请选每季度"),
    "task.weight": N_("权重应为大于 0 的整数"),
    "task.subtask_of_subtask": N_("子任务下不能再设子任务"),
    "task.parent_finished": N_("上级任务已办结或撤销，不能再加子任务"),
    "task.no_basis": N_(
        "交办会议任务须有依据：发言文本未审定，会议纪要也未印发。请先审定发言或印发纪要，或填写已印发的任务分解文件"
    ),
    "task.no_basis.who": N_("办公室工作人员可以审定发言文本、印发纪要或补填交办依据"),
    "task.not_ready": N_("还不能办结：完成标准、子任务或佐证材料尚未齐备，缺项见任务页面"),
    "task.not_ready.who": N_("请牵头单位补齐，或由办公室退回并写明所缺内容"),
    "task.note_for_missing_helper": N_("有配合单位未报送，请说明情况后办结"),
    "task.proof_needed": N_("请填写销号依据，或上传签字的销号清单"),
    "task.leader_decision": N_("撤销议定事项或领导批示的任务，须有领导批准：请填写签批人、日期并上传签批件"),
    "task.leader_decision.who": N_("由领导签批，办公室主任办理"),
    "task.nothing_changed": N_("没有改动任何一项，不必调整"),
    "task.too_few_pieces": N_("拆分至少要有两件任务"),
    "task.has_subtasks": N_("任务还有没办结的子任务，请先办结或撤销子任务"),
    "task.nothing_merged": N_("请填写要并入的任务编号，如“2026-012”"),
    "task.merges_itself": N_("任务不能并入自身，请填写其他任务的编号"),
    "task.number_unknown": N_("没有编号为%(numbers)s的任务，请核对"),
    "look_back.nothing": N_("%(year)s年没有符合条件的已销号任务，请改选年份或单位"),
    "look_back.checked_in_future": N_("核查日期不能晚于今天"),
    "consultation.nothing": N_("请至少选择一件草稿任务"),
    "consultation.day_past": N_("反馈截止日期不能早于今天"),
    "consultation.closed": N_("征求意见已经结束，不能再改"),
    "consultation.closed.who": N_("还有意见的，请与办公室联系"),
    "consultation.unsettled": N_("还有 %(count)s 条意见没有处理，处理完才能结束征求意见"),
    "consultation.reminded_today": N_("今天已经提醒过，不必再提醒"),
    "extension.open": N_("这件任务已有一份延期申请在办，请等审批结果；情况有变的，可以撤回后重新申请"),
    "extension.not_waiting": N_("这份延期申请已经处理过，请刷新任务页面查看结果"),
    "extension.late": N_("时限%(until)s已过，不能再申请延期。未经批准逾期的，按原定时限计"),
    "extension.late.who": N_("延期须在时限之前申请；确有特殊情况的，请与办公室联系，由办公室调整时限"),
    "extension.not_later": N_("申请延至的日期应晚于现定时限%(until)s"),
    "extension.decided_not_later": N_("延期后的时限应晚于现定时限%(until)s"),
    "extension.decided_past": N_("延期后的时限不能早于今天"),
    "extension.leader_decision": N_("延长议定事项或领导批示任务的时限，须有领导批准：请填写签批人、日期并上传签批件"),
    "extension.leader_decision.who": N_("由领导签批，办公室主任办理"),
    "progress.unit_needed": N_("请选择代哪个单位填报"),
    "progress.unit_not_in_task": N_("这个单位不承办本任务，请从承办单位中选择"),
    "progress.done_missing": N_("请填写进展情况；没有新进展的，请选“本期无进展变化”"),
    "progress.percent_lower": N_("完成率 %(now)s%% 低于上次报送的 %(before)s%%；确需调低的，请在“存在问题”中说明"),
    "progress.total_lower": N_("“%(name)s”累计数少于上次的 %(before)s，请说明原因"),
    "progress.over_target": N_("“%(name)s”累计数超过目标 %(target)s，请说明原因"),
    "progress.negative": N_("“%(name)s”不能填负数"),
    "report.not_yours": N_("您的岗位不能审核这份进展"),
    "report.not_yours.who": N_("单位审核由本单位负责人办理，办公室审核由办公室工作人员或主任办理"),
    "report.locked": N_("这份进展所在的期次已经锁定，不能再退回；确需退回的，请先重新打开期次"),
    "report.wrong_status": N_("这份进展已经处理过，请刷新页面查看结果"),
    "requirement.not_yours": N_("要求的分解由办公室办理"),
    "requirement.not_yours.who": N_("请与办公室工作人员联系"),
    "requirement.is_set_aside": N_("这条要求已注明不列任务，请先恢复为待分解"),
    "requirement.has_tasks": N_("这条要求已有任务，不能再注明不列任务；请先撤销任务"),
    "requirement.task_cancelled": N_("这件任务已撤销，不能并入"),
    "requirement.joined_already": N_("这条要求已由这件任务落实，不必再并入"),
    "requirement.not_set_aside": N_("这条要求没有注明不列任务，不必恢复"),
    "requirement.not_in_text": N_(
        "在所选发言的原文里找不到这句话。请从原文中复制原句；不在原文里的，“出自”请选“不在讲话中”"
    ),
    "requirement.marked_already": N_("这段文字与第 %(number)s 条要求重叠，请另选一段，或修改第 %(number)s 条"),
    "meeting.no_previous": N_("本次会议没有填写上次会议，没有可转入的要求"),
    "meeting.no_previous.who": N_("由办公室工作人员在会议概况中选择“上次会议”"),
    "meeting.same": N_("请选择另一次会议"),
    "meeting.finished": N_("会议已归档或取消，不能再转入要求"),
}


NOTICES = (
    Kind("tasks.to_issue", N_("任务待交办"), N_("%(number)s任务已拟好，请审定交办。")),
    Kind("tasks.issued", N_("新任务，请签收"), N_("%(unit)s：%(number)s号任务已交办，请于%(day)s前登录系统签收。")),
    Kind("tasks.declined", N_("单位申请退签"), N_("%(unit)s申请退签%(number)s号任务，请办公室处理。")),
    Kind(
        "tasks.to_approve",
        N_("办结申请待审核"),
        N_("%(unit)s：%(number)s号任务的办结申请待本单位负责人审核。"),
    ),
    Kind("tasks.completion_requested", N_("单位申请办结"), N_("%(unit)s申请办结%(number)s号任务，请办公室审核。")),
    Kind(
        "tasks.returned",
        N_("任务退回，请补充"),
        N_("%(unit)s：%(number)s号任务已退回，请于%(day)s前补充重报。"),
    ),
    Kind(
        "tasks.report_returned",
        N_("进展报送退回，请重报"),
        N_("%(unit)s：%(number)s号任务的进展已退回，请修改后重报。"),
    ),
    Kind(
        "tasks.extension_to_approve",
        N_("延期申请待审核"),
        N_("%(unit)s：%(number)s号任务的延期申请待本单位负责人审核。"),
    ),
    Kind(
        "tasks.extension_asked", N_("单位申请延期"), N_("%(unit)s申请将%(number)s号任务延期至%(day)s，请办公室审批。")
    ),
    Kind(
        "tasks.extension_returned", N_("延期申请退回"), N_("%(unit)s：%(number)s号任务的延期申请已由单位负责人退回。")
    ),
    Kind("tasks.extension_granted", N_("同意延期"), N_("%(unit)s：%(number)s号任务延期至%(day)s。")),
    Kind(
        "tasks.extension_refused",
        N_("不同意延期"),
        N_("%(unit)s：%(number)s号任务未同意延期，仍请于%(day)s前办结。"),
    ),
    Kind("tasks.adjusted", N_("任务调整"), N_("%(unit)s：%(number)s号任务有调整，请登录系统查看，时限%(day)s。")),
    Kind("tasks.released", N_("不再承办任务"), N_("%(unit)s：%(number)s号任务不再由本单位承办，已报送的进展保留。")),
    Kind(
        "tasks.superseded", N_("任务拆分或合并"), N_("%(unit)s：%(number)s号任务已拆分或并入其他任务，不再单独办理。")
    ),
    Kind("tasks.consulted", N_("任务清单征求意见"), N_("%(unit)s：任务清单征求意见，请于%(day)s前登录系统反馈。")),
    Kind(
        "tasks.consultation_reminded",
        N_("征求意见尚未反馈"),
        N_("%(unit)s：任务清单征求意见尚未反馈，请于%(day)s前登录系统反馈；没有意见的也请反馈。"),
    ),
    Kind("tasks.completed", N_("任务已办结"), N_("%(unit)s：%(number)s号任务已办结。")),
    Kind("tasks.suspended", N_("任务中止"), N_("%(unit)s：%(number)s号任务暂时中止，恢复时另行通知。")),
    Kind("tasks.resumed", N_("任务恢复办理"), N_("%(unit)s：%(number)s号任务恢复办理，时限%(day)s。")),
    Kind("tasks.cancelled", N_("任务撤销"), N_("%(unit)s：%(number)s号任务已撤销，不再办理。")),
    Kind("tasks.reopened", N_("任务重新启动"), N_("%(unit)s：%(number)s号任务重新启动，时限%(day)s。")),
)

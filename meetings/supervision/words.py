"""Wording of reminders and supervision."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.notifications.rules import Kind
from meetings.supervision.models import IssuedBy, Matter, Rung, StepKind
from meetings.tasks import words as task_words
from meetings.tasks.rules import Light

MATTERS: Mapping[Matter, str] = {
    Matter.RECEIPT: N_("签收"),
    Matter.REPORT: N_("报送进展"),
    Matter.TASK: N_("办结"),
    Matter.OPINION: N_("反馈意见"),
}

RUNGS: Mapping[Rung, str] = {
    Rung.BEFORE: N_("到期前提醒"),
    Rung.DUE: N_("到期日提醒"),
    Rung.AFTER: N_("逾期提醒"),
    Rung.WEEKLY: N_("逾期后每周提醒"),
    Rung.URGED: N_("办公室催办"),
}

STEPS: Mapping[StepKind, str] = {
    StepKind.HINT: N_("工作提示"),
    StepKind.URGE: N_("催办"),
    StepKind.SUPERVISE: N_("督办单"),
    StepKind.COORDINATE: N_("报请分管领导协调"),
    StepKind.TRANSFER: N_("移交政府督查室"),
    StepKind.CIRCULATE: N_("通报"),
}

PROPOSALS: Mapping[StepKind, str] = {
    StepKind.URGE: N_("建议催办"),
    StepKind.SUPERVISE: N_("建议发督办单"),
    StepKind.COORDINATE: N_("建议报请分管领导协调"),
}

# The groups of 今日要办.
MORNING: Mapping[str, str] = {
    "receipts": N_("超期未签收"),
    "due_today": N_("今日到期"),
    "overdue": N_("已逾期"),
    "review": N_("待审核"),
    "extensions": N_("延期待审批"),
    "consultations": N_("征求意见待催、待处理"),
    "rounds": N_("填报期次缺报"),
    "unanswered": N_("催办、督办到期未答复"),
    "instructions": N_("领导批示待答复"),
    "propose_urge": N_("建议催办"),
    "propose_supervise": N_("建议发督办单"),
    "propose_coordinate": N_("建议报请分管领导协调"),
}

ISSUERS: Mapping[IssuedBy, str] = {
    IssuedBy.COMMITTEE: N_("妇儿工委"),
    IssuedBy.OFFICE: N_("妇儿工委办公室"),
}


def in_chinese(light: Light) -> str:
    """Why a light shows so, as notices and mail say it."""
    return task_words.reason_of(light, task_words.in_chinese)


REFUSALS: Mapping[str, str] = {
    "supervision.not_yours": N_("催办、督办由办公室办理"),
    "supervision.not_yours.who": N_("请与办公室工作人员联系"),
    "supervision.task_rests": N_("任务已办结、中止、撤销或待办公室审核，不必催办、督办"),
    "supervision.task_rests.who": N_("恢复或重启后才能催办、督办，由办公室主任办理"),
    "supervision.month_taken": N_("这项任务本月已有一份督办单，一月不超过一份"),
    "supervision.answer_not_yours": N_("这一步由被催办、督办的单位答复"),
    "supervision.answer_not_yours.who": N_("单位联络员、负责人可以答复；线下答复的，由办公室代录"),
    "supervision.answered": N_("已经答复过，请刷新页面查看"),
    "supervision.received": N_("督办单已签收，不必再次签收"),
    "supervision.day_in_future": N_("日期不能晚于今天"),
    "instruction.not_yours": N_("批示由领导本人写，纸上的批示由办公室代录"),
    "instruction.not_yours.who": N_("请与办公室工作人员联系"),
    "instruction.not_issued": N_("文书印发后才能批示"),
    "instruction.answer_not_yours": N_("批示由办公室或牵头单位答复"),
    "instruction.answered": N_("已经答复过，请刷新页面查看"),
    "supervision.answer_by_past": N_("反馈期限不能早于今天"),
    "supervision.steps_out_of_order": N_("催办、督办单、报请协调的天数应由小到大"),
}

NOTICES = (
    Kind(
        "supervision.receipt_soon",
        N_("请签收任务"),
        N_("%(unit)s：%(number)s号任务待签收，请于%(day)s前登录系统签收。"),
    ),
    Kind(
        "supervision.receipt_late",
        N_("超期未签收"),
        N_("%(unit)s：%(number)s号任务%(reason)s（应于%(day)s前），请尽快签收。"),
    ),
    Kind(
        "supervision.report_soon",
        N_("请报送进展"),
        N_("%(unit)s：%(number)s号任务的进展请于%(day)s前报送；没有新进展的，可选“本期无进展变化”。"),
    ),
    Kind(
        "supervision.report_late",
        N_("进展逾期未报"),
        N_("%(unit)s：%(number)s号任务的进展%(reason)s（应于%(day)s前），请尽快报送。"),
    ),
    Kind(
        "supervision.task_soon",
        N_("任务临近时限"),
        N_("%(unit)s：%(number)s号任务%(reason)s（%(day)s），请按时办结；确有困难的，请在时限前申请延期。"),
    ),
    Kind(
        "supervision.task_late",
        N_("任务逾期"),
        N_("%(unit)s：%(number)s号任务%(reason)s（时限%(day)s），请抓紧办理并报送情况。"),
    ),
    Kind(
        "supervision.opinion_soon",
        N_("请反馈意见"),
        N_("%(unit)s：任务清单征求意见，请于%(day)s前登录系统反馈；没有意见的也请反馈。"),
    ),
    Kind(
        "supervision.opinion_late",
        N_("意见逾期未反馈"),
        N_("%(unit)s：任务清单征求意见%(reason)s（应于%(day)s前），请尽快反馈；没有意见的也请反馈。"),
    ),
    Kind("supervision.instructed", N_("领导批示"), N_("领导对%(number)s号任务有批示，请登录系统查看办理。")),
    Kind("supervision.instruction_answered", N_("批示已答复"), ""),
    Kind(
        "supervision.urged",
        N_("办公室催办"),
        N_("%(unit)s：请抓紧办理%(number)s号任务（%(reason)s，时限%(day)s），并登录系统反馈。"),
    ),
)

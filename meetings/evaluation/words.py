"""Wording of evaluations: kinds, stages, the five parts, states, and refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.evaluation.models import AssessmentAction, AssessmentStatus, EvaluationKind, FindingKind, Part, StageKind
from meetings.evaluation.rules import StageState
from meetings.evaluation.rules.chain import Gap, LinkKind, Subject
from meetings.notifications.rules import Kind

KINDS: Mapping[EvaluationKind, str] = {
    EvaluationKind.ANNUAL: N_("年度监测"),
    EvaluationKind.MID_TERM: N_("中期评估"),
    EvaluationKind.FINAL: N_("终期评估"),
}

STAGES: Mapping[StageKind, str] = {
    StageKind.SCHEME: N_("方案"),
    StageKind.SELF_ASSESSMENT: N_("自评"),
    StageKind.INSPECTION: N_("督导"),
    StageKind.REPORT: N_("报告"),
    StageKind.RECTIFICATION: N_("整改"),
}

STAGE_STATES: Mapping[StageState, str] = {
    StageState.NOT_BEGUN: N_("未开始"),
    StageState.UNDER_WAY: N_("进行中"),
    StageState.LATE: N_("已过期限"),
    StageState.FINISHED: N_("已完成"),
}
STAGE_LIGHTS: Mapping[StageState, str] = {
    StageState.NOT_BEGUN: "new",
    StageState.UNDER_WAY: "ok",
    StageState.LATE: "late",
    StageState.FINISHED: "done",
}

PARTS: Mapping[Part, str] = {
    Part.GOALS: N_("目标实现情况"),
    Part.LAWS: N_("法律政策"),
    Part.PLANS: N_("目标纳入本部门规划"),
    Part.DUTIES: N_("职责履行"),
    Part.MECHANISMS: N_("工作机制"),
}

TEXTS: Mapping[str, str] = {
    "reached": N_("目标和指标完成情况"),
    "measures": N_("主要措施和成效"),
    "experience": N_("经验做法"),
    "reasons": N_("存在问题和原因"),
    "reasons_given": N_("未达标指标的原因"),
    "next_steps": N_("下一步打算"),
    "laws": N_("法律政策制定和实施情况"),
    "plans": N_("目标纳入本部门规划情况"),
    "duties": N_("职责履行情况"),
    "mechanisms": N_("工作机制运行情况"),
}

STATUSES: Mapping[AssessmentStatus, str] = {
    AssessmentStatus.DRAFT: N_("未报送"),
    AssessmentStatus.UNIT_REVIEW: N_("单位审核"),
    AssessmentStatus.OFFICE_REVIEW: N_("待办公室审核"),
    AssessmentStatus.RETURNED: N_("退回修改"),
    AssessmentStatus.ACCEPTED: N_("已通过"),
}
STATUS_LIGHTS: Mapping[AssessmentStatus, str] = {
    AssessmentStatus.DRAFT: "new",
    AssessmentStatus.UNIT_REVIEW: "ok",
    AssessmentStatus.OFFICE_REVIEW: "ok",
    AssessmentStatus.RETURNED: "warn",
    AssessmentStatus.ACCEPTED: "done",
}

ACTIONS: Mapping[AssessmentAction, str] = {
    AssessmentAction.SUBMIT: N_("报送自评"),
    AssessmentAction.APPROVE: N_("同意报办公室"),
    AssessmentAction.RETURN: N_("退回修改"),
    AssessmentAction.ACCEPT: N_("审核通过"),
}
EVENTS: Mapping[AssessmentAction, str] = {
    AssessmentAction.SUBMIT: N_("报送自评，送单位负责人审核"),
    AssessmentAction.APPROVE: N_("单位审核同意，报办公室"),
    AssessmentAction.RETURN: N_("退回修改"),
    AssessmentAction.ACCEPT: N_("办公室审核通过"),
}

FINDINGS: Mapping[FindingKind, str] = {
    FindingKind.GOOD: N_("做法"),
    FindingKind.PROBLEM: N_("问题"),
}

SUBJECTS: Mapping[Subject, str] = {
    Subject.GOAL: N_("规划目标"),
    Subject.INDICATOR: N_("指标"),
    Subject.REQUIREMENT: N_("会议要求"),
    Subject.TASK: N_("任务"),
}
MEASURE = N_("策略措施")

LINKS: Mapping[LinkKind, str] = {
    LinkKind.PLAN: N_("规划"),
    LinkKind.DOMAIN: N_("领域"),
    LinkKind.GOAL: N_("规划目标"),
    LinkKind.MEASURE: N_("策略措施"),
    LinkKind.INDICATOR: N_("指标"),
    LinkKind.VALUE: N_("指标值"),
    LinkKind.MEETING: N_("会议"),
    LinkKind.SPEECH: N_("讲话"),
    LinkKind.REQUIREMENT: N_("会议要求"),
    LinkKind.TASK: N_("任务"),
    LinkKind.REPORT: N_("进展报告"),
    LinkKind.EVIDENCE: N_("佐证材料"),
    LinkKind.REVIEW: N_("审核"),
}

GAPS: Mapping[Gap, str] = {
    Gap.NO_INDICATOR: N_("没有指标"),
    Gap.NO_VALUE: N_("没有指标值"),
    Gap.NO_TASK: N_("未分解任务"),
    Gap.NO_REPORT: N_("没有进展报告"),
}

# What the office writes of the whole; the parts are those of the paper.
SECTIONS: Mapping[str, str] = {
    "summary": N_("评估工作概况"),
    "laws": N_("法律政策"),
    "plans": N_("目标纳入规划"),
    "duties": N_("职责履行"),
    "mechanisms": N_("工作机制"),
    "experience": N_("主要做法和经验"),
    "problems": N_("存在问题和原因"),
    "next_steps": N_("下一步打算"),
}

REFUSALS: Mapping[str, str] = {
    "evaluation.not_yours": N_("评估由办公室组织"),
    "evaluation.not_yours.who": N_("妇儿工委办主任、工作人员"),
    "coverage.no_unit": N_("还没有指定责任单位，先指定单位再催填"),
    "evaluation.is_finished": N_("评估已经结束，不能再改动"),
    "evaluation.is_finished.who": N_("新情况请记入下一次监测评估"),
    "evaluation.title_missing": N_("请填写名称"),
    "evaluation.year": N_("评估年度应在 2000 至 2100 之间"),
    "evaluation.year_of_plan": N_("评估年度不在所评规划的起止年份内"),
    "evaluation.days_out_of_order": N_("结束日期不能早于开始日期"),
    "evaluation.stages_out_of_order": N_("这一阶段不能早于上一阶段开始"),
    "evaluation.stage_before": N_("前一阶段尚未完成，请先完成“%(stage)s”"),
    "evaluation.no_units": N_("请至少选择一个单位或单位组"),
    "evaluation.unit_unknown": N_("没有这个单位，请从名单中选择"),
    "evaluation.due_past": N_("完成时限不能早于今天"),
    "evaluation.points": N_("分值应在 0 至 1000 之间"),
    "evaluation.document_unknown": N_("没有这份文件，请从列表中选择"),
    "assessment.not_yours": N_("您的岗位不能办理这一步"),
    "assessment.not_yours.who": N_("填写由本单位联络员办理，单位审核由本单位负责人办理，办公室审核由妇儿工委办办理"),
    "assessment.wrong_status": N_("自评的状态已经改变，现在不能办理这一步。请刷新页面，按当前状态办理"),
    "assessment.incomplete": N_("还有未填写的内容，请填齐后报送"),
    "assessment.reason_needed": N_("请写明退回的理由"),
    "assessment.not_scored": N_("本次评估没有启用评分"),
    "assessment.not_scored.who": N_("由办公室在评估设置中启用"),
    "assessment.too_many_points": N_("得分不能超过这一项的分值 %(most)s"),
    "assessment.score_unaccepted": N_("自评通过审核后才能评分"),
    "inspection.name_taken": N_("已有同名的督导组"),
    "visit.not_yours": N_("督导反馈由被督导单位答复"),
    "visit.not_yours.who": N_("被督导单位的联络员、负责人"),
    "visit.no_feedback": N_("还没有反馈意见，不必答复"),
    "visit.not_yet": N_("督导日期还没有到，不能反馈"),
    "visit.feedback_missing": N_("请先填写反馈意见"),
    "visit.is_told": N_("已向单位反馈，不能再改动；有补充的请另记一次督导"),
    "finding.has_task": N_("这条已建立整改任务，不能移除"),
    "finding.no_problem": N_("这一条不是问题，不必整改"),
    "rectification.there": N_("已有整改任务在办，没有重复建立"),
    "rectification.problem_missing": N_("请写明问题"),
    "rectification.on_track": N_("这项指标 %(year)s 年不是未达标，不必整改"),
    "link.not_yours": N_("任务与规划的对应关系由办公室标注"),
    "link.not_yours.who": N_("妇儿工委办主任、工作人员"),
    "link.indicator_by_task": N_("会议要求对应目标或措施，指标由任务对应"),
    "link.of_rectification": N_("这件任务是该指标的整改任务，不能取消对应关系"),
}

NOTICES = (
    # Units are asked in a round now; what was sent before is still read.
    Kind("evaluation.value_asked", N_("催填指标数据"), N_("“%(title)s”%(number)s年还没有数值，请填报。")),
    Kind("evaluation.to_issue", N_("自评任务待交办"), N_("评估自评任务已拟好，请审定交办。")),
    Kind(
        "evaluation.to_approve",
        N_("自评待审核"),
        N_("%(unit)s：自评待本单位负责人审核。"),
    ),
    Kind("evaluation.submitted", N_("单位报送自评"), N_("%(unit)s已报送自评，请办公室审核。")),
    Kind("evaluation.returned", N_("自评退回，请修改"), N_("%(unit)s：自评已退回，请修改后重报。")),
    Kind("evaluation.accepted", N_("自评已通过"), N_("%(unit)s：自评已通过办公室审核。")),
    Kind(
        "evaluation.visit_planned", N_("督导安排"), N_("%(unit)s：督导组拟于%(day)s到本单位督导，请登录系统查看安排。")
    ),
    Kind("evaluation.feedback", N_("督导反馈意见"), N_("%(unit)s：督导反馈意见已下达，请登录系统查看并答复。")),
    Kind("evaluation.answered", N_("单位答复督导反馈"), N_("%(unit)s已答复督导反馈意见。")),
)

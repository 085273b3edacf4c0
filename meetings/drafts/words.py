"""What drafts are called, and the wording of refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_

# By ``Form.keeps_draft``.
FORMS: Mapping[str, str] = {
    "report": N_("进展报送"),
    "period": N_("本期填报"),
    "round": N_("填报期次"),
    "round_report": N_("期次填报"),
    "collection": N_("材料征集"),
    "material": N_("材料"),
    "material_review": N_("审稿意见"),
    "task": N_("新建任务"),
    "task_edit": N_("修改任务"),
    "return": N_("退回理由"),
    "decline": N_("退签理由"),
    "completion": N_("办结申请"),
    "finding": N_("回头看核查结果"),
    "consult": N_("征求意见"),
    "consultation_answer": N_("征求意见的反馈"),
    "adjust": N_("任务调整"),
    "split": N_("任务拆分"),
    "merge": N_("任务合并"),
    "resume": N_("恢复任务"),
    "extension": N_("延期申请"),
    "step": N_("任务办理意见"),
    "urge": N_("催办"),
    "supervision": N_("登记督办"),
    "answer": N_("督办答复"),
    "instruct": N_("领导批示"),
    "answer_instruction": N_("批示答复"),
    "instruction_task": N_("批示交办的任务"),
    "requirement": N_("添加会议要求"),
    "requirement_edit": N_("修改会议要求"),
    "set_aside": N_("不列任务的理由"),
    "quick_tasks": N_("分解任务"),
    "agenda_item": N_("议程"),
    "speech": N_("发言"),
    "minutes": N_("会议纪要"),
    "minutes_reopen": N_("重新打开纪要的理由"),
    "meeting": N_("会议"),
    "meeting_cancel": N_("取消会议的理由"),
    "document": N_("文件"),
    "values": N_("指标数值"),
    "meeting_text": N_("从文字建立会议"),
    "meeting_review": N_("核对会议草稿"),
    "assessment": N_("单位自评"),
    "visit": N_("督导记录"),
    "visit_answer": N_("督导反馈的答复"),
    "evaluation_report": N_("评估报告文字"),
    "plan": N_("规划"),
    "plan_goal": N_("规划主要目标"),
    "plan_measure": N_("规划策略措施"),
    "indicator": N_("指标"),
}

REFUSALS: Mapping[str, str] = {
    "draft.too_long": N_("草稿最多 %(most)s 字，现有 %(count)s 字，没有保存。请分开填写，或作为附件上传"),
    "draft.secret": N_("文字中有密级标志“%(mark)s”。本系统不得录入涉密内容，草稿没有保存"),
    "draft.unknown_form": N_("这一页不能存草稿，请返回重新打开"),
}

"""Wording of papers: their kinds, their column sets, refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.notifications.rules import Kind

TITLES: Mapping[str, str] = {
    "meeting-notice": N_("会议通知"),
    "agenda": N_("会议议程"),
    "sign-in-sheet": N_("签到表"),
    "attendee-list": N_("参会名单与回执汇总"),
    "chair-script": N_("主持词（框架）"),
    "previous-items": N_("上次会议议定事项落实情况"),
    "minutes": N_("会议纪要"),
    "responsibility-list": N_("任务分解表（责任清单）"),
    "extension-form": N_("任务延期审批单"),
    "opinion-adoption": N_("意见采纳情况表"),
    "supervision-notice": N_("督办通知单"),
    "reminder-notice": N_("催办通知"),
    "unit-progress": N_("单位任务进展报告"),
    "meeting-progress": N_("会议任务落实情况报告"),
    "bulletin": N_("情况通报"),
    "leader-brief": N_("呈阅件（督查专报）"),
    "work-brief": N_("工作简报"),
    "evidence-catalogue": N_("佐证材料目录"),
    "archive-catalogue": N_("年度归档文件目录"),
    "evaluation-report": N_("评估报告"),
    "indicator-monitoring": N_("指标监测表"),
    "indicator-coverage": N_("指标责任覆盖表"),
    "chain": N_("全链条报告"),
}

GROUPS: Mapping[str, str] = {
    "meetings": N_("会议"),
    "tasks": N_("任务"),
    "supervision": N_("督办"),
    "state": N_("情况"),
    "plans": N_("规划"),
    "archive": N_("归档"),
}

ABOUT: Mapping[str, str] = {
    "meeting-notice": N_("时间、地点、议程和参会人员取自会议，附参会回执。"),
    "agenda": N_("议程逐项列出，按开会时间推算每项几时开始。"),
    "sign-in-sheet": N_("按参会名单列出，留签名栏；点名后自动填实到人数。"),
    "attendee-list": N_("参会名单、回执和到会情况，可附座签。"),
    "chair-script": N_("按议程写成主持词的框架，开场和小结可改。"),
    "previous-items": N_("上次会议的要求逐条列出，各项任务办到哪一步。"),
    "minutes": N_("正文取自已保存的会议纪要，议定事项附单位和时限，附出席、请假、列席。"),
    "responsibility-list": N_("按会议或单位列出任务，一项一行，栏目可选。"),
    "extension-form": N_("延期的理由、进展、各级意见和审批结论，未审批的留出签字栏。"),
    "opinion-adoption": N_("一次征求意见的逐条意见、采纳情况和理由，各单位反馈情况附后。"),
    "supervision-notice": N_("一项任务的督办：事项、依据、要求、时限，附反馈单。同一任务一月不超过一份。"),
    "reminder-notice": N_("一个单位逾期未办的任务，逐项写明应办什么、逾期多久。"),
    "unit-progress": N_("一个单位牵头、配合的任务，本季度办结的也在内。"),
    "meeting-progress": N_("一次会议的要求逐条列出，各有哪些任务、办到哪一步。"),
    "bulletin": N_("总体数据附分子分母，问题按任务列出；附表按单位名录顺序，不排名。"),
    "leader-brief": N_("一两页写明情况、问题、建议，留领导批示栏。"),
    "work-brief": N_("会议报道式简报，由会议记录起草，注明来源和审核。"),
    "evidence-catalogue": N_("单位随进展报送的材料，按规划领域或会议列出，可按目录次序打包下载。"),
    "archive-catalogue": N_("一年的发文、纪要和来文，按保管期限列出件号、责任者、文号、题名、日期、页数。"),
    "chain": N_("从一个目标、指标或会议要求，向上列到规划，向下列到任务、进展、佐证和指标值，标出断点。"),
    "evaluation-report": N_(
        "由自评、督导、评估结果和整改任务汇成，附图表、未达标原因和覆盖情况；文字在评估的“报告”页写。"
    ),
    "indicator-monitoring": N_("一个规划一年的全部指标：历年数值、分子分母、应达、目标和判定。"),
    "indicator-coverage": N_("一个规划的全部指标：责任单位、当年时间表、数值和任务逐格核对，空白分领域、分单位计数。"),
}

COLUMN_SETS: Mapping[str, str] = {
    "issue": N_("交办：内容、标准、单位、时限"),
    "tracking": N_("跟踪：进展、完成率、问题、下一步"),
    "closing": N_("销号：来源、标准、状态、销号时间"),
    "full": N_("全部栏目"),
}

REFUSALS: Mapping[str, str] = {
    "paper.nothing_late": N_("这个单位没有逾期未办的任务，不必催办"),
    "paper.other_subject": N_("已拟的稿件不能改换任务或单位，请作废后另拟"),
    "paper.too_many": N_("任务超过 %(most)s 项，一份报表放不下。请按会议或单位分开生成"),
    "paper.too_many_files": N_("材料超过 %(most)s 件，一份目录放不下。请按规划、会议或单位分开生成"),
    "paper.files_too_large": N_("材料共 %(size)s，超过 %(most)s，不能打成一个压缩包。请按规划、会议或单位分开打包"),
    "paper.no_files": N_("所选范围没有佐证材料"),
    "paper.year_not_of_plan": N_("年度应在规划的 %(first)s 至 %(last)s 年之内"),
    "paper.day_in_future": N_("截至日期不能晚于今天"),
    "paper.no_previous": N_("这次会议没有登记上次会议，请先在“修改会议”中选定"),
    "paper.nothing": N_("没有可以打印的内容。请先登记会议、交办任务，或建立规划"),
}

NOTICES = (
    Kind("reporting.ready", N_("各单位任务进展报告已生成"), ""),
    Kind("reporting.evidence_ready", N_("佐证材料已打包"), ""),
)

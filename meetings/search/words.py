"""What is looked for, by group and by kind."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.search.models import Kind

GROUPS: Mapping[str, str] = {
    "units": N_("单位"),
    "people": N_("人员"),
    "meetings": N_("会议"),
    "agenda": N_("议程"),
    "speeches": N_("发言"),
    "requirements": N_("会议要求"),
    "minutes": N_("会议纪要"),
    "documents": N_("文件"),
    "tasks": N_("任务"),
    "reports": N_("进展报送"),
    "goals": N_("规划目标和措施"),
    "indicators": N_("规划指标"),
    "files": N_("附件名称"),
}

KINDS: Mapping[Kind, str] = {
    Kind.UNIT: N_("单位"),
    Kind.PERSON: N_("人员"),
    Kind.MEETING: N_("会议"),
    Kind.AGENDA_ITEM: N_("议程"),
    Kind.SPEECH: N_("发言"),
    Kind.REQUIREMENT: N_("会议要求"),
    Kind.MINUTES: N_("会议纪要"),
    Kind.ISSUED_MINUTES: N_("会议纪要"),
    Kind.DOCUMENT: N_("文件"),
    Kind.MEETING_FILE: N_("会议材料"),
    Kind.DOCUMENT_FILE: N_("文件附件"),
    Kind.TASK: N_("任务"),
    Kind.SCAN: N_("签批扫描件"),
    Kind.EVIDENCE: N_("佐证材料"),
    Kind.REPORT: N_("进展报送"),
    Kind.GOAL: N_("规划主要目标"),
    Kind.MEASURE: N_("规划策略措施"),
    Kind.INDICATOR: N_("规划指标"),
}

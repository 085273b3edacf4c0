"""What is looked for, by kind."""

from collections.abc import Mapping

from meetings.core.i18n import N_

KINDS: Mapping[str, str] = {
    "meetings": N_("会议"),
    "tasks": N_("任务"),
    "documents": N_("文件"),
    "units": N_("单位"),
    "people": N_("人员"),
}

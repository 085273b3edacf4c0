"""Wording of working days."""

from collections.abc import Mapping

from meetings.core.i18n import N_

WORKING: Mapping[str, str] = {"work": N_("上班"), "rest": N_("放假")}

REFUSALS: Mapping[str, str] = {
    "day_override.day_taken": N_("这一天已经调整过，请先撤销原来的调整"),
    "day_override.changes_nothing": N_("这一天本来就是这样安排的，不需要调整"),
}

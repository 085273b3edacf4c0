"""Wording of working days."""

from collections.abc import Mapping

from meetings.core.i18n import N_

WORKING: Mapping[str, str] = {"work": N_("上班"), "rest": N_("放假")}

# Beside a date that is typed or shown; ``%(day)s`` is the last working day before it.
REMARKS: Mapping[str, str] = {
    "provisional": N_("%(year)s年的放假安排尚未公布，工作日暂按双休日计"),
    "rest": N_("当日放假，最后一个工作日为%(day)s"),
}

REFUSALS: Mapping[str, str] = {
    "day_override.day_taken": N_("这一天已经调整过，请先撤销原来的调整"),
    "day_override.changes_nothing": N_("这一天本来就是这样安排的，不需要调整"),
}

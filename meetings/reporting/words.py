"""Wording of papers: their kinds, their column sets, refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_

TITLES: Mapping[str, str] = {
    "responsibility-list": N_("任务分解表（责任清单）"),
    "unit-progress": N_("单位任务进展报告"),
    "meeting-progress": N_("会议任务落实情况报告"),
}

GROUPS: Mapping[str, str] = {"tasks": N_("任务"), "state": N_("情况")}

ABOUT: Mapping[str, str] = {
    "responsibility-list": N_("按会议或单位列出任务，一项一行，栏目可选。"),
    "unit-progress": N_("一个单位牵头、配合的任务，本季度办结的也在内。"),
    "meeting-progress": N_("一次会议的要求逐条列出，各有哪些任务、办到哪一步。"),
}

COLUMN_SETS: Mapping[str, str] = {
    "issue": N_("交办：内容、标准、单位、时限"),
    "tracking": N_("跟踪：进展、完成率、问题、下一步"),
    "closing": N_("销号：来源、标准、状态、销号时间"),
    "full": N_("全部栏目"),
}

REFUSALS: Mapping[str, str] = {
    "paper.too_many": N_("任务超过 %(most)s 项，一份报表放不下。请按会议或单位分开生成"),
    "paper.day_in_future": N_("截至日期不能晚于今天"),
    "paper.nothing": N_("没有可以打印的会议或单位。请先登记会议、交办任务"),
}

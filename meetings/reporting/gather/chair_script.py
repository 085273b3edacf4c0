"""主持词（框架）: the agenda in the chair's words; opening and closing are the office's to write."""

from collections.abc import Mapping
from typing import Any

from meetings.meetings import queries
from meetings.meetings.models import AgendaItem, AgendaKind, Meeting
from meetings.reporting.gather.agenda import document_of
from meetings.reporting.gather.office import addressed, chair_of, lines, meeting_facts, texts_of
from reports.cards import chinese_number
from reports.chair_script import ChairScript, ScriptItem

TEXTS = ("opening", "closing")


def gather(meeting: Meeting, *, texts: Mapping[str, Any]) -> tuple[ChairScript, dict[str, Any]]:
    """One statement; needs ``meeting.kind`` and ``meeting.scopes``."""
    agenda = queries.agenda_of(meeting)
    chosen = texts_of({"opening": _opening(meeting, len(agenda)), "closing": _CLOSING}, texts)
    items = tuple(
        ScriptItem(
            title=item.title,
            words=_words(item, place, len(agenda), chair_of(meeting)),
            minutes=item.planned_minutes,
        )
        for place, item in enumerate(agenda, 1)
    )
    script = ChairScript(
        meeting=meeting_facts(meeting),
        opening="\n".join(lines(chosen["opening"])),
        items=items,
        closing="\n".join(lines(chosen["closing"])),
    )
    return script, chosen


_CLOSING = (
    "同志们，今天会议的各项议程已经全部进行完毕。会后，请各单位及时传达会议精神，对照会议要求逐项明确责任人和完成时限，"
    "按期报送进展情况。\n现在散会。"
)


def _opening(meeting: Meeting, count: int) -> str:
    who = addressed(meeting).replace("，", "、")
    said = f"同志们：\n现在开会。今天召开{meeting.title}，参加会议的有{who}的同志。"
    return said + (f"\n今天的会议有{chinese_number(count)}项议程，下面逐项进行。" if count else "")


_ASKS: Mapping[AgendaKind, str] = {
    AgendaKind.WORK_REPORT: "请{who}作报告",
    AgendaKind.READING: "请{who}宣读{document}",
    AgendaKind.INTERPRETATION: "请{who}解读{document}",
    AgendaKind.BRIEFING: "请{who}通报有关情况",
    AgendaKind.DELIBERATION: "审议{document}，请{who}作说明，请各位发表意见",
    AgendaKind.EXCHANGE: "请{who}依次发言",
    AgendaKind.DUTY_REPORT: "请{who}述职",
    AgendaKind.ADDRESS: "请{who}讲话，大家欢迎",
    AgendaKind.PLEDGE: "请{who}上台签订责任书",
    AgendaKind.TRAINING: "由{who}进行培训",
    AgendaKind.PREVIOUS_ITEMS: "请{who}通报上次会议议定事项落实情况",
    AgendaKind.OTHER: "请{who}发言",
}


_BY_ONESELF: Mapping[AgendaKind, str] = {
    AgendaKind.WORK_REPORT: "由我作报告",
    AgendaKind.READING: "由我宣读{document}",
    AgendaKind.INTERPRETATION: "由我解读{document}",
    AgendaKind.BRIEFING: "由我通报有关情况",
    AgendaKind.ADDRESS: "下面，我讲几点意见",
    AgendaKind.PREVIOUS_ITEMS: "由我通报上次会议议定事项落实情况",
}
"""Where the chair takes the item: nobody asks himself up."""


def _words(item: AgendaItem, place: int, total: int, chair: str) -> str:
    """What the chair says to call the item up."""
    turn = "最后一项" if place == total and total > 1 else f"第{chinese_number(place)}项"
    asks = _BY_ONESELF.get(item.kind, "") if chair and item.presenter == chair else ""
    asked = (asks or _ASKS[item.kind]).format(who=item.presenter or "　　　", document=document_of(item) or "有关文件")
    return f"现在进行会议{turn}议程：{item.title}。{asked}。"

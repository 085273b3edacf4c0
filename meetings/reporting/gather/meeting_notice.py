"""会议通知: time, place, agenda and who is asked come from the meeting; what is asked of them is the office's."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from meetings.core.actor import Actor
from meetings.directory.models import PostKind
from meetings.meetings import queries, words
from meetings.meetings.models import AgendaItem, Meeting
from meetings.reporting.gather.agenda import document_of
from meetings.reporting.gather.office import addressed, issuer_of, lines, texts_of
from meetings.reporting.gather.task_facts import Moment
from reports.facts import Issuer, day_text
from reports.meeting_notice import MeetingNotice

REPLY_WORKING_DAYS = 3

_REQUESTS = ("leave", "material", "dress", "other")
TEXTS = (
    *("title", "addressees", "opening", "time", "place", "attendees", "agenda", "reply_by"),
    *(*_REQUESTS, "contact", "copies_to"),
)


def gather(
    meeting: Meeting, *, actor: Actor, moment: Moment, texts: Mapping[str, Any]
) -> tuple[MeetingNotice, dict[str, Any]]:
    """Three statements; needs ``meeting.kind`` and ``meeting.scopes`` with their groups."""
    issuer = issuer_of(actor, moment.as_of)
    agenda = queries.agenda_of(meeting)
    reply_by = texts.get("reply_by", _reply_by(meeting, moment))
    chosen = texts_of(_prefilled(meeting, agenda, issuer, reply_by), texts)
    requests = [f"请于{day_text(reply_by)}前将参会回执报{issuer.office}。"] if reply_by else []
    notice = MeetingNotice(
        issuer=issuer,
        title=chosen["title"],
        addressees=chosen["addressees"].rstrip("：:"),
        opening="\n".join(lines(chosen["opening"])),
        day=moment.as_of,
        time=chosen["time"],
        place=chosen["place"],
        attendees=lines(chosen["attendees"]),
        agenda=lines(chosen["agenda"]),
        requests=(*requests, *(line for name in _REQUESTS for line in lines(chosen[name]))),
        reply_by=reply_by,
        contact=chosen["contact"],
        copies_to=chosen["copies_to"],
    )
    return notice, chosen


def _prefilled(meeting: Meeting, agenda: Sequence[AgendaItem], issuer: Issuer, reply_by: date | None) -> dict[str, Any]:
    places = (
        [f"主会场：{meeting.place}", f"分会场：{meeting.branch_places}"] if meeting.branch_places else [meeting.place]
    )
    phone = f"联系电话：{issuer.phone}" + (f"（{issuer.hours}）" if issuer.hours else "") + "。" if issuer.phone else ""
    return {
        "title": f"关于召开{meeting.title}的通知",
        "addressees": addressed(meeting),
        "opening": f"经研究，决定召开{meeting.title}。现将有关事项通知如下：",
        "time": _time(meeting),
        "place": "；".join(filter(None, places)) + ("。" if meeting.place else ""),
        "attendees": "\n".join(_asked(meeting)),
        "agenda": "\n".join(map(_item, agenda)),
        "reply_by": reply_by,
        "leave": f"确因特殊情况不能参会的，请向{issuer.office}书面请假，并安排熟悉工作的负责同志代会。",
        "material": _material(agenda, reply_by, issuer),
        "dress": "请参会人员提前10分钟入场，遵守会场纪律。",
        "other": "",
        "contact": phone,
        "copies_to": "",
    }


def _time(meeting: Meeting) -> str:
    begins = f"{meeting.begins_at:%H:%M}" if meeting.begins_at else ""
    when = f"{words.day_of(meeting)}{begins}"
    return f"{when}。" if when else ""


def _reply_by(meeting: Meeting, moment: Moment) -> date | None:
    """Some working days before the meeting; none where that day is past."""
    if meeting.held_on is None:
        return None
    day = moment.rule.calendar.add(meeting.held_on, -REPLY_WORKING_DAYS)
    return day if day >= moment.as_of else None


def _asked(meeting: Meeting) -> list[str]:
    """各成员单位主要负责人、联络员: a group a line, its kinds of posts in their order."""
    groups = {scope.group.id: scope.group for scope in meeting.scopes}
    order = list(PostKind)
    found = []
    for group in sorted(groups.values(), key=lambda each: (each.position, each.id)):
        kinds = sorted((s.post_kind for s in meeting.scopes if s.group_id == group.id), key=order.index)
        found.append(f"{group.name}{'、'.join(words.POSTS_IN_GROUP[kind] for kind in kinds)}。")
    return found


def _item(item: AgendaItem) -> str:
    who = f"（{item.presenter}）" if item.presenter else ""
    return f"{item.title}{document_of(item)}{who}。"


def _material(agenda: Sequence[AgendaItem], reply_by: date | None, issuer: Issuer) -> str:
    """Who speaks sends the text beforehand."""
    if not reply_by or not any(item.presenter for item in agenda):
        return ""
    return f"安排发言的单位，请于{day_text(reply_by)}前将发言材料报{issuer.office}审核。"

"""Wording of invitations."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.meetings.models import AttendanceState, Meeting
from meetings.meetings.words import day_of, times_of
from meetings.notifications.queries import Office
from meetings.notifications.rules import Kind

REPLIES: Mapping[AttendanceState, str] = {
    AttendanceState.EXPECTED: N_("参加"),
    AttendanceState.ON_LEAVE: N_("请假"),
    AttendanceState.SUBSTITUTE: N_("代会"),
}

NOTICES = (Kind("calendar.invited", N_("会议邀请，请回复"), N_("请%(unit)s回复%(day)s会议的参会情况。")),)


def letter(meeting: Meeting, who: str, *, reply: str, calendar: str, office: Office) -> tuple[str, str]:
    """Subject and text of the mail that invites: what, when, where, the addresses, and whom to call."""
    lines = (
        f"请{who}参加：{meeting.title}",
        f"时间：{day_of(meeting)}{times_of(meeting)}",
        f"地点：{meeting.place or '另行通知'}",
        "",
        f"回复参加、请假或代会（只能回复一次，请勿转发）：{reply}",
        f"加入日历：{calendar}",
        "",
        f"{office.name}{f'，电话{office.phone}' if office.phone else ''}",
    )
    return f"会议邀请：{meeting.title}", "\n".join(lines)

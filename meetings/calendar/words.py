"""Wording of invitations."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
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
    phone = _("，电话%(phone)s", phone=office.phone) if office.phone else ""
    lines = (
        _("请%(who)s参加：%(title)s", who=who, title=meeting.title),
        _("时间：%(when)s", when=f"{day_of(meeting)}{times_of(meeting)}"),
        _("地点：%(place)s", place=meeting.place or _("另行通知")),
        "",
        _("回复参加、请假或代会（只能回复一次，请勿转发）：%(address)s", address=reply),
        _("加入日历：%(address)s", address=calendar),
        "",
        f"{office.name}{phone}",
    )
    return _("会议邀请：%(title)s", title=meeting.title), "\n".join(lines)

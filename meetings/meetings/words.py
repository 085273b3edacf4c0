"""Wording of meetings: kinds, states, refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_, day
from meetings.core.i18n import gettext as _
from meetings.directory.models import PostKind
from meetings.directory.words import POST_KINDS
from meetings.meetings.models import (
    AgendaKind,
    AttendanceState,
    Capacity,
    Meeting,
    MeetingAction,
    MeetingStatus,
    Section,
    Speech,
    SpeechKind,
    TextStatus,
)

# The list that an office starts from (product.md, Meeting); it is theirs to change.
DEFAULT_KINDS = (
    N_("全体会议"),
    N_("妇女儿童工作会议"),
    N_("推进会"),
    N_("联络员会议"),
    N_("评估工作会"),
    N_("统计监测会"),
    N_("座谈会"),
    N_("督导汇报会"),
    N_("反馈会"),
    N_("专题会议"),
    N_("培训"),
)

STATUSES: Mapping[MeetingStatus, str] = {
    MeetingStatus.DRAFT: N_("拟办"),
    MeetingStatus.ANNOUNCED: N_("已通知"),
    MeetingStatus.HELD: N_("已召开"),
    MeetingStatus.MINUTED: N_("已印发纪要"),
    MeetingStatus.ARCHIVED: N_("已归档"),
    MeetingStatus.CANCELLED: N_("已取消"),
}

ACTIONS: Mapping[MeetingAction, str] = {
    MeetingAction.EDIT: N_("修改会议"),
    MeetingAction.EDIT_AGENDA: N_("修改议程"),
    MeetingAction.RECORD_ATTENDANCE: N_("登记参会"),
    MeetingAction.RECORD_SPEECHES: N_("登记发言"),
    MeetingAction.ADD_REQUIREMENTS: N_("登记要求"),
    MeetingAction.ADD_FILES: N_("添加材料"),
    MeetingAction.ANNOUNCE: N_("发出通知并编次"),
    MeetingAction.HOLD: N_("登记为已召开"),
    MeetingAction.WRITE_MINUTES: N_("拟写纪要"),
    MeetingAction.MINUTE: N_("印发纪要"),
    MeetingAction.REOPEN_MINUTES: N_("重新打开纪要"),
    MeetingAction.ARCHIVE: N_("归档会议"),
    MeetingAction.CANCEL: N_("取消会议"),
}

AGENDA_KINDS: Mapping[AgendaKind, str] = {
    AgendaKind.WORK_REPORT: N_("工作报告"),
    AgendaKind.READING: N_("宣读"),
    AgendaKind.INTERPRETATION: N_("解读"),
    AgendaKind.BRIEFING: N_("通报"),
    AgendaKind.DELIBERATION: N_("审议"),
    AgendaKind.EXCHANGE: N_("交流发言"),
    AgendaKind.DUTY_REPORT: N_("述职"),
    AgendaKind.ADDRESS: N_("讲话"),
    AgendaKind.PLEDGE: N_("签订责任书"),
    AgendaKind.TRAINING: N_("培训"),
    AgendaKind.PREVIOUS_ITEMS: N_("上次议定事项落实情况"),
    AgendaKind.OTHER: N_("其他"),
}

SPEECH_KINDS: Mapping[SpeechKind, str] = {
    SpeechKind.ADDRESS: N_("讲话"),
    SpeechKind.WORK_REPORT: N_("工作报告"),
    SpeechKind.READING: N_("宣读"),
    SpeechKind.INTERPRETATION: N_("解读"),
    SpeechKind.BRIEFING: N_("通报"),
    SpeechKind.EXCHANGE: N_("交流发言"),
    SpeechKind.WRITTEN_EXCHANGE: N_("书面交流"),
    SpeechKind.STANCE: N_("表态"),
    SpeechKind.DUTY_REPORT: N_("述职"),
    SpeechKind.REPORT: N_("汇报"),
}

TEXT_STATUSES: Mapping[TextStatus, str] = {
    TextStatus.NEWS_EXCERPT: N_("会议报道摘录"),
    TextStatus.NOTES: N_("记录整理（未经本人审阅）"),
    TextStatus.REVIEWED: N_("已审定"),
}

SECTIONS: Mapping[Section, str] = {
    Section.POINTED_OUT: N_("指出"),
    Section.STRESSED: N_("强调"),
    Section.REQUIRED: N_("要求"),
    Section.RESOLVED: N_("议定"),
}

CAPACITIES: Mapping[Capacity, str] = {
    Capacity.CHAIR: N_("主持"),
    Capacity.ATTENDEE: N_("参会"),
    Capacity.OBSERVER: N_("列席"),
    Capacity.RECORDER: N_("记录"),
}

ATTENDANCE_STATES: Mapping[AttendanceState, str] = {
    AttendanceState.EXPECTED: N_("未点"),
    AttendanceState.PRESENT: N_("出席"),
    AttendanceState.LATE: N_("迟到"),
    AttendanceState.SUBSTITUTE: N_("代会"),
    AttendanceState.ON_LEAVE: N_("请假"),
    AttendanceState.ABSENT: N_("缺席"),
}

# After the name of a group, which says already that its units are townships: 各乡镇场（街道）分管领导、妇联主席.
POSTS_IN_GROUP: Mapping[PostKind, str] = {
    **POST_KINDS,
    PostKind.TOWNSHIP_DEPUTY: N_("分管领导"),
    PostKind.TOWNSHIP_FEDERATION: N_("妇联主席"),
    PostKind.COMMITTEE_LEADER: N_("妇儿工委领导"),
}

WEEKDAYS = N_("一二三四五六日")


def place_of(row: Meeting) -> str:
    """2026年第2次; empty before it is announced."""
    return _("%(year)s年第%(number)s次", year=row.year, number=row.sequence) if row.sequence else ""


def day_of(meeting: Meeting) -> str:
    """2026年5月20日（星期三）, or the words where the day is not known (2023年，近日)."""
    held = meeting.held_on
    if held:
        return _("%(day)s（星期%(weekday)s）", day=day(held), weekday=_(WEEKDAYS)[held.weekday()])
    return _("，").join(filter(None, (_("%(year)s年", year=meeting.year) if meeting.year else "", meeting.day_text)))


def times_of(row: Meeting | Speech) -> str:
    """10:00—12:20, or only the beginning."""
    return "—".join(f"{moment:%H:%M}" for moment in (row.begins_at, row.ends_at) if moment)


def facts_of(meeting: Meeting) -> str:
    """The grey line under a meeting's title: 次第, day and times, place; chair; status."""
    when = _("，").join(filter(None, (place_of(meeting), f"{day_of(meeting)}{times_of(meeting)}", meeting.place)))
    chair = f"{meeting.chair_post}{meeting.chair_name}"
    return _("；").join(filter(None, (when, _("%(who)s主持", who=chair) if chair else "", _(STATUSES[meeting.status]))))


_OFFICE = N_("妇儿工委办主任、工作人员")
_DIRECTOR = N_("妇儿工委办主任")

REFUSALS: Mapping[str, str] = {
    "meeting.not_yours": N_("会议由办公室登记，您可以查阅"),
    "meeting.not_yours.who": _OFFICE,
    "meeting.needs_director": N_("已印发的纪要由办公室主任重新打开"),
    "meeting.needs_director.who": _DIRECTOR,
    "meeting.is_draft": N_("会议还没有发出通知，请先办理“发出通知并编次”"),
    "meeting.is_announced": N_("会议还没有登记为已召开，或者已经发出过通知，请回会议概况核对"),
    "meeting.is_held": N_("会议已经召开，纪要尚未印发，现在不能办理此事"),
    "meeting.is_minuted": N_("纪要已经印发，会议情况、议程和参会不再改动。确需改动的，请先重新打开纪要"),
    "meeting.is_minuted.who": _DIRECTOR,
    "meeting.is_archived": N_("会议已经归档，不再改动"),
    "meeting.is_cancelled": N_("会议已经取消，不再改动；要重新召开，请另建会议"),
    "meeting.not_yet": N_("会议定于%(day)s召开，还没有到日子。日期有变的，请先修改会议"),
    "meeting.ends_before_begin": N_("结束时间应晚于开始时间"),
    "meeting.day_unknown": N_("请填写会议日期；日子不确定的，填写日期说明（如：近日）和年度"),
    "meeting.kind_fixed": N_(
        "会议已编为%(year)s年第%(number)s次，次第按会议类型编排，类型不能再改。确需改的，请取消后另建"
    ),
    "meeting.previous_is_later": N_("所选会议在本次之后，不能作为上次会议"),
    "meeting_kind.name_taken": N_("已有名为“%(name)s”的会议类型"),
    "meeting_kind.in_use_only": N_("至少保留一种在用的会议类型"),
    "agenda.in_use": N_("有发言或参会记录挂在这一项议程上，不能删去。请先改挂到别的议程"),
    "speech.nobody": N_("请选择发言人或发言单位；不在名册的，填写姓名或职务"),
    "speech.ends_before_begin": N_("结束时间应晚于开始时间"),
    "speech.reviewer_needed": N_("文字稿标为已审定的，请填写审定人"),
    "speech.review_day_needed": N_("文字稿标为已审定的，请填写审定日期"),
    "speech.review_day_ahead": N_("审定日期不能晚于今天"),
    "speech.sentence_lost": N_(
        "第 %(numbers)s 条要求出自这份文字稿，改后的文字里找不到原句。请保留原句，或先改那条要求"
    ),
    "speech.has_requirements": N_("已有要求出自这份发言，不能删去"),
    "attendance.substitute_unknown": N_("代会的请填写代会人姓名或职务"),
    "attendance.nobody": N_("请填写姓名、单位或职务中的至少一项"),
    "attendance.no_scope": N_("还没有确定参会范围，请先在“修改会议”中勾选，再生成名单"),
    "attendance.left_before_arrival": N_("离会的议程应在到会的议程之后"),
    "attendance.changed_meanwhile": N_("您打开名单之后，别人已经改过其中几行，您填的还没有保存"),
    "attendance.has_mark": N_("此人已有到会记录，不能移出名单"),
    "invitation.not_announced": N_("会议没有处于已通知状态，不能发送或回复邀请。请向办公室核实"),
    "invitation.day_unknown": N_("会议日期还没有确定，不能发送或回复邀请。请先填写会议日期"),
    "invitation.over": N_("会议日期已过，不能发送或回复邀请"),
    "invitation.answered": N_("这份邀请已经回复过，没有重复登记"),
    "invitation.state": N_("请从参加、请假、代会中选择一项"),
    "invitation.reason_needed": N_("请假的请填写请假理由"),
    "invitation.substitute_name_needed": N_("代会的请填写代会人姓名"),
    "invitation.substitute_post_needed": N_("代会的请填写代会人职务"),
    "minutes.of_other": N_("这个文件是从另一次会议的纪要下载的，请核对"),
    "minutes.empty": N_("纪要还没有文字，请先拟写并保存"),
    "minutes.signed_ahead": N_("签发日期不能晚于今天"),
    "minutes.signed_before_meeting": N_("签发日期不能早于会议日期"),
    "requirement.aim_unknown": N_("请从列表中选择进行中的规划的目标或措施"),
    "requirement.outside_text": N_("所选文字不在发言原文之内，请重新选取"),
}

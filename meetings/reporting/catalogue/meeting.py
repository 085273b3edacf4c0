"""Papers for a meeting: before it, at it, after it."""

from meetings.approvals.models import Retention, Signing
from meetings.core.actor import Actor
from meetings.meetings import queries as meetings
from meetings.reporting.catalogue.entry import Content, Entry, Parameters, filter_text
from meetings.reporting.gather import agenda as gather_agenda
from meetings.reporting.gather import attendee_list as gather_attendees
from meetings.reporting.gather import chair_script as gather_script
from meetings.reporting.gather import meeting_notice as gather_notice
from meetings.reporting.gather import minutes as gather_minutes
from meetings.reporting.gather import previous_items as gather_previous
from meetings.reporting.gather import sign_in_sheet as gather_sheet
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries.sources import FOLLOWING, PLANNED, RECORDED
from reports import agenda, attendee_list, chair_script, meeting_notice, minutes, previous_items, sign_in_sheet


def _meeting_notice(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data, texts = gather_notice.gather(meeting, actor=actor, moment=moment, texts=chosen)
    return Content(data, data.title, filter_text(meeting=meeting), None, moment.as_of, texts)


def _agenda(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data = gather_agenda.gather(meeting)
    return Content(data, f"{meeting.title}议程", filter_text(meeting=meeting), None, moment.as_of)


def _sign_in_sheet(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data, texts = gather_sheet.gather(meeting, actor=actor, texts=chosen)
    return Content(data, f"{meeting.title}签到表", filter_text(meeting=meeting), None, moment.as_of, texts)


def _attendee_list(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data, texts = gather_attendees.gather(meeting, texts=chosen)
    return Content(data, f"{meeting.title}参会名单", filter_text(meeting=meeting), None, moment.as_of, texts)


def _chair_script(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data, texts = gather_script.gather(meeting, texts=chosen)
    return Content(data, f"{meeting.title}主持词", filter_text(meeting=meeting), None, moment.as_of, texts)


def _previous_items(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data = gather_previous.gather(meeting, actor=actor, moment=moment)
    title = f"上次会议议定事项落实情况（{data.previous}）"
    return Content(data, title, filter_text(moment, meeting=meeting), None, moment.as_of)


def _minutes(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data, texts = gather_minutes.gather(meeting, actor=actor, moment=moment, texts=chosen)
    return Content(data, data.title, filter_text(meeting=meeting), None, moment.as_of, texts)


_OF_A_MEETING = frozenset({"meeting"})

ENTRIES = (
    Entry(
        "meeting-notice",
        "meetings",
        "meetings.record",
        ("meeting",),
        _OF_A_MEETING,
        _meeting_notice,
        meeting_notice.compose,
        texts=gather_notice.TEXTS,
        signing=Signing.SEAL,
        meetings=PLANNED,
        style="official",
    ),
    Entry(
        "agenda",
        "meetings",
        "meetings.read",
        ("meeting",),
        _OF_A_MEETING,
        _agenda,
        agenda.compose,
        meetings=PLANNED,
    ),
    Entry(
        "sign-in-sheet",
        "meetings",
        "meetings.read",
        ("meeting",),
        _OF_A_MEETING,
        _sign_in_sheet,
        sign_in_sheet.compose,
        texts=gather_sheet.TEXTS,
        meetings=PLANNED,
    ),
    Entry(
        "attendee-list",
        "meetings",
        "meetings.read",
        ("meeting",),
        _OF_A_MEETING,
        _attendee_list,
        attendee_list.compose,
        texts=gather_attendees.TEXTS,
        meetings=PLANNED,
    ),
    Entry(
        "chair-script",
        "meetings",
        "meetings.read",
        ("meeting",),
        _OF_A_MEETING,
        _chair_script,
        chair_script.compose,
        texts=gather_script.TEXTS,
        meetings=PLANNED,
    ),
    Entry(
        "previous-items",
        "meetings",
        "meetings.read",
        ("meeting", "as_of"),
        _OF_A_MEETING,
        _previous_items,
        previous_items.compose,
        meetings=FOLLOWING,
    ),
    Entry(
        "minutes",
        "meetings",
        "meetings.record",
        ("meeting",),
        _OF_A_MEETING,
        _minutes,
        minutes.compose,
        texts=gather_minutes.TEXTS,
        retention=Retention.PERMANENT,
        meetings=RECORDED,
        style="official",
    ),
)

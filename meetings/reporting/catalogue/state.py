"""Papers about how things stand."""

from meetings.approvals.models import Retention, Signing
from meetings.core.actor import Actor
from meetings.meetings import queries as meetings
from meetings.reporting.catalogue.entry import Content, Entry, Parameters, filter_text, own_unit
from meetings.reporting.gather import bulletin as gather_bulletin
from meetings.reporting.gather import leader_brief as gather_leader_brief
from meetings.reporting.gather import meeting_progress as gather_meeting
from meetings.reporting.gather import unit_progress as gather_unit
from meetings.reporting.gather import work_brief as gather_work_brief
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.reporting.queries.sources import RECORDED
from reports import bulletin, leader_brief, meeting_progress, unit_progress, work_brief


def _unit_progress(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    unit = sources.find_unit(chosen["unit"], actor=actor)
    data = gather_unit.gather(unit, actor=actor, moment=moment)
    said = filter_text(moment, unit=unit.name)
    return Content(data, f"{unit.name}任务进展报告", said, unit.id, moment.as_of)


def _meeting_progress(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find(chosen["meeting"], actor=actor)
    data = gather_meeting.gather(meeting, actor=actor, moment=moment, is_full=bool(chosen.get("detail")))
    said = filter_text(moment, meeting=meeting)
    return Content(data, f"{meeting.title}任务落实情况报告", said, own_unit(actor), moment.as_of)


def _bulletin(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find(chosen["meeting"], actor=actor) if chosen.get("meeting") else None
    data, texts = gather_bulletin.gather(actor=actor, moment=moment, meeting=meeting, texts=chosen)
    return Content(data, data.title, filter_text(moment, meeting=meeting), None, moment.as_of, texts)


def _leader_brief(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find(chosen["meeting"], actor=actor) if chosen.get("meeting") else None
    data, texts = gather_leader_brief.gather(actor=actor, moment=moment, meeting=meeting, texts=chosen)
    return Content(data, data.title, filter_text(moment, meeting=meeting), None, moment.as_of, texts)


def _work_brief(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    meeting = meetings.find_to_record(chosen["meeting"], actor=actor)
    data, texts = gather_work_brief.gather(meeting, actor=actor, moment=moment, texts=chosen)
    return Content(data, data.title, filter_text(meeting=meeting), None, moment.as_of, texts)


ENTRIES = (
    Entry(
        "unit-progress",
        "state",
        "reports.print",
        ("unit", "as_of"),
        frozenset({"unit"}),
        _unit_progress,
        unit_progress.compose,
    ),
    Entry(
        "meeting-progress",
        "state",
        "tasks.read_all",
        ("meeting", "detail", "as_of"),
        frozenset({"meeting"}),
        _meeting_progress,
        meeting_progress.compose,
    ),
    Entry(
        "bulletin",
        "state",
        "tasks.draft",
        ("meeting", "as_of"),
        frozenset(),
        _bulletin,
        bulletin.compose,
        texts=gather_bulletin.TEXTS,
        style="official",
        signing=Signing.SEAL,
        retention=Retention.YEARS_30,
    ),
    Entry(
        "leader-brief",
        "state",
        "tasks.draft",
        ("meeting", "as_of"),
        frozenset(),
        _leader_brief,
        leader_brief.compose,
        texts=gather_leader_brief.TEXTS,
        style="official",
        retention=Retention.YEARS_30,
    ),
    Entry(
        "work-brief",
        "state",
        "meetings.record",
        ("meeting",),
        frozenset({"meeting"}),
        _work_brief,
        work_brief.compose,
        texts=gather_work_brief.TEXTS,
        meetings=RECORDED,
        style="official",
    ),
)

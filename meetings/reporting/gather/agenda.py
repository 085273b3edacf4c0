"""会议议程: the agenda as it was recorded, with the time each item begins."""

from datetime import date, datetime, timedelta

from meetings.meetings import queries, words
from meetings.meetings.models import AgendaItem, Meeting
from meetings.reporting.gather.office import meeting_facts
from reports.agenda import Agenda, AgendaLine


def gather(meeting: Meeting) -> Agenda:
    """One statement; needs ``meeting.kind``."""
    begins = datetime.combine(date.min, meeting.begins_at) if meeting.begins_at else None
    items = []
    for item in queries.agenda_of(meeting):
        items.append(
            AgendaLine(
                kind=words.AGENDA_KINDS[item.kind],
                title=item.title,
                presenter=item.presenter,
                minutes=item.planned_minutes,
                begins=f"{begins:%H:%M}" if begins else "",
                document=document_of(item),
            )
        )
        begins = begins + timedelta(minutes=item.planned_minutes) if begins and item.planned_minutes else None
    return Agenda(meeting=meeting_facts(meeting), items=tuple(items))


def document_of(item: AgendaItem) -> str:
    """《title》（文号） of the document that is read or dealt with, unless the item names it already."""
    document = item.document
    if document is None or document.title in item.title:
        return ""
    return f"《{document.title}》" + (f"（{document.number}）" if document.number else "")

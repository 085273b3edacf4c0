"""What is done with meetings, by name and with the least it takes."""

from datetime import date

from meetings.core.db import db, transaction
from meetings.directory.models import PostKind
from meetings.meetings import actions, queries
from meetings.meetings.models import AgendaKind, AttendanceState, Capacity, SpeechKind, TextStatus
from meetings.meetings.rules import ScopeKey
from tests import factories

DETAILS = {
    "title": "妇女儿童工作会议",
    "held_on": date(2026, 5, 20),
    "day_text": "",
    "year": None,
    "begins_at": None,
    "ends_at": None,
    "place": "县政府会议室",
    "branch_places": "",
    "organiser": "",
    "chair_name": "",
    "chair_post": "县政协副主席",
    "source": "",
    "text_reviewer": "",
    "previous_id": None,
    "scopes": [],
}
SPEECH = {
    "kind": SpeechKind.ADDRESS,
    "agenda_item_id": None,
    "person_id": None,
    "unit_id": None,
    "speaker_name": "",
    "speaker_post": "",
    "begins_at": None,
    "ends_at": None,
    "text": "要摸清底数。要建立台账。",
    "key_points": "",
    "text_status": TextStatus.NOTES,
    "reviewed_by": "",
    "reviewed_on": None,
}
ATTENDEE = {
    "capacity": Capacity.OBSERVER,
    "unit_id": None,
    "name": "",
    "post_title": "",
    "state": AttendanceState.EXPECTED,
    "substitute_name": "",
    "substitute_post": "",
    "reason": "",
    "arrived_item_id": None,
    "left_item_id": None,
}
ITEM = {
    "kind": AgendaKind.READING,
    "title": "宣读",
    "presenter": "",
    "presenter_unit_id": None,
    "document_id": None,
    "planned_minutes": None,
}


def create(by, **more):
    with transaction(by=by):
        return actions.create_meeting(**{**DETAILS, "kind_id": factories_kind().id, **more}, by=by)


def factories_kind():
    from meetings.meetings.models import MeetingKind

    return db.session.query(MeetingKind).first()


def do(act, meeting, *rest, by, **more):
    with transaction(by=by):
        return act(queries.find_to_change(meeting.id, actor=by), *rest, by=by, **more)


def of_two_units(staff):
    """A meeting of the heads and liaisons of two units, on 20 May 2026."""
    factories.meeting_kind()
    education, health = factories.unit("县教育局", position=1), factories.unit("县卫健委", position=2)
    group = factories.group(education, health, name="各成员单位")
    head = factories.person("局长甲")
    factories.post(education, PostKind.HEAD, person_id=head.id, title="局长")
    factories.post(education, PostKind.MEMBER, person_id=head.id, title="妇儿工委委员")
    factories.post(health, PostKind.LIAISON, title="科长")  # known as a post only
    return create(staff, scopes=[ScopeKey(group.id, PostKind.HEAD), ScopeKey(group.id, PostKind.LIAISON)])


def lines(meeting):
    return [(row.unit_name, row.post_title, row.name, row.post_kind) for row in queries.roll_of(meeting)]

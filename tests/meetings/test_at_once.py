"""Several clerks at once, with real commits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from meetings.core.db import db, transaction
from meetings.directory.models import PostKind
from meetings.meetings import actions, queries
from meetings.meetings.models import Meeting, MeetingScope, MeetingStatus
from tests import factories


def at_once(app, act, arguments):
    def run(argument):
        with app.app_context():
            try:
                return act(argument)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_meetings_announced_at_once_get_different_numbers(committed):
    with committed.app_context():
        staff, kind = factories.staff(), factories.meeting_kind()
        ids = [factories.meeting(kind_id=kind.id, status=MeetingStatus.DRAFT).id for _n in range(6)]

    def announce(meeting_id):
        with transaction(by=staff):
            meeting = queries.find_to_change(meeting_id, actor=staff)
            actions.announce(meeting, by=staff)
            return meeting.sequence

    assert sorted(at_once(committed, announce, ids)) == [1, 2, 3, 4, 5, 6]


def test_a_list_made_by_two_clerks_at_once_holds_everybody_once(committed):
    with committed.app_context():
        staff = factories.staff()
        group = factories.group(*(factories.unit() for _n in range(5)))
        meeting = factories.meeting(held_on=date(2026, 5, 20))
        factories.save(MeetingScope(meeting_id=meeting.id, group_id=group.id, post_kind=PostKind.HEAD))
        meeting_id = meeting.id

    def make(_clerk):
        with transaction(by=staff):
            return actions.make_roll(queries.find_to_change(meeting_id, actor=staff), by=staff)[0]

    assert sorted(at_once(committed, make, [1, 2, 3])) == [0, 0, 5]
    with committed.app_context():
        assert len(queries.roll_of(db.session.get(Meeting, meeting_id))) == 5

"""A meeting of the office, and who asks for its pages."""

import pytest

from meetings.directory.models import PostKind
from meetings.meetings import queries
from meetings.meetings.models import (
    MeetingScope,
    MeetingStatus,
)
from tests import factories


@pytest.fixture
def staff(session):
    return factories.staff()


@pytest.fixture
def client(client_as, staff):
    return client_as(staff)


@pytest.fixture
def kind(session):
    return factories.meeting_kind("妇女儿童工作会议")


@pytest.fixture
def unit(session):
    return factories.unit("县教育局", position=1)


@pytest.fixture
def group(unit):
    return factories.group(unit, factories.unit("县卫健委", position=2), name="各成员单位")


@pytest.fixture
def meeting(kind, group):
    """A meeting that is announced and was to be held on 20 May 2026, with its list."""
    found = factories.meeting(kind_id=kind.id, status=MeetingStatus.HELD, year=2026, sequence=1)
    factories.save(MeetingScope(meeting_id=found.id, group_id=group.id, post_kind=PostKind.HEAD))
    return found


@pytest.fixture
def roll(client, meeting):
    client.post(f"/meetings/{meeting.id}/attendance/make", data={"form_key": "make"})
    return queries.roll_of(meeting)

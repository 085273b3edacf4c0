"""Rows as tests of meetings' pages look at them."""

from meetings.core.db import db, transaction
from meetings.meetings.models import Meeting
from tests import factories


def count(model):
    return db.session.query(model).count()


def set_status(meeting, status):
    with transaction(by=factories.staff()):
        db.session.get(Meeting, meeting.id).status = status

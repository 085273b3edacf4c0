"""Reminders of the day: sent on working days in office hours, before the digest tells of them."""

from datetime import time

from meetings.core import clock
from meetings.core.db import db, writing
from meetings.core.i18n import N_
from meetings.jobs.rules import Handler, Schedule
from meetings.jobs.runner import Running
from meetings.notifications.rules import may_write
from meetings.supervision import actions, queries, words
from meetings.workdays.queries import calendar

REMIND = "supervision.remind"


def remind(_job: Running) -> None:
    """For each committee that works now; one that rests is caught up with on its next working day."""
    now = clock.local(clock.now())
    for committee_id in queries.committees():
        if may_write(now, calendar(committee_id)):
            actions.remind(committee_id, today=now.date(), say=words.in_chinese, each=writing)
        db.session.remove()


JOBS = (Handler(REMIND, N_("每日提醒"), remind),)
SCHEDULES = (Schedule(REMIND, time(8, 15)),)

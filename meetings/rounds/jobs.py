"""The next round of each series is prepared as a draft, once."""

from datetime import time

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.core.i18n import N_
from meetings.jobs.rules import Handler, Schedule
from meetings.jobs.runner import Running
from meetings.notifications.queries import committees
from meetings.rounds import actions, queries, rules, words

PROPOSE = "rounds.propose"


def propose(_job: Running) -> None:
    """Put the next round before the office some days before its period ends; whichever is there already stays.

    After an outage the latest period is what is proposed next: one round a day for each series, until it has caught up.
    """
    for committee_id in committees():
        system = Actor(None, "系统", committee_id)
        with transaction(by=system):
            for row in queries.latest_of_series(committee_id):
                period = rules.next_period(row.cycle, row.until_on)
                if period is not None and rules.is_to_be_proposed(row.cycle, row.until_on, clock.today()):
                    actions.propose_next(row, title=words.title_of(row.cycle, *period), by=system)
        db.session.remove()


JOBS = (Handler(PROPOSE, N_("拟下一期次"), propose),)
SCHEDULES = (Schedule(PROPOSE, time(7, 40)),)

"""Who has not answered a list of drafts is reminded by the ladder: once, caught up, and not who has answered."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from meetings.core.db import db, transaction, writing
from meetings.core.errors import DomainError, NotAllowed
from meetings.notifications.models import Notice
from meetings.supervision import actions, words
from meetings.supervision.models import Matter, Reminder, Rung
from meetings.tasks import actions as task_actions
from meetings.tasks import queries
from tests import factories


@pytest.fixture
def asked(session):
    """A list of 14 July that three units answer by Monday the 20th."""
    lead, *helpers = (factories.unit(name) for name in ("县教育局", "县公安局", "县水利局"))
    task = factories.draft(lead_unit=lead, cooperating_units=helpers)
    return factories.consultation(task), [lead, *helpers]


def remind(row, today):
    return actions.remind(row.committee_id, today=today, say=words.in_chinese, each=writing)


def answer(row, unit):
    by = factories.liaison(unit)
    with transaction(by=by):
        found = queries.find_consultation(row.id, actor=by)
        task_actions.answer_consultation(found, unit.id, opinions={}, by=by)


def by_hand(row, by):
    with transaction(by=by):
        found = queries.find_consultation(row.id, actor=by)
        return actions.remind_of_consultation(found, say=words.in_chinese, by=by)


def rungs(unit):
    rows = select(Reminder.rung).where(Reminder.unit_id == unit.id, Reminder.matter == Matter.OPINION)
    return db.session.scalars(rows.order_by(Reminder.id)).all()


def test_the_ladder_reminds_who_is_silent_and_stops_when_they_answer(asked, frozen_clock):
    row, (lead, helper, silent) = asked
    liaison, head = factories.liaison(silent), factories.head(silent)
    assert remind(row, date(2026, 7, 14)) == 0  # the notice of the day has said it
    answer(row, lead)
    assert remind(row, date(2026, 7, 15)) == 2
    assert remind(row, date(2026, 7, 15)) == 0
    answer(row, helper)
    assert remind(row, date(2026, 7, 20)) == 1
    frozen_clock(datetime(2026, 7, 22, 1, tzinfo=UTC))
    assert [remind(row, date(2026, 7, day)) for day in (22, 24, 29)] == [1, 0, 1]
    assert rungs(silent) == [Rung.BEFORE, Rung.DUE, Rung.AFTER, Rung.WEEKLY]
    assert (rungs(lead), rungs(helper)) == ([], [Rung.BEFORE])
    told = db.session.execute(select(Notice.user_id, Notice.kind, Notice.reason, Notice.path).order_by(Notice.id)).all()
    at = f"/tasks/consultations/{row.id}"
    soon, late = "supervision.opinion_soon", "supervision.opinion_late"
    assert told[0] == (liaison.user_id, soon, "", at)
    assert (head.user_id, late, "逾期未反馈 2 个工作日", at) in told


def test_two_days_without_the_job_lose_and_double_nothing(asked):
    row, (lead, *_others) = asked
    assert remind(row, date(2026, 7, 17)) == 3  # the 15th and 16th were missed
    assert remind(row, date(2026, 7, 24)) == 3  # so were the day itself and the second after it: the latest is sent
    assert rungs(lead) == [Rung.BEFORE, Rung.AFTER]
    assert [remind(row, date(2025, 7, 14)), remind(row, date(2026, 7, 24))] == [0, 0]


def test_a_closed_list_is_not_reminded_of(asked):
    row, _units = asked
    by = factories.staff()
    with transaction(by=by):
        task_actions.close_consultation(queries.find_consultation(row.id, actor=by), by=by)
    assert remind(row, date(2026, 7, 20)) == 0
    with pytest.raises(DomainError, match="closed"):
        by_hand(row, by)


def test_by_hand_it_is_once_a_day_and_stands_in_the_same_log(asked, frozen_clock):
    row, (lead, helper, silent) = asked
    staff = factories.staff()
    answer(row, lead)
    assert by_hand(row, staff) == 2
    with pytest.raises(DomainError, match="reminded_today"):
        by_hand(row, staff)
    frozen_clock(datetime(2026, 7, 15, 2, tzinfo=UTC))
    assert by_hand(row, staff) == 2
    assert queries.reminded(row) == {each.id: [date(2026, 7, 14), date(2026, 7, 15)] for each in (helper, silent)}
    for each in (helper, silent):
        answer(row, each)
    assert by_hand(row, staff) == 0
    with pytest.raises(NotAllowed):
        by_hand(row, factories.liaison(lead))

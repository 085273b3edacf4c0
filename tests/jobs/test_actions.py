"""A job belongs to the transaction that asks for it, to one worker at a time, and to nobody who has lost the claim."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from meetings.core import clock
from meetings.core.db import db, writing
from meetings.core.errors import DomainError
from meetings.jobs import actions, rules
from meetings.jobs.actions import claim
from meetings.jobs.models import Job, JobStatus
from meetings.jobs.rules import Handler, Schedule
from tests import factories as make
from tests.conftest import NOW

HANDLER = Handler("test.kind", "某事", lambda job: None, most_attempts=3)


@pytest.fixture
def queue(app, session):
    queue = app.extensions["queue"]
    while queue.take() is not None:
        pass
    return queue


def ask(**values):
    with writing():
        return actions.enqueue("test.kind", by=None, **values)


def job(job_id):
    db.session.expire_all()
    return db.session.get(Job, job_id)


def test_a_job_is_sent_when_its_transaction_is_committed(queue):
    job_id = ask(unit=7)
    assert (queue.take(), queue.take()) == (job_id, None)
    assert job(job_id).arguments == {"unit": 7}


def test_a_job_is_gone_with_the_transaction_that_asked_for_it(queue):
    with pytest.raises(ZeroDivisionError), writing():
        actions.enqueue("test.kind", by=None)
        raise ZeroDivisionError
    assert queue.take() is None
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_a_queue_that_is_away_does_not_undo_the_work(app, queue, monkeypatch):
    monkeypatch.setattr(type(queue), "send", lambda *_: 1 / 0)
    job_id = ask()
    monkeypatch.undo()
    assert job(job_id).status is JobStatus.QUEUED


def test_a_lost_message_is_found_by_the_sweep_once_the_queue_is_empty(queue, frozen_clock):
    job_id = ask()
    grace = timedelta(seconds=5)
    assert actions.due(queue_is_empty=True, grace=grace) == []  # it may be on its way
    frozen_clock(NOW + timedelta(seconds=6))
    assert actions.due(queue_is_empty=False, grace=grace) == []
    assert actions.due(queue_is_empty=True, grace=grace) == [job_id]
    assert actions.due(queue_is_empty=True, grace=grace) == []


def test_a_second_one_with_the_same_key_is_not_asked_for_while_the_first_waits(queue):
    first = ask(key="once")
    assert ask(key="once") is None
    claim(first, token="a")
    assert ask(key="once") is not None


def test_one_worker_wins(queue):
    job_id = ask()
    assert claim(job_id, token="a").attempt == 1
    assert claim(job_id, token="b") is None


def test_a_job_of_later_is_not_taken_before_its_time(queue, frozen_clock):
    job_id = ask(run_at=NOW + timedelta(minutes=1))
    assert queue.take() is None
    assert claim(job_id, token="a") is None
    frozen_clock(NOW + timedelta(minutes=1))
    assert actions.due(queue_is_empty=False, grace=timedelta(0)) == [job_id]
    assert claim(job_id, token="a")


def test_who_has_lost_the_claim_changes_nothing(queue, frozen_clock):
    job_id = ask()
    claim(job_id, token="a")
    frozen_clock(NOW + timedelta(minutes=1))
    assert actions.reap({HANDLER.kind: HANDLER}, stale=timedelta(seconds=20)) == 1
    assert job(job_id).status is JobStatus.QUEUED
    frozen_clock(NOW + timedelta(minutes=2))
    claim(job_id, token="b")
    assert not actions.progress(job_id, "a", 1, 2, "")
    assert not actions.complete(job_id, "a", {})
    assert actions.beat(job_id, "a") is None
    assert actions.complete(job_id, "b", {"n": 1})
    assert job(job_id).result == {"n": 1}


def test_a_sign_of_life_keeps_the_claim(queue, frozen_clock):
    job_id = ask()
    claim(job_id, token="a")
    frozen_clock(NOW + timedelta(seconds=19))
    assert actions.beat(job_id, "a") is False
    frozen_clock(NOW + timedelta(seconds=30))
    assert actions.reap({}, stale=timedelta(seconds=20)) == 0


def test_a_job_rests_longer_after_each_failure_and_is_dead_after_the_last(queue, frozen_clock):
    job_id = ask()
    rests = []
    for _ in range(3):
        assert claim(job_id, token="a")
        actions.fail(job_id, "a", HANDLER, "job.no_room", {}, for_good=False)
        rests.append(job(job_id).run_at - clock.now())
        frozen_clock(job(job_id).run_at)
    assert rests[:2] == [timedelta(seconds=10), timedelta(seconds=30)]
    assert (job(job_id).status, job(job_id).attempts, job(job_id).reason) == (JobStatus.DEAD, 3, "job.no_room")


def test_a_pause_is_never_longer_than_an_hour():
    assert rules.pause_after(1, timedelta(seconds=10)) == timedelta(seconds=10)
    assert rules.pause_after(500, timedelta(seconds=10)) == timedelta(hours=1)


def test_the_schedule_is_met_once_for_each_hour_and_a_missed_one_is_caught_up_once(queue, frozen_clock):
    def asked():
        return [job.arguments["slot"] for job in db.session.scalars(select(Job).order_by(Job.id))]

    schedules = [Schedule("test.kind", time(8, 30))]
    frozen_clock(datetime(2026, 7, 14, 0, 29, tzinfo=UTC))  # 08:29 in the office
    actions.meet(schedules)
    actions.meet(schedules)
    assert asked() == ["2026-07-13T08:30"]
    frozen_clock(datetime(2026, 7, 14, 0, 30, tzinfo=UTC))
    actions.meet(schedules)
    assert asked() == ["2026-07-13T08:30", "2026-07-14T08:30"]
    frozen_clock(datetime(2026, 7, 18, 5, 0, tzinfo=UTC))  # four days without a worker
    actions.meet(schedules)
    actions.meet(schedules)
    assert asked() == ["2026-07-13T08:30", "2026-07-14T08:30", "2026-07-18T08:30"]


def test_a_dead_job_can_begin_anew_and_a_finished_one_cannot(queue):
    dead = make.job(status=JobStatus.DEAD, attempts=3)
    with writing():
        actions.retry(dead)
    assert queue.take() == dead.id
    assert claim(dead.id, token="a").attempt == 1
    with pytest.raises(DomainError, match="not_stopped"):
        actions.retry(make.job(status=JobStatus.DONE))


def test_a_job_that_is_over_cannot_be_cancelled(queue):
    with pytest.raises(DomainError, match="is_over"):
        actions.cancel(make.job(status=JobStatus.DONE))


def test_tidying_forgets_what_ended_long_ago_and_keeps_the_dead_longer(queue):
    long_ago = NOW - timedelta(days=40)
    make.job(status=JobStatus.DONE, finished_at=long_ago)
    kept = make.job(status=JobStatus.DEAD, finished_at=long_ago).id, make.job(status=JobStatus.DONE, finished_at=NOW).id
    actions.tidy()
    assert tuple(db.session.scalars(select(Job.id).order_by(Job.id))) == kept

"""Many at once, with real commits: one wins each time, nothing is lost, nobody waits for ever."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from meetings.audit import queries as audit
from meetings.core.db import db, expect, transaction
from meetings.core.errors import ChangedMeanwhile, DomainError
from meetings.tasks import actions, queries
from meetings.tasks.models import ProgressReport, Step, Task, TaskEvent, TaskStatus
from tests import factories

pytestmark = pytest.mark.slow


def at_once(app, count: int, work: Callable[[int], object]) -> list[object]:
    """Run ``work(n)`` in as many threads, each with a session of its own; what it returned or the refusal it raised."""

    def run(n: int) -> object:
        with app.app_context():
            try:
                return work(n)
            except (DomainError, StaleDataError) as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_sixteen_writers_one_wins_each_of_fifty_times(committed):
    with committed.app_context():
        director = factories.director()
        task_id = factories.draft(by=director).id
        db.session.remove()
    barrier = threading.Barrier(16)
    won: Counter[int] = Counter()

    def work(n: int) -> None:
        for turn in range(50):
            version = db.session.scalar(select(Task.version).where(Task.id == task_id))  # the form is opened
            db.session.commit()
            barrier.wait(60)
            try:
                with transaction(by=director):
                    row = queries.find(task_id, actor=director)
                    expect(row, version)
                    actions.edit_task(
                        row,
                        title=f"第{turn}轮",
                        content=f"{row.content}{n},",
                        lead_unit_id=row.lead_unit_id,
                        cooperating_unit_ids=[],
                        due_on=row.due_on,
                        standards=[],
                        quantities=[],
                        stages=[],
                        source=row.source,
                        source_text="",
                        requirement=None,
                        meeting=None,
                        parent=None,
                        weight=1,
                        urgency=row.urgency,
                        reporting_cycle=row.reporting_cycle,
                        reporting_day=5,
                        reporting_reason="",
                        evidence_reason="",
                        basis="",
                        by=director,
                    )
                won[turn] += 1
            except (ChangedMeanwhile, StaleDataError):
                db.session.rollback()
            barrier.wait(60)

    assert at_once(committed, 16, work) == [None] * 16
    with committed.app_context():
        row = queries.find(task_id, actor=director)
        assert won == Counter(dict.fromkeys(range(50), 1))
        assert len(row.content.split(",")) == 51
        assert row.title == "第49轮"
        assert queries.differences() == []
        assert list(audit.flaws()) == []


def test_three_hundred_reports_at_once_are_three_hundred_rows(committed):
    with committed.app_context():
        units = [factories.unit() for _ in range(30)]
        lead = units[0]
        tasks = [factories.under_way(lead_unit=lead, cooperating_units=units[1:]).id for _ in range(10)]
        liaisons = {unit.id: factories.liaison(unit) for unit in units}
        unit_ids = [unit.id for unit in units]
        db.session.remove()

    def work(n: int) -> int:
        by = liaisons[unit_ids[n % 30]]
        with transaction(by=by):
            row = queries.find(tasks[n // 30], actor=by)
            report = actions.report_progress(
                row,
                done=f"第{n}份",
                problems="",
                next_steps="",
                needs_coordination=False,
                is_no_change=False,
                step=Step.UNDER_WAY,
                head_confirms_every=False,
                by=by,
            )
        return report.id

    found = at_once(committed, 300, work)

    with committed.app_context():
        assert [refusal for refusal in found if not isinstance(refusal, int)] == []
        assert len(set(found)) == db.session.scalar(select(func.count()).select_from(ProgressReport)) == 300
        reported = select(func.count()).select_from(TaskEvent).where(TaskEvent.report_id.is_not(None))
        assert db.session.scalar(reported) == 300
        assert queries.differences() == []
        assert list(audit.flaws()) == []


def test_each_number_is_given_once_however_many_issue_at_once(committed):
    with committed.app_context():
        director = factories.director()
        tasks = [factories.draft().id for _ in range(40)]
        db.session.remove()

    def work(n: int) -> None:
        with transaction(by=director):
            actions.issue_many(queries.find_many(tasks[n * 5 : n * 5 + 5], actor=director), by=director)

    assert at_once(committed, 8, work) == [None] * 8
    with committed.app_context():
        numbers = sorted(db.session.scalars(select(Task.number)))
        assert numbers == [f"2026-{n:03}" for n in range(1, 41)]
        assert queries.differences() == []


def test_a_task_closed_meanwhile_takes_no_report(committed):
    """Closing and reporting at once: whichever is first, no report stands on a task that was then closed."""
    with committed.app_context():
        lead, helper = factories.unit(), factories.unit()
        director, liaison = factories.director(), factories.liaison(helper)
        tasks = [factories.under_way(lead_unit=lead, cooperating_units=[helper]).id for _ in range(10)]
        db.session.remove()

    for task_id in tasks:
        barrier = threading.Barrier(2)

        def work(n: int, task_id: int = task_id, barrier: threading.Barrier = barrier) -> None:
            barrier.wait(60)
            with transaction(by=director if n else liaison):
                if n:
                    actions.cancel(queries.find(task_id, actor=director), reason="撤销", by=director)
                else:
                    row = queries.find(task_id, actor=liaison)
                    actions.report_progress(
                        row,
                        done="进展",
                        problems="",
                        next_steps="",
                        needs_coordination=False,
                        is_no_change=False,
                        step=Step.UNDER_WAY,
                        head_confirms_every=False,
                        by=liaison,
                    )

        at_once(committed, 2, work)
        with committed.app_context():
            row = queries.find(task_id, actor=director)
            actions_taken = [event.action for event in factories.events_of(row)]
            assert row.status in {TaskStatus.CANCELLED, TaskStatus.IN_PROGRESS}
            if row.status is TaskStatus.CANCELLED:
                assert actions_taken[-1] == "cancel"
            assert queries.differences() == []

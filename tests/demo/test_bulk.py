"""The data that benchmarks are measured on: as many tasks as wanted, with counts and copies that agree."""

import re

import pytest
from sqlalchemy import func, select, text

from app import create_app
from meetings.accounts.models import User
from meetings.audit.queries import flaws
from meetings.core import clock
from meetings.core.db import db
from meetings.demo import bulk
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting, Requirement
from meetings.notifications.models import Notice
from meetings.numbering.actions import next_number
from meetings.tasks import queries
from meetings.tasks.models import ProgressReport, Task, TaskEvent, TaskStatus, TaskUnit, UnitRole
from meetings.tasks.rules import HANDED_OUT, OPEN
from tests.conftest import NOW, settings_for

PASSWORD = "Luoshi-Bench-2026"


@pytest.fixture(scope="module")
def of_300(databases, database_url, tmp_path_factory):
    """An application whose database holds 300 tasks; for tests that only read.

    ``database_url`` is asked for so that these tests run on PostgreSQL too.
    """
    name, url = databases.clone()
    app = create_app(settings_for(url, tmp_path_factory.mktemp("bulk")))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context(), clock.pretend(NOW):
        bulk.fill(300, password=PASSWORD)
    yield app
    with app.app_context():
        db.engine.dispose()
    databases.drop(name)


@pytest.fixture
def filled(of_300):
    with of_300.app_context():
        yield of_300
        db.session.rollback()


def counted(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_units_were_told_of_their_tasks(filled):
    handed_out = counted(TaskUnit, TaskUnit.task_id.in_(select(Task.id).where(Task.status.in_(HANDED_OUT))))
    assert counted(Notice) == handed_out > 300
    assert 0 < counted(Notice, Notice.read_at.is_(None)) < handed_out


def test_there_are_as_many_as_said(filled):
    assert (counted(Task), counted(Unit), counted(User)) == (300, 50, 250)
    assert counted(Meeting) == 40
    assert counted(Requirement) == 480
    first, last = db.session.execute(select(func.min(Meeting.held_on), func.max(Meeting.held_on))).one()
    assert 9 * 365 < (last - first).days <= 3650


def test_a_tenth_of_a_page_more_than_a_page_is_overdue_with_one_unit(filled):
    busiest = db.session.scalar(select(Unit.id).where(Unit.short_name == "县教育局"))
    open_now = TaskUnit.is_open, TaskUnit.unit_id == busiest, TaskUnit.due_on < clock.today()
    assert counted(TaskUnit, *open_now) >= 60


def test_one_task_of_twenty_is_open_where_there_are_enough(committed):
    with committed.app_context():
        bulk.fill(1400, password=PASSWORD)
        assert counted(Task, Task.is_open) == 70


def test_each_task_that_was_taken_on_has_3_to_10_reports(filled):
    of_one = select(func.count(ProgressReport.id)).group_by(ProgressReport.task_id)
    counts = set(db.session.scalars(of_one))
    assert min(counts) == 3
    assert max(counts) == 10
    assert counted(ProgressReport) > 300 * 5


def test_as_many_reports_as_wanted(committed):
    with committed.app_context():
        bulk.fill(200, password=PASSWORD, reports=2000)
        assert abs(counted(ProgressReport) - 2000) <= 30
        assert queries.differences() == []


def test_stored_totals_equal_the_rows(filled):
    assert queries.differences() == []


def test_what_is_kept_twice_agrees(filled):
    rows = db.session.execute(select(Task, TaskUnit).join(TaskUnit, TaskUnit.task_id == Task.id)).all()
    for task, part in rows:
        assert (part.is_open, part.due_on) == (task.is_open, task.due_on)
        assert task.is_open == (task.status in OPEN)
        if part.role is UnitRole.LEAD:
            assert (part.unit_id, part.percent_done) == (task.lead_unit_id, task.percent_done)
    assert sum(part.role is UnitRole.LEAD for _task, part in rows) == 300


def test_the_events_of_a_task_lead_to_its_status(filled):
    events = db.session.scalars(select(TaskEvent).order_by(TaskEvent.task_id, TaskEvent.id)).all()
    stands = {}
    for event in events:
        before, at = stands.get(event.task_id, (TaskStatus.DRAFT, None))
        assert event.status_before is before
        assert at is None or event.done_at >= at
        assert event.done_at <= clock.now()
        stands[event.task_id] = event.status_after, event.done_at
    assert {task.id: task.status for task in db.session.scalars(select(Task))} == {
        task.id: stands.get(task.id, (TaskStatus.DRAFT,))[0] for task in db.session.scalars(select(Task))
    }


def test_numbers_go_on_after_those_given(filled):
    year = clock.today().year
    taken = [number for number in db.session.scalars(select(Task.number)) if number and number.startswith(str(year))]
    assert next_number(1, "task", year) == len(taken) + 1


def test_rows_added_later_get_ids_of_their_own(filled):
    last = db.session.scalar(select(func.max(Unit.id)))
    db.session.execute(
        text(
            "INSERT INTO unit (committee_id, kind, name, short_name, initials, position, note, version)"
            " VALUES (1, 'member', '新单位', '新单位', '', 99, '', 1)"
        )
    )
    assert db.session.scalar(select(Unit.id).where(Unit.name == "新单位")) == last + 1


def test_texts_are_chinese_and_vary(filled):
    done = db.session.scalars(select(ProgressReport.done)).all()
    assert len(set(done)) > len(done) * 0.9
    assert all(re.fullmatch(r"[^a-zA-Z{}]{10,300}", words) for words in done)
    assert len(set(db.session.scalars(select(Task.title)))) > 280


def test_the_same_seed_makes_the_same_rows(filled, request):
    titles = "SELECT title FROM task ORDER BY id LIMIT 20"
    first = db.session.scalars(text(titles)).all()
    with request.getfixturevalue("committed").app_context():
        bulk.fill(300, password=PASSWORD)
        assert db.session.scalars(text(titles)).all() == first


def test_everybody_signs_in_with_the_one_password(filled):
    client = filled.test_client()
    page = client.post("/sign-in", data={"name": "liaison9", "password": PASSWORD})
    assert page.status_code == 303


def test_the_audit_chain_begins_empty_and_is_whole(filled):
    assert list(flaws()) == []


def test_a_database_with_data_is_left_alone(filled):
    with pytest.raises(ValueError, match="not empty"):
        bulk.fill(10, password=PASSWORD)
    refused = filled.test_cli_runner().invoke(bulk.command, ["--tasks", "10"])
    assert refused.exit_code == 1
    assert counted(Task) == 300


def test_the_command_tells_the_password(committed):
    done = committed.test_cli_runner().invoke(bulk.command, ["--tasks", "20"])
    assert done.exit_code == 0
    password = done.output.split("密码：")[1].strip()
    assert committed.test_client().post("/sign-in", data={"name": "director1", "password": password}).status_code == 303


def test_the_planner_of_sqlite_knows_the_tables(filled):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own statistics")
    assert "task_unit" in db.session.scalars(text("SELECT DISTINCT tbl FROM sqlite_stat1")).all()

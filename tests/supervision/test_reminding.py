"""Reminders as they are sent: to whom, once, caught up, and not at all to what rests."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from meetings.accounts.models import Deputy
from meetings.core.db import db, writing
from meetings.jobs.actions import meet
from meetings.jobs.models import Job
from meetings.jobs.runner import Running, handlers
from meetings.notifications import actions as mail
from meetings.notifications.models import Message, MessageStatus, Notice, NoticeSetting
from meetings.supervision import actions, queries, words
from meetings.supervision.jobs import SCHEDULES
from meetings.supervision.models import Matter, Reminder, Rung
from meetings.tasks.models import Task, TaskStatus, TaskUnit
from tests import factories

TODAY = date(2026, 7, 14)


def remind(task: Task, today: date = TODAY) -> int:
    return actions.remind(task.committee_id, today=today, say=words.in_chinese, each=writing)


def sent() -> list[tuple[Matter, Rung]]:
    return [tuple(row) for row in db.session.execute(select(Reminder.matter, Reminder.rung).order_by(Reminder.id))]


def part(task: Task, **values: object) -> None:
    db.session.execute(update(TaskUnit).where(TaskUnit.task_id == task.id).values(**values))


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


def under_way(unit, due_on=TODAY, **values):
    return factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, due_on=due_on, **values)


def test_a_reminder_is_sent_once_and_told_with_its_reason(unit):
    reader, head = factories.liaison(unit), factories.head(unit)
    task = under_way(unit, date(2026, 7, 17))
    assert remind(task) == 1
    assert remind(task) == 0
    assert sent() == [(Matter.TASK, Rung.BEFORE)]
    notice = db.session.scalars(select(Notice)).one()  # the head is told when it is late
    assert (notice.user_id, notice.kind) == (reader.user_id, "supervision.task_soon")
    assert notice.reason == "距时限 3 个工作日"
    assert remind(task, date(2026, 7, 21)) == 1
    told = db.session.scalars(select(Notice).where(Notice.kind == "supervision.task_late")).all()
    assert {row.user_id for row in told} == {reader.user_id, head.user_id}


def test_deputies_of_the_day_are_reminded_and_a_unit_without_account_is_known(unit):
    task = under_way(unit)
    other = factories.liaison(factories.unit())
    remind(task)
    assert db.session.scalars(select(Reminder.reader_count)).one() == 0
    factories.save(Deputy(user_id=other.user_id, unit_id=unit.id, from_on=TODAY, until_on=TODAY + timedelta(days=9)))
    remind(task, date(2026, 7, 16))
    assert db.session.scalars(select(Reminder.reader_count).order_by(Reminder.id)).all() == [0, 1]


def test_only_who_has_not_reported_is_reminded(unit):
    helper = factories.unit("县卫健委")
    task = under_way(unit, cooperating_units=[helper])
    part(task, reported_at=datetime(2026, 7, 1, tzinfo=UTC))
    assert remind(task) == 1  # the lead owes completion, the helper has reported
    assert db.session.scalars(select(Reminder.unit_id)).all() == [unit.id]


def test_receipts_and_reports_have_their_own_reminders(unit):
    receipt = factories.task(lead_unit=unit, status=TaskStatus.ISSUED)
    part(receipt, receipt_due_on=date(2026, 7, 10))
    report = under_way(unit, date(2026, 12, 1))
    part(report, report_due_on=TODAY)
    assert remind(receipt) == 2
    assert sent() == [(Matter.RECEIPT, Rung.AFTER), (Matter.REPORT, Rung.DUE)]
    reason = db.session.scalar(select(Reminder.reason).where(Reminder.matter == Matter.RECEIPT))
    assert reason == "超期未签收 2 个工作日"


@pytest.mark.parametrize(
    "status",
    [
        TaskStatus.SUSPENDED,
        TaskStatus.CANCELLED,
        TaskStatus.COMPLETED,
        TaskStatus.CLOSED,
        TaskStatus.UNIT_REVIEW,
        TaskStatus.OFFICE_REVIEW,
    ],
)
def test_what_rests_or_waits_elsewhere_is_not_reminded_of(unit, status):
    task = factories.task(lead_unit=unit, status=status, due_on=TODAY)
    part(task, report_due_on=TODAY)
    assert remind(task) == 0


def test_a_new_date_begins_a_new_ladder(unit):
    task = under_way(unit)
    remind(task)
    db.session.execute(update(Task).values(due_on=date(2026, 7, 31)))
    part(task, due_on=date(2026, 7, 31))
    assert remind(task, date(2026, 7, 20)) == 0
    assert remind(task, date(2026, 7, 28)) == 1
    assert sent() == [(Matter.TASK, Rung.DUE), (Matter.TASK, Rung.BEFORE)]


def test_a_task_issued_after_a_rung_is_not_reminded_of_it(unit):
    task = under_way(unit, date(2026, 7, 15), issued_at=datetime(2026, 7, 14, 1, tzinfo=UTC))
    assert remind(task) == 0
    assert remind(task, date(2026, 7, 15)) == 1


def test_a_clock_a_year_ahead_and_back_sends_nothing_twice(unit):
    task = under_way(unit)
    assert remind(task) == 1
    assert remind(task, date(2027, 7, 14)) == 1
    assert remind(task, date(2025, 7, 14)) == 0
    assert [remind(task), remind(task, date(2026, 7, 15)), remind(task, date(2026, 7, 16))] == [0, 0, 1]
    keys = db.session.scalars(select(Reminder.key)).all()
    assert len(set(keys)) == len(keys) == 3


def test_the_statements_do_not_grow_with_the_tasks(unit, statements):
    factories.liaison(unit)
    tasks = [under_way(unit)]
    remind(tasks[0])
    statements.clear()
    tasks += [under_way(unit) for _ in range(8)]
    statements.clear()
    assert remind(tasks[0]) == 8
    assert len([s for s in statements if not s.startswith(("BEGIN", "COMMIT"))]) <= 14


def run(kind: str) -> None:
    handlers()[kind].work(Running.__new__(Running))


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (datetime(2026, 7, 14, 0, 15, tzinfo=UTC), 1),  # 08:15 by the office's clock
        (datetime(2026, 7, 14, 13, 0, tzinfo=UTC), 0),  # 21:00
        (datetime(2026, 7, 18, 2, 0, tzinfo=UTC), 0),  # a Saturday
    ],
)
def test_the_job_keeps_office_hours(unit, frozen_clock, moment, count):
    factories.liaison(unit)
    under_way(unit)
    frozen_clock(moment)
    run("supervision.remind")
    assert len(sent()) == count


def test_while_mail_is_down_a_reminder_is_kept_and_goes_out_later_once(unit, frozen_clock):
    """The ladder, the digest and the delivery as the schedule runs them, over two days without a mail server."""
    reader = factories.liaison(unit)
    factories.save(NoticeSetting(user_id=reader.user_id, email="liaison@example.org", wants_digest=True))
    number = under_way(unit).number
    frozen_clock(datetime(2026, 7, 14, 0, 15, tzinfo=UTC))
    run("supervision.remind")
    frozen_clock(datetime(2026, 7, 14, 0, 30, tzinfo=UTC))
    run("notifications.digest")
    message = db.session.scalars(select(Message)).one()
    message_id = message.id
    assert f"{number}号任务今日到期" in message.text
    moment = datetime(2026, 7, 14, 0, 31, tzinfo=UTC)
    for _ in range(20):  # no gateway: each try fails, and the message rests for longer and longer
        frozen_clock(moment)
        is_not_taken(message_id)
        db.session.refresh(message)
        moment = max(moment + timedelta(minutes=1), message.send_at)
    assert moment > datetime(2026, 7, 16, 0, 31, tzinfo=UTC)
    assert message.status is MessageStatus.WAITING
    frozen_clock(moment)
    run("notifications.digest")
    assert len(db.session.scalars(select(Message)).all()) == 1


def is_not_taken(message_id: int) -> None:
    """One try of the delivery that the server does not take."""
    assert mail.take(message_id)
    attempts = db.session.scalar(select(Message.attempts).where(Message.id == message_id))
    mail.note_failed(message_id, attempts, "连接不上邮件服务器")


def test_the_job_is_asked_for_once_a_day(session):
    meet(SCHEDULES)
    meet(SCHEDULES)
    assert len(db.session.scalars(select(Job).where(Job.kind == "supervision.remind")).all()) == 1


def test_the_command_says_how_many(app, unit):
    task = under_way(unit)
    runner = app.test_cli_runner()
    assert "应发提醒 1 条" in runner.invoke(args=["tasks", "remind", "--dry-run"]).output
    assert "已发提醒 1 条" in runner.invoke(args=["tasks", "remind"]).output
    assert queries.sent_keys(task.committee_id, since=TODAY) == {
        f"{task.id}:{unit.id}:task:2026-07-14:due:0",
    }

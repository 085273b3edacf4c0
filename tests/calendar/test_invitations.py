"""An invitation is sent once, answered once, by whoever holds its address, until the meeting's day is over."""

import re
from datetime import date, time, timedelta
from email import message_from_bytes
from email.policy import default

import icalendar
import pytest
from sqlalchemy import select

from meetings.accounts.models import User
from meetings.audit.models import AccessEntry, AuditEntry
from meetings.core import clock
from meetings.core.db import Base, db, transaction
from meetings.directory.models import Unit
from meetings.links import queries
from meetings.links.models import Link
from meetings.meetings.models import Attendance, AttendanceState, Meeting, MeetingStatus
from meetings.notifications import jobs
from meetings.notifications.gateways import GatewayError, MailFolder
from meetings.notifications.models import Message, MessageStatus, Notice, NoticeSetting
from tests import factories as make
from tests.pages import check


@pytest.fixture
def world(session):
    unit, without = make.unit("县教育局"), make.unit("县水利局")
    meeting = make.meeting(
        title="推进会",
        status=MeetingStatus.ANNOUNCED,
        held_on=date(2026, 8, 3),
        begins_at=time(15, 0),
        ends_at=time(17, 0),
        place="三楼会议室",
    )
    row = make.save(Attendance(meeting_id=meeting.id, position=1, unit_id=unit.id, unit_name="县教育局", name="局长甲"))
    make.save(Attendance(meeting_id=meeting.id, position=2, unit_id=without.id, unit_name="县水利局", name="局长乙"))
    liaison = make.liaison(unit)
    make.save(NoticeSetting(user_id=liaison.user_id, email="lian@example.org"))
    return {"meeting": meeting.id, "row": row.id, "unit": unit.id, "liaison": liaison, "staff": make.staff()}


def invite(world, client_as):
    answer = client_as(world["staff"]).post(f"/calendar/meetings/{world['meeting']}/invite", data={"form_key": key()})
    assert answer.status_code == 303, answer.text


_keys = iter(range(10**6))


def key():
    return f"key-{next(_keys)}-of-a-form"


@pytest.fixture
def post(session, monkeypatch, tmp_path):
    """The way out, a folder; it may be down."""
    way = Post(tmp_path, "office@county.example")
    monkeypatch.setattr(jobs, "gateways", lambda _settings: {"mail": way})
    return way


class Post(MailFolder):
    is_down = False

    def send(self, message, text):
        if self.is_down:
            raise GatewayError("邮件服务器没有应答")
        super().send(message, text)

    def mails(self):
        files = sorted(self._folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def paths(self):
        texts = (mail.get_body().get_content() for mail in self.mails())
        return [re.search(r"http://localhost(/calendar/reply/[\w-]+)\n", text).group(1) for text in texts]


@pytest.fixture
def path(world, client_as, post):
    invite(world, client_as)
    jobs.deliver(None)
    return post.paths()[0]


def line(world):
    db.session.expire_all()
    return db.session.get(Attendance, world["row"])


def send(client, path, **typed):
    return client.post(path, data=typed)


def test_it_goes_out_once_by_notice_and_mail(world, client_as, path):
    invite(world, client_as)
    assert db.session.query(Link).count() == 1
    assert db.session.query(Message).count() == 1
    notice = db.session.query(Notice).one()
    assert notice.told_at is not None  # no digest says it again
    assert notice.user_id == world["liaison"].user_id
    assert path.rpartition("/")[2] != db.session.query(Link).one().token_hash


def stored():
    """Every value of every row."""
    tables = Base.metadata.sorted_tables
    return "\n".join(str(row) for table in tables for row in db.session.execute(select(table)))


def test_the_token_is_kept_nowhere_and_works(world, path, stranger):
    token = path.rpartition("/")[2]
    assert len(token) >= 43
    rows = stored()
    assert "推进会" in rows
    assert token not in rows
    assert queries.hashed(token) in rows
    assert stranger.get(path).status_code == 200


def test_a_mail_that_was_not_taken_at_first_brings_an_address_that_works(world, client_as, post, frozen_clock, app):
    post.is_down = True
    invite(world, client_as)
    jobs.deliver(None)
    post.is_down = False
    frozen_clock(clock.now() + timedelta(minutes=2))
    jobs.deliver(None)
    jobs.deliver(None)
    (path,) = post.paths()
    assert app.test_client().get(path).status_code == 200


def test_an_invitation_taken_back_before_it_left_is_not_sent(world, client_as, post):
    invite(world, client_as)
    client_as(world["staff"]).post(f"/calendar/meetings/{world['meeting']}/revoke", data={"form_key": key()})
    jobs.deliver(None)
    assert post.mails() == []
    db.session.expire_all()
    message = db.session.query(Message).one()
    assert (message.status, message.reason) == (MessageStatus.FAILED, "地址已经作废，不再发送")


def test_the_mail_brings_the_meeting_for_the_calendar(path, post):
    (mail,) = post.mails()
    (event,) = mail.iter_attachments()
    assert (event.get_content_type(), event.get_filename()) == ("text/calendar", "meeting.ics")
    told = icalendar.Calendar.from_ical(event.get_content()).walk("VEVENT")[0]
    assert "推进会" in told["SUMMARY"]


def test_whoever_holds_the_address_sees_the_meeting_and_answers_once(world, path, stranger):
    page = stranger.get(path).text
    check(page)
    for said in ("推进会", "2026年8月3日", "15:00—17:00", "三楼会议室"):
        assert said in page
    assert send(stranger, path, state="on_leave", reason="赴省参加培训", substitute_name="不算").status_code == 303
    row = line(world)
    assert (row.state, row.reason, row.substitute_name) == (AttendanceState.ON_LEAVE, "赴省参加培训", "")
    again = send(stranger, path, state="expected")
    check(again.text)
    assert "赴省参加培训" in again.text
    assert "6021" in again.text  # whom to call
    assert line(world).state is AttendanceState.ON_LEAVE


def test_the_answer_is_the_holders_in_the_audit_and_each_look_is_logged(world, path, stranger):
    stranger.get(path)
    send(stranger, path, state="substitute", substitute_name="副局长丙", substitute_post="副局长")
    row = line(world)
    assert (row.state, row.substitute_name, row.substitute_post) == (
        AttendanceState.EXPECTED,  # nobody has come before the roll is called
        "副局长丙",
        "副局长",
    )
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert entry.user_id == world["liaison"].user_id
    assert db.session.query(AccessEntry).filter(AccessEntry.subject.startswith("invitation ")).count() == 1


def test_who_comes_stays_unmarked_until_the_day(world, path, stranger, client_as):
    send(stranger, path, state="expected")
    row = line(world)
    assert row.state is AttendanceState.EXPECTED
    assert row.replied_at == clock.now()
    assert "参加" in stranger.get(path).text
    page = client_as(world["staff"]).get(f"/meetings/{world['meeting']}/attendance").text
    assert "已回复" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "请选择回复"),
        ({"state": "present"}, "请从列表中选择回复"),
        ({"state": "on_leave", "substitute_name": "留着的字"}, "请假的请填写请假理由"),
        ({"state": "substitute", "substitute_name": "留着的字"}, "代会的请填写代会人职务"),
        ({"state": "substitute", "substitute_post": "留着的字"}, "代会的请填写代会人姓名"),
        ({"state": "on_leave", "reason": "由" * 201}, "最多 200 字"),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_changes_nothing(world, path, stranger, typed, said):
    answer = send(stranger, path, **typed)
    assert answer.status_code == 200
    check(answer.text)
    assert said in answer.text
    if "留着的字" in typed.values():
        assert 'value="留着的字"' in answer.text
    row = line(world)
    assert (row.state, row.replied_at, row.substitute_name) == (AttendanceState.EXPECTED, None, "")
    assert send(stranger, path, state="expected").status_code == 303  # not used up


def test_its_calendar_file_holds_the_meeting(path, stranger):
    answer = stranger.get(f"{path}/meeting.ics")
    assert answer.content_type.startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert str(event["SUMMARY"]) == "推进会"
    assert event["DTSTART"].dt.isoformat() == "2026-08-03T07:00:00+00:00"


@pytest.mark.parametrize("token", ["forged", "x" * 5000, "%00"])
def test_a_forged_address_is_not_found(world, stranger, token):
    assert stranger.get(f"/calendar/reply/{token}").status_code == 404
    assert send(stranger, f"/calendar/reply/{token}", state="expected").status_code == 404
    assert stranger.get(f"/calendar/reply/{token}/meeting.ics").status_code == 404


def test_an_address_of_a_calendar_is_none_of_an_invitation(path, stranger):
    assert stranger.get(f"/calendar/{path.rpartition('/')[2]}.ics").status_code == 404


def test_it_ends_with_the_meetings_day(path, stranger, frozen_clock):
    ends = clock.begin_of(date(2026, 8, 4))
    frozen_clock(ends - timedelta(seconds=1))
    assert stranger.get(path).status_code == 200
    frozen_clock(ends)
    assert stranger.get(path).status_code == 404
    assert send(stranger, path, state="expected").status_code == 404


def test_it_ends_with_the_account(world, path, stranger):
    with transaction(by=world["staff"]):
        db.session.get(User, world["liaison"].user_id).is_active = False
    assert send(stranger, path, state="expected").status_code == 404


def test_it_is_taken_back_and_may_be_sent_anew(world, path, client_as, app):
    address = f"/calendar/meetings/{world['meeting']}/revoke"
    assert client_as(world["staff"]).post(address, data={"form_key": key()}).status_code == 303
    assert app.test_client().get(path).status_code == 404
    invite(world, client_as)
    assert db.session.query(Link).filter_by(revoked_at=None).count() == 1


def test_a_meeting_called_off_asks_nobody(world, path, stranger):
    with transaction(by=world["staff"]):
        db.session.get(Meeting, world["meeting"]).status = MeetingStatus.CANCELLED
    assert "会议已经取消" in send(stranger, path, state="expected").text
    assert line(world).replied_at is None


def test_the_inbox_leads_to_ones_own_alone(world, path, client_as):
    own = db.session.query(Notice).one().path
    check(client_as(world["liaison"]).get(own).text)
    assert client_as(world["staff"]).get(own).status_code == 404
    colleague = make.liaison(db.session.get(Unit, world["unit"]))
    assert client_as(colleague).post(own, data={"state": "expected"}).status_code == 404
    assert send(client_as(world["liaison"]), own, state="expected").status_code == 303
    assert line(world).replied_at is not None


def test_the_office_alone_invites_and_only_to_what_is_announced(world, client_as):
    address = f"/calendar/meetings/{world['meeting']}"
    for act in ("invite", "revoke"):
        assert client_as(world["liaison"]).post(f"{address}/{act}", data={"form_key": key()}).status_code in {403, 404}
    with transaction(by=world["staff"]):
        db.session.get(Meeting, world["meeting"]).status = MeetingStatus.DRAFT
    answer = client_as(world["staff"]).post(f"{address}/invite", data={"form_key": key()})
    assert "不能发送" in answer.text
    assert db.session.query(Link).count() == 0


def test_who_guesses_is_slowed_down(world, stranger, monkeypatch):
    from meetings.calendar import views
    from meetings.core.limits import Limiter

    monkeypatch.setattr(views, "_replies", Limiter(most=3))
    answers = [stranger.get(f"/calendar/reply/guess{n}").status_code for n in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_statements_of_the_page(path, stranger, statements):
    stranger.get(path)
    statements.clear()
    stranger.get(path)
    assert len(statements) <= 12, statements

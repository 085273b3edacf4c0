"""What leaves the house: once a day, in office hours, once each; what one address refuses harms no other."""

import email
import email.policy
import json
import smtplib
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.db import db, writing
from meetings.jobs.models import Job
from meetings.notifications import actions, gateways, jobs, rules
from meetings.notifications.models import Message, MessageStatus, NoticeSetting
from tests import factories as make
from tests.conftest import NOW


class Sent(list):
    """A way out that keeps what it is given, and refuses the addresses of ``refused``."""

    def __init__(self):
        self.refused = {}

    def send(self, message, text):
        if message.address in self.refused:
            raise self.refused[message.address]
        self.append((message.address, text))


@pytest.fixture
def sent(monkeypatch, session):
    way = Sent()
    monkeypatch.setattr(jobs, "gateways", lambda _settings: {"mail": way, "webhook": way})
    return way


def reader(address, **values):
    actor = make.actor(Role.OFFICE_STAFF)
    make.save(NoticeSetting(user_id=actor.user_id, email=address, **values))
    return actor


def tell(number="2026-041", *, is_urgent=False):
    with writing():
        actions.tell(
            "tasks.declined",
            roles=[Role.OFFICE_STAFF],
            number=number,
            title="机密的标题",
            path="/tasks/1",
            is_urgent=is_urgent,
            by=make.director(),
        )


def states():
    db.session.expire_all()
    return {m.address: (m.status, m.attempts) for m in db.session.scalars(select(Message))}


def test_the_digest_goes_once_a_day_to_who_has_an_address_and_unread_notices(sent, frozen_clock):
    reader("a@example.cn")
    reader("b@example.cn", wants_digest=False)
    make.actor(Role.OFFICE_STAFF)
    tell("2026-041")
    tell("2026-042")
    jobs.digest(None)
    jobs.digest(None)
    jobs.deliver(None)
    jobs.deliver(None)
    ((address, text),) = sent
    assert address == "a@example.cn"
    assert "1. 本单位申请退签2026-041号任务" in text
    assert "2026-042" in text
    assert "电话6021" in text
    assert "机密的标题" not in text
    tell("2026-043")
    jobs.digest(None)
    jobs.deliver(None)
    assert len(sent) == 1  # no second one on the same day
    frozen_clock(NOW + timedelta(days=1))
    jobs.digest(None)
    jobs.deliver(None)
    assert len(sent) == 2
    assert "2026-043" in sent[1][1]
    assert "2026-041" not in sent[1][1]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 7, 18, 2, 0, tzinfo=UTC),  # a Saturday
        datetime(2026, 7, 14, 12, 0, tzinfo=UTC),  # 20:00 in the office
        datetime(2026, 10, 1, 2, 0, tzinfo=UTC),  # the national holiday
    ],
)
def test_no_digest_outside_the_office_hours(sent, frozen_clock, moment):
    reader("a@example.cn")
    tell()
    frozen_clock(moment)
    jobs.digest(None)
    jobs.deliver(None)
    assert sent == []


def test_an_urgent_one_goes_at_once_and_is_not_in_the_digest_again(sent):
    reader("a@example.cn")
    tell(is_urgent=True)
    assert "notifications.urgent" in set(db.session.scalars(select(Job.kind)))
    jobs.urgent(None)
    jobs.urgent(None)
    jobs.deliver(None)
    jobs.digest(None)
    jobs.deliver(None)
    assert len(sent) == 1


def test_a_gateway_gets_each_urgent_sentence_once_and_none_that_is_old(sent, app, frozen_clock, monkeypatch):
    settings = replace(app.config["LUOSHI"], webhook_url="http://127.0.0.1:1/")
    monkeypatch.setitem(app.config, "LUOSHI", settings)
    reader("")
    reader("")
    tell("2026-040", is_urgent=True)
    frozen_clock(NOW + timedelta(days=4))
    tell("2026-041", is_urgent=True)
    tell("2026-041", is_urgent=True)  # the unit, of the same act
    for _ in range(2):
        jobs.urgent(None)
        jobs.deliver(None)
    ((_address, text),) = sent
    assert "2026-041" in text
    frozen_clock(NOW + timedelta(days=4, minutes=1))
    tell("2026-041", is_urgent=True)  # another act
    jobs.urgent(None)
    jobs.deliver(None)
    assert len(sent) == 2


def test_one_refused_address_keeps_nothing_from_the_others(sent, frozen_clock):
    reader("bad@example.cn")
    reader("good@example.cn")
    sent.refused["bad@example.cn"] = gateways.GatewayError("邮件服务器不接受这个地址", for_good=True)
    tell()
    jobs.digest(None)
    jobs.deliver(None)
    assert [address for address, _text in sent] == ["good@example.cn"]
    assert states() == {"bad@example.cn": (MessageStatus.FAILED, 1), "good@example.cn": (MessageStatus.SENT, 1)}


def test_while_the_server_is_down_messages_rest_and_are_tried_again(sent, frozen_clock):
    reader("a@example.cn")
    sent.refused["a@example.cn"] = gateways.GatewayError("邮件服务器没有应答")
    tell()
    jobs.digest(None)
    jobs.deliver(None)
    jobs.deliver(None)
    assert states() == {"a@example.cn": (MessageStatus.WAITING, 1)}
    later = db.session.scalar(select(Job.run_at).where(Job.key == "notifications.deliver.later"))
    assert later == NOW + timedelta(minutes=2)
    sent.refused.clear()
    frozen_clock(later)
    jobs.deliver(None)
    assert states() == {"a@example.cn": (MessageStatus.SENT, 2)}


def test_a_message_is_tried_for_seven_days_and_then_given_up(sent, frozen_clock):
    reader("a@example.cn")
    sent.refused["a@example.cn"] = gateways.GatewayError("邮件服务器没有应答")
    tell()
    jobs.digest(None)
    for hour in range(0, 24 * 10, 4):
        frozen_clock(NOW + timedelta(hours=hour))
        jobs.deliver(None)
    assert states() == {"a@example.cn": (MessageStatus.FAILED, rules.MOST_ATTEMPTS)}


def test_one_whose_worker_died_in_between_may_have_arrived_and_is_not_sent_again(sent, frozen_clock):
    reader("a@example.cn")
    tell()
    jobs.digest(None)
    with writing():
        assert actions.take(db.session.scalar(select(Message.id)))
    frozen_clock(NOW + timedelta(minutes=11))
    jobs.deliver(None)
    assert sent == []
    assert states() == {"a@example.cn": (MessageStatus.FAILED, 1)}
    assert "可能已经送达" in db.session.scalar(select(Message.reason))


def test_the_operator_sees_what_failed_and_no_text(sent, client_as):
    reader("liaison@example.cn")
    sent.refused["liaison@example.cn"] = gateways.GatewayError("邮件服务器不接受这个地址", for_good=True)
    tell()
    jobs.digest(None)
    jobs.deliver(None)
    page = client_as(make.actor(Role.SYSTEM_ADMIN)).get("/system/messages").text
    from tests.pages import check

    check(page)
    assert "li***@example.cn" in page
    assert "邮件服务器不接受这个地址" in page
    assert "liaison@example.cn" not in page
    assert "2026-041" not in page


# --- the ways out ---------------------------------------------------------------------------------------------------


def message(**values):
    return Message(
        **{
            "id": 7,
            "key": "digest:2026-07-14:3",
            "address": "a@example.cn",
            "subject": "通知",
            **values,
        }
    )


def test_without_a_server_mails_are_files(tmp_path):
    gateways.MailFolder(tmp_path / "mail", "luoshi@example.cn").send(message(), "您好")
    (file,) = (tmp_path / "mail").iterdir()
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (file.suffix, mail["To"], mail["Subject"]) == (".eml", "a@example.cn", "通知")
    assert mail.get_content().strip() == "您好"


def test_a_server_that_is_down_says_so_and_may_be_asked_again():
    with pytest.raises(gateways.GatewayError) as refusal:
        gateways.Smtp("smtp://127.0.0.1:1", "luoshi@example.cn").send(message(), "您好")
    assert not refusal.value.for_good
    assert refusal.value.reason == "邮件服务器没有应答（连接被拒绝）"


@pytest.mark.parametrize(("code", "for_good"), [(550, True), (450, False)])
def test_an_address_that_the_server_refuses(monkeypatch, code, for_good):
    class Refusing:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def send_message(self, mail):
            raise smtplib.SMTPRecipientsRefused({mail["To"]: (code, b"no such user")})

    monkeypatch.setattr(gateways.Smtp, "_connected", lambda self: Refusing())
    with pytest.raises(gateways.GatewayError) as refusal:
        gateways.Smtp("smtp://mail", "luoshi@example.cn").send(message(), "您好")
    assert refusal.value.for_good is for_good


@pytest.mark.parametrize("status", [204, 302, 500])
def test_the_webhook_is_posted_to_and_no_redirection_followed(status):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            return None

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        way = gateways.Webhook(f"http://127.0.0.1:{server.server_port}/hook?token=x")
        if status == 204:
            way.send(message(), "您好")
        else:
            with pytest.raises(gateways.GatewayError, match=str(status)):
                way.send(message(), "您好")
        thread.join()
    assert asked == [("/hook?token=x", {"text": "您好", "subject": "通知", "key": "digest:2026-07-14:3"})]

"""What leaves the house: the day's digest, urgent ones at once, and the delivery of both."""

from collections.abc import Mapping
from datetime import time, timedelta
from itertools import groupby
from typing import Any

from flask import current_app

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction, writing
from meetings.core.i18n import N_
from meetings.jobs.rules import Handler, Schedule
from meetings.jobs.runner import Running
from meetings.notifications import actions, queries, rules
from meetings.notifications.gateways import GatewayError, gateways
from meetings.notifications.models import Channel
from meetings.notifications.rules import Kind
from meetings.workdays.queries import calendar

_UNCERTAIN = timedelta(minutes=10)
_MOST_LINES = 30


def digest(_job: Running) -> None:
    """Write to everybody with an address what they have not read, once a day, on working days in office hours."""
    now = clock.local(clock.now())
    for committee_id in queries.committees():
        if not rules.may_write(now, calendar(committee_id)):
            continue
        with writing():
            office = queries.office(committee_id)
            for user_id, rows in _by_reader(queries.untold(committee_id, urgent=False)):
                subject = f"{office.name}：您有 {len(rows)} 条未读通知"
                _write(rules.digest_key(now.date(), user_id), committee_id, subject, rows, office)
            actions.ask_for_delivery()
        db.session.remove()


def urgent(_job: Running) -> None:
    """Write at once what cannot wait; to the gateway of the setting each sentence once."""
    has_gateway = bool(current_app.config["LUOSHI"].webhook_url)
    for committee_id in queries.committees():
        with writing():
            office = queries.office(committee_id)
            rows = queries.untold(committee_id, urgent=True)
            for row in rows if has_gateway else ():
                if row.created_at < clock.now() - rules.NEWS:
                    continue
                text = _sentence(row, office)
                actions.write(
                    rules.webhook_key(row.kind, row.number, text, row.created_at),
                    committee_id=committee_id,
                    channel=Channel.WEBHOOK,
                    subject=office.name,
                    text=text,
                )
            for _user_id, mine in _by_reader(rows):
                _write(f"urgent:{mine[-1].id}", committee_id, f"{office.name}：急件通知", mine, office)
            actions.ask_for_delivery()
        db.session.remove()


def deliver(_job: Running) -> None:
    """Hand over what waits, one after the other: what one address refuses keeps nothing from the next."""
    ways = gateways(current_app.config["LUOSHI"])
    with writing():
        actions.give_up_uncertain(_UNCERTAIN)
    waiting = queries.waiting()
    db.session.expunge_all()  # read once, not again after each commit
    for message in waiting:
        system = Actor(None, "系统", message.committee_id)
        with transaction(by=system):
            if not actions.take(message.id):
                continue
            text = actions.tell_token(message, by=system)
        attempts = message.attempts + 1
        try:
            way = ways.get(message.channel)
            if way is None:
                raise GatewayError("没有设置这种发送方式", for_good=True)  # noqa: TRY301 -- ends like any that is not taken
            if text is None:
                raise GatewayError("地址已经作废，不再发送", for_good=True)  # noqa: TRY301 -- as above
            way.send(message, text)
        except GatewayError as refusal:
            with writing():
                actions.note_failed(message.id, attempts, refusal.reason, for_good=refusal.for_good)
        else:
            with writing():
                actions.note_sent(message.id)
    if (again := queries.next_waiting()) is not None:
        with writing():
            actions.ask_for_delivery(after=max(again - clock.now(), timedelta(seconds=1)))


def _by_reader(rows: Any) -> list[tuple[int, list[Any]]]:
    """Rows of who has an address, by account."""
    found = groupby((row for row in rows if row.email), key=lambda row: row.user_id)
    return [(user_id, list(mine)) for user_id, mine in found]


def _write(key: str, committee_id: int, subject: str, rows: list[Any], office: queries.Office) -> None:
    lines = [f"{number}. {_sentence(row)}" for number, row in enumerate(rows[:_MOST_LINES], 1)]
    if len(rows) > _MOST_LINES:
        lines.append(f"另有 {len(rows) - _MOST_LINES} 条，请登录查看。")
    phone = f"，电话{office.phone}" if office.phone else ""
    written = actions.write(
        key,
        committee_id=committee_id,
        channel=Channel.MAIL,
        subject=subject,
        text="\n".join([*lines, "", "请登录“落实”系统办理。", f"{office.name}{phone}"]),
        address=rows[0].email,
        user_id=rows[0].user_id,
    )
    if written:
        actions.note_told([row.id for row in rows])


def _sentence(row: Any, office: queries.Office | None = None) -> str:
    kinds: Mapping[str, Kind] = current_app.extensions["notices"]
    kind = kinds.get(row.kind)
    name, phone = office or ("", "")
    text = kind.sentence if kind else row.kind
    return rules.filled(
        text, unit=row.unit, number=row.number, day=row.day, reason=row.reason, office=name, phone=phone
    )


JOBS = (
    Handler("notifications.digest", N_("每日通知摘要"), digest),
    Handler(actions.SEND_URGENT, N_("急件通知"), urgent),
    Handler(actions.DELIVER, N_("发送邮件和消息"), deliver),
)
SCHEDULES = (Schedule("notifications.digest", time(8, 30)),)

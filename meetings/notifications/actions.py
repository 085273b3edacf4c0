"""Tell people, mark what they read, write the messages that leave the house."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, insert, literal, null, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from meetings.accounts.models import Deputy, Role, User, UserRole
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.jobs.actions import enqueue
from meetings.links import actions as links
from meetings.links import queries as link_queries
from meetings.notifications import rules
from meetings.notifications.models import Channel, Message, MessageStatus, Notice, NoticeSetting

SEND_URGENT = "notifications.urgent"
DELIVER = "notifications.deliver"


def tell(  # noqa: PLR0913 -- a notice says all of these
    kind: str,
    *,
    roles: Collection[Role],
    unit_ids: Collection[int] = (),
    about_unit_id: int | None = None,
    number: str = "",
    title: str = "",
    day: date | None = None,
    path: str,
    is_urgent: bool = False,
    by: Actor,
) -> None:
    """Tell whoever holds one of the roles, in one of the units where units are named; never who acts. One statement.

    ``kind`` is the code of a ``Kind`` in the feature's words; an urgent one is written of at once. ``about_unit_id``
    is the unit it is about where that is not the reader's own. Deputies of the day are told too.
    """
    where = [User.committee_id == by.committee_id, User.is_active, User.id != (by.user_id or 0)]
    where.append(User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(sorted(roles)))))
    unit: Any = literal(about_unit_id) if about_unit_id else null()
    if unit_ids:
        today = clock.today()
        deputies = select(Deputy.user_id).where(
            Deputy.unit_id.in_(sorted(unit_ids)), Deputy.from_on <= today, Deputy.until_on >= today
        )
        where.append(or_(User.unit_id.in_(sorted(unit_ids)), User.id.in_(deputies)))
        unit = case((User.unit_id.in_(sorted(unit_ids)), User.unit_id), else_=min(unit_ids))
    _insert(kind, select(User.id).where(*where), unit, number, title, day, path, is_urgent, by)


@dataclass(frozen=True, slots=True)
class Told:
    """One of many notices: to whoever holds one of the roles in the unit; ``reason`` says why now, in words."""

    kind: str
    unit_id: int
    roles: frozenset[Role]
    number: str
    title: str
    day: date
    reason: str
    path: str


Readers = Mapping[int, Collection[tuple[int, Role]]]
"""Accounts of a unit, each with the roles it holds."""


def tell_many(notices: Iterable[Told], readers: Readers, *, by: Actor, is_urgent: bool = False) -> None:
    """Tell of many things at once, whoever of the ``readers`` holds the roles; never who acts. One statement."""
    now = clock.now()
    rows = []
    for notice in notices:
        told = {user_id for user_id, role in readers.get(notice.unit_id, ()) if role in notice.roles} - {by.user_id}
        rows += [
            {
                "committee_id": by.committee_id,
                "user_id": user_id,
                "kind": notice.kind,
                "unit_id": notice.unit_id,
                "number": notice.number,
                "title": notice.title[:200],
                "day": notice.day,
                "reason": notice.reason[:100],
                "path": notice.path,
                "is_urgent": is_urgent,
                "created_at": now,
            }
            for user_id in sorted(told)
        ]
    if rows:
        db.session.execute(insert(Notice), rows)
    if rows and is_urgent:
        enqueue(SEND_URGENT, by=None, key=SEND_URGENT)


def readers_of(committee_id: int) -> Readers:
    """Active accounts by unit, deputies of the day among them: two statements."""
    today = clock.today()
    account = select(User.id, UserRole.role).join(UserRole, UserRole.user_id == User.id)
    account = account.where(User.committee_id == committee_id, User.is_active)
    own = account.add_columns(User.unit_id).where(User.unit_id.is_not(None))
    stand_in = (
        account.add_columns(Deputy.unit_id)
        .join(Deputy, Deputy.user_id == User.id)
        .where(Deputy.from_on <= today, Deputy.until_on >= today)
    )
    found: dict[int, set[tuple[int, Role]]] = defaultdict(set)
    for user_id, role, unit_id in [*db.session.execute(own), *db.session.execute(stand_in)]:
        found[unit_id].add((user_id, role))
    return found


def tell_account(
    kind: str,
    user_id: int,
    *,
    title: str = "",
    day: date | None = None,
    path: str,
    is_written: bool = False,
    by: Actor,
) -> None:
    """Tell one account, also the one that acts: something it asked for is ready.

    ``is_written``: a message of its own says the same, so that no digest says it again.
    """
    reader = select(User.id).where(User.id == user_id)
    _insert(kind, reader, null(), "", title, day, path, False, by, told_at=clock.now() if is_written else None)


def _insert(  # noqa: PLR0913, PLR0917 -- one argument for each column
    kind: str,
    readers: Any,
    unit: Any,
    number: str,
    title: str,
    day: date | None,
    path: str,
    urgent: bool,
    by: Actor,
    *,
    told_at: datetime | None = None,
) -> None:
    columns = {
        "committee_id": literal(by.committee_id),
        "kind": literal(kind),
        "unit_id": unit,
        "number": literal(number),
        "title": literal(title[:200]),
        "day": literal(day, Notice.day.type),
        "path": literal(path),
        "is_urgent": literal(urgent),
        "created_at": literal(clock.now(), Notice.created_at.type),
        "told_at": literal(told_at, Notice.told_at.type),
    }
    rows = readers.add_columns(*columns.values())
    db.session.execute(insert(Notice).from_select(["user_id", *columns], rows, include_defaults=False))
    if urgent:
        enqueue(SEND_URGENT, by=None, key=SEND_URGENT)


def mark_read(notice: Notice) -> None:
    if notice.read_at is None:
        notice.read_at = clock.now()


def mark_all_read(*, by: Actor, before: datetime | None = None) -> None:
    """Mark every notice of the account, or those from ``before``; of the whole committee where the system asks."""
    own = Notice.user_id == by.user_id if by.user_id else Notice.committee_id == by.committee_id
    unread = update(Notice).where(own, Notice.read_at.is_(None))
    if before:
        unread = unread.where(Notice.created_at < before)
    db.session.execute(unread.values(read_at=clock.now()))


def follow_handover(sender: User, *, to: User, by: Actor) -> None:
    """What somebody has not read is told to their successor."""
    unread = update(Notice).where(Notice.user_id == sender.id, Notice.read_at.is_(None))
    db.session.execute(unread.values(user_id=to.id))


def choose(setting: NoticeSetting, *, email: str, wants_digest: bool, wants_urgent: bool, by: Actor) -> None:
    """Where and when the account is written to.

    Raises ``DomainError`` ``notice.address_form``, ``notice.address_needed`` (field ``email``).
    """
    rules.check_address(email)
    if (wants_digest or wants_urgent) and not email:
        raise DomainError("notice.address_needed", field="email")
    setting.email, setting.wants_digest, setting.wants_urgent = email, wants_digest, wants_urgent
    db.session.add(setting)


# --- messages -------------------------------------------------------------------------------------------------------


def write(  # noqa: PLR0913 -- one argument for each column
    key: str,
    *,
    committee_id: int,
    channel: Channel,
    subject: str,
    text: str,
    event: str = "",
    address: str = "",
    user_id: int | None = None,
    link_id: int | None = None,
) -> bool:
    """Write a message down, to be sent by the job; False where the same was written before.

    A text that tells of an address without a sign-in holds ``rules.PLACEHOLDER`` for the token of ``link_id``.
    """
    now = clock.now()
    dialect = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = dialect(Message).values(
        committee_id=committee_id,
        user_id=user_id,
        key=key,
        channel=channel,
        address=address,
        subject=subject[:200],
        text=text,
        event=event,
        link_id=link_id,
        status=MessageStatus.WAITING,
        written_at=now,
        send_at=now,
        attempts=0,
        reason="",
    )
    written = db.session.execute(row.on_conflict_do_nothing(index_elements=["key"]).returning(Message.id)).scalar()
    return written is not None


def note_told(notice_ids: Sequence[int]) -> None:
    """These notices are in a message now."""
    db.session.execute(update(Notice).where(Notice.id.in_(notice_ids)).values(told_at=clock.now()))


def ask_for_delivery(*, after: timedelta | None = None) -> None:
    """Let the job send what waits, now or later; one that is to run later keeps none from running now."""
    if after:
        enqueue(DELIVER, by=None, key=f"{DELIVER}.later", run_at=clock.now() + after)
    else:
        enqueue(DELIVER, by=None, key=DELIVER)


def take(message_id: int) -> bool:
    """Mark a message before it is handed over; False where somebody else did."""
    taken = (
        update(Message)
        .where(Message.id == message_id, Message.status == MessageStatus.WAITING)
        .values(status=MessageStatus.SENDING, send_at=clock.now(), attempts=Message.attempts + 1)
        .returning(Message.id)
    )
    return db.session.execute(taken).scalar() is not None


def tell_token(message: Message, *, by: Actor) -> str | None:
    """The text of a message that was taken, with a token made for it just now; None where its address was taken back.

    One that could not be handed over gets another token the next time, and the earlier one opens nothing.
    """
    if message.link_id is None:
        return message.text
    token = links.renew(link_queries.to_use(message.link_id), by=by)
    return None if token is None else message.text.replace(rules.PLACEHOLDER, token)


def note_sent(message_id: int) -> None:
    sent = {"status": MessageStatus.SENT, "sent_at": clock.now(), "reason": ""}
    db.session.execute(update(Message).where(Message.id == message_id).values(sent))


def note_failed(message_id: int, attempts: int, reason: str, *, for_good: bool = False) -> None:
    """It was not handed over: it rests and is tried again, or is given up."""
    over = for_good or attempts >= rules.MOST_ATTEMPTS
    values: Mapping[str, Any] = {
        "status": MessageStatus.FAILED if over else MessageStatus.WAITING,
        "send_at": clock.now() + rules.rest_after(attempts),
        "reason": reason[:200],
    }
    db.session.execute(update(Message).where(Message.id == message_id).values(values))


def give_up_uncertain(older_than: timedelta) -> None:
    """Messages in the hands of a worker that died may have arrived: they are not sent again."""
    lost = update(Message).where(Message.status == MessageStatus.SENDING, Message.send_at < clock.now() - older_than)
    db.session.execute(lost.values(status=MessageStatus.FAILED, reason="发送中断，可能已经送达，未再发"))

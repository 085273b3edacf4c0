"""One's own notices, and what is to be sent to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, select

from meetings.accounts.models import User
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Committee, Unit
from meetings.directory.queries import names_of_committee
from meetings.notifications.models import Message, MessageStatus, Notice, NoticeSetting


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice with the name of the unit it is about."""

    id: int
    kind: str
    unit: str
    number: str
    title: str
    day: date | None
    is_urgent: bool
    created_at: datetime
    read_at: datetime | None
    reason: str


_LINE = (
    Notice.id,
    Notice.kind,
    func.coalesce(Unit.name, ""),
    Notice.number,
    Notice.title,
    Notice.day,
    Notice.is_urgent,
    Notice.created_at,
    Notice.read_at,
    Notice.reason,
)


def unread_of(user_id: ColumnElement[int]) -> Any:
    """The number of unread notices, to be counted within another statement."""
    return select(func.count(Notice.id)).where(Notice.user_id == user_id, Notice.read_at.is_(None)).scalar_subquery()


_READER: BindParameter[int] = bindparam("reader")
_COUNTS = select(select(func.count(Notice.id)).where(Notice.user_id == _READER).scalar_subquery(), unread_of(_READER))


def inbox(actor: Actor, *, unread_only: bool = False, page: int = 1) -> tuple[Page[NoticeLine], int]:
    """The actor's notices, the newest first, and how many are unread: two statements."""
    where = [Notice.user_id == actor.user_id]
    # Counted apart, each from an index of its own: ten years of notices are not looked at to find what is unread.
    total, unread = db.session.execute(_COUNTS, {"reader": actor.user_id}).one()
    if unread_only:
        where.append(Notice.read_at.is_(None))
        total = unread
    rows = select(*_LINE).outerjoin(Unit, Unit.id == Notice.unit_id).where(*where)
    rows = rows.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    found: Sequence[Any] = db.session.execute(rows).all()
    return Page([NoticeLine(*row) for row in found], page, total), unread


def find(notice_id: int, *, actor: Actor) -> Notice:
    """A notice of the actor's own."""
    notice = db.session.scalar(select(Notice).where(Notice.id == notice_id, Notice.user_id == actor.user_id))
    if notice is None:
        raise NotFound
    return notice


def setting_of(actor: Actor) -> NoticeSetting:
    """What the actor chose, or what holds until then; not yet saved."""
    found = db.session.scalar(select(NoticeSetting).where(NoticeSetting.user_id == actor.user_id))
    return found or NoticeSetting(user_id=actor.user_id, email="", wants_digest=True, wants_urgent=True, version=1)


# --- what is to be sent ---------------------------------------------------------------------------------------------


class Office(NamedTuple):
    """Who signs what leaves the house."""

    name: str
    phone: str


def office(committee_id: int) -> Office:
    phone = db.session.scalar(select(Committee.office_phone).where(Committee.id == committee_id))
    return Office(names_of_committee(committee_id, clock.today()).office, phone or "")


def committees() -> Sequence[int]:
    return db.session.scalars(select(Committee.id).order_by(Committee.id)).all()


def untold(committee_id: int, *, urgent: bool) -> Sequence[Any]:
    """Unread notices that no message has told of yet, by reader.

    (user, address, id, kind, unit, number, day, moment, reason). The address is empty where the reader has none or
    does not want this. A digest holds the urgent ones too that were not told at once.
    """
    wanted = NoticeSetting.wants_urgent if urgent else NoticeSetting.wants_digest
    rows = (
        select(
            Notice.user_id,
            func.coalesce(NoticeSetting.email, "").label("email"),
            Notice.id,
            Notice.kind,
            func.coalesce(Unit.name, "").label("unit"),
            Notice.number,
            Notice.day,
            Notice.created_at,
            Notice.reason,
        )
        .join(User, User.id == Notice.user_id)
        .outerjoin(NoticeSetting, (NoticeSetting.user_id == Notice.user_id) & wanted)
        .outerjoin(Unit, Unit.id == Notice.unit_id)
        .where(Notice.committee_id == committee_id, Notice.read_at.is_(None), Notice.told_at.is_(None), User.is_active)
        .order_by(Notice.user_id, Notice.id)
    )
    return db.session.execute(rows.where(Notice.is_urgent) if urgent else rows).all()


def waiting() -> Sequence[Message]:
    """Messages whose time has come, in order."""
    rows = select(Message).where(Message.status == MessageStatus.WAITING, Message.send_at <= clock.now())
    return db.session.scalars(rows.order_by(Message.id).limit(500)).all()


def next_waiting() -> datetime | None:
    """When the next message is to be tried."""
    return db.session.scalar(select(func.min(Message.send_at)).where(Message.status == MessageStatus.WAITING))


def messages(actor: Actor, *, status: MessageStatus | None = None, page: int = 1) -> Page[Message]:
    """What left the house, or did not, for the operator."""
    where = [Message.committee_id == actor.committee_id]
    if status is not None:
        where.append(Message.status == status)
    total = db.session.scalar(select(func.count()).select_from(Message).where(*where)) or 0
    rows = select(Message).where(*where).order_by(Message.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Page(db.session.scalars(rows).all(), page, total)

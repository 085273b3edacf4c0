"""Who is signed in, and what there is of accounts."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Row, Select, String, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from meetings.accounts.models import Deputy, Grant, Role, SignInFailure, User, UserRole, UserSession
from meetings.accounts.rules import FAILURE_WINDOW, FAILURES_BY_ACCOUNT, FAILURES_BY_ADDRESS, permissions_of
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Unit


def hashed(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


_roles = (
    select(func.aggregate_strings(UserRole.role, ","))
    .where(UserRole.user_id == User.id)
    .correlate(User)  # the statement around may join roles too
    .scalar_subquery()
)


_today = bindparam("today", type_=Date)


def _deputies() -> Any:
    """The units for which the account stands in today."""
    return (
        select(func.aggregate_strings(cast(Deputy.unit_id, String), ","))
        .where(Deputy.user_id == User.id, Deputy.from_on <= _today, Deputy.until_on >= _today)
        .scalar_subquery()
    )


def _grants() -> Any:
    """The rights that the account was granted and still has today."""
    return (
        select(func.aggregate_strings(Grant.permission, ","))
        .where(Grant.user_id == User.id, Grant.until_on >= _today)
        .scalar_subquery()
    )


# What every page says of its reader beside the session, counted in the same statement; ``app.py`` names it.
unread_notices: list[Callable[[Any], Any]] = []


@cache  # asked before every page: it takes longer to build than to run
def _signed_in() -> Any:
    return (
        select(
            UserSession.id,
            UserSession.last_seen_at,
            User.locale,
            User.text_size,
            User.must_change_password,
            User.password_changed_at,
            User.id,
            User.display_name,
            User.committee_id,
            User.unit_id,
            _roles,
            _deputies(),
            _grants(),
            *(count(User.id) for count in unread_notices),
        )
        .join(User, and_(User.id == UserSession.user_id, User.is_active))
        .where(
            UserSession.token_hash == bindparam("token_hash"),
            UserSession.ended_at.is_(None),
            UserSession.last_seen_at > bindparam("since"),
        )
    )


class Visit(NamedTuple):
    """What a page needs to know of a session and its account, beside who acts."""

    session_id: int
    last_seen_at: datetime
    locale: str
    text_size: int
    must_change_password: bool
    password_changed_at: datetime
    unread: int


def signed_in(token: str, *, now: datetime, today: date, idle: timedelta) -> tuple[Visit, Actor] | None:
    """The session and actor of a token, or None where it has ended or idled out: one statement."""
    row = db.session.execute(_signed_in(), {"token_hash": hashed(token), "since": now - idle, "today": today}).first()
    if row is None:
        return None
    return Visit._make([*row[:6], sum(row[13:])]), _actor(*row[6:13])


def actor_of(user: User, *, roles: str | None, deputy_for: str | None = None, granted: str | None = None) -> Actor:
    return _actor(user.id, user.display_name, user.committee_id, user.unit_id, roles, deputy_for, granted)


def _actor(
    user_id: int,
    name: str,
    committee_id: int,
    unit_id: int | None,
    roles: str | None,
    deputy_for: str | None,
    granted: str | None,
) -> Actor:
    held = [Role(role) for role in (roles or "").split(",") if role]
    units = {int(unit) for unit in (deputy_for or "").split(",") if unit}
    if unit_id is not None:
        units.add(unit_id)
    return Actor(
        user_id,
        name,
        committee_id,
        frozenset(units),
        frozenset(role.value for role in held),
        permissions_of(held) | frozenset(filter(None, (granted or "").split(","))),
    )


def actor_named(name: str) -> Actor | None:
    """The actor of an account, for commands that run in its name."""
    row = db.session.execute(select(User, _roles).where(User.name == name, User.is_active)).first()
    return actor_of(row[0], roles=row[1]) if row else None


def actor_by_id(user_id: int | None, *, today: date) -> Actor | None:
    """The actor of an account with the rights it has on the day, for work done later in its name."""
    rows = select(User, _roles, _deputies(), _grants()).where(User.id == user_id, User.is_active)
    row = db.session.execute(rows, {"today": today}).first()
    return actor_of(row[0], roles=row[1], deputy_for=row[2], granted=row[3]) if row else None


def first_director() -> Actor | None:
    """The first office director: in whose name commands run unless told otherwise."""
    row = db.session.execute(
        select(User, _roles)
        .join(UserRole)
        .where(UserRole.role == Role.OFFICE_DIRECTOR, User.is_active)
        .order_by(User.id)
        .limit(1)
    ).first()
    return actor_of(row[0], roles=row[1]) if row else None


def recent_failures(account: str, address: str, *, now: datetime) -> tuple[Sequence[datetime], Sequence[datetime]]:
    """Moments of failed sign-ins within the window, the latest first: of this account, and from this address."""

    def latest(where: ColumnElement[bool], limit: int) -> Sequence[datetime]:
        rows = select(SignInFailure.failed_at).where(SignInFailure.failed_at > now - FAILURE_WINDOW, where)
        return db.session.scalars(
            rows.order_by(SignInFailure.failed_at.desc(), SignInFailure.id.desc()).limit(limit)
        ).all()

    return latest(SignInFailure.account == account, FAILURES_BY_ACCOUNT), latest(
        SignInFailure.address == address, FAILURES_BY_ADDRESS
    )


def user_by_name(name: str) -> User | None:
    return db.session.scalar(select(User).where(User.name == name))


def own_account(actor: Actor) -> User:
    """The account that acts."""
    return db.session.scalars(select(User).where(User.id == actor.user_id)).one()


def sessions_of(actor: Actor, *, now: datetime, idle: timedelta) -> Sequence[UserSession]:
    """Where the account is signed in, the latest visit first."""
    return _sessions(actor.user_id or 0, now=now, idle=idle)


def _sessions(user_id: int, *, now: datetime, idle: timedelta) -> Sequence[UserSession]:
    rows = select(UserSession).where(
        UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.last_seen_at > now - idle
    )
    return db.session.scalars(rows.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())).all()


def find_session(actor: Actor, session_id: int) -> UserSession:
    """A session of the actor's own account."""
    row = db.session.scalar(
        select(UserSession).where(UserSession.id == session_id, UserSession.user_id == actor.user_id)
    )
    if row is None:
        raise NotFound
    return row


# What the security administrator sees.


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account in the list; ``roles`` in the order of the roles, ``seen_at`` the last visit."""

    id: int
    name: str
    display_name: str
    unit: str
    roles: Sequence[Role]
    is_active: bool
    must_change_password: bool
    seen_at: datetime | None


def users(
    actor: Actor, *, typed: str = "", role: Role | None = None, with_disabled: bool = False, page: int = 1
) -> Page[UserRow]:
    """Accounts of the committee by name."""
    where: list[ColumnElement[bool]] = [User.committee_id == actor.committee_id]
    if not with_disabled:
        where.append(User.is_active.is_(True))
    if role is not None:
        where.append(User.id.in_(select(UserRole.user_id).where(UserRole.role == role)))
    if word := typed.strip():
        where.append(or_(User.name.icontains(word, autoescape=True), User.display_name.contains(word, autoescape=True)))
    total = db.session.scalar(select(func.count()).select_from(User).where(*where)) or 0
    rows = _user_rows().where(*where).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Page(_listed(rows), page, total)


def all_users() -> list[UserRow]:
    """Every account of the installation, for the command line."""
    return _listed(_user_rows())


def _user_rows() -> Select[Any]:
    seen = select(func.max(UserSession.last_seen_at)).where(UserSession.user_id == User.id).scalar_subquery()
    columns = (User.id, User.name, User.display_name, Unit.short_name, User.is_active, User.must_change_password)
    return select(*columns, _roles, seen).outerjoin(Unit, Unit.id == User.unit_id).order_by(User.name)


def _listed(rows: Select[Any]) -> list[UserRow]:
    return [
        UserRow(id_, name, shown, unit or "", _in_order(held), active, must, seen_at)
        for id_, name, shown, unit, active, must, held, seen_at in db.session.execute(rows)
    ]


def _in_order(held: str | None) -> list[Role]:
    names = set((held or "").split(","))
    return [role for role in Role if role.value in names]


def colleagues(user: User, *, actor: Actor) -> Sequence[tuple[int, str]]:
    """Other accounts in use of the account's unit, or of the office where it has none: id, and what they are called."""
    same = User.unit_id == user.unit_id if user.unit_id else User.unit_id.is_(None)
    rows = select(User.id, User.display_name, User.name).where(
        User.committee_id == actor.committee_id, User.is_active, User.id != user.id, same
    )
    return [(id_, f"{shown}（{name}）") for id_, shown, name in db.session.execute(rows.order_by(User.id))]


class LeftBehind(NamedTuple):
    """A unit that was merged into another, with how many of its accounts have not followed."""

    unit_id: int
    unit_name: str
    into_name: str
    accounts: int


def left_behind(actor: Actor) -> list[LeftBehind]:
    """Units that were merged and still have accounts, in the order of the unit list: one statement."""
    into = aliased(Unit)
    rows = (
        select(Unit.id, Unit.short_name, into.short_name, func.count())
        .join(User, User.unit_id == Unit.id)
        .join(into, into.id == Unit.merged_into_id)
        .where(Unit.committee_id == actor.committee_id, User.is_active)
        .group_by(Unit.id, Unit.short_name, into.short_name, Unit.position)
        .order_by(Unit.position, Unit.id)
    )
    return [LeftBehind._make(row) for row in db.session.execute(rows)]


def successor_of(unit: Unit) -> Unit | None:
    """Who took over the unit's work, at the end of all mergers; None where it was not merged."""
    seen, found = {unit.id}, unit
    while found.merged_into_id is not None and found.merged_into_id not in seen:
        seen.add(found.merged_into_id)
        found = db.session.scalars(select(Unit).where(Unit.id == found.merged_into_id)).one()
    return found if found is not unit else None


def accounts_of(unit: Unit, *, actor: Actor) -> Sequence[User]:
    """Accounts in use of a unit, by name."""
    rows = select(User).where(User.committee_id == actor.committee_id, User.unit_id == unit.id, User.is_active)
    return db.session.scalars(rows.options(selectinload(User.roles)).order_by(User.name)).all()


def deputies_for(unit: Unit, *, today: date) -> Sequence[Row[Deputy, int | None]]:
    """Who stands in for the unit today or later, with the unit of their own."""
    rows = select(Deputy, User.unit_id).join(User, User.id == Deputy.user_id)
    return db.session.execute(rows.where(Deputy.unit_id == unit.id, Deputy.until_on >= today)).all()


def find_user(user_id: int, *, actor: Actor) -> User:
    """An account of the actor's committee with its unit and roles."""
    row = db.session.scalar(
        select(User)
        .where(User.id == user_id, User.committee_id == actor.committee_id)
        .options(joinedload(User.unit), selectinload(User.roles))
    )
    if row is None:
        raise NotFound
    return row


def sessions_of_user(user: User, *, now: datetime, idle: timedelta) -> Sequence[UserSession]:
    return _sessions(user.id, now=now, idle=idle)


def deputies_of(user: User) -> Sequence[Row[Deputy, str]]:
    """For which units the account stands in, the latest first."""
    rows = select(Deputy, Unit.short_name).join(Unit, Unit.id == Deputy.unit_id).where(Deputy.user_id == user.id)
    return db.session.execute(rows.order_by(Deputy.from_on.desc(), Deputy.id.desc())).all()


def find_deputy(user: User, deputy_id: int) -> Deputy:
    row = db.session.scalar(select(Deputy).where(Deputy.id == deputy_id, Deputy.user_id == user.id))
    if row is None:
        raise NotFound
    return row


def grants_of(user: User) -> Sequence[Grant]:
    """Rights beyond the roles, the latest first."""
    return db.session.scalars(
        select(Grant).where(Grant.user_id == user.id).order_by(Grant.until_on.desc(), Grant.id.desc())
    ).all()


def find_grant(user: User, grant_id: int) -> Grant:
    row = db.session.scalar(select(Grant).where(Grant.id == grant_id, Grant.user_id == user.id))
    if row is None:
        raise NotFound
    return row

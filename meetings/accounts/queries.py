"""Who is signed in, and what there is of accounts."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import String, and_, cast, func, select

from meetings.accounts.models import Deputy, Grant, Role, SignInFailure, User, UserRole, UserSession
from meetings.accounts.rules import FAILURE_WINDOW, permissions_of
from meetings.core.actor import Actor
from meetings.core.db import db


def hashed(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


_roles = select(func.aggregate_strings(UserRole.role, ",")).where(UserRole.user_id == User.id).scalar_subquery()


def signed_in(token: str, *, now: datetime, today: date, idle: timedelta) -> tuple[UserSession, User, Actor] | None:
    """The session, account and actor of a token, or None where it has ended or idled out: one statement."""
    deputies = (
        select(func.aggregate_strings(cast(Deputy.unit_id, String), ","))
        .where(Deputy.user_id == User.id, Deputy.from_on <= today, Deputy.until_on >= today)
        .scalar_subquery()
    )
    grants = (
        select(func.aggregate_strings(Grant.permission, ",")).where(Grant.user_id == User.id, Grant.until_on >= today).scalar_subquery()
    )
    row = db.session.execute(
        select(UserSession, User, _roles, deputies, grants)
        .join(User, and_(User.id == UserSession.user_id, User.is_active))
        .where(UserSession.token_hash == hashed(token), UserSession.ended_at.is_(None), UserSession.last_seen_at > now - idle)
    ).first()
    if row is None:
        return None
    session, user, roles, units, granted = row
    return session, user, actor_of(user, roles=roles, deputy_for=units, granted=granted)


def actor_of(user: User, *, roles: str | None, deputy_for: str | None = None, granted: str | None = None) -> Actor:
    held = [Role(role) for role in (roles or "").split(",") if role]
    units = {int(unit) for unit in (deputy_for or "").split(",") if unit}
    if user.unit_id is not None:
        units.add(user.unit_id)
    return Actor(
        user.id, user.display_name, user.committee_id, frozenset(units), frozenset(role.value for role in held),
        permissions_of(held) | frozenset(filter(None, (granted or "").split(","))),
    )


def actor_named(name: str) -> Actor | None:
    """The actor of an account, for commands that run in its name."""
    row = db.session.execute(select(User, _roles).where(User.name == name, User.is_active)).first()
    return actor_of(row[0], roles=row[1]) if row else None


def first_director() -> Actor | None:
    """The first office director: in whose name commands run unless told otherwise."""
    row = db.session.execute(
        select(User, _roles).join(UserRole).where(UserRole.role == Role.OFFICE_DIRECTOR, User.is_active).order_by(User.id).limit(1)
    ).first()
    return actor_of(row[0], roles=row[1]) if row else None


def recent_failures(account: str, address: str, *, now: datetime) -> tuple[int, int]:
    """Failed sign-ins within the window: of this account, from this address."""
    since = now - FAILURE_WINDOW
    by_account = func.count().filter(SignInFailure.account == account)
    by_address = func.count().filter(SignInFailure.address == address)
    row = db.session.execute(select(by_account, by_address).where(SignInFailure.failed_at > since)).one()
    return row[0], row[1]


def user_by_name(name: str) -> User | None:
    return db.session.scalar(select(User).where(User.name == name))


def own_account(actor: Actor) -> User:
    """The account that acts."""
    return db.session.scalars(select(User).where(User.id == actor.user_id)).one()


def sessions_of(actor: Actor) -> Sequence[UserSession]:
    """Where the account is signed in, the latest visit first."""
    rows = select(UserSession).where(UserSession.user_id == actor.user_id, UserSession.ended_at.is_(None))
    return db.session.scalars(rows.order_by(UserSession.last_seen_at.desc())).all()


def session_of(actor: Actor, session_id: int) -> UserSession | None:
    return db.session.scalar(select(UserSession).where(UserSession.id == session_id, UserSession.user_id == actor.user_id))

"""Sign in and out, passwords, accounts. None of them commits."""

import secrets
from collections.abc import Collection
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update

from meetings.accounts import queries, rules
from meetings.accounts.models import FormerPassword, Role, SignInFailure, User, UserRole, UserSession
from meetings.accounts.rules import PasswordProfile
from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError

hasher = PasswordHasher()
_DECOY = hasher.hash("no account has this one")  # so that an unknown name takes as long as a wrong password


def is_right(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except VerificationError:
        return False


def sign_in(name: str, password: str, *, address: str, agent: str) -> str | None:
    """Begin a session and return its token, or None after writing down the failure.

    Raises ``DomainError("sign_in.locked")`` while the account or the address has failed too often.
    """
    now = clock.now()
    if rules.is_locked(*queries.recent_failures(name[:64], address, now=now)):
        raise DomainError("sign_in.locked")
    user = queries.user_by_name(name)
    right = is_right(user.password_hash if user else _DECOY, password)
    if user is None or not right or not user.is_active:
        db.session.add(SignInFailure(account=name[:64], address=address, failed_at=now))
        log_access(AccessKind.SIGN_IN_FAILED, name[:64], by=None, address=address)
        return None
    token = secrets.token_urlsafe(32)
    db.session.add(UserSession(
        token_hash=queries.hashed(token), user_id=user.id, begun_at=now, last_seen_at=now, address=address, agent=agent[:200],
    ))
    log_access(AccessKind.SIGN_IN, user.name, by=queries.actor_of(user, roles=None), address=address)
    return token


def end_session(session: UserSession) -> None:
    session.ended_at = clock.now()


def end_session_numbered(session_id: int) -> None:
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(ended_at=clock.now()))


def note_visit(session_id: int) -> None:
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=clock.now()))


def end_sessions_of(user_id: int, *, but: int | None = None) -> None:
    """Sign the account out everywhere; ``but`` is the id of a session to keep."""
    statement = update(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    if but is not None:
        statement = statement.where(UserSession.id != but)
    db.session.execute(statement.values(ended_at=clock.now()))


def create_user(*, committee_id: int, name: str, display_name: str, roles: Collection[Role], unit_id: int | None, password: str,
                profile: PasswordProfile, must_change_password: bool = True, by: Actor) -> User:
    """A new account."""
    rules.check_roles(roles, unit_id)
    rules.check_password(password, account=name, profile=profile)
    if queries.user_by_name(name):
        raise DomainError("user.name_taken", field="name", name=name)
    user = User(
        committee_id=committee_id, name=name, display_name=display_name, unit_id=unit_id, password_hash=hasher.hash(password),
        password_changed_at=clock.now(), must_change_password=must_change_password, roles=[UserRole(role=role) for role in sorted(roles)],
    )
    db.session.add(user)
    db.session.flush()
    return user


def change_password(user: User, *, password: str, profile: PasswordProfile, by: Actor, must_change: bool = False,
                    keep_session: int | None = None) -> None:
    """Set a new password; every other session of the account ends."""
    rules.check_password(password, account=user.name, profile=profile)
    former = [user.password_hash, *_former(user, profile.remembered - 1)] if profile.remembered else []
    if any(is_right(old, password) for old in former):
        raise DomainError("password.used_before", field="password", count=profile.remembered)
    now: datetime = clock.now()
    db.session.add(FormerPassword(user_id=user.id, password_hash=user.password_hash, replaced_at=now))
    user.password_hash = hasher.hash(password)
    user.password_changed_at = now
    user.must_change_password = must_change
    end_sessions_of(user.id, but=keep_session)


def _former(user: User, count: int) -> list[str]:
    rows = select(FormerPassword.password_hash).where(FormerPassword.user_id == user.id).order_by(FormerPassword.id.desc()).limit(count)
    return list(db.session.scalars(rows))


def set_view(user: User, *, locale: str, text_size: int, by: Actor) -> None:
    """Keep the reader's language and size of text."""
    user.locale, user.text_size = locale, text_size

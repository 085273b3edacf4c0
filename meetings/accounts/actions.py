"""Sign in and out, passwords, accounts. None of them commits."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from blinker import Signal
from sqlalchemy import select, update

from meetings.accounts import queries, rules
from meetings.accounts.models import Deputy, FormerPassword, Grant, Role, SignInFailure, User, UserRole, UserSession
from meetings.accounts.rules import PasswordProfile
from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.directory.models import Unit

# OWASP's least for Argon2id: 19 MiB, two passes, one lane. Eight sign-ins at once still fit a small server's memory.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_DECOY = hasher.hash("no account has this one")  # so that an unknown name takes as long as a wrong password


def is_right(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def sign_in(name: str, password: str, *, address: str, agent: str) -> str | None:
    """Begin a session and return its token, or None after writing down the failure.

    Raises ``DomainError("sign_in.locked")`` while the account or the address has failed too often.
    """
    name = name[:64]
    refuse_while_locked(name, address)
    user = queries.user_by_name(name)
    right = is_right(user.password_hash if user else _DECOY, password)
    if user is None or not right or not user.is_active:
        _note_failure(name, address, user)
        return None
    now = clock.now()
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            token_hash=queries.hashed(token),
            user_id=user.id,
            begun_at=now,
            last_seen_at=now,
            address=address[:64],
            agent=agent[:200],
        )
    )
    log_access(AccessKind.SIGN_IN, user.name, by=queries.actor_of(user, roles=None), address=address)
    return token


def refuse_while_locked(account: str, address: str) -> None:
    """Raise ``DomainError("sign_in.locked")`` and say until when, whatever the password."""
    now = clock.now()
    until = rules.locked_until(*queries.recent_failures(account, address, now=now))
    if until is not None and until > now:
        raise DomainError(
            "sign_in.locked", field="password", until=f"{clock.local(until + timedelta(seconds=59)):%H:%M}"
        )


def _note_failure(account: str, address: str, user: User | None) -> None:
    db.session.add(SignInFailure(account=account, address=address[:64], failed_at=clock.now()))
    log_access(
        AccessKind.SIGN_IN_FAILED, account, by=queries.actor_of(user, roles=None) if user else None, address=address
    )


def confirm_password(user: User, password: str, *, address: str) -> bool:
    """Whether somebody signed in knows the account's password; a wrong one counts like a failed sign-in."""
    refuse_while_locked(user.name, address)
    if is_right(user.password_hash, password):
        return True
    _note_failure(user.name, address, user)
    return False


def sign_out(session_id: int, *, by: Actor, address: str) -> None:
    end_session_numbered(session_id)
    log_access(AccessKind.SIGN_OUT, by.name, by=by, address=address)


def end_session(session: UserSession) -> None:
    """Sign one browser out; one that is out stays as it is."""
    session.ended_at = session.ended_at or clock.now()


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


def create_user(  # noqa: PLR0913 -- an account has that many facts
    *,
    committee_id: int,
    name: str,
    display_name: str,
    roles: Collection[Role],
    unit_id: int | None,
    password: str,
    profile: PasswordProfile | None,
    must_change_password: bool = True,
    by: Actor,
) -> User:
    """A new account. Without a ``profile`` the password is taken as it is: the operator chose it for the demo."""
    rules.check_account_name(name)
    rules.check_roles(roles, unit_id)
    if profile is not None:
        rules.check_password(password, account=name, profile=profile)
    if queries.user_by_name(name):
        raise DomainError("user.name_taken", field="name", name=name)
    user = User(
        committee_id=committee_id,
        name=name,
        display_name=display_name,
        unit_id=unit_id,
        password_hash=hasher.hash(password),
        password_changed_at=clock.now(),
        must_change_password=must_change_password,
        roles=[UserRole(role=role) for role in sorted(roles)],
    )
    db.session.add(user)
    db.session.flush()
    return user


def change_password(
    user: User,
    *,
    password: str,
    profile: PasswordProfile,
    again: str | None = None,
    must_change: bool = False,
    keep_session: int | None = None,
) -> None:
    """Set a new password; every other session of the account ends. ``again`` is what was typed the second time."""
    if again is not None and again != password:
        raise DomainError("password.differs", field="again")
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
    rows = (
        select(FormerPassword.password_hash)
        .where(FormerPassword.user_id == user.id)
        .order_by(FormerPassword.id.desc())
        .limit(count)
    )
    return list(db.session.scalars(rows))


def random_password(profile: PasswordProfile, *, account: str) -> str:
    """A password that the profile accepts, of letters and digits that are not mistaken for one another."""
    while True:
        letters = [secrets.choice("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(16)]
        password = "-".join("".join(letters[n : n + 4]) for n in range(0, 16, 4))
        try:
            rules.check_password(password, account=account, profile=profile)
        except DomainError:
            continue
        return password


def reset_password(user: User, *, profile: PasswordProfile, by: Actor) -> str:
    """Set a random password, to be changed at the next sign-in, and return it; all sessions of the account end."""
    password = random_password(profile, account=user.name)
    change_password(user, password=password, profile=profile, must_change=True)
    return password


def edit_user(user: User, *, display_name: str, roles: Collection[Role], unit_id: int | None, by: Actor) -> None:
    """Change what an account is called, what it may do and for whom."""
    rules.check_roles(roles, unit_id)
    if user.id == by.user_id and set(roles) != {held.role for held in user.roles}:
        raise DomainError("user.own_roles", field="roles")
    user.display_name, user.unit_id = display_name, unit_id
    for held in [held for held in user.roles if held.role not in roles]:
        user.roles.remove(held)
    kept = {held.role for held in user.roles}
    user.roles.extend(UserRole(role=role) for role in sorted(set(roles) - kept))


# Somebody else takes over what an account has begun: ``send(user, to=…, by=…)``, in the same transaction.
handed_over = Signal()


def hand_over(user: User, *, to_id: int, disables: bool, by: Actor) -> User:
    """Move what the account has typed and not read to a colleague of its unit (交接); who takes over.

    The unit's tasks stay with the unit. Raises ``NotFound``, ``handover.to_oneself``, ``handover.other_unit``,
    ``handover.to_disabled`` (field ``to_id``).
    """
    to = queries.find_user(to_id, actor=by)
    rules.check_handover(user, to)
    handed_over.send(user, to=to, by=by)
    if disables and user.is_active:
        disable(user, by=by)
    return to


def follow_unit(unit: Unit, *, ids: Collection[int], by: Actor) -> int:
    """Move accounts of a merged unit to the one that took its work over, in one step; how many.

    Roles, sign-in and what was typed stay. Who stands in for the merged unit from now on stands in for the other one,
    or no more where that is their own. Raises ``unit_accounts.not_merged``, ``unit_accounts.none`` (field ``ids``).
    """
    into = queries.successor_of(unit)
    if into is None:
        raise DomainError("unit_accounts.not_merged")
    moved = [user for user in queries.accounts_of(unit, actor=by) if user.id in ids]
    if not moved:
        raise DomainError("unit_accounts.none", field="ids")
    for user in moved:
        user.unit_id = into.id
    db.session.flush()
    for deputy, own_unit_id in queries.deputies_for(unit, today=clock.today()):
        if own_unit_id == into.id:
            end_deputy(deputy, by=by)
        else:
            deputy.unit_id = into.id
    return len(moved)


def disable(user: User, *, by: Actor) -> None:
    """Nobody signs in with the account any more; who is in is out at once."""
    if user.id == by.user_id:
        raise DomainError("user.own_account")
    user.is_active = False
    end_sessions_of(user.id)


def enable(user: User, *, by: Actor) -> None:
    user.is_active = True


def add_deputy(user: User, *, unit_id: int, from_on: date, until_on: date, by: Actor) -> Deputy:
    """Let the account act for another unit too, between two days."""
    rules.check_deputy(
        [held.role for held in user.roles],
        user.unit_id,
        unit_id,
        from_on=from_on,
        until_on=until_on,
        today=clock.today(),
    )
    deputy = Deputy(user_id=user.id, unit_id=unit_id, from_on=from_on, until_on=until_on)
    db.session.add(deputy)
    return deputy


def end_deputy(deputy: Deputy, *, by: Actor) -> None:
    """End it before today; one that has not begun is taken back."""
    yesterday = clock.today() - timedelta(days=1)
    if deputy.from_on > yesterday:
        db.session.delete(deputy)
    elif deputy.until_on > yesterday:
        deputy.until_on = yesterday


def grant(user: User, *, permission: str, reason: str, until_on: date, by: Actor) -> Grant:
    """Give one right beyond the roles until a day."""
    rules.check_grant(
        permission,
        rules.permissions_of(held.role for held in user.roles),
        until_on=until_on,
        today=clock.today(),
        is_own=user.id == by.user_id,
    )
    row = Grant(user_id=user.id, permission=permission, reason=reason, until_on=until_on)
    db.session.add(row)
    return row


def revoke(row: Grant, *, by: Actor) -> None:
    """The right ends with yesterday."""
    row.until_on = min(row.until_on, clock.today() - timedelta(days=1))


def set_view(user: User, *, locale: str, text_size: int, by: Actor) -> None:
    """Keep the reader's language and size of text."""
    user.locale, user.text_size = locale, text_size

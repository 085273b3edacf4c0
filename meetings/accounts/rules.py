"""What each role may do, which roles one account may hold together, and what a password must be. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meetings.accounts.models import Role, User
from meetings.core.errors import DomainError

# A permission is named feature.verb; docs/permissions.md lists them and a test compares.
_READ = {
    "meetings.read",
    "documents.read",
    "directory.read",
    "plans.read",
    "plans.read_values",
    "tasks.read_all",
    "reports.print",
    "papers.read",
    "evaluations.read",
}
_OFFICE = _READ | {
    "meetings.record",
    "documents.edit",
    "directory.edit",
    "plans.edit",
    "plans.enter_values",
    "plans.check_values",
    "plans.lock_values",
    "plans.judge",
    "tasks.draft",
    "tasks.review",
    "tasks.close",
    "tasks.enter_for_unit",
    "tasks.supervise",
    "directory.unmask",
    "papers.draft",
    "evaluations.run",
    "rounds.manage",
}
_UNIT = {
    "meetings.read_issued",
    "documents.read_issued",
    "plans.read",
    "tasks.read_own",
    "reports.print",
    "directory.read",
    "papers.receive",
    "evaluations.read_own",
}

PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.OFFICE_DIRECTOR: frozenset(
        _OFFICE | {"tasks.issue", "tasks.settings", "meetings.reopen", "papers.sign", "papers.settings"}
    ),
    Role.OFFICE_STAFF: frozenset(_OFFICE),
    Role.LEADER: frozenset(_READ | {"papers.sign", "instructions.give"}),
    Role.OBSERVER: frozenset(_READ),
    Role.UNIT_HEAD: frozenset(_UNIT | {"tasks.acknowledge", "tasks.approve"}),
    Role.LIAISON: frozenset(_UNIT | {"tasks.acknowledge", "tasks.report", "plans.enter_values"}),
    Role.STATISTICIAN: frozenset(_UNIT | {"plans.enter_values"}),
    Role.SYSTEM_ADMIN: frozenset({"system.operate"}),
    Role.SECURITY_ADMIN: frozenset({"users.manage"}),
    Role.AUDITOR: frozenset({"audit.read"}),
}

ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
UNIT_ROLES = frozenset({Role.UNIT_HEAD, Role.LIAISON, Role.STATISTICIAN})


def permissions_of(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset().union(*(PERMISSIONS[role] for role in roles))


def check_roles(roles: Iterable[Role], unit_id: int | None) -> None:
    """At least one role; an administrator holds no other; who acts for a unit has one."""
    held = set(roles)
    if not held:
        raise DomainError("user.no_role", field="roles")
    if held & ADMIN_ROLES and len(held) > 1:
        raise DomainError("user.admin_roles_apart", field="roles")
    if held & UNIT_ROLES and unit_id is None:
        raise DomainError("user.unit_needed", field="unit_id")


@dataclass(frozen=True, slots=True)
class PasswordProfile:
    """What passwords must be. ``dengbao``: the customary reading of GB/T 22239-2019; ``asvs``: OWASP ASVS 4, V2.1."""

    least_length: int
    least_kinds: int
    valid_for: timedelta | None
    remembered: int


PROFILES: Mapping[str, PasswordProfile] = {
    "dengbao": PasswordProfile(8, 3, timedelta(days=90), 5),
    "asvs": PasswordProfile(15, 1, None, 0),
}

_BANNED = ("password", "luoshi", "123456", "qwerty", "abc123", "admin", "letmein", "iloveyou", "111111", "woaini")


def check_password(password: str, *, account: str, profile: PasswordProfile) -> None:
    """Refuse a password that is too short, too plain or holds the account's name."""
    if len(password) < profile.least_length:
        raise DomainError("password.too_short", field="password", least=profile.least_length)
    kinds = sum(
        (
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() for c in password),
        )
    )
    if kinds < profile.least_kinds:
        raise DomainError("password.too_plain", field="password", least=profile.least_kinds)
    lowered = password.lower()
    if (
        account.lower() in lowered
        or (any(word in lowered for word in _BANNED) and len(password) < 20)
        or len(set(password)) < 5
    ):
        raise DomainError("password.guessable", field="password")


def is_expired(changed_at: datetime, now: datetime, profile: PasswordProfile) -> bool:
    return profile.valid_for is not None and now - changed_at > profile.valid_for


FAILURE_WINDOW = timedelta(minutes=10)
FAILURES_BY_ACCOUNT = 5
FAILURES_BY_ADDRESS = 50


def locked_until(by_account: Sequence[datetime], by_address: Sequence[datetime]) -> datetime | None:
    """When the lock opens: once fewer failures than the limit lie within the window; None where nothing is locked.

    Both are the moments of failures within the window, the latest first.
    """
    limits = ((by_account, FAILURES_BY_ACCOUNT), (by_address, FAILURES_BY_ADDRESS))
    return max((times[limit - 1] + FAILURE_WINDOW for times, limit in limits if len(times) >= limit), default=None)


_ACCOUNT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{1,63}")


def check_account_name(name: str) -> None:
    """A name that everybody can type and that never looks like another one."""
    if not _ACCOUNT_NAME.fullmatch(name):
        raise DomainError("user.name_form", field="name")


# Rights that are given to one person for a time, and the right without which they are of no use.
GRANTABLE: Mapping[str, str] = {"audit.read_values": "audit.read", "directory.unmask": "directory.read"}
LONGEST_GRANT = timedelta(days=366)


def check_grant(permission: str, held: frozenset[str], *, until_on: date, today: date, is_own: bool) -> None:
    """Nobody grants to themselves, to whom it is of no use, or without an end."""
    if is_own:
        raise DomainError("grant.to_oneself")
    if GRANTABLE[permission] not in held:
        raise DomainError("grant.of_no_use", field="permission")
    if until_on < today:
        raise DomainError("grant.day_past", field="until_on")
    if until_on - today > LONGEST_GRANT:
        raise DomainError("grant.too_long", field="until_on")


def check_deputy(
    roles: Iterable[Role], own_unit_id: int | None, unit_id: int, *, from_on: date, until_on: date, today: date
) -> None:
    """Who stands in acts for a unit already, for another unit, and for days still to come."""
    if not UNIT_ROLES & set(roles):
        raise DomainError("deputy.unit_role_needed", field="unit_id")
    if unit_id == own_unit_id:
        raise DomainError("deputy.own_unit", field="unit_id")
    if until_on < from_on:
        raise DomainError("deputy.days_out_of_order", field="until_on")
    if until_on < today:
        raise DomainError("deputy.day_past", field="until_on")


def check_handover(user: User, to: User) -> None:
    """Work goes to another account in use of the same unit, or within the office."""
    if to.id == user.id:
        raise DomainError("handover.to_oneself", field="to_id")
    if to.unit_id != user.unit_id:
        raise DomainError("handover.other_unit", field="to_id")
    if not to.is_active:
        raise DomainError("handover.to_disabled", field="to_id")


_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> str:
    """A browser as people call it, from what it says of itself; empty when unknown."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser}（{system}）" if browser and system else browser or system

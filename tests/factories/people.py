"""Committees, units, people and their posts, accounts, and who acts in tests."""

from datetime import date

from meetings.accounts.models import Role, User, UserRole
from meetings.accounts.rules import permissions_of
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.directory.models import (
    Committee,
    CommitteeName,
    Person,
    Post,
    PostKind,
    Unit,
    UnitGroup,
    UnitGroupMember,
    UnitKind,
)
from tests.factories.rows import numbers, save


def committee(**values: object) -> Committee:
    row = save(Committee(**{"region": "某县", "office_phone": "6021", **values}))
    save(
        CommitteeName(
            committee_id=row.id,
            name="某县妇女儿童工作委员会",
            office_name="某县妇女儿童工作委员会办公室",
            from_on=date(2020, 1, 1),
        )
    )
    return row


def the_committee() -> Committee:
    """The committee of the test: the first one, made when there is none."""
    return db.session.query(Committee).order_by(Committee.id).first() or committee()


def unit(name: str | None = None, **values: object) -> Unit:
    name = name or f"第{next(numbers)}局"
    defaults = {
        "committee_id": values.get("committee_id") or the_committee().id,
        "kind": UnitKind.MEMBER,
        "name": name,
        "short_name": name,
    }
    return save(Unit(**{**defaults, **values}))


def group(*units: Unit, **values: object) -> UnitGroup:
    defaults = {"committee_id": the_committee().id, "name": f"单位组{next(numbers)}"}
    return save(UnitGroup(**{**defaults, **values}, members=[UnitGroupMember(unit_id=u.id) for u in units]))


def person(name: str = "局长", **values: object) -> Person:
    return save(Person(**{"committee_id": the_committee().id, "name": name, **values}))


def post(of: Unit, kind: PostKind = PostKind.HEAD, **values: object) -> Post:
    defaults = {
        "committee_id": of.committee_id,
        "unit_id": of.id,
        "kind": kind,
        "title": "局长",
        "from_on": date(2021, 1, 1),
    }
    return save(Post(**{**defaults, **values}))


def user(*roles: Role, unit: Unit | None = None, **values: object) -> User:
    """An account that cannot sign in by password; see ``actor`` for who acts in most tests."""
    defaults = {
        "committee_id": the_committee().id,
        "name": f"user{next(numbers)}",
        "display_name": "某账号",
        "password_hash": "!",
        "password_changed_at": clock.now(),
        "unit_id": unit.id if unit else None,
    }
    return save(User(**{**defaults, **values}, roles=[UserRole(role=role) for role in roles or (Role.OBSERVER,)]))


def actor(*roles: Role, unit: Unit | None = None, **values: object) -> Actor:
    """Somebody with an account, ready to act."""
    row = user(*roles, unit=unit, **values)
    held = roles or (Role.OBSERVER,)
    return Actor(
        row.id,
        row.display_name,
        row.committee_id,
        frozenset({unit.id} if unit else ()),
        frozenset(r.value for r in held),
        permissions_of(held),
    )


def director() -> Actor:
    return actor(Role.OFFICE_DIRECTOR, display_name="办公室主任")


def staff() -> Actor:
    return actor(Role.OFFICE_STAFF, display_name="办公室工作人员")


def liaison(of: Unit) -> Actor:
    return actor(Role.LIAISON, unit=of, display_name=f"{of.short_name}联络员")


def head(of: Unit) -> Actor:
    return actor(Role.UNIT_HEAD, unit=of, display_name=f"{of.short_name}负责人")

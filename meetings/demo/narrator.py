"""Who tells a part of the demo committee's past: its units and people, and the days on which things happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from meetings.accounts import queries as accounts
from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.core.storage import Storage
from meetings.directory.models import Unit, UnitKind
from meetings.workdays.queries import calendar


class Narrator:
    """Tells a part of the past; ``today`` is the day on which it ends."""

    def __init__(self, committee_id: int, storage: Storage) -> None:
        self.committee_id = committee_id
        self.storage = storage
        self.today = clock.today()
        self.units = {
            unit.short_name: unit.id
            for unit in db.session.scalars(select(Unit).where(Unit.committee_id == committee_id))
        }
        self.calendar = calendar(committee_id)
        self.townships = list(
            db.session.scalars(
                select(Unit.id)
                .where(Unit.committee_id == committee_id, Unit.kind == UnitKind.TOWNSHIP)
                .order_by(Unit.position)
            )
        )
        self.director = self.account("office_director")
        self.staff = self.account("office_staff")

    @contextmanager
    def on(self, days: int, hour: int = 10, minute: int = 0, *, by: Actor) -> Iterator[None]:
        """A transaction on the working day nearest before ``days`` from today."""
        day = self.today + timedelta(days=days)
        while not self.calendar.is_working(day):
            day -= timedelta(days=1)
        local = clock.local(clock.now()).replace(
            year=day.year, month=day.month, day=day.day, hour=hour, minute=minute, second=0
        )
        with (
            clock.pretend(min(local.astimezone(UTC), datetime.fromtimestamp(clock.now().timestamp(), UTC))),
            transaction(by=by),
        ):
            yield

    def account(self, name: str) -> Actor:
        actor = accounts.actor_named(name)
        if actor is None:
            raise RuntimeError(f"no account {name}")
        return actor

    def person_of(self, unit: str, role: Role) -> Actor:
        """Somebody of a unit: its account where the demo has one, else a person by post."""
        known = {
            ("县教育局", Role.UNIT_HEAD): "edu_head",
            ("县教育局", Role.LIAISON): "edu_liaison",
            ("县卫健委", Role.LIAISON): "health_liaison",
            ("县统计局", Role.LIAISON): "stats_liaison",
        }
        if name := known.get((unit, role)):
            return self.account(name)
        title = "负责人" if role is Role.UNIT_HEAD else "联络员"
        return Actor(
            None,
            f"{unit}{title}",
            self.committee_id,
            frozenset({self.units[unit]}),
            frozenset({role.value}),
            permissions_of([role]),
        )

"""The only reader of the time. Instants are aware and in UTC; days are those of the office's time zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_zone = ZoneInfo("Asia/Shanghai")


def use_zone(name: str) -> None:
    """Set the time zone in which days are counted and times are printed (``LUOSHI_TIME_ZONE``)."""
    global _zone  # noqa: PLW0603 -- set once, by create_app
    _zone = ZoneInfo(name)


_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let it be another time within the block: sample data has a past, made by the same actions as any other."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The instant as the office's wall clock shows it."""
    return instant.astimezone(_zone)


def begin_of(day: date) -> datetime:
    """The instant at which a day begins in the office."""
    return datetime.combine(day, time.min, _zone).astimezone(UTC)

"""The only reader of the time. Instants are aware and in UTC; days are those of the office's time zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_zone = ZoneInfo("Asia/Shanghai")


def use_zone(name: str) -> None:
    """Set the time zone in which days are counted and times are printed (``LUOSHI_TIME_ZONE``)."""
    global _zone  # noqa: PLW0603 -- set once, by create_app
    _zone = ZoneInfo(name)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The instant as the office's wall clock shows it."""
    return instant.astimezone(_zone)

"""Days as iCalendar (RFC 5545). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LASTS = timedelta(days=366)
"""How long an address holds: a year, then a new one is made."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day: ``begins`` and ``ends`` are instants, or a day and None for the whole day."""

    uid: str
    title: str
    begins: date | datetime
    ends: datetime | None = None
    place: str = ""
    cancelled: bool = False


def text(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """The calendar as a phone or a PC subscribes to it; it asks again every six hours."""
    from icalendar import Calendar, Event  # noqa: PLC0415 -- 3 MB, for who subscribes

    calendar = Calendar()
    calendar.add("prodid", "-//luoshi//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.uid}@luoshi")
        event.add("dtstamp", now)
        event.add("summary", entry.title)
        event.add("dtstart", entry.begins)
        if entry.ends is not None:
            event.add("dtend", entry.ends)
        if entry.place:
            event.add("location", entry.place)
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())

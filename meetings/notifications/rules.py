"""Kinds of notices, when messages may leave, how long a message that failed rests. Pure."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from meetings.core.errors import DomainError
from meetings.workdays.rules import Calendar

# A mail server may be away over a week-end or a holiday: what waits is tried for about seven days.
MOST_ATTEMPTS = 48
FIRST_REST, LONGEST_REST = timedelta(minutes=2), timedelta(hours=4)

# Stands in a message for the token of the address that it tells of: it is made when the message is handed over, and
# kept nowhere. Letters that an address leaves as they are.
PLACEHOLDER = "~token~"

# What is older is passed on to no gateway any more, as when one is set for the first time: a week-end, and a day.
NEWS = timedelta(days=3)

# When the office works and people may be written to, by the office's clock.
OPENS, CLOSES = time(8, 0), time(18, 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice, registered by the feature that sends it.

    ``title`` heads it in the inbox. ``sentence`` is what may be passed on: filled in with ``unit``, ``number``,
    ``day`` and ``reason`` (why now, in words) it holds nothing personal; empty where there is nothing to pass on.
    """

    code: str
    title: str
    sentence: str


def filled(
    sentence: str, *, unit: str, number: str, day: date | None, reason: str = "", office: str = "", phone: str = ""
) -> str:
    """The sentence of a kind, filled in, with the office and its telephone behind it where they are given."""
    said = sentence % {
        "unit": unit or "本单位",
        "number": number,
        "reason": reason,
        "day": f"{day.month}月{day.day}日" if day else "规定时限",
    }
    signature = f"{office}{f'，电话{phone}' if phone else ''}"
    return f"{said}{signature}" if signature else said


def may_write(now: datetime, calendar: Calendar) -> bool:
    """Whether it is a working day and the office's hours; ``now`` by the office's clock."""
    return calendar.is_working(now.date()) and OPENS <= now.time() < CLOSES


def rest_after(attempts: int) -> timedelta:
    """2, 4, 8 … minutes, four hours at most."""
    return min(FIRST_REST * int(2 ** min(attempts - 1, 16)), LONGEST_REST)


def digest_key(day: date, user_id: int) -> str:
    """One digest a day at most for each account."""
    return f"digest:{day.isoformat()}:{user_id}"


def webhook_key(kind: str, number: str, text: str, moment: datetime) -> str:
    """One message for a sentence in a minute: office and unit are told of the same act in the same words."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"webhook:{kind}:{number}:{moment:%Y%m%dT%H%M}:{mark}"[:200]


_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")


def check_address(email: str) -> None:
    if email and not _ADDRESS.fullmatch(email):
        raise DomainError("notice.address_form", field="email")


def masked(address: str) -> str:
    """An address as the operator sees it: li***@example.org."""
    name, _at, host = address.partition("@")
    return f"{name[:2]}***@{host}" if host else ""

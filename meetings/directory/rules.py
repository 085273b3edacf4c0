"""How units and people are found by typing, what is masked, and when a change of post was due to be reported. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from meetings.core.errors import DomainError
from meetings.directory.models import Unit


def initials(name: str) -> str:
    """The first letters of the pinyin, 县教育局 → ``xjyj``; letters and digits stay, all else is left out."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 -- its tables take 20 MB; only needed where names are edited

    parts = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda other: other)
    return "".join(letter for letter in "".join(parts).lower() if letter.isascii() and letter.isalnum())


def unit_initials(name: str, short_name: str) -> str:
    """Initials of both names, the full one first."""
    return " ".join(dict.fromkeys(filter(None, (initials(name), initials(short_name)))))[:200]


def masked_phone(phone: str) -> str:
    """138****5678; short numbers keep their last two digits."""
    if len(phone) < 7:
        return "*" * max(0, len(phone) - 2) + phone[-2:]
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


_MOBILE = re.compile(r"1[3-9]\d{9}")


def check_mobile(mobile: str) -> None:
    """Eleven digits, or none."""
    if mobile and not _MOBILE.fullmatch(mobile):
        raise DomainError("person.mobile_form", field="mobile")


def matches(unit: Unit, typed: str) -> bool:
    """Whether the typed words stand in a name of the unit or in its initials."""
    word = "".join(typed.lower().split())
    return any(word in text.lower() for text in (unit.name, unit.short_name, *unit.initials.split()))


def month_before(day: date) -> date:
    """The same day of the month before, or that month's last."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("no month is that short")


def is_reported_late(changed_on: date, today: date) -> bool:
    """A change of post is to be reported to the office within one month."""
    return changed_on < month_before(today)


def is_above(units: Iterable[Unit], unit_id: int, candidate_id: int | None) -> bool:
    """Whether the unit is the candidate itself or stands above it, so that the candidate cannot be its parent."""
    parents = {unit.id: unit.parent_id for unit in units}
    seen: set[int] = set()
    at = candidate_id
    while at is not None and at not in seen:
        if at == unit_id:
            return True
        seen.add(at)
        at = parents.get(at)
    return False

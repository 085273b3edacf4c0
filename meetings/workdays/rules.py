"""Working days: the State Council's holidays and make-up days, and the office's own days over both. Pure.

Source: the yearly notices of the State Council's General Office, as kept by the library ``chinese_calendar``.
A year without a notice yet is counted Monday to Friday; ``is_provisional`` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

import chinese_calendar

_DAY = timedelta(days=1)
# Between these days the count of working days is kept.
_ORIGIN, _HORIZON = date(2010, 1, 1), date(2060, 1, 1)


@lru_cache(maxsize=4096)
def _is_working(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def is_provisional(day: date) -> bool:
    """The year's notice is not known yet: 暂按双休日计."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return True
    return False


class Calendar:
    """The days of one office. ``overrides`` are its own days: day → works or not. May be shared by threads."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._counts = [0]  # working days after _ORIGIN, by day

    def is_working(self, day: date) -> bool:
        own = self._overrides.get(day)
        return _is_working(day) if own is None else own

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it, where negative); ``day`` itself where 0."""
        step = _DAY if count >= 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, earlier: date, later: date) -> int:
        """Working days after ``earlier`` up to and including ``later``; negative the other way round."""
        if later < earlier:
            return -self.between(later, earlier)
        if earlier < _ORIGIN or later > _HORIZON:
            return sum(self.is_working(earlier + _DAY * n) for n in range(1, (later - earlier).days + 1))
        return self._count(later) - self._count(earlier)

    def _count(self, day: date) -> int:
        """Working days after the origin up to the day: ledgers ask for many, so that each day is counted once."""
        place = (day - _ORIGIN).days
        counts = self._counts
        if place >= len(counts):
            further = (self.is_working(_ORIGIN + _DAY * n) for n in range(len(counts), place + 1))
            counts = [*counts[:-1], *accumulate(further, initial=counts[-1])]
            self._counts = counts
        return counts[place]


def remark_on(day: date, calendar: Calendar) -> str:
    """What is to be known of a day that something is due on: a code of ``words.REMARKS``, empty for a plain one."""
    if is_provisional(day):
        return "provisional"
    return "" if calendar.is_working(day) else "rest"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that are not as the days of the week: ``works`` make-up days, or a holiday."""

    first: date
    last: date
    works: bool
    name: str


def special_days(year: int) -> list[Stretch]:
    """Holidays with their week-ends, and make-up days, as the year's notice has them; none where provisional."""
    if is_provisional(date(year, 12, 31)):
        return []
    stretches: list[Stretch] = []
    day = date(year, 1, 1)
    while day.year == year:
        is_holiday, name = chinese_calendar.get_holiday_detail(day)
        works = bool(name) and not is_holiday
        if name:
            name = chinese_calendar.Holiday(name).chinese
            last = stretches[-1] if stretches else None
            if last and last.last == day - _DAY and (last.works, last.name) == (works, name):
                stretches[-1] = Stretch(last.first, day, works, name)
            else:
                stretches.append(Stretch(day, day, works, name))
        day += _DAY
    return stretches

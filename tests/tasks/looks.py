"""What somebody gets to see, on the day of the tests."""

from datetime import date

from meetings.tasks import queries
from meetings.tasks.queries import TaskFilter
from meetings.tasks.rules import LightRule
from meetings.workdays.rules import Calendar

TODAY = date(2026, 7, 14)
RULE = LightRule.of(TODAY, Calendar())


def ids(rows) -> list[int]:
    return [row.id for row in rows]


def listed(actor, **wanted) -> list[int]:
    return ids(queries.listing(TaskFilter(**wanted), actor=actor, rule=RULE).rows)

"""What is looked at in rows of tasks besides each cell. Pure."""

from collections.abc import Iterable

from meetings.core.errors import DomainError
from meetings.exchange.rules.tables import Line, Outcome, Present
from meetings.tasks import rules

MOST_STANDARDS = 20
LONGEST_STANDARD = 500


def check(lines: Iterable[Line], _present: Iterable[Present]) -> None:
    """As the page of one task looks at it: units, cycle, stage points, measures of completion."""
    for line in lines:
        if line.outcome not in {Outcome.NEW, Outcome.CHANGED}:
            continue
        now = line.values
        try:
            rules.check_units(now["lead_unit_id"], now["cooperating_unit_ids"])
            rules.check_cycle(now["reporting_cycle"], now["reporting_reason"])
            rules.check_stages(now["due_on"], [day for day, _said in now["stages"]])
        except DomainError as refusal:
            line.refuse(refusal)
        if len(now["standards"]) > MOST_STANDARDS or any(len(item) > LONGEST_STANDARD for item in now["standards"]):
            line.refuse(DomainError("row.standards", field="standards", most=MOST_STANDARDS, longest=LONGEST_STANDARD))

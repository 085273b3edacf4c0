"""Units are asked for the values that a year lacks."""

from meetings.accounts.models import Role
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.evaluation import rules
from meetings.notifications.actions import tell
from meetings.plans.models import Level
from meetings.plans.queries.monitoring import Standing


def ask_for_value(standing: Standing, year: int, *, by: Actor) -> None:
    """Tell who enters the value that it is missing: the lead unit, or the statistics unit where it comes from above.

    Raises ``coverage.no_unit`` where nobody is there to be asked.
    """
    rules.check_staff(by)
    if standing.lead is None:
        raise DomainError("coverage.no_unit")
    unit_id, _name = standing.lead
    above = standing.level is not Level.COUNTY
    tell(
        "evaluation.value_asked",
        roles={Role.LIAISON, Role.STATISTICIAN},
        unit_ids=[unit_id],
        number=str(year),
        title=standing.name,
        path=f"/indicators/{standing.id}" if above else f"/plans/values?unit={unit_id}&year={year}",
        by=by,
    )

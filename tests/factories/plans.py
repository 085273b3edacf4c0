"""Plans with their goals, measures and indicators, and the figures of these."""

from collections.abc import Sequence
from decimal import Decimal

from meetings.directory.models import Unit
from meetings.plans.models import (
    Domain,
    Goal,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Measure,
    Plan,
    PlanKind,
    Responsibility,
    ValueState,
)
from tests.factories.people import the_committee
from tests.factories.rows import save


def plan(**values: object) -> Plan:
    defaults = {
        "committee_id": the_committee().id,
        "kind": PlanKind.WOMEN,
        "title": "某县妇女发展规划",
        "from_year": 2021,
        "until_year": 2025,
    }
    return save(Plan(**{**defaults, **values}))


def domain(of: Plan, name: str = "妇女与健康", **values: object) -> Domain:
    return save(Domain(**{"committee_id": of.committee_id, "plan_id": of.id, "position": 1, "name": name, **values}))


def goal(of: Domain, text: str = "孕产妇得到系统管理。", **values: object) -> Goal:
    defaults = {"committee_id": of.committee_id, "plan_id": of.plan_id, "domain_id": of.id, "position": 1, "text": text}
    return save(Goal(**{**defaults, **values}))


def measure(of: Domain, text: str = "加强孕产期保健。", **values: object) -> Measure:
    defaults = {"committee_id": of.committee_id, "plan_id": of.plan_id, "domain_id": of.id, "position": 1, "text": text}
    return save(Measure(**{**defaults, **values}))


def indicator(of: Domain, name: str = "孕产妇系统管理率", units: Sequence[Unit] = (), **values: object) -> Indicator:
    """An indicator; the first of ``units`` leads, the others share the 主要责任."""
    defaults = {"committee_id": of.committee_id, "plan_id": of.plan_id, "domain_id": of.id, "position": 1, "name": name}
    row = Indicator(**{**defaults, **values})
    row.units = [
        IndicatorUnit(unit_id=unit.id, role=Responsibility.MAIN, position=place) for place, unit in enumerate(units)
    ]
    return save(row)


def figure(
    of: Indicator, year: int, amount: str, state: ValueState = ValueState.CHECKED, **values: object
) -> IndicatorValue:
    """The whole figure of the county in a year, checked."""
    defaults = {"committee_id": of.committee_id, "indicator_id": of.id, "year": year, "value": Decimal(amount)}
    return save(IndicatorValue(**{**defaults, "state": state, **values}))

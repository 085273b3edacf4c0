"""Rows of goals and indicators are written down by the same actions as on the pages of a plan."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.exchange.queries.plans import open_plans
from meetings.exchange.rules import plans as rules
from meetings.exchange.rules.tables import Line, Outcome
from meetings.plans import actions, queries
from meetings.plans.models import Domain

Refusing = Callable[[Line], AbstractContextManager[None]]


class _Domains:
    """Domains by plan and name, made where a row names a new one."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.plans = open_plans(by)
        self._known: dict[tuple[int, str], Domain] = {}
        self._loaded: set[int] = set()

    def of(self, line: Line) -> Domain:
        plan_id = self.plans.get(line.values["plan"])
        if plan_id is None:
            raise DomainError("row.unknown_plan", field="plan", name=line.values["plan"][:50])
        if plan_id not in self._loaded:
            plan = queries.find_plan(plan_id, actor=self.by)
            self._known |= {(plan_id, row.name): row for row in queries.domains_of(plan)}
            self._loaded.add(plan_id)
        key = (plan_id, line.values["domain"])
        if key not in self._known:
            plan = queries.find_plan(plan_id, actor=self.by)
            self._known[key] = actions.add_domain(plan, number="", name=key[1], by=self.by)
        return queries.find_domain(self._known[key].id, actor=self.by)


def goals(rows: Sequence[Line], refusing: Refusing, by: Actor) -> None:
    """A 任务分解书: goals with the units that answer for them."""
    domains = _Domains(by)
    for line in rows:
        with refusing(line):
            fields = {name: line.values[name] for name in ("number", "text", "is_text", "main_units", "shared_units")}
            if line.outcome is Outcome.NEW:
                actions.add_goal(domains.of(line), **fields, by=by)
            else:
                goal = queries.find_goal(int(line.key), actor=by)
                actions.edit_goal(goal, **fields, previous_id=goal.previous_id, by=by)


def indicators(rows: Sequence[Line], refusing: Refusing, by: Actor) -> None:
    """A list of indicators."""
    domains = _Domains(by)
    for line in rows:
        with refusing(line):
            if line.outcome is Outcome.NEW:
                domain = domains.of(line)
                actions.add_indicator(domain, **_fields(line, domain), previous_id=None, by=by)
            else:
                row = queries.find_indicator(int(line.key), actor=by)
                domain = queries.find_domain(row.domain_id, actor=by)
                actions.edit_indicator(row, **_fields(line, domain), previous_id=row.previous_id, by=by)


def _fields(line: Line, domain: Domain) -> dict[str, Any]:
    values = dict(line.values)
    for name in ("plan", "domain"):
        del values[name]
    number = values.pop("goal")
    goal_id = queries.goal_numbered(number, domain_id=domain.id) if number else None
    if number and goal_id is None:
        raise DomainError("row.no_goal", field="goal", number=number)
    month, day = rules.available(values.pop("available"))
    return {
        **values,
        **{name: rules.amount(line, name) for name in ("tolerance", "baseline_value", "target_value")},
        "goal_id": goal_id,
        "factor": rules.factor(values["unit_of_measure"], values["denominator_name"]),
        "available_month": month,
        "available_day": day,
    }

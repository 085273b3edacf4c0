"""Papers about plans."""

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.plans import queries as plans
from meetings.plans.models import Plan
from meetings.plans.queries import monitoring
from meetings.reporting.catalogue.entry import INTERNAL, Content, Entry, Parameters
from meetings.reporting.gather import indicator_coverage as gather_coverage
from meetings.reporting.gather import indicator_monitoring as gather_monitoring
from meetings.reporting.gather.task_facts import Moment
from reports import indicator_coverage, indicator_monitoring


def _plan_and_year(actor: Actor, chosen: Parameters) -> tuple[Plan, int]:
    plan = plans.find_plan(chosen["plan"], actor=actor)
    year = chosen.get("year") or monitoring.latest_year(plan, actor=actor)
    if year not in plan.years:
        raise DomainError("paper.year_not_of_plan", field="year", first=plan.from_year, last=plan.until_year)
    return plan, year


def _indicator_monitoring(actor: Actor, _moment: Moment, chosen: Parameters) -> Content:
    plan, year = _plan_and_year(actor, chosen)
    today, is_internal = clock.today(), chosen.get("scope") == "internal"
    data = gather_monitoring.gather(plan, year, actor=actor, today=today, is_internal=is_internal)
    return Content(data, f"{plan.title}{year}年指标监测表", _said(plan, year, is_internal), None, today)


def _indicator_coverage(actor: Actor, _moment: Moment, chosen: Parameters) -> Content:
    plan, year = _plan_and_year(actor, chosen)
    today, is_internal = clock.today(), chosen.get("scope") == "internal"
    data = gather_coverage.gather(plan, year, actor=actor, today=today, is_internal=is_internal)
    return Content(data, f"{plan.title}{year}年指标责任覆盖表", _said(plan, year, is_internal), None, today)


def _said(plan: Plan, year: int, is_internal: bool) -> str:
    return f"规划：{plan.title}；年度：{year}年" + (INTERNAL if is_internal else "")


ENTRIES = (
    Entry(
        "indicator-monitoring",
        "plans",
        "plans.read_values",
        ("plan", "year", "scope"),
        frozenset({"plan"}),
        _indicator_monitoring,
        indicator_monitoring.compose,
    ),
    Entry(
        "indicator-coverage",
        "plans",
        "plans.read_values",
        ("plan", "year", "scope"),
        frozenset({"plan"}),
        _indicator_coverage,
        indicator_coverage.compose,
    ),
)

"""Papers about plans."""

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.plans import queries as plans
from meetings.plans.queries import monitoring
from meetings.reporting.catalogue.entry import INTERNAL, Content, Entry, Parameters
from meetings.reporting.gather import indicator_monitoring as gather_monitoring
from meetings.reporting.gather.task_facts import Moment
from reports import indicator_monitoring


def _indicator_monitoring(actor: Actor, _moment: Moment, chosen: Parameters) -> Content:
    plan = plans.find_plan(chosen["plan"], actor=actor)
    today = clock.today()
    year = chosen.get("year") or monitoring.latest_year(plan, actor=actor)
    if year not in plan.years:
        raise DomainError("paper.year_not_of_plan", field="year", first=plan.from_year, last=plan.until_year)
    is_internal = chosen.get("scope") == "internal"
    data = gather_monitoring.gather(plan, year, actor=actor, today=today, is_internal=is_internal)
    said = f"规划：{plan.title}；年度：{year}年" + (INTERNAL if is_internal else "")
    return Content(data, f"{plan.title}{year}年指标监测表", said, None, today)


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
)

"""What the pages of a plan cost: 15 domains, 150 goals, 200 indicators, 10 years, 50 units, on both databases.

``python benchmarks/plans.py [--engines sqlite postgresql] [--keep FOLDER] [--requests 30]``

On the data of ``pages.py`` with 1,000 tasks. A second plan has 200 indicators whose figures come from above, so that
one grid holds 200 lines. Wall time is that of one client, to the end of the page; *changed*: nothing kept holds.
"""
# ruff: noqa: INP001, T201 - a program run by hand: it prints

import argparse
import statistics
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pages as measured
from pages import Database, Site, served
from sqlalchemy import Connection, func, insert, select

from app import create_app
from meetings.core import clock
from meetings.core.db import db
from meetings.core.settings import Settings
from meetings.evaluation.models import EvaluatedPlan, Evaluation, EvaluationKind
from meetings.plans.models import (
    Domain,
    Goal,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Level,
    Milestone,
    Plan,
    PlanKind,
    Responsibility,
    Stage,
    ValueState,
)
from tests.support import postgres

DOMAINS, GOALS, INDICATORS, UNITS, FIRST, LAST, TASKS = 15, 150, 200, 50, 2021, 2030, 1000
YEAR = 2025
GOAL_MS = 150.0


def fill(database: Database) -> None:
    """The two plans and an evaluation of the first, once."""
    app = create_app(Settings(data=database.data, database_url=database.url, log_level="WARNING"))
    with app.app_context():
        with db.engine.begin() as connection:
            if connection.scalar(select(func.count()).select_from(Indicator.__table__)):
                return
            first = _plan(connection, PlanKind.WOMEN, Level.COUNTY)
            _plan(connection, PlanKind.CHILDREN, Level.PREFECTURE)
            facts = {
                "committee_id": 1,
                "kind": EvaluationKind.MID_TERM,
                "title": "中期评估",
                "year": YEAR,
                "version": 1,
            }
            texts = dict.fromkeys(
                ("summary", "laws", "plans", "duties", "mechanisms", "experience", "problems", "next_steps"), ""
            )
            evaluation = _added(connection, Evaluation, is_scored=False, **facts, **texts)
            _added(connection, EvaluatedPlan, evaluation_id=evaluation, plan_id=first)
        db.engine.dispose()


def _added(connection: Connection, model: Any, **values: Any) -> int:
    return int(connection.execute(insert(model.__table__).values(**values)).inserted_primary_key[0])


def _plan(connection: Connection, kind: PlanKind, level: Level) -> int:
    at: dict[str, Any] = {"committee_id": 1}
    plan = _added(
        connection, Plan, **at, kind=kind, title="县发展规划", from_year=FIRST, until_year=LAST, stage=Stage.MONITORING,
        note="", version=1,
    )  # fmt: skip
    at["plan_id"] = plan
    domains = [
        _added(connection, Domain, **at, position=place, number="", name=f"领域{place}", version=1)
        for place in range(DOMAINS)
    ]
    goals = [
        _added(connection, Goal, **at, domain_id=domains[place % DOMAINS], position=place, number=str(place),
               text=f"主要目标{place}，逐步提高服务水平。", is_text=False, version=1)
        for place in range(GOALS)
    ]  # fmt: skip
    for place in range(INDICATORS):
        goal = place % GOALS
        id_ = _added(
            connection, Indicator, **at, domain_id=domains[goal % DOMAINS], goal_id=goals[goal], position=place,
            number=str(place), name=f"适龄妇女第{place}项服务人群覆盖率", numerator_name="服务人数",
            denominator_name="应服务人数", baseline_year=2020, baseline_value=Decimal(80), target_year=LAST,
            target_value=Decimal(95), level=level, version=1,
        )  # fmt: skip
        units = [
            {"indicator_id": id_, "unit_id": (place + n) % UNITS + 1, "role": Responsibility.MAIN, "position": n}
            for n in range(3)
        ]
        connection.execute(insert(IndicatorUnit.__table__), units)
        years = range(FIRST, LAST + 1)
        connection.execute(
            insert(Milestone.__table__),
            [{"indicator_id": id_, "year": year, "value": Decimal(81 + year - FIRST)} for year in years],
        )
        known = [
            year for year in (2016, 2017, 2018, 2019, 2020, *years) if year <= YEAR and (place % 10 or year < YEAR)
        ]
        connection.execute(
            insert(IndicatorValue.__table__),
            [
                {"committee_id": 1, "indicator_id": id_, "year": year, "value": Decimal(80 + (place + year) % 12),
                 "numerator": Decimal(800 + (place + year) % 12 * 10), "denominator": Decimal(1000),
                 "state": ValueState.LOCKED if year < YEAR else ValueState.SUBMITTED, "submitted_at": clock.now()}
                for year in known
            ],
        )  # fmt: skip
    return plan


PAGES = {
    "coverage": f"/plans/1/coverage?year={YEAR}",
    "monitoring": f"/plans/1/monitoring?year={YEAR}",
    "grid of 200 lines": f"/plans/values?above=1&year={YEAR}",
    "grid of a unit": f"/plans/values?unit=9&year={YEAR}",
    "results of the evaluation": "/evaluations/1/results",
    "paper 12, page": "/reports/evaluation-report?evaluation=1",
    "paper 11, page": f"/reports/indicator-monitoring?plan=1&year={YEAR}",
    "coverage, paper": f"/reports/indicator-coverage?plan=1&year={YEAR}",
}


def measure(site: Site, database: Database, path: str, requests: int, *, is_changed: bool) -> tuple[float, float]:
    """The median wall time in ms of a page, after two to warm up, and its CPU of server and database."""
    waits = []
    before = (0.0, 0.0)
    for n in range(requests + 2):
        if n == 2:
            before = site.cpu()
        if is_changed:
            database.change()
        begun = time.perf_counter()
        status, body = site.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}\n{body[-2000:]}")
        if n >= 2:
            waits.append((time.perf_counter() - begun) * 1000)
    return statistics.median(waits), (sum(site.cpu()) - sum(before)) * 1000 / requests


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--requests", type=int, default=30)
    chosen = parser.parse_args()
    print("| database | page | CPU ms | p50 ms | CPU ms, changed | p50 ms, changed | goal: 150 ms |")
    print("|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as made, postgres.server() as server:
        folder = chosen.keep or Path(made)
        for engine in chosen.engines:
            database = (
                measured.sqlite_database(folder, TASKS)
                if engine == "sqlite"
                else measured.postgres_database(folder, server, TASKS)
            )
            with served(database, floor=False):
                pass  # the schema is brought up to date
            fill(database)
            with served(database, floor=False) as site:
                site.sign_in("staff1")
                for name, path in PAGES.items():
                    warm, changed = (
                        measure(site, database, path, chosen.requests, is_changed=is_changed)
                        for is_changed in (False, True)
                    )
                    held = "held" if max(warm[0], changed[0]) <= GOAL_MS else "missed"
                    costs = " | ".join(f"{cpu:.1f} | {wall:.1f}" for wall, cpu in (warm, changed))
                    print(f"| {engine} | {name} | {costs} | {held} |", flush=True)


if __name__ == "__main__":
    main()

"""The two plans of the demo committee: one cycle near its end with its values, the next one being drafted.

Names, units, directions and targets are what counties usually have; every value is made up and says so (示例数据).
"""

import csv
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.demo.committee import COUNTY
from meetings.demo.narrator import Narrator
from meetings.directory.models import Unit
from meetings.documents.actions import add_document
from meetings.documents.models import DocumentKind
from meetings.plans import actions, queries
from meetings.plans.actions import values
from meetings.plans.models import Area, Direction, Domain, Indicator, Level, Plan, PlanKind, Sex, Stage
from meetings.plans.queries import checking
from meetings.plans.rules import milestones
from meetings.plans.rules.figures import Figure, computed, factor_of, rounded
from meetings.plans.rules.milestones import Path as Way

FIRST, LAST = 2021, 2025
SAMPLE = "示例数据"

# Left open on purpose, so that the page of gaps has something to fill.
WITHOUT_UNITS = frozenset({"W30", "C31"})
WITHOUT_MILESTONES = frozenset({"W17", "W22", "C13", "C26"})
WITHOUT_VALUE = frozenset({"W09", "W27", "C11", "C22", "C27"})  # of the last year
BEHIND = frozenset({"W03", "W07", "C09", "C13", "C20", "C30"})
SENSITIVE = frozenset({"W01", "W08", "W32", "C01", "C02", "C03", "C15", "C16"})
KEY = frozenset({"W01", "W02", "W07", "W27", "C03", "C05", "C11", "C18", "C19", "C28", "C32"})
# How much of the way to the target is gone after each year, in percent.
PACE = {2021: 15, 2022: 38, 2023: 60, 2024: 85, 2025: 104}

Row = Mapping[str, str]


def _rows(name: str) -> list[Row]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Plans(Narrator):
    """Tells of the plans."""

    def tell(self) -> None:
        """Both plans of 2021–2025 with their values, and both of 2026–2030 in draft."""
        indicators, goals = _rows("indicators.csv"), _rows("goals.csv")
        found: list[Plan] = []
        for kind, letter in ((PlanKind.WOMEN, "W"), (PlanKind.CHILDREN, "C")):
            rows = [row for row in indicators if row["code"].startswith(letter)]
            with self._on(date(FIRST + 1, 1, 5), by=self.staff):
                found.append(self._plan(kind, rows, goals))
        with self._on(date(FIRST + 1, 1, 6), by=self.director):
            values.name_statistics_unit(db.session.get_one(Unit, self.units["县统计局"]), by=self.director)
        self._values(indicators)
        for plan in found:
            with self._on(date(2026, 5, 6), by=self.staff):
                self._evaluate(queries.find_plan(plan.id, actor=self.staff))
        for plan in found:
            with self._on(date(2026, 6, 2), by=self.staff):
                self._next(queries.find_plan(plan.id, actor=self.staff))

    def _on(self, day: date, *, by: Actor) -> AbstractContextManager[None]:
        """A transaction on that day, or today where it has not come."""
        return self.on(min((day - self.today).days, 0), by=by)

    def _plan(self, kind: PlanKind, indicators: Sequence[Row], goals: Sequence[Row]) -> Plan:
        word = "妇女" if kind is PlanKind.WOMEN else "儿童"
        title = f"{COUNTY}{word}发展规划（{FIRST}—{LAST}年）"
        document = add_document(
            kind=DocumentKind.PLAN,
            title=title,
            number=f"云政发〔{FIRST}〕{9 if kind is PlanKind.WOMEN else 10}号",
            issuing_body=f"{COUNTY}人民政府",
            issued_on=date(2021, 12, 20),
            text="",
            is_for_units=True,
            by=self.staff,
        )
        plan = actions.add_plan(
            kind=kind,
            title=title,
            from_year=FIRST,
            until_year=LAST,
            document_id=document.id,
            note=f"各项数值均为{SAMPLE}。2023 年已作中期评估。",
            by=self.staff,
        )
        days = {
            Stage.RESEARCH: date(2021, 2, 1),
            Stage.DRAFTING: date(2021, 4, 6),
            Stage.CONSULTATION: date(2021, 7, 1),
            Stage.SUBMISSION: date(2021, 10, 8),
            Stage.ISSUE: date(2021, 12, 20),
            Stage.IMPLEMENTATION: date(2022, 1, 4),
        }
        begun = {stage: actions.StageEntry(None, day) for stage, day in days.items() if day <= clock.today()}
        actions.enter_stages(plan, stage=list(begun)[-1], entries=begun, by=self.staff)
        names = list(dict.fromkeys(row["domain"] for row in indicators))
        for number, name in zip("一二三四五六七八", names, strict=False):
            domain = actions.add_domain(plan, number=f"（{number}）", name=name, by=self.staff)
            self._domain(
                domain,
                [row for row in indicators if row["domain"] == name],
                [row for row in goals if row["domain"] == name],
            )
        return plan

    def _domain(self, domain: Domain, indicators: Sequence[Row], rows: Sequence[Row]) -> None:
        of_code: dict[str, int] = {}
        for number, row in enumerate((row for row in rows if row["kind"] == "goal"), start=1):
            codes = row["codes"].split()
            mine = [each for each in indicators if each["code"] in codes]
            main = list(dict.fromkeys(self.units[each["lead_unit"]] for each in mine)) or [self.units["县妇联"]]
            shared = dict.fromkeys(id_ for each in mine for id_ in self._named(each["shared_units"]))
            goal = actions.add_goal(
                domain,
                number=str(number),
                text=row["text"],
                is_text=not codes,
                main_units=main,
                shared_units=[id_ for id_ in shared if id_ not in main],
                by=self.staff,
            )
            of_code |= dict.fromkeys(codes, goal.id)
        lead = self.units[indicators[0]["lead_unit"]]
        for number, row in enumerate((row for row in rows if row["kind"] == "measure"), start=1):
            actions.add_measure(
                domain, number=str(number), text=row["text"], main_units=[lead], shared_units=[], by=self.staff
            )
        for row in indicators:
            self._indicator(domain, row, of_code.get(row["code"]))

    def _named(self, names: str) -> list[int]:
        return [self.units[name] for name in names.split("、") if name]

    def _indicator(self, domain: Domain, row: Row, goal_id: int | None) -> None:
        code, direction, target = row["code"], Direction(row["direction"]), _number(row["target"])
        is_open = code in WITHOUT_UNITS
        indicator = actions.add_indicator(
            domain,
            goal_id=goal_id,
            number=str(int(code[1:])),
            name=row["name"],
            definition="",
            formula="",
            numerator_name=row["numerator"],
            denominator_name=row["denominator"],
            factor=factor_of(row["unit"]) or (1000 if row["name"].startswith("每千") else 1),
            decimals=_decimals(row),
            unit_of_measure=row["unit"],
            source="部门统计报表",
            direction=direction,
            tolerance=Decimal(3) if direction is Direction.AROUND else None,
            baseline_year=FIRST - 1 if row["baseline"] else None,
            baseline_value=_number(row["baseline"]),
            target_year=int(row["target_year"]),
            target_value=target,
            target_text=_target_text(direction) if target is None else "",
            level=Level(row["level"]),
            available_month=3,
            available_day=31,
            is_text=False,
            is_key=code in KEY,
            is_sensitive=code in SENSITIVE,
            has_sex=False,
            has_area=False,
            previous_id=None,
            main_units=[] if is_open else [self.units[row["lead_unit"]]],
            shared_units=[] if is_open else self._named(row["shared_units"]),
            by=self.staff,
        )
        if code not in WITHOUT_MILESTONES and target is not None and indicator.baseline_value is not None:
            steps = milestones.proposed(
                Way.STEPPED if code in {"C24", "C25", "C32"} else Way.STRAIGHT,
                domain.plan.years,
                baseline_year=indicator.baseline_year,
                baseline_value=indicator.baseline_value,
                target_year=indicator.target_year,
                target_value=target,
                direction=direction,
                decimals=indicator.decimals,
            )
            actions.set_milestones(indicator, milestones=steps, by=self.staff)

    # --- values -------------------------------------------------------------------------------------------------

    def _values(self, rows: Sequence[Row]) -> None:
        """Each lead unit enters its own, 县统计局 what comes from above and checks; finished years are locked."""
        found = {
            (row.plan.kind, row.number): row
            for row in db.session.scalars(select(Indicator).where(Indicator.committee_id == self.committee_id))
            for row in [queries.find_indicator(row.id, actor=self.staff)]
        }
        known = {row["code"]: found[_kind(row), str(int(row["code"][1:]))].id for row in rows}
        statistics = self.person_of("县统计局", Role.LIAISON)
        for year in range(FIRST, min(LAST, self.today.year) + 1):
            by_unit: dict[str, list[values.Entry]] = {}
            for row in rows:
                entry = _entry(row, known[row["code"]], year)
                if entry is not None:
                    is_own = row["level"] == "county" and row["code"] not in WITHOUT_UNITS
                    unit = row["lead_unit"] if is_own else "县统计局"
                    by_unit.setdefault(unit, []).append(entry)
            for unit, entries in by_unit.items():
                by = self.person_of(unit, Role.LIAISON)
                with self._on(date(year + 1, 3, 31), by=by):
                    values.save_values(entries, year=year, entered_unit_id=self.units[unit], is_submitting=True, by=by)
            for checker in (statistics, self.director):  # what 县统计局 entered itself is checked by the office
                self._check(year, checker)
            if year < LAST:
                with self._on(date(year + 1, 4, 30), by=self.director):
                    values.lock_year(year, by=self.director)

    def _check(self, year: int, by: Actor) -> None:
        with self._on(date(year + 1, 4, 15), by=by):
            waiting = checking.submitted(year, actor=by)
            ids = {each.kept.id for each in waiting if by is self.director or each.kept.entered_by_name != by.name}
            if year == LAST and by is self.director:
                ids = set(sorted(ids)[:-2])  # two wait for whoever opens the page
            values.check_values(checking.values_to_change(ids, actor=by), by=by)

    def _evaluate(self, plan: Plan) -> None:
        """The plan has come to its final evaluation, where that day has come."""
        entries = {row.stage: actions.StageEntry(row.due_on, row.begun_on, row.note) for row in plan.stages}
        entries[Stage.MONITORING] = actions.StageEntry(None, date(2022, 3, 1), "每年4月底前报上年数值")
        stage = Stage.MONITORING
        if clock.today() >= (day := date(2026, 5, 6)):
            stage = Stage.EVALUATION
            entries[stage] = actions.StageEntry(date(2026, 12, 31), day, "终期评估")
        actions.enter_stages(plan, stage=stage, entries=entries, by=self.staff)

    # --- the next cycle -----------------------------------------------------------------------------------------

    def _next(self, plan: Plan) -> None:
        word = "妇女" if plan.kind is PlanKind.WOMEN else "儿童"
        whole = queries.whole(plan)
        new = actions.open_next(
            plan,
            title=f"{COUNTY}{word}发展规划（{LAST + 1}—{LAST + 5}年）",
            until_year=LAST + 5,
            goal_ids={row.id for domain in whole for row in domain.goals},
            measure_ids={row.id for domain in whole for row in domain.measures[:1]},
            indicator_ids={row.id for domain in whole for row in domain.indicators},
            by=self.staff,
        )
        begun = {
            Stage.RESEARCH: date(2026, 1, 12),
            Stage.DRAFTING: date(2026, 3, 9),
            Stage.CONSULTATION: date(2026, 6, 1),
        }
        entries = {stage: actions.StageEntry(None, day) for stage, day in begun.items() if day <= self.today}
        if entries:
            entries |= {
                Stage.SUBMISSION: actions.StageEntry(date(2026, 10, 31), None),
                Stage.ISSUE: actions.StageEntry(date(2026, 12, 31), None),
            }
            present = [stage for stage in begun if stage in entries][-1]
            actions.enter_stages(
                queries.find_plan(new.id, actor=self.staff), stage=present, entries=entries, by=self.staff
            )


def _kind(row: Row) -> PlanKind:
    return PlanKind.WOMEN if row["code"].startswith("W") else PlanKind.CHILDREN


def _target_text(direction: Direction) -> str:
    return {Direction.COUNT: "", Direction.LOWER: "下降"}.get(direction, "提高")


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _decimals(row: Row) -> int:
    if row["unit"] in {"人", "件", "个"} and not row["target"].count("."):
        return 0
    return 2 if row["name"].startswith("每千名") else 1


def _entry(row: Row, indicator_id: int, year: int) -> values.Entry | None:
    """A made-up value of a year: on its way from the baseline to the target, some of them behind, some missing."""
    baseline = _number(row["baseline"])
    if baseline is None or (year == LAST and row["code"] in WITHOUT_VALUE):
        return None
    target = _number(row["target"])
    pace = PACE[year] * (55 if row["code"] in BEHIND else 100) // 100
    is_lower = row["direction"] == "lower"
    end = target if target is not None else baseline * Decimal("0.8" if is_lower else "1.06")
    if (end > baseline) is is_lower:  # the target was met from the beginning, and things go on getting better
        end = baseline * Decimal("0.9") if is_lower else baseline * Decimal("1.01")
    value = rounded(baseline + (end - baseline) * pace / 100, _decimals(row))
    if row["unit"] == "%":
        value = min(value, Decimal(100))
    figure = Figure(value)
    if row["denominator"]:
        # A few more or fewer each year; the counts are whole, so that the rate follows from them.
        denominator = Decimal(int(row["size"]))
        if denominator > 200:
            denominator = (denominator * (1000 - 6 * (year - FIRST)) / 1000).to_integral_value()
        factor = factor_of(row["unit"]) or 1000
        numerator = (value * denominator / factor).to_integral_value()
        figure = Figure(
            computed(numerator, denominator, factor=factor, decimals=_decimals(row)), numerator, denominator
        )
    return values.Entry(
        f"{indicator_id}", indicator_id, None, Sex.ALL, Area.ALL, figure, reason="", note=SAMPLE, seen=0
    )

"""What happened to values of the demo committee: one returned, one corrected, one judged by hand, two by township."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.demo.narrator import Narrator
from meetings.plans.actions import values
from meetings.plans.models import Area, Indicator, IndicatorState, IndicatorValue, Plan, PlanKind, Sex
from meetings.plans.queries import checking
from meetings.plans.rules.figures import Figure, figure_of

YEAR = 2025
POPULATION = (412, 388, 305, 276, 261, 240, 198, 175, 160)
CASES = (9, 7, 3, 6, 5, 8, 6, 5, 7)


class Values(Narrator):
    """Tells of single values; the plans and their figures are there."""

    def tell(self) -> None:
        statistics = self.person_of("县统计局", Role.LIAISON)
        kindergartens = self._indicator("学前教育毛入园率")
        if kindergartens:
            rates = [
                figure_of(
                    numerator=Decimal(count * (88 + place % 7) // 100),
                    denominator=Decimal(count),
                    value=None,
                    factor=kindergartens.factor,
                    decimals=kindergartens.decimals,
                    is_rate=True,
                )
                for place, count in enumerate(POPULATION)
            ]
            self._townships(kindergartens, "县教育局", rates, checker=statistics)
        warnings = self._indicator("反家庭暴力告诫书发放数")
        if warnings:
            self._townships(warnings, "县公安局", [Figure(Decimal(count)) for count in CASES], checker=statistics)
        self._returned("九年义务教育巩固率", by=statistics)
        self._corrected("孕产妇系统管理率")
        self._judged("女性人均预期寿命")

    def _day(self, day: date) -> int:
        """Days from today; a day that has not come is today."""
        return min((day - self.today).days, 0)

    def _indicator(self, name: str) -> Indicator | None:
        return db.session.scalar(
            select(Indicator)
            .join(Plan, Plan.id == Indicator.plan_id)
            .where(Plan.committee_id == self.committee_id, Plan.from_year <= YEAR, Plan.until_year >= YEAR)
            .where(Indicator.name == name)
            .order_by(Plan.kind == PlanKind.CHILDREN, Indicator.id)
        )

    def _value(self, name: str, year: int) -> int | None:
        indicator = self._indicator(name)
        if indicator is None:
            return None
        return db.session.scalar(
            select(IndicatorValue.id).where(
                IndicatorValue.indicator_id == indicator.id,
                IndicatorValue.year == year,
                IndicatorValue.unit_id.is_(None),
                IndicatorValue.sex == Sex.ALL,
                IndicatorValue.area == Area.ALL,
            )
        )

    def _returned(self, name: str, *, by: Actor) -> None:
        if value_id := self._value(name, YEAR):
            with self.on(self._day(date(2026, 5, 12)), by=by):
                row = checking.find_value(value_id, actor=by)
                values.return_value(row, reason="毕业生数与教育事业统计报表不一致，请核对。", by=by)

    def _corrected(self, name: str) -> None:
        if value_id := self._value(name, YEAR - 1):
            with self.on(self._day(date(2026, 5, 13)), by=self.staff):
                row = checking.find_value(value_id, actor=self.staff)
                if row.numerator is not None:
                    values.correct_value(
                        row,
                        numerator=row.numerator - 2,
                        denominator=row.denominator,
                        value=None,
                        reason="州级复核时剔除两例外县户籍。",
                        by=self.staff,
                    )

    def _judged(self, name: str) -> None:
        if indicator := self._indicator(name):
            with self.on(self._day(date(2026, 5, 14)), by=self.staff):
                values.judge_by_hand(
                    indicator,
                    year=YEAR,
                    state=IndicatorState.MET,
                    reason="自治区公布的数据高于基期，按州级评估口径认定。",
                    version=None,
                    by=self.staff,
                )

    def _townships(self, indicator: Indicator, unit: str, figures: Sequence[Figure], *, checker: Actor) -> None:
        by, indicator_id = self.person_of(unit, Role.LIAISON), indicator.id
        with self.on(self._day(date(2026, 5, 8)), by=by):
            entries = [
                values.Entry(str(place), indicator_id, township, Sex.ALL, Area.ALL, figure, "", "", 0)
                for place, (township, figure) in enumerate(zip(self.townships, figures, strict=False))
            ]
            values.save_values(entries, year=YEAR, entered_unit_id=self.units[unit], is_submitting=True, by=by)
        with self.on(self._day(date(2026, 5, 9)), by=checker):
            waiting = {
                each.kept.id
                for each in checking.submitted(YEAR, actor=checker)
                if each.line.measured.id == indicator_id and each.line.unit_id
            }
            values.check_values(checking.values_to_change(waiting, actor=checker), by=checker)

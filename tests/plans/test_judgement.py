"""The states of indicators: every trap by name, then the properties that hold for all values."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.core.errors import DomainError
from meetings.plans.models import Direction, IndicatorState, Level
from meetings.plans.rules.figures import computed
from meetings.plans.rules.judgement import (
    Ground,
    Judgement,
    Yardstick,
    attainment,
    available_on,
    check_manual,
    judge,
    percent,
    progress,
)

D = Decimal
S = IndicatorState


def yardstick(target: str | None, baseline: str | None = None, direction: str = "higher", **more: object) -> Yardstick:
    return Yardstick(
        direction=Direction(direction),
        target=None if target is None else D(target),
        baseline=None if baseline is None else D(baseline),
        **{"target_year": 2025} | more,
    )


@pytest.mark.parametrize(
    ("measure", "year", "value", "milestone", "state", "gone"),
    [
        # up, in the target year and after it
        (yardstick("95", "87.5"), 2025, "95.0", None, S.MET, "100.0"),
        (yardstick("95", "85"), 2025, "94", None, S.NEARLY_MET, "90.0"),
        (yardstick("95", "85"), 2025, "93.9", "90", S.MISSED, "89.0"),
        (yardstick("95", "85"), 2026, "94", None, S.NEARLY_MET, "90.0"),
        # down: 30 to 20 with 25 reached is half the way, never "more than 100 %"
        (yardstick("20", "30", "lower"), 2025, "25", None, S.MISSED, "50.0"),
        (yardstick("20", "30", "lower"), 2025, "21", None, S.NEARLY_MET, "90.0"),
        (yardstick("20", "30", "lower"), 2025, "19.9", None, S.MET, "101.0"),
        # capping: 40 % stays 40, twice the way is 200, the wrong way is below zero
        (yardstick("100", "0"), 2025, "40", None, S.MISSED, "40.0"),
        (yardstick("90", "80"), 2025, "100", None, S.MET, "200.0"),
        (yardstick("90", "80"), 2025, "75", None, S.MISSED, "-50.0"),
        # a target of zero
        (yardstick("0", "5", "lower"), 2025, "0", None, S.MET, "100.0"),
        (yardstick("0", "5", "lower"), 2025, "0.5", None, S.NEARLY_MET, "90.0"),
        (yardstick("0", "0", "lower"), 2025, "0", None, S.MET, None),
        (yardstick("0", "0", "lower"), 2025, "1", None, S.MISSED, None),
        (yardstick("0", "0"), 2025, "0", None, S.MET, None),
        # target equal to baseline: to be kept; and a baseline that is past the target already
        (yardstick("96", "96"), 2025, "96", None, S.MET, None),
        (yardstick("96", "96"), 2025, "95.9", None, S.MISSED, None),
        (yardstick("96", "97"), 2025, "95.9", None, S.MISSED, None),
        (yardstick("96", "97"), 2025, "96.5", None, S.MET, None),
        # no baseline: met or missed, 基本达标 is not judged
        (yardstick("95"), 2025, "94.9", None, S.MISSED, None),
        (yardstick("95"), 2025, "95", None, S.MET, None),
        # around, both ends of the band within, from either side
        (yardstick("45", "40", "around", tolerance=D(2)), 2025, "43", None, S.MET, "100.0"),
        (yardstick("45", "40", "around", tolerance=D(2)), 2025, "47", None, S.MET, "100.0"),
        (yardstick("45", "40", "around", tolerance=D(2)), 2025, "47.1", None, S.NEARLY_MET, "96.7"),
        (yardstick("45", "40", "around", tolerance=D(2)), 2025, "50", None, S.MISSED, "0.0"),
        (yardstick("45", "40", "around", tolerance=D(2)), 2025, "42.7", None, S.NEARLY_MET, "90.0"),
        (yardstick("45", "44", "around", tolerance=D(2)), 2025, "48", None, S.MISSED, None),
        (yardstick("50", None, "around"), 2025, "50", None, S.MET, None),
        (yardstick("50", None, "around"), 2025, "50.1", None, S.MISSED, None),
        # before the target year: the target, then the year's milestone
        (yardstick("95", "87.5"), 2023, "95", "90", S.MET, "100.0"),
        (yardstick("95", "87.5"), 2023, "91.8", "90", S.ON_COURSE, "57.3"),
        (yardstick("95", "87.5"), 2023, "90.0", "90.0", S.ON_COURSE, "33.3"),
        (yardstick("95", "87.5"), 2023, "89.9", "90", S.MISSED, "32.0"),
        (yardstick("95", "87.5"), 2023, "94.9", None, S.MISSED, "98.7"),
        (yardstick("5", "10", "lower"), 2023, "7", "7", S.ON_COURSE, "60.0"),
        (yardstick("5", "10", "lower"), 2023, "7.1", "7", S.MISSED, "58.0"),
        (yardstick("45", "30", "around"), 2023, "40", "40", S.ON_COURSE, "66.7"),
        (yardstick("45", "30", "around"), 2023, "50", "40", S.ON_COURSE, "66.7"),
        (yardstick("45", "30", "around"), 2023, "50.1", "40", S.MISSED, "66.0"),
        # 提高 and 降低 without a figure: the baseline is bettered, or not
        (yardstick(None, "75.2"), 2025, "75.3", None, S.MET, None),
        (yardstick(None, "75.2"), 2025, "75.2", None, S.MISSED, None),
        (yardstick(None, "12", "lower"), 2025, "11", None, S.MET, None),
        (yardstick(None), 2025, "75", None, S.NOT_QUANTIFIED, None),
        (yardstick(None, "50", "around"), 2025, "50", None, S.NOT_QUANTIFIED, None),
        # a count is counted; with a target it is to be reached
        (yardstick(None, "3", "count"), 2025, "7", None, S.NOT_QUANTIFIED, None),
        (yardstick("1", "0", "count"), 2025, "1", None, S.MET, "100.0"),
        (yardstick("1", "0", "count"), 2025, "0", None, S.MISSED, "0.0"),
        # what has no figure
        (yardstick("95"), 2025, None, None, S.NO_VALUE, None),
        (yardstick("95", is_text=True), 2025, None, None, S.NOT_QUANTIFIED, None),
        (yardstick("95", level=Level.NOT_MONITORED), 2025, None, None, S.NOT_MONITORED, None),
        (yardstick("95", level=Level.REGION), 2025, None, None, S.NO_VALUE, None),
    ],
)
def test_states(
    measure: Yardstick, year: int, value: str | None, milestone: str | None, state: IndicatorState, gone: str | None
) -> None:
    found = judge(
        measure, year, None if value is None else D(value), milestone=None if milestone is None else D(milestone)
    )
    assert (found.state, found.progress) == (state, None if gone is None else D(gone))


def test_a_year_whose_figure_is_not_out_is_no_gap() -> None:
    assert judge(yardstick("95"), 2025, None, is_out=False).state == S.NOT_DUE
    assert judge(yardstick("95"), 2025, D(95), is_out=False).state == S.MET


def test_the_figure_of_a_year_is_out_from_its_day_of_the_next_year() -> None:
    assert [str(available_on(2025, *day)) for day in ((None, None), (6, 30), (2, 30), (4, 31), (9, None))] == [
        "2026-01-01",
        "2026-06-30",
        "2026-02-28",
        "2026-04-30",
        "2026-09-01",
    ]


def test_nine_tenths_are_judged_by_the_exact_way_not_by_the_printed_percent() -> None:
    measure = yardstick("100", "0")
    assert judge(measure, 2025, D("89.96")).progress == D("90.0")
    assert judge(measure, 2025, D("89.96")).state == S.MISSED


def test_a_manual_judgement_goes_first_and_carries_its_reason() -> None:
    found = judge(yardstick("95", "85"), 2025, D(90), manual=(S.MET, "州级已确认达标"))
    assert found == Judgement(S.MET, Ground.MANUAL, D("50.0"), "州级已确认达标")
    assert found.is_manual


@pytest.mark.parametrize(
    ("state", "reason", "code"),
    [(S.MET, "  ", "judgement.reason_needed"), (S.NO_VALUE, "无", "judgement.not_decidable")],
)
def test_a_manual_judgement_needs_a_reason_and_a_state_that_a_person_can_give(
    state: IndicatorState, reason: str, code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        check_manual(state, reason)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(40, 51, "78.4"), (38, 49, "77.6"), (50, 57, "87.7"), (40, 46, "87.0"), (1, 16, "6.3"), (0, 3, "0.0")],
)
def test_published_rates_are_reproduced_half_up(part: int, whole: int, text: str) -> None:
    """40 of 46 is 86.96 %: a published source cut it to 86.9."""
    assert str(percent(part, whole)) == text
    assert percent(0, 0) is None


def test_rates_of_attainment_say_what_they_are_counted_over() -> None:
    found = attainment(
        [S.MET] * 40 + [S.NEARLY_MET] * 2 + [S.ON_COURSE] + [S.MISSED] * 2 + [S.NO_VALUE]
        + [S.NOT_QUANTIFIED, S.NOT_DUE, S.NOT_MONITORED]
    )  # fmt: skip
    assert (found.met, found.judged, found.met_percent) == (40, 46, D("87.0"))
    assert (found.in_hand, found.in_hand_percent, found.total) == (43, D("93.5"), 49)
    assert attainment([S.NOT_DUE]).met_percent is None


amounts = st.decimals(min_value=-(10**6), max_value=10**6, places=2)
years = st.integers(2020, 2030)
maybe = st.none() | amounts
RANK = {S.MISSED: 0, S.ON_COURSE: 1, S.NEARLY_MET: 1, S.MET: 2}


@given(amounts, maybe, maybe, amounts, years)
def test_lower_is_higher_seen_in_a_mirror(
    target: Decimal, baseline: Decimal | None, milestone: Decimal | None, value: Decimal, year: int
) -> None:
    def turned(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else -amount

    up = Yardstick(direction=Direction.HIGHER, target=target, target_year=2025, baseline=baseline)
    down = Yardstick(direction=Direction.LOWER, target=-target, target_year=2025, baseline=turned(baseline))
    assert judge(up, year, value, milestone=milestone) == judge(down, year, -value, milestone=turned(milestone))


@given(st.sampled_from(list(Direction)), amounts, maybe, maybe, amounts, amounts, years)
def test_a_better_value_is_never_judged_worse(
    direction: Direction,
    target: Decimal,
    baseline: Decimal | None,
    milestone: Decimal | None,
    one: Decimal,
    other: Decimal,
    year: int,
) -> None:
    measure = Yardstick(direction=direction, target=target, target_year=2025, baseline=baseline, tolerance=Decimal(3))
    distance = {
        Direction.LOWER: lambda value: value,
        Direction.AROUND: lambda value: abs(value - target),
    }.get(direction, lambda value: -value)
    better, worse = sorted((one, other), key=distance)
    good, bad = (judge(measure, year, value, milestone=milestone) for value in (better, worse))
    assert RANK[good.state] >= RANK[bad.state]
    assert good.progress is None or good.progress >= (bad.progress or good.progress)


@given(amounts, amounts)
def test_the_baseline_is_no_way_and_the_target_is_all_of_it(target: Decimal, baseline: Decimal) -> None:
    measure = Yardstick(
        direction=Direction.HIGHER if target > baseline else Direction.LOWER,
        target=target,
        target_year=2025,
        baseline=baseline,
    )
    if target == baseline:
        assert progress(measure, target) is None
    else:
        assert (progress(measure, baseline), progress(measure, target)) == (0, 100)


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([1, 100, 1000, 100_000]), st.integers(0, 4))
def test_rounding_is_half_up_and_never_off_by_more_than_half(part: int, whole: int, factor: int, decimals: int) -> None:
    found = computed(Decimal(part), Decimal(whole), factor=factor, decimals=decimals)
    off = found * whole - Decimal(part * factor)
    half = Decimal(whole) / 2 / 10**decimals
    assert -half < off <= half


def test_all_states_of_a_plan_are_found_in_a_fraction_of_a_second() -> None:
    measure = yardstick("95", "87.5")
    begun = time.perf_counter()
    for place in range(2000):
        judge(measure, 2021 + place % 5, D(870 + place % 90) / 10, milestone=D(90))
    assert time.perf_counter() - begun < 0.5

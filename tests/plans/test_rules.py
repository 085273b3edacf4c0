"""Paths to a target, and what the fields of an indicator must be together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.core.errors import DomainError
from meetings.plans.models import Direction, Level, Responsibility
from meetings.plans.rules import milestones, tree
from meetings.plans.rules.milestones import Path

ENDS = {
    "baseline_year": 2020,
    "baseline_value": Decimal("87.5"),
    "target_year": 2030,
    "target_value": Decimal("95.0"),
    "direction": Direction.HIGHER,
}


def test_a_straight_path_goes_the_same_share_each_year_and_is_rounded_half_up():
    found = milestones.proposed(Path.STRAIGHT, range(2021, 2031), **ENDS, decimals=1)
    assert found[2021] == Decimal("88.3")  # 88.25
    assert found[2022] == Decimal("89.0")
    assert found[2025] == Decimal("91.3")  # 91.25
    assert found[2030] == Decimal("95.0")


def test_a_stepped_path_holds_between_its_steps():
    found = milestones.proposed(Path.STEPPED, range(2021, 2031), **ENDS, decimals=1, step=2)
    assert list(map(str, list(found.values())[:5])) == ["87.5", "89.0", "89.0", "90.5", "90.5"]
    assert found[2030] == Decimal("95.0")


def test_a_path_downwards_and_one_that_stays():
    down = {"baseline_year": 2020, "baseline_value": Decimal(30), "target_year": 2025, "target_value": Decimal(20)}
    down["direction"] = Direction.LOWER
    assert milestones.proposed(Path.STRAIGHT, range(2021, 2026), **down, decimals=0)[2023] == 24
    same = down | {"target_value": Decimal(30)}
    assert set(milestones.proposed(Path.STEPPED, range(2021, 2026), **same, decimals=0).values()) == {Decimal(30)}


def test_a_baseline_as_good_as_the_target_leaves_no_way_to_go():
    deaths = {"baseline_year": 2020, "baseline_value": Decimal(0), "target_year": 2025, "target_value": Decimal("14.5")}
    for path in Path:
        found = milestones.proposed(path, range(2021, 2026), **deaths, direction=Direction.LOWER, decimals=1)
        assert set(found.values()) == {Decimal("14.5")}


def test_a_path_ends_with_the_target_and_needs_both_ends():
    found = milestones.proposed(Path.STRAIGHT, range(2021, 2031), **(ENDS | {"target_year": 2027}), decimals=1)
    assert max(found) == 2027
    for missing in ENDS.keys() - {"direction"}:
        with pytest.raises(DomainError, match="no_ends"):
            milestones.proposed(Path.STRAIGHT, range(2021, 2031), **(ENDS | {missing: None}), decimals=1)


@given(
    st.sampled_from(Path),
    st.decimals(0, 1000, places=2),
    st.decimals(0, 1000, places=2),
    st.integers(2, 5),
    st.integers(0, 4),
)
def test_a_path_never_turns_back_and_never_leaves_its_ends(path, begin, end, step, decimals):
    found = milestones.proposed(
        path,
        range(2021, 2031),
        baseline_year=2020,
        baseline_value=begin,
        target_year=2030,
        target_value=end,
        direction=Direction.HIGHER if end >= begin else Direction.LOWER,
        decimals=decimals,
        step=step,
    )
    values = list(found.values())
    unit = Decimal(1).scaleb(-decimals)
    assert values[-1] == end
    assert all(min(begin, end) - unit < value < max(begin, end) + unit for value in values)
    assert values[:-1] in (sorted(values[:-1]), sorted(values[:-1], reverse=True))


RIGHT = {
    "direction": Direction.HIGHER,
    "tolerance": None,
    "baseline_year": 2020,
    "baseline_value": Decimal(80),
    "target_year": 2025,
    "target_value": Decimal(90),
    "target_text": "",
    "level": Level.COUNTY,
    "is_text": False,
    "available_month": None,
    "available_day": None,
}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"direction": Direction.AROUND}, "tolerance"),
        ({"tolerance": Decimal(1)}, "tolerance"),
        ({"baseline_year": None}, "baseline_year"),
        ({"target_year": 2020}, "target_year"),
        ({"target_value": None}, "target_value"),
        ({"available_month": 2}, "available_day"),
        ({"available_month": 2, "available_day": 30}, "available_day"),
    ],
)
def test_fields_that_do_not_fit_together_are_refused_by_name(changed, field):
    with pytest.raises(DomainError) as refused:
        tree.check_indicator(**{**RIGHT, **changed})
    assert refused.value.field == field


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"target_value": Decimal(80)},  # to be kept
        {"target_value": Decimal(0), "direction": Direction.LOWER},
        {"target_value": None, "target_text": "提高"},
        {"target_value": None, "direction": Direction.COUNT},
        {"target_value": None, "is_text": True},
        {"target_value": None, "level": Level.NOT_MONITORED},
        {"available_month": 2, "available_day": 29},
    ],
)
def test_fields_that_fit(changed):
    tree.check_indicator(**{**RIGHT, **changed})


def test_the_first_of_the_main_units_leads():
    assert tree.responsible([3, 1], [2])[0] == (3, Responsibility.MAIN)
    with pytest.raises(DomainError, match="unit_in_both"):
        tree.responsible([1], [1])
    with pytest.raises(DomainError, match="no_lead"):
        tree.responsible([], [1])

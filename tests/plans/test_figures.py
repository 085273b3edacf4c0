"""Figures as they are typed and pasted, computed, asked about, and kept back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.core.errors import DomainError
from meetings.plans.rules.checks import Check, questions
from meetings.plans.rules.disclosure import hidden, is_small, one_case
from meetings.plans.rules.figures import Figure, factor_of, figure_of, figure_text, read_figure

D = Decimal


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("93.1", "%", "93.1"),
        (" 93.1 % ", "%", "93.1"),
        ("９３．１％", "%", "93.1"),
        ("5.2‰", "‰", "5.2"),
        ("14.5/10万", "1/10万", "14.5"),
        ("14.5／１０万", "1/10万", "14.5"),
        ("1/10万", "1/10万", "1"),
        ("14.5/100000", "1/10万", "14.5"),
        ("78.5岁", "岁", "78.5"),
        ("2,713", "人", "2713"),
        ("2，713", "", "2713"),
        ("1 234 567", "", "1234567"),
        ("0", "%", "0"),
        ("0.33335", "%", "0.3334"),
        ("", "%", None),
        ("—", "%", None),
        ("－", "%", None),
        ("/", "%", None),
        ("  ", "%", None),
    ],
)
def test_what_people_type_is_understood(text: str, unit: str, number: str | None) -> None:
    assert read_figure(text, unit) == (None if number is None else D(number))


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("5.2‰", "%", "figure.other_unit"),
        ("5.2%", "‰", "figure.other_unit"),
        ("12%", "人", "figure.other_unit"),
        ("14.5/10万", "‰", "figure.other_unit"),
        ("九成", "%", "figure.not_a_number"),
        ("约93", "%", "figure.not_a_number"),
        ("93.1.2", "%", "figure.not_a_number"),
        ("12,34", "%", "figure.not_a_number"),
        ("1e5", "人", "figure.not_a_number"),
        ("NaN", "%", "figure.not_a_number"),
        ("Infinity", "%", "figure.not_a_number"),
        ("=1+1", "%", "figure.not_a_number"),
        ("78.5岁", "%", "figure.not_a_number"),
        ("-3", "%", "figure.below_zero"),
        ("−3", "%", "figure.below_zero"),
        ("1000000000000", "人", "figure.too_large"),
        ("9" * 400, "人", "figure.too_large"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(text: str, unit: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        read_figure(text, unit)
    assert refusal.value.code == code


@given(st.text(max_size=30), st.sampled_from(["%", "‰", "1/10万", "岁", ""]))
def test_no_text_does_worse_than_a_refusal(text: str, unit: str) -> None:
    try:
        number = read_figure(text, unit)
    except DomainError:
        return
    assert number is None or 0 <= number < 10**12


@given(st.decimals(min_value=0, max_value=10**11, places=4))
def test_what_is_shown_can_be_typed_again(number: Decimal) -> None:
    assert read_figure(figure_text(number, 1), "%") == number


def figure(numerator: str | None, denominator: str | None, value: str | None = None, **more: object) -> Figure:
    def amount(text: str | None) -> Decimal | None:
        return None if text is None else D(text)

    kinds = {"factor": 100, "decimals": 1, "is_rate": True} | more
    return figure_of(numerator=amount(numerator), denominator=amount(denominator), value=amount(value), **kinds)


def test_a_rate_is_computed_from_its_counts() -> None:
    assert figure("2713", "2915") == Figure(D("93.1"), D(2713), D(2915))
    assert figure("1", "1000", factor=100_000).value == D("100.0")
    assert figure("40", "46", decimals=0).value == D(87)
    assert figure("0", "46").value == D("0.0")
    assert figure(None, None, "93.14") == Figure(D("93.1"))
    assert figure("2713", "2915", "93.1").value == D("93.1")
    assert figure(None, None) == Figure()
    assert figure("3", "4", "7", is_rate=False) == Figure(D("7.0"))


@pytest.mark.parametrize(
    ("counts", "code", "field"),
    [
        (("5", None), "figure.denominator_missing", "denominator"),
        ((None, "5"), "figure.numerator_missing", "numerator"),
        (("5", "0"), "figure.denominator_zero", "denominator"),
        (("2713", "2915", "95"), "figure.contradiction", "value"),
        (("900000000000", "0.0001"), "figure.too_large", "value"),
    ],
)
def test_counts_that_give_no_rate_are_refused(counts: tuple[str | None, ...], code: str, field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        figure(*counts)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def of(*values: str, first: int = 2021) -> dict[int, Figure]:
    return {year: Figure(D(value)) for year, value in enumerate(values, first)}


STEADY = of("87.5", "89.0", "90.8", "91.8")


@pytest.mark.parametrize(
    ("value", "earlier", "check"),
    [
        ("92.6", STEADY, None),
        ("0.926", STEADY, Check.UNIT_SLIP),  # a share instead of percent
        ("926", STEADY, Check.UNIT_SLIP),  # ‰ instead of %
        ("5", STEADY, Check.TEN_TIMES),
        ("0", STEADY, Check.TEN_TIMES),
        ("99.5", STEADY, Check.OUTLIER),
        ("99.5", of("91.8"), None),  # one year says nothing of steps
        ("9", of("1.3"), None),
        ("13.5", of("1.3"), Check.UNIT_SLIP),
        ("20", of("1.3"), Check.TEN_TIMES),
        ("20", of("0"), None),
        ("20", {}, None),
        ("20", {2030: Figure(D(2))}, None),  # later years are not asked
    ],
)
def test_a_figure_is_held_against_the_years_before(value: str, earlier: dict[int, Figure], check: Check | None) -> None:
    asked = questions(Figure(D(value)), year=2025, factor=None, earlier=earlier)
    assert [question.check for question in asked] == ([check] if check else [])


def test_more_than_all_is_asked_about() -> None:
    """毛入园率 may pass 100 %, so a reason will do."""
    (asked,) = questions(Figure(D("101.3")), year=2025, factor=100, earlier={})
    assert (asked.check, asked.details["most"]) == (Check.OUT_OF_RANGE, 100)
    assert not questions(Figure(D(100)), year=2025, factor=100, earlier={})


def test_few_cases_jump_by_themselves() -> None:
    one, none = Figure(D("98.0"), D(1), D(1020)), Figure(D("0.0"), D(0), D(1000))
    assert not questions(none, year=2025, factor=100_000, earlier={2024: one})
    many = Figure(D("9800.0"), D(100), D(1020))
    assert questions(none, year=2025, factor=100_000, earlier={2024: many})


def test_a_denominator_that_changed_by_a_fifth_is_asked_about() -> None:
    last = {2024: Figure(D("92.6"), D(2846), D(3074))}
    assert not questions(Figure(D("93.1"), D(2713), D(2915)), year=2025, factor=100, earlier=last)
    (asked,) = questions(Figure(D("93.1"), D(1862), D(2000)), year=2025, factor=100, earlier=last)
    assert asked.check == Check.DENOMINATOR_CHANGED


def test_parts_make_the_whole() -> None:
    whole = Figure(D("93.1"), D(2713), D(2915))
    male, female = Figure(D("93.4"), D(1400), D(1499)), Figure(D("92.7"), D(1313), D(1416))
    assert not questions(whole, year=2025, factor=100, earlier={}, parts=[male, female])
    wrong = Figure(D("92.7"), D(1312), D(1416))
    (asked,) = questions(whole, year=2025, factor=100, earlier={}, parts=[male, wrong])
    assert (asked.check, asked.details) == (Check.PARTS, {"sum": D(2712), "whole": D(2713)})
    assert not questions(whole, year=2025, factor=100, earlier={}, parts=[male, Figure(D(92))])


def test_the_unit_says_of_how_many() -> None:
    assert [factor_of(unit) for unit in ("%", "％", "‰", "1/10万", "岁", "")] == [100, 100, 1000, 100_000, None, None]


def test_one_case_is_told_where_it_moves_the_rate_by_a_whole_unit() -> None:
    births = Figure(D("98.0"), D(1), D(1020))
    assert one_case(births, factor=100_000, decimals=1) == D("98.0")
    assert one_case(Figure(D("60.0"), D(30), D(50)), factor=100, decimals=1) == D("2.0")
    assert one_case(Figure(D("93.1"), D(2713), D(2915)), factor=100, decimals=1) is None
    assert one_case(Figure(D("93.1")), factor=100, decimals=1) is None


def test_small_counts_are_kept_back_and_cannot_be_worked_out_from_the_whole() -> None:
    def townships(*counts: int | None) -> list[Figure]:
        return [Figure(None if count is None else D(count)) for count in counts]

    assert is_small(Figure(D("98.0"), D(1), D(1020)))
    assert not is_small(Figure(D("98.0"), D(5), D(1020)))
    assert hidden(townships(9, 12, 30)) == frozenset()
    assert hidden(townships(4, 12, 30)) == {0, 1}
    assert hidden(townships(4, 3, 30)) == {0, 1}
    assert hidden(townships(4, 12, 30), whole_is_shown=False) == {0}
    assert hidden(townships(4, None)) == {0}
    assert hidden(townships(30, 0, 6)) == {1, 2}

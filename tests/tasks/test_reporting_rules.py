"""Who does what with a report, how far a task is, and when the next report is owed."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.core.errors import DomainError
from meetings.tasks import rules
from meetings.tasks.models import ProgressReport, Quantity, ReportingCycle, ReportStatus, Standard, Step
from meetings.tasks.rules import ReportAction
from meetings.workdays.rules import Calendar
from tests.tasks.people import LEAD, PEOPLE


def report(status: ReportStatus, unit_id: int = LEAD) -> ProgressReport:
    return ProgressReport(committee_id=1, unit_id=unit_id, status=status)


@pytest.mark.parametrize(("action", "status"), [*product(ReportAction, ReportStatus)])
def test_reports_are_approved_by_the_own_head_and_accepted_by_the_office(action, status):
    office = {"director", "staff", "director who is liaison"}
    expected = {
        (ReportAction.APPROVE, ReportStatus.UNIT_REVIEW): {"lead head"},
        (ReportAction.RETURN, ReportStatus.UNIT_REVIEW): {"lead head"},
        (ReportAction.RETURN, ReportStatus.SUBMITTED): office,
        (ReportAction.ACCEPT, ReportStatus.SUBMITTED): office,
    }.get((action, status), set())
    row = report(status)

    shown = {who for who, person in PEOPLE.items() if action in rules.available_report_actions(row, person)}

    assert shown == expected
    for who in PEOPLE.keys() - shown:
        with pytest.raises(DomainError, match=r"report\.(not_yours|wrong_status)"):
            rules.check_report_action(row, action, PEOPLE[who])


@pytest.mark.parametrize(
    ("target", "total", "percent"),
    [(200, 1, 1), (200, 0, 0), (3, 2, 67), (8, 1, 13), (1000, 995, 100), (1000, 994, 99), (100, 250, 100)],
)
def test_percent_from_a_quantity_is_rounded_half_up_and_ends_at_100(target, total, percent):
    quantity = Quantity(target=Decimal(target), total=Decimal(total))
    assert rules.percent_done([quantity], [], Step.NOT_STARTED) == percent


def test_several_quantities_count_equally_each_up_to_its_target():
    rows = [Quantity(target=Decimal(10), total=Decimal(20)), Quantity(target=Decimal(10), total=Decimal(0))]
    assert rules.percent_done(rows, [], Step.DONE) == 50


def test_quantities_come_before_standards_and_these_before_the_step():
    counted = [Quantity(target=Decimal(4), total=Decimal(1))]
    ticked = [Standard(met_at="now"), Standard(met_at=None), Standard(met_at=None)]
    assert rules.percent_done(counted, ticked, Step.DONE) == 25
    assert rules.percent_done([], ticked, Step.DONE) == 33
    assert rules.percent_done([], [Standard(met_at=None)], Step.NEARLY_DONE) == 80
    assert rules.percent_done([Quantity(target=None, total=Decimal(7))], [], Step.UNDER_WAY) == 50


@pytest.mark.parametrize(
    ("parts", "percent"),
    [
        ([(1, 0), (3, 100)], 75),
        ([(1, 100), (3, 0)], 25),
        ([(2, 50), (5, 80)], 71),
        ([(7, 40)], 40),
        ([(1, 33), (1, 34)], 34),
        ([], 0),
    ],
)
def test_a_parents_progress_is_weighted_and_divided_by_the_sum_of_weights(parts, percent):
    assert rules.weighted_percent(parts) == percent


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=20))
@settings(deadline=None)
def test_a_parent_lies_between_its_sub_tasks(parts):
    percents = [percent for _, percent in parts]
    assert min(percents) <= rules.weighted_percent(parts) <= max(percents)


@given(
    st.lists(st.tuples(st.none() | st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2)), max_size=5),
    st.integers(0, 5),
    st.sampled_from(Step),
)
@settings(deadline=None)
def test_progress_is_never_outside_0_and_100(amounts, met, step):
    assert 0 <= rules.counted_percent(amounts, met_count=met, standard_count=5, step=step) <= 100


@pytest.mark.parametrize(
    ("this_period", "total", "reason", "code", "field"),
    [
        ("5", "9", "", "progress.total_lower", "quantity_7_reason"),
        ("5", "101", "", "progress.over_target", "quantity_7_reason"),
        ("-1", "20", "更正", "progress.negative", "quantity_7_this_period"),
        ("0", "-1", "更正", "progress.negative", "quantity_7_total"),
        ("5", "9", "更正上次误报", None, None),
        ("5", "101", "超额完成", None, None),
        ("5", "10", "", None, None),
        ("90", "100", "", None, None),
    ],
)
def test_a_total_lower_than_before_or_over_its_target_needs_a_reason(this_period, total, reason, code, field):
    quantity = Quantity(id=7, name="培训场次", target=Decimal(100))
    given_amounts = {
        "before": Decimal(10),
        "this_period": Decimal(this_period),
        "total": Decimal(total),
        "reason": reason,
    }
    if code is None:
        rules.check_amounts(quantity, **given_amounts)
        return
    with pytest.raises(DomainError) as refusal:
        rules.check_amounts(quantity, **given_amounts)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize(("amount", "text"), [("6200.0000", "6200"), ("0.5000", "0.5"), ("0", "0"), ("-3.10", "-3.1")])
def test_amounts_are_written_without_trailing_zeros(amount, text):
    assert rules.plain_amount(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("cycle", "refused"), [("none", False), ("quarterly", False), ("monthly", True), ("weekly", True)]
)
def test_more_than_a_quarterly_report_needs_a_reason(cycle, refused):
    rules.check_cycle(ReportingCycle(cycle), "领导要求每月报")
    if refused:
        with pytest.raises(DomainError, match="cycle_reason"):
            rules.check_cycle(ReportingCycle(cycle), " ")
    else:
        rules.check_cycle(ReportingCycle(cycle), "")


@pytest.mark.parametrize(
    ("cycle", "reporting_day", "day", "owed"),
    [
        ("quarterly", 5, date(2026, 7, 14), date(2026, 10, 8)),  # 1 to 7 October is a holiday
        ("quarterly", 5, date(2026, 10, 1), date(2027, 1, 5)),
        ("quarterly", 15, date(2026, 12, 31), date(2027, 1, 15)),
        ("monthly", 5, date(2026, 7, 14), date(2026, 8, 5)),
        ("monthly", 5, date(2026, 8, 31), date(2026, 9, 7)),  # the 5th is a Saturday, the 6th a Sunday
        (
            "monthly",
            31,
            date(2026, 1, 31),
            date(2026, 2, 28),
        ),  # the 28th, a Saturday, is worked for the Spring Festival
        ("monthly", 5, date(2026, 12, 1), date(2027, 1, 5)),
        ("weekly", 5, date(2026, 7, 14), date(2026, 7, 17)),
        ("weekly", 5, date(2026, 7, 17), date(2026, 7, 24)),
        ("weekly", 7, date(2026, 7, 18), date(2026, 7, 24)),
        ("none", 5, date(2026, 7, 14), None),
    ],
)
def test_the_report_on_a_period_is_owed_after_its_end_on_a_working_day(cycle, reporting_day, day, owed):
    assert rules.report_day(ReportingCycle(cycle), reporting_day, day, Calendar()) == owed


@pytest.mark.parametrize(
    ("sent_on", "owed_on", "following"),
    [
        (date(2026, 8, 20), date(2026, 10, 8), date(2027, 1, 5)),  # early: it answers for the period then owed
        (date(2026, 10, 2), date(2026, 10, 8), date(2027, 1, 5)),
        (date(2026, 7, 14), date(2026, 7, 6), date(2026, 10, 8)),  # late
        (date(2026, 7, 2), date(2026, 4, 7), date(2026, 10, 8)),  # a quarter late: it answers for both
        (date(2026, 7, 14), None, date(2026, 10, 8)),
        (date(2026, 8, 25), date(2027, 1, 5), date(2027, 1, 5)),  # a second one in the quarter: the next has not begun
    ],
)
def test_one_report_answers_for_everything_up_to_the_day_it_was_sent(sent_on, owed_on, following):
    assert rules.next_report_day(ReportingCycle.QUARTERLY, 5, sent_on, owed_on, Calendar()) == following


@given(st.sampled_from(ReportingCycle), st.integers(-3, 40), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
@settings(deadline=None)
def test_an_owed_day_is_a_working_day_after_the_day_and_the_next_comes_after_it(cycle, reporting_day, day):
    calendar = Calendar()
    owed = rules.report_day(cycle, reporting_day, day, calendar)
    if cycle is ReportingCycle.NONE:
        assert owed is None
        return
    assert owed > day
    assert calendar.is_working(owed)
    assert rules.next_report_day(cycle, reporting_day, day, owed, calendar) > owed

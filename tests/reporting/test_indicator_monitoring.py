"""指标监测表: the page of a plan and the paper have the same figures, cell by cell; small counts stay inside."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import html5lib
import pytest
from python_calamine import CalamineWorkbook

from meetings.accounts.models import Role
from meetings.core.actor import Actor
from meetings.plans.models import Direction, Level, Milestone
from meetings.plans.queries import find_plan
from meetings.reporting import catalogue
from reports.blocks import Band, Table, value_text
from reports.indicator_monitoring import compose
from tests import factories, pages

YEAR = 2023


@pytest.fixture
def plan(session):
    """Rates with their counts, a value alone, none at all, a target of zero, what is not monitored."""
    plan = factories.plan(from_year=2021, until_year=2025, title="某县儿童发展规划（2021—2025年）")
    health = factories.domain(plan, "儿童与健康")
    schools = factories.domain(plan, "儿童与教育", position=2)
    unit, other = factories.unit("县卫健委"), factories.unit("县教育局")
    rate = factories.indicator(
        health,
        "新生儿访视率",
        units=[unit, other],
        numerator_name="访视人数",
        denominator_name="活产数",
        baseline_year=2020,
        baseline_value=Decimal("93.1"),
        target_value=Decimal(95),
    )
    for year, value, over, under in ((2021, "93.5", 1022, 1093), (2022, "93.9", 980, 1044), (2023, "94.2", 964, 1023)):
        factories.figure(rate, year, value, numerator=Decimal(over), denominator=Decimal(under))
    factories.save(Milestone(indicator_id=rate.id, year=YEAR, value=Decimal(94)))
    deaths = factories.indicator(
        health,
        "婴儿死亡率",
        units=[unit],
        position=2,
        unit_of_measure="‰",
        factor=1000,
        numerator_name="死亡数",
        denominator_name="活产数",
        direction=Direction.LOWER,
        target_value=Decimal("5.2"),
        is_sensitive=True,
    )
    factories.figure(deaths, YEAR, "3.9", numerator=Decimal(4), denominator=Decimal(1023))
    factories.indicator(health, "出生缺陷发生率", position=3, level=Level.NOT_MONITORED)
    factories.indicator(schools, "平均受教育年限", units=[other], target_text="提高", unit_of_measure="年", decimals=2)
    zero = factories.indicator(
        schools, "义务教育辍学率", units=[other], position=2, direction=Direction.LOWER, target_value=Decimal(0)
    )
    factories.save(Milestone(indicator_id=zero.id, year=YEAR, value=Decimal(0)))
    factories.figure(zero, YEAR, "0.1")
    return plan


def rows_of_paper(actor: Actor, plan, **more: object) -> list[list[str]]:
    entry = catalogue.find("indicator-monitoring", actor=actor)
    content = catalogue.gathered(entry, actor=actor, chosen={"plan": plan.id, "year": YEAR, **more})
    (table,) = [block for block in compose(content.data).body if isinstance(block, Table)]
    rows = [row for row in table.rows if not isinstance(row, Band)]
    return [[value_text(getattr(cell, "value", cell)) for cell in row] for row in rows]


def rows_of_page(client, plan) -> list[list[str]]:
    html = client.get(f"/plans/{plan.id}/monitoring?year={YEAR}").text
    pages.check(html)
    page = html5lib.parse(html, namespaceHTMLElements=False)
    (table,) = [element for element in page.iter("table") if element.get("id") == "monitored"]
    rows = [row for row in table.find("tbody") if row.get("class") != "group"]
    return [["".join(cell.itertext()).strip() for cell in row] for row in rows]


def test_page_and_paper_have_the_same_figures_cell_by_cell(client_as, plan):
    staff = factories.staff()
    on_page = rows_of_page(client_as(staff), plan)
    on_paper = rows_of_paper(staff, plan, scope="internal")
    assert len(on_page) == len(on_paper) == 5
    for page_row, paper_row in zip(on_page, on_paper, strict=True):
        *cells, level = page_row
        *printed, remark = paper_row
        assert cells == [text or "—" for text in printed]
        assert remark.startswith(level)
    assert on_page[0][-4:-1] == ["94.0", "95.0", "预期可达标"]
    assert [row[-2] for row in on_page] == ["预期可达标", "已达标", "县级不监测", "无数据", "未达标"]


def test_small_counts_are_not_printed_for_outside(plan):
    staff = factories.staff()
    inside, outside = rows_of_paper(staff, plan, scope="internal")[1], rows_of_paper(staff, plan)[1]
    assert "3.9" in inside
    assert "4" in inside
    assert "3.9" not in outside
    assert "1023" not in outside
    assert "少于5，不列" in outside


def test_the_rates_stand_with_what_they_are_counted_over(client_as, plan):
    html = client_as(factories.actor(Role.LEADER)).get(f"/plans/{plan.id}/monitoring?year={YEAR}").text
    pages.check(html)
    assert "达标率 25.0%（1/4），达标和预期可达标率 50.0%（2/4），共 5 项" in html
    staff = factories.staff()
    entry = catalogue.find("indicator-monitoring", actor=staff)
    data = catalogue.gathered(entry, actor=staff, chosen={"plan": plan.id, "year": YEAR}).data
    assert [(rate.numerator, rate.denominator, rate.percent_text) for rate in data.rates] == [
        (1, 4, "25.0%"),
        (2, 4, "50.0%"),
    ]


def test_the_paper_is_chosen_looked_at_and_made_in_all_formats(client_as, plan):
    client = client_as(factories.staff())
    page = client.get("/reports/indicator-monitoring").text
    pages.check(page)
    assert "某县儿童发展规划（2021—2025年）2023年指标监测表" in page
    chosen = f"plan={plan.id}&year={YEAR}"
    assert client.get(f"/reports/indicator-monitoring.pdf?{chosen}").data.startswith(b"%PDF-")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/reports/indicator-monitoring.xlsx?{chosen}").data))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    (line,) = [row for row in rows if "新生儿访视率" in row]
    assert 94.2 in line
    assert client.get(f"/reports/indicator-monitoring.docx?{chosen}").data.startswith(b"PK")
    factories.plan(from_year=2026, until_year=2030)
    wrong = client.get(f"/reports/indicator-monitoring?plan={plan.id}&year=2027").text
    assert "年度应在规划的 2021 至 2025 年之内" in wrong


def test_who_does_not_read_all_values_makes_no_such_paper(client_as, plan):
    unit = client_as(factories.actor(Role.LIAISON, unit=factories.unit()))
    assert unit.get("/reports/indicator-monitoring").status_code == 404
    assert unit.get(f"/plans/{plan.id}/monitoring").status_code == 200
    other = factories.actor(committee_id=factories.committee().id)
    assert client_as(other).get(f"/plans/{plan.id}/monitoring").status_code == 404


def test_the_latest_year_with_a_figure_is_taken(client_as, plan):
    assert "2023年指标监测" in client_as(factories.staff()).get(f"/plans/{plan.id}/monitoring").text
    assert find_plan(plan.id, actor=factories.staff()).years[0] == date(2021, 1, 1).year

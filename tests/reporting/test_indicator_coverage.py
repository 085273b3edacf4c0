"""指标责任覆盖表: the page and the paper have the same cells; small counts stay inside."""

from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from meetings.accounts.models import Role
from meetings.plans.models import Level, Milestone
from meetings.reporting import catalogue
from reports.blocks import Band, Table, value_text
from reports.indicator_coverage import compose
from tests import factories, pages
from tests.reporting.conftest import covered_on_page, covered_on_paper

YEAR = 2025


@pytest.fixture
def plan(session):
    """A line with every cell, one of deaths, one with a task, one empty, one not monitored; a goal left out."""
    plan = factories.plan()
    health, schools = factories.domain(plan), factories.domain(plan, "妇女与教育", position=2)
    unit, other = factories.unit("县卫健委"), factories.unit("县教育局")
    target = {"target_value": Decimal(90), "target_year": 2030, "baseline_year": 2020, "baseline_value": Decimal(80)}
    rate = factories.indicator(
        health, "筛查率", units=[unit, other], numerator_name="筛查数", denominator_name="应查数", **target
    )
    factories.figure(rate, YEAR, "86.4", numerator=Decimal(1082), denominator=Decimal(1252))
    few = target | {"baseline_value": Decimal("2.5")}
    deaths = factories.indicator(health, "死亡人数", units=[unit], position=2, is_sensitive=True, **few)
    factories.figure(deaths, YEAR, "3.7")
    factories.save(*(Milestone(indicator_id=row.id, year=YEAR, value=Decimal(85)) for row in (rate, deaths)))
    factories.indicator(schools, "空白的", **target)
    factories.indicator(schools, "不监测的", position=2, level=Level.NOT_MONITORED)
    factories.indicator(schools, "只说提高的", position=3, units=[other], target_text="提高")
    factories.goal(health, "有数值没有指标的目标")
    return plan


def data_of(actor, plan, **more):
    entry = catalogue.find("indicator-coverage", actor=actor)
    return catalogue.gathered(entry, actor=actor, chosen={"plan": plan.id, "year": YEAR, **more}).data


def tables(data):
    return {block.name: list(block.rows) for block in compose(data).body if isinstance(block, Table)}


def cells(row):
    return [value_text(getattr(cell, "value", cell)) for cell in row]


def test_page_and_paper_have_the_same_cells(client_as, plan):
    leader = factories.actor(Role.LEADER)  # whoever fills no gap reads 空白 where the office has a button
    html = client_as(leader).get(f"/plans/{plan.id}/coverage?year={YEAR}").text
    pages.check(html)
    on_page = covered_on_page(html)
    paper = tables(data_of(leader, plan, scope="internal"))
    assert covered_on_paper(paper["指标责任覆盖表"]) == on_page
    assert on_page[1][1:8] == ["筛查率（%）", "县卫健委、县教育局", "80.0", "≥90.0", "85.0", "86.4", "1082/1252"]
    assert [row[0] for row in paper["遗漏的目标"]] == ["有数值没有指标的目标"]
    assert [cells(row)[:2] for row in paper["按牵头单位"]] == [
        ["县卫健委", "2"],
        ["县教育局", "1"],
        ["未定责任单位", "2"],
        ["合计", "5"],
    ]


def test_the_gaps_are_counted_and_small_counts_stay_inside(plan):
    leader = factories.actor(Role.LEADER)
    outside, inside = data_of(leader, plan), data_of(leader, plan, scope="internal")
    assert [count.value for count in outside.counts] == [1, 1, 1, 2, 2, 1]
    assert [domain.gaps for domain in outside.domains] == [1, 4]
    for data, said in ((outside, ["少于5，不列"] * 2), (inside, ["2.5", "3.7"])):
        lines = [cells(row) for row in tables(data)["指标责任覆盖表"] if not isinstance(row, Band)]
        (row,) = [row for row in lines if row[1] == "死亡人数（%）"]
        assert [row[3], row[6]] == said
    assert len(outside.notes) == len(inside.notes) + 1


def test_it_is_made_in_every_format_and_printed_from_the_page(client_as, plan):
    client = client_as(factories.staff())
    assert (
        f"/reports/indicator-coverage?plan={plan.id}&amp;year={YEAR}" in client.get(f"/plans/{plan.id}/coverage").text
    )
    chosen = f"plan={plan.id}&year={YEAR}"
    pages.check(client.get(f"/reports/indicator-coverage?{chosen}").text)
    assert client.get(f"/reports/indicator-coverage.pdf?{chosen}").data.startswith(b"%PDF-")
    assert client.get(f"/reports/indicator-coverage.docx?{chosen}").data.startswith(b"PK")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/reports/indicator-coverage.xlsx?{chosen}").data))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    (line,) = [row for row in rows if "筛查率（%）" in row]
    assert 86.4 in line
    unit = client_as(factories.liaison(factories.unit()))
    assert unit.get("/reports/indicator-coverage").status_code == 404


def test_it_costs_few_statements(plan, statements):
    leader = factories.actor(Role.LEADER)
    statements.clear()
    data_of(leader, plan)
    assert len(statements) <= 13, len(statements)

"""评估报告: the same numbers as the pages, cell by cell; Word and Excel too."""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from meetings.accounts.models import Role
from meetings.core.db import db, transaction
from meetings.evaluation import actions
from meetings.evaluation import queries as evaluations
from meetings.plans.models import (
    Domain,
    Indicator,
    IndicatorUnit,
    IndicatorValue,
    Milestone,
    Plan,
    PlanKind,
    Responsibility,
    ValueState,
)
from meetings.reporting import catalogue
from reports.blocks import Cell, Chart, Rates, Table
from tests import factories as make
from tests.pages import check
from tests.reporting.conftest import covered_on_page, covered_on_paper, said_in, text_of

# Name, baseline, target, values of 2023 to 2025, milestone of 2025.
LINES = (
    ("产前筛查率", 60, 80, (66, 71, "70.4"), 80),
    ("宫颈癌筛查率", 40, 70, (50, 60, 72), 70),
    ("助产率", None, 100, (None, None, None), None),
)


class Cells(HTMLParser):
    """The text of every cell of a page, row by row."""

    def __init__(self):
        super().__init__()
        self.rows, self._in = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self._in = True

    def handle_endtag(self, tag):
        self._in = self._in and tag not in {"td", "th"}

    def handle_data(self, data):
        if self._in:
            self.rows[-1][-1] += data.strip()


@pytest.fixture
def world(session):
    unit = make.unit("县卫健委")
    at = {"committee_id": unit.committee_id}
    plan = make.save(Plan(**at, kind=PlanKind.WOMEN, title="县妇女发展规划", from_year=2021, until_year=2025))
    domain = make.save(Domain(**at, plan_id=plan.id, position=0, name="妇女与健康"))
    for n, (name, baseline, target, values, milestone) in enumerate(LINES):
        row = make.save(
            Indicator(
                **at,
                plan_id=plan.id,
                domain_id=domain.id,
                position=n,
                name=name,
                baseline_year=2020 if baseline else None,
                baseline_value=baseline,
                target_year=2025,
                target_value=target,
            )
        )
        make.save(IndicatorUnit(indicator_id=row.id, unit_id=unit.id, role=Responsibility.MAIN, position=0))
        if milestone:
            make.save(Milestone(indicator_id=row.id, year=2025, value=milestone))
        for year, value in zip((2023, 2024, 2025), values, strict=True):
            if value is not None:
                make.save(
                    IndicatorValue(**at, indicator_id=row.id, year=year, value=Decimal(value), state=ValueState.LOCKED)
                )
    director = make.director()
    evaluation = make.evaluation(plans=[plan], by=director)
    (assessment,) = make.handed_out(evaluation, unit, by=director)
    liaison = make.liaison(unit)
    texts = dict.fromkeys(("reached", "measures", "experience", "reasons", "next_steps"), "已写")
    texts |= dict.fromkeys(("laws", "plans", "duties", "mechanisms"), "已写")
    missed = db.session.query(Indicator.id).filter_by(name="产前筛查率").scalar()
    with transaction(by=liaison):
        row = evaluations.find_assessment(assessment.id, actor=liaison)
        actions.write_assessment(row, reasons_given={missed: "设备不足"}, **texts, by=liaison)
        actions.submit_assessment(row, held={}, missed=[missed], by=liaison)
    head = make.head(unit)
    with transaction(by=head):
        actions.approve_assessment(evaluations.find_assessment(assessment.id, actor=head), by=head)
    visit = make.visit(evaluation, unit, by=director)
    with transaction(by=director):
        row = evaluations.find_visit(visit.id, actor=director)
        actions.record_visit(row, looked_at="查阅台账", feedback="总体较好", by=director)
        actions.give_feedback(row, by=director)
        indicator = db.session.get_one(Indicator, missed)
        remedy = actions.Remedy(problem="产前筛查率未达标", content="", lead_unit_id=unit.id, due_on=date(2026, 12, 1))
        found = evaluations.find(evaluation.id, actor=director)
        actions.rectify_indicator(indicator, 2025, remedy, evaluation=found, by=director)
        actions.write_report(
            found,
            **dict.fromkeys(("laws", "plans", "duties", "mechanisms", "next_steps"), ""),
            summary="评估总体顺利。",
            experience="坚持高位推动",
            problems="基层力量薄弱",
            by=director,
        )
    return director, evaluation


def paper(world):
    director, evaluation = world
    entry = catalogue.find("evaluation-report", actor=director)
    content = catalogue.gathered(entry, actor=director, chosen={"evaluation": evaluation.id})
    return entry, content, list(entry.compose(content.data).body)


def tables(body, name):
    return next(list(each.rows) for each in body if isinstance(each, Table) and each.name == name)


def word_of(value):
    """A cell of a paper as a page shows it."""
    text = value.value if isinstance(value, Cell) else value
    return "—" if text in (None, "") else str(text)


def test_the_paper_says_what_the_page_says_cell_by_cell(client_as, world):
    director, evaluation = world
    page = client_as(director).get(f"/evaluations/{evaluation.id}/results").text
    reader = Cells()
    reader.feed(page)
    shown = {row[0].split("（")[0]: row for row in reader.rows if len(row) >= 6}
    _entry, _content, body = paper(world)
    rows = tables(body, "妇女与健康")
    assert len(rows) == len(LINES) == len(shown) - 1  # without the head
    for name, _unit, _baseline, value, milestone, target, state in rows:
        cells = shown[name]
        assert [word_of(each) for each in (value, milestone, target, state)] == cells[2:6], name
    (rates,) = [each for each in body if isinstance(each, Rates)]
    said = {rate.label: (rate.numerator, rate.denominator) for rate in rates.rates}
    counted = re.search(r"达标率 <b>([\d.]+)%</b><span[^>]*>（(\d+)/(\d+)，", page)
    assert said["指标达标率"] == (int(counted[2]), int(counted[3])) == (1, 3)
    assert counted[1] == "33.3"
    assert said["自评报送率"] == (1, 1)


def test_its_annex_is_the_table_of_the_page_of_coverage(client_as, world):
    """The same cells, the same gaps counted: one rule."""
    _director, evaluation = world
    leader = make.actor(Role.LEADER)  # whoever fills no gap reads 空白 where the office has a button
    plan_id = db.session.query(Plan.id).scalar()
    page = client_as(leader).get(f"/plans/{plan_id}/coverage?year=2025").text
    on_page = [row if len(row) == 1 else [row[at] for at in (1, 2, 5, 6, 8, 9)] for row in covered_on_page(page)]
    _entry, content, body = paper((leader, evaluation))
    assert covered_on_paper(tables(body, "指标责任覆盖表")) == on_page
    assert [row[3] for row in on_page[1:]] == ["70.4", "72.0", "逾期未报"]
    assert [count.value for count in content.data.coverage_counts] == [0, 0, 0, 1, 1, 0]


def test_missed_indicators_have_reasons_and_tasks(world):
    director, evaluation = world
    _entry, _content, body = paper(world)
    (row,) = tables(body, "未达标指标及原因")
    assert [word_of(each) for each in row[:6]] == ["产前筛查率", "县卫健委", "70.4", "80.0", "未达标", "设备不足"]
    (listed,) = evaluations.rectifications(evaluation, actor=director)
    assert row[6] == listed.number
    (remedy,) = tables(body, "整改清单")
    assert remedy[:2] == ("产前筛查率未达标", "县卫健委")
    (visit,) = tables(body, "督导情况")
    assert visit[2:] == ("县卫健委", "查阅台账", "总体较好")


def test_small_counts_are_not_printed_for_outside(client_as, world):
    """Neither in a table nor as a point of a chart, in no format; the page and the paper for inside have them."""
    director, evaluation = world
    with transaction(by=director):
        row = db.session.query(Indicator).filter_by(name="产前筛查率").one()
        row.is_sensitive = True
        at = {"committee_id": row.committee_id, "indicator_id": row.id, "state": ValueState.LOCKED}
        db.session.add(IndicatorValue(**at, year=2022, value=Decimal(64), numerator=64, denominator=100))
        for value in db.session.query(IndicatorValue).filter_by(indicator_id=row.id):
            value.numerator, value.denominator = 4 if value.year == 2025 else 64, 100
    client = client_as(director)
    chosen = f"evaluation={evaluation.id}"
    assert "70.4" in client.get(f"/evaluations/{evaluation.id}/results").text
    for suffix in ("pdf", "docx", "xlsx"):
        files = [
            client.get(f"/reports/evaluation-report.{suffix}?{chosen}{more}").data for more in ("", "&scope=internal")
        ]
        outside, inside = (text_of(each) if suffix == "pdf" else said_in(each, suffix) for each in files)
        assert "70.4" in inside
        assert "70.4" not in outside
        assert "少于5，不列" in outside
        assert "少于5的不列数值" in outside.replace(" ", "")
    entry = catalogue.find("evaluation-report", actor=director)
    data = catalogue.gathered(entry, actor=director, chosen={"evaluation": evaluation.id}).data
    (drawn,) = [each for each in entry.compose(data).body if isinstance(each, Chart) and each.caption == "产前筛查率"]
    assert drawn.axis[-1] == "2025年"
    assert drawn.series[0].values == (60, 64, 66, 71, None)


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx"])
def test_it_is_made_in_every_format(client_as, world, suffix):
    director, evaluation = world
    client = client_as(director)
    answer = client.get(f"/reports/evaluation-report.{suffix}?evaluation={evaluation.id}")
    assert answer.status_code == 200
    said = text_of(answer.data) if suffix == "pdf" else said_in(answer.data, suffix)
    for words in ("设备不足", "评估总体顺利", "产前筛查率", "坚持高位推动"):
        assert words in said


def test_its_page_asks_for_the_evaluation_and_costs_a_fixed_number_of_statements(client_as, world, statements):
    director, evaluation = world
    client = client_as(director)
    page = client.get("/reports/evaluation-report")
    check(page.text)
    assert evaluation.title in page.text
    statements.clear()
    paper(world)
    assert len(statements) <= 24, len(statements)


def test_units_do_not_make_it(client_as, world):
    assert client_as(make.liaison(make.unit())).get("/reports/evaluation-report").status_code == 404


def test_without_an_evaluation_the_page_says_so(client_as, session):
    check(client_as(make.director()).get("/reports/evaluation-report").text)

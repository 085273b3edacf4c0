"""A pasted 任务分解书 and tables of indicators: what each row becomes, what is refused and why, all or nothing."""

from decimal import Decimal
from itertools import count

import pytest

from meetings.accounts.models import Role
from meetings.core.db import db, transaction
from meetings.core.workbook import Grid
from meetings.exchange.actions import tables as actions
from meetings.exchange.catalogue import TABLES
from meetings.exchange.rules.plans import pasted
from meetings.exchange.rules.tables import Outcome
from meetings.exchange.views.tables import table_bytes
from meetings.exchange.words import told
from meetings.plans import queries
from meetings.plans.models import Goal, Indicator, Plan
from tests import factories
from tests.pages import check

_keys = count(1)
DIVISION = (
    "领域\t主要目标\t主要责任单位\t责任单位\n"
    "妇女与健康\t孕产妇得到系统管理。\t县卫健委、县医保局\t县财政局\n"
    "\t适龄妇女定期筛查。\t县卫健委\t\n"
    "妇女与教育\t女童完成义务教育。\t县教育局\t县卫健委\n"
)
HEADINGS = ("领域", "指标", "计量单位", "方向", "基期年份", "基期值", "目标年份", "目标值", "主要责任单位", "责任单位")


@pytest.fixture
def office(session):
    for name in ("县卫健委", "县医保局", "县财政局", "县教育局"):
        factories.unit(name)
    return factories.staff()


@pytest.fixture
def plan(office):
    return factories.plan(title="某县妇女发展规划（2021—2025年）")


def preview(code, rows, by, plan, merged=()):
    grid = Grid("", rows, merged)
    return actions.preview_grid(TABLES[code], grid, plan=plan.title, secret=b"", personal_data_confirmed=False, by=by)


def indicator(**changed):
    row = dict(
        zip(
            HEADINGS,
            ("妇女与健康", "孕产妇系统管理率", "%", "", 2020, "88.2", 2025, "90", "县卫健委", ""),
            strict=True,
        )
    )
    return [{**row, **changed}[name] for name in HEADINGS]


def reasons(code, rows, by, plan, merged=()):
    found = preview(code, rows, by, plan, merged)
    return [told(TABLES[code], error) for line in found.lines for error in line.errors]


def test_a_pasted_division_is_previewed_then_written_with_lead_first(client_as, office, plan):
    client = client_as(office)
    address = f"/plans/{plan.id}/import"
    check(client.get(address).text)
    form = {"form_key": f"key{next(_keys)}", "code": "goals", "text": DIVISION}
    page = client.post(address, data=form).text
    check(page)
    assert "新增 <b>3</b>" in page
    assert db.session.query(Goal).count() == 0
    print_ = page.partition('name="previewed" value="')[2].partition('"')[0]
    assert client.post(address, data={**form, "previewed": print_}).status_code == 303
    domains = queries.domains_of(db.session.get(Plan, plan.id))
    assert [domain.name for domain in domains] == ["妇女与健康", "妇女与教育"]
    first, second = queries.rows_of(domains[0])[0]
    assert [part.unit.name for part in first.units] == ["县卫健委", "县医保局", "县财政局"]
    assert [part.role for part in first.units] == ["main", "main", "shared"]
    assert second.text == "适龄妇女定期筛查。"
    again = client.post(address, data={**form, "form_key": f"key{next(_keys)}"}).text
    assert "本领域已有这个目标" in again


def test_merged_cells_say_the_same_of_each_row(office, plan):
    rows = [
        ["任务分解书", "", "", ""],
        ["领域", "主要目标", "主要责任单位", "责任单位"],
        ["妇女与健康", "甲", "县卫健委", ""],
        ["", "乙", "", ""],
    ]
    found = preview("goals", rows, office, plan, merged=[((0, 0), (0, 3)), ((2, 0), (3, 0)), ((2, 2), (3, 2))])
    assert [line.outcome for line in found.lines] == [Outcome.NEW, Outcome.NEW]
    assert [line.values["domain"] for line in found.lines] == ["妇女与健康"] * 2
    assert found.lines[1].values["main_units"] == found.lines[0].values["main_units"] != ()
    assert reasons("goals", rows, office, plan, merged=[((3, 1), (3, 2))]) == [
        "“主要目标”：是合并的单元格，请取消合并，逐行填写",
        "“主要责任单位”：是合并的单元格，请取消合并，逐行填写",
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"目标值": "九成"}, "“目标值”：“九成”不是数字"),
        ({"目标值": "90‰"}, "“目标值”：本指标以“%”计"),
        ({"目标值": "-3"}, "“目标值”：“-3”小于 0"),
        ({"目标值": ""}, "“目标值”：请填写目标值"),
        ({"目标年份": "二〇二五"}, "“目标年份”：“二〇二五”应是"),
        ({"目标年份": 2020}, "“目标年份”：目标年份须晚于基期年份"),
        ({"基期年份": ""}, "“基期年份”：有基期值的须填写基期年份"),
        ({"方向": "向上"}, "“方向”：“向上”不在选项中"),
        ({"方向": "保持在目标左右"}, "“容差”：“保持在目标左右”的指标须填写容差"),
        ({"主要责任单位": "县文旅局"}, "“主要责任单位”：没有名为“县文旅局”的单位"),
        ({"责任单位": "县卫健委"}, "“责任单位”：主要责任单位和责任单位中写了同一单位"),
        ({"主要责任单位": "", "责任单位": "县卫健委"}, "“主要责任单位”：有责任单位的，须写明主要责任单位"),
        ({"指标": ""}, "“指标”：不能为空"),
        ({"指标": "机密★指标"}, "有密级标志"),
    ],
)
def test_wrong_cells_are_refused_with_the_column_and_the_reason(office, plan, changed, reason):
    (said, *_more) = reasons("indicators", [HEADINGS, indicator(**changed)], office, plan)
    assert reason in said


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({"目标值": "12.3%"}, "12.3"),
        ({"目标值": "９０．５％"}, "90.5"),
        ({"目标值": 90.5}, "90.5"),
        ({"目标值": "1,042", "计量单位": "人"}, "1042"),
        ({"目标值": "14.5/10万", "计量单位": "1/10万"}, "14.5"),
        ({"目标值": "88.2"}, "88.2"),  # equal to the baseline: to be kept
    ],
)
def test_numbers_are_read_however_they_were_typed(office, plan, changed, value):
    kind = TABLES["indicators"]
    found = preview("indicators", [HEADINGS, indicator(**changed)], office, plan)
    assert found.may_be_carried_out, [told(kind, e) for line in found.lines for e in line.errors]
    with transaction(by=office):
        actions.carry_out(kind, found.lines, head_confirms_every=False, by=office)
    row = db.session.query(Indicator).one()
    assert row.target_value == Decimal(value)
    assert row.factor == {"%": 100, "1/10万": 100_000, "人": 1}[row.unit_of_measure]


def test_two_units_that_claim_one_indicator_are_told_so(office, plan):
    rows = [HEADINGS, indicator(), indicator(主要责任单位="县教育局"), indicator()]
    said = reasons("indicators", rows, office, plan)
    assert "第 2 行也是这个指标，牵头单位不同" in said[0]
    assert "第 2 行" in said[1]


def test_an_empty_table_and_one_without_headings_are_refused(client_as, office, plan):
    client = client_as(office)
    for text, said in (("领域\t主要目标\n", "表中没有填写任何一行"), ("你好\t世界\n甲\t乙", "没有找到列名")):
        page = client.post(
            f"/plans/{plan.id}/import", data={"form_key": f"key{next(_keys)}", "code": "goals", "text": text}
        ).text
        check(page)
        assert said in page
        assert text.split("\t")[0] in page


def test_one_wrong_row_keeps_the_whole_table_out(client_as, office, plan):
    text = DIVISION + "妇女与法律\t维权渠道畅通。\t县法宣办\t\n"
    page = (
        client_as(office)
        .post(f"/plans/{plan.id}/import", data={"form_key": f"key{next(_keys)}", "code": "goals", "text": text})
        .text
    )
    assert "没有名为“县法宣办”的单位" in page
    assert "整张表都没有导入" in page
    assert 'name="previewed"' not in page


def test_what_is_taken_out_comes_back_unchanged(office, plan):
    domain = factories.domain(plan)
    factories.goal(domain, number="1")
    factories.indicator(domain, units=[factories.unit()], target_value=Decimal("90.5"), baseline_year=2020)
    for code in ("goals", "indicators"):
        kind = TABLES[code]
        content = table_bytes(kind, kind.present(office, None), office)
        found = actions.preview(kind, content, secret=b"", by=office)
        assert found.counts[Outcome.UNCHANGED] == 1, code


def test_a_table_with_upright_lines_is_read_too():
    assert pasted("| 领域 | 主要目标 |\n|---|---|\n| 健康 | 甲 |") == [["领域", "主要目标"], ["健康", "甲"]]


def test_units_may_not_import(client_as, office, plan):
    liaison = client_as(factories.actor(Role.LIAISON, unit=factories.unit()))
    assert liaison.get(f"/plans/{plan.id}/import").status_code == 404

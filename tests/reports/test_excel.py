"""A workbook for an office: heads that stay, filters, printing, formats, safe names."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from reports import excel
from reports.blocks import Band, Cell, Chart, Column, Note, Report, Series, Table
from reports.facts import Count
from reports.samples import texts

COLUMNS = [
    Column(head="序号", weight=1, align="center"),
    Column(head="数", weight=1, group="本年"),
    Column(head="率", weight=1, group="本年"),
    Column(head="日期", weight=2),
]


def written(*body, **more):
    return excel.render(Report(title="台账", under=("（截至今天）",), body=body, **more), texts.imprint())


def xml(content, name):
    with ZipFile(BytesIO(content)) as file:
        return etree.fromstring(file.read(name))


def rows(content, name):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(name).to_python()


def table(**more):
    kept = (
        Band("一、甲"),
        [1, 12, Cell(Decimal("78.4"), unit="%"), date(2026, 1, 5)],
        [2, Cell(3, unit="场次"), None, datetime(2026, 1, 5, 9, 3, tzinfo=texts.BEIJING)],
        [3, 10**17, Decimal("1.50"), date(1899, 1, 1)],
    )
    return Table(columns=COLUMNS, rows=kept, name="任务", **more)


def test_numbers_and_days_keep_their_kind():
    found = rows(written(Note("共 3 项"), table()), "任务")
    head = next(place for place, row in enumerate(found) if row[0] == "序号")
    assert found[head][1] == "本年"
    assert found[head + 1][1:3] == ["数", "率"]
    assert found[head + 3] == [1, 12, 0.784, date(2026, 1, 5)]
    assert found[head + 4] == [2, 3, "—", datetime.fromisoformat("2026-01-05T09:03")]
    assert found[head + 5] == [3, "100000000000000000", 1.5, "1899年1月1日"]
    assert [row[0] for row in found[:head]] == [
        "台账",
        "（截至今天）",
        "筛选条件：会议：2026年第2次全体会议；状态：全部；截至2026年11月23日",
        "共 3 项",
    ]


def test_numbers_are_shown_as_they_are_printed():
    formats = {each.get("formatCode") for each in xml(written(table()), "xl/styles.xml").iter("{*}numFmt")}
    day = 'yyyy"年"m"月"d"日"'
    assert {'0" 场次"', "0.0%", "#,##0.00", day, f"{day} hh:mm"} <= formats


def test_a_row_is_as_high_as_its_longest_text():
    """No program has to find it: some show the lines of a row over those of the next one."""
    short, long = "短", "把规划目标列入年度工作要点，按季度调度；与乡镇、村（社区）建立工作台账。" * 4
    columns = [Column(head="序号", weight=1), Column(head="内容", weight=4)]
    content = written(Table(columns=columns, rows=[[1, short], [2, long]], name="任务"))
    heights = [float(row.get("ht", 15)) for row in xml(content, "xl/worksheets/sheet2.xml").iter("{*}row")]
    assert heights[-2] <= 16
    width = max(float(each.get("width")) for each in xml(content, "xl/worksheets/sheet2.xml").iter("{*}col"))
    assert heights[-1] >= 2 * len(long) / width * 14


def test_heads_stay_are_printed_again_and_filter():
    content = written(table())
    sheet = xml(content, "xl/worksheets/sheet2.xml")
    pane = sheet.find(".//{*}pane")
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "5")
    assert sheet.find("{*}autoFilter").get("ref") == "A5:D9"
    assert sheet.find("{*}pageSetup").get("paperSize") == "9"
    assert sheet.find("{*}pageSetup").get("fitToHeight") == "0"
    names = {each.get("name"): each.text for each in xml(content, "xl/workbook.xml").iter("{*}definedName")}
    assert names["_xlnm.Print_Titles"] == "任务!$4:$5"
    merged = {each.get("ref") for each in sheet.iter("{*}mergeCell")}
    assert {"A4:A5", "B4:C4", "D4:D5"} <= merged


def test_a_wide_table_lies():
    columns = [Column(head=f"栏{place}", weight=1) for place in range(8)]
    content = written(Table(columns=columns, rows=[["值"] * 8], name="宽"))
    assert xml(content, "xl/worksheets/sheet2.xml").find("{*}pageSetup").get("orientation") == "landscape"


@pytest.mark.parametrize("name", ["a/b:c*?[x]", "'引'", "History", "长" * 60, "", "概况", "  "])
def test_sheets_have_names_that_excel_takes(name):
    content = written(Table(columns=COLUMNS, rows=[], name=name), Table(columns=COLUMNS, rows=[], name=name))
    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert len({each.lower() for each in names}) == 3
    for each in names:
        assert 0 < len(each) <= 31
        assert not re.search(r"[\[\]:*?/\\]", each)
        assert not each.startswith("'") and each.lower() != "history"


def test_charts_are_drawn_from_the_cells():
    counts = (Count(label="临期", value=3), Count(label="逾期", value=1))
    bars = Chart(kind="bars", caption="任务按状态分布", head="状态", counts=counts)
    line = Chart(
        kind="lines",
        caption="筛查率",
        head="年度",
        axis=("2023年", "2024年"),
        series=(
            Series(label="监测值", values=(Decimal("47.5"), None)),
            Series(label="应达值", values=(Decimal("46.0"), Decimal("52.0")), is_target=True),
        ),
        unit="%",
    )
    content = written(bars, line)
    first, second = (xml(content, f"xl/charts/chart{place}.xml") for place in (1, 2))
    assert [each.text for each in first.iter("{*}f")] == ["概况!$A$5:$A$6", "概况!$G$5:$G$6"]
    found = rows(content, "概况")
    assert [found[place][0] for place in (4, 5)] == ["临期", "逾期"]
    assert [found[place][6] for place in (4, 5)] == [3, 1]
    kept = rows(content, "筛查率")
    head = next(place for place, row in enumerate(kept) if row[0] == "年度")
    assert [each.text for each in second.iter("{*}f")][:3] == [
        f"筛查率!$A${head + 2}",
        f"筛查率!$B${head + 1}:$C${head + 1}",
        f"筛查率!$B${head + 2}:$C${head + 2}",
    ]
    assert kept[head + 1][:3] == ["监测值（%）", 47.5, "—"]


def test_text_that_begins_like_a_formula_stays_text_when_it_is_edited():
    content = written(Table(columns=COLUMNS[:1], rows=[["=1+1"]], name="表"))
    assert any(each.get("quotePrefix") == "1" for each in xml(content, "xl/styles.xml").iter("{*}xf"))


def test_the_properties_are_those_of_the_paper():
    core = xml(written(table()), "docProps/core.xml")
    said = {etree.QName(each).localname: each.text for each in core}
    assert (said["title"], said["creator"]) == ("台账", texts.imprint().issuer)
    assert said["created"] == said["modified"] == "2026-11-23T02:32:00Z"

"""Charts that can be read without colour: bars over pages, lines with targets, round scales."""

from decimal import Decimal
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import pdf, trends
from reports.blocks import Chart, Report, Series
from reports.facts import Count
from reports.samples import texts

YEARS = tuple(f"{year}年" for year in range(2020, 2026))
VALUES = tuple(Decimal(value) for value in ("21.3", "20.1", "18.8", "17.2"))
ACTUAL = Series(label="孕产妇死亡率", values=(*VALUES, None, Decimal("14.9")))
TARGET = Series(label="年度目标", values=(Decimal(22),) * 6, is_target=True)


def made(*body):
    return pdf.render(Report(title="图", body=body), texts.imprint())


def lines(*series, axis=YEARS):
    return Chart(kind="lines", caption="趋势", head="年份", axis=axis, series=series, unit="1/10万")


def test_lines_say_their_values_and_stand_as_a_table(read):
    seen = read(made(lines(ACTUAL, TARGET)))
    (figure,) = seen.root.all("Figure")
    assert figure.alt.startswith("趋势（1/10万）。孕产妇死亡率：2020年 21.3，2021年 20.1")
    assert "2024年 —" in figure.alt and "年度目标（目标）：2020年 22" in figure.alt
    assert "单位：1/10万" in figure.text and "年度目标" in figure.text and "18.8" in figure.text
    assert seen.rows()[1] == ["孕产妇死亡率（1/10万）", "21.3", "20.1", "18.8", "17.2", "—", "14.9"]


def test_a_long_axis_stands_as_rows(read):
    axis = tuple(f"{year}年" for year in range(2015, 2026))
    series = Series(label="比率", values=tuple(map(Decimal, range(11))))
    rows = read(made(lines(series, axis=axis))).rows()
    assert rows[0] == ["年份", "比率（1/10万）"]
    assert rows[1:] == [[year, str(value)] for value, year in enumerate(axis)]


def test_targets_are_dashed_and_breaks_stay_open():

    solid, dashed = (trends._style(each, 0) for each in (ACTUAL, TARGET))
    assert "d" in dashed.split() and "d" not in solid.split()
    hollow, filled = trends._mark(0, 5, 5, is_hollow=True), trends._mark(0, 5, 5, is_hollow=False)
    assert hollow != filled
    shapes = {trends._mark(place, 5, 5, is_hollow=False) for place in range(4)}
    assert len(shapes) == 4


def test_lines_without_values_are_left_out(read):
    nothing = Series(label="无", values=(None,) * 6)
    assert read(made(lines(nothing))).root.all("Figure") == []


@settings(deadline=None)
@given(st.lists(st.decimals(-10_000, 10_000, places=2), min_size=1, max_size=12))
def test_scales_are_round_and_enclose_all_values(values):
    found = trends.ticks(min(values), max(values))
    assert found[0] <= min(values) and found[-1] >= max(values)
    assert 2 <= len(found) <= trends._TICKS + 3
    assert len({after - before for before, after in pairwise(found)}) == 1


def test_counts_have_whole_scales_and_no_line_lies_on_the_axis():
    assert trends.ticks(Decimal(11), Decimal(12), is_whole=True) == [10, 11, 12]
    assert trends.ticks(Decimal(95), Decimal("96.4"))[0] < 95
    assert trends.ticks(Decimal(0), Decimal(3), is_whole=True)[0] == 0


@pytest.mark.parametrize("kind", ["bars", "stacked"])
def test_three_hundred_bars_stay_on_their_pages(kind, read):
    counts = tuple(
        Count(label=f"第{place}个名称很长很长很长很长很长很长很长的成员单位", value=place) for place in range(300)
    )
    paper = made(Chart(kind=kind, caption="各单位", head="单位", counts=counts))
    figures = read(paper).root.all("Figure")
    assert sum(figure.alt.count("项") for figure in figures) == 300
    for page in pypdfium2.PdfDocument(bytes(paper)):
        text = page.get_textpage()
        width, _ = page.get_size()
        for place in range(text.count_rects()):
            left, bottom, right, _ = text.get_rect(place)
            assert bottom > 20 and left > 60 and right < width - 60


def test_a_key_of_long_names_wraps(read):
    series = [Series(label="很长的指标名称" * 9, values=VALUES) for _ in range(3)]
    assert read(made(lines(*series))).pdf.check_pdf_syntax() == []

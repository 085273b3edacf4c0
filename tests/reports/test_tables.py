"""Long tables: heads, splits, spans, lights; and the charts beside them."""

import pypdfium2
import pytest

from reports import charts, marks
from reports.blocks import Chart, Column, Rates
from reports.blocks import Table as TableBlock
from reports.body import set_block
from reports.facts import Count, Rate
from reports.page import LANDSCAPE, UPRIGHT, Composer
from reports.samples import texts
from reports.tables import Cell, Table


def composer(kind=UPRIGHT):
    return Composer(kind, texts.imprint(), title="表")


def table(on, **options):
    return Table(on, [60, on.width - 60], head=[["序号", "内容"]], **options)


def test_every_row_comes_once_and_in_order(read):
    on = composer()
    grid = table(on)
    for number in range(300):
        grid.row([str(number), f"第{number}行"])
    grid.close()
    paper = on.finish()
    assert paper.page_count > 5
    assert read(paper).rows()[1:] == [[str(number), f"第{number}行"] for number in range(300)]


def test_heads_come_again_on_every_page_as_furniture(read):
    on = composer()
    grid = table(on)
    for number in range(200):
        grid.row([str(number), "内容"])
    grid.close()
    seen = read(on.finish())
    (head,) = [row for row in seen.root.all("TR") if row.kids[0].tag == "TH"]
    assert [cell.text for cell in head.kids] == ["序号", "内容"]
    assert {cell.attributes["/Scope"] for cell in head.kids} == {"/Column"}
    assert "序号" not in seen.artifacts[0]
    assert all("序号内容" in text for text in seen.artifacts[1:])


def pages_of_rows(seen):
    return [set().union(*(cell.pages for cell in row.kids)) for row in seen.root.all("TR")]


def test_a_row_that_fits_a_page_is_not_split(read):
    on = composer()
    grid = table(on)
    for number in range(30):
        grid.row([str(number), "长文。" * (40 + 37 * (number % 7))])
    grid.close()
    assert all(len(pages) == 1 for pages in pages_of_rows(read(on.finish())))


def test_a_row_taller_than_a_page_is_split_and_stays_one_row(read):
    on = composer()
    grid = table(on)
    text = "".join(f"第{number}句。" for number in range(1200))
    grid.row(["甲", "前"])
    grid.row(["乙", text])
    grid.row(["丙", "后"])
    grid.close()
    paper = on.finish()
    seen = read(paper)
    assert paper.page_count > 2
    assert seen.rows()[1:] == [["甲", "前"], ["乙", text], ["丙", "后"]]
    assert all("序号内容" in text for text in seen.artifacts[1:])


def test_a_split_row_begins_on_a_new_page_if_little_room_is_left(read):
    on = composer()
    grid = table(on)
    while on.y - on.bottom > 40:
        grid.row(["甲", "前"])
    grid.row(["乙", "长。" * 3000])
    grid.close()
    last = read(on.finish()).root.all("TR")[-1]
    assert min(last.kids[1].pages) == 1


def test_a_band_stays_with_its_first_row(read):
    for filler in range(26, 40):
        on = composer(LANDSCAPE)
        grid = table(on)
        for number in range(filler):
            grid.row([str(number), "行"])
        grid.band("一、妇女发展")
        grid.row(["甲", "首行"])
        grid.close()
        band, row = read(on.finish()).root.all("TR")[-2:]
        assert band.kids[0].attributes == {"/O": "/Table", "/Scope": "/Row", "/ColSpan": "2"}
        assert band.kids[0].pages == row.kids[0].pages


def test_a_head_is_never_alone_and_a_last_row_has_company(read):
    heads, lasts = [], []
    for filler in range(20, 60):
        on = composer()
        for _line in range(filler):
            on.space(0)
            on.y -= 14
        set_block(on, TableBlock(columns=(Column(head="内容", weight=1),), name="表", rows=[["行\n行\n行"]] * 3))
        head, *rows = read(on.finish()).root.all("TR")
        heads.append(head.kids[0].pages == rows[0].kids[0].pages)
        lasts.append(rows[-1].kids[0].pages == rows[-2].kids[0].pages)
    assert all(heads)
    assert all(lasts)


def test_spans_and_alignment_keep_the_text(read):
    on = composer()
    grid = Table(on, [100, 100, 100], aligns=["left", "center", "right"])
    grid.row(["左", "中", "右"])
    grid.row([Cell("跨两列", span=2, align="center"), "末"])
    grid.row(["", "第一段\n\n第二段", Cell("临期", light="yellow")])
    grid.close()
    assert read(on.finish()).rows() == [["左", "中", "右"], ["跨两列", "末"], ["", "第一段第二段", "临期"]]


def test_a_cell_after_a_wide_one_stands_as_those_over_it():
    on = composer()
    grid = Table(on, [100, 100, 100], aligns=["center", "left", "right"])
    grid.row(["左", "中", "右"])
    grid.row([Cell("跨两列", span=2, align="center"), "末"])
    grid.close()
    page = pypdfium2.PdfDocument(on.finish())[0].get_textpage()
    text = page.get_text_range()
    right, last = (page.get_charbox(text.index(char)) for char in "右末")
    assert last[2] == pytest.approx(right[2], abs=1.5)


def test_a_table_without_rows_is_its_head(read):
    on = composer()
    table(on).close()
    assert read(on.finish()).rows() == [["序号", "内容"]]


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_light_stands_beside_its_words(align):
    on = composer()
    grid = Table(on, [on.width], aligns=[align], size=10)
    grid.row([Cell("空白", light="red")])
    grid.close()
    (page,) = pypdfium2.PdfDocument(bytes(on.finish()))
    shown = page.render(scale=2).to_pil().convert("RGB").crop((0, 0, 1000, 300)).tobytes()
    red = [place // 3 % 1000 / 2 for place in range(0, len(shown), 3) if shown[place] - shown[place + 2] > 80]
    text = page.get_textpage()
    place = next(place for place in range(text.count_chars()) if text.get_text_range(place, 1) == "空")
    left = text.get_charbox(place, loose=True)[0]
    assert min(red) < max(red) < left < max(red) + 10


@pytest.mark.parametrize("code", list(marks.INK))
def test_lights_differ_in_shape_and_pattern(code):
    others = [other for other in marks.INK if other != code]

    def without_colour(operators):
        return [part for part in operators.split() if part not in set(" ".join(marks.INK.values()).split())]

    drawn = without_colour(marks.shape(code, 50, 50, 8))
    assert all(drawn != without_colour(marks.shape(other, 50, 50, 8)) for other in others)
    if code not in {"hollow", "black"}:  # told apart by white and dark ground
        pattern = marks._PATTERNS[code](0, 0, 60, 12)
        assert pattern and all(pattern != marks._PATTERNS[other](0, 0, 60, 12) for other in others)


def test_a_chart_is_a_figure_with_its_numbers_in_words(read):
    counts = [Count(label="临期", value=3, light="yellow"), Count(label="其他", value=0), Count(label="另", value=1)]
    on = composer()
    charts.bars(on, counts, "任务按状态分布")
    set_block(on, Chart(kind="stacked", caption="合计", head="状态", counts=tuple(counts)))
    seen = read(on.finish())
    first, second = seen.root.all("Figure")
    assert first.alt == "任务按状态分布：临期 3 项，其他 0 项，另 1 项"
    assert "临期3 项" in first.text
    assert "临期 3 项（75.0%）" in second.text
    assert seen.rows() == [
        ["状态", "数量", "占比"],
        ["临期", "3 项", "75.0%"],
        ["其他", "0 项", "0.0%"],
        ["另", "1 项", "25.0%"],
        ["合计", "4 项", "100.0%"],
    ]


def test_a_chart_of_nothing_is_left_out(read):
    on = composer()
    charts.stacked_bar(on, [Count(label="临期", value=0)], "无")
    set_block(on, Chart(kind="bars", caption="无", head="状态"))
    seen = read(on.finish())
    assert seen.root.all("Figure") == []
    assert seen.rows() == [["状态", "数量", "占比"], ["合计", "0 项", "—"]]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (40, 51, "78.4%"),
        (38, 49, "77.6%"),
        (50, 57, "87.7%"),
        (40, 46, "87.0%"),
        (1, 2000, "0.1%"),
        (0, 5, "0.0%"),
        (5, 5, "100.0%"),
        (0, 0, "—"),
    ],
)
def test_rates_are_rounded_half_up(numerator, denominator, expected):
    assert Rate(label="率", numerator=numerator, denominator=denominator, rule="").percent_text == expected


def test_a_rate_prints_both_numbers_and_its_rule(read):
    on = composer()
    set_block(on, Rates((Rate(label="办结率", numerator=33, denominator=51, rule="已办结 ÷ 已交办"),)))
    assert read(on.finish()).rows()[1] == ["办结率", "33 ÷ 51", "64.7%", "已办结 ÷ 已交办"]


def test_heads_stand_in_groups(read):
    columns = [
        Column(head="指标", weight=3),
        *(Column(head=f"{year}年", weight=1, group="历年值", align="center") for year in (2024, 2025)),
        Column(head="目标", weight=1),
    ]
    on = composer(LANDSCAPE)
    set_block(on, TableBlock(columns=columns, rows=([f"指标{place}", place, None, ""] for place in range(80))))
    seen = read(on.finish())
    assert seen.rows()[:3] == [["指标", "历年值", "目标"], ["2024年", "2025年"], ["指标0", "0", "—", ""]]
    head = {cell.text: cell.attributes for cell in seen.root.all("TH")}
    assert head["指标"]["/RowSpan"] == head["目标"]["/RowSpan"] == head["历年值"]["/ColSpan"] == "2"
    assert "/RowSpan" not in head["2024年"]
    assert all("历年值" in text and "2025年" in text for text in seen.artifacts[1:])


def test_a_table_without_rows_says_so(read):
    on = composer()
    columns = [Column(head="序号", weight=1), Column(head="内容", weight=4)]
    set_block(on, TableBlock(columns=columns, rows=iter(()), empty="（没有）"))
    assert read(on.finish()).rows() == [["序号", "内容"], ["（没有）"]]

"""What every paper keeps to, whatever it says."""

import ast
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from reports import page, samples
from reports.blocks import Report
from reports.imprint import Imprint
from reports.pdf import render
from reports.samples import texts

NAMES = [each.name for each in samples.papers()]
REPORTS = [each.name for each in samples.papers() if isinstance(each.compose(), Report)]
ROOT = Path(page.__file__).parent


@pytest.mark.parametrize("name", NAMES)
def test_fonts_are_embedded_and_readable(seen_sample, name):
    pdf = seen_sample(name).pdf
    fonts = pdf.pages[0].obj.Resources.Font
    assert len(fonts)
    for font in fonts.values():
        (descendant,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys())
        assert "/ToUnicode" in font
    simple = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type1"]
    assert simple == []


def widths(table):
    """How many columns each row covers, with the cells that come down from above."""
    coming_down = {}
    for place, row in enumerate(table.kids):
        width = coming_down.get(place, 0)
        for cell in row.kids:
            span = int(cell.attributes.get("/ColSpan", 1))
            width += span
            for below in range(1, int(cell.attributes.get("/RowSpan", 1))):
                coming_down[place + below] = coming_down.get(place + below, 0) + span
        yield width


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_has_its_place_in_the_tag_tree(seen_sample, name):
    seen = seen_sample(name)
    assert "".join(seen.loose) == ""
    for marks, owned in zip(seen.marks, seen.owned, strict=True):
        assert owned == set(marks)
    assert len(seen.root.all("H1")) == 1
    assert seen.pdf.Root.MarkInfo.Marked
    for table in seen.root.all("Table"):
        assert table.kids and all(row.tag == "TR" and row.kids for row in table.kids)
        assert len(set(widths(table))) == 1
    assert all(cell.attributes["/Scope"] in {"/Row", "/Column"} for cell in seen.root.all("TH"))
    assert all(figure.alt for figure in seen.root.all("Figure"))


@pytest.mark.parametrize("name", REPORTS)
def test_the_foot_stands_on_every_page(seen_sample, name, bare):
    seen = seen_sample(name)
    count = len(seen.artifacts)
    imprint = texts.imprint()
    for number, text in enumerate(seen.artifacts, 1):
        assert f"第 {number} 页 共 {count} 页" in text
        assert "打印时间：2026年11月23日 10:32" in text
        assert imprint.printed_by in text
        assert bare(imprint.filter_text) in bare(text)
        assert "审计链首：9f2c41d07ab3" in text
        is_preview = "preview" in name or name == "unit-progress-empty"
        assert ("预览件，未编号，不作凭据" in text) is is_preview
        assert ("编号：BB-2026-0117" in text) is not is_preview
        assert ("核验码：7K3M-9QX2-TBVN-4HRD" in text) is not is_preview


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_sound_and_meant_for_the_archive(seen_sample, name):
    pdf = seen_sample(name).pdf
    assert pdf.check_pdf_syntax() == []
    root = pdf.Root
    assert str(root.Lang) == "zh-CN"
    assert root.ViewerPreferences.DisplayDocTitle
    assert root.OutputIntents[0].DestOutputProfile.N == 3
    assert not {"/AA", "/OpenAction", "/JavaScript", "/AcroForm"} & set(root.keys())
    assert "/Encrypt" not in pdf.trailer
    assert all("/Trans" not in each.obj for each in pdf.pages)
    assert str(pdf.docinfo.Author) == texts.imprint().issuer
    assert str(pdf.docinfo.CreationDate) == "D:20261123103200+08'00'"
    with pdf.open_metadata(update_docinfo=False) as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
        assert metadata["xmp:CreateDate"] == "2026-11-23T10:32:00+08:00"


@pytest.mark.parametrize("name", NAMES)
def test_the_same_data_give_the_same_bytes(sample, name):
    again = next(each for each in samples.papers() if each.name == name)
    assert render(again.compose(), again.imprint) == sample(name)


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_drawn_outside_the_margins(sample, name):
    import pypdfium2

    pdf = pypdfium2.PdfDocument(bytes(sample(name)))
    composed = next(each for each in samples.papers() if each.name == name).compose()
    kind = page.LANDSCAPE if composed.is_landscape else page.UPRIGHT
    for sheet in pdf:
        width, height = sheet.get_size()
        assert (round(width), round(height)) == (round(kind.width), round(kind.height))
        text = sheet.get_textpage()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            assert left > kind.left - 3 and right < kind.width - kind.right + 3
            assert bottom > kind.bottom - 6 and top < kind.height - 20


def test_bookmarks_name_the_sections(sample):
    reader = pypdf.PdfReader(BytesIO(sample("meeting-progress")))
    top = reader.outline
    assert top[0].title == "云山县妇女儿童工作委员会2026年第2次全体会议任务落实情况报告"
    titles = [each.title for each in top[1] if not isinstance(each, list)]
    assert titles == ["一、会议概况", "二、总体情况", "三、逐条落实情况", "四、未列任务和待分解的要求"]
    assert reader.get_destination_page_number(top[1][0]) == 0


def test_other_readers_find_the_rare_names(sample):
    import pypdfium2

    for name in ("meeting-progress", "unit-progress", "responsibility-list-issue"):
        text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(sample(name))).pages)
        assert texts.RARE in text
        sheets = pypdfium2.PdfDocument(bytes(sample(name)))
        assert texts.RARE in "".join(sheet.get_textpage().get_text_range() for sheet in sheets)


def test_a_paper_tells_its_pages_and_what_it_could_not_draw():
    composer = page.Composer(page.UPRIGHT, texts.imprint(), title="试印\x00件\n")
    composer.paragraph("甲\U0001f600")
    paper = composer.finish()
    assert composer.title == "试印件"
    assert (paper.page_count, paper.missing) == (1, ("\U0001f600",))


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        Imprint(issuer="办", printed_at=datetime(2026, 1, 1), printed_by="甲")  # noqa: DTZ001 - the point of the test


def test_a_very_long_filter_leaves_room_for_the_text(read):
    imprint = Imprint(
        issuer="办公室" * 60,
        printed_at=texts.imprint().printed_at,
        printed_by="甲",
        filter_text="条件；" * 900,
    )
    composer = page.Composer(page.UPRIGHT, imprint, title="标题" * 60)
    composer.title_block()
    for _ in range(60):
        composer.paragraph("正文。")
    seen = read(composer.finish())
    assert "筛选条件过长，余略" in seen.artifacts[0]
    assert seen.artifacts[1].count("……") >= 2
    assert sum(node.text == "正文。" for node in seen.root.all("P")) == 60


def test_reports_know_nothing_else():
    allowed = {"reports", "reportlab", "uharfbuzz", "fontTools", *sys.stdlib_module_names}
    forbidden = {"os", "socket", "urllib", "http", "random", "subprocess", "locale"}
    for path in ROOT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            roots = {name.split(".")[0] for name in names}
            assert roots <= allowed - forbidden, path.name
            assert not (isinstance(node, ast.Attribute) and node.attr in {"now", "today", "environ"}), path.name

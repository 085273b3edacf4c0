"""What Word needs to set a paper as the standard has it, told from the document itself."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from reports import samples, word
from reports.blocks import Annex, Heading, Official, Report, Text
from reports.samples import texts

MM = 36_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(name):
    found = next(each for each in samples.papers() if each.name == name)
    return docx.Document(BytesIO(word.render(found.compose(), found.imprint)))


def part(content, name):
    with ZipFile(BytesIO(content)) as file:
        return etree.fromstring(file.read(name))


@pytest.mark.parametrize("name", [each.name for each in samples.papers()])
def test_every_part_is_known_and_every_style_and_reference_exists(name):
    found = next(each for each in samples.papers() if each.name == name)
    content = word.render(found.compose(), found.imprint)
    with ZipFile(BytesIO(content)) as file:
        names = file.namelist()
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    types = {each.get("PartName") for each in part(content, "[Content_Types].xml").iter("{*}Override")}
    parts = {f"/{each}" for each in names if not each.endswith(".rels") and each != "[Content_Types].xml"}
    assert types == parts
    styles = {each.get(W + "styleId") for each in part(content, "word/styles.xml").iter(W + "style")}
    relations = {each.get("Id") for each in part(content, "word/_rels/document.xml.rels")}
    document = part(content, "word/document.xml")
    assert {each.get(W + "val") for each in document.iter(W + "pStyle")} <= styles
    used = {each.get(qn("r:id")) for each in document.iter(W + "headerReference", W + "footerReference")}
    assert used <= relations


@pytest.mark.parametrize("name", [each.name for each in samples.papers()])
def test_every_row_covers_the_columns_of_its_table(name):
    for table in made(name).element.body.iter(qn("w:tbl")):
        columns = [int(each.get(qn("w:w"))) for each in table.iter(qn("w:gridCol"))]
        for row in table.iter(qn("w:tr")):
            spans = widths = 0
            for cell in row.iter(qn("w:tc")):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                spans += 1 if span is None else int(span.get(qn("w:val")))
                widths += int(cell.find(f"{W}tcPr/{W}tcW").get(qn("w:w")))
            assert spans == len(columns)
            assert widths == sum(columns)
        after = table.getnext()
        assert after is not None and after.tag == qn("w:p")


def test_headings_are_headings_and_heads_come_again():
    document = made("meeting-progress")
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["一、会议概况", "二、总体情况", "三、逐条落实情况", "四、未列任务和待分解的要求"]
    ledger = made("responsibility-list-issue").tables[0]._tbl
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in ledger.iter(W + "tr")]
    assert heads[0] and not any(heads[1:])


def test_a_ledger_lies_and_a_report_stands():
    lying, standing = made("responsibility-list-issue").sections[0], made("unit-progress").sections[0]
    assert (lying.orientation, standing.orientation) == (WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT)
    assert lying.page_width == standing.page_height
    assert [standing.page_width // MM, standing.page_height // MM] == [210, 297]


def test_an_official_paper_stands_on_the_grid_of_the_standard():
    """GB/T 9704-2012, 5.2: margins, 22 lines of 28 characters."""
    document = made("form-document")
    section = document.sections[0]
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(each / MM) for each in margins] == [37, 28, 26, 35]
    grid = section._sectPr.find(W + "docGrid")
    assert grid.get(W + "type") == "lines"  # of characters it would be read in two ways
    pitch = int(grid.get(W + "linePitch"))
    text_height = (section.page_height - section.top_margin - section.bottom_margin) / 635
    text_width = (section.page_width - section.left_margin - section.right_margin) / 635
    assert int(text_height // pitch) == 22
    looks = {each.get(W + "styleId"): each.find(f"{W}rPr") for each in document.styles.element.iter(W + "style")}
    char = 16 * 20 + int(looks["Body"].find(W + "spacing").get(W + "val"))
    assert int(text_width // char) == 28 and text_width - 28 * char < 30
    assert looks["Title"].find(W + "spacing").get(W + "val") == "0"
    body = document.styles["正文段落"].element
    assert body.find(f"{W}pPr/{W}ind").get(W + "firstLineChars") == "200"
    assert body.find(f"{W}pPr/{W}spacing").get(W + "lineRule") == "exact"
    fonts = {
        each.get(W + "styleId"): each.find(f"{W}rPr/{W}rFonts") for each in document.styles.element.iter(W + "style")
    }
    faces = [fonts[each].get(W + "eastAsia") for each in ("Title", "Body", "Heading1", "Heading2", "Heading3")]
    assert faces == [
        "方正小标宋简体",
        "仿宋_GB2312",
        "黑体",
        "楷体_GB2312",
        "仿宋_GB2312",
    ]


def test_days_in_cells_take_no_more_room_than_in_the_pdf():
    """Room between Hanzi and digits would break 2026年11月10日 in its column."""
    for name in ("form-document", "responsibility-list-issue"):
        for each in made(name).styles.element.iter(W + "style"):
            is_cell = each.get(W + "styleId")[:4] in {"Cell", "Head"} and each.get(W + "styleId")[-1] in "del"
            off = [each.find(f"{W}pPr/{W}{kind}") is not None for kind in ("autoSpaceDE", "autoSpaceDN")]
            assert off == [is_cell] * 2, each.get(W + "styleId")


def test_a_title_takes_the_width_of_its_page():
    wide = Report(title="云山县妇女发展规划（2021—2025年）2025年指标监测表", body=(), is_landscape=True)
    narrow = replace(wide, is_landscape=False)
    breaks = [
        part(word.render(each, texts.imprint()), "word/document.xml").find(f".//{W}p").findall(f".//{W}br")
        for each in (wide, narrow)
    ]
    assert [len(each) for each in breaks] == [0, 1]


def test_page_numbers_stand_outside_on_odd_and_even_pages():
    document = made("form-document")
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    for each, side in ((odd, "right"), (even, "left")):
        assert each._p.find(f"{W}pPr/{W}jc").get(W + "val") == side
        assert [node.text for node in each._p.iter(W + "instrText")] == [" PAGE "]
        assert each.text == "— 1 —"


def official(**more):
    return Official(
        form="document",
        mark="云山县妇女儿童工作委员会办公室文件",
        title="关于做好2026年第2次全体会议议定事项落实工作的通知",
        body=(Heading("一、要求。"), Text("请落实。")),
        number_prefix="云妇儿工委办",
        year=2026,
        day=texts.imprint().printed_at.date(),
        signature="云山县妇女儿童工作委员会办公室",
        **more,
    )


def lines(paper):
    document = docx.Document(BytesIO(word.render(paper, texts.imprint())))
    return [each.text for each in document.paragraphs if each.text]


def test_the_elements_come_in_the_order_of_the_standard():
    paper = official(
        urgency="特急",
        copy_number="000001",
        addressees="各成员单位：",
        attachments=("任务分解表。", "联系表"),
        remark="联系人：甲",
        annexes=(Annex(title="任务分解表", body=(Text("一"),)), Annex(title="联系表", body=(Text("二"),))),
    )
    assert lines(paper) == [
        "000001",
        "特急",
        "云山县妇女儿童工作委员会办公室文件",
        "云妇儿工委办〔2026〕　号",
        "关于做好2026年第2次全体会议\n议定事项落实工作的通知",
        "各成员单位：",
        "一、要求。请落实。",
        "附件：1.任务分解表",
        "2.联系表",
        "云山县妇女儿童工作委员会办公室",
        "2026年11月23日",
        "（联系人：甲）",
        "附件1",
        "任务分解表",
        "一",
        "附件2",
        "联系表",
        "二",
    ]


@pytest.mark.parametrize(("signing", "name", "day"), [("seal", 0, 4), ("plain", 2, 8)])
def test_the_signature_is_set_from_the_right(signing, name, day):
    """7.3.5: with a seal the day stands four characters in under the middle of the name; else two after its start."""
    paper = official(signing=signing)
    document = docx.Document(BytesIO(word.render(paper, texts.imprint())))
    signed = [each for each in document.paragraphs if each.style.name == "署名和成文日期"]
    char = 156 / 28 * MM
    indents = [(each.paragraph_format.right_indent or 0) / char for each in signed]
    assert indents == pytest.approx([name, day], abs=0.01)


def test_several_bodies_stand_on_centred_stops_over_the_day():
    """Rows of two or three as in the PDF, each body centred in its share of the text width, the last over the day."""
    names = ("云山县妇联", "云山县教育局", "云山县公安局", "云山县民政局")
    paper = replace(official(signing="seal", cosigners=names[1:]), signature=names[0])
    document = docx.Document(BytesIO(word.render(paper, texts.imprint())))
    signed = [each for each in document.paragraphs if each.style.name == "署名和成文日期"]
    assert [each.text for each in signed] == [
        "\t云山县妇联\t云山县教育局\t云山县公安局",
        "\t\t\t云山县民政局",
        "\t\t\t2026年11月23日",
    ]
    stops = [stop.position / MM for stop in signed[0].paragraph_format.tab_stops]
    assert stops == pytest.approx([26, 78, 130], abs=0.1)


def test_the_room_of_a_name_stamp_is_kept_right_of_the_post():
    paper = official(signing="stamp", signer_posts=("云山县人民政府副县长",))
    document = docx.Document(BytesIO(word.render(paper, texts.imprint())))
    post, day = [each for each in document.paragraphs if each.style.name == "署名和成文日期"]
    char = 156 / 28 * MM
    assert (post.text, day.text) == ("云山县人民政府副县长", "2026年11月23日")
    assert post.paragraph_format.right_indent == pytest.approx(6 * char + 40 * MM, rel=0.01)
    assert day.paragraph_format.right_indent == pytest.approx(4 * char, rel=0.01)


def test_the_colophon_stands_at_the_foot_of_the_last_page():
    paper = official(
        copies_to="县政府办公室",
        printed_by="办公室",
        printed_on=texts.imprint().printed_at.date(),
        annexes=(Annex(title="表", body=(Text("一"),), is_landscape=True),),
    )
    document = docx.Document(BytesIO(word.render(paper, texts.imprint())))
    (table,) = document.tables
    assert [row.cells[0].text for row in table.rows] == ["抄送：县政府办公室。", "办公室\t2026年11月23日印发"]
    assert table._tbl.tblPr.find(W + "tblpPr").get(W + "tblpYSpec") == "bottom"
    assert [each.orientation for each in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


def test_the_properties_are_those_of_the_paper():
    document = docx.Document(BytesIO(word.render(Report(title="题", body=()), texts.imprint())))
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == ("题", texts.imprint().issuer, "zh-CN")
    assert properties.created.replace(tzinfo=UTC) == datetime(2026, 11, 23, 2, 32, tzinfo=UTC)


def test_an_editable_copy_bears_no_verification_code():
    content = word.render(Report(title="题", body=()), texts.imprint())
    with ZipFile(BytesIO(content)) as file:
        whole = b"".join(file.read(name) for name in file.namelist()).decode()
    assert "7K3M" not in whole
    assert "BB-2026-0117" in whole
    assert "以同编号的 PDF 文书为准" in whole

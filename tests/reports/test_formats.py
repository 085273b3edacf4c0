"""PDF, Word and Excel say the same: every word and number of a paper, in its order, in each of them."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from reports import excel, pdf, samples, word
from reports.blocks import (
    Band,
    Cell,
    Chart,
    Column,
    Heading,
    Note,
    Official,
    PageBreak,
    Report,
    Table,
    Text,
    value_text,
)
from reports.grids import grid_of
from reports.samples import texts
from reports.typeset import legible

NAMES = [each.name for each in samples.papers()]


def found(name):
    return next(each for each in samples.papers() if each.name == name)


@cache
def as_word(name):
    return word.render(found(name).compose(), found(name).imprint)


@cache
def as_excel(name):
    return excel.render(found(name).compose(), found(name).imprint)


def words_of(block):
    """What a block says, in its order."""
    if isinstance(block, Heading | Note):
        return [block.text]
    if isinstance(block, Text):
        return [block.lead + block.text]
    if isinstance(block, PageBreak):
        return []
    grid = grid_of(block)
    said = [block.caption] if isinstance(block, Chart | Table) else []
    said += [cell.value for row in grid.head for cell in row if cell]
    for row in grid.rows:
        items = [Cell(row.text)] if isinstance(row, Band) else [i if isinstance(i, Cell) else Cell(i) for i in row]
        said += [value_text(item.value, item.unit) for item in items]
    return said


def said_by(composed):
    """What a paper says of its data, in its order."""
    said = [composed.title]
    said += composed.under if isinstance(composed, Report) else []
    said += [text for block in composed.body for text in words_of(block)]
    if isinstance(composed, Official):
        for annex in composed.annexes:
            said += [annex.title, *(text for block in annex.body for text in words_of(block))]
    return said


def bare(text):
    return re.sub(r"\s", "", text)


def word_text(content):
    """All text of a document's body, paragraphs and tables in their order."""
    body = docx.Document(BytesIO(content)).element.body
    return "\n".join("".join(node.text or "" for node in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))


def shown(value):
    """A value of a sheet as its cell shows it; the number of decimals is the format's and not told."""
    if isinstance(value, datetime):
        return value_text(value if value.time() != time() else value.date())
    return value_text(value)


def sheets(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("name", NAMES)
def test_pdf_says_all_in_its_order(seen_sample, name):
    text, place = bare(seen_sample(name).root.whole_text()), 0
    for expected in said_by(found(name).compose()):
        place = text.index(bare(legible(expected)), place)


@pytest.mark.parametrize("name", NAMES)
def test_word_says_all_in_its_order(name):
    text, place = bare(word_text(as_word(name))), 0
    for expected in said_by(found(name).compose()):
        place = text.index(bare(legible(expected)), place)


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_says_all_with_numbers_and_days_as_such(name):
    kept = sheets(as_excel(name))
    texts_kept = {bare(cell) for rows in kept.values() for row in rows for cell in row if isinstance(cell, str)}
    numbers = {cell for rows in kept.values() for row in rows for cell in row if isinstance(cell, float)}
    days = {cell for rows in kept.values() for row in rows for cell in row if isinstance(cell, date)}
    for value, unit in values_of(found(name).compose()):
        if isinstance(value, int | Decimal):
            assert float(Decimal(value).scaleb(-2 if unit == "%" else 0)) in numbers
        elif isinstance(value, datetime):
            assert value.replace(tzinfo=None) in days
        elif isinstance(value, date):
            assert value in {day.date() if isinstance(day, datetime) else day for day in days}
        else:
            assert bare(value_text(value)) in texts_kept | {""}


def values_of(composed):
    """The values of every grid with their units, and every text."""
    bodies = [composed.body, *(annex.body for annex in getattr(composed, "annexes", ()))]
    for body in bodies:
        for block in body:
            if isinstance(block, Heading | Note):
                yield block.text, ""
            elif isinstance(block, Text):
                yield block.lead + block.text, ""
            elif not isinstance(block, PageBreak):
                grid = grid_of(block)
                heads = [[cell for cell in row if cell] for row in grid.head]
                for row in (*heads, *grid.rows):
                    for item in [row.text] if isinstance(row, Band) else row:
                        cell = item if isinstance(item, Cell) else Cell(item)
                        yield cell.value, cell.unit


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_the_same_on_all_three(seen_sample, name):
    """Number by number: every row of a table in PDF and Word alike; a sheet is held against the values above."""
    rows = [[bare(cell) for cell in row] for row in seen_sample(name).rows()]
    document = docx.Document(BytesIO(as_word(name)))
    in_word = []
    for table in document.tables:
        if table._tbl.find(".//" + qn("w:tblpPr")) is not None:
            continue
        for row in table._tbl.tr_lst:
            cells = [tc for tc in row.tc_lst if tc.vMerge != "continue"]
            in_word.append([bare("".join(node.text or "" for node in tc.iter(qn("w:t")))) for tc in cells])
    assert in_word == rows


@pytest.mark.parametrize("name", NAMES)
def test_the_same_data_gives_the_same_bytes(name):
    assert word.render(found(name).compose(), found(name).imprint) == as_word(name)
    assert excel.render(found(name).compose(), found(name).imprint) == as_excel(name)


HARD = (
    texts.RARE,
    texts.HOSTILE,
    "=1+1",
    "@SUM(A1)",
    "+86",
    "-1",
    "\t=cmd|' /C calc'!A0",
    "http://example.org",
    "_x0041_",
    "00123",
    "1e5",
    "ab\x00\x07c\x1f",
    "左\u202e右",
    "\ud800半",
    "两\n行",
    "&amp;&lt;",
    "]]>",
)


@pytest.mark.parametrize("text", HARD, ids=ascii)
def test_text_is_text(text):
    """No formula, link, number, entity or control sign comes of it."""
    columns = [Column(head="甲", weight=1), Column(head="乙", weight=1)]
    body = [Text(text, lead=text), Note(text), Table(columns=columns, rows=[[text, Cell(text)]], name=text)]
    report = Report(title=f"题{text}", body=body)
    read_word = word_text(word.render(report, texts.imprint()))
    content = excel.render(report, texts.imprint())
    kept = [cell for rows in sheets(content).values() for row in rows for cell in row]
    assert read_word.replace("\n", "").count(legible(text).replace("\n", "")) >= 5
    assert kept.count(legible(text)) >= 3
    assert b"<f>" not in unpacked(content)
    assert b"<hyperlink" not in unpacked(content)


def unpacked(content):
    with ZipFile(BytesIO(content)) as file:
        return b"".join(file.read(name) for name in file.namelist())


def test_a_very_long_cell_is_whole(read):
    long = (texts.LONG * 300)[:20_000]
    assert bare(long) in bare(word_text(word.render(report_of(long), texts.imprint())))
    assert bare(long) in bare(read(pdf.render(report_of(long), texts.imprint())).root.whole_text())
    kept = sheets(excel.render(report_of(long), texts.imprint()))
    assert any(long == cell for row in kept["表"] for cell in row)


def test_what_a_cell_of_a_sheet_cannot_hold_is_told():
    long = "长" * 40_000
    report = Report(title="长", body=[Table(columns=[Column(head="甲", weight=1)], rows=[[long]])])
    cell = next(
        cell for row in sheets(excel.render(report, texts.imprint()))["表"] for cell in row if "长长" in str(cell)
    )
    assert len(cell) <= 32_767
    kept = cell.index("……")
    assert f"余下 {40_000 - kept} 字" in cell
    assert long in word_text(word.render(report_of(long), texts.imprint()))


def report_of(text):
    return Report(title="长", body=[Table(columns=[Column(head="甲", weight=1)], rows=[[text]])])

"""ReportLab's Platypus, the usual way: Paragraph and LongTable; no tags."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

FONT = Path(__file__).parents[2] / "reports" / "fonts" / "NotoSerifSC-Regular.ttf"
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.35, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
GRID.add("LEFTPADDING", (0, 0), (-1, -1), 2.5)
GRID.add("RIGHTPADDING", (0, 0), (-1, -1), 2.5)


def set_document(document: Any, out: Path) -> None:
    if "Song" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Song", FONT))
    size, leading = document["text"]
    sheet = document["sheet"]
    text = ParagraphStyle(
        "text", fontName="Song", fontSize=size, leading=leading, wordWrap="CJK", alignment=4, firstLineIndent=2 * size
    )
    title = ParagraphStyle("title", fontName="Song", fontSize=22, leading=36, wordWrap="CJK", alignment=1)
    cell_size, cell_leading = document["table"]
    cell = ParagraphStyle("cell", fontName="Song", fontSize=cell_size, leading=cell_leading, wordWrap="CJK")
    flow: list[Any] = []
    for kind, *rest in document["parts"]:
        if kind == "table":
            head, widths, rows = rest
            cells = [[Paragraph(escape(item), cell) for item in row] for row in [head, *rows]]
            flow.append(LongTable(cells, colWidths=[width * mm for width in widths], repeatRows=1, style=GRID))
        else:
            flow.append(Paragraph(escape(rest[0]), title if kind == "title" else text))
    SimpleDocTemplate(
        str(out),
        pagesize=landscape(A4) if sheet["landscape"] else A4,
        leftMargin=sheet["left"] * mm - 6,
        rightMargin=sheet["right"] * mm - 6,
        topMargin=sheet["top"] * mm,
        bottomMargin=sheet["bottom"] * mm,
    ).build(flow, onFirstPage=_number, onLaterPages=_number)


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont("Song", 8)
    canvas.drawRightString(document.pagesize[0] - 60, 30, str(document.page))

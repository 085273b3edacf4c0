"""A 报表类 paper in Word: its title and blocks, and in the foot what it says of its making."""

from collections.abc import Iterator
from typing import Final

from reports.blocks import Report
from reports.imprint import PREVIEW, Imprint, copy_lines
from reports.word.body import blocks, title
from reports.word.markup import MM, TAB, Look, Page, field, paragraph, section, words
from reports.word.package import Parts, reference
from reports.word.styles import REPORT

_UPRIGHT: Final = Page(
    width=11906,
    height=16838,
    top=round(27 * MM),
    right=round(26 * MM),
    bottom=round(32 * MM),
    left=round(26 * MM),
    header=round(16 * MM),
    footer=round(14 * MM),
)
_LANDSCAPE: Final = Page(
    width=16838,
    height=11906,
    top=round(20 * MM),
    right=round(15 * MM),
    bottom=round(28 * MM),
    left=round(15 * MM),
    header=round(10 * MM),
    footer=round(10 * MM),
)
_LINE: Final = '<w:{side} w:val="single" w:sz="4" w:space="2" w:color="808080"/>'


def report_parts(report: Report, imprint: Imprint) -> Parts:
    """The parts of the document."""
    page = _LANDSCAPE if report.is_landscape else _UPRIGHT
    return Parts(
        body=_body(report, page),
        styles=REPORT,
        furniture={
            "headerFirst": _header(imprint, ""),
            "headerRest": _header(imprint, report.title, page.text_width),
            "footer": _footer(imprint, page.text_width),
        },
        compresses_marks=True,
    )


def _body(report: Report, page: Page) -> Iterator[str]:
    yield paragraph("Title", words(title(report.title, page)))
    for line in report.under:
        yield paragraph("Subtitle", words(line))
    yield from blocks(report.body, page.text_width)
    references = (
        reference("headerRest", "default")
        + reference("headerFirst", "first")
        + reference("footer", "default")
        + reference("footer", "first")
    )
    yield section(page, references, has_first=True)


def _header(imprint: Imprint, title: str, width: int = 0) -> str:
    """The running head, none on the first page; a preview says on each that it is one."""
    notice = PREVIEW if imprint.preview else ""
    lines = [paragraph("Header", words(notice), Look(align="center"))] if notice else []
    if title:
        rule = _LINE.format(side="bottom")
        head = words(imprint.issuer) + TAB + words(title.replace("\n", " "))
        lines.append(paragraph("Header", head, Look(border=rule, tab=width)))
    return "".join(lines) or paragraph("Header", "")


def _footer(imprint: Imprint, width: int) -> str:
    first, *rest = copy_lines(imprint)
    number = words("第 ") + field("PAGE") + words(" 页 共 ") + field("NUMPAGES") + words(" 页")
    look = Look(border=_LINE.format(side="top"), tab=width)
    return paragraph("Footer", words(first) + TAB + number, look) + "".join(
        paragraph("Footer", words(line)) for line in rest
    )

"""Paragraphs, runs, tables and sections as WordprocessingML; children stand in the order of the schema."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from reports.typeset import legible

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
MM: Final = 1440 / 25.4
"""Twips (twentieths of a point) in a millimetre."""


def attribute(text: str) -> str:
    """A text as an attribute's value, with its quotes."""
    return quoteattr(legible(text).replace("\n", " "))


def words(text: str, font: str = "") -> str:
    """A run of text, its line breaks kept; ``font`` is the name of a style's face to be used instead."""
    text = legible(text)
    if not text:
        return ""
    look = f"<w:rPr>{fonts(font)}</w:rPr>" if font else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n")
    )
    return f"<w:r>{look}{lines}</w:r>"


def fonts(name: str) -> str:
    """A face for Hanzi and Latin alike; quotes and dashes are Chinese ones."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def field(code: str) -> str:
    """A field that Word fills in (PAGE, NUMPAGES), 1 until then."""
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{begin}{instruction}{middle}<w:r><w:t>1</w:t></w:r>{end}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a paragraph has beside its style. Lengths are in twips; ``chars`` are in hundredths of a character.

    ``tab`` is the place of a right tab stop, ``centres`` are those of centred ones. ``border`` is the mark-up
    of a rule.
    """

    border: str = ""
    tab: int = 0
    before: int | None = None
    after: int | None = None
    left: int | None = None
    centres: tuple[int, ...] = ()
    right: int | None = None
    right_chars: int | None = None
    hanging: int | None = None
    first_chars: int | None = None
    align: str = ""
    keeps_next: bool = False
    begins_page: bool = False


PLAIN: Final = Look()


def paragraph(style: str, runs: str, look: Look = PLAIN) -> str:
    """A paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_properties(look)}</w:pPr>{runs}</w:p>'


def _properties(look: Look) -> str:
    if look is PLAIN:
        return ""
    spacing = _attributes((("before", look.before), ("after", look.after)))
    indent = _attributes(
        (
            ("left", look.left),
            ("rightChars", look.right_chars),
            ("right", look.right),
            ("hanging", look.hanging),
            ("firstLineChars", look.first_chars),
            ("firstLine", 0 if look.first_chars == 0 else None),
        )
    )
    return "".join(
        (
            "<w:keepNext/>" if look.keeps_next else "",
            "<w:pageBreakBefore/>" if look.begins_page else "",
            f"<w:pBdr>{look.border}</w:pBdr>" if look.border else "",
            _tabs(look),
            f"<w:spacing{spacing}/>" if spacing else "",
            f"<w:ind{indent}/>" if indent else "",
            f'<w:jc w:val="{look.align}"/>' if look.align else "",
        )
    )


def _tabs(look: Look) -> str:
    stops = [("center", at) for at in look.centres] + ([("right", look.tab)] if look.tab else [])
    marks = "".join(f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in stops)
    return f"<w:tabs>{marks}</w:tabs>" if marks else ""


def _attributes(pairs: Iterable[tuple[str, int | None]]) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in pairs if value is not None)


TAB: Final = "<w:r><w:tab/></w:r>"


# -- tables


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its paragraph over ``span`` columns of ``width`` twips; ``merge`` is ``restart`` or ``continue``."""

    content: str
    width: int
    span: int = 1
    merge: str = ""
    is_filled: bool = False


def box(cell: Box) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="F0F0F0"/>' if cell.is_filled else ""
    properties = f'<w:tcW w:w="{cell.width}" w:type="dxa"/>{span}{merge}{fill}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.content}</w:tc>"


def row(boxes: Iterable[Box], *, height: int = 0, is_head: bool = False, is_whole: bool = True) -> str:
    """A row at least ``height`` twips high; a head comes again on each page; a whole one is not cut by a page's end."""
    properties = "".join(
        (
            "<w:cantSplit/>" if is_whole else "",
            f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "",
            "<w:tblHeader/>" if is_head else "",
        )
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(map(box, boxes))}</w:tr>"


def table_start(widths: Sequence[int], *, name: str = "", place: str = "", borders: str = "") -> str:
    """The beginning of a table of fixed widths, to be followed by rows and ``</w:tbl>``."""
    caption = f"<w:tblCaption w:val={attribute(name)}/>" if name else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>{place}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{borders}<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def shared(weights: Sequence[float], width: int) -> list[int]:
    """A width shared by weights in whole twips that add up to it."""
    edges = [round(width * sum(weights[:place]) / sum(weights)) for place in range(len(weights) + 1)]
    return [end - start for start, end in pairwise(edges)]


# -- sections


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A sheet with its margins in twips; ``grid`` is the mark-up of its grid of lines and characters."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    grid: str = ""

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right


def section(page: Page, references: str = "", *, has_first: bool = False) -> str:
    """The properties of a section; ``references`` are those of its headers and footers."""
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}" '
        f'w:header="{page.header}" w:footer="{page.footer}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if has_first else ''}{page.grid}</w:sectPr>"
    )


def break_section(properties: str) -> str:
    """The end of a section: a paragraph of no height that bears its properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{properties}</w:pPr></w:p>'

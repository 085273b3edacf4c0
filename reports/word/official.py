"""A 公文类 paper in Word: the elements of GB/T 9704-2012 on its grid of 22 lines and 28 characters, in its order."""

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from math import ceil
from typing import Final

from reports.blocks import Annex, Block, Heading, Official, Text
from reports.facts import day_text
from reports.signatures import MOST_COLUMNS, STAMP_WIDTH, seal_rows
from reports.typeset import legible
from reports.word.body import blocks, text, title
from reports.word.markup import (
    MM,
    TAB,
    Box,
    Look,
    Page,
    break_section,
    field,
    paragraph,
    row,
    section,
    table_start,
    words,
)
from reports.word.package import Parts, reference
from reports.word.styles import HEI, KAI, OFFICIAL, PITCH, RED

_GRID: Final = '<w:docGrid w:type="lines" w:linePitch="{pitch}"/>'
"""Of lines. The 28 characters of a line come of ``styles.NARROWED``: on a grid of characters that are wider than its
cells, as 3号 is on 156 mm ÷ 28, some word processors give each of them two."""
CHAR: Final = 156 * MM / 28
_UPRIGHT: Final = Page(
    width=11906,
    height=16838,
    top=round(37 * MM),
    right=round(26 * MM),
    bottom=round(35 * MM),
    left=round(28 * MM),
    header=round(15 * MM),
    footer=round(22.5 * MM),
    grid=_GRID.format(pitch=PITCH),
)
_TURNED: Final = Page(
    width=16838,
    height=11906,
    top=round(28 * MM),
    right=round(37 * MM),
    bottom=round(26 * MM),
    left=round(35 * MM),
    header=round(12 * MM),
    footer=round(14 * MM),
    grid=_GRID.format(pitch=PITCH),
)
_LETTER_SIDES: Final = (round(8 * MM), round(6 * MM))
"""How far a letter's double rule of 170 mm goes beyond the 版心 to the left and right."""
_MARK_TOP: Final = round(35 * MM)
_MARK_SIZE: Final = 44
_NARROWEST: Final = 0.6


def official_parts(official: Official) -> Parts:
    """The parts of the document."""
    furniture = {"footer": _page_number(is_even=False), "footerEven": _page_number(is_even=True)}
    if official.form == "letter":
        furniture |= {"headerFirst": _letter_head(official), "footerFirst": _letter_foot()}
    return Parts(body=_body(official), styles=OFFICIAL, furniture=furniture)


def _body(official: Official) -> Iterator[str]:
    """Main text, annexes each in a section of its own, 版记 at the foot of the last page."""
    is_letter = official.form == "letter"
    yield from _letter_number(official) if is_letter else _head(official)
    yield paragraph(
        "Title", words(title(official.title, _UPRIGHT)), Look(before=0 if is_letter else 2 * PITCH, after=PITCH // 2)
    )
    if addressees := _line(official.addressees).rstrip("：:"):
        yield paragraph("Normal", words(f"{addressees}："), Look(before=PITCH // 2))
    yield from _text(official.body, _UPRIGHT.text_width)
    yield from _attachments(official)
    if official.form in ("document", "letter"):
        yield from _signature(official)
    if remark := _line(official.remark):
        yield paragraph("Body", words(f"（{remark}）"))
    if official.form == "minutes":
        yield from _attendance(official)
    references = reference("footer", "default") + reference("footerEven", "even")
    first = references
    if is_letter:
        first = reference("headerFirst", "first") + references + reference("footerFirst", "first")
    page = _UPRIGHT
    for place, annex in enumerate(official.annexes, 1):
        yield break_section(section(page, first, has_first=is_letter))
        first, is_letter = references, False
        page = _TURNED if annex.is_landscape else _UPRIGHT
        yield from _annex(annex, place if len(official.annexes) > 1 else 0, page)
    if page is _TURNED and _has_colophon(official):
        yield break_section(section(page, references))
        page = _UPRIGHT
    yield from _colophon(official)
    yield section(page, first, has_first=is_letter)


# -- 版头


def _head(official: Official) -> Iterator[str]:
    """份号 and 紧急程度, mark with its top 35 mm under that of the 版心, number two lines below, rule 4 mm below."""
    used = 0
    for style, content in (("Normal", official.copy_number), ("Urgency", official.urgency)):
        if content:
            used += PITCH
            yield paragraph(style, words(_line(content)))
    yield _mark(official.mark, Look(before=_MARK_TOP - used))
    rule = f'<w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/>'
    after = Look(border=rule, before=2 * PITCH)
    number = words(_line(official.number_text))
    if official.form == "document":
        if official.signers_name:
            signer = words("签发人：") + words(_line(official.signers_name), KAI)
            tab = round(_UPRIGHT.text_width - CHAR)
            after = Look(border=rule, before=2 * PITCH, tab=tab, left=0, align="left")
            yield paragraph("Number", words("　") + number + TAB + signer, after)
            return
        yield paragraph("Number", number, after)
        return
    if not official.signature and official.day is None:
        yield paragraph("Number", number, after)
        return
    yield paragraph("Number", number, Look(before=2 * PITCH))
    day = day_text(official.day) if official.day else ""
    look = Look(border=rule, tab=round(_UPRIGHT.text_width - CHAR), align="left")
    yield paragraph("Number", words(f"　{_line(official.signature)}") + TAB + words(day), look)


def _mark(mark: str, look: Look) -> str:
    """The mark in one line: its characters condensed to fit, smaller only if they would be too narrow."""
    content = _line(mark)
    size: float = _MARK_SIZE
    scale = min(1.0, _UPRIGHT.text_width / 20 / (_chars(content) * size)) if content else 1.0
    if scale < _NARROWEST:
        size, scale = size * scale / _NARROWEST, _NARROWEST
    half = int(size * 2)
    condensed = f'<w:rPr><w:w w:val="{int(scale * 100)}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    return paragraph("Mark", words(content).replace("<w:r>", f"<w:r>{condensed}", 1), look)


def _letter_head(official: Official) -> str:
    """The header of a letter's first page: mark and double rule of 170 mm, thick over thin."""
    left, right = _LETTER_SIDES
    rule = f'<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="{RED}"/>'
    return _mark(official.mark, Look(border=rule, before=round(15 * MM), left=-left, right=-right))


def _letter_foot() -> str:
    """The footer of a letter's first page: the other double rule, thin over thick, and no number."""
    left, right = _LETTER_SIDES
    rule = f'<w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="{RED}"/>'
    return paragraph("Footer", "", Look(border=rule, left=-left, right=-right))


def _letter_number(official: Official) -> Iterator[str]:
    """份号 and 紧急程度 left, 发文字号 right under the rule."""
    left = [content for content in (_line(official.copy_number), official.urgency) if content]
    number = words(_line(official.number_text))
    look = Look(tab=_UPRIGHT.text_width, align="left", after=0 if len(left) > 1 else 2 * PITCH)
    yield paragraph("Normal", words(left[0] if left else "", "" if official.copy_number else HEI) + TAB + number, look)
    if len(left) > 1:
        yield paragraph("Urgency", words(left[1]), Look(after=2 * PITCH))


# -- 主体


def _text(body: Iterable[Block], width: int) -> Iterator[str]:
    """The blocks; a heading that ends with a full stop runs into the text after it."""
    waiting: Heading | None = None
    for block in body:
        if waiting is not None and isinstance(block, Text):
            yield from _run_in(waiting, block)
            waiting = None
            continue
        if waiting is not None:
            yield from blocks((waiting,), width)
            waiting = None
        if isinstance(block, Heading) and block.text.rstrip().endswith("。"):
            waiting = block
        else:
            yield from blocks((block,), width)
    if waiting is not None:
        yield from blocks((waiting,), width)


def _run_in(heading: Heading, block: Text) -> Iterator[str]:
    """Heading and text in one paragraph; the heading keeps its face."""
    face = {1: HEI, 2: KAI}.get(heading.level, "")
    first, *rest = block.text.split("\n")
    yield paragraph("Body", words(_line(heading.text), face) + words(block.lead, HEI) + words(first))
    if rest:
        yield from text(Text("\n".join(rest), is_quoted=block.is_quoted))


def _attachments(official: Official) -> Iterator[str]:
    """附件说明 one line below the text, the names under each other."""
    for place, name in enumerate(official.attachments, 1):
        number = f"{place}." if len(official.attachments) > 1 else ""
        label = "附件：" if place == 1 else ""
        start = 5 + len(number) / 2
        hanging = len(label) + len(number) / 2
        look = Look(before=PITCH if place == 1 else None, left=round(start * CHAR), hanging=round(hanging * CHAR))
        yield paragraph("Normal", words(f"{label}{number}{_line(name).rstrip('。；，、')}"), look)


def _chars(content: str) -> float:
    """The width of a line in characters; those of ASCII are half as wide."""
    return sum(0.5 if char.isascii() else 1.0 for char in content)


def _signature(official: Official) -> Iterator[str]:
    """署名 and 成文日期 with room for the seal or without one (7.3.5), indented from the right."""
    names = [_line(name) for name in official.signed_by]
    day = day_text(official.day) if official.day else ""
    if official.signing == "stamp":
        yield from _stamped(names, day)
        return
    if official.signing == "seal" and len(names) > 1:
        yield from _sealed(names, day)
        return
    wide, narrow = max(map(_chars, names), default=0), _chars(day)
    if official.signing == "seal":
        before, day_right = 2 * PITCH, 4.0
        name_right = 4 + (narrow - wide) / 2 if day else 4.0
        if name_right < 0:
            day_right, name_right = day_right - name_right, 0.0
    elif narrow > wide:
        before, day_right, name_right = PITCH, 2.0, narrow + 4 - wide
    else:
        before, day_right, name_right = PITCH, wide - narrow, 2.0
    for place, name in enumerate(names):
        look = Look(before=0 if place else before, right=_from_right(name_right), keeps_next=True)
        yield paragraph("Signature", words(name), look)
    if day:
        yield paragraph("Signature", words(day), Look(before=0 if names else before, right=_from_right(day_right)))


def _sealed(names: list[str], day: str) -> Iterator[str]:
    """Several bodies, each name under the room of its seal; the day under the last one."""
    width = _UPRIGHT.text_width
    rows = seal_rows([_chars(name) for name in names], [28 / columns - 1 for columns in range(1, MOST_COLUMNS + 1)])
    columns = len(rows[0])
    centres = tuple(round(width * (column + 0.5) / columns) for column in range(columns))
    before = 2 * PITCH
    for place, bodies in enumerate(rows):
        parts = [_halved(names[at], 28 / columns - 1) if at is not None else [] for at in bodies]
        for line in zip_longest(*(["", *part] if len(part) < max(map(len, parts)) else part for part in parts)):
            runs = "".join(TAB + words(part or "") for part in line)
            look = Look(before=before, centres=centres, align="left", keeps_next=bool(day) or place < len(rows) - 1)
            yield paragraph("Signature", runs, look)
            before = 0
        before = 4 * PITCH
    if day:
        yield paragraph("Signature", TAB * columns + words(day), Look(centres=centres, align="left"))


def _halved(name: str, most: float) -> list[str]:
    """A name in lines of about the same length."""
    step = ceil(len(name) / ceil(_chars(name) / most)) or 1
    return [name[start : start + step] for start in range(0, len(name), step)]


def _stamped(posts: list[str], day: str) -> Iterator[str]:
    """The signers' posts, the room of their name stamps right of them, the day a line below."""
    room = 4 * CHAR + STAMP_WIDTH * 20 + 2 * CHAR
    for place, post in enumerate(posts):
        before = round(2.5 * PITCH) if not place else 2 * PITCH
        yield paragraph("Signature", words(post), Look(before=before, right=round(room), keeps_next=True))
    if day:
        look = Look(before=round(1.5 * PITCH) if posts else 2 * PITCH, right=_from_right(4))
        yield paragraph("Signature", words(day), look)


def _from_right(chars: float) -> int:
    return round(max(0.0, chars) * CHAR)


def _attendance(official: Official) -> Iterator[str]:
    """出席, 请假, 列席: labels in 黑体, names hanging after the colon."""
    lists = (("出席：", official.attended), ("请假：", official.on_leave), ("列席：", official.observers))
    before: int | None = PITCH
    for label, names in lists:
        if content := _line(names).rstrip("。"):
            look = Look(before=before, left=round(5 * CHAR), hanging=round(3 * CHAR))
            yield paragraph("Normal", words(label, HEI) + words(f"{content}。"), look)
            before = None


def _annex(annex: Annex, place: int, page: Page) -> Iterator[str]:
    yield paragraph("Urgency", words(f"附件{place or ''}"))
    yield paragraph("AnnexTitle", words(title(annex.title, page)), Look(before=PITCH, after=PITCH // 2))
    yield from _text(annex.body, page.text_width)


# -- 版记 and page numbers


def _has_colophon(official: Official) -> bool:
    has_last_line = official.form != "letter" and (official.printed_by or official.printed_on)
    return bool(official.copies_to.strip() or has_last_line)


def _colophon(official: Official) -> Iterator[str]:
    """抄送 and 印发 in a table that stands at the foot of its page."""
    if not _has_colophon(official):
        return
    width = _UPRIGHT.text_width
    char = 280
    rows: list[str] = []
    if copies := _line(official.copies_to).rstrip("。"):
        look = Look(left=4 * char, right=char, hanging=3 * char)
        rows.append(paragraph("Colophon", words(f"抄送：{copies}。"), look))
    if official.form != "letter" and (official.printed_by or official.printed_on):
        day = f"{day_text(official.printed_on)}印发" if official.printed_on else ""
        look = Look(tab=width - char, left=char, align="left")
        rows.append(paragraph("Colophon", words(_line(official.printed_by)) + TAB + words(day), look))
    place = (
        '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
        '<w:tblOverlap w:val="never"/>'
    )
    sizes = (("top", 8), ("bottom", 8), ("insideH", 6)) if official.form != "letter" else ()
    sides = {side: f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>' for side, size in sizes}
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(sides.get(side, f'<w:{side} w:val="nil"/>') for side in order)
    yield table_start([width], place=place, borders=f"<w:tblBorders>{borders}</w:tblBorders>", name="版记")
    yield from chain.from_iterable([row([Box(content, width)])] for content in rows)
    yield "</w:tbl>"
    yield paragraph("Gap", "")


def _page_number(*, is_even: bool) -> str:
    """— 1 — in 4号 on the outer side, one character in."""
    look = Look(align="left" if is_even else "right", left=280 if is_even else None, right=None if is_even else 280)
    return paragraph("PageNumber", words("— ") + field("PAGE") + words(" —"), look)


def _line(content: str) -> str:
    return legible(content).replace("\n", " ").strip()

"""Lines of Chinese text: where they may break (GB/T 15834-2011, 5.1), squeezed marks, justification.

Pure functions on text and widths. Widths and measures are in 1/1000 em throughout.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

OPENING = frozenset("“‘（《〈【〔［｛「『〖([{")
CLOSING = frozenset("”’）》〉】〕］｝」』〗)]}")
STOPS = frozenset("，。、；：,.;:")
NO_START = CLOSING | STOPS | frozenset("？！?!…—·～％‰℃%°″′＞〃々")
NO_END = OPENING | frozenset("￥＄$#＃№")
SQUEEZED_AFTER = frozenset("，。、；：”’）》〉】〕］｝」』〗")
SQUEEZED_BEFORE = frozenset("“‘（《〈【〔［｛「『〖")
_MARKS = SQUEEZED_AFTER | SQUEEZED_BEFORE
_FULL = 900
"""From this width on a mark has half an em to give."""

Widths = Mapping[int, float] | Sequence[float]
"""Widths by code point, or one for each character of a paragraph (where it changes its face)."""

MAX_CHARS = 20_000
_UNITS = "年月日时分秒号个项条件名人户次场期元亩吨米天岁周份家所处只台套批届页册辆"
_UNIT_PARTS = frozenset(_UNITS + "公里小时万亿千百")
_TOKEN = re.compile(
    r"——+|……+"
    r"|[￥＄$№]?[+\-−±<>≤≥]?[0-9]+(?:[.,:/\-～—][0-9]+)*"
    rf"(?:[%‰℃％°]|[A-Za-z²³]{{1,4}}| ?[万亿千百]?(?:公里|小时|[{_UNITS}]))?"
    r"|[A-Za-z0-9]+(?:[._:/@+&'’\-]+[A-Za-z0-9]+)*"
    r"|[ \t\u3000]+"
    r"|.",
    re.DOTALL,
)
_UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_NO_TEXT = "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff"
_HAN = "\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "A-Za-z0-9\u00c0-\u024f"
_BORDER = re.compile(f"(?<=[{_HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}%‰°℃])(?=[{_HAN}])")
_AFTER, _BEFORE = ("".join(sorted(marks)) for marks in (SQUEEZED_AFTER, SQUEEZED_BEFORE))
_PAIR = re.compile(f"(?<=[{_AFTER}])(?=[{_AFTER}{_BEFORE}])|(?<=[{_BEFORE}])(?=[{_BEFORE}])")
_DROPPED = re.compile(f"[{_UNSEEN}{_NO_TEXT}]")
_SUSPECT = re.compile(f"[{_UNSEEN}{_NO_TEXT}\t\u2028\u2029\u0300-\u036f]")


@dataclass(frozen=True)
class Line:
    """A line of a paragraph: its text, its natural width, whether its paragraph ends with it, and where it begins."""

    text: str
    width: float
    is_last: bool
    start: int = 0


def clean(text: str) -> str:
    """A ``legible`` text of ``MAX_CHARS`` at most; what is cut off is told by ……."""
    return legible(text[:MAX_CHARS] + "……" if len(text) > MAX_CHARS else text)


def legible(text: str) -> str:
    """A text fit for print: no control, invisible or half characters, one kind of line end.

    Letters with combining accents are composed (NFC); Hanzi stay as they are.
    """
    if not _SUSPECT.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _compose(_DROPPED.sub("", text).replace("\t", " "))


def _compose(text: str) -> str:
    """Letters with their accents as one character; NFC alone would replace compatibility Hanzi (U+F900)."""
    return re.sub("[A-Za-z\u00c0-\u024f][\u0300-\u036f]+", lambda found: unicodedata.normalize("NFC", found[0]), text)


def clusters(text: str) -> list[str]:
    """A paragraph cut where a line may break: no cluster but the first starts with a forbidden mark, none but the last
    ends with one; —— and ……, words, and numbers with their units stay whole.
    """
    found: list[str] = []
    is_glued = False
    for token in _TOKEN.findall(text):
        if found and (is_glued or token[0] in NO_START or token[0].isspace()):
            found[-1] += token
        else:
            found.append(token)
        is_glued = token[-1] in NO_END or (is_glued and token.isspace())
    return found


def wrap(text: str, widths: Mapping[int, float], measure: float) -> tuple[str, ...]:
    """Lines of a cell: ragged, never wider than ``measure`` unless one character is; one empty line for no text."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += [_trimmed(paragraph[start:end]) for start, end in _Breaker(paragraph, widths).spans(measure)]
    return tuple(lines)


def _trimmed(line: str) -> str:
    """A line with one space at its end at most, which keeps words apart for whoever reads or copies the text."""
    bare = line.rstrip()
    return bare if len(bare) == len(line) or not bare else bare + " "


def break_lines(
    text: str,
    widths: Widths,
    measure: float,
    *,
    indent: float = 0,
    hang: float = 0,
    spacing: float = 0,
    can_squeeze: bool = True,
) -> list[Line]:
    """Lines of one paragraph, the first narrower by ``indent``, the others by ``hang``.

    ``spacing`` is the room between Hanzi and Latin letters or digits, none at the ends of a line; with it two marks
    together take up one and a half. With ``can_squeeze``
    a cluster that sticks out is pulled in when full-width marks make room for it and that is the smaller change; such a
    line is wider than its room by nature and drawn with ``positions``. A last line has more than one character.
    """
    breaker = _Breaker(text, widths, spacing)
    spans = list(breaker.spans(measure, indent=indent, hang=hang, can_squeeze=can_squeeze))
    spans = breaker.without_orphan(spans, measure - hang)
    return [
        Line(text[start:end].rstrip(), breaker.width(start, end), is_last=end == len(text), start=start)
        for start, end in spans
    ]


def _advances(text: str, widths: Widths, start: int = 0) -> Sequence[float]:
    """The width of each character of a text that begins at ``start`` of its paragraph."""
    if isinstance(widths, Mapping):
        return list(map(widths.__getitem__, map(ord, text)))
    return widths[start : start + len(text)]


def gaps(text: str, advances: Sequence[float], spacing: float) -> dict[int, float]:
    """The room before each character that has some: ``spacing`` between Hanzi and Latin, half an em less between two
    full-width marks.
    """
    found = {place.start(): spacing for place in _BORDER.finditer(text)}
    for pair in _PAIR.finditer(text):
        place = pair.start()
        if advances[place - 1] >= _FULL and advances[place] >= _FULL:
            found[place] = -500.0
    return found


class _Breaker:
    """One paragraph with the sums of its widths, cut from left to right."""

    def __init__(self, text: str, widths: Widths, spacing: float = 0) -> None:
        self._text = text
        self._advances = _advances(text, widths)
        self._spacing = spacing
        self._gaps = gaps(text, self._advances, spacing) if spacing else {}
        spaced = self._advances
        if self._gaps:
            spaced = [width + self._gap(place) for place, width in enumerate(spaced)]
        self._sums = list(accumulate(spaced, initial=0.0))
        self._places: list[int] | None = None

    def _gap(self, place: int) -> float:
        """The room before a character, of which a line knows nothing at its start."""
        return self._gaps.get(place, 0.0)

    def width(self, start: int, end: int) -> float:
        return self._bare(end) - self._sums[start] - self._gap(start) if self._text[start:end].strip() else 0.0

    def spans(
        self, measure: float, *, indent: float = 0, hang: float = 0, can_squeeze: bool = False
    ) -> Iterator[tuple[int, int]]:
        """Start and end of each line; spaces at its end belong to it but take no room."""
        text, sums = self._text, self._sums
        start, room = 0, measure - indent
        while True:
            limit = sums[start] + self._gap(start) + room + 0.01
            if sums[-1] <= limit:
                yield start, len(text)
                return
            end = bisect_right(sums, limit, start + 1) - 1
            if can_squeeze:
                end = self._pulled_in(start, limit) or self._cut(start, end)
            elif end == start or not _is_free(text[end - 1], text[end]):
                end = self._cut(start, end)
            yield start, end
            if not text[end:].strip():
                return
            start, room = end, measure - hang

    def without_orphan(self, spans: list[tuple[int, int]], room: float) -> list[tuple[int, int]]:
        """The lines of a paragraph, its last one with more than a single character where another can join it."""
        start, end = spans[-1]
        if len(spans) < 2 or sum(map(str.isalnum, self._text[start:end])) != 1:
            return spans
        (before, _), places = spans[-2], self._clusters()
        earlier = places[bisect_right(places, start - 1) - 1]
        if earlier <= before or self.width(earlier, end) > room:
            return spans
        return [*spans[:-2], (before, earlier), (earlier, end)]

    def _cut(self, start: int, end: int) -> int:
        """The last place up to ``end`` where a line from ``start`` may break, or a bad one if there is none."""
        text, places = self._text, self._clusters()
        skipped = end
        while skipped < len(text) and text[skipped].isspace():
            skipped += 1
        found = places[bisect_right(places, skipped) - 1]
        if found > start:
            return found
        for place in range(end, max(start, end - 6), -1):
            before, after = text[start:place].rstrip(), text[place:].lstrip()
            if after and after[0] not in NO_START and before and before[-1] not in NO_END:
                return place
        return max(end, start + 1)

    def _pulled_in(self, start: int, limit: float) -> int:
        """The end of the line with one more cluster if its marks can make room for it, else 0."""
        text, places = self._text, self._clusters()
        index = bisect_right(places, start)
        while index < len(places) - 1 and self._bare(places[index]) <= limit:
            index += 1
        end, last = places[index], places[index - 1]
        excess = self._bare(end) - limit
        if excess <= 0 or last <= start:
            return 0
        room = squeezable(text[start:end], self._advances[start:end], self._spacing)
        return end if excess <= min(room, limit - self._bare(last)) else 0

    def _bare(self, end: int) -> float:
        """The sum of widths up to a place, without the spaces before it."""
        while end and self._text[end - 1].isspace():
            end -= 1
        return self._sums[end]

    def _clusters(self) -> list[int]:
        """All places where a line may break, from 0 to the length."""
        if self._places is None:
            self._places = list(accumulate(map(len, clusters(self._text)), initial=0))
        return self._places


def _is_free(before: str, after: str) -> bool:
    """Whether a line may surely break between two characters: Hanzi that cannot be one unit behind a number."""
    if "\u4e00" <= before <= "\u9fff" and "\u4e00" <= after <= "\u9fff":
        return before not in _UNIT_PARTS or after not in _UNIT_PARTS
    return False


def squeezable(text: str, widths: Widths, spacing: float = 0) -> float:
    """How much narrower a line can become when each full-width mark gives up half an em at most."""
    advances = _advances(text, widths)
    return 500.0 * len(_givers(text, advances, gaps(text, advances, spacing) if spacing else {}))


def _givers(text: str, advances: Sequence[float], taken: Mapping[int, float]) -> set[int]:
    """The full-width marks that can still give up half an em; of two marks together one has done so."""
    found = {place for place, char in enumerate(text) if char in _MARKS and advances[place] >= _FULL}
    return found - {place - (text[place - 1] in SQUEEZED_AFTER) for place, gap in taken.items() if gap < 0 < place}


def positions(line: Line, widths: Widths, measure: float, spacing: float = 0) -> list[float]:
    """Where each character of a justified line stands from its left edge.

    Too wide a line is squeezed at its marks; a narrower one is spread between characters, but not inside words and
    numbers, and not by more than half an em a gap; a last line keeps its width. ``spacing`` as in ``break_lines``.
    """
    text = line.text
    advances = _advances(text, widths, line.start)
    known = gaps(text, advances, spacing) if spacing else {}
    before = [known.get(place, 0.0) if place else 0.0 for place in range(len(text))]
    slack = measure - line.width
    if slack < 0:
        return _squeezed(text, advances, before, _givers(text, advances, known), -slack)
    wide = [] if line.is_last else [place for place in range(1, len(text)) if _is_gap(text, place)]
    if wide and slack / len(wide) <= 500:
        for place in wide:
            before[place] += slack / len(wide)
    found: list[float] = []
    at = 0.0
    for gap, width in zip(before, advances, strict=True):
        found.append(at + gap)
        at += gap + width
    return found


def _is_gap(text: str, place: int) -> bool:
    """Whether space may come before this character: beside Hanzi and marks, or at a space; never in —— and ……."""
    before, after = text[place - 1], text[place]
    if before == after and after in "—…":
        return False
    return before == " " or before >= "\u2010" or after >= "\u2010"


def _squeezed(
    text: str, advances: Sequence[float], before: Sequence[float], givers: set[int], excess: float
) -> list[float]:
    """Positions of a line whose marks give up ``excess`` together, an equal part each."""
    each = min(500.0, excess / len(givers)) if givers else 0.0
    found: list[float] = []
    at = 0.0
    for place, char in enumerate(text):
        at += before[place]
        given = each if place in givers else 0.0
        if char in SQUEEZED_BEFORE:
            at -= given
            given = 0.0
        found.append(at)
        at += advances[place] - given
    return found


def page_shares(count: int, room: int, full: int, *, least: int = 2) -> list[int]:
    """How many of ``count`` lines stand on each page: ``room`` fit on this one, ``full`` on those after it.

    Neither the first nor the last lines of a paragraph stand with fewer than ``least`` on a page, unless the paragraph
    or the page is smaller than that.
    """
    shares: list[int] = []
    while count > room:
        share = room
        if 0 < count - share < least and count > least:
            share = max(0, count - least)
        if share < min(least, count) and not shares and room < full:
            share = 0
        elif share < 1:
            share = min(room or full, count)
        shares.append(share)
        count -= share
        room = full
    return [*shares, count]

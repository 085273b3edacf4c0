"""Lines of Chinese text: where a line may break (GB/T 15834-2011, 5.1), how marks are squeezed, how a line is justified.

Pure functions on text and widths. Widths and measures are in 1/1000 em throughout.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OPENING = frozenset("“‘（《〈【〔［｛「『〖([{")
CLOSING = frozenset("”’）》〉】〕］｝」』〗)]}")
STOPS = frozenset("，。、；：,.;:")
NO_START = CLOSING | STOPS | frozenset("？！?!…—·～％‰℃%°″′＞〃々")
NO_END = OPENING | frozenset("￥＄$#＃№")
SQUEEZED_AFTER = frozenset("，。、；：”’）》〉】〕］｝」』〗")
SQUEEZED_BEFORE = frozenset("“‘（《〈【〔［｛「『〖")

MAX_CHARS = 20_000
_UNITS = "年月日时分秒号个项条件名人户次场期元亩吨米天岁周份家所处只台套批届页册辆"
_TOKEN = re.compile(
    r"——+|……+"
    rf"|[￥＄$№]?[+\-−±<>≤≥]?[0-9]+(?:[.,:/\-～—][0-9]+)*(?:[%‰℃％°]|[A-Za-z²³]{{1,4}}|[万亿千百]?(?:公里|小时|[{_UNITS}]))?"
    r"|[A-Za-z0-9]+(?:[._:/@+&'’\-]+[A-Za-z0-9]+)*"
    r"|[ \t\u3000]+"
    r"|.",
    re.DOTALL,
)
_NO_MARK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff]")


@dataclass(frozen=True)
class Line:
    """A line of a paragraph: its text, its natural width, and whether its paragraph ends with it."""

    text: str
    width: float
    is_last: bool


def clean(text: str) -> str:
    """A text fit for print: no control, invisible or half characters, line ends as ``\\n``, at most ``MAX_CHARS`` long.

    Combining sequences are composed (NFC) where that keeps Hanzi as they are.
    """
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS] + "……"
    if text.isalnum():  # no marks, controls or spaces in it
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _NO_TEXT.sub("", _NO_MARK.sub("", text)).replace("\t", " ")
    return _compose(text) if any(map(unicodedata.combining, text)) else text


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


def pieces(cluster: str, widths: Mapping[int, float], measure: float) -> list[str]:
    """A cluster wider than a line cut into parts that fit: at its least bad places, a character each at the worst."""
    parts: list[str] = []
    part: list[str] = []
    used = 0.0
    for char in cluster:
        width = widths[ord(char)]
        if part and used + width > measure:
            keep = _last_good_cut(part)
            parts.append("".join(part[:keep]))
            part = part[keep:]
            used = sum([widths[ord(kept)] for kept in part])
            if part and used + width > measure:
                parts.append("".join(part))
                part, used = [], 0.0
        part.append(char)
        used += width
    parts.append("".join(part))
    return parts


def _last_good_cut(part: Sequence[str]) -> int:
    """How many characters stay on the line so that what follows does not start with a forbidden mark; looks back 3."""
    for place in range(len(part) - 1, max(0, len(part) - 4), -1):
        if part[place] not in NO_START and part[place - 1] not in NO_END:
            return place if part[-1] in NO_END or part[-1] in NO_START else len(part)
    return len(part)


def wrap(text: str, widths: Mapping[int, float], measure: float) -> tuple[str, ...]:
    """Lines of a cell: ragged, never wider than ``measure`` unless one character is; an empty text is one empty line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if paragraph.isalpha() and max(map(widths.__getitem__, map(ord, paragraph))) <= 1000 and not _has_words(paragraph):
            count = max(1, int(measure // 1000))
            lines += [paragraph[place : place + count] for place in range(0, len(paragraph), count)]
            continue
        lines += [line.text for line in break_lines(paragraph, widths, measure, can_squeeze=False)]
    return tuple(lines)


def _has_words(text: str) -> bool:
    """True if there is anything but Hanzi, so that a line may not break everywhere."""
    return min(text) < "\u3400"


def break_lines(
    text: str,
    widths: Mapping[int, float],
    measure: float,
    *,
    indent: float = 0,
    can_squeeze: bool = True,
) -> list[Line]:
    """Lines of one paragraph, the first narrower by ``indent``.

    With ``can_squeeze`` a cluster that sticks out is pulled in when half-width marks make room for it and that is the
    smaller change; such a line is wider than its room by nature and drawn with ``squeeze``.
    """
    lines: list[Line] = []
    line = ""
    used = 0.0
    room = measure - indent
    for cluster in clusters(text):
        width = sum([widths[ord(char)] for char in cluster])
        bare = cluster.rstrip()
        bare_width = width if bare == cluster else sum([widths[ord(char)] for char in bare])
        if used + bare_width <= room:
            line += cluster
            used += width
            continue
        excess = used + bare_width - room
        if can_squeeze and line and excess <= min(squeezable(line + bare, widths), room - used):
            lines.append(_line(line + bare, widths, is_last=False))
            line, used, room = "", 0.0, measure
            continue
        if line.strip():
            lines.append(_line(line, widths, is_last=False))
            room = measure
        *full, line = pieces(cluster.lstrip() if lines else cluster, widths, room) if width > room else (cluster,)
        lines += [_line(part, widths, is_last=False) for part in full]
        room = measure
        used = sum([widths[ord(char)] for char in line])
    if line.strip() or not lines:
        lines.append(_line(line, widths, is_last=True))
    elif lines:
        lines[-1] = Line(lines[-1].text, lines[-1].width, is_last=True)
    return lines


def _line(text: str, widths: Mapping[int, float], *, is_last: bool) -> Line:
    text = text.rstrip()
    return Line(text, sum([widths[ord(char)] for char in text]), is_last)


def squeezable(text: str, widths: Mapping[int, float]) -> float:
    """How much narrower a line can become when each full-width mark gives up half an em at most."""
    return 500.0 * sum([_gives(char, widths) for char in text])


def _gives(char: str, widths: Mapping[int, float]) -> bool:
    return (char in SQUEEZED_AFTER or char in SQUEEZED_BEFORE) and widths[ord(char)] >= 900


def positions(line: Line, widths: Mapping[int, float], measure: float) -> list[float]:
    """Where each character of a justified line stands from its left edge.

    Too wide a line is squeezed at its marks; a narrower one is spread between characters, but not inside words and
    numbers, and not by more than half an em a gap; a last line keeps its width.
    """
    text = line.text
    slack = measure - line.width
    if slack < 0:
        return _squeezed(text, widths, -slack)
    gaps = [] if line.is_last else [place for place in range(1, len(text)) if _is_gap(text, place)]
    extra = slack / len(gaps) if gaps and slack / len(gaps) <= 500 else 0.0
    wide = set(gaps) if extra else set()
    found: list[float] = []
    at = 0.0
    for place, char in enumerate(text):
        if place in wide:
            at += extra
        found.append(at)
        at += widths[ord(char)]
    return found


def _is_gap(text: str, place: int) -> bool:
    """Whether space may come before this character: beside Hanzi and marks, or at a space; never in —— and ……."""
    before, after = text[place - 1], text[place]
    if before == after and after in "—…":
        return False
    return before == " " or before >= "\u2010" or after >= "\u2010"


def _squeezed(text: str, widths: Mapping[int, float], excess: float) -> list[float]:
    """Positions of a line whose marks give up ``excess`` together, an equal part each."""
    givers = sum([_gives(char, widths) for char in text])
    each = min(500.0, excess / givers) if givers else 0.0
    found: list[float] = []
    at = 0.0
    for char in text:
        gives = _gives(char, widths)
        if gives and char in SQUEEZED_BEFORE:
            at -= each
            found.append(at)
        else:
            found.append(at)
            at -= each if gives else 0
        at += widths[ord(char)]
    return found

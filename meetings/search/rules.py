"""How texts are cut into what is looked up, and where what was typed stands in a text. Pure.

Every character of a run of Han opens a token: itself with the next one, or alone where the run ends. Words and
numbers are tokens whole. So a run of Han is found wherever it stands, a single character by what its token begins
with, and a word only as itself. Texts and queries are folded first, character by character: one width, small
letters, simplified.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import opencc

# What the stored tokens look like. Another number makes the index be built anew at the next start.
EDITION = 3

MOST_CHARACTERS = 100
MOST_PHRASES = 8
# A text is kept in pieces, of which PostgreSQL counts positions; each repeats the end of the one before, so that
# nothing that can be typed stands in none of them.
PIECE = 4000
OVERLAP = MOST_CHARACTERS
_LONGEST_WORD = 64

_HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PART = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+")
_RUN = re.compile(rf"(?:[{_HAN}]|[^\W_])+")
_IS_HAN = re.compile(rf"[{_HAN}]")


class _Folding(dict[int, int | str]):
    """Code point → what it is looked up as; filled as characters are met."""

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character).lower()
        plain = _simplified().get(plain, plain) if len(plain) == 1 else character
        self[code] = plain
        return plain


_folding = _Folding()


@cache
def _simplified() -> dict[str, str]:
    """Each character that is written otherwise in simplified Chinese, by OpenCC's own table (t2s)."""
    convert = opencc.OpenCC("t2s").convert
    found = {}
    for first in (*range(0x3400, 0xA000, 2048), *range(0x20000, 0x32400, 2048)):  # by parts: less memory at once
        characters = [chr(code) for code in range(first, first + 2048)]
        pairs = zip(characters, convert("\n".join(characters)).split("\n"), strict=True)
        found.update({character: simple for character, simple in pairs if simple != character and len(simple) == 1})
    return found


def folded(text: str) -> str:
    """The text as it is looked up, of the same length."""
    return text.translate(_folding)


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order, one for each character of Han and for each word or number."""
    found: list[str] = []
    for part in _PART.findall(folded(text)):
        if _IS_HAN.match(part):
            found += map("".join, pairwise(part))
            found.append(part[-1])
        else:
            found += (part[at : at + _LONGEST_WORD] for at in range(0, len(part), _LONGEST_WORD))
    return found


def pieces(text: str) -> list[str]:
    """The text in overlapping pieces; an empty text is one empty piece."""
    step = PIECE - OVERLAP
    return [text[at : at + PIECE] for at in range(0, max(len(text) - OVERLAP, 1), step)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow each other; ``is_open``: the last one need only begin so."""

    tokens: tuple[str, ...]
    is_open: bool = False


def wanted(typed: str) -> str:
    """The words to look for: one form of each character, single spaces, no control characters, at most 100 of them."""
    text = unicodedata.normalize("NFC", typed[:2000].encode("utf-8", "ignore").decode())
    plain = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} else character for character in text
    )
    return " ".join(plain.split())[:MOST_CHARACTERS].strip()


def phrases(typed: str) -> list[Phrase]:
    """What must all be found, each as typed; nothing where no letter, number or character of Han was typed.

    Of many only the longest eight; a single character of Han counts where nothing longer was typed, or a word beside
    it, and then two of them: it is dear to look for, and says little.
    """
    runs = list(dict.fromkeys(_RUN.findall(folded(typed))))
    singles = [run for run in runs if _is_single(run)]
    longer = sorted((run for run in runs if not _is_single(run)), key=len, reverse=True)[:MOST_PHRASES]
    kept = longer or singles[:2]
    return [_phrase(run) for run in runs if run in kept]


def _is_single(run: str) -> bool:
    return len(run) == 1 and bool(_IS_HAN.match(run))


def _phrase(run: str) -> Phrase:
    found = tokens(run)
    ends_in_han = bool(_IS_HAN.match(run[-1]))
    if ends_in_han and len(run) > 1 and _IS_HAN.match(run[-2]):
        found.pop()  # within a text the last character may go on; the pair before it holds it
        ends_in_han = False
    return Phrase(tuple(found), is_open=ends_in_han)


# --- what was found, in its context -----------------------------------------------------------------------------

Segment = tuple[bool, str]  # whether it is what was looked for; the text
BEFORE, AFTER = 40, 120


def pattern(wanted: Sequence[Phrase]) -> re.Pattern[str]:
    """What finds in a folded text the places where one of the phrases stands."""
    return re.compile("|".join(map(_expression, sorted(wanted, key=lambda phrase: -len(phrase.tokens)))))


def _expression(phrase: Phrase) -> str:
    said = ""
    is_han = False
    for token in phrase.tokens:
        if _IS_HAN.match(token):
            # The pair before this one ends with the character that this one begins with.
            said += token[1:] if is_han and said.endswith(token[0]) else token if not said else rf"[\W_]*{token}"
            is_han = len(token) == 2
        else:
            said += (r"[\W_]*" if said else rf"(?<![^\W_{_HAN}])") + token + rf"(?![^\W_{_HAN}])"
            is_han = False
    return said


def context(text: str, places: re.Pattern[str]) -> list[Segment]:
    """A line around the first place where something was found, every place in it marked; else its beginning."""
    found = places.search(folded(text))
    first = max(0, found.start() - BEFORE) if found else 0
    last = min(len(text), (found.start() if found else 0) + AFTER)
    said = marked(text[first:last].replace("\n", " "), places)
    if first:
        said.insert(0, (False, "…"))
    if last < len(text):
        said.append((False, "…"))
    return said


def marked(text: str, places: re.Pattern[str]) -> list[Segment]:
    """The whole text, with every place marked."""
    said = []
    at = 0
    for found in places.finditer(folded(text)):
        if found.start() == found.end():
            continue
        if found.start() > at:
            said.append((False, text[at : found.start()]))
        said.append((True, text[found.start() : found.end()]))
        at = found.end()
    if at < len(text):
        said.append((False, text[at:]))
    return said


# --- numbers that lead straight to something --------------------------------------------------------------------

_TASK_NUMBER = re.compile(r"\d{4}-\d{1,6}")
_SEQUENCE = re.compile(r"(\d{4})\s*年?\s*第\s*(\d{1,4})\s*次(?:会议)?")
_DOCUMENT_NUMBER = re.compile(r"\S{0,30}[〔\[(【]\s*\d{4}\s*[〕\])】]\s*第?\s*\d{1,6}\s*号?")
_LETTERS = re.compile(r"[a-z]{2,12}")


def task_number(typed: str) -> str | None:
    """``2026-041`` as tasks are numbered, whatever dash was typed."""
    plain = re.sub(r"[—–－−]", "-", folded(typed))
    return plain if _TASK_NUMBER.fullmatch(plain) else None


def sequence(typed: str) -> tuple[int, int] | None:
    """Year and number of 2026年第2次."""
    found = _SEQUENCE.fullmatch(folded(typed))
    return (int(found[1]), int(found[2])) if found else None


def document_number(typed: str) -> str | None:
    """A 文号 without what people type otherwise: its brackets, spaces, 第 and 号; to be compared with another."""
    plain = folded(typed)
    if not _DOCUMENT_NUMBER.fullmatch(plain):
        return None
    return plain_number(plain)


def plain_number(number: str) -> str:
    """A 文号 as ``document_number`` gives it."""
    return re.sub(r"[〔\[(【〕\])】]", "|", re.sub(r"[\s第号]", "", folded(number)))


def letters(typed: str) -> str | None:
    """First letters of pinyin, or None where something else was typed."""
    plain = "".join(folded(typed).split())
    return plain if _LETTERS.fullmatch(plain) else None

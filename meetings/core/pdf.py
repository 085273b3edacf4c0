"""The words of a PDF, as far as they can be had with little: to be looked into, never to be shown. Pure.

Reads what writers of office papers make: objects in the open or in object streams, Flate, fonts that name their
characters by a ToUnicode map. Scans and encrypted files give nothing.
"""

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator, Mapping
from itertools import islice

# Whoever made the file may mean harm: each of these bounds what it can make us do.
MOST_UNPACKED = 32 * 1024 * 1024
MOST_OF_A_PAGE = 4 * 1024 * 1024
MOST_CODES = 400_000
MOST_WORDS = 1_000_000
MOST_FONTS_OF_A_NAME = 8

_BEGIN = re.compile(rb"(\d{1,10})\s{1,20}\d{1,5}\s{1,20}obj\b")
_HEX = rb"<([0-9A-Fa-f\s]*)>"
_TOKENS = re.compile(_HEX + rb"|([\[\]])")
_REFERENCE = re.compile(rb"\s+(\d{1,10})\s+\d{1,5}\s+R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,100})\s+(\d{1,10})\s+\d{1,5}\s+R")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d{1,10})\s+\d{1,5}\s+R")
# A font is chosen, a text is shown, or several are with what lies between them.
_SHOWN = re.compile(
    rb"/([^\s/<>\[\]()]{1,100})\s+[-\d.]{1,20}\s+Tf\b|"
    + _HEX
    + rb"|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()]){0,500}\)){0,5000})\)|(T[jJ]\b|['\"])",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)

Codes = Mapping[bytes, str]


def words_of(content: bytes) -> str:
    """What the pages say, in the order it is drawn; empty where nothing can be read.

    A space stands between two pieces, but not between single characters: some writers place each by itself.
    """
    if b"/Encrypt" in content:
        return ""
    objects = dict(_objects(content))
    fonts = _fonts(objects, _maps(objects))
    said: list[str] = []
    length, was_one = 0, False
    for _head, stream in objects.values():
        if b"BT" not in stream or b"begincmap" in stream:
            continue
        for piece in _pieces(stream[:MOST_OF_A_PAGE], fonts):
            is_one = len(piece) == 1
            said.append(piece if is_one and was_one else f" {piece}")
            length, was_one = length + len(piece), is_one
            if length > MOST_WORDS:
                return "".join(said).strip()
    return "".join(said).strip()


def _between(text: bytes, begin: bytes, end: bytes) -> Iterator[bytes]:
    """What stands between two words, each time; read once from the front."""
    at = text.find(begin)
    while at >= 0:
        at += len(begin)
        until = text.find(end, at)
        if until < 0:
            return
        yield text[at:until]
        at = text.find(begin, until)


def _bodies(content: bytes) -> Iterator[tuple[int, bytes]]:
    begun = _BEGIN.search(content)
    while begun:
        end = content.find(b"endobj", begun.end())
        if end < 0:
            return
        yield int(begun.group(1)), content[begun.end() : end]
        begun = _BEGIN.search(content, end)


def _objects(content: bytes) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    """Every object as (number, (what it says of itself, its unpacked stream))."""
    left = MOST_UNPACKED
    for number, body in _bodies(content):
        head, begun, rest = body.partition(b"stream")
        stream = b""
        if begun and b"/Image" not in head:
            packed = rest.lstrip(b"\r").removeprefix(b"\n").rpartition(b"endstream")[0]
            if b"/ASCII85Decode" in head:
                packed = _from_letters(packed)
            stream = _unpacked(packed, left) if b"/FlateDecode" in head else packed[:left]
            left -= len(stream)
        if b"/ObjStm" in head:
            yield from _inner(stream)
        else:
            yield number, (head, stream)
        if left <= 0:
            return


def _from_letters(packed: bytes) -> bytes:
    try:
        return a85decode(packed.strip().removesuffix(b"~>"))
    except ValueError:
        return b""


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, max(most, 1))
    except zlib.error:
        return b""


def _inner(stream: bytes) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    """The objects of an object stream: pairs of number and place, then the objects."""
    start = re.match(rb"[\s\d]*", stream)
    numbers = [int(text) for text in (start.group().split() if start else []) if len(text) < 11]
    first = start.end() if start else 0
    places = sorted(zip(numbers[1::2], numbers[::2], strict=False))
    for (place, number), (end, _next) in zip(places, [*places[1:], (len(stream), 0)], strict=False):
        yield number, (stream[first + place : first + end], b"")


def _maps(objects: Mapping[int, tuple[bytes, bytes]]) -> dict[int, Codes]:
    """What the codes of a font stand for, by the number of the map."""
    found: dict[int, Codes] = {}
    left = MOST_CODES
    for number, (_head, stream) in objects.items():
        if b"begincmap" in stream:
            found[number] = dict(islice(_codes(stream), left))
            left -= len(found[number])
    return found


def _codes(cmap: bytes) -> Iterator[tuple[bytes, str]]:
    for part in _between(cmap, b"beginbfchar", b"endbfchar"):
        typed = [_bytes(text) for text, _bracket in _TOKENS.findall(part)]
        for code, text in zip(typed[::2], typed[1::2], strict=False):
            yield code, text.decode("utf-16-be", "ignore")
    for part in _between(cmap, b"beginbfrange", b"endbfrange"):
        tokens = iter(_TOKENS.findall(part))
        for low, _bracket in tokens:
            high, to = next(tokens, (b"", b"")), next(tokens, (b"", b""))
            yield from _range(_bytes(low), _bytes(high[0]), _targets(to, tokens))


def _targets(to: tuple[bytes, bytes], tokens: Iterator[tuple[bytes, bytes]]) -> list[bytes] | bytes:
    """What a range stands for: a first character that is counted on from, or each in brackets."""
    if to[1] != b"[":
        return _bytes(to[0])
    listed = []
    for typed, bracket in tokens:
        if bracket:
            break
        listed.append(_bytes(typed))
    return listed


def _range(low: bytes, high: bytes, to: list[bytes] | bytes) -> Iterator[tuple[bytes, str]]:
    if not low or len(low) > 4 or len(high) != len(low):
        return
    first = int.from_bytes(low)
    count = min(int.from_bytes(high) - first + 1, 65536, len(to) if isinstance(to, list) else 65536)
    for step in range(count):
        target = to[step] if isinstance(to, list) else _next(to, step)
        yield (first + step).to_bytes(len(low)), target.decode("utf-16-be", "ignore")


def _next(text: bytes, step: int) -> bytes:
    return text[:-2] + ((int.from_bytes(text[-2:]) + step) & 0xFFFF).to_bytes(2) if len(text) >= 2 else text


def _bytes(typed: bytes) -> bytes:
    plain = b"".join(typed.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _fonts(objects: Mapping[int, tuple[bytes, bytes]], maps: Mapping[int, Codes]) -> dict[bytes, list[Codes]]:
    """Name of a font → the maps of all fonts that some page calls so."""
    fonts: dict[bytes, list[Codes]] = {}
    for head, _stream in objects.values():
        for name, number in (found for listing in _listings(head, objects) for found in _NAMED.findall(listing)):
            told = _TO_UNICODE.search(objects.get(int(number), (b"", b""))[0])
            codes = maps.get(int(told.group(1))) if told else None
            known = fonts.setdefault(name, [])
            if codes and len(known) < MOST_FONTS_OF_A_NAME and all(codes is not other for other in known):
                known.append(codes)
    return fonts


def _listings(head: bytes, objects: Mapping[int, tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Where fonts are named: in place, or in an object of their own."""
    for said in _between(head, b"/Font", b">>"):
        if said.lstrip().startswith(b"<<"):
            yield said
    for found in islice(re.finditer(rb"/Font\b", head), 100):
        apart = _REFERENCE.match(head, found.end())
        if apart and int(apart.group(1)) in objects:
            yield objects[int(apart.group(1))][0]


def _pieces(stream: bytes, fonts: Mapping[bytes, list[Codes]]) -> Iterator[str]:
    """What each operator shows; the parts of a TJ belong together."""
    chosen: list[Codes] = []
    parts: list[str] = []
    for name, typed, literal, shown in _SHOWN.findall(stream):
        if name:
            chosen = fonts.get(name, [])
        elif not shown:
            parts.append(_said(_bytes(typed) if typed else _ESCAPED.sub(_escaped, literal), chosen))
        elif text := "".join(parts):
            yield text
            parts = []


def _escaped(found: re.Match[bytes]) -> bytes:
    sign = found.group(1)
    if sign.isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}.get(sign, sign)


def _said(text: bytes, chosen: list[Codes]) -> str:
    """The text by the first map that knows all of it; by none, as plain letters and figures."""
    for codes in chosen:
        width = len(next(iter(codes)))
        parts = [text[at : at + width] for at in range(0, len(text), width)]
        if parts and all(part in codes for part in parts):
            return "".join(codes[part] for part in parts)
    return "" if chosen else "".join(chr(byte) for byte in text if 32 <= byte < 127)

"""A font in a PDF: one Type0 font with Identity-H codes per face, cut down to the characters used.

The subset is made by HarfBuzz for ``glyf`` and CFF outlines alike (ISO 32000-1, 9.7); ToUnicode is right beyond U+FFFF.
"""

import struct
import zlib
from collections.abc import Callable, Iterable
from hashlib import sha256

import uharfbuzz as hb

from reports.fonts import Face

AddObject = Callable[[bytes], str]
"""Keeps one PDF object and returns its reference (``"12 0 R"``)."""

_DROPPED = (
    *("GSUB", "GPOS", "GDEF", "BASE", "JSTF", "DSIG", "vhea", "vmtx", "VORG", "gasp", "STAT", "name", "post", "kern"),
    *("VDMX", "hdmx", "LTSH", "OS/2", "meta", "morx", "feat", "FFTM", "avar", "MVAR", "HVAR", "VVAR"),
)
_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def stream(content: bytes, entries: str = "") -> bytes:
    """A compressed PDF stream object with further dictionary entries."""
    packed = zlib.compress(content, 4)
    head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def embed(face: Face, chars: Iterable[str], add: AddObject) -> str:
    """Write the font of these characters through ``add``; returns the reference of the Type0 font.

    RuntimeError if HarfBuzz cannot cut the font.
    """
    glyphs: dict[int, int] = {}
    for codepoint in sorted(map(ord, chars)):
        glyphs.setdefault(face.glyph(codepoint), codepoint)
    glyphs.pop(0, None)
    program = _subset(face, set(glyphs))
    name = f"{_tag(face, glyphs)}+{face.postscript_name}"
    if face.is_cff:
        file = add(stream(_table(program, b"CFF "), "/Subtype/CIDFontType0C"))
        file_entry = f"/FontFile3 {file}"
    else:
        file = add(stream(program, f"/Length1 {len(program)}"))
        file_entry = f"/FontFile2 {file}"
    descriptor = add(_descriptor(face, name, file_entry).encode())
    cids = face.cids
    coded = {cids[glyph] if cids else glyph: glyph for glyph in glyphs}
    widths = _widths({code: face.glyph_width(glyph) for code, glyph in coded.items()})
    kind = "CIDFontType0" if face.is_cff else "CIDFontType2/CIDToGIDMap/Identity"
    descendant = add(
        f"<</Type/Font/Subtype/{kind}/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/DW 1000/W{widths}/FontDescriptor {descriptor}>>".encode()
    )
    to_unicode = add(stream(_cmap({code: glyphs[glyph] for code, glyph in coded.items()}).encode()))
    return add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant}]"
        f"/ToUnicode {to_unicode}>>".encode()
    )


def _subset(face: Face, glyphs: set[int]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs | {0})
    flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    # A CID-keyed font keeps its CIDs by its charset; the others keep their glyph ids, which are the codes.
    wanted.flags = flags if face.cids else flags | hb.SubsetFlags.RETAIN_GIDS
    for tag, value in face.file.axes:
        wanted.pin_axis_location(face.hb_face, tag, value)
    dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in _DROPPED:
        dropped.add(int.from_bytes(tag.encode(), "big"))
    return bytes(hb.subset(face.hb_face, wanted).blob.data)


def _table(program: bytes, wanted: bytes) -> bytes:
    """One table of an OpenType file."""
    (count,) = struct.unpack(">H", program[4:6])
    for place in range(12, 12 + 16 * count, 16):
        tag, _, offset, length = struct.unpack(">4sLLL", program[place : place + 16])
        if tag == wanted:
            return program[offset : offset + length]
    raise ValueError(f"no table {wanted!r}")


def _tag(face: Face, glyphs: Iterable[int]) -> str:
    """Six letters that differ between subsets (ISO 32000-1, 9.6.4), the same for the same characters."""
    digest = sha256(f"{face.postscript_name} {sorted(glyphs)}".encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _descriptor(face: Face, name: str, file_entry: str) -> str:
    head = struct.unpack(">4h", bytes(face.hb_face.reference_table("head").data)[36:44])
    box = " ".join(str(round(value * face.scale)) for value in head)
    extents = face.hb_font.get_font_extents("ltr")
    ascent, descent = round(extents.ascender * face.scale), round(extents.descender * face.scale)
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent {ascent}"
        f"/Descent {descent}/CapHeight 700/StemV 80{file_entry}>>"
    )


def _widths(widths: dict[int, float]) -> str:
    """The W array (ISO 32000-1, 9.7.4.3): runs of following codes, without those of the default 1000."""
    parts: list[str] = []
    last = -2
    for code in sorted(code for code, width in widths.items() if round(width, 2) != 1000):
        parts.append(f"{'' if code == last + 1 else f']{code}['} {widths[code]:.6g}")
        last = code
    return "[" + "".join(parts).lstrip("]") + ("]" if parts else "") + "]"


def _cmap(codes: dict[int, int]) -> str:
    """A ToUnicode CMap from codes to code points (UTF-16BE, ISO 32000-1, 9.10.3)."""
    rows = [f"<{code:04X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in sorted(codes.items())]
    parts = [_CMAP_HEAD]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        parts += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*parts, _CMAP_FOOT])

"""The faces of the papers: which font file draws which character, how wide it is, and what no font has.

Files are mapped, not read, and opened when their first character is asked for. All widths are in 1/1000 em.
"""

import functools
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import uharfbuzz as hb

FaceName = Literal["title", "song", "hei", "kai", "fang", "rare"]
"""小标宋, 宋体, 黑体, 楷体, 仿宋, and the face of last resort for rare characters."""

BUILT_IN = Path(__file__).with_name("fonts")
FILES: dict[FaceName, str] = {
    "title": "NotoSerifSC-Bold.ttf",
    "song": "NotoSerifSC-Regular.ttf",
    "hei": "NotoSansSC-Medium.ttf",
    "kai": "LXGWWenKai-Regular.ttf",
    "fang": "FandolFang-Regular.otf",
    "rare": "LuoshiRareSong.ttf",
}
FALL_BACK: tuple[FaceName, ...] = ("song", "rare", "kai", "hei")
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
BORROWED: dict[FaceName, frozenset[str]] = {"kai": _ASCII | frozenset("“”‘’·"), "fang": _ASCII}
"""What a built-in face draws badly (Western letters, narrow quotation marks); the first fall-back draws it."""

OWN_NAMES: tuple[tuple[str, FaceName], ...] = (
    (r"小标宋|xiaobiaosong|fzxbs", "title"),
    (r"仿宋|fangsong|simfang", "fang"),
    (r"楷体|kaiti|simkai", "kai"),
    (r"黑体|heiti|simhei", "hei"),
    (r"宋体|simsun|songti", "song"),
)
"""How a font of the office's own folder is recognised by file or family name; the first match holds."""

_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
MISSING_MARK = "〓"
_FILE_CODE = re.compile(r"(?P<face>[a-z]+)(?:@(?P<at>[0-9A-Za-z=.,]+))?\Z")


@dataclass(frozen=True)
class FontFile:
    """Where a face comes from: file, place in a collection (.ttc), axes to pin of a variable font."""

    path: Path
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()


class Face:
    """One opened font. ``codes`` maps a character to the 2-byte code used in a PDF (0: not in this font)."""

    def __init__(self, name: FaceName, file: FontFile) -> None:
        """Map the file; OSError if it cannot be read, ValueError if it is no font."""
        self.name = name
        self.file = file
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(file.path)), file.index)
        if not self.hb_face.glyph_count or not {"glyf", "CFF "} & set(self.hb_face.table_tags):
            raise ValueError(f"{file.path.name} is not a font with outlines")
        self.hb_font = hb.Font(self.hb_face)
        if file.axes:
            self.hb_font.set_variations(dict(file.axes))
        self.scale: float = 1000 / self.hb_face.upem
        self.is_cff = "CFF " in self.hb_face.table_tags
        self.cids = _cids(file) if self.is_cff else None
        self.codes = _Codes(self)

    @property
    def postscript_name(self) -> str:
        name = self.hb_face.get_name(6) or self.file.path.stem
        return re.sub(r"[^A-Za-z0-9-]", "", name) or "Font"

    def glyph(self, codepoint: int) -> int:
        """Glyph id of a character, 0 if the font has none; a no-break space is drawn as a space."""
        found = self.hb_font.get_nominal_glyph(codepoint)
        if found is None and codepoint == 0xA0:
            found = self.hb_font.get_nominal_glyph(0x20)
        return found or 0

    def glyph_width(self, glyph: int) -> float:
        return float(self.hb_font.get_glyph_h_advance(glyph)) * self.scale

    def ink(self, glyph: int) -> tuple[float, float]:
        """Where a glyph's ink begins and ends above the base line."""
        extents = self.hb_font.get_glyph_extents(glyph)
        if extents is None:
            return 0.0, 0.0
        top = float(extents.y_bearing) * self.scale
        return top + float(extents.height) * self.scale, top


class _Codes(dict[int, int]):
    """Character to PDF code, looked up once; serves ``str.translate``."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, codepoint: int) -> int:
        glyph = self._face.glyph(codepoint)
        cids = self._face.cids
        code = self[codepoint] = cids[glyph] if cids else glyph
        return code


def _cids(file: FontFile) -> tuple[int, ...] | None:
    """The CID of each glyph of a CID-keyed CFF font; None if it is keyed by name (then CID = glyph id)."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only CFF fonts need it

    with TTFont(file.path, fontNumber=file.index, lazy=True) as font:
        top = font["CFF "].cff[0]
        if not hasattr(top, "ROS"):
            return None
        return tuple(0 if name == ".notdef" else int(name[3:]) for name in top.charset)


class _Widths(dict[int, float]):
    """Character to its width in 1/1000 em, by the face that will draw it."""

    def __init__(self, faces: "Faces", name: FaceName) -> None:
        super().__init__()
        self._faces = faces
        self._name = name

    def __missing__(self, codepoint: int) -> float:
        face = self._faces.face_for(chr(codepoint), self._name)
        width = self[codepoint] = face.glyph_width(face.glyph(codepoint)) if face else 1000.0
        return width


class Faces:
    """The set of faces of one installation: the built-in ones, or the office's own where its folder has them."""

    def __init__(self, folder: Path | None = None) -> None:
        """``folder`` may hold own fonts, named ``title.ttf``, ``song@2.ttc`` (third of a collection),
        ``hei@wght=600.ttf`` (pinned axis), or recognised by name.

        A file that is no font, or a folder that cannot be listed, is named in ``faults``; the built-in face is used.
        """
        self.files: dict[FaceName, FontFile] = {name: FontFile(BUILT_IN / file) for name, file in FILES.items()}
        self._built_in = dict(self.files)
        self._open: dict[FontFile, Face] = {}
        self._chosen: dict[FaceName, Face] = {}
        self._lock = threading.Lock()
        self._widths: dict[FaceName, _Widths] = {}
        self.faults: tuple[str, ...] = ()
        if folder:
            own, self.faults = own_files(folder)
            self.files |= own

    def face(self, name: FaceName) -> Face:
        found = self._chosen.get(name)
        if found is None:
            found = self._chosen[name] = self._face(name, self.files[name])
        return found

    def _face(self, name: FaceName, file: FontFile) -> Face:
        found = self._open.get(file)
        if found is None:
            with self._lock:
                found = self._open.get(file) or self._open.setdefault(file, Face(name, file))
        return found

    def _candidates(self, name: FaceName) -> Iterator[Face]:
        """The face itself, then the built-in one it stands for, then the fall-backs."""
        yield self.face(name)
        yield self._face(name, self._built_in[name])
        for other in FALL_BACK:
            yield self.face(other)
            yield self._face(other, self._built_in[other])

    def face_for(self, char: str, name: FaceName) -> Face | None:
        """The first face that has a character; None if no face has it."""
        codepoint = ord(char)
        borrowed = BORROWED.get(name, frozenset())
        for face in self._candidates(name):
            if char in borrowed and face.file == self._built_in[name]:
                continue
            if face.glyph(codepoint):
                return face
        return None

    def is_whole(self, name: FaceName) -> bool:
        """True if a face draws all it has by itself, borrowing nothing."""
        return name not in BORROWED or self.files[name] != self._built_in[name]

    def widths(self, name: FaceName) -> dict[int, float]:
        """Widths by code point in 1/1000 em, looked up on first use; a character of no face counts 1000."""
        found = self._widths.get(name)
        if found is None:
            found = self._widths.setdefault(name, _Widths(self, name))
        return found

    def width(self, text: str, name: FaceName, size: float) -> float:
        """Width of a text in points."""
        table = self.widths(name)
        return sum([table[ord(char)] for char in text]) * size / 1000

    def ink(self, text: str, name: FaceName) -> tuple[float, float]:
        """The lowest and the highest ink of a text above its base line, in 1/1000 em."""
        inks = [face.ink(face.glyph(ord(char))) for char in text if (face := self.face_for(char, name))]
        return min((low for low, _ in inks), default=0.0), max((high for _, high in inks), default=880.0)

    def runs(self, text: str, name: FaceName) -> list[tuple[Face | None, str]]:
        """A text cut into runs of one face each; the face None stands for characters that no face has."""
        own = self.face(name)
        if self.is_whole(name) and 0 not in map(own.codes.__getitem__, map(ord, text)):
            return [(own, text)]
        runs: list[tuple[Face | None, str]] = []
        for char in text:
            face = self.face_for(char, name)
            if runs and runs[-1][0] is face:
                runs[-1] = (face, runs[-1][1] + char)
            else:
                runs.append((face, char))
        return runs

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of a text that no face has, each once, in their order."""
        return tuple(char for char in dict.fromkeys(text) if not char.isspace() and self.face_for(char, "song") is None)


@functools.lru_cache(maxsize=8)
def _kept(folder: Path | None) -> Faces:
    return Faces(folder)


_folder: Path | None = None


def use(folder: Path | None) -> None:
    """Take the office's own fonts of a folder from now on, in this process; None takes the built-in ones."""
    global _folder  # noqa: PLW0603 - the fonts of a process, as its time zone
    _folder = folder


def load() -> Faces:
    """The faces of this installation, kept for the life of the process."""
    return _kept(_folder)


def own_files(folder: Path) -> tuple[dict[FaceName, FontFile], tuple[str, ...]]:
    """The fonts of the office's own folder by face, the first file of a face in order of names (see ``Faces``), and the
    names of the files, or of the folder, that cannot be used.
    """
    from fontTools.ttLib import TTLibError  # noqa: PLC0415 - only an office with own fonts needs it

    found: dict[FaceName, FontFile] = {}
    faults: list[str] = []
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return {}, (folder.name,)
    for path in paths:
        if path.suffix.lower() not in _SUFFIXES:
            continue
        try:
            for name, file in _recognise(path):
                _try_out(name, file)
                found.setdefault(name, file)
        except (OSError, ValueError, RuntimeError, KeyError, TTLibError):
            faults.append(path.name)
    return found, tuple(faults)


def _try_out(name: FaceName, file: FontFile) -> None:
    """Cut one character out of a font: what goes wrong later goes wrong now; ValueError if it draws no text."""
    face = Face(name, file)
    glyph = next((found for char in "一的国0A" if (found := face.glyph(ord(char)))), 0)
    if not glyph and not face.hb_face.unicodes:
        raise ValueError(f"{file.path.name} draws nothing")
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({glyph})
    hb.subset(face.hb_face, wanted)


def _recognise(path: Path) -> Iterator[tuple[FaceName, FontFile]]:
    """The faces a file serves: by its code, else by its file name, else by the family names inside."""
    code = _FILE_CODE.match(path.stem.lower())
    for name in get_args(FaceName):
        if code and code["face"] == name:
            yield name, _by_code(path, code["at"] or "")
            return
    blob = hb.Blob.from_file_path(str(path))
    count = hb.Face(blob, 0).count
    if not count:
        raise ValueError(f"{path.name} is not a font")
    for index in range(count):
        face = hb.Face(blob, index)
        family = " ".join(entry_name for entry in face.list_names() if (entry_name := _name(face, entry)))
        for text in (path.stem, family):
            known = next((name for pattern, name in OWN_NAMES if re.search(pattern, text, re.IGNORECASE)), None)
            if known:
                yield known, FontFile(path, index)
                break


def _name(face: hb.Face, entry: hb.OTNameEntry) -> str | None:
    """A family name (ids 1, 4 and 16) in its language."""
    return face.get_name(entry.name_id, entry.language) if int(entry.name_id) in {1, 4, 16} else None


def _by_code(path: Path, at: str) -> FontFile:
    """``2`` is a place in a collection, ``wght=600,wdth=100`` are axes."""
    if at.isdigit():
        return FontFile(path, index=int(at))
    axes = tuple((tag, float(value)) for tag, _, value in (part.partition("=") for part in at.split(",") if part))
    return FontFile(path, axes=axes)

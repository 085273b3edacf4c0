"""Which files are taken, told by name and by content; what their texts say. Pure."""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO

from meetings.core import pdf, redline
from meetings.core.errors import DomainError

MAX_FILES = 20
# Office files and OFD are zip archives: what they may hold unpacked, before anything is read out of them.
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 5000
MAX_TEXT = 20 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MICROSOFT = "application/vnd.openxmlformats-officedocument."


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _zip_with(part: str) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(b"PK\x03\x04") and _has_part(content, part)


def _has_part(content: bytes, part: str) -> bool:
    archive = _archive(content)
    if archive is None:
        return False
    names = archive.namelist()
    # A document with macros is not what its name says, whatever its extension.
    return part in names and not any(name.lower().endswith("vbaproject.bin") for name in names)


def _archive(content: bytes) -> zipfile.ZipFile | None:
    """The archive, or None where it cannot be read or would unpack to too much."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 10_000):
        return None
    return archive


def _is_text(content: bytes) -> bool:
    return decoded(content) is not None


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: how it is called, how it is sent, and how its content shows that it is one."""

    words: str
    media_type: str
    is_genuine: Callable[[bytes], bool]


TYPES: Mapping[str, FileType] = {
    "pdf": FileType("PDF", "application/pdf", lambda content: b"%PDF-" in content[:1024]),
    "ofd": FileType("OFD", "application/ofd", _zip_with("OFD.xml")),
    "docx": FileType("Word", f"{_MICROSOFT}wordprocessingml.document", _zip_with("word/document.xml")),
    "xlsx": FileType("Excel", f"{_MICROSOFT}spreadsheetml.sheet", _zip_with("xl/workbook.xml")),
    "pptx": FileType("PowerPoint", f"{_MICROSOFT}presentationml.presentation", _zip_with("ppt/presentation.xml")),
    "doc": FileType("Word", "application/msword", _starts(_OLE)),
    "xls": FileType("Excel", "application/vnd.ms-excel", _starts(_OLE)),
    "wps": FileType("WPS", "application/vnd.ms-works", _starts(_OLE)),
    "et": FileType("WPS", "application/x-et", _starts(_OLE)),
    "jpg": FileType("JPG", "image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": FileType("JPG", "image/jpeg", _starts(b"\xff\xd8\xff")),
    "png": FileType("PNG", "image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "txt": FileType("TXT", "text/plain; charset=utf-8", _is_text),
    "csv": FileType("CSV", "text/csv; charset=utf-8", _is_text),
}

# As hints and refusals list them.
TAKEN = "PDF、OFD、Word、Excel、PPT（pptx）、WPS、图片（jpg、png）、txt、csv"

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


def tidy_name(name: str, *, longest: int = 200) -> str:
    """The name without folders, controls and direction marks, in NFC; the extension survives shortening."""
    name = _INVISIBLE.sub("", name.replace("\\", "/")).rsplit("/", 1)[-1]
    name = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", name)).strip().lstrip(".")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:longest] or "未命名"
    return (
        f"{(stem.strip() or '未命名')[: longest - len(extension) - 1]}.{extension}"
        if len(extension) < 12
        else name[:longest]
    )


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def check(name: str, content: bytes, *, max_megabytes: int, field: str = "files") -> FileType:
    """Refuse a file that is empty, too large, of no type on the list, or not what its name says.

    Raises ``DomainError`` with ``file.empty``, ``file.too_large``, ``file.type`` or ``file.disguised``.
    """
    if not content:
        raise DomainError("file.empty", field=field, name=name)
    if len(content) > max_megabytes * 1024 * 1024:
        raise DomainError(
            "file.too_large", field=field, name=name, size=f"{len(content) / 1024 / 1024:.1f}", max=max_megabytes
        )
    extension = extension_of(name)
    if extension not in TYPES:
        raise DomainError("file.type", field=field, name=name, taken=TAKEN)
    if not TYPES[extension].is_genuine(content):
        raise DomainError("file.disguised", field=field, name=name, extension=extension)
    return TYPES[extension]


def decoded(content: bytes) -> str | None:
    """The text of a plain file in UTF-8, UTF-16 with a mark, or GB 18030; None where it is no text."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if redline.control_character(text.replace("\f", "")) else text
    return None


# Where the words stand in each kind of archive, and what ends a line there.
_TEXT_PARTS: Mapping[str, re.Pattern[str]] = {
    "docx": re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    "xlsx": re.compile(r"xl/(sharedStrings|comments\d*|worksheets/sheet\d+)\.xml"),
    "pptx": re.compile(r"ppt/(slides|notesSlides)/\w+\.xml"),
    "ofd": re.compile(r"(?i:\w+/(?:Pages|Tpls|Annots)/(?:\w+/)*\w+\.xml)"),
}
_LINE_END = re.compile(r"</(?:w:p|w:tr|a:p|si|is|row)>|<w:br\b[^>]*>")
_WORD_PARTS = re.compile(r"<(?:w:tab|w:cr)\b[^>]*>|</(?:w:tc|c|v|ofd:TextObject)>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def text_of(name: str, content: bytes) -> str:
    """The words of a file that passed ``check``, as far as they can be had; a picture gives none, nor does a scan."""
    extension = extension_of(name)
    if extension in {"txt", "csv"}:
        return decoded(content) or ""
    if extension == "pdf":
        return pdf.words_of(content)
    if content.startswith(_OLE):
        return _words_of_ole(content)
    if extension not in _TEXT_PARTS:
        return ""
    archive = _archive(content)
    texts = []
    for part in archive.infolist() if archive else ():
        if _TEXT_PARTS[extension].fullmatch(part.filename) and part.file_size <= MAX_TEXT:
            try:
                xml = archive.read(part) if archive else b""
            except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
                raise DomainError("file.disguised", field="files", name=name, extension=extension) from None
            texts.append(_words_of_xml(xml))
    return "\n".join(texts)


# Han, full-width forms, stars and what stands on a keyboard: what is left of binary content read as text.
_WORDS_IN_BYTES = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef★☆\x20-\x7e]{2,}")


def _words_of_ole(content: bytes) -> str:
    """Word, Excel and WPS before 2007 keep Chinese text as UTF-16, at even places and at odd ones."""
    texts = (content[start:].decode("utf-16-le", "replace") for start in (0, 1))
    return " ".join(" ".join(_WORDS_IN_BYTES.findall(text)) for text in texts)


def _words_of_xml(content: bytes) -> str:
    """The text between the tags. Entities are not expanded, so that no document can make it grow."""
    xml = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
    xml = _WORD_PARTS.sub(" ", _LINE_END.sub("\n", _PHONETIC.sub("", xml)))
    return unescape(_TAG.sub("", xml))


def check_text(name: str, text: str, *, personal_data_confirmed: bool, field: str = "files") -> bool:
    """Refuse a text with a mark of secrecy, and personal data that nobody decided to keep.

    True where personal data is kept by decision, which the caller logs. Raises ``DomainError`` with
    ``file.secret`` or ``file.personal_data``.
    """
    if mark := redline.secrecy_mark(text):
        raise DomainError("file.secret", field=field, name=name, mark=mark)
    if not redline.personal_data(text):
        return False
    if not personal_data_confirmed:
        raise DomainError("file.personal_data", field=field, name=name)
    return True

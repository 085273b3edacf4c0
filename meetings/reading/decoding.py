"""From the bytes of a file to its text: UTF-8, GB 18030, docx. Raises ``Unreadable`` with the reason in words."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Any

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 1_000_000
# A docx packs text well; beyond these it is a bomb rather than a paper.
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200

# What a damaged archive, malformed XML (a SyntaxError) and parts that are not there make python-docx raise.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    OSError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)

_DAMAGED = "Word 文件已损坏，打不开"

_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[a-zA-Z!/][^<>]{0,2000}>", re.DOTALL | re.IGNORECASE)


class Unreadable(ValueError):
    """The file holds no text that can be read; the message says why, in Chinese."""


def decode(content: bytes) -> str:
    """The text of a file.

    Raises ``Unreadable`` for pictures, PDF, old Word files, packed bombs and files over 20 MB or a million characters.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("文件超过 20 MB，请只留会议的文字后再读取")
    if content.startswith(b"PK\x03\x04"):
        return plain(_docx(content))
    if content.startswith(b"%PDF"):
        raise Unreadable("PDF 不能直接读取，扫描件里的字是图片。请打开后复制文字粘贴，或者上传 Word、文本文件")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("旧版 Word 文件（.doc）不能读取，请另存为 .docx 后上传")
    if content.startswith(_PICTURES):
        raise Unreadable("这是图片，不能读取图片里的字。请录入文字后粘贴")
    return plain(_characters(content))


def plain(text: str) -> str:
    """Text as it is read: one kind of line end, control marks as spaces, the tags of a copied page taken out.

    Raises ``Unreadable`` over a million characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").removeprefix("\ufeff")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("文字超过 100 万字，请只留会议的文字后再读取")
    if len(_TAGS.findall(text[:20_000])) > 5:
        text = _TAGS.sub("\n", text)
    return _CONTROLS.sub(" ", text)


def _characters(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("认不出文字的编码，请另存为 UTF-8 文本后上传")


def _docx(content: bytes) -> str:
    """Paragraphs in order, the cells of a table's row joined by tabs."""
    # 7 MB that nobody needs who pastes.
    from docx import Document  # noqa: PLC0415 -- as said above
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 -- as said above
    from docx.table import Table  # noqa: PLC0415 -- as said above
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 -- as said above

    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = {each.filename: each.file_size for each in packed.infolist()}
    except BROKEN as broken:
        raise Unreadable(_DAMAGED) from broken
    if sum(parts.values()) > min(MOST_UNPACKED, MOST_RATIO * max(1, len(content))):
        raise Unreadable("文件解压后过大，没有读取")
    if "word/document.xml" not in parts:
        raise Unreadable("这不是 Word 文件，请上传 .docx 或文本文件")
    lines: list[str] = []
    try:
        for part in Document(BytesIO(content)).iter_inner_content():
            if isinstance(part, Paragraph):
                lines.append(_paragraph(part))
            elif isinstance(part, Table):
                lines += [
                    "\t".join(" ".join(map(_paragraph, cell.paragraphs)) for cell in row.cells) for row in part.rows
                ]
    except (PackageNotFoundError, *BROKEN) as broken:
        raise Unreadable(_DAMAGED) from broken
    return "\n".join(lines)


_MADE_OF = ".//w:t | .//w:tab[parent::w:r] | .//w:br[not(@w:type)] | .//w:cr | .//w:noBreakHyphen"
_SHOWN_AS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_GONE = "boolean(ancestor::w:del | ancestor::w:moveFrom | ancestor::w:txbxContent)"


def _paragraph(paragraph: Any) -> str:
    """The words of a paragraph with what was put in while changes were tracked, without what was taken out."""
    made = (each for each in paragraph._p.xpath(_MADE_OF) if not each.xpath(_GONE))  # noqa: SLF001 -- the only way to them
    return "".join(_SHOWN_AS.get(each.tag.rpartition("}")[2], each.text or "") for each in made)

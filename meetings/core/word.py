"""A text as a Word file to be edited, which knows what it was taken from."""

import zipfile
import zlib
from datetime import datetime, time
from io import BytesIO

from meetings.core import clock

_FONT = "仿宋_GB2312"


def written(text: str, *, title: str, identifier: str) -> bytes:
    """The bytes of a .docx: a paragraph for each line of the text, and nothing else.

    ``identifier`` goes into the file's properties and comes back by ``identifier_of``.
    """
    # 7 MB that few pages need.
    from docx import Document  # noqa: PLC0415 -- as said above
    from docx.oxml.ns import qn  # noqa: PLC0415 -- as said above
    from docx.shared import Pt  # noqa: PLC0415 -- as said above

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    for line in text.split("\n"):
        document.add_paragraph(line)
    properties = document.core_properties
    properties.title, properties.identifier, properties.author = title[:255], identifier, ""
    properties.created = properties.modified = datetime.combine(clock.today(), time())
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def identifier_of(content: bytes) -> str:
    """What ``written`` was given; empty where the file is no Word file that can be opened, or was not made by it."""
    from docx import Document  # noqa: PLC0415 -- 7 MB that few pages need

    try:
        return str(Document(BytesIO(content)).core_properties.identifier or "")
    except (zipfile.BadZipFile, zlib.error, SyntaxError, OSError, RuntimeError, NotImplementedError, EOFError):
        return ""  # a damaged archive, or malformed XML
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""  # a part that is not there

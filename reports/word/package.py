"""The file: parts, relations, properties, all with fixed times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.imprint import Imprint
from reports.typeset import legible
from reports.word.markup import NAMESPACES
from reports.word.styles import Style, font_table_xml, styles_xml

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A document: its body with the last section's properties, its styles, its headers and footers by name."""

    body: Iterable[str]
    styles: tuple[Style, ...]
    furniture: dict[str, str]
    compresses_marks: bool = False
    """Whether marks of punctuation may be squeezed; on a grid of characters they are not."""


def reference(name: str, kind: str) -> str:
    """A section's reference to its header or footer; ``kind`` is ``default``, ``even`` or ``first``."""
    return f'<w:{_kind(name)}Reference w:type="{kind}" r:id="{name}"/>'


def _kind(name: str) -> str:
    return "header" if name.startswith("header") else "footer"


def package(parts: Parts, *, title: str, imprint: Imprint) -> bytes:
    """The bytes of the file."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:

        def add(name: str, content: Iterable[str]) -> None:
            entry = ZipInfo(name, _BEGINNING)
            entry.compress_type = ZIP_DEFLATED
            with file.open(entry, "w") as part:
                part.write(_DECLARATION.encode())
                for piece in content:
                    part.write(piece.encode())

        add("[Content_Types].xml", [_content_types(parts.furniture)])
        add("_rels/.rels", [_package_relations()])
        add("docProps/core.xml", [_core(title, imprint)])
        add("docProps/app.xml", [_app(imprint)])
        add("word/_rels/document.xml.rels", [_document_relations(parts.furniture)])
        add("word/styles.xml", [styles_xml(parts.styles)])
        add("word/fontTable.xml", [font_table_xml()])
        add("word/settings.xml", [_settings(parts)])
        for name, content in parts.furniture.items():
            element = "hdr" if name.startswith("header") else "ftr"
            add(f"word/{name}.xml", [f"<w:{element} {NAMESPACES}>{content}</w:{element}>"])
        add("word/document.xml", _document(parts.body))
    return out.getvalue()


def _document(body: Iterable[str]) -> Iterable[str]:
    yield f"<w:document {NAMESPACES}><w:body>"
    yield from body
    yield "</w:body></w:document>"


def _content_types(furniture: Iterable[str]) -> str:
    parts = {
        "docProps/core": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "word/document": f"{_MAIN}.document.main+xml",
        "word/styles": f"{_MAIN}.styles+xml",
        "word/fontTable": f"{_MAIN}.fontTable+xml",
        "word/settings": f"{_MAIN}.settings+xml",
    }
    for name in furniture:
        parts[f"word/{name}"] = f"{_MAIN}.{_kind(name)}+xml"
    overrides = "".join(f'<Override PartName="/{name}.xml" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    found = "".join(f'<Relationship Id="{code}" Type="{kind}" Target="{to}"/>' for code, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _package_relations() -> str:
    return _relations(
        (
            ("document", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("app", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        )
    )


def _document_relations(furniture: Iterable[str]) -> str:
    own = (("styles", "styles"), ("fontTable", "fontTable"), ("settings", "settings"))
    return _relations(
        (
            *((code, f"{_OFFICE}/{kind}", f"{code}.xml") for code, kind in own),
            *((name, f"{_OFFICE}/{_kind(name)}", f"{name}.xml") for name in furniture),
        )
    )


def _core(title: str, imprint: Imprint) -> str:
    moment = f"{imprint.printed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    author = escape(legible(imprint.issuer))
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(legible(title))}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _app(imprint: Imprint) -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Company>{escape(legible(imprint.issuer))}</Company></Properties>"
    )


def _settings(parts: Parts) -> str:
    control = "compressPunctuation" if parts.compresses_marks else "doNotCompress"
    even = "<w:evenAndOddHeaders/>" if any(name.endswith("Even") for name in parts.furniture) else ""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>{even}'
        f'<w:characterSpacingControl w:val="{control}"/><w:compat><w:spaceForUL/>'
        "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
    )

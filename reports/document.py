"""One PDF in the making: pages of a ReportLab canvas, text with fall-back per character, tags, metadata, bytes."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from reports.container import Container
from reports.embedding import embed, stream
from reports.fonts import MISSING_MARK, Face, FaceName, Faces
from reports.structure import Element, RowRun, TreeWriter, hex_text

rl_config.useA85 = 0

_PRODUCER = "Luoshi"
_PROFILE = Path(__file__).with_name("srgb.icc")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class _NoFont:
    """Stands in for the canvas's first font, so that no unembedded Helvetica is listed."""

    fontName = name = "LuoshiNone"  # noqa: N815 - ReportLab's name
    _dynamicFont = 1  # noqa: N815 - as above
    _multiByte = 1  # noqa: N815 - as above

    @property
    def face(self) -> "_NoFont":
        return self


pdfmetrics.registerFont(_NoFont())


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An object already in PDF syntax."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def format(self, _document: Any) -> bytes:
        return self.body


@dataclass(frozen=True, slots=True)
class _Page:
    page: Any
    body: str


class Document:
    """A PDF of tagged pages. Lengths are points, ``y`` goes up from the foot of the sheet as in PDF."""

    def __init__(self, faces: Faces, *, title: str, author: str, created: datetime) -> None:
        self.faces = faces
        self.title = title
        self.root = Element("Document")
        self.missing: dict[str, None] = {}
        self._author = author
        self._created = created
        self._canvas = Canvas(BytesIO(), initialFontName=_NoFont.fontName, pageCompression=0, invariant=1, lang="zh-CN")
        self._doc: Any = self._canvas._doc  # noqa: SLF001 - the objects of the file; ReportLab is pinned
        self._pages: list[_Page] = []
        self._mark = 0
        self._used: defaultdict[Face, set[str]] = defaultdict(set)
        self._resources: dict[Face, str] = {}
        self._whole = frozenset(name for name in get_args(FaceName) if faces.is_whole(name))
        self._ops: list[str] = []
        self._bookmarks = 0
        self._level = -1

    # -- pages

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def start_page(self, width: float, height: float) -> None:
        self._canvas.setPageSize((width, height))
        self._mark = 0
        self._ops = []

    def end_page(self) -> None:
        """Close the page; its operators are compressed at once, so that memory does not grow with the pages."""
        name = self._doc.thisPageName()
        body = self._add_stream("\n".join(self._ops))
        self._ops = []
        self._canvas.showPage()
        page = self._doc.idToObject[name]
        page.Trans = page.stream = None
        self._pages.append(_Page(page, body))

    def draw(self, operators: str) -> None:
        self._ops.append(operators)

    # -- text

    def font(self, face: FaceName, size: float) -> str:
        """The operator that sets a face and size."""
        return f"{self._resource(self.faces.face(face))} {size:g} Tf"

    def _resource(self, face: Face) -> str:
        name = self._resources.get(face)
        if name is None:
            name = self._resources[face] = f"/F{len(self._resources) + 1}"
        return name

    def show(self, text: str, face: FaceName, size: float) -> str:
        """Operators that show a text from the current place, the face being set; other faces come in as needed."""
        own = self.faces.face(face)
        if face in self._whole:
            coded = text.translate(own.codes)
            if "\0" not in coded:
                self._used[own].update(text)
                return f"<{coded.encode('utf-16-be', 'surrogatepass').hex()}> Tj"
        parts = [self._run(run_face, run, size) for run_face, run in self.faces.runs(text, face)]
        return " ".join([*parts, self.font(face, size)])

    def show_at(self, text: str, at: list[float], widths: Mapping[int, float], face: FaceName, size: float) -> str:
        """As ``show``, each character at its own place, in 1/1000 em from the start."""
        parts: list[str] = []
        pen = 0.0
        place = 0
        for run_face, run in self.faces.runs(text, face):
            pieces: list[str] = []
            for char in run:
                shift = round(pen - at[place])
                if shift or not pieces:
                    pieces.append(f"{shift}" if shift else "")
                    pieces.append("")
                pieces[-1] += char
                pen += widths[ord(char)] - shift
                place += 1
            parts.append(self._placed(run_face, pieces, size))
        return " ".join([*parts, self.font(face, size)])

    def _placed(self, face: Face | None, pieces: list[str], size: float) -> str:
        """A run of one face: shifts and texts in turn, as one TJ; characters of no face as in ``_run``."""
        if face is None:
            return " ".join(
                f"{f'[{shift}] TJ ' if shift else ''}{self._run(None, text, size)}"
                for shift, text in zip(pieces[::2], pieces[1::2], strict=True)
            )
        self._used[face].update("".join(pieces[1::2]))
        shown = "".join(
            f"{shift}<{text.translate(face.codes).encode('utf-16-be', 'surrogatepass').hex()}>"
            for shift, text in zip(pieces[::2], pieces[1::2], strict=True)
        )
        return f"{self._resource(face)} {size:g} Tf [{shown}] TJ"

    def _run(self, face: Face | None, text: str, size: float) -> str:
        """Operators for a run of one face; characters of no face are drawn 〓 and keep their text."""
        if face is None:
            self.missing.update(dict.fromkeys(text))
            mark = self._run(self.faces.face("song"), MISSING_MARK * len(text), size)
            return f"/Span <</ActualText {hex_text(text)}>> BDC {mark} EMC"
        resource = self._resource(face)
        self._used[face].update(text)
        coded = text.translate(face.codes).encode("utf-16-be", "surrogatepass").hex()
        return f"{resource} {size:g} Tf <{coded}> Tj"

    # -- tags and bookmarks

    def begin(self, element: Element) -> str:
        """The operator that opens marked content belonging to ``element``; ``EMC`` closes it."""
        element.kids.append((self.page_count, self._mark))
        return self.begin_cell(element.tag)

    def begin_cell(self, tag: str = "TD") -> str:
        """As ``begin`` for the next cell of a row that ``add_row`` records."""
        self._mark += 1
        return f"/{tag} <</MCID {self._mark - 1}>> BDC"

    def add_row(self, table: Element, count: int) -> None:
        """Record that the last ``count`` marks of this page are the cells of one more row."""
        table.kids.append(RowRun(self.page_count, self._mark - count, count))

    @contextmanager
    def tagged(self, element: Element | None) -> Iterator[None]:
        """Content of an element, or, without one, of the page's furniture."""
        self._ops.append(self.begin(element) if element else "/Artifact BMC")
        yield
        self._ops.append("EMC")

    def bookmark(self, title: str, level: int, y: float) -> None:
        """A bookmark to this height of the page, one level deeper than the last at most."""
        self._bookmarks += 1
        level = self._level = min(level, self._level + 1)
        key = f"b{self._bookmarks}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=y)
        self._canvas.addOutlineEntry(title, key, level)

    # -- bytes

    def save(self, furnish: Callable[[int, int], tuple[str, str]]) -> bytes:
        """The file. ``furnish(page, count)`` gives the operators under and over each page, pages from 1."""
        count = self.page_count
        resources = _Raw(b"")
        shared = _reference(self._doc, self._doc.Reference(resources))
        for number, page in enumerate(self._pages):
            under, over = (self._add_stream(part) if part else "" for part in furnish(number + 1, count))
            page.page.Contents = f"[{under} {page.body} {over}]"
            page.page.Resources = shared
            page.page.__NoDefault__ = [*page.page.__NoDefault__, "StructParents", "Tabs"]
            page.page.StructParents = number
            page.page.Tabs = "/S"
        fonts = "".join(
            f"{resource} {embed(face, self._used[face], self._add)}" for face, resource in self._resources.items()
        )
        resources.body = f"<</Font<<{fonts}>>>>".encode()
        return self._assemble(*self._catalogue())

    def _catalogue(self) -> tuple[_Raw, str, str]:
        """Fill the catalogue; returns the still empty root of the tag tree and the references of catalogue and info."""
        doc = self._doc
        tree = _Raw(b"")
        catalog = doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = _Text("<</Marked true>>")
        catalog.ViewerPreferences = _Text("<</DisplayDocTitle true>>")
        catalog.Metadata = _Text(self._metadata())
        catalog.OutputIntents = _Text(self._output_intent())
        info = self._add(self._info().encode())
        doc.Reference(tree)
        root = _reference(doc, doc.Reference(catalog))
        doc.Outlines.prepare(doc, self._canvas)
        if doc.Outlines.ready < 0:
            catalog.Outlines = None
        return tree, root, info

    def _assemble(self, tree: _Raw, root: str, info: str) -> bytes:
        doc = self._doc
        file = Container()
        pages = [_reference(doc, pdfdoc.PDFObjectReference(f"Page{number + 1}")) for number in range(self.page_count)]
        number = 0
        tree_number = 0
        while (number := number + 1) in doc.numberToId:  # formatting one object may add others
            found = doc.idToObject[doc.numberToId[number]]
            if found is tree:
                tree_number = number
                continue
            body = pdfdoc.format(found, doc, toplevel=1)
            file.add(number, body, is_stream=body.endswith(b"endstream"))
        last = number - 1
        for taken, text in TreeWriter(pages, number).write(self.root, f"{tree_number} 0 R"):
            file.add(taken or tree_number, text.encode())
            last = max(last, taken)
        return file.close(root=root, info=info, next_number=last + 1)

    def _add(self, body: bytes) -> str:
        return _reference(self._doc, self._doc.Reference(_Raw(body)))

    def _add_stream(self, operators: str) -> str:
        return self._add(stream(operators.encode("ascii")))

    def _metadata(self) -> str:
        xmp = _XMP.format(
            title=escape(self.title),
            author=escape(self._author),
            producer=_PRODUCER,
            moment=self._created.isoformat(timespec="seconds"),
        ).encode()
        return self._add(b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream" % (len(xmp), xmp))

    def _output_intent(self) -> str:
        profile = self._add(stream(_PROFILE.read_bytes(), "/N 3"))
        name = "(sRGB IEC61966-2.1)"
        entries = f"/OutputConditionIdentifier{name}/Info{name}/DestOutputProfile {profile}"
        return f"[<</Type/OutputIntent/S/GTS_PDFA1{entries}>>]"

    def _info(self) -> str:
        zone = self._created.strftime("%z")
        moment = f"(D:{self._created:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}')"
        producer = hex_text(_PRODUCER)
        return (
            f"<</Title{hex_text(self.title)}/Author{hex_text(self._author)}/Creator{producer}/Producer{producer}"
            f"/CreationDate{moment}/ModDate{moment}>>"
        )


class _Text(str):
    """A value already in PDF syntax, which ReportLab passes through as it is."""

    __slots__ = ()


def _reference(document: Any, reference: Any) -> str:
    """``"12 0 R"`` of a ReportLab reference."""
    formatted: bytes = reference.format(document)
    return formatted.decode()

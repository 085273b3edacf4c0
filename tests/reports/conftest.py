"""A reader of our PDFs: what each tag holds, page by page, told from the bytes alone."""

import re
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from reports import pdf, samples


@dataclass
class Node:
    """An element of the tag tree with its text; ``pages`` are those its marks stand on."""

    tag: str
    text: str = ""
    pages: set[int] = field(default_factory=set)
    attributes: dict = field(default_factory=dict)
    alt: str | None = None
    kids: list["Node"] = field(default_factory=list)

    def all(self, tag):
        found = [self] if self.tag == tag else []
        return found + [node for kid in self.kids for node in kid.all(tag)]

    def whole_text(self):
        return self.text + "".join(kid.whole_text() for kid in self.kids)


@dataclass
class Read:
    pdf: pikepdf.Pdf
    root: Node
    marks: list[dict[int, str]]
    artifacts: list[str]
    loose: list[str]
    owned: list[set[int]]

    def rows(self):
        return [[cell.whole_text() for cell in row.kids] for row in self.root.all("TR")]


def cmap(font):
    """Code to text of a font's ToUnicode."""
    data = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", data, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def opened(operands):
    """What a BDC opens: an MCID, a text that stands for what is drawn, or nothing of note."""
    properties = operands[1]
    if "/MCID" in properties:
        return int(properties.MCID)
    return ("actual", str(properties.ActualText)) if "/ActualText" in properties else None


def shown(operands, table):
    """The text a Tj or TJ shows."""
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(table[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))


def page_text(page, fonts):
    """Text by MCID, text of artifacts, and text outside both."""
    marks, apart, stack, table = {}, {True: "", False: ""}, [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            stack.append(opened(operands) if name == "BDC" else "artifact")
            if isinstance(stack[-1], int):
                marks.setdefault(stack[-1], "")
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            table = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"}:
            text = stack[-1][1] if stack and isinstance(stack[-1], tuple) else shown(operands, table)
            owner = next((each for each in stack if isinstance(each, int)), None)
            if owner is None:
                apart["artifact" in stack] += text
            else:
                marks[owner] += text
    assert not stack
    return marks, apart[True], apart[False]


def read(content):
    pdf = pikepdf.open(BytesIO(content))
    tables = {}
    marks, artifacts, loose = [], [], []
    for page in pdf.pages:
        fonts = page.obj.Resources.Font
        for name, font in fonts.items():
            tables.setdefault(name, cmap(font))
        found = page_text(page, tables)
        for each, text in zip((marks, artifacts, loose), found, strict=True):
            each.append(text)
    numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
    owned = [set() for _ in marks]

    def walk(element):
        node = Node(str(element.S)[1:], alt=str(element.Alt) if "/Alt" in element else None)
        if "/A" in element:
            node.attributes = {key: str(value) for key, value in element.A.items()}
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        for kid in kids:
            if isinstance(kid, int) or "/MCID" in kid:
                page = numbers[(element if isinstance(kid, int) else kid).Pg.objgen]
                mark = kid if isinstance(kid, int) else int(kid.MCID)
                assert mark not in owned[page]
                owned[page].add(mark)
                assert pdf.Root.StructTreeRoot.ParentTree.Nums[2 * page + 1][mark].objgen == element.objgen
                node.text += marks[page][mark]
                node.pages.add(page)
            else:
                assert kid.P.objgen == element.objgen
                node.kids.append(walk(kid))
        return node

    return Read(pdf, walk(pdf.Root.StructTreeRoot.K), marks, artifacts, loose, owned)


@pytest.fixture(name="read")
def _read():
    return read


@cache
def made(name):
    found = next(each for each in samples.papers() if each.name == name)
    return pdf.render(found.compose(), found.imprint)


@cache
def seen(name):
    return read(made(name))


@pytest.fixture
def sample():
    """The PDF of a sample by name."""
    return made


@pytest.fixture
def seen_sample():
    """A sample as read."""
    return seen


def bare(text):
    """A text without white space, as lines are joined when read."""
    return re.sub(r"\s", "", text)


@pytest.fixture(name="bare")
def _bare():
    return bare

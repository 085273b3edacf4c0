"""The tag tree of a PDF (ISO 32000-1, 14.7): elements, table rows kept compact, and their objects."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Mark = tuple[int, int]
"""A piece of marked content: page (from 0) and MCID."""


@dataclass(frozen=True, slots=True)
class RowRun:
    """A whole table row on one page whose cells have the MCIDs ``first`` … ``first + count - 1``."""

    page: int
    first: int
    count: int


@dataclass(slots=True)
class Element:
    """A structure element; ``entries`` are further dictionary entries in PDF syntax."""

    tag: str
    entries: str = ""
    kids: "list[Element | RowRun | Mark]" = field(default_factory=list)

    def add(self, tag: str, entries: str = "") -> "Element":
        """A new element at the end of this one."""
        kid = Element(tag, entries)
        self.kids.append(kid)
        return kid


def hex_text(text: str) -> str:
    """A PDF text string in UTF-16BE with its mark, in hexadecimal, so that no character can end it."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


class TreeWriter:
    """Turns the tree into numbered objects, and remembers which object owns each mark of each page."""

    def __init__(self, pages: list[str], first_number: int) -> None:
        """``pages`` are the references of the pages, ``first_number`` the first free object number."""
        self._pages = pages
        self._next = first_number
        self._owners: list[dict[int, int]] = [{} for _ in pages]

    def write(self, document: Element, root: str) -> Iterator[tuple[int, str]]:
        """All objects but the root, as (number, text); ``root`` is the reference of the StructTreeRoot.

        The last two are the parent tree and, with number 0, the text of the root itself.
        """
        top = self._take()
        yield from self._element(document, top, root)
        nums: list[str] = []
        for page, owners in enumerate(self._owners):
            number = self._take()
            yield number, "[" + " ".join([f"{owners[mark]} 0 R" for mark in sorted(owners)]) + "]"
            nums.append(f"{page} {number} 0 R")
        tree = self._take()
        yield tree, f"<</Nums[{' '.join(nums)}]>>"
        text = f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {len(self._pages)}>>"
        yield 0, text

    def _take(self) -> int:
        self._next += 1
        return self._next - 1

    def _element(self, element: Element, number: int, parent: str) -> Iterator[tuple[int, str]]:
        own = f"{number} 0 R"
        kids: list[str] = []
        for kid in element.kids:
            if isinstance(kid, tuple):
                page, mark = kid
                self._owners[page][mark] = number
                kids.append(f"<</Type/MCR/Pg {self._pages[page]}/MCID {mark}>>")
                continue
            taken = self._take()
            kids.append(f"{taken} 0 R")
            yield from self._element(kid, taken, own) if isinstance(kid, Element) else self._row(kid, taken, own)
        yield number, f"<</Type/StructElem/S/{element.tag}/P {parent}{element.entries}/K[{' '.join(kids)}]>>"

    def _row(self, row: RowRun, number: int, parent: str) -> Iterator[tuple[int, str]]:
        page = self._pages[row.page]
        owners = self._owners[row.page]
        start = self._next
        self._next += row.count
        for place in range(row.count):
            mark = row.first + place
            owners[mark] = start + place
            yield start + place, f"<</Type/StructElem/S/TD/P {number} 0 R/Pg {page}/K {mark}>>"
        kids = " ".join([f"{start + place} 0 R" for place in range(row.count)])
        yield number, f"<</Type/StructElem/S/TR/P {parent}/K[{kids}]>>"

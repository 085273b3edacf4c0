"""A paper as it was drawn."""

from typing import Self


class Paper(bytes):
    """The bytes of a PDF that also know its number of pages and the characters no face could draw."""

    page_count: int
    missing: tuple[str, ...]

    def __new__(cls, content: bytes, *, page_count: int, missing: tuple[str, ...]) -> Self:
        paper = super().__new__(cls, content)
        paper.page_count = page_count
        paper.missing = missing
        return paper

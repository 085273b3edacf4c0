"""Numbered sections of running text, as 公文 have them: 一、heading, then paragraphs."""

from collections.abc import Iterable, Iterator

from reports.blocks import Block, Heading, Text
from reports.cards import chinese_number


def numbered_sections(sections: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Each (heading, text) under its number; one without text is left out and takes none."""
    place = 0
    for heading, text in sections:
        if text:
            place += 1
            yield Heading(f"{chinese_number(place)}、{heading}")
            yield Text(text)


def listed(lines: Iterable[str]) -> str:
    """Lines counted as ``1.`` on paragraphs of their own; a single one stands without a number."""
    found = [line for line in lines if line]
    return found[0] if len(found) == 1 else "\n".join(f"{place}. {line}" for place, line in enumerate(found, 1))

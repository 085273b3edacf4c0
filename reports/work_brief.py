"""工作简报 (``work-brief``): one piece of news from the committee's work, with its source and who reviewed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Official, Text
from reports.facts import Issuer


@dataclass(frozen=True, kw_only=True)
class WorkBrief:
    """``text`` is the piece, a paragraph a line; ``source`` where it comes from, ``reviewed_by`` who let it pass."""

    issuer: Issuer
    title: str
    text: str
    day: date
    source: str = ""
    reviewed_by: str = ""
    copies_to: str = ""


def compose(brief: WorkBrief) -> Official:
    """A brief with its issue's number, the office and the day under the mark."""
    return Official(
        form="brief",
        mark="工作简报",
        title=brief.title,
        body=_body(brief),
        signature=brief.issuer.office,
        day=brief.day,
        copies_to=brief.copies_to,
        printed_by=brief.issuer.office,
    )


def _body(brief: WorkBrief) -> Iterator[Block]:
    yield Text(brief.text)
    said = "　".join(f"{word}：{who}" for word, who in (("来源", brief.source), ("审核", brief.reviewed_by)) if who)
    if said:
        yield Text(f"（{said}）")

"""呈阅件（督查专报） (``leader-brief``): situation, problems, proposals, and room for the leader's note."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Fields, Note, Official
from reports.bulletin import figures_text, rules_text
from reports.facts import Count, Issuer, Rate
from reports.sections import numbered_sections


@dataclass(frozen=True, kw_only=True)
class LeaderBrief:
    """``leader`` is whom it is laid before. ``states`` and ``rates`` are the figures of the situation."""

    issuer: Issuer
    title: str
    leader: str
    as_of: date
    day: date
    issued: int = 0
    states: tuple[Count, ...] = ()
    rates: tuple[Rate, ...] = ()
    situation: str = ""
    problems: str = ""
    proposals: str = ""


def compose(brief: LeaderBrief) -> Official:
    """A brief with a mark of its own; the leader's box stands at its end."""
    return Official(
        form="brief",
        mark="呈阅件",
        title=brief.title,
        body=_body(brief),
        year=brief.day.year,
        addressees=brief.leader,
        signature=brief.issuer.office,
        day=brief.day,
        printed_by=brief.issuer.office,
    )


def _body(brief: LeaderBrief) -> Iterator[Block]:
    figures = figures_text(brief.as_of, brief.issued, brief.states, brief.rates)
    yield from numbered_sections(
        (
            ("基本情况", "\n".join(filter(None, (figures, brief.situation)))),
            ("存在问题", brief.problems),
            ("工作建议", brief.proposals),
        )
    )
    if rules := rules_text(tuple(rate for rate in brief.rates if rate.denominator)):
        yield Note(f"（{rules}。）")
    yield Fields((("领导批示", "", 6),))

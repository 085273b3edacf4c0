"""主持词（框架） (``chair-script``): what the chair says between the items of the agenda; to be filled in by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.blocks import Block, Heading, Note, Report, Text
from reports.cards import chinese_number
from reports.facts import MeetingFacts


@dataclass(frozen=True, kw_only=True)
class ScriptItem:
    """``words`` is what the chair says before the item; ``minutes`` the time planned for it."""

    title: str
    words: str
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class ChairScript:
    """``opening`` and ``closing`` are the chair's own words, a paragraph a line."""

    meeting: MeetingFacts
    opening: str
    items: tuple[ScriptItem, ...] = ()
    closing: str = ""


def compose(script: ChairScript) -> Report:
    """The script on upright pages."""
    meeting = script.meeting
    return Report(
        title=f"{meeting.title}主持词",
        under=tuple(
            filter(
                None,
                (
                    "　".join(filter(None, (meeting.when, meeting.place))),
                    f"主持人：{meeting.chair}" if meeting.chair else "",
                ),
            )
        ),
        body=_body(script),
    )


def _body(script: ChairScript) -> Iterator[Block]:
    yield Text(script.opening)
    for place, item in enumerate(script.items, 1):
        planned = f"（约{item.minutes}分钟）" if item.minutes else ""
        yield Heading(f"{chinese_number(place)}、{item.title}{planned}")
        yield Text(item.words)
    if not script.items:
        yield Note("还没有登记议程。")
    if script.closing:
        yield Heading(f"{chinese_number(len(script.items) + 1)}、会议小结")
        yield Text(script.closing)

"""会议纪要 (``minutes``): what was dealt with, pointed out, stressed, required and resolved; who was there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Annex, Block, Column, Official, Row, Table, Text
from reports.facts import NONE, Issuer
from reports.sections import listed

_MOST_IN_TEXT = 12
_LIST = "会议议定事项责任分工表"
_COLUMNS = (
    Column(head="序号", weight=7, align="center"),
    Column(head="议定事项、责任单位和时限", weight=93),
)
_PARTED = (
    Column(head="序号", weight=7, align="center"),
    Column(head="议定事项", weight=39),
    Column(head="牵头单位", weight=14, align="center"),
    Column(head="配合单位", weight=20),
    Column(head="完成时限", weight=20, align="center"),
)
_MATTER = re.compile(r"(.+)。由(.+?)牵头(?:，(.+?)配合)?，(.+?)前完成。")
"""A matter as the draft of the minutes words it: what, who leads, who helps, until when."""
LEADS = ("会议指出，", "会议强调，", "会议要求，", "会议认为，", "会议议定以下事项：")


@dataclass(frozen=True, kw_only=True)
class MeetingMinutes:
    """``text`` is that of the minutes, a paragraph a line. ``matters`` are the 议定事项, each with unit and day.
    ``attended``, ``on_leave`` and ``observers`` are lists of posts and names in one string each.
    """

    issuer: Issuer
    title: str
    text: str
    day: date
    matters: tuple[str, ...] = ()
    attended: str = ""
    on_leave: str = ""
    observers: str = ""
    copies_to: str = ""


def compose(minutes: MeetingMinutes) -> Official:
    """The minutes in their own form of GB/T 9704-2012, 10.3."""
    return Official(
        form="minutes",
        mark=f"{minutes.issuer.body}会议纪要",
        title=minutes.title,
        body=_body(minutes),
        year=minutes.day.year,
        signature=minutes.issuer.office,
        day=minutes.day,
        attended=minutes.attended,
        on_leave=minutes.on_leave,
        observers=minutes.observers,
        copies_to=minutes.copies_to,
        printed_by=minutes.issuer.office,
        attachments=(_LIST,) if has_annex(minutes) else (),
        annexes=(_annex(minutes),) if has_annex(minutes) else (),
    )


def _body(minutes: MeetingMinutes) -> Iterator[Block]:
    for line in filter(str.strip, minutes.text.splitlines()):
        lead = next((lead for lead in LEADS if line.startswith(lead)), "")
        yield Text(line.removeprefix(lead), lead=lead)
    if has_annex(minutes):
        yield Text(f"会议议定事项{len(minutes.matters)}项，责任分工见附件。")
    elif minutes.matters:
        yield Text("会议议定事项和责任分工如下：")
        yield Text(listed(minutes.matters))


def has_annex(minutes: MeetingMinutes) -> bool:
    """Many matters are handed round as a list, so that the minutes themselves stay short."""
    return len(minutes.matters) > _MOST_IN_TEXT


def _annex(minutes: MeetingMinutes) -> Annex:
    """Unit and day in columns of their own, unless some matter is worded in another way."""
    parted = [_MATTER.fullmatch(matter) for matter in minutes.matters]
    if not all(parted):
        rows: list[Row] = [(place, matter) for place, matter in enumerate(minutes.matters, 1)]
        return Annex(title=_LIST, body=(Table(columns=_COLUMNS, rows=rows, name="议定事项"),))
    rows = [(place, *(part or NONE for part in found.groups())) for place, found in enumerate(filter(None, parted), 1)]
    return Annex(title=_LIST, body=(Table(columns=_PARTED, rows=rows, name="议定事项"),))

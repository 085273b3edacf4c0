"""会议通知 (``meeting-notice``): when, where, who comes, what for, what is asked of them; the reply slip bound in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Annex, Block, Column, Note, Official, Table, Text
from reports.facts import Issuer, day_text
from reports.sections import listed, numbered_sections

SLIP = "参会回执"


@dataclass(frozen=True, kw_only=True)
class MeetingNotice:
    """``attendees``, ``agenda`` and ``requests`` are lists, each entry a line of its own in the notice.

    ``reply_by`` is the day until which the slip is sent back; ``day`` the 成文日期.
    """

    issuer: Issuer
    title: str
    addressees: str
    opening: str
    day: date
    time: str = ""
    place: str = ""
    attendees: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    reply_by: date | None = None
    contact: str = ""
    copies_to: str = ""


def compose(notice: MeetingNotice) -> Official:
    """A document of the office with its slip as annex."""
    return Official(
        form="document",
        mark=notice.issuer.office_mark,
        title=notice.title,
        body=_body(notice),
        year=notice.day.year,
        addressees=notice.addressees,
        attachments=(SLIP,),
        signature=notice.issuer.office,
        day=notice.day,
        signing="seal",
        copies_to=notice.copies_to,
        printed_by=notice.issuer.office,
        annexes=(Annex(title=SLIP, body=_slip(notice)),),
    )


def _body(notice: MeetingNotice) -> Iterator[Block]:
    yield Text(notice.opening)
    yield from numbered_sections(
        (
            ("会议时间", notice.time),
            ("会议地点", notice.place),
            ("参会人员", listed(notice.attendees)),
            ("会议议程", listed(notice.agenda)),
            ("有关要求", listed(notice.requests)),
        )
    )
    if notice.contact:
        yield Text(notice.contact)


def _slip(notice: MeetingNotice) -> Iterator[Block]:
    yield Text("单位（盖章）：")
    yield Table(columns=_COLUMNS, name=SLIP, rows=[["", "", "", "", ""] for _line in range(6)], row_lines=2)
    until = f"请于{day_text(notice.reply_by)}前将本回执" if notice.reply_by else "请将本回执"
    phone = f"，电话{notice.issuer.phone}" if notice.issuer.phone else ""
    yield Note(f"{until}报{notice.issuer.office}{phone}。请假、代会的，请在备注栏注明事由和代会人职务。")


_COLUMNS = (
    Column(head="姓名", weight=18),
    Column(head="职务", weight=26),
    Column(head="联系电话", weight=20),
    Column(head="是否参会", weight=14, align="center"),
    Column(head="备注", weight=22),
)

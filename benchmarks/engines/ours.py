"""Ours: the blocks and the door that the product's own papers use: tags, metadata, archive marks, foot and all."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from reports import pdf
from reports.blocks import Block, Column, Heading, Official, Report, Table, Text
from reports.imprint import Imprint

IMPRINT = Imprint(
    issuer="办公室",
    printed_at=datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8))),
    printed_by="甲",
    number="BB-1",
)


def set_document(document: Any, out: Path) -> None:
    (_, title), *parts = document["parts"]
    body = [_block(part) for part in parts]
    is_minutes = document["sheet"]["left"] == 28
    paper = _minutes(title, body) if is_minutes else _report(title, body, document["sheet"]["landscape"])
    out.write_bytes(pdf.render(paper, IMPRINT))


def _report(title: str, body: list[Block], is_landscape: bool) -> Report:
    return Report(title=title, body=body, is_landscape=is_landscape)


def _minutes(title: str, body: list[Block]) -> Official:
    return Official(
        form="minutes",
        mark="某县妇女儿童工作委员会会议纪要",
        title=title,
        body=body,
        number="〔2026〕2号",
        signature="某县妇女儿童工作委员会办公室",
        day=date(2026, 11, 23),
        copies_to="各成员单位",
        printed_by="某县妇女儿童工作委员会办公室",
        printed_on=date(2026, 11, 23),
    )


def _block(part: list[Any]) -> Block:
    match part:
        case ["heading", text]:
            return Heading(text)
        case ["text", text]:
            return Text(text)
        case ["table", head, widths, rows]:
            columns = [Column(head=name, weight=width) for name, width in zip(head, widths, strict=True)]
            return Table(columns=columns, rows=rows)
    raise ValueError(part[0])

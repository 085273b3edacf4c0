"""发文稿纸 (拟办单): what a paper's draft sheet says, opinions as given or room to write and sign by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from reports.blocks import Block, Facts, Fields, Note, Report
from reports.opinions import NOT_YET, Opinion, opinion_box

_TO_WRITE: Final = "　"
"""An empty place, where a dash would stand in the way of the pen."""


@dataclass(frozen=True, kw_only=True)
class DraftSheet:
    """The sheet of one paper; ``number`` is its 文号 or a draft's blank. Empty fields are left to write in."""

    title: str
    kind: str
    number: str
    drafted_by: str
    drafted_on: date
    disclosure: str
    urgency: str = ""
    copy_count: int | None = None
    addressees: str = ""
    copies_to: str = ""
    signing: str = ""
    retention: str = ""
    issued_on: date | None = None
    check: Opinion = NOT_YET
    sign: Opinion = NOT_YET


def compose(sheet: DraftSheet) -> Report:
    """The sheet on one page, to go with the draft."""
    return Report(title="发文稿纸", body=_body(sheet))


def _body(sheet: DraftSheet) -> Iterator[Block]:
    yield Facts(
        (
            ("文　　号", sheet.number),
            ("文　　种", sheet.kind),
            ("紧急程度", sheet.urgency or _TO_WRITE),
            ("公开属性", sheet.disclosure),
            ("份　　数", sheet.copy_count or _TO_WRITE),
            ("用　　印", sheet.signing),
            ("保管期限", sheet.retention),
            ("拟 稿 人", sheet.drafted_by),
            ("拟稿日期", sheet.drafted_on),
            ("印发日期", sheet.issued_on or _TO_WRITE),
        )
    )
    yield Fields(
        (
            ("题　　名", sheet.title, 2),
            ("主　　送", sheet.addressees, 2),
            ("抄　　送", sheet.copies_to, 2),
            opinion_box("核稿意见", sheet.check, 5),
            opinion_box("签发意见", sheet.sign, 6),
            ("备　　注", "", 3),
        )
    )
    yield Note("在纸上签批的，由办公室连同扫描件录入系统（代录）。")

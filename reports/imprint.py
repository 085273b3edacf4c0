"""What a paper says of its own making."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports.facts import NONE, day_text

_COPY: Final = "本件由系统导出，供编辑使用，以同编号的 PDF 文书为准"
PREVIEW: Final = "预览件，未编号，不作凭据"


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """Who issued a paper and when, printed in the foot of every page; given by the caller so that bytes repeat.

    ``printed_at`` is aware and already in the office's zone. ``audit_head`` is a short hash of the audit chain.
    ``filter_text`` says by which filter the rows were chosen. A ``preview`` has no number and is marked 预览.
    """

    issuer: str
    printed_at: datetime
    printed_by: str
    number: str = ""
    verification_code: str = ""
    verify_address: str | None = None
    audit_head: str | None = None
    filter_text: str = ""
    preview: bool = False

    def __post_init__(self) -> None:
        """Refuse a naive moment: its bytes would depend on the machine (ValueError)."""
        if self.printed_at.tzinfo is None:
            raise ValueError("printed_at must be aware, in the office's zone")


def copy_lines(imprint: Imprint) -> list[str]:
    """What an editable copy says of its making: no verification code: it may be changed and still seem confirmed."""
    number = "预览，未编号" if imprint.preview else imprint.number or NONE
    lines = [f"编号：{number}　打印时间：{day_text(imprint.printed_at)}　打印人：{imprint.printed_by or NONE}"]
    if imprint.filter_text:
        lines.append(f"筛选条件：{imprint.filter_text}")
    lines.append(PREVIEW if imprint.preview else _COPY)
    return [line.replace("\n", " ") for line in lines]

"""What a paper says of its own making."""

from dataclasses import dataclass
from datetime import datetime


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

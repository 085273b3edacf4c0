"""A 线下签批: what was signed on paper, as it is recorded."""

from dataclasses import dataclass
from datetime import date

from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed the paper, on which day, with which words, and the page as uploaded."""

    signed_by: str
    signed_on: date
    words: str = ""
    scan: Attachment | None = None


def check_signature(signature: Signature | None, *, committee_id: int) -> None:
    """A signature names who and when, no later than today, and holds its page.

    Raises ``DomainError`` ``signature.scan_needed`` (field ``scan``), ``signature.signer_needed`` (``signed_by``),
    ``signature.signed_in_future`` (``signed_on``).
    """
    if signature is None or signature.scan is None or signature.scan.committee_id != committee_id:
        raise DomainError("signature.scan_needed", field="scan")
    if not signature.signed_by.strip():
        raise DomainError("signature.signer_needed", field="signed_by")
    if signature.signed_on > clock.today():
        raise DomainError("signature.signed_in_future", field="signed_on")

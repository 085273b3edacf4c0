"""送达: copies that went to outside bodies and to people without an account, recorded by the office."""

from datetime import date

from meetings.approvals.models import Approval, ApprovalStatus, Delivery, DeliveryManner
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed


def record_delivery(  # noqa: PLR0913 -- what an office writes down of a copy
    approval: Approval,
    *,
    name: str,
    address: str,
    manner: DeliveryManner,
    sent_on: date,
    copy_count: int | None,
    receipt_by: str = "",
    receipt_on: date | None = None,
    by: Actor,
) -> Delivery:
    """Write down that a copy of an issued paper was sent.

    Raises ``NotAllowed``; ``DomainError`` ``approval.not_issued``, ``delivery.before_issue`` and ``delivery.in_future``
    (``sent_on``), ``delivery.receipt_whole``, ``delivery.in_future`` and ``delivery.receipt_before_sending``
    (``receipt_on``).
    """
    row = Delivery(committee_id=approval.committee_id, approval_id=approval.id, recorded_by_name=by.name[:100])
    _write_down(
        row,
        approval,
        name=name,
        address=address,
        manner=manner,
        sent_on=sent_on,
        copy_count=copy_count,
        receipt_by=receipt_by,
        receipt_on=receipt_on,
        by=by,
    )
    db.session.add(row)
    db.session.flush()
    return row


def edit_delivery(row: Delivery, **values: object) -> None:
    """Correct what was recorded, or add who signed for the copy; needs ``row.approval``. Raises as the recording."""
    _write_down(row, row.approval, **values)  # type: ignore[arg-type]  # the names of ``record_delivery``


def _write_down(  # noqa: PLR0913 -- as above
    row: Delivery,
    approval: Approval,
    *,
    name: str,
    address: str,
    manner: DeliveryManner,
    sent_on: date,
    copy_count: int | None,
    receipt_by: str,
    receipt_on: date | None,
    by: Actor,
) -> None:
    if not by.may("papers.draft") or by.committee_id != approval.committee_id:
        raise NotAllowed("approval.not_yours", action="deliver")
    if approval.status is not ApprovalStatus.ISSUED:
        raise DomainError("approval.not_issued")
    if approval.issued_on and sent_on < approval.issued_on:
        raise DomainError("delivery.before_issue", field="sent_on", day=approval.issued_on)
    if sent_on > clock.today():
        raise DomainError("delivery.in_future", field="sent_on")
    if bool(receipt_by.strip()) is not bool(receipt_on):
        raise DomainError("delivery.receipt_whole", field="receipt_on" if receipt_by.strip() else "receipt_by")
    if receipt_on and receipt_on < sent_on:
        raise DomainError("delivery.receipt_before_sending", field="receipt_on")
    if receipt_on and receipt_on > clock.today():
        raise DomainError("delivery.in_future", field="receipt_on")
    row.name, row.address, row.manner = name.strip(), address.strip(), manner
    row.sent_on, row.copy_count = sent_on, copy_count
    row.receipt_by, row.receipt_on = receipt_by.strip(), receipt_on

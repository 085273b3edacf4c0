"""What people do with papers on their way: one function for each use case. None of them commits."""

from meetings.approvals.actions.deliveries import edit_delivery, record_delivery
from meetings.approvals.actions.distribution import distribute, note_opened, record_reading
from meetings.approvals.actions.numbers import add_prefix, edit_prefix, give_number
from meetings.approvals.actions.signature import Signature, check_signature
from meetings.approvals.actions.signing import delegate, revoke, sign
from meetings.approvals.actions.steps import (
    SheetDetails,
    check,
    draft,
    edit,
    issue,
    return_draft,
    seal,
    submit,
    void,
    withdraw,
)

__all__ = [
    "SheetDetails",
    "Signature",
    "add_prefix",
    "check",
    "check_signature",
    "delegate",
    "distribute",
    "draft",
    "edit",
    "edit_delivery",
    "edit_prefix",
    "give_number",
    "issue",
    "note_opened",
    "record_delivery",
    "record_reading",
    "return_draft",
    "revoke",
    "seal",
    "sign",
    "submit",
    "void",
    "withdraw",
]

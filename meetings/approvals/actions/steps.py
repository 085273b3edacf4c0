"""The steps of a paper: one writer of its status, one append-only row for each."""

from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import inspect

from meetings.approvals import queries, rules
from meetings.approvals.actions.signature import Signature, check_signature
from meetings.approvals.models import (
    Approval,
    ApprovalAction,
    ApprovalStatus,
    ApprovalStep,
    Delegation,
    Disclosure,
    PaperUrgency,
    Retention,
    SignerRole,
    Signing,
)
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed

_COLUMNS = [column.key for column in inspect(Approval).column_attrs]


class SheetDetails(TypedDict):
    """What the draft sheet (发文稿纸) says beside the paper itself."""

    title: str
    disclosure: Disclosure
    urgency: PaperUrgency
    copy_count: int | None
    addressees: str
    copies_to: str
    signing: Signing
    cosigners: str
    signer_posts: str
    retention: Retention


def draft(*, kind: str, signer_role: SignerRole, by: Actor, **sheet: Unpack[SheetDetails]) -> Approval:
    """Begin a paper's way; the caller keeps what it is made from. Raises ``NotAllowed("approval.not_yours")``."""
    if not by.may("papers.draft"):
        raise NotAllowed("approval.not_yours", action=ApprovalAction.DRAFT)
    now = clock.now()
    approval = Approval(
        committee_id=by.committee_id,
        kind=kind,
        status=ApprovalStatus.DRAFT,
        signer_role=signer_role,
        drafted_by_id=by.user_id,
        drafted_by_name=by.name[:100],
        drafted_at=now,
        changed_at=now,
        changed_by_name=by.name[:100],
    )
    _write_down(approval, sheet)
    db.session.add(approval)
    db.session.flush()
    _note(approval, ApprovalAction.DRAFT, ApprovalStatus.DRAFT, by=by)
    db.session.flush()
    return approval


def edit(approval: Approval, *, by: Actor, **sheet: Unpack[SheetDetails]) -> None:
    """Change the draft sheet; whoever changes the paper's text does it through here too, so that it is a version.

    Raises ``NotAllowed``, ``DomainError`` ``approval.wrong_status``, ``approval.withdraw_first``.
    """
    _step(approval, ApprovalAction.EDIT, by=by)
    _write_down(approval, sheet)


def submit(approval: Approval, *, note: str = "", by: Actor) -> None:
    """Send the draft to be checked (送核稿)."""
    _step(approval, ApprovalAction.SUBMIT, note=note, by=by)


def check(approval: Approval, *, note: str = "", signature: Signature | None = None, by: Actor) -> None:
    """Find the draft right (核稿). The drafter may only record that somebody else did, on paper.

    Raises ``DomainError("signature.scan_needed", field="scan")`` where the actor is the drafter and there is no page.
    """
    _step(approval, ApprovalAction.CHECK, note=note, signature=signature, by=by)
    approval.checked_by_name = (signature.signed_by if signature else by.name).strip()[:100]


def return_draft(approval: Approval, *, reason: str, signature: Signature | None = None, by: Actor) -> None:
    """Send the draft back to be changed, with a reason; it is checked and signed anew."""
    rules.check_reason(reason)
    _step(approval, ApprovalAction.RETURN, note=reason, signature=signature, by=by)
    approval.checked_by_name = ""


def withdraw(approval: Approval, *, by: Actor) -> None:
    """The drafter takes the draft back before it is signed."""
    _step(approval, ApprovalAction.WITHDRAW, by=by)
    approval.checked_by_name = ""


def seal(approval: Approval, *, note: str = "", signature: Signature | None = None, by: Actor) -> None:
    """Write down that the seal was put on it (用印)."""
    _step(approval, ApprovalAction.SEAL, note=note, signature=signature, by=by)


def issue(
    approval: Approval,
    *,
    issued_on: date,
    copy_count: int | None,
    note: str = "",
    signature: Signature | None = None,
    by: Actor,
) -> None:
    """Print and send it (印发); ``copy_count`` is how many were printed.

    Raises ``DomainError`` ``approval.day_in_future`` and ``approval.issued_before_signing``, field ``issued_on``.
    """
    if issued_on > clock.today():
        raise DomainError("approval.day_in_future", field="issued_on")
    if approval.signed_on and issued_on < approval.signed_on:
        raise DomainError("approval.issued_before_signing", field="issued_on", day=approval.signed_on)
    _step(approval, ApprovalAction.ISSUE, note=note, signature=signature, by=by)
    approval.issued_on = issued_on
    approval.copy_count = copy_count


def void(approval: Approval, *, reason: str, signature: Signature | None = None, by: Actor) -> None:
    """Cancel a paper for good; its number stays in the register as 作废 and is never given again.

    Needs ``approval.number`` loaded.
    """
    rules.check_reason(reason)
    _step(approval, ApprovalAction.VOID, note=reason, signature=signature, by=by)
    if approval.number is not None:
        approval.number.void_on = clock.today()
        approval.number.void_reason = reason.strip()
        approval.number.void_by_name = by.name[:100]


def _write_down(approval: Approval, sheet: SheetDetails) -> None:
    rules.check_signers(signing=sheet["signing"], cosigners=sheet["cosigners"], signer_posts=sheet["signer_posts"])
    approval.title = sheet["title"]
    approval.disclosure, approval.urgency = sheet["disclosure"], sheet["urgency"]
    approval.copy_count, approval.retention = sheet["copy_count"], sheet["retention"]
    approval.signing, approval.cosigners = sheet["signing"], sheet["cosigners"]
    approval.signer_posts = sheet["signer_posts"]
    approval.addressees, approval.copies_to = sheet["addressees"], sheet["copies_to"]


def hold(approval: Approval) -> None:
    """Hold the row until the end of the transaction, as it is now: somebody may have moved it since it was loaded."""
    db.session.flush()  # what this transaction did to it already would be read over
    db.session.refresh(approval, _COLUMNS, with_for_update={"key_share": True})


def _step(
    approval: Approval,
    action: ApprovalAction,
    *,
    by: Actor,
    note: str = "",
    signature: Signature | None = None,
    delegation: Delegation | None = None,
) -> None:
    """Move the paper and write down that it moved. Everything that may be refused is checked before."""
    hold(approval)
    before = approval.status
    parties = queries.parties_of(approval, by)
    after = rules.next_status(approval, action, parties)
    if signature is not None or rules.is_paper_only(action, parties):
        check_signature(signature, committee_id=approval.committee_id)
    approval.status = after
    approval.changed_at = clock.now()
    approval.changed_by_name = by.name[:100]
    _note(approval, action, before, by=by, note=note, signature=signature, delegation=delegation)


def _note(
    approval: Approval,
    action: ApprovalAction,
    before: ApprovalStatus,
    *,
    by: Actor,
    note: str = "",
    signature: Signature | None = None,
    delegation: Delegation | None = None,
) -> None:
    approval.steps.add(
        ApprovalStep(
            action=action,
            status_before=before,
            status_after=approval.status,
            done_at=clock.now(),
            done_by_id=by.user_id,
            done_by_name=by.name[:100],
            note=note.strip(),
            on_behalf_of=delegation.principal_name if delegation else "",
            delegation_id=delegation.id if delegation else None,
            signed_by=signature.signed_by.strip() if signature else "",
            signed_on=signature.signed_on if signature else None,
            signed_words=signature.words.strip() if signature else "",
            scan_id=signature.scan.id if signature and signature.scan else None,
        )
    )

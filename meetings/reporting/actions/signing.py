"""A paper's way through 签批: drafted from its words, frozen as data when signed, drawn once when numbered."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from meetings.approvals import actions as approvals
from meetings.approvals.actions import SheetDetails, Signature
from meetings.approvals.models import Approval, ApprovalStatus, Delegation, SignerRole
from meetings.approvals.rules import Numbering
from meetings.attachments.models import Attachment
from meetings.audit.queries import head_of
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.core.storage import Storage
from meetings.reporting import rules
from meetings.reporting.actions.making import note_print, page_count_of
from meetings.reporting.models import Paper, PaperDraft


def draft_paper(
    code: str, *, signer_role: SignerRole, parameters: Mapping[str, Any], sheet: SheetDetails, by: Actor
) -> PaperDraft:
    """Begin a paper's way with the words as typed. Raises ``NotAllowed("approval.not_yours")``."""
    approval = approvals.draft(kind=code, signer_role=signer_role, by=by, **sheet)
    row = PaperDraft(
        committee_id=by.committee_id, approval_id=approval.id, code=code, parameters=rules.kept(parameters)
    )
    db.session.add(row)
    db.session.flush()
    return row


def edit_paper(row: PaperDraft, *, parameters: Mapping[str, Any], sheet: SheetDetails, by: Actor) -> None:
    """Change the words of a draft and its sheet; until 签发, and each time a version. Needs ``row.approval``."""
    approvals.edit(row.approval, by=by, **sheet)
    row.parameters = rules.kept(parameters)


def sign_paper(  # noqa: PLR0913 -- a signature and what is kept with it
    row: PaperDraft,
    frozen: bytes,
    *,
    filter_text: str,
    unit_id: int | None,
    storage: Storage,
    note: str = "",
    signature: Signature | None = None,
    delegation: Delegation | None = None,
    by: Actor,
) -> None:
    """Sign the paper and keep its data (canonical JSON) as they are now: number and bytes follow from these.

    Needs ``row.approval``. Raises what ``approvals.actions.sign`` raises, and ``storage.full``.
    """
    approvals.sign(row.approval, note=note, signature=signature, delegation=delegation, by=by)
    row.data_sha256 = storage.put(frozen)
    row.filter_text, row.unit_id = filter_text[:500], unit_id


def record_signed_sheet(  # noqa: PLR0913 -- two signatures and what is kept with them
    row: PaperDraft,
    frozen: bytes,
    *,
    filter_text: str,
    unit_id: int | None,
    storage: Storage,
    checked: Signature,
    signed: Signature,
    scan: Attachment,
    delegation: Delegation | None = None,
    by: Actor,
) -> None:
    """Record 核稿 and 签发 from one draft sheet that was signed on paper; a draft is sent on by it.

    Needs ``row.approval``. Raises what the two steps raise, the fields named ``checked_…`` and ``signed_…``, and
    ``DomainError("approval.signed_before_checking", field="signed_on")``.
    """
    if signed.signed_on < checked.signed_on:
        raise DomainError("approval.signed_before_checking", field="signed_on")
    if row.approval.status is ApprovalStatus.DRAFT:
        approvals.submit(row.approval, by=by)
    with _about("checked"):
        approvals.check(row.approval, signature=replace(checked, scan=scan), by=by)
    sign_paper(
        row,
        frozen,
        filter_text=filter_text,
        unit_id=unit_id,
        storage=storage,
        signature=replace(signed, scan=scan),
        delegation=delegation,
        by=by,
    )


@contextmanager
def _about(step: str) -> Iterator[None]:
    """A refusal of a signature is shown beside the field of this one."""
    try:
        yield
    except DomainError as refusal:
        if refusal.field:
            refusal.field = refusal.field.replace("signed", step)
        raise


def number_paper(
    row: PaperDraft,
    numbering: Numbering | None,
    *,
    sequence: int | None = None,
    note: str = "",
    draw: Callable[[str, str, str, str], bytes],
    storage: Storage,
    by: Actor,
    address: str = "",
) -> Paper:
    """Number a signed paper and draw it once: reprints are the same to the byte. Needs ``row.approval``.

    ``draw`` gets the number as printed, the one of the register, the verification code and the end of the audit chain.
    """
    approval: Approval = row.approval
    number = approvals.give_number(approval, numbering, sequence=sequence, note=note, by=by)
    code = rules.new_code()
    head = head_of(by.committee_id)
    printed = Numbering(number.form, number.prefix).printed(number.year, number.sequence)
    drawn = draw(printed, number.text, code, head)
    content = bytes(drawn)
    paper = Paper(
        committee_id=approval.committee_id,
        code=row.code,
        title=approval.title,
        number=number.text,
        verification_code=code,
        parameters=row.parameters,
        filter_text=row.filter_text,
        made_at=clock.now(),
        made_by_id=by.user_id,
        made_by_name=by.name[:100],
        unit_id=row.unit_id,
        audit_head=head,
        sha256=storage.put(content),
        size=len(content),
        page_count=page_count_of(drawn),
        data_sha256=row.data_sha256,
        approval_id=approval.id,
    )
    db.session.add(paper)
    db.session.flush()
    note_print(f"{number.text} {approval.title}", by=by, address=address)
    return paper

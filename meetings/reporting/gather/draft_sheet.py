"""The draft sheet of a paper on its way."""

from collections.abc import Sequence

from meetings.approvals.models import Approval, ApprovalAction, ApprovalStep, PaperUrgency
from meetings.approvals.queries import latest_steps
from meetings.approvals.rules import Numbering
from meetings.approvals.words import DISCLOSURES, RETENTIONS, SIGNINGS, URGENCIES
from meetings.core import clock
from reports.draft_sheet import DraftSheet
from reports.opinions import NOT_YET, Opinion


def gather(approval: Approval, steps: Sequence[ApprovalStep], *, kind: str, numbering: Numbering | None) -> DraftSheet:
    """What the sheet says now; ``steps`` latest first. Needs ``approval.number``."""
    held = latest_steps(steps)
    day = approval.signed_on or clock.today()
    blank = numbering.blank(day.year) if numbering else ""
    return DraftSheet(
        title=approval.title,
        kind=kind,
        number=approval.number.text if approval.number else blank,
        drafted_by=approval.drafted_by_name,
        drafted_on=clock.local(approval.drafted_at).date(),
        disclosure=DISCLOSURES[approval.disclosure],
        urgency="" if approval.urgency is PaperUrgency.NONE else URGENCIES[approval.urgency],
        copy_count=approval.copy_count,
        addressees=approval.addressees,
        copies_to=approval.copies_to,
        signing=SIGNINGS[approval.signing],
        retention=RETENTIONS[approval.retention],
        issued_on=approval.issued_on,
        check=_opinion(held.get(ApprovalAction.CHECK)),
        sign=_opinion(held.get(ApprovalAction.SIGN)),
    )


def _opinion(step: ApprovalStep | None) -> Opinion:
    if step is None:
        return NOT_YET
    manner = "线下签批" if step.signed_on else ""
    if step.on_behalf_of:
        manner = "，".join(filter(None, (manner, f"受{step.on_behalf_of}委托")))
    return Opinion(
        words=step.signed_words or step.note or "同意",
        signer=step.signed_by or step.done_by_name,
        on=step.signed_on or clock.local(step.done_at).date(),
        manner=manner,
    )

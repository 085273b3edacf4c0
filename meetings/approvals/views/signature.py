"""What a form that may also be signed on paper was sent."""

from meetings.approvals.actions import Signature
from meetings.approvals.forms import SignedForm
from meetings.attachments.views import keep_files
from meetings.core.actor import Actor


def signature_of(form: SignedForm, *, by: Actor) -> Signature | None:
    """What was signed on paper, with its scan kept; None where the step is taken on line."""
    if not form.is_on_paper:
        return None
    scans = keep_files(form, "scan", by=by)
    return Signature(
        signed_by=form.signed["signed_by"],
        signed_on=form.signed["signed_on"],
        words=form.signed["signed_words"] or "",
        scan=scans[0] if scans else None,
    )

"""签发, in one's own name or in another's who delegated it (授权代签)."""

from collections.abc import Collection
from datetime import date

from meetings.approvals import queries, rules
from meetings.approvals.actions.signature import Signature
from meetings.approvals.actions.steps import _step, hold
from meetings.approvals.models import Approval, ApprovalAction, Delegation, SignerRole
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed


def sign(
    approval: Approval,
    *,
    note: str = "",
    signature: Signature | None = None,
    delegation: Delegation | None = None,
    by: Actor,
) -> None:
    """Sign the paper (签发): from now on its words are fixed, and this is its day.

    On line the actor signs by role, or by the delegation that holds today. Recorded from paper the day is that of the
    signature, and ``delegation`` is the one by which the paper was signed, if by one.

    Raises ``NotAllowed``; ``DomainError`` ``approval.signed_already``, ``approval.wrong_status``,
    ``signature.scan_needed``; ``delegation.not_in_force`` (field ``delegation_id``).
    """
    hold(approval)
    if signature is None:
        given = queries.delegations_to(by)
        delegation = rules.delegation_for(approval, by, given, clock.today())
    elif delegation is not None and not _held(delegation, approval, signature.signed_on):
        raise DomainError("delegation.not_in_force", field="delegation_id")
    _step(approval, ApprovalAction.SIGN, note=note, signature=signature, delegation=delegation, by=by)
    approval.signed_on = signature.signed_on if signature else clock.today()
    approval.signed_by_name = (signature.signed_by if signature else by.name).strip()[:100]


def _held(delegation: Delegation, approval: Approval, on: date) -> bool:
    """Whether a delegation covered the paper on that day; one that was taken back later did until then."""
    revoked_on = clock.local(delegation.revoked_at).date() if delegation.revoked_at else None
    return (
        delegation.committee_id == approval.committee_id
        and delegation.role is approval.signer_role
        and delegation.from_on <= on <= delegation.until_on
        and (revoked_on is None or on <= revoked_on)
        and (not delegation.kinds or approval.kind in delegation.kinds)
    )


def delegate(  # noqa: PLR0913 -- what a delegation says
    *,
    role: SignerRole,
    principal_name: str,
    to_user_id: int,
    to_name: str,
    kinds: Collection[str],
    from_on: date,
    until_on: date,
    reason: str,
    scan: Attachment | None = None,
    by: Actor,
) -> Delegation:
    """Let another account sign papers of a role between two days; without ``kinds`` all papers of the role.

    Who signs by that role delegates in their own name; the office director records what another one gave on paper,
    with its scan.

    Raises ``NotAllowed("delegation.not_yours")``; ``DomainError`` ``signature.signer_needed`` (``principal_name``),
    ``signature.scan_needed`` (``scan``), and those of ``rules.check_delegation``.
    """
    is_own = rules.signs_by_role(role, by)
    if not is_own and not by.may("papers.settings"):
        raise NotAllowed("delegation.not_yours")
    if not is_own and (scan is None or scan.committee_id != by.committee_id):
        raise DomainError("signature.scan_needed", field="scan")
    principal = by.name if is_own else principal_name.strip()
    if not principal:
        raise DomainError("signature.signer_needed", field="principal_name")
    rules.check_delegation(
        from_on=from_on, until_on=until_on, today=clock.today(), is_own=is_own and to_user_id == by.user_id
    )
    row = Delegation(
        committee_id=by.committee_id,
        role=role,
        principal_name=principal[:100],
        to_user_id=to_user_id,
        to_name=to_name[:100],
        kinds=sorted(kinds),
        from_on=from_on,
        until_on=until_on,
        reason=reason,
        scan_id=scan.id if scan else None,
        made_at=clock.now(),
        made_by_name=by.name[:100],
    )
    db.session.add(row)
    db.session.flush()
    return row


def revoke(delegation: Delegation, *, by: Actor) -> None:
    """Take a delegation back from today on; what was signed by it stays signed.

    Raises ``NotAllowed("delegation.not_yours")``, ``DomainError("delegation.over")``.
    """
    if not rules.signs_by_role(delegation.role, by) and not by.may("papers.settings"):
        raise NotAllowed("delegation.not_yours")
    if delegation.revoked_at is not None:
        raise DomainError("delegation.over")
    delegation.revoked_at = clock.now()
    delegation.revoked_by_name = by.name[:100]

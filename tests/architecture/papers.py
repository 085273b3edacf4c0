"""Papers for the routes: one that was made at once, one that was signed, numbered, sent out and delivered."""

from datetime import date

from meetings.approvals.models import (
    Approval,
    ApprovalAction,
    ApprovalStatus,
    ApprovalStep,
    Delegation,
    Delivery,
    DeliveryManner,
    Distribution,
    NumberForm,
    NumberPrefix,
    SignerRole,
)
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.storage import Storage
from meetings.directory.models import Unit
from meetings.reporting.models import Paper, PaperDraft
from tests import factories


def papers(storage: Storage, unit: Unit, director: Actor, scan_id: int) -> dict[str, object]:
    """What was signed was signed on the scan, is for the unit, and the director may sign in place of the leader."""
    committee_id = unit.committee_id
    paper = factories.save(
        Paper(
            committee_id=committee_id,
            code="meeting-progress",
            title="报告",
            number="BB-2026-0001",
            verification_code="0123456789ABCDEF",
            parameters={},
            made_at=clock.now(),
            made_by_name="办公室",
            sha256=storage.put(b"%PDF-"),
            size=5,
        )
    )
    approval = factories.save(
        Approval(
            committee_id=committee_id,
            kind="bulletin",
            title="关于进展情况的通报",
            status=ApprovalStatus.ISSUED,
            signer_role=SignerRole.OFFICE_DIRECTOR,
            drafted_by_name="办公室",
            drafted_at=clock.now(),
            changed_at=clock.now(),
            changed_by_name="办公室",
            signed_by_name="办公室主任",
            signed_on=date(2026, 7, 13),
            issued_on=date(2026, 7, 14),
        )
    )
    factories.save(PaperDraft(committee_id=committee_id, approval_id=approval.id, code="bulletin", parameters={}))
    factories.save(
        Paper(
            committee_id=committee_id,
            code="bulletin",
            title="通报",
            number="某妇儿工委办〔2026〕1号",
            verification_code="ABCDEF0123456789",
            parameters={},
            made_at=clock.now(),
            made_by_name="办公室",
            sha256=storage.put(b"%PDF-"),
            size=5,
            approval_id=approval.id,
        )
    )
    sent = factories.save(
        Distribution(
            committee_id=committee_id,
            approval_id=approval.id,
            unit_id=unit.id,
            name=unit.name,
            sent_at=clock.now(),
            sent_by_name="办公室",
        )
    )
    delivery = factories.save(
        Delivery(
            committee_id=committee_id,
            approval_id=approval.id,
            name="县人民法院",
            manner=DeliveryManner.EXCHANGE,
            sent_on=date(2026, 7, 14),
            recorded_by_name="办公室",
        )
    )
    factories.save(
        ApprovalStep(
            approval_id=approval.id,
            action=ApprovalAction.SIGN,
            status_before=ApprovalStatus.SIGNING,
            status_after=ApprovalStatus.SIGNED,
            done_at=clock.now(),
            done_by_name="办公室",
            scan_id=scan_id,
        )
    )
    delegation = factories.save(
        Delegation(
            committee_id=committee_id,
            role=SignerRole.LEADER,
            principal_name="副主任",
            to_user_id=director.user_id,
            to_name="办公室主任",
            kinds=[],
            from_on=date(2026, 7, 1),
            until_on=date(2026, 8, 1),
            scan_id=scan_id,
            made_at=clock.now(),
            made_by_name="办公室主任",
        )
    )
    prefix = factories.save(
        NumberPrefix(
            committee_id=committee_id,
            kind="bulletin",
            form=NumberForm.YEAR,
            prefix="某妇儿工委办",
            from_on=date(2026, 1, 1),
        )
    )
    return {
        "paper_id": paper.id,
        "approval_id": approval.id,
        "distribution_id": sent.id,
        "delivery_id": delivery.id,
        "delegation_id": delegation.id,
        "prefix_id": prefix.id,
    }

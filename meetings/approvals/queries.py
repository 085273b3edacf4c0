"""Papers on their way as far as the actor may see; the register; who has read what; delegations and 机关代字."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from meetings.accounts.models import Role, User, UserRole
from meetings.approvals import rules
from meetings.approvals.models import (
    Approval,
    ApprovalAction,
    ApprovalStatus,
    ApprovalStep,
    Delegation,
    Delivery,
    Distribution,
    DistributionReading,
    DocumentNumber,
    NumberPrefix,
    SignerRole,
)
from meetings.approvals.rules import Numbering, Party
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import NotFound
from meetings.core.paging import PAGE_SIZE, Page
from meetings.directory.models import Unit, UnitGroup, UnitGroupMember


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The office sees every paper, a signer what left the drafter, other readers and receivers what was issued."""
    own = Approval.committee_id == actor.committee_id
    if actor.may("papers.draft"):
        return own
    seen: list[ColumnElement[bool]] = []
    if actor.may("papers.sign"):
        seen.append(Approval.status != ApprovalStatus.DRAFT)
    if actor.may("papers.read"):
        seen.append(Approval.status == ApprovalStatus.ISSUED)
    if actor.may("papers.receive") or actor.may("papers.read"):
        seen.append(
            and_(
                Approval.status == ApprovalStatus.ISSUED,
                exists().where(Distribution.approval_id == Approval.id, _received_by(actor)),
            )
        )
    return and_(own, or_(*seen)) if seen else false()


def _received_by(actor: Actor) -> ColumnElement[bool]:
    own = Distribution.user_id == actor.user_id
    return or_(own, Distribution.unit_id.in_(sorted(actor.unit_ids))) if actor.unit_ids else own


def find(approval_id: int, *, actor: Actor) -> Approval:
    """The paper's draft sheet with its number, or ``NotFound``."""
    rows = select(Approval).where(Approval.id == approval_id, visible_to(actor)).options(joinedload(Approval.number))
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def steps_of(approval: Approval) -> Sequence[ApprovalStep]:
    """What was done, the latest first, with scans."""
    rows = approval.steps.select().options(joinedload(ApprovalStep.scan)).order_by(ApprovalStep.id.desc())
    return db.session.scalars(rows).all()


def latest_steps(steps: Sequence[ApprovalStep]) -> dict[ApprovalAction, ApprovalStep]:
    """The step of each kind that still holds, of ``steps`` latest first: nothing from before the last return does."""
    held: dict[ApprovalAction, ApprovalStep] = {}
    for step in steps:
        if step.action in {ApprovalAction.RETURN, ApprovalAction.WITHDRAW}:
            break
        held.setdefault(step.action, step)
    return held


def find_scan(approval: Approval, attachment_id: int) -> Attachment:
    """A scan of one of the paper's steps, or ``NotFound``."""
    rows = (
        select(Attachment)
        .join(ApprovalStep, ApprovalStep.scan_id == Attachment.id)
        .where(ApprovalStep.approval_id == approval.id, Attachment.id == attachment_id)
    )
    found = db.session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def parties_of(approval: Approval, actor: Actor) -> frozenset[Party]:
    """Every part the actor plays for the paper today."""
    given = () if rules.signs_by_role(approval.signer_role, actor) else delegations_to(actor)
    return rules.parties_of(approval, actor, given, clock.today())


# -- lists


def _page(rows: Select[Approval], page: int) -> Page[Approval]:
    total = db.session.scalar(select(func.count()).select_from(rows.with_only_columns(Approval.id).subquery())) or 0
    found = rows.options(joinedload(Approval.number)).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Page(db.session.scalars(found).all(), page, total)


def under_way(actor: Actor, *, status: ApprovalStatus | None = None, page: int = 1) -> Page[Approval]:
    """Papers that are not issued yet, the latest changed first."""
    rows = select(Approval).where(
        visible_to(actor), Approval.status.notin_([ApprovalStatus.ISSUED, ApprovalStatus.VOID])
    )
    if status is not None:
        rows = rows.where(Approval.status == status)
    return _page(rows.order_by(Approval.changed_at.desc(), Approval.id.desc()), page)


def counts_under_way(actor: Actor) -> dict[ApprovalStatus, int]:
    """How many papers stand in each status before 印发."""
    rows = (
        select(Approval.status, func.count())
        .where(visible_to(actor), Approval.status.notin_([ApprovalStatus.ISSUED, ApprovalStatus.VOID]))
        .group_by(Approval.status)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def waiting_for(actor: Actor, *, limit: int = 5) -> Sequence[Row[int, str, ApprovalStatus, str, object]]:
    """Id, title, status, drafter and last change of the papers that wait for the actor's 核稿 or 签发, oldest first."""
    today = clock.today()
    waits: list[ColumnElement[bool]] = []
    if actor.may("papers.draft"):
        other = or_(Approval.drafted_by_id.is_(None), Approval.drafted_by_id != actor.user_id)
        waits.append(and_(Approval.status == ApprovalStatus.CHECKING, other))
    if actor.may("papers.sign"):
        roles = [role for role in SignerRole if role in actor.roles]
        waits.append(and_(Approval.status == ApprovalStatus.SIGNING, Approval.signer_role.in_(roles)))
    elif actor.may("papers.read"):
        given = exists().where(
            Delegation.to_user_id == actor.user_id,
            Delegation.role == Approval.signer_role,
            Delegation.revoked_at.is_(None),
            Delegation.from_on <= today,
            Delegation.until_on >= today,
        )
        waits.append(and_(Approval.status == ApprovalStatus.SIGNING, given))
    if not waits:
        return []
    rows = (
        select(Approval.id, Approval.title, Approval.status, Approval.drafted_by_name, Approval.changed_at)
        .where(Approval.committee_id == actor.committee_id, or_(*waits))
        .order_by(Approval.changed_at, Approval.id)
    )
    return db.session.execute(rows.limit(limit)).all()


def register(
    actor: Actor,
    *,
    year: int | None = None,
    kind: str | None = None,
    is_void: bool | None = None,
    typed: str = "",
    page: int = 1,
) -> Page[DocumentNumber]:
    """Numbers that were given (发文登记簿) with their papers, the newest first; 作废 ones are there too."""
    rows = select(DocumentNumber).join(DocumentNumber.approval).where(DocumentNumber.committee_id == actor.committee_id)
    if year is not None:
        rows = rows.where(DocumentNumber.year == year)
    if kind is not None:
        rows = rows.where(Approval.kind == kind)
    if is_void is not None:
        rows = rows.where(DocumentNumber.void_on.is_not(None) if is_void else DocumentNumber.void_on.is_(None))
    if typed:
        like = f"%{typed.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        rows = rows.where(or_(Approval.title.like(like, escape="!"), DocumentNumber.text.like(like, escape="!")))
    total = db.session.scalar(select(func.count()).select_from(rows.with_only_columns(DocumentNumber.id).subquery()))
    listed = rows.order_by(DocumentNumber.year.desc(), DocumentNumber.prefix, DocumentNumber.sequence.desc())
    listed = listed.options(joinedload(DocumentNumber.approval)).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Page(db.session.scalars(listed).all(), page, total or 0)


def register_years(actor: Actor) -> list[int]:
    """The years in which numbers were given, the latest first."""
    rows = select(DocumentNumber.year).where(DocumentNumber.committee_id == actor.committee_id).distinct()
    return sorted(db.session.scalars(rows), reverse=True)


# -- numbers


def prefixes(actor: Actor) -> Sequence[NumberPrefix]:
    """Every 机关代字 that was set, by kind, the latest first."""
    rows = select(NumberPrefix).where(NumberPrefix.committee_id == actor.committee_id)
    return db.session.scalars(rows.order_by(NumberPrefix.kind, NumberPrefix.from_on.desc())).all()


def find_prefix(prefix_id: int, *, actor: Actor) -> NumberPrefix:
    rows = select(NumberPrefix).where(NumberPrefix.id == prefix_id, NumberPrefix.committee_id == actor.committee_id)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def numbering_of(committee_id: int, kind: str, day: date) -> Numbering | None:
    """How a kind of paper is numbered on a day; None where no 机关代字 was set."""
    rows = (
        select(NumberPrefix.form, NumberPrefix.prefix)
        .where(NumberPrefix.committee_id == committee_id, NumberPrefix.kind == kind, NumberPrefix.from_on <= day)
        .order_by(NumberPrefix.from_on.desc())
        .limit(1)
    )
    found = db.session.execute(rows).first()
    return Numbering(*found) if found else None


def is_taken(committee_id: int, numbering: Numbering, year: int, sequence: int) -> bool:
    """Whether the number was given before, 作废 ones included."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    DocumentNumber.committee_id == committee_id,
                    DocumentNumber.prefix == numbering.prefix,
                    DocumentNumber.year == year,
                    DocumentNumber.sequence == sequence,
                )
            )
        )
    )


def is_prefix_day_taken(committee_id: int, kind: str, day: date, *, except_id: int | None = None) -> bool:
    same = [NumberPrefix.committee_id == committee_id, NumberPrefix.kind == kind, NumberPrefix.from_on == day]
    if except_id is not None:
        same.append(NumberPrefix.id != except_id)
    return bool(db.session.scalar(select(exists().where(*same))))


# -- delegations


def delegations_to(actor: Actor) -> Sequence[Delegation]:
    """Delegations given to the actor that were not taken back, of any day."""
    rows = select(Delegation).where(
        Delegation.committee_id == actor.committee_id,
        Delegation.to_user_id == actor.user_id,
        Delegation.revoked_at.is_(None),
    )
    return db.session.scalars(rows.order_by(Delegation.id)).all()


def delegations(actor: Actor, *, page: int = 1) -> Page[Delegation]:
    """Every delegation of the committee, the latest first."""
    rows = select(Delegation).where(Delegation.committee_id == actor.committee_id)
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    listed = rows.options(joinedload(Delegation.scan)).order_by(Delegation.until_on.desc(), Delegation.id.desc())
    return Page(db.session.scalars(listed.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all(), page, total)


def delegations_for(approval: Approval) -> list[Delegation]:
    """Delegations that may have covered the paper's signing on some day, for what is recorded from paper."""
    rows = select(Delegation).where(
        Delegation.committee_id == approval.committee_id, Delegation.role == approval.signer_role
    )
    found = db.session.scalars(rows.order_by(Delegation.until_on.desc(), Delegation.id.desc())).all()
    return [row for row in found if not row.kinds or approval.kind in row.kinds]


def find_delegation(delegation_id: int, *, actor: Actor) -> Delegation:
    rows = select(Delegation).where(Delegation.id == delegation_id, Delegation.committee_id == actor.committee_id)
    found = db.session.scalar(rows.options(joinedload(Delegation.scan)))
    if found is None:
        raise NotFound
    return found


def possible_delegates(actor: Actor) -> list[tuple[int, str]]:
    """Accounts of the office and of leaders, by name: those who may sign for another."""
    return _accounts(actor, (Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF, Role.LEADER))


def _accounts(actor: Actor, roles: Sequence[Role]) -> list[tuple[int, str]]:
    rows = (
        select(User.id, User.display_name)
        .where(
            User.committee_id == actor.committee_id,
            User.is_active,
            exists().where(UserRole.user_id == User.id, UserRole.role.in_(roles)),
        )
        .order_by(User.display_name, User.id)
    )
    return [(id_, name) for id_, name in db.session.execute(rows)]


# -- distribution


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody a paper went to, and when they read it."""

    row: Distribution
    reading: DistributionReading | None


def receivers_of(approval: Approval) -> list[Receiver]:
    """Who the paper went to, units in the plan's order, then people."""
    rows = (
        select(Distribution, DistributionReading)
        .outerjoin(DistributionReading, DistributionReading.distribution_id == Distribution.id)
        .outerjoin(Unit, Unit.id == Distribution.unit_id)
        .where(Distribution.approval_id == approval.id)
        .order_by(Distribution.unit_id.is_(None), Unit.position, Distribution.id)
    )
    return [Receiver(row, reading) for row, reading in db.session.execute(rows)]


def find_receiver(approval: Approval, distribution_id: int) -> Receiver:
    rows = (
        select(Distribution, DistributionReading)
        .outerjoin(DistributionReading, DistributionReading.distribution_id == Distribution.id)
        .where(Distribution.approval_id == approval.id, Distribution.id == distribution_id)
    )
    found = db.session.execute(rows).first()
    if found is None:
        raise NotFound
    return Receiver(*found)


def deliveries_of(approval: Approval) -> Sequence[Delivery]:
    """Copies that went outside, in the order of sending."""
    rows = select(Delivery).where(Delivery.approval_id == approval.id)
    return db.session.scalars(rows.order_by(Delivery.sent_on, Delivery.id)).all()


def find_delivery(approval: Approval, delivery_id: int) -> Delivery:
    rows = select(Delivery).where(Delivery.approval_id == approval.id, Delivery.id == delivery_id)
    found = db.session.scalar(rows.options(joinedload(Delivery.approval)))
    if found is None:
        raise NotFound
    return found


def unread_by(approval_id: int, *, actor: Actor) -> Sequence[int]:
    """Ids of the actor's own rows in a paper's distribution list that are not read yet."""
    rows = select(Distribution.id).where(
        Distribution.approval_id == approval_id,
        _received_by(actor),
        ~exists().where(DistributionReading.distribution_id == Distribution.id),
    )
    return db.session.scalars(rows).all()


@dataclass(frozen=True, slots=True)
class Received:
    """A paper that came to the actor's unit or to themselves (来文)."""

    approval: Approval
    sent_at: object
    read_on: date | None
    reader_name: str


def received(actor: Actor, *, unread_only: bool = False, page: int = 1) -> Page[Received]:
    """Papers that were distributed to the actor's units or to themselves, the latest first."""
    first_reading = func.min(DistributionReading.read_on)
    rows = (
        select(Distribution.approval_id, func.max(Distribution.sent_at), first_reading, _a_reader())
        .join(Approval, Approval.id == Distribution.approval_id)
        .outerjoin(DistributionReading, DistributionReading.distribution_id == Distribution.id)
        .where(
            Distribution.committee_id == actor.committee_id,
            Approval.status == ApprovalStatus.ISSUED,
            _received_by(actor),
        )
        .group_by(Distribution.approval_id)
    )
    if unread_only:
        rows = rows.having(first_reading.is_(None))
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    listed = rows.order_by(func.max(Distribution.sent_at).desc(), Distribution.approval_id.desc())
    found = db.session.execute(listed.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    papers = {
        paper.id: paper
        for paper in db.session.scalars(
            select(Approval).where(Approval.id.in_([row[0] for row in found])).options(joinedload(Approval.number))
        )
    }
    return Page([Received(papers[id_], at, on, name or "") for id_, at, on, name in found], page, total)


def _a_reader() -> ColumnElement[str]:
    return func.min(DistributionReading.reader_name)


def units_to_send(actor: Actor) -> list[tuple[int, str]]:
    """Units of the committee that exist today, in the plan's order."""
    today = clock.today()
    rows = select(Unit.id, Unit.name).where(
        Unit.committee_id == actor.committee_id,
        or_(Unit.from_on.is_(None), Unit.from_on <= today),
        or_(Unit.until_on.is_(None), Unit.until_on >= today),
    )
    return [(id_, name) for id_, name in db.session.execute(rows.order_by(Unit.position, Unit.id))]


def groups_to_send(actor: Actor) -> list[tuple[int, str]]:
    """Groups of units that hold today."""
    today = clock.today()
    rows = select(UnitGroup.id, UnitGroup.name).where(
        UnitGroup.committee_id == actor.committee_id,
        or_(UnitGroup.from_on.is_(None), UnitGroup.from_on <= today),
        or_(UnitGroup.until_on.is_(None), UnitGroup.until_on >= today),
    )
    return [(id_, name) for id_, name in db.session.execute(rows.order_by(UnitGroup.position, UnitGroup.id))]


def members_of(group_ids: Sequence[int], *, actor: Actor) -> Sequence[Row[int, str, str]]:
    """Unit id, unit name and group name of the groups' members, in the plan's order."""
    rows = (
        select(Unit.id, Unit.name, UnitGroup.name)
        .join(UnitGroupMember, UnitGroupMember.unit_id == Unit.id)
        .join(UnitGroup, UnitGroup.id == UnitGroupMember.group_id)
        .where(UnitGroup.committee_id == actor.committee_id, UnitGroup.id.in_(group_ids))
        .order_by(Unit.position, Unit.id, UnitGroup.position, UnitGroup.id)
    )
    return db.session.execute(rows).all()


def users_to_send(actor: Actor) -> list[tuple[int, str]]:
    """Accounts of the office, of leaders and of readers, by name: people who get papers for themselves."""
    return _accounts(actor, (Role.OFFICE_DIRECTOR, Role.OFFICE_STAFF, Role.LEADER, Role.OBSERVER))

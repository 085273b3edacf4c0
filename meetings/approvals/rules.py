"""What may happen to a paper on its way, at whose hand; who signs for whom; how numbers read. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from meetings.approvals.models import (
    Approval,
    ApprovalAction,
    ApprovalStatus,
    Delegation,
    NumberForm,
    SignerRole,
    Signing,
)
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed


class Party(Enum):
    """The part somebody plays for a paper. One person may play several."""

    DRAFTER = auto()
    COLLEAGUE = auto()
    DIRECTOR = auto()
    SIGNER = auto()


@dataclass(frozen=True, slots=True)
class Transition:
    """From which statuses, to which (None: it stays), by which parties.

    Those in ``on_paper`` may only record what was signed on paper (线下签批), unless they are in ``parties`` too.
    """

    sources: frozenset[ApprovalStatus]
    target: ApprovalStatus | None
    parties: frozenset[Party]
    on_paper: frozenset[Party] = frozenset()


S = ApprovalStatus
A = ApprovalAction
P = Party
_OFFICE = frozenset({P.DRAFTER, P.COLLEAGUE, P.DIRECTOR})


def _transition(
    sources: set[ApprovalStatus],
    target: ApprovalStatus | None,
    parties: Iterable[Party],
    on_paper: Iterable[Party] = (),
) -> Transition:
    return Transition(frozenset(sources), target, frozenset(parties), frozenset(on_paper))


# The one table: what the page offers and what the server accepts. Drafting itself makes the row.
TRANSITIONS: Mapping[ApprovalAction, Transition] = {
    # Under way the drafter withdraws first: what was checked is not changed behind the checker's back.
    A.EDIT: _transition({S.DRAFT, S.CHECKING, S.SIGNING}, None, _OFFICE),
    A.SUBMIT: _transition({S.DRAFT}, S.CHECKING, _OFFICE),
    # Two people see every paper before it is signed; a drafter may record that the other one signed the sheet.
    A.CHECK: _transition({S.CHECKING}, S.SIGNING, {P.COLLEAGUE}, {P.DRAFTER}),
    A.SIGN: _transition({S.SIGNING}, S.SIGNED, {P.SIGNER}, _OFFICE),
    A.RETURN: _transition({S.CHECKING, S.SIGNING}, S.DRAFT, {P.COLLEAGUE, P.DIRECTOR, P.SIGNER}),
    A.WITHDRAW: _transition({S.CHECKING, S.SIGNING}, S.DRAFT, {P.DRAFTER}),
    A.NUMBER: _transition({S.SIGNED}, S.NUMBERED, _OFFICE),
    A.SEAL: _transition({S.NUMBERED}, S.SEALED, _OFFICE),
    A.ISSUE: _transition({S.NUMBERED, S.SEALED}, S.ISSUED, _OFFICE),
    A.VOID: _transition({S.DRAFT, S.SIGNED, S.NUMBERED, S.SEALED, S.ISSUED}, S.VOID, {P.DRAFTER, P.DIRECTOR}),
}

# Statuses in which the words may still change, and those in which they are frozen.
OPEN = frozenset({S.DRAFT, S.CHECKING, S.SIGNING})
FROZEN = frozenset({S.SIGNED, S.NUMBERED, S.SEALED, S.ISSUED})


def parties_of(approval: Approval, actor: Actor, delegations: Iterable[Delegation], today: date) -> frozenset[Party]:
    """Every part the actor plays. ``delegations`` are those given to the actor."""
    if actor.committee_id != approval.committee_id:
        return frozenset()
    parties = set()
    if actor.may("papers.draft"):
        is_own = actor.user_id is not None and actor.user_id == approval.drafted_by_id
        parties.add(P.DRAFTER if is_own else P.COLLEAGUE)
        if SignerRole.OFFICE_DIRECTOR in actor.roles:
            parties.add(P.DIRECTOR)
    if signs_by_role(approval.signer_role, actor) or delegation_for(approval, actor, delegations, today):
        parties.add(P.SIGNER)
    return frozenset(parties)


def signs_by_role(role: SignerRole, actor: Actor) -> bool:
    """Whether the actor signs papers of this role without anybody's delegation."""
    return actor.may("papers.sign") and role in actor.roles


def holds(delegation: Delegation, *, kind: str, role: SignerRole, on: date) -> bool:
    """Whether a delegation covers signing a paper of this kind and role on that day."""
    return (
        delegation.revoked_at is None
        and delegation.role is role
        and delegation.from_on <= on <= delegation.until_on
        and (not delegation.kinds or kind in delegation.kinds)
    )


def delegation_for(approval: Approval, actor: Actor, delegations: Iterable[Delegation], on: date) -> Delegation | None:
    """The delegation by which the actor signs; None for who signs by role or may not sign."""
    if signs_by_role(approval.signer_role, actor):
        return None
    return next(
        (
            row
            for row in delegations
            if row.to_user_id == actor.user_id
            and row.committee_id == approval.committee_id
            and holds(row, kind=approval.kind, role=approval.signer_role, on=on)
        ),
        None,
    )


def next_status(approval: Approval, action: ApprovalAction, parties: frozenset[Party]) -> ApprovalStatus:
    """Say what the paper becomes, or raise the reason why not.

    Raises ``NotAllowed`` ``approval.not_yours``, ``approval.void_by_director``; ``DomainError``
    ``approval.wrong_status``, ``approval.signed_already``, ``approval.withdraw_first``, ``approval.seal_needed``,
    ``approval.no_seal``.
    """
    transition = TRANSITIONS[action]
    if not parties & (transition.parties | transition.on_paper):
        raise NotAllowed("approval.not_yours", action=action)
    if action is A.SIGN and approval.status in FROZEN:
        raise DomainError("approval.signed_already", by=approval.signed_by_name)
    if approval.status not in transition.sources:
        raise DomainError("approval.wrong_status", action=action, status=approval.status)
    match action:
        case A.EDIT if approval.status is not S.DRAFT and P.COLLEAGUE not in parties:
            raise DomainError("approval.withdraw_first")
        case A.SEAL if approval.signing is Signing.PLAIN:
            raise DomainError("approval.no_seal")
        case A.ISSUE if approval.signing is not Signing.PLAIN and approval.status is S.NUMBERED:
            raise DomainError("approval.seal_needed")
        case A.VOID if approval.status is not S.DRAFT and P.DIRECTOR not in parties:
            raise NotAllowed("approval.void_by_director")
        case A.RETURN if approval.status is S.CHECKING and P.COLLEAGUE not in parties:
            raise NotAllowed("approval.not_yours", action=action)
    return transition.target or approval.status


def available_actions(approval: Approval, parties: frozenset[Party]) -> list[ApprovalAction]:
    """The buttons to show. The same function decides what the server accepts."""
    return [action for action in TRANSITIONS if _is_accepted(approval, action, parties)]


def _is_accepted(approval: Approval, action: ApprovalAction, parties: frozenset[Party]) -> bool:
    try:
        next_status(approval, action, parties)
    except DomainError:
        return False
    return True


def is_paper_only(action: ApprovalAction, parties: frozenset[Party]) -> bool:
    """The actor may record what was signed on paper, not do it in their own name."""
    transition = TRANSITIONS[action]
    return bool(parties & transition.on_paper) and not parties & transition.parties


def may_record_both(approval: Approval, parties: frozenset[Party]) -> bool:
    """Whether 核稿 and 签发 may be recorded together from one draft sheet that was signed on paper."""
    return approval.status in {S.DRAFT, S.CHECKING} and bool(parties & _OFFICE)


def check_signers(*, signing: Signing, cosigners: str, signer_posts: str) -> None:
    """A name stamp stands beside a post; bodies that issue a paper together are named each once.

    Raises ``DomainError`` ``approval.posts_needed`` (``signer_posts``), ``approval.body_twice`` (``cosigners``).
    """
    if signing is Signing.STAMP and not signer_posts.strip():
        raise DomainError("approval.posts_needed", field="signer_posts")
    names = listed(cosigners)
    if len(set(names)) < len(names):
        raise DomainError("approval.body_twice", field="cosigners")


def listed(text: str) -> tuple[str, ...]:
    """What was typed one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError("approval.reason_needed", field="reason")


def check_delegation(*, from_on: date, until_on: date, today: date, is_own: bool) -> None:
    """Nobody delegates to themselves, backwards, or for days that are over."""
    if is_own:
        raise DomainError("delegation.to_oneself", field="to_user_id")
    if until_on < from_on:
        raise DomainError("delegation.days_out_of_order", field="until_on")
    if until_on < today:
        raise DomainError("delegation.day_past", field="until_on")


# -- numbers


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a kind of paper is numbered: the form and the 机关代字."""

    form: NumberForm
    prefix: str

    @property
    def series(self) -> str:
        """The name of the running series: kinds of paper of one 代字 share its numbers."""
        return "paper" if self.form is NumberForm.REPORT else f"number:{self.prefix}"

    def registered(self, year: int, sequence: int) -> str:
        """The number as the register keeps it, no two of one committee alike."""
        if self.form is NumberForm.ISSUE:
            return f"{self.prefix}{year}年第{sequence}期"
        return self.printed(year, sequence)

    def printed(self, year: int, sequence: int) -> str:
        """×妇儿工委办〔2026〕12号 (GB/T 9704-2012, 7.2.5: no 第, no leading zero), 第12期, or BB-2026-0012."""
        match self.form:
            case NumberForm.YEAR:
                return f"{self.prefix}〔{year}〕{sequence}号"
            case NumberForm.ISSUE:
                return f"第{sequence}期"
            case NumberForm.REPORT:
                return f"{self.prefix}-{year}-{sequence:04}"

    def blank(self, year: int) -> str:
        """What a draft prints in the number's place: 〔2026〕　号."""
        return {
            NumberForm.YEAR: f"{self.prefix}〔{year}〕\u3000号",
            NumberForm.ISSUE: "第\u3000期",
            NumberForm.REPORT: "",
        }[self.form]


REPORTS = Numbering(NumberForm.REPORT, "BB")


_PREFIX = re.compile(r"[^\s〔〕\[\]（）()0-9第号期]{2,40}")


def check_prefix(prefix: str) -> None:
    """A 机关代字 is words alone: brackets, digits, 第 and 号 are put there by the number itself."""
    if not _PREFIX.fullmatch(prefix):
        raise DomainError("number.prefix_form", field="prefix")


def check_gap(sequence: int, *, last: int, note: str) -> None:
    """A number from the office's register that passes others over says why."""
    if sequence > last + 1 and not note.strip():
        raise DomainError("number.gap_note_needed", field="note", last=last, next=last + 1)

"""The table of a paper's way: every action × status × party; delegations; numbers. Pure."""

from datetime import UTC, date, datetime
from itertools import combinations, product

import pytest

from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.approvals import rules
from meetings.approvals.models import (
    Approval,
    ApprovalAction,
    ApprovalStatus,
    Delegation,
    NumberForm,
    SignerRole,
    Signing,
)
from meetings.approvals.rules import Numbering, Party
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed

A, S, P = ApprovalAction, ApprovalStatus, Party
DAY = date(2026, 7, 14)

SETS = [
    frozenset(found)
    for n in range(len(P) + 1)
    for found in combinations(P, n)
    if not set(found) >= {P.DRAFTER, P.COLLEAGUE}
]

# Written anew, not read from the table: who may, from where, to where.
OFFICE_PARTIES = {P.DRAFTER, P.COLLEAGUE, P.DIRECTOR}
EXPECTED = {
    (A.EDIT, S.DRAFT): (S.DRAFT, OFFICE_PARTIES),
    (A.EDIT, S.CHECKING): (S.CHECKING, {P.COLLEAGUE}),
    (A.EDIT, S.SIGNING): (S.SIGNING, {P.COLLEAGUE}),
    (A.SUBMIT, S.DRAFT): (S.CHECKING, OFFICE_PARTIES),
    (A.CHECK, S.CHECKING): (S.SIGNING, {P.COLLEAGUE, P.DRAFTER}),
    (A.SIGN, S.SIGNING): (S.SIGNED, {P.SIGNER} | OFFICE_PARTIES),
    (A.RETURN, S.CHECKING): (S.DRAFT, {P.COLLEAGUE}),
    (A.RETURN, S.SIGNING): (S.DRAFT, {P.COLLEAGUE, P.DIRECTOR, P.SIGNER}),
    (A.WITHDRAW, S.CHECKING): (S.DRAFT, {P.DRAFTER}),
    (A.WITHDRAW, S.SIGNING): (S.DRAFT, {P.DRAFTER}),
    (A.NUMBER, S.SIGNED): (S.NUMBERED, OFFICE_PARTIES),
    (A.SEAL, S.NUMBERED): (S.SEALED, OFFICE_PARTIES),
    (A.ISSUE, S.SEALED): (S.ISSUED, OFFICE_PARTIES),
    (A.VOID, S.DRAFT): (S.VOID, {P.DRAFTER, P.DIRECTOR}),
    (A.VOID, S.SIGNED): (S.VOID, {P.DIRECTOR}),
    (A.VOID, S.NUMBERED): (S.VOID, {P.DIRECTOR}),
    (A.VOID, S.SEALED): (S.VOID, {P.DIRECTOR}),
    (A.VOID, S.ISSUED): (S.VOID, {P.DIRECTOR}),
}


def paper(status=S.DRAFT, **values):
    return Approval(
        **{
            "committee_id": 1,
            "kind": "notice",
            "status": status,
            "signer_role": SignerRole.OFFICE_DIRECTOR,
            "signing": Signing.SEAL,
            "drafted_by_id": 7,
            "signed_by_name": "主任",
            **values,
        }
    )


def actor(*roles, user_id=8, committee_id=1):
    return Actor(
        user_id, "某人", committee_id, roles=frozenset(r.value for r in roles), permissions=permissions_of(roles)
    )


def delegation(**values):
    return Delegation(
        **{
            "id": 1,
            "committee_id": 1,
            "role": SignerRole.OFFICE_DIRECTOR,
            "principal_name": "主任",
            "to_user_id": 8,
            "kinds": [],
            "from_on": date(2026, 7, 10),
            "until_on": date(2026, 7, 20),
            **values,
        }
    )


@pytest.mark.parametrize("action", rules.TRANSITIONS)
def test_every_action_in_every_status_at_every_hand(action):
    for status, held in product(S, SETS):
        target, parties = EXPECTED.get((action, status), (None, frozenset()))
        row = paper(status)
        if held & parties:
            assert rules.next_status(row, action, held) is target, (status, held)
        else:
            with pytest.raises(DomainError) as refused:
                rules.next_status(row, action, held)
            assert refused.value.status in {403, 409}
        assert (action in rules.available_actions(row, held)) is bool(held & parties), (status, held)


def test_a_paper_without_a_seal_is_issued_as_numbered_one_with_a_seal_is_not():
    office = frozenset({P.COLLEAGUE})
    assert rules.next_status(paper(S.NUMBERED, signing=Signing.PLAIN), A.ISSUE, office) is S.ISSUED
    with pytest.raises(DomainError, match=r"approval\.seal_needed"):
        rules.next_status(paper(S.NUMBERED), A.ISSUE, office)
    with pytest.raises(DomainError, match=r"approval\.no_seal"):
        rules.next_status(paper(S.NUMBERED, signing=Signing.PLAIN), A.SEAL, office)


def test_nobody_checks_what_they_drafted_but_may_record_that_another_did():
    assert rules.is_paper_only(A.CHECK, frozenset({P.DRAFTER}))
    assert rules.is_paper_only(A.CHECK, frozenset({P.DRAFTER, P.DIRECTOR}))
    assert not rules.is_paper_only(A.CHECK, frozenset({P.COLLEAGUE}))
    assert rules.is_paper_only(A.SIGN, frozenset({P.COLLEAGUE}))
    assert not rules.is_paper_only(A.SIGN, frozenset({P.COLLEAGUE, P.SIGNER}))


def test_the_second_signature_is_told_who_signed():
    with pytest.raises(DomainError, match=r"approval\.signed_already") as refused:
        rules.next_status(paper(S.SIGNED), A.SIGN, frozenset({P.SIGNER}))
    assert refused.value.details["by"] == "主任"


@pytest.mark.parametrize(
    ("who", "of", "expected"),
    [
        (actor(Role.OFFICE_STAFF), SignerRole.OFFICE_DIRECTOR, {P.COLLEAGUE}),
        (actor(Role.OFFICE_STAFF, user_id=7), SignerRole.OFFICE_DIRECTOR, {P.DRAFTER}),
        (actor(Role.OFFICE_DIRECTOR), SignerRole.OFFICE_DIRECTOR, {P.COLLEAGUE, P.DIRECTOR, P.SIGNER}),
        (actor(Role.OFFICE_DIRECTOR), SignerRole.LEADER, {P.COLLEAGUE, P.DIRECTOR}),
        (actor(Role.LEADER), SignerRole.LEADER, {P.SIGNER}),
        (actor(Role.LEADER), SignerRole.OFFICE_DIRECTOR, set()),
        (actor(Role.OBSERVER), SignerRole.LEADER, set()),
        (actor(Role.LIAISON), SignerRole.LEADER, set()),
        (actor(Role.OFFICE_DIRECTOR, committee_id=2), SignerRole.OFFICE_DIRECTOR, set()),
    ],
)
def test_parties(who, of, expected):
    assert rules.parties_of(paper(signer_role=of), who, [], DAY) == expected


@pytest.mark.parametrize(
    ("values", "on", "holds"),
    [
        ({}, date(2026, 7, 9), False),
        ({}, date(2026, 7, 10), True),
        ({}, date(2026, 7, 20), True),
        ({}, date(2026, 7, 21), False),
        ({"kinds": ["notice"]}, DAY, True),
        ({"kinds": ["brief"]}, DAY, False),
        ({"role": SignerRole.LEADER}, DAY, False),
        ({"revoked_at": datetime(2026, 7, 12, tzinfo=UTC)}, DAY, False),
        ({"to_user_id": 9}, DAY, False),
        ({"committee_id": 2}, DAY, False),
    ],
)
def test_a_delegation_holds_within_its_days_for_its_papers(values, on, holds):
    who, row = actor(Role.OFFICE_STAFF), delegation(**values)
    assert (rules.delegation_for(paper(), who, [row], on) is row) is holds
    assert (P.SIGNER in rules.parties_of(paper(), who, [row], on)) is holds


def test_who_signs_by_role_signs_in_their_own_name():
    assert rules.delegation_for(paper(), actor(Role.OFFICE_DIRECTOR), [delegation()], DAY) is None


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((date(2026, 7, 14), date(2026, 7, 13)), "delegation.days_out_of_order"),
        ((date(2026, 7, 1), date(2026, 7, 13)), "delegation.day_past"),
    ],
)
def test_days_of_a_delegation(days, code):
    with pytest.raises(DomainError, match=code):
        rules.check_delegation(from_on=days[0], until_on=days[1], today=DAY, is_own=False)


def test_nobody_delegates_to_themselves():
    with pytest.raises(DomainError, match=r"delegation\.to_oneself"):
        rules.check_delegation(from_on=DAY, until_on=DAY, today=DAY, is_own=True)


def test_how_numbers_read():
    year = Numbering(NumberForm.YEAR, "×妇儿工委办")
    brief = Numbering(NumberForm.ISSUE, "工作简报")
    assert year.printed(2026, 12) == year.registered(2026, 12) == "×妇儿工委办〔2026〕12号"
    assert year.blank(2026) == "×妇儿工委办〔2026〕\u3000号"
    assert (brief.printed(2026, 12), brief.registered(2026, 12)) == ("第12期", "工作简报2026年第12期")
    assert rules.REPORTS.printed(2026, 12) == "BB-2026-0012"
    assert len({year.series, brief.series, rules.REPORTS.series}) == 3


@pytest.mark.parametrize("prefix", ["×妇儿工委办", "某妇儿工委", "工作简报"])
def test_right_prefixes(prefix):
    rules.check_prefix(prefix)


@pytest.mark.parametrize(
    "prefix", ["", "办", "妇儿工委办〔2026〕", "妇儿工委办12", "妇儿 工委办", "妇儿工委办第", "长" * 41]
)
def test_wrong_prefixes(prefix):
    with pytest.raises(DomainError, match=r"number\.prefix_form"):
        rules.check_prefix(prefix)


def test_passing_numbers_over_needs_a_reason():
    rules.check_gap(5, last=4, note="")
    rules.check_gap(3, last=4, note="")
    rules.check_gap(9, last=4, note="5至8号为预留")
    with pytest.raises(DomainError, match=r"number\.gap_note_needed"):
        rules.check_gap(6, last=4, note=" ")


def test_a_reason_is_words():
    with pytest.raises(DomainError, match=r"approval\.reason_needed"):
        rules.check_reason("  ")


def test_a_refusal_by_person_is_403():
    with pytest.raises(NotAllowed):
        rules.next_status(paper(S.SIGNING), A.SIGN, frozenset())

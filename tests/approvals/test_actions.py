"""What people do with papers on their way: what changed, what was written down, what was refused."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.accounts.models import Role
from meetings.approvals import actions, queries, rules
from meetings.approvals.actions import Signature
from meetings.approvals.models import (
    Approval,
    ApprovalAction,
    ApprovalStatus,
    Disclosure,
    DocumentNumber,
    NumberForm,
    PaperUrgency,
    Retention,
    SignerRole,
    Signing,
)
from meetings.approvals.rules import Numbering
from meetings.audit import queries as audit
from meetings.core import clock
from meetings.core.db import db, transaction, writing
from meetings.core.errors import DomainError, NotAllowed, NotFound
from tests import factories as make

A, S = ApprovalAction, ApprovalStatus
SHEET = {
    "title": "关于报送进展的通知",
    "disclosure": Disclosure.ON_REQUEST,
    "urgency": PaperUrgency.NONE,
    "copy_count": 30,
    "addressees": "各成员单位",
    "copies_to": "",
    "signing": Signing.SEAL,
    "cosigners": "",
    "signer_posts": "",
    "retention": Retention.YEARS_10,
}
SERIES = Numbering(NumberForm.YEAR, "某妇儿工委办")
TODAY = date(2026, 7, 14)


def drafted(by, **sheet):
    with transaction(by=by):
        return actions.draft(kind="notice", signer_role=SignerRole.OFFICE_DIRECTOR, by=by, **{**SHEET, **sheet})


def act(action, row, *args, by, **values):
    with transaction(by=by):
        return action(queries.find(row.id, actor=by), *args, by=by, **values)


def signed(staff, other, director, **sheet):
    row = drafted(staff, **sheet)
    act(actions.submit, row, by=staff)
    act(actions.check, row, by=other)
    act(actions.sign, row, by=director)
    return row


@pytest.fixture
def people(session):
    return make.staff(), make.staff(), make.director()


def scanned(**values):
    return Signature(
        **{
            "signed_by": "主任",
            "signed_on": date(2026, 7, 13),
            "words": "同意印发",
            "scan": make.attachment(),
            **values,
        }
    )


def test_the_whole_way_on_line(people):
    staff, other, director = people
    row = signed(staff, other, director)
    number = act(actions.give_number, row, SERIES, by=staff)
    act(actions.seal, row, by=staff)
    act(actions.issue, row, issued_on=TODAY, copy_count=28, by=staff)

    row = queries.find(row.id, actor=staff)
    assert number.text == "某妇儿工委办〔2026〕1号"
    assert (row.status, row.signed_on, row.signed_by_name, row.copy_count) == (S.ISSUED, TODAY, "办公室主任", 28)
    steps = queries.steps_of(row)
    assert [step.action for step in steps] == [A.ISSUE, A.SEAL, A.NUMBER, A.SIGN, A.CHECK, A.SUBMIT, A.DRAFT]
    assert all(before.status_after is after.status_before for after, before in pairwise(steps))
    assert list(audit.flaws()) == []


def test_what_was_signed_on_paper_is_recorded_with_its_scan(people):
    staff, _other, _director = people
    row = drafted(staff)
    act(actions.submit, row, by=staff)
    with pytest.raises(DomainError, match=r"signature\.scan_needed"):
        act(actions.check, row, by=staff)
    with pytest.raises(DomainError, match=r"signature\.scan_needed"):
        act(actions.check, row, signature=scanned(scan=None), by=staff)
    with pytest.raises(DomainError, match=r"signature\.signed_in_future"):
        act(actions.check, row, signature=scanned(signed_on=date(2026, 7, 15)), by=staff)
    act(actions.check, row, signature=scanned(signed_by="副主任"), by=staff)
    act(actions.sign, row, signature=scanned(), by=staff)

    row = queries.find(row.id, actor=staff)
    assert (row.signed_by_name, row.signed_on, row.checked_by_name) == ("主任", date(2026, 7, 13), "副主任")
    step = queries.steps_of(row)[0]
    assert (step.signed_words, step.done_by_name, step.scan.name) == ("同意印发", "办公室工作人员", "汇总表.pdf")
    assert queries.find_scan(row, step.scan_id).id == step.scan_id
    with pytest.raises(NotFound):
        queries.find_scan(row, make.attachment().id)


def test_a_draft_is_returned_with_a_reason_and_checked_anew(people):
    staff, other, director = people
    row = drafted(staff)
    act(actions.submit, row, by=staff)
    act(actions.check, row, by=other)
    with pytest.raises(DomainError, match=r"approval\.reason_needed"):
        act(actions.return_draft, row, reason=" ", by=director)
    act(actions.return_draft, row, reason="数据再核一遍", by=director)
    row = queries.find(row.id, actor=staff)
    assert (row.status, row.checked_by_name) == (S.DRAFT, "")
    assert queries.latest_steps(queries.steps_of(row)) == {}


def test_the_drafter_withdraws_and_edits_before_it_is_signed(people):
    staff, other, director = people
    row = drafted(staff)
    act(actions.submit, row, by=staff)
    with pytest.raises(DomainError, match=r"approval\.withdraw_first"):
        act(actions.edit, row, by=staff, **SHEET)
    before = queries.find(row.id, actor=staff).version
    act(actions.edit, row, by=other, **SHEET | {"title": "关于再报进展的通知"})
    assert queries.find(row.id, actor=staff).version > before
    act(actions.withdraw, row, by=staff)
    act(actions.edit, row, by=staff, **SHEET)
    act(actions.submit, row, by=staff)
    act(actions.check, row, by=other)
    act(actions.sign, row, by=director)
    with pytest.raises(DomainError, match=r"approval\.wrong_status"):
        act(actions.withdraw, row, by=staff)
    with pytest.raises(DomainError, match=r"approval\.wrong_status"):
        act(actions.edit, row, by=other, **SHEET)


def test_a_number_typed_twice_is_refused_and_a_typed_one_moves_the_series_on(people):
    papers = [signed(*people) for _ in range(5)]
    staff = people[0]
    assert act(actions.give_number, papers[0], SERIES, by=staff).sequence == 1
    with pytest.raises(DomainError, match=r"number\.taken") as refused:
        act(actions.give_number, papers[1], SERIES, sequence=1, by=staff)
    assert refused.value.field == "sequence"
    with pytest.raises(DomainError, match=r"number\.gap_note_needed"):
        act(actions.give_number, papers[1], SERIES, sequence=9, by=staff)
    assert queries.find(papers[1].id, actor=staff).status is S.SIGNED
    row = act(actions.give_number, papers[1], SERIES, sequence=9, note="2至8号在纸质登记簿", by=staff)
    assert (row.text, row.is_typed) == ("某妇儿工委办〔2026〕9号", True)
    assert act(actions.give_number, papers[2], SERIES, by=staff).sequence == 10
    assert act(actions.give_number, papers[3], SERIES, sequence=4, by=staff).sequence == 4
    assert act(actions.give_number, papers[4], SERIES, by=staff).sequence == 11


def test_a_cancelled_number_stays_and_is_never_given_again(people):
    staff, _other, director = people
    first, second = signed(*people), signed(*people)
    act(actions.give_number, first, SERIES, by=staff)
    with pytest.raises(NotAllowed, match=r"approval\.void_by_director"):
        act(actions.void, first, reason="内容有误", by=staff)
    act(actions.void, first, reason="内容有误", by=director)
    with pytest.raises(DomainError, match=r"number\.taken"):
        act(actions.give_number, second, SERIES, sequence=1, by=staff)
    assert act(actions.give_number, second, SERIES, by=staff).sequence == 2
    listed = queries.register(staff).rows
    assert [(row.text, row.void_reason) for row in listed] == [
        ("某妇儿工委办〔2026〕2号", ""),
        ("某妇儿工委办〔2026〕1号", "内容有误"),
    ]
    assert [row.sequence for row in queries.register(staff, is_void=True).rows] == [1]


def test_without_a_prefix_there_is_no_number(people):
    row = signed(*people)
    with pytest.raises(DomainError, match=r"number\.no_prefix"):
        act(actions.give_number, row, None, by=people[0])


def test_a_delegate_signs_within_the_days_only(people, frozen_clock):
    staff, other, director = people
    with transaction(by=director):
        actions.delegate(
            role=SignerRole.OFFICE_DIRECTOR,
            principal_name="",
            to_user_id=other.user_id,
            to_name=other.name,
            kinds=[],
            from_on=date(2026, 7, 20),
            until_on=date(2026, 7, 24),
            reason="外出学习",
            by=director,
        )
    row = drafted(staff)
    act(actions.submit, row, by=staff)
    act(actions.check, row, by=other)
    with pytest.raises(DomainError, match=r"signature\.scan_needed"):  # today they may only record from paper
        act(actions.sign, row, by=other)
    late = scanned(signed_on=TODAY)
    with pytest.raises(DomainError, match=r"delegation\.not_in_force") as refused:
        delegation = queries.delegations_for(row)[0]
        act(actions.sign, row, signature=late, delegation=delegation, by=staff)
    assert refused.value.field == "delegation_id"
    frozen_clock(clock.begin_of(date(2026, 7, 21)))
    act(actions.sign, row, by=other)
    step = queries.steps_of(row)[0]
    assert (step.on_behalf_of, step.done_by_name) == ("办公室主任", "办公室工作人员")


def test_only_who_signs_delegates_and_the_director_records_what_was_given_on_paper(people):
    staff, _other, director = people
    values = {
        "role": SignerRole.LEADER,
        "principal_name": "副主任",
        "to_user_id": director.user_id,
        "to_name": director.name,
        "kinds": ["notice"],
        "from_on": TODAY,
        "until_on": TODAY,
        "reason": "",
    }
    with transaction(by=staff), pytest.raises(NotAllowed, match=r"delegation\.not_yours"):
        actions.delegate(**values, by=staff)
    with transaction(by=director), pytest.raises(DomainError, match=r"signature\.scan_needed"):
        actions.delegate(**values, by=director)
    scan = make.attachment()
    with transaction(by=director):
        row = actions.delegate(**values, scan=scan, by=director)
    assert (row.principal_name, row.scan_id) == ("副主任", scan.id)
    with transaction(by=director):
        actions.revoke(queries.find_delegation(row.id, actor=director), by=director)
    with transaction(by=director), pytest.raises(DomainError, match=r"delegation\.over"):
        actions.revoke(queries.find_delegation(row.id, actor=director), by=director)


def test_a_paper_goes_to_units_and_groups_once_and_opening_it_is_reading_it(people):
    staff, _other, _director = people
    row = signed(*people)
    one, two, three = make.unit("县教育局"), make.unit("县民政局"), make.unit("县公安局")
    group = make.group(two, three)
    with pytest.raises(DomainError, match=r"approval\.not_issued"):
        act(actions.distribute, row, unit_ids=[one.id], by=staff)
    act(actions.give_number, row, SERIES, by=staff)
    act(actions.seal, row, by=staff)
    act(actions.issue, row, issued_on=TODAY, copy_count=3, by=staff)
    with pytest.raises(DomainError, match=r"distribution\.nobody"):
        act(actions.distribute, row, by=staff)
    with pytest.raises(NotFound):
        act(actions.distribute, row, unit_ids=[make.unit(committee_id=make.committee().id).id], by=staff)
    assert act(actions.distribute, row, unit_ids=[one.id, two.id], group_ids=[group.id], by=staff) == 3
    assert act(actions.distribute, row, group_ids=[group.id], by=staff) == 0
    reader, stranger = make.liaison(one), make.liaison(make.unit())
    assert [item.approval.id for item in queries.received(reader, unread_only=True).rows] == [row.id]
    assert queries.received(stranger).rows == []
    with pytest.raises(NotFound):
        queries.find(row.id, actor=stranger)
    for _twice in range(2):
        with writing():
            actions.note_opened(queries.find(row.id, actor=reader), by=reader)
    assert queries.received(reader, unread_only=True).rows == []
    by_unit = {receiver.row.name: receiver for receiver in queries.receivers_of(row)}
    assert by_unit["县教育局"].reading.reader_name == "县教育局联络员"
    assert by_unit["县公安局"].row.group_name == group.name
    with pytest.raises(DomainError, match=r"distribution\.read_already"):
        act(actions.record_reading, row, by_unit["县教育局"], reader_name="局长", read_on=TODAY, by=staff)
    with pytest.raises(DomainError, match=r"distribution\.read_out_of_days"):
        act(actions.record_reading, row, by_unit["县民政局"], reader_name="局长", read_on=date(2026, 7, 13), by=staff)
    act(actions.record_reading, row, by_unit["县民政局"], reader_name="局长", read_on=TODAY, by=staff)
    assert {r.row.name: r.reading and r.reading.recorded_by_name for r in queries.receivers_of(row)} == {
        "县教育局": "",
        "县民政局": "办公室工作人员",
        "县公安局": None,
    }


def test_what_waits_for_whom(people):
    staff, other, director = people
    row = drafted(staff)
    act(actions.submit, row, by=staff)
    assert [found.id for found in queries.waiting_for(other)] == [row.id]
    assert queries.waiting_for(staff) == []
    act(actions.check, row, by=other)
    assert [found.id for found in queries.waiting_for(director)] == [row.id]
    assert queries.waiting_for(make.actor(Role.LEADER)) == []


def test_issued_no_sooner_than_signed_and_no_later_than_today(people):
    row = signed(*people, signing=Signing.PLAIN)
    act(actions.give_number, row, SERIES, by=people[0])
    for day, code in (
        (date(2026, 7, 15), "approval.day_in_future"),
        (date(2026, 7, 13), "approval.issued_before_signing"),
    ):
        with pytest.raises(DomainError, match=code):
            act(actions.issue, row, issued_on=day, copy_count=1, by=people[0])


MOVES = {
    A.EDIT: lambda row, by: actions.edit(row, by=by, **SHEET),
    A.SUBMIT: lambda row, by: actions.submit(row, by=by),
    A.CHECK: lambda row, by: actions.check(row, by=by),
    A.SIGN: lambda row, by: actions.sign(row, by=by),
    A.RETURN: lambda row, by: actions.return_draft(row, reason="请改", by=by),
    A.WITHDRAW: lambda row, by: actions.withdraw(row, by=by),
    A.NUMBER: lambda row, by: actions.give_number(row, SERIES, by=by),
    A.SEAL: lambda row, by: actions.seal(row, by=by),
    A.ISSUE: lambda row, by: actions.issue(row, issued_on=TODAY, copy_count=1, by=by),
    A.VOID: lambda row, by: actions.void(row, reason="不用了", by=by),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 3)), max_size=14))
def test_whatever_is_tried_the_record_fits_the_paper(people, moves):
    who = [*people, make.actor(Role.LEADER)]
    row = drafted(who[0])
    for action, n in moves:
        by = who[n]
        try:
            found = queries.find(row.id, actor=by)
        except NotFound:
            continue
        offered = action in rules.available_actions(found, queries.parties_of(found, by)) and not rules.is_paper_only(
            action, queries.parties_of(found, by)
        )
        try:
            _do(MOVES[action], row, by)
            done = True
        except DomainError:
            done = False
        assert done is offered, (action, n)
    row = queries.find(row.id, actor=who[0])
    steps = queries.steps_of(row)
    assert steps[0].status_after is row.status
    assert (row.signed_on is not None) is any(step.action is A.SIGN for step in steps)
    assert (row.number is not None) is any(step.action is A.NUMBER for step in steps)


def _do(move, row, by):
    with transaction(by=by):
        move(queries.find(row.id, actor=by), by)


def test_two_sign_at_once_and_one_wins(committed):
    with committed.app_context():
        staff, other = make.staff(), make.staff()
        directors = [make.director() for _ in range(4)]
        row = drafted(staff)
        act(actions.submit, row, by=staff)
        act(actions.check, row, by=other)
        approval_id = row.id
        db.session.remove()
    barrier = threading.Barrier(4)

    def work(n):
        with committed.app_context():
            barrier.wait(30)
            try:
                with transaction(by=directors[n]):
                    actions.sign(queries.find(approval_id, actor=directors[n]), by=directors[n])
            except DomainError as refusal:
                return refusal.code, refusal.status
            return "signed", 200

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(work, range(4)))
    assert found == [("approval.signed_already", 409)] * 3 + [("signed", 200)]
    with committed.app_context():
        steps = queries.steps_of(db.session.get(Approval, approval_id))
        assert [step.action for step in steps].count(A.SIGN) == 1


def test_many_numbers_at_once_are_all_different(committed):
    with committed.app_context():
        staff, other, director = make.staff(), make.staff(), make.director()
        ids = [signed(staff, other, director).id for _ in range(8)]
        db.session.remove()
    barrier = threading.Barrier(8)

    def work(n):
        with committed.app_context():
            barrier.wait(30)
            with transaction(by=staff):
                row = queries.find(ids[n], actor=staff)
                typed = {"sequence": 20, "note": "接纸质登记簿"} if n == 0 else {}
                actions.give_number(row, SERIES, by=staff, **typed)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    with committed.app_context():
        given_numbers = [row.sequence for row in db.session.query(DocumentNumber)]
        assert len(set(given_numbers)) == 8
        assert 20 in given_numbers

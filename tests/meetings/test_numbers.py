"""The place of a meeting in its series, and what leads to it."""

from datetime import date

import pytest

from meetings.core.errors import DomainError, NotFound
from meetings.directory.models import PostKind
from meetings.meetings import actions, words
from meetings.meetings.rules import ScopeKey
from tests import factories
from tests.meetings.acts import DETAILS, create, do


def test_a_meeting_gets_its_place_in_the_series_when_it_is_announced(staff):
    factories.meeting_kind()
    first, second = create(staff), create(staff)
    assert first.sequence is None
    do(actions.announce, second, by=staff)
    do(actions.announce, first, by=staff)
    assert [(m.year, m.sequence) for m in (first, second)] == [(2026, 2), (2026, 1)]


def test_a_number_is_never_given_again_also_after_cancelling(staff):
    factories.meeting_kind()
    cancelled, later = create(staff), create(staff)
    do(actions.announce, cancelled, by=staff)
    do(actions.cancel, cancelled, by=staff, reason="改期")
    do(actions.announce, later, by=staff)
    assert cancelled.sequence == 1
    assert later.sequence == 2


def test_each_kind_and_year_counts_for_itself(staff):
    factories.meeting_kind()
    other = factories.meeting_kind()
    a, b, c = create(staff), create(staff, kind_id=other.id), create(staff, held_on=date(2025, 5, 1))
    for meeting in (a, b, c):
        do(actions.announce, meeting, by=staff)
    assert {(m.year, m.sequence) for m in (a, b, c)} == {(2026, 1), (2025, 1)}


def test_the_kind_of_a_numbered_meeting_stays(staff):
    factories.meeting_kind()
    meeting = create(staff)
    do(actions.announce, meeting, by=staff)
    with pytest.raises(DomainError) as refused:
        do(actions.edit_meeting, meeting, by=staff, **{**DETAILS, "kind_id": factories.meeting_kind().id})
    assert (refused.value.code, refused.value.field) == ("meeting.kind_fixed", "kind_id")


def test_a_meeting_of_unknown_day_says_year_and_words(staff):
    factories.meeting_kind()
    with pytest.raises(DomainError) as refused:
        create(staff, held_on=None)
    assert refused.value.code == "meeting.day_unknown"
    meeting = create(staff, held_on=None, day_text="近日", year=2023)
    do(actions.announce, meeting, by=staff)
    assert (meeting.year, meeting.sequence, words.day_of(meeting)) == (2023, 1, "2023年，近日")


def test_a_series_has_no_circle(staff):
    factories.meeting_kind()
    first = create(staff)
    second = create(staff, previous_id=first.id)
    with pytest.raises(DomainError) as refused:
        do(actions.edit_meeting, first, by=staff, **{**DETAILS, "kind_id": first.kind_id, "previous_id": second.id})
    assert refused.value.code == "meeting.previous_is_later"


def test_a_group_or_previous_meeting_of_another_committee_is_not_found(staff):
    factories.meeting_kind()
    other = factories.committee()
    foreign = factories.group(committee_id=other.id)
    with pytest.raises(NotFound):
        create(staff, scopes=[ScopeKey(foreign.id, PostKind.HEAD)])

"""Initials, masks and the month within which a change of post is reported."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.directory import rules, words
from meetings.directory.models import PostKind, Unit, UnitKind


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("县教育局", "xjyj"),
        ("县妇联", "xfl"),
        ("重庆路街道", "cqljd"),
        ("12345热线办", "12345rxb"),
        ("ABC 中心", "abczx"),
        ("㐂龘𠮷", ""),
        ("", ""),
    ],
)
def test_initials_are_the_first_letters_of_the_pinyin(name, initials):
    if name == "㐂龘𠮷":
        assert rules.initials(name).isascii()
    else:
        assert rules.initials(name) == initials


def test_a_unit_is_found_by_the_initials_of_both_names():
    assert rules.unit_initials("某县教育局", "县教育局") == "mxjyj xjyj"
    assert rules.unit_initials("县妇联", "县妇联") == "xfl"


@given(st.text(max_size=300))
def test_initials_are_ascii_whatever_the_name(name):
    assert rules.initials(name).isascii()
    assert len(rules.unit_initials(name, name)) <= 200


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812345678", "138****5678"), ("6021", "**21"), ("", ""), ("1", "1"), ("07991234567", "079****4567")],
)
def test_a_phone_shows_its_ends_only(phone, shown):
    assert rules.masked_phone(phone) == shown


@pytest.mark.parametrize("typed", ["教育", "jyj", "XJYJ", "县 教 育", "某县教育局"])
def test_a_unit_is_found_by_name_short_name_and_initials(typed):
    unit = Unit(name="某县教育局", short_name="县教育局", initials="mxjyj xjyj")
    assert rules.matches(unit, typed)
    assert not rules.matches(unit, "卫健")


@pytest.mark.parametrize(
    ("changed_on", "is_late"),
    [(date(2026, 6, 13), True), (date(2026, 6, 14), False), (date(2026, 7, 14), False), (date(2026, 8, 1), False)],
)
def test_a_change_older_than_one_month_is_late(changed_on, is_late):
    assert rules.is_reported_late(changed_on, date(2026, 7, 14)) is is_late


def test_the_month_before_the_thirty_first_is_the_last_day():
    assert rules.month_before(date(2026, 3, 31)) == date(2026, 2, 28)
    assert rules.month_before(date(2028, 3, 30)) == date(2028, 2, 29)
    assert rules.month_before(date(2026, 1, 5)) == date(2025, 12, 5)


def test_every_kind_has_a_word():
    assert set(words.UNIT_KINDS) == set(UnitKind)
    assert set(words.POST_KINDS) == set(PostKind)

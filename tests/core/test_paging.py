"""Pages and sort orders from the address, whatever stands there."""

from datetime import UTC, date, datetime

import pytest

from meetings.core import i18n
from meetings.core.paging import Page, page_number, sort_order
from meetings.core.web import compare, safe_target


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("", 1),
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("２", 1),
        ("2", 2),
        ("007", 7),
        ("9" * 30, 1),
        ("1e3", 1),
        ("²", 1),
    ],
)
def test_a_page_that_there_is_not_is_the_first(asked, number):
    assert page_number(asked) == number


def test_a_page_knows_its_place():
    page = Page(list(range(50)), 2, 120)
    assert (page.count, page.first, page.last) == (3, 51, 100)
    empty = Page([], 1, 0)
    assert (empty.count, empty.first, empty.last) == (1, 0, 0)


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("due_on", ("due_on", False)),
        ("-due_on", ("due_on", True)),
        (None, ("title", True)),
        ("password_hash", ("title", True)),
        ("due_on; DROP TABLE task", ("title", True)),
        ("--due_on", ("title", True)),
    ],
)
def test_only_listed_columns_sort(asked, order):
    assert sort_order(asked, ["due_on", "title"], "-title") == order


@pytest.mark.parametrize("target", ["/", "/tasks/7", "/tasks/?q=%E5%8E%BF&page=2", "/a#b"])
def test_our_own_addresses_may_follow(target):
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "tasks",
        "//x.example",
        "/\\x.example",
        "/x\\y",
        "http://x.example",
        "/a b",
        "/a\r\nSet-Cookie: x",
        "/县",
        "\t/a",
        "/a\n",
    ],
)
def test_other_addresses_may_not(target):
    assert safe_target(target) is None


def test_two_texts_are_compared_character_by_character():
    left, right = compare("县教育局牵头", "县卫健委牵头")
    assert "".join(text for kind, text in left if kind != "ins") == "县教育局牵头"
    assert "".join(text for kind, text in right if kind != "del") == "县卫健委牵头"
    assert ("same", "牵头") in left
    assert compare("", "") == ([], [])


def test_days_and_moments_are_written_as_the_office_writes_them():
    assert i18n.day(date(2026, 7, 4)) == "2026年7月4日"
    assert i18n.day(None) == i18n.day_short(None) == i18n.moment(None) == i18n.iso(None) == ""
    assert i18n.day_short(date(2026, 7, 4)) == "7月4日"
    assert i18n.day_short(date(2025, 7, 4)) == "2025年7月4日"
    assert i18n.moment(datetime(2026, 7, 13, 16, 5, tzinfo=UTC)) == "7月14日 00:05"
    assert i18n.iso(datetime(2026, 7, 13, 16, 5, tzinfo=UTC)) == "2026-07-14T00:05+08:00"
    assert i18n.iso(date(2026, 7, 4)) == "2026-07-04"

"""The office's own days over the State Council's."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.directory.models import Committee
from meetings.workdays import queries, rules
from meetings.workdays.models import DayOverride
from tests import factories, pages

KEY = {"form_key": "key-1"}


@pytest.fixture
def office(client_as):
    return client_as(factories.staff())


def day(**fields):
    return {**KEY, "day": "2026-07-15", "works": "rest", "note": "本地节日", **fields}


def test_the_year_lists_holidays_and_make_up_days(office):
    page = office.get("/workdays/").text
    pages.check(page)
    assert "2026年工作日" in page
    assert "国庆节" in page
    assert "上班（调休）" in page
    pages.check(office.get("/workdays/new").text)


def test_a_year_without_a_notice_says_so(office):
    page = office.get("/workdays/?year=2027").text
    pages.check(page)
    assert "暂按双休日计" in page
    assert "2026年工作日" in office.get("/workdays/?year=9999").text


def test_an_own_day_counts_at_once_and_can_be_taken_back(office):
    committee = factories.the_committee()
    assert office.post("/workdays/new", data=day()).location == "/workdays/?year=2026"
    assert not queries.calendar(committee.id).is_working(date(2026, 7, 15))
    page = office.get("/workdays/").text
    pages.check(page)
    assert "本地节日" in page
    row = db.session.scalars(select(DayOverride)).one()
    office.post(f"/workdays/{row.id}/take-back")
    assert queries.calendar(committee.id).is_working(date(2026, 7, 15))


def test_a_double_submit_makes_one_day(office):
    office.post("/workdays/new", data=day())
    assert office.post("/workdays/new", data=day(day="2026-07-16")).status_code == 303
    assert len(db.session.scalars(select(DayOverride)).all()) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": ""}, "请填写日期"),
        ({"day": "2026-13-01"}, "日期应是一个日期"),
        ({"works": ""}, "请选择本办公室这一天"),
        ({"works": "maybe"}, "请从列表中选择"),
        ({"works": "work"}, "本来就是这样安排的"),
        ({"day": "2026-07-20"}, "已经调整过"),
        ({"note": "长" * 101}, "依据最多 100 字"),
        ({"note": "张三 13812345678，李四 13912345678", "personal_data_confirmed": "y"}, "多人姓名电话"),
    ],
)
def test_a_wrong_day_is_shown_again(office, fields, words):
    factories.save(DayOverride(committee_id=factories.the_committee().id, day=date(2026, 7, 20), is_working=False))
    answer = office.post("/workdays/new", data=day() | fields)
    assert words in answer.text
    pages.check(answer.text)
    assert len(db.session.scalars(select(DayOverride)).all()) == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.LIAISON, Role.SECURITY_ADMIN])
def test_only_the_office_sets_its_days(client_as, role):
    row = factories.save(
        DayOverride(committee_id=factories.the_committee().id, day=date(2026, 7, 20), is_working=False)
    )
    browser = client_as(factories.actor(role, unit=factories.unit()))
    assert browser.get("/workdays/").status_code == 404
    assert browser.post("/workdays/new", data=day()).status_code == 404
    assert browser.post(f"/workdays/{row.id}/take-back").status_code == 404


def test_days_of_another_committee_are_not_found(office):
    other = factories.save(Committee(region="邻县"))
    row = factories.save(DayOverride(committee_id=other.id, day=date(2026, 7, 20), is_working=False, note="邻县的"))
    assert office.post(f"/workdays/{row.id}/take-back").status_code == 404
    assert "邻县的" not in office.get("/workdays/").text


def test_special_days_are_stretches_with_their_names():
    days = rules.special_days(2025)
    first = next(stretch for stretch in days if stretch.name == "春节" and not stretch.works)
    assert (first.first, first.last) == (date(2025, 1, 28), date(2025, 2, 4))
    assert any(stretch.works and stretch.first == date(2025, 1, 26) for stretch in days)
    assert rules.special_days(2150) == []

"""People, posts and the committee through their forms."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.audit.models import AccessEntry, AccessKind
from meetings.core.db import db
from meetings.directory.models import (
    Person,
    Post,
    PostKind,
)
from tests import factories, pages
from tests.directory.fields import KEY


def person_fields(**more):
    return {
        **KEY,
        "name": "张三",
        "office_phone": "6021",
        "mobile": "13812345678",
        "protocol_order": "10",
        "note": "",
        **more,
    }


def test_a_person_is_registered_and_the_number_is_masked(office):
    answer = office.post("/directory/people/new", data=person_fields())
    for path in (answer.location, "/directory/people/", f"{answer.location}/edit"):
        page = office.get(path).text
        assert "138****5678" in page
        assert "13812345678" not in page
        pages.check(page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"name": " 　"}, "请填写姓名"),
        ({"mobile": "1381234567"}, "手机号应是 11 位数字"),
        ({"mobile": "<b>"}, "手机号应是 11 位数字"),
        ({"protocol_order": "0"}, "礼宾次序应是 1 至 9999 的整数"),
        ({"protocol_order": "1e3"}, "礼宾次序应是 1 至 9999 的整数"),
        ({"protocol_order": "９９９９９"}, "礼宾次序应是 1 至 9999 的整数"),
        ({"note": "身份证 11010519491231002X"}, "身份证号"),
    ],
)
def test_a_wrong_person_is_shown_again(office, fields, words):
    answer = office.post("/directory/people/new", data=person_fields(office_phone="留着 6021") | fields)
    assert words in answer.text
    assert "留着 6021" in answer.text
    pages.check(answer.text)
    assert db.session.scalars(select(Person)).all() == []


def test_personal_data_is_kept_by_a_decision_that_is_logged(office):
    note = "张三 13812345678，李四 13912345678"
    answer = office.post("/directory/people/new", data=person_fields(note=note))
    assert "personal_data_confirmed" in answer.text
    pages.check(answer.text)
    assert db.session.scalars(select(Person)).all() == []
    assert (
        office.post("/directory/people/new", data=person_fields(note=note, personal_data_confirmed="y")).status_code
        == 303
    )
    assert db.session.scalars(select(AccessEntry.kind)).all() == [AccessKind.PERSONAL_DATA_KEPT]


def test_two_of_one_name_stay_two(office):
    first = office.post("/directory/people/new", data=person_fields()).location
    second = office.post("/directory/people/new", data=person_fields(form_key="key-2")).location
    assert first != second
    page = office.get(second).text
    assert "同名人员" in page
    assert first in page


def test_an_empty_number_keeps_the_old_one_and_clearing_is_an_act(office):
    row = factories.person("张三", mobile="13812345678")
    path = f"/directory/people/{row.id}/edit"
    office.post(path, data=person_fields(mobile="", version=row.version, protocol_order="5"))
    db.session.refresh(row)
    assert (row.mobile, row.protocol_order) == ("13812345678", 5)
    office.post(path, data=person_fields(mobile="", clear_mobile="y", version=row.version, form_key="key-2"))
    assert db.session.scalar(select(Person.mobile)) == ""


def test_looking_at_a_number_is_logged_and_shown_once(office):
    row = factories.person("张三", mobile="13812345678")
    answer = office.post(f"/directory/people/{row.id}/unmask")
    assert "13812345678" in office.get(answer.location).text
    assert "13812345678" not in office.get(answer.location).text
    entry = db.session.scalars(select(AccessEntry)).one()
    assert (entry.kind, entry.subject) == (AccessKind.UNMASK, f"person {row.id} mobile")


def test_a_number_is_not_shown_without_the_right(client_as):
    row = factories.person("张三", mobile="13812345678")
    browser = client_as(factories.actor(Role.LEADER))
    assert browser.post(f"/directory/people/{row.id}/unmask").status_code == 404
    assert db.session.scalars(select(AccessEntry)).all() == []


def post_fields(unit, person=None, **more):
    return {
        **KEY,
        "person_id": person.id if person else "",
        "unit_id": unit.id,
        "kind": "head",
        "title": "局长",
        "from_on": "2026-07-01",
        **more,
    }


def test_a_post_begins_and_ends_and_nothing_is_deleted(office):
    unit, person = factories.unit("县教育局"), factories.person("张三")
    answer = office.post("/directory/posts/new", data=post_fields(unit, person))
    assert answer.location == f"/directory/people/{person.id}"
    post = db.session.scalars(select(Post)).one()
    assert "超过一个月" not in office.get(answer.location).text
    office.post(f"/directory/posts/{post.id}/end", data={"form_key": "key-2", "until_on": "2026-07-10"})
    page = office.get(f"/directory/people/{person.id}").text
    assert "2026年7月1日" in page
    assert "2026年7月10日" in page
    assert "曾任" in office.get(f"/directory/units/{unit.id}").text
    again = office.post(f"/directory/posts/{post.id}/end", data={"form_key": "key-3", "until_on": "2026-07-11"})
    assert again.status_code == 409
    assert "已经登记止任" in again.text


def test_a_change_older_than_a_month_is_taken_with_a_notice(office):
    unit, person = factories.unit("县教育局"), factories.person("张三")
    answer = office.post("/directory/posts/new", data=post_fields(unit, person, from_on="2026-05-01"))
    assert "超过一个月" in office.get(answer.location).text


def test_a_post_without_a_name_leads_to_its_unit(office):
    unit = factories.unit("县教育局")
    answer = office.post("/directory/posts/new", data=post_fields(unit))
    assert answer.location == f"/directory/units/{unit.id}"
    page = office.get(answer.location).text
    assert "未登记姓名" in page
    pages.check(page)


def test_one_person_holds_several_posts_but_not_the_same_twice(office):
    unit, person = factories.unit("县教育局"), factories.person("张三")
    assert office.post("/directory/posts/new", data=post_fields(unit, person)).status_code == 303
    assert (
        office.post("/directory/posts/new", data=post_fields(unit, person, kind="member", form_key="key-2")).status_code
        == 303
    )
    answer = office.post("/directory/posts/new", data=post_fields(unit, person, form_key="key-3"))
    assert "尚未止任" in answer.text
    assert len(db.session.scalars(select(Post)).all()) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"unit_id": ""}, "请选择单位"),
        ({"unit_id": "999999999999999999999999"}, "请从列表中选择单位"),
        ({"person_id": "777777"}, "请从列表中选择人员"),
        ({"kind": "king"}, "请从列表中选择任职"),
        ({"title": ""}, "请填写职务"),
        ({"from_on": "昨天"}, "任职日期应是一个日期"),
        ({"from_on": ""}, "请填写任职日期"),
    ],
)
def test_a_wrong_post_is_shown_again(office, fields, words):
    answer = office.post("/directory/posts/new", data=post_fields(factories.unit("县教育局")) | fields)
    assert words in answer.text
    pages.check(answer.text)
    assert db.session.scalars(select(Post)).all() == []


def test_a_post_does_not_end_before_it_began(office):
    post = factories.post(factories.unit(), from_on=date(2026, 7, 1))
    answer = office.post(f"/directory/posts/{post.id}/end", data={**KEY, "until_on": "2026-06-30"})
    assert "止任日期早于任职日期" in answer.text
    pages.check(answer.text)


def test_a_post_is_corrected(office):
    post = factories.post(factories.unit(), title="局长")
    fields = {**KEY, "kind": "deputy_in_charge", "title": "副局长", "from_on": "2021-02-01", "version": post.version}
    assert office.post(f"/directory/posts/{post.id}/edit", data=fields).status_code == 303
    row = db.session.scalars(select(Post)).one()
    assert (row.kind, row.title, row.from_on) == (PostKind.DEPUTY_IN_CHARGE, "副局长", date(2021, 2, 1))


def test_the_office_is_reached_by_the_number_that_was_entered(office):
    row = factories.the_committee()
    fields = {**KEY, "region": "某县", "office_phone": "0999-6021", "office_hours": "工作日", "version": row.version}
    assert office.post("/directory/committee/edit", data=fields).status_code == 303
    assert "0999-6021" in office.get("/directory/committee").text


def test_a_new_name_holds_from_its_day_and_the_old_one_stays(office):
    fields = {**KEY, "name": "某县妇女儿童工作联席会议", "office_name": "某县联席会议办公室", "from_on": "2026-08-01"}
    assert office.post("/directory/committee/rename", data=fields).status_code == 303
    page = office.get("/directory/committee").text
    assert "2026年8月1日（未到）" in page
    assert "某县妇女儿童工作委员会" in page
    again = office.post("/directory/committee/rename", data=fields | {"form_key": "key-2"})
    assert "该日已经登记过名称" in again.text

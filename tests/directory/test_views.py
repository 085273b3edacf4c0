"""Pages of the directory: seen, refused, wrong input, history kept."""

from datetime import date

import pytest
from sqlalchemy import func, select

from meetings.accounts.models import Role
from meetings.audit.models import AccessEntry, AccessKind
from meetings.core.db import db
from meetings.directory import actions
from meetings.directory.models import (
    Committee,
    CommitteeName,
    Person,
    Post,
    PostKind,
    Unit,
    UnitGroup,
    UnitKind,
    UnitName,
)
from tests import factories, pages

KEY = {"form_key": "key-1"}
READ = ["/directory/units/", "/directory/groups/", "/directory/people/", "/directory/committee"]


@pytest.fixture
def office(client_as):
    return client_as(factories.staff())


def unit_fields(**more):
    return {
        **KEY,
        "kind": "member",
        "name": "某县教育局",
        "short_name": "县教育局",
        "parent_id": "",
        "from_on": "",
        "note": "",
        **more,
    }


def edit_fields(row, **more):
    fields = {"kind": row.kind.value, "name": row.name, "short_name": row.short_name, "version": row.version}
    return {**KEY, **fields, "parent_id": "", "from_on": "", "note": "", "renamed_on": "", **more}


def everything(person=None):
    """One of each, and the addresses of all pages."""
    unit = factories.unit("县教育局", position=10)
    person = person or factories.person("张三", mobile="13812345678", office_phone="6021")
    post = factories.post(unit, person_id=person.id)
    factories.post(unit, title="副局长", until_on=date(2024, 1, 1))
    group = factories.group(unit, name="各成员单位")
    factories.save(UnitName(unit_id=unit.id, name="县教委", short_name="县教委", until_on=date(2010, 1, 1)))
    one = f"/directory/units/{unit.id}"
    reads = [*READ, one, f"/directory/people/{person.id}"]
    forms = [
        "/directory/units/new",
        f"{one}/edit",
        f"{one}/move",
        f"{one}/dissolve",
        f"{one}/merge",
        "/directory/groups/new",
        f"/directory/groups/{group.id}/edit",
        "/directory/people/new",
        f"/directory/people/{person.id}/edit",
        f"/directory/posts/new?unit={unit.id}&person={person.id}",
        f"/directory/posts/{post.id}/edit",
        f"/directory/posts/{post.id}/end",
        "/directory/committee/edit",
        "/directory/committee/rename",
    ]
    return reads, forms


def rows():
    return [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Unit, UnitName, UnitGroup, Person, Post, CommitteeName)
    ]


def test_every_page_is_well_made_and_reading_writes_nothing(office):
    reads, forms = everything()
    before = rows()
    for path in reads + forms:
        answer = office.get(path)
        assert answer.status_code == 200, path
        pages.check(answer.text)
    assert rows() == before


def test_empty_pages_say_what_to_do_first(office):
    for path in READ:
        answer = office.get(path)
        pages.check(answer.text)
    assert "还没有单位" in office.get("/directory/units/").text
    assert "还没有人员" in office.get("/directory/people/").text
    assert "还没有单位组" in office.get("/directory/groups/").text


@pytest.mark.parametrize("role", [Role.LEADER, Role.OBSERVER, Role.LIAISON, Role.UNIT_HEAD])
def test_others_read_and_are_offered_no_edit(client_as, role):
    reads, forms = everything()
    unit = db.session.scalars(select(Unit)).first()
    browser = client_as(factories.actor(role, unit=unit))
    for path in reads:
        answer = browser.get(path)
        assert answer.status_code == 200
        pages.check(answer.text)
        assert not any(word in answer.text for word in ("/edit", "/new", "/end", "/unmask", "/dissolve"))
    before = rows()
    for path in forms:
        assert browser.get(path).status_code == 404
        assert browser.post(path, data=KEY).status_code == 404
    assert rows() == before


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_administrators_do_not_see_the_directory(client_as, role):
    reads, forms = everything()
    browser = client_as(factories.actor(role))
    assert {browser.get(path).status_code for path in reads + forms} == {404}


def test_strangers_are_sent_to_sign_in(stranger):
    assert stranger.get("/directory/units/").location == "/sign-in?next=/directory/units/"
    assert stranger.post("/directory/units/new", data=KEY).status_code == 401


def test_the_office_of_another_committee_finds_nothing(client_as):
    reads, forms = everything()
    other = factories.save(Committee(region="邻县"))
    browser = client_as(factories.actor(Role.OFFICE_STAFF, committee_id=other.id))
    for path in [path for path in reads + forms if any(letter.isdigit() for letter in path.partition("?")[0])]:
        assert browser.get(path).status_code == 404, path
    assert "县教育局" not in browser.get("/directory/units/").text
    assert "张三" not in browser.get("/directory/people/").text


# Units


def test_a_unit_is_registered_at_the_end_with_its_initials(office):
    factories.unit("先来局", position=30)
    answer = office.post("/directory/units/new", data=unit_fields())
    row = db.session.scalars(select(Unit).where(Unit.name == "某县教育局")).one()
    assert answer.location == f"/directory/units/{row.id}"
    assert (row.initials, row.position, row.kind) == ("mxjyj xjyj", 40, UnitKind.MEMBER)


def test_a_double_submit_makes_one_unit(office):
    first = office.post("/directory/units/new", data=unit_fields())
    second = office.post("/directory/units/new", data=unit_fields(name="另名局"))
    assert second.location == first.location
    assert len(db.session.scalars(select(Unit)).all()) == 1
    assert "已经提交过" in office.get(second.location).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "请填写全称"),
        ({"name": "局" * 101}, "全称最多 100 字"),
        ({"name": "教育\x07局"}, "不可见的控制字符（U+0007），已去掉"),
        ({"name": "教育\u202e局"}, "U+202E"),
        ({"kind": "ministry"}, "请从列表中选择类别"),
        ({"kind": ""}, "请选择类别"),
        ({"parent_id": "999999"}, "请从列表中选择上级单位"),
        ({"parent_id": "x"}, "请从列表中选择上级单位"),
        ({"from_on": "2026-02-30"}, "设立日期应是一个日期"),
        ({"from_on": "0001-01-01"}, "设立日期应是一个日期"),
        ({"name": "占用局"}, "已有名为“占用局”的单位"),
        ({"note": "机密★5年"}, "密级标志"),
    ],
)
def test_wrong_input_is_shown_again_with_reasons_and_changes_nothing(office, fields, words):
    factories.unit("占用局")
    before = rows()
    answer = office.post("/directory/units/new", data=unit_fields(short_name="留着的简称") | fields)
    assert answer.status_code == 200
    assert words in answer.text
    assert "留着的简称" in answer.text
    pages.check(answer.text)
    assert rows() == before


@pytest.mark.parametrize("name", ["㐂龘𠮷𬱖局", "伊犁·哈萨克局", "ئۇيغۇر"])
def test_rare_characters_pass_from_form_to_list(office, name):
    office.post("/directory/units/new", data=unit_fields(name=name, short_name=name))
    assert name in office.get("/directory/units/", query_string={"q": name}).text


def test_hostile_text_is_shown_as_text(office):
    name = "<script>alert(1)</script>'\"&"
    office.post("/directory/units/new", data=unit_fields(name=name, short_name="<b>"))
    for path in ("/directory/units/", f"/directory/units/{db.session.scalar(select(Unit.id))}"):
        page = office.get(path).text
        assert "<script>alert" not in page
        pages.check(page)


def test_a_renaming_keeps_the_former_name_with_its_day(office):
    row = factories.unit("县卫生局", from_on=date(2000, 1, 1))
    path = f"/directory/units/{row.id}/edit"
    answer = office.post(path, data=edit_fields(row, name="县卫健委", short_name="县卫健委"))
    assert "请填写更名日期" in answer.text
    answer = office.post(
        path,
        data=edit_fields(row, name="县卫健委", short_name="县卫健委", renamed_on="2019-01-01", from_on="2000-01-01"),
    )
    assert answer.status_code == 303
    former = db.session.scalars(select(UnitName)).one()
    assert (former.name, former.until_on) == ("县卫生局", date(2018, 12, 31))
    page = office.get(answer.location).text
    assert "县卫生局" in page
    assert "用至 2018年12月31日" in page
    assert "县卫健委" in office.get("/directory/units/?q=县卫生局").text


def test_a_renaming_before_the_unit_began_or_before_the_last_one_is_refused(office):
    row = factories.unit("新局", from_on=date(2015, 1, 1))
    factories.save(UnitName(unit_id=row.id, name="旧局", short_name="旧局", until_on=date(2020, 12, 31)))
    for day in ("2014-06-01", "2020-01-01"):
        fields = edit_fields(row, name="更新局", renamed_on=day, from_on="2015-01-01")
        assert "更名日期早于" in office.post(f"/directory/units/{row.id}/edit", data=fields).text
    assert db.session.scalar(select(Unit.name)) == "新局"


def test_a_correction_keeps_no_former_name(office):
    row = factories.unit("县教玉局")
    fields = edit_fields(row, name="县教育局", short_name="县教育局", is_correction="y")
    assert office.post(f"/directory/units/{row.id}/edit", data=fields).status_code == 303
    assert db.session.scalars(select(UnitName)).all() == []
    assert db.session.scalar(select(Unit.initials)) == "xjyj"


def test_a_unit_cannot_stand_below_itself(office):
    top = factories.unit("上局")
    below = factories.unit("下局", parent_id=top.id)
    fields = edit_fields(top, parent_id=str(below.id))
    assert "上级单位不能是本单位或其下级" in office.post(f"/directory/units/{top.id}/edit", data=fields).text


def test_the_second_of_two_editors_sees_both_texts(office):
    row = factories.unit("县教育局", note="原来的备注")
    opened = row.version
    office.post(f"/directory/units/{row.id}/edit", data=edit_fields(row, note="甲改的备注"))
    answer = office.post(
        f"/directory/units/{row.id}/edit", data=edit_fields(row, note="乙改的备注", version=opened, form_key="key-2")
    )
    assert answer.status_code == 409
    pages.check(answer.text)
    assert "<del>甲</del>" in answer.text
    assert "<ins>乙</ins>" in answer.text
    assert db.session.scalar(select(Unit.note)) == "甲改的备注"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "９", "99999999999999999999"])
def test_a_version_that_was_tampered_with_is_a_conflict(office, version):
    row = factories.unit("县教育局")
    assert (
        office.post(f"/directory/units/{row.id}/edit", data=edit_fields(row, note="改", version=version)).status_code
        == 409
    )
    assert db.session.scalar(select(Unit.note)) == ""


def test_a_dissolved_unit_stays_with_its_posts_ended_that_day(office):
    row = factories.unit("撤局")
    factories.post(row)
    answer = office.post(f"/directory/units/{row.id}/dissolve", data={**KEY, "until_on": "2026-06-30"})
    assert answer.status_code == 303
    assert db.session.scalar(select(Post.until_on)) == date(2026, 6, 30)
    assert "撤局" not in office.get("/directory/units/").text
    assert "撤局" in office.get("/directory/units/?dissolved=1").text
    pages.check(office.get(answer.location).text)
    again = office.post(f"/directory/units/{row.id}/dissolve", data={"form_key": "key-2", "until_on": "2026-07-01"})
    assert again.status_code == 409
    assert "已经撤销" in again.text


def test_a_unit_with_parts_is_not_dissolved(office):
    row = factories.unit("上局")
    factories.unit("下局", parent_id=row.id)
    answer = office.post(f"/directory/units/{row.id}/dissolve", data={**KEY, "until_on": "2026-06-30"})
    assert "还有下级单位未撤销" in answer.text
    pages.check(answer.text)


def test_a_merger_names_who_takes_over_and_tells_the_features_above(office):
    row, into = factories.unit("老龄办"), factories.unit("县民政局")
    heard = []

    def listen(unit, into, by):
        heard.append((unit.name, into.name))

    actions.unit_merged.connect(listen)
    try:
        answer = office.post(
            f"/directory/units/{row.id}/merge", data={**KEY, "into_id": into.id, "until_on": "2026-06-30"}
        )
    finally:
        actions.unit_merged.disconnect(listen)
    assert heard == [("老龄办", "县民政局")]
    assert "2026年6月30日 并入县民政局" in office.get(answer.location).text


def test_a_unit_is_not_merged_into_itself(office):
    row = factories.unit("老龄办")
    answer = office.post(f"/directory/units/{row.id}/merge", data={**KEY, "into_id": row.id, "until_on": "2026-06-30"})
    assert "请从列表中选择并入单位" in answer.text


def test_units_are_put_in_order(office):
    one, two, three = (factories.unit(name, position=n) for n, name in enumerate(("甲", "乙", "丙"), 1))
    office.post(f"/directory/units/{three.id}/move", data={**KEY, "after_id": one.id})
    order = select(Unit.name).order_by(Unit.position, Unit.id)
    assert db.session.scalars(order).all() == ["甲", "丙", "乙"]
    office.post(f"/directory/units/{two.id}/move", data={"form_key": "key-2", "after_id": ""})
    assert db.session.scalars(order).all() == ["乙", "甲", "丙"]
    office.post(f"/directory/units/{two.id}/move", data={"form_key": "key-3", "after_id": three.id})
    assert db.session.scalars(order).all() == ["甲", "丙", "乙"]


# Groups


def test_a_group_is_made_changed_and_ended(office):
    one, two = factories.unit("甲局", position=1), factories.unit("乙局", position=2)
    office.post(
        "/directory/groups/new", data={**KEY, "name": "各成员单位", "unit_ids": [one.id, two.id], "until_on": ""}
    )
    group = db.session.scalars(select(UnitGroup)).one()
    assert "甲局、乙局" in office.get("/directory/groups/").text
    fields = {
        "form_key": "key-2",
        "name": "各成员单位",
        "unit_ids": [two.id],
        "until_on": "2026-12-31",
        "version": group.version,
    }
    assert office.post(f"/directory/groups/{group.id}/edit", data=fields).status_code == 303
    page = office.get("/directory/groups/").text
    assert "甲局" not in page
    assert "2026年12月31日 停用" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "请填写名称"),
        ({"unit_ids": []}, "请选择所含单位"),
        ({"unit_ids": ["1000000"]}, "请从列表中选择所含单位"),
        ({"unit_ids": "twice"}, "同一项只能选一次"),
        ({"name": "已有组"}, "已有名为“已有组”的单位组"),
    ],
)
def test_a_wrong_group_is_shown_again(office, fields, words):
    unit = factories.unit("甲局")
    factories.group(unit, name="已有组")
    if fields.get("unit_ids") == "twice":
        fields = {"unit_ids": [unit.id, unit.id]}
    answer = office.post("/directory/groups/new", data={**KEY, "name": "新组", "unit_ids": [unit.id]} | fields)
    assert words in answer.text
    pages.check(answer.text)


# People


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


# Posts


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


# The committee


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


# Costs


def test_the_list_of_units_costs_the_same_for_many(office, statements):
    def count():
        statements.clear()
        office.get("/directory/units/")
        return len(statements)

    for n in range(3):
        factories.post(factories.unit(), person_id=factories.person(f"某{n}").id)
    few = count()
    for n in range(30):
        factories.post(factories.unit(), person_id=factories.person(f"人{n}").id)
    assert count() == few
    assert few <= 6


def test_a_unit_and_the_list_of_people_cost_the_same_for_many(office, statements):
    unit = factories.unit()

    def count(path):
        statements.clear()
        office.get(path)
        return len(statements)

    paths = (f"/directory/units/{unit.id}", "/directory/people/")
    factories.post(unit, person_id=factories.person("某甲").id)
    few = [count(path) for path in paths]
    for n in range(20):
        factories.post(unit, person_id=factories.person(f"某{n}").id)
    assert [count(path) for path in paths] == few
    assert max(few) <= 9

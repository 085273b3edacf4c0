"""Units and groups through their forms."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings.core.db import db
from meetings.directory import actions
from meetings.directory.models import (
    Post,
    Unit,
    UnitGroup,
    UnitKind,
    UnitName,
)
from tests import factories, pages
from tests.directory.fields import KEY, edit_fields, rows, unit_fields


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

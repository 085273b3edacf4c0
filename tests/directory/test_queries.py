"""Who and what there is, now and on a day, within one's own committee."""

from datetime import date

import pytest

from meetings.core.errors import NotFound
from meetings.directory import queries
from meetings.directory.models import Committee, CommitteeName, PostKind, UnitKind, UnitName
from tests import factories

pytestmark = pytest.mark.usefixtures("session")


def foreign_committee():
    return factories.save(Committee(region="邻县"))


def test_units_stand_in_the_plans_order_and_dissolved_ones_are_asked_for():
    staff = factories.staff()
    second, first = factories.unit("乙局", position=20), factories.unit("甲局", position=10)
    gone = factories.unit("丙局", position=15, until_on=date(2025, 12, 31))
    last_day = factories.unit("丁局", position=30, until_on=date(2026, 7, 14))
    factories.unit("邻局", committee_id=foreign_committee().id)
    assert queries.units(staff) == [first, second, last_day]
    assert queries.units(staff, include_dissolved=True) == [first, gone, second, last_day]


def test_choices_carry_what_the_picker_searches():
    staff = factories.staff()
    unit = factories.unit("某县教育局", short_name="县教育局", initials="mxjyj xjyj")
    assert queries.pickable(staff) == [
        (unit.id, "县教育局", {"data-initials": "mxjyj xjyj", "data-short": "某县教育局"})
    ]


def test_a_foreign_unit_group_person_or_post_is_not_found():
    staff, other = factories.staff(), foreign_committee().id
    unit = factories.unit("邻局", committee_id=other)
    group = factories.group(unit, committee_id=other)
    person = factories.person(committee_id=other)
    post = factories.post(unit, person_id=person.id)
    for find, id_ in (
        (queries.find_unit, unit.id),
        (queries.find_group, group.id),
        (queries.find_person, person.id),
        (queries.find_post, post.id),
    ):
        with pytest.raises(NotFound):
            find(id_, actor=staff)
    assert not queries.people(staff).rows
    assert not queries.person_choices(staff)
    assert not queries.posts_on(date(2026, 7, 14), actor=staff)
    assert not queries.groups(staff)


def test_posts_are_those_of_the_day_by_plan_and_protocol(statements):
    staff = factories.staff()
    second, first = factories.unit("乙局", position=20), factories.unit("甲局", position=10)
    low, high = factories.person("低位", protocol_order=20), factories.person("高位", protocol_order=10)
    held = factories.post(second, person_id=low.id)
    of_low = factories.post(first, person_id=low.id, kind=PostKind.LIAISON)
    of_high = factories.post(first, person_id=high.id)
    nameless = factories.post(first, kind=PostKind.STATISTICIAN, title="统计员")
    factories.post(first, until_on=date(2026, 5, 19))
    factories.post(first, from_on=date(2026, 5, 21))
    statements.clear()
    posts = queries.posts_on(date(2026, 5, 20), actor=staff)
    assert posts == [of_high, of_low, nameless, held]
    assert [post.person and post.person.name for post in posts] == ["高位", "低位", None, "低位"]
    assert posts[3].unit.name == "乙局"
    assert len(statements) == 1


def test_a_post_counts_on_its_first_and_on_its_last_day():
    staff = factories.staff()
    post = factories.post(factories.unit(), from_on=date(2026, 1, 1), until_on=date(2026, 5, 20))
    for day, held in (
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), [post]),
        (date(2026, 5, 20), [post]),
        (date(2026, 5, 21), []),
    ):
        assert queries.posts_on(day, actor=staff) == held


def test_posts_are_narrowed_by_units_groups_and_kinds_which_add_up():
    staff, day = factories.staff(), date(2026, 7, 14)
    one, two, three = (factories.unit(position=n) for n in (1, 2, 3))
    heads = [factories.post(unit) for unit in (one, two, three)]
    liaison = factories.post(two, PostKind.LIAISON)
    group = factories.group(two)
    assert queries.posts_on(day, actor=staff, unit_ids=[one.id]) == heads[:1]
    assert queries.posts_on(day, actor=staff, group_ids=[group.id]) == [heads[1], liaison]
    assert (
        queries.posts_on(day, actor=staff, unit_ids=[one.id], group_ids=[group.id], kinds=[PostKind.HEAD]) == heads[:2]
    )
    assert queries.posts_on(day, actor=staff, unit_ids=[]) == []


def test_a_past_meeting_has_the_members_of_its_day_not_todays():
    staff, unit = factories.staff(), factories.unit("甲局")
    before, after = factories.person("前任"), factories.person("后任")
    factories.post(unit, person_id=before.id, from_on=date(2021, 1, 1), until_on=date(2026, 6, 1))
    factories.post(unit, person_id=after.id, from_on=date(2026, 6, 2))

    def names(day):
        return [post.person.name for post in queries.posts_on(day, actor=staff)]

    assert names(date(2026, 5, 20)) == ["前任"]
    assert names(date(2026, 7, 14)) == ["后任"]


def test_names_of_the_committee_are_those_of_the_day():
    committee = factories.committee()
    factories.save(
        CommitteeName(
            committee_id=committee.id,
            name="某县妇女儿童工作联席会议",
            office_name="联席会议办公室",
            from_on=date(2026, 3, 1),
        )
    )
    assert queries.names_of_committee(committee.id, date(2026, 2, 28)).body == "某县妇女儿童工作委员会"
    assert queries.names_of_committee(committee.id, date(2026, 3, 1)) == ("某县妇女儿童工作联席会议", "联席会议办公室")
    assert queries.names_of_committee(committee.id, date(1999, 1, 1)).body == "某县妇女儿童工作委员会"
    assert queries.names_of_committee(0, date(2026, 1, 1)) == ("", "")


def test_a_unit_is_called_what_it_was_called_on_the_day():
    unit = factories.unit("现名局")
    names = [
        factories.save(UnitName(unit_id=unit.id, name="中名局", short_name="中", until_on=date(2024, 12, 31))),
        factories.save(UnitName(unit_id=unit.id, name="旧名局", short_name="旧", until_on=date(2018, 12, 31))),
    ]
    assert queries.name_on(unit, names, date(2018, 12, 31)) == "旧名局"
    assert queries.name_on(unit, names, date(2019, 1, 1)) == "中名局"
    assert queries.name_on(unit, names, date(2025, 1, 1)) == "现名局"


def test_units_are_found_by_a_former_name_and_by_kind():
    staff = factories.staff()
    unit = factories.unit("县卫健委", initials="xwjw")
    factories.save(UnitName(unit_id=unit.id, name="县卫生局", short_name="县卫生局", until_on=date(2018, 12, 31)))
    town = factories.unit("某镇", kind=UnitKind.TOWNSHIP)

    def found(typed="", kind=None):
        return queries.search_units(staff, typed=typed, kind=kind, include_dissolved=False)

    assert found("卫生局") == [unit]
    assert found("WJW") == [unit]
    assert found(kind=UnitKind.TOWNSHIP) == [town]
    assert found("%") == []


def test_two_people_of_one_name_are_two_choices_that_can_be_told_apart():
    staff, unit = factories.staff(), factories.unit("县教育局")
    first, second = factories.person("张三"), factories.person("张三")
    factories.post(unit, person_id=first.id, title="局长")
    assert [(id_, label) for id_, label, _attributes in queries.person_choices(staff)] == [
        (first.id, "张三（县教育局局长）"),
        (second.id, f"张三（人员编号 {second.id}）"),
    ]
    assert queries.namesakes(first) == [second]


@pytest.mark.parametrize("name", ["㐂龘𠮷𬱖", "阿依古丽·买买提", "O'Brien", "100%", "a_b"])
def test_people_of_rare_names_are_found_as_they_are_written(name):
    staff = factories.staff()
    person = factories.person(name)
    factories.person("别人")
    assert list(queries.people(staff, typed=name).rows) == [person]


def test_people_come_fifty_a_page():
    staff = factories.staff()
    for n in range(51):
        factories.person(f"某人{n:02}")
    first, second = queries.people(staff), queries.people(staff, page=2)
    assert (len(first.rows), len(second.rows), first.total, second.count) == (50, 1, 51, 2)


def test_a_group_that_ended_is_only_listed_when_asked_for():
    staff = factories.staff()
    group = factories.group(factories.unit(), until_on=date(2026, 7, 13))
    assert not queries.groups(staff)
    assert queries.groups(staff, include_ended=True) == [group]

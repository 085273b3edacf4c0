"""The directory's pages: well made, for whom they are, at what cost."""

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.directory.models import (
    Committee,
    Unit,
)
from tests import factories, pages
from tests.directory.fields import KEY, READ, everything, rows


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

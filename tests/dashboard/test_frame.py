"""The frame of every page, and the pages that need no sign-in."""

import re
from datetime import date

import pytest

from meetings.accounts.models import Role
from meetings.directory.models import CommitteeName
from tests import factories as make
from tests.pages import check


@pytest.mark.parametrize("address", ["/help", "/accessibility", "/verify"])
def test_a_stranger_reads_the_pages_that_explain(stranger, address):
    make.committee()
    page = stranger.get(address)
    assert page.status_code == 200
    check(page.text)
    assert "某县妇女儿童工作委员会办公室" in page.text
    assert "电话 6021" in page.text


def test_a_stranger_is_shown_no_navigation_and_no_search(stranger):
    make.committee()
    page = stranger.get("/help").text
    assert "主导航" not in page
    assert "/search" not in page


def test_the_names_are_those_in_force_today(client_as):
    staff = make.staff()
    later = CommitteeName(committee_id=staff.committee_id, name="乙", office_name="乙办公室", from_on=date(2026, 7, 1))
    never = CommitteeName(committee_id=staff.committee_id, name="丙", office_name="丙办公室", from_on=date(2026, 8, 1))
    make.save(later, never)
    page = client_as(staff).get("/help").text
    assert "乙办公室" in page
    assert "丙办公室" not in page


def test_the_frame_costs_one_statement(client_as, statements):
    client = client_as(make.staff())
    client.get("/help")
    statements.clear()
    client.get("/help")
    assert len(statements) <= 1  # whether anything was changed


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_an_administrator_finds_no_business_in_the_navigation(client_as, role):
    page = client_as(make.actor(role)).get("/help").text
    for address in ("/tasks/", "/meetings/", "/documents/", "/reports/"):
        assert f'href="{address}"' not in page


def test_the_page_one_is_on_is_marked_once(client_as):
    page = client_as(make.staff()).get("/").text
    assert page.count('aria-current="page"') == 1


def test_a_page_at_another_address_of_its_part_marks_the_part(client_as):
    row = make.indicator(make.domain(make.plan()))
    page = client_as(make.staff()).get(f"/indicators/{row.id}").text
    (marked,) = re.findall(r'<a href="([^"]*)"[^>]*aria-current="page"', page)
    assert marked == "/plans/"


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_the_application_tells_that_it_lives(stranger, address):
    answer = stranger.get(address)
    assert answer.status_code == 200
    assert set(answer.json) == {"status"}

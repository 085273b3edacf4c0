"""A calendar shows its holder's own, by an address that is told once, can be taken back, and ends with the account."""

from datetime import date, time, timedelta

import icalendar
import pytest

from meetings.accounts.models import Role
from meetings.audit.models import AccessEntry
from meetings.calendar import rules
from meetings.core.db import db, transaction
from meetings.links.models import Link
from meetings.meetings.models import MeetingStatus
from meetings.tasks.models import TaskStatus
from tests import factories as make
from tests.conftest import NOW
from tests.pages import check


@pytest.fixture
def world(session):
    mine, other = make.unit("县教育局"), make.unit("县水利局")
    make.task(lead_unit=mine, status=TaskStatus.IN_PROGRESS, title="排查学业状况", due_on=date(2026, 9, 30))
    make.task(lead_unit=other, status=TaskStatus.IN_PROGRESS, title="水利的事")
    make.meeting(
        title="推进会",
        status=MeetingStatus.ANNOUNCED,
        held_on=date(2026, 8, 3),
        begins_at=time(15, 0),
        ends_at=time(17, 0),
        place="三楼会议室",
    )
    return {"unit": mine, "liaison": make.liaison(mine), "director": make.director()}


def address(client, unit_id=""):
    assert client.post("/calendar/new", data={"unit_id": unit_id}).status_code == 303
    page = client.get("/calendar/").text
    check(page)
    found = page.partition("data-copy-text>")[2].partition("<")[0]
    return found.removeprefix("http://localhost")


def events(answer):
    assert answer.status_code == 200, answer.status_code
    return {str(e["SUMMARY"]): e for e in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


def test_the_holder_sees_what_the_account_sees(world, client_as, stranger):
    path = address(client_as(world["director"]))
    found = events(stranger.get(path))
    assert any("水利的事" in title for title in found)
    meeting = found["推进会"]
    assert meeting["DTSTART"].dt.isoformat() == "2026-08-03T07:00:00+00:00"
    assert str(meeting["LOCATION"]) == "三楼会议室"


def test_a_unit_sees_its_own_alone(world, client_as, stranger):
    path = address(client_as(world["liaison"]), str(world["unit"].id))
    titles = " ".join(events(stranger.get(path)))
    assert "排查学业状况" in titles
    assert "水利的事" not in titles


def test_every_look_is_written_down_and_the_token_is_kept_as_its_hash(world, client_as, stranger):
    path = address(client_as(world["liaison"]))
    stranger.get(path)
    entry = db.session.query(AccessEntry).order_by(AccessEntry.id.desc()).first()
    assert entry.subject.startswith("calendar ")
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert db.session.query(Link).one().token_hash != token
    assert path not in client_as(world["liaison"]).get("/calendar/").text  # told once


def test_a_new_address_ends_the_old_one_and_a_revoked_one_opens_nothing(world, client_as, app):
    first = address(client_as(world["liaison"]))
    second = address(client_as(world["liaison"]))
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(second).status_code == 200
    link = db.session.query(Link).filter_by(revoked_at=None).one().id
    assert client_as(world["director"]).post(f"/calendar/{link}/revoke").status_code == 404
    assert client_as(world["liaison"]).post(f"/calendar/{link}/revoke").status_code == 303
    assert app.test_client().get(second).status_code == 404


def test_it_ends_with_its_year_and_with_the_account(world, client_as, app, frozen_clock):
    from meetings.accounts.models import User

    path = address(client_as(world["liaison"]))
    frozen_clock(NOW + rules.LASTS + timedelta(seconds=1))
    assert app.test_client().get(path).status_code == 404
    frozen_clock(NOW)
    with transaction(by=world["director"]):
        db.session.get(User, world["liaison"].user_id).is_active = False
    assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize("token", ["forged", "x" * 5000, "%00"])
def test_a_forged_address_is_not_found(world, stranger, token):
    assert stranger.get(f"/calendar/{token}.ics").status_code == 404


def test_who_guesses_is_slowed_down(world, stranger, monkeypatch):
    from meetings.calendar import views
    from meetings.core.limits import Limiter

    monkeypatch.setattr(views, "_limiter", Limiter(most=3))
    answers = [stranger.get(f"/calendar/guess{n}.ics").status_code for n in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_a_unit_makes_none_for_another_and_administrators_none_at_all(world, client_as):
    other = make.unit("县民政局")
    assert client_as(world["liaison"]).post("/calendar/new", data={"unit_id": str(other.id)}).status_code == 404
    assert client_as(make.actor(Role.SYSTEM_ADMIN)).get("/calendar/").status_code == 404

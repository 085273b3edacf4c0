"""Material goes to and fro until it is final, every version stays; a meeting's duties are ticked off."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from sqlalchemy import func, select

from meetings.core.db import db, transaction
from meetings.core.errors import DomainError
from meetings.meetings.models import AgendaItem, AgendaKind, MeetingStatus
from meetings.notifications.models import Notice
from meetings.rounds import actions, queries, rules
from meetings.rounds.models import (
    Collection,
    CollectionKind,
    CollectionStatus,
    Material,
    MaterialStatus,
    MaterialVersion,
    MeetingDuty,
)
from meetings.rounds.rules import MaterialAction
from tests import factories, pages
from tests.rounds.conftest import drafted

ASKED = {"form_key": "c1", "kind": "speech", "title": "推进会交流发言", "request": "1500字以内", "due_on": "2026-07-24"}


def collected(units, *, by, **values) -> int:
    defaults = {
        "kind": CollectionKind.SPEECH,
        "title": "推进会交流发言",
        "request": "",
        "due_on": date(2026, 7, 24),
        "group_ids": [],
        "unit_ids": [unit.id for unit in units],
        "meeting": None,
        "agenda_item": None,
    }
    with transaction(by=by):
        return actions.collect(**{**defaults, **values}, by=by).id


@pytest.fixture
def staff(session):
    return factories.staff()


def status_of(collection_id, unit):
    db.session.expire_all()
    rows = select(Material.status).filter_by(collection_id=collection_id, unit_id=unit.id)
    return db.session.scalar(rows)


def told(kind):
    return set(db.session.scalars(select(Notice.user_id).where(Notice.kind == f"rounds.material_{kind}")))


def test_versions_go_to_and_fro_until_one_is_final(client_as, staff, units):  # noqa: PLR0915 -- one story
    unit = units[0]
    liaison = factories.liaison(unit)
    office = client_as(staff)
    pages.check(office.get("/rounds/materials/").text)
    pages.check(office.get("/rounds/materials/new").text)
    made = office.post("/rounds/materials/new", data=ASKED | {"unit_ids": [str(one.id) for one in units]})
    collection_id = db.session.scalar(select(Collection.id))
    assert made.location == f"/rounds/materials/{collection_id}"
    page = office.get(made.location).text
    pages.check(page)
    assert "应交 2 家，已交 0 家，定稿 0 家" in page
    assert liaison.user_id in told("asked")
    address = f"/rounds/materials/{collection_id}/units/{unit.id}"

    writer = client_as(liaison)
    pages.check(writer.get("/rounds/materials/").text)
    assert writer.get(f"/rounds/materials/{collection_id}").location == address
    pages.check(writer.get(address).text)
    nothing = writer.post(address, data={"form_key": "h0", "text": " "})
    pages.check(nothing.text)
    assert "请填写正文，或上传文件" in nothing.text
    sent = {"form_key": "h1", "text": "各位领导：我局的做法是……"}
    assert writer.post(address, data=sent).status_code == 303
    writer.post(address, data=sent)
    assert db.session.scalar(select(func.count()).select_from(MaterialVersion)) == 1
    assert staff.user_id in told("handed_in")

    office = client_as(staff)
    page = office.get(address).text
    pages.check(page)
    assert "审第 1 稿" in page
    without = office.post(f"{address}/review", data={"form_key": "r0", "number": "1", "opinion": ""})
    pages.check(without.text)
    assert "请填写审稿意见" in without.text
    office.post(f"{address}/review", data={"form_key": "r1", "number": "1", "opinion": "补充数据，压到1200字。"})
    assert status_of(collection_id, unit) is MaterialStatus.RETURNED
    assert liaison.user_id in told("returned")

    writer = client_as(liaison)
    page = writer.get(address).text
    pages.check(page)
    assert "补充数据，压到1200字。" in page
    file = (BytesIO("第二稿".encode()), "交流发言.txt")
    writer.post(address, data={"form_key": "h2", "text": "", "files": file}, content_type="multipart/form-data")
    assert "第二稿" in writer.get(f"{address}/versions/2/file").text
    assert writer.get(f"{address}/versions/1/file").status_code == 404

    office = client_as(staff)
    stale = office.post(f"{address}/review", data={"form_key": "r2", "number": "1", "final": "y"})
    assert "请先看新稿" in stale.text
    office.post(f"{address}/review", data={"form_key": "r3", "number": "2", "final": "y"})
    assert status_of(collection_id, unit) is MaterialStatus.FINAL
    page = office.get(address).text
    pages.check(page)
    for said in ("第 1 稿", "第 2 稿", "各位领导：我局的做法是", "定稿", "同意定稿"):
        assert said in page
    assert client_as(liaison).post(address, data={"form_key": "h3", "text": "再改"}).status_code == 409
    office = client_as(staff)
    office.post(f"{address}/review", data={"form_key": "r4", "number": "2", "opinion": "领导要求再改一处。"})
    assert status_of(collection_id, unit) is MaterialStatus.RETURNED
    assert "领导要求再改一处" in office.get(address).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"unit_ids": []}, "请选择单位组或单位"),
        ({"due_on": "2026-07-13"}, "报送截止日已经过去"),
        ({"title": ""}, "请填写名称"),
        ({"kind": "poem"}, "请从列表中选择"),
    ],
)
def test_wrong_collections_are_shown_again(client_as, staff, units, typed, said):
    data = ASKED | {"unit_ids": [str(units[0].id)]} | typed
    answer = client_as(staff).post("/rounds/materials/new", data=data)
    pages.check(answer.text)
    assert said in answer.text
    assert "1500字以内" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Collection)) == 0


def test_units_see_and_hand_in_their_own_only(client_as, staff, units):
    collection_id = collected(units, by=staff)
    outsider, other = factories.liaison(factories.unit()), factories.liaison(units[1])
    address = f"/rounds/materials/{collection_id}/units/{units[0].id}"
    for actor in (outsider, other):
        client = client_as(actor)
        assert client.get(address).status_code == 404
        assert client.post(address, data={"form_key": "x", "text": "冒名"}).status_code == 404
        assert client.post(f"{address}/review", data={"form_key": "y", "number": "1"}).status_code == 404
    reader = client_as(factories.actor())
    pages.check(reader.get(address).text)
    assert reader.post(address, data={"form_key": "x", "text": "旁观"}).status_code == 403
    office = client_as(staff)
    office.post(address, data={"form_key": "p", "text": "纸质稿"})
    assert db.session.scalar(select(MaterialVersion.is_entered_by_office)) is True


def test_a_closed_collection_takes_nothing_until_it_begins_again(client_as, staff, units):
    collection_id = collected(units, by=staff)
    office = client_as(staff)
    office.post(f"/rounds/materials/{collection_id}/close", data={"form_key": "k1"})
    assert db.session.scalar(select(Collection.status)) is CollectionStatus.CLOSED
    address = f"/rounds/materials/{collection_id}/units/{units[0].id}"
    writer = client_as(factories.liaison(units[0]))
    page = writer.get(address).text
    pages.check(page)
    assert "征集已结束" in page
    assert writer.post(address, data={"form_key": "h", "text": "迟了"}).status_code == 409
    client_as(staff).post(f"/rounds/materials/{collection_id}/close", data={"form_key": "k2", "open": "y"})
    assert (
        client_as(factories.liaison(units[0])).post(address, data={"form_key": "h2", "text": "补交"}).status_code == 303
    )


def test_the_first_version_decides_who_is_on_time_and_materials_count_as_a_field(staff, units, tasks, frozen_clock):
    collection_id = collected(units, by=staff)
    asked = {unit.unit_id: unit for unit in queries.asked(queries.find(drafted(by=staff).id, actor=staff))}
    assert asked[units[1].id].quarter_count == asked[units[1].id].field_count + 1
    for n, unit in enumerate(units):
        liaison = factories.liaison(unit)
        frozen_clock(datetime(2026, 7, 24 + n, 2, tzinfo=UTC))
        with transaction(by=liaison):
            row = queries.find_material(collection_id, unit.id, actor=liaison, to_change=True)
            actions.hand_in(row, text="稿", file=None, by=liaison)
    (row,) = queries.collections(staff).rows
    assert (row.counts.owed, row.counts.handed_in, row.counts.on_time, row.counts.final) == (2, 2, 1, 0)
    assert (row.counts.handed_in_rate, row.counts.on_time_rate) == ("100.0%（2/2）", "50.0%（1/2）")


def test_what_is_offered_is_what_is_accepted(staff, units):
    unit = units[0]
    collection_id = collected(units, by=staff)
    actors = staff, factories.liaison(unit), factories.head(unit), factories.liaison(units[1]), factories.actor()
    offered = {}
    for status in MaterialStatus:
        row = Material(unit_id=unit.id, status=status, collection=db.session.get(Collection, collection_id))
        for n, actor in enumerate(actors):
            accepted = []
            for action in MaterialAction:
                try:
                    rules.next_material_status(row, action, actor)
                except DomainError:
                    continue
                accepted.append(action)
            assert rules.available_material_actions(row, actor) == accepted
            offered[status, n] = accepted
        db.session.expunge_all()
    hand_in, give_back, finalise = MaterialAction
    assert offered[MaterialStatus.SUBMITTED, 0] == [hand_in, give_back, finalise]
    assert offered[MaterialStatus.SUBMITTED, 1] == offered[MaterialStatus.OWED, 2] == [hand_in]
    assert offered[MaterialStatus.FINAL, 1] == offered[MaterialStatus.OWED, 3] == offered[MaterialStatus.OWED, 4] == []


# --- before a meeting ---


@pytest.fixture
def meeting(session):
    return factories.meeting(title="推进会", status=MeetingStatus.ANNOUNCED, held_on=date(2026, 8, 3))


def test_duties_are_listed_changed_ticked_and_taken_out(client_as, staff, meeting):
    office = client_as(staff)
    here = f"/meetings/{meeting.id}/preparation"
    page = office.get(here).text
    pages.check(page)
    assert "还没有会务分工" in page
    assert here in office.get(f"/meetings/{meeting.id}").text
    office.post(f"{here}/usual", data={"form_key": "u1"})
    office.post(f"{here}/usual", data={"form_key": "u2"})
    assert db.session.scalar(select(func.count()).select_from(MeetingDuty)) == 8
    data = {"form_key": "a1", "what": "联系合影", "who": "县妇联办公室", "due_on": "2026-08-01"}
    assert office.post(here, data=data).status_code == 303
    late = office.post(here, data=data | {"form_key": "a2", "due_on": "2026-08-04"})
    pages.check(late.text)
    assert "晚于会议日期8月3日" in late.text
    assert "请填写事项" in office.post(here, data={"form_key": "a3"}).text
    duty_id = db.session.scalar(select(MeetingDuty.id).where(MeetingDuty.what == "联系合影"))
    office.post(f"{here}/duties/{duty_id}/tick", data={"form_key": "t1"})
    page = office.get(here).text
    pages.check(page)
    assert "9 项，已完成 1 项" in page
    pages.check(office.get(f"{here}/duties/{duty_id}").text)
    edited = {"form_key": "e1", "version": "2", "what": "联系摄影", "who": "", "due_on": ""}
    office.post(f"{here}/duties/{duty_id}", data=edited)
    assert office.post(f"{here}/duties/{duty_id}", data=edited | {"form_key": "e2"}).status_code == 409
    office.post(f"{here}/duties/{duty_id}/tick", data={"form_key": "t2", "undo": "y"})
    assert "联系摄影" in office.get(here).text
    office.post(f"{here}/duties/{duty_id}/remove", data={"form_key": "d1"})
    assert db.session.scalar(select(func.count()).select_from(MeetingDuty)) == 8


def test_material_is_collected_for_an_item_of_the_agenda(client_as, session, staff, units, meeting):
    item = factories.save(AgendaItem(meeting_id=meeting.id, position=1, kind=AgendaKind.EXCHANGE, title="交流发言"))
    meeting_id, item_id = meeting.id, item.id
    office = client_as(staff)
    address = f"/rounds/materials/new?meeting={meeting_id}"
    page = office.get(address).text
    pages.check(page)
    assert "用于会议：推进会" in page
    made = office.post(address, data=ASKED | {"unit_ids": [str(units[0].id)], "agenda_item_id": str(item_id)})
    assert made.status_code == 303
    row = db.session.scalars(select(Collection)).one()
    assert (row.meeting_id, row.agenda_item_id) == (meeting_id, item_id)
    page = office.get(f"/meetings/{meeting_id}/preparation").text
    pages.check(page)
    assert "推进会交流发言" in page
    assert "0/1" in page
    assert f"/meetings/{meeting_id}/preparation" in office.get(made.location).text


def test_readers_see_preparation_and_units_do_not(client_as, session, units, meeting):
    here = f"/meetings/{meeting.id}/preparation"
    reader = client_as(factories.actor())
    pages.check(reader.get(here).text)
    assert reader.post(here, data={"form_key": "a", "what": "x"}).status_code == 404
    assert client_as(factories.liaison(units[0])).get(here).status_code == 404

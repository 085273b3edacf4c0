"""Documents: recorded by the office, read by units where meant for them."""

from io import BytesIO

import pytest

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.documents import queries
from meetings.documents.models import Document, DocumentReading
from tests import factories
from tests.pages import check


def document_form(**more):
    return {"form_key": "a", "kind": "scheme", "title": "评估工作方案", "number": "×妇儿工委〔2026〕1号", **more}


@pytest.fixture
def client(client_as, session):
    return client_as(factories.staff())


def test_a_document_is_recorded_with_its_files(client):
    check(client.get("/documents/new").text)
    data = document_form(text="一、总体要求", issued_on="2026-05-01", files=[(BytesIO(b"%PDF-1.7"), "方案.pdf")])
    answer = client.post("/documents/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    check(page)
    assert "一、总体要求" in page
    assert "方案.pdf" in page
    document = db.session.query(Document).one()
    (file,) = queries.find(document.id, actor=factories.staff()).files
    assert client.get(f"/documents/{document.id}/files/{file.id}").data == b"%PDF-1.7"
    client.post(f"/documents/{document.id}/files/{file.id}/remove")
    assert client.get(f"/documents/{document.id}/files/{file.id}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": ""}, "请填写标题"),
        ({"kind": "song"}, "请从列表中选择种类"),
        ({"issued_on": "2026-07-15"}, "印发日期不能晚于今天"),
        ({"text": "密级：机密"}, "有密级标志"),
    ],
)
def test_wrong_input_is_shown_again(client, wrong, message):
    answer = client.post("/documents/new", data=document_form(issuing_body="县政府办𠮷") | wrong)
    check(answer.text)
    assert message in answer.text
    assert "县政府办𠮷" in answer.text
    assert db.session.query(Document).count() == 0


def test_a_wrong_file_leaves_no_document_behind(client):
    data = document_form(files=[(BytesIO(b"MZ"), "方案.pdf")])
    answer = client.post("/documents/new", data=data, content_type="multipart/form-data")
    check(answer.text)
    assert "内容与扩展名 pdf 不符" in answer.text
    assert db.session.query(Document).count() == 0


def test_a_form_sent_twice_makes_one_document(client):
    first = client.post("/documents/new", data=document_form())
    assert client.post("/documents/new", data=document_form()).location == first.location
    assert db.session.query(Document).count() == 1


def test_two_who_edit_see_both_texts(client):
    document = factories.document()
    address = f"/documents/{document.id}/edit"
    check(client.get(address).text)
    assert client.post(address, data=document_form(title="甲", version="1")).status_code == 303
    answer = client.post(address, data=document_form(title="乙", version="1", form_key="b"))
    assert answer.status_code == 409
    check(answer.text)


def test_files_are_added_later(client):
    document = factories.document()
    address = f"/documents/{document.id}/files"
    check(client.get(address).text)
    answer = client.post(address, data={"form_key": "a"})
    check(answer.text)
    assert "请选择添加附件" in answer.text
    data = {"form_key": "b", "files": [(BytesIO(b"%PDF-1.7"), "附件.pdf")]}
    assert client.post(address, data=data, content_type="multipart/form-data").status_code == 303


def test_a_unit_reads_what_is_meant_for_units_and_confirms_it_once(client_as, session, statements):
    unit = factories.unit("县教育局")
    factories.unit("县卫健委")
    inner, open_ = factories.document(title="内部"), factories.document(title="公开方案", is_for_units=True)
    client = client_as(factories.liaison(unit))
    page = client.get("/documents/").text
    check(page)
    assert "公开方案" in page
    assert "内部</a>" not in page
    assert client.get(f"/documents/{inner.id}").status_code == 404
    assert client.post(f"/documents/{inner.id}/read", data={"form_key": "x"}).status_code == 404
    check(client.get(f"/documents/{open_.id}").text)
    for key in ("a", "a", "b"):
        client.post(f"/documents/{open_.id}/read", data={"form_key": key})
    reading = db.session.query(DocumentReading).one()
    assert reading.unit_id == unit.id
    office = client_as(factories.staff())
    page = office.get(f"/documents/{open_.id}").text
    check(page)
    assert "已阅 1/2 家单位" in page
    assert "未阅单位：县卫健委" in " ".join(page.split())
    statements.clear()
    page = office.get("/documents/").text
    assert len(statements) <= 5
    check(page)
    assert "已阅 1/2 家" in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.OBSERVER, Role.LIAISON])
def test_only_the_office_records(client_as, session, role):
    document = factories.document(is_for_units=True)
    client = client_as(factories.actor(role, unit=factories.unit()))
    assert client.post("/documents/new", data=document_form()).status_code == 404
    assert client.post(f"/documents/{document.id}/edit", data=document_form(version="1")).status_code == 404
    assert client.post(f"/documents/{document.id}/files", data={}).status_code == 404
    assert db.session.query(Document).count() == 1


def test_documents_of_another_committee_are_not_found(client):
    foreign = factories.document(committee_id=factories.committee().id, is_for_units=True)
    for tab in ("", "/edit", "/files"):
        assert client.get(f"/documents/{foreign.id}{tab}").status_code == 404


def test_administrators_see_no_documents(client_as, session):
    document = factories.document(is_for_units=True)
    client = client_as(factories.actor(Role.SYSTEM_ADMIN))
    assert client.get("/documents/").status_code == 404
    assert client.get(f"/documents/{document.id}").status_code == 404


def test_the_list_is_filtered_and_says_what_to_do_first(client):
    assert "先登记方案、规划或上级来文" in client.get("/documents/").text
    factories.document(title="评估方案")
    factories.document(title="发展规划", kind="plan")
    for query, shown in (("kind=plan", 1), ("q=方案", 1), ("q=无", 0)):
        page = client.get(f"/documents/?{query}").text
        check(page)
        assert f"筛选后共 {shown} 份" in page

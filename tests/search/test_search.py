"""The search finds titles and numbers of what one may see, and stays calm at whatever is typed."""

from datetime import date

import pytest

from meetings.accounts.models import Role
from tests import factories as make
from tests.pages import check


def shown(client, typed):
    page = client.get("/search", query_string={"q": typed})
    assert page.status_code == 200
    check(page.text)
    return page.text


@pytest.fixture
def things(session):
    schools, health = make.unit("县教育局", initials="xjyj"), make.unit("县卫生健康委员会", short_name="县卫健委")
    director = make.director()
    meeting = make.meeting(title="儿童工作推进会", held_on=date(2026, 5, 20))
    mine = make.issued(title="儿童档案核对", by=director, lead_unit=schools)
    other = make.issued(title="儿童体检安排", by=director, lead_unit=health)
    make.document(title="儿童规划", number="×政办〔2026〕3号", is_for_units=True)
    make.document(title="儿童内部稿")
    make.post(schools, person_id=make.person("罗儿童", initials="let").id)
    return {"schools": schools, "director": director, "meeting": meeting, "mine": mine, "other": other}


def test_the_office_finds_every_kind_with_its_count(client_as, things):
    page = shown(client_as(things["director"]), "儿童")
    for said in ("儿童工作推进会", "儿童档案核对", "儿童体检安排", "儿童规划", "儿童内部稿", "罗儿童"):
        assert said in page
    assert "共 6 项：会议 1，任务 2，文件 2，单位 0，人员 1" in page


def test_a_unit_finds_what_it_may_see_and_counts_no_more(client_as, things):
    page = shown(client_as(make.liaison(things["schools"])), "儿童")
    assert "儿童档案核对" in page
    assert "儿童规划" in page
    for hidden in ("儿童体检安排", "儿童内部稿", "儿童工作推进会"):
        assert hidden not in page
    assert "会议 0，任务 1，文件 1" in page


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_an_administrator_finds_nothing(client_as, things, role):
    page = shown(client_as(make.actor(role)), "儿童")
    assert "儿童档案核对" not in page
    assert "共 0 项" in page


def test_another_committee_is_not_searched(client_as, things):
    elsewhere = make.actor(Role.OFFICE_DIRECTOR, committee_id=make.committee().id)
    assert "共 0 项" in shown(client_as(elsewhere), "儿童")


def test_numbers_letters_and_short_names_are_found(client_as, things):
    client = client_as(things["director"])
    assert "儿童档案核对" in shown(client, things["mine"].number)
    assert "儿童规划" in shown(client, "〔2026〕3")
    assert f'href="/directory/units/{things["schools"].id}"' in shown(client, "XJYJ")
    assert "县卫生健康委员会" in shown(client, "卫健委")


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "100%", "'", '"', "--", ";", "[", "*", "儿_", "(", "<b>", "\x00", "  "]
)
def test_signs_mean_themselves(client_as, things, typed):
    page = shown(client_as(things["director"]), typed)
    assert "儿童档案核对" not in page


@pytest.mark.parametrize("typed", ["儿" * 2000, "。" * 2000, "% _" * 600, "㐂龘𠮷𬱖" * 300, "' OR 1=1 --" * 100])
def test_long_and_strange_queries_are_answered_calmly(client_as, things, typed):
    shown(client_as(things["director"]), typed)


def test_broken_bytes_are_answered_calmly(client_as, things):
    page = client_as(things["director"]).get("/search?q=%ED%A0%80%FF%E5%84")
    assert page.status_code == 200
    check(page.text)


def test_rare_characters_are_found(client_as, things):
    make.meeting(title="㐂龘𠮷𬱖座谈会")
    assert "㐂龘𠮷𬱖座谈会" in shown(client_as(things["director"]), "龘𠮷")


def test_nothing_typed_shows_the_form_alone(client_as, things):
    page = shown(client_as(things["director"]), "")
    assert "没有找到" not in page


def test_nothing_found_says_what_to_try(client_as, things):
    assert "换短一些的词" in shown(client_as(things["director"]), "没有这样的词")


def test_a_stranger_signs_in_first(stranger, things):
    assert stranger.get("/search?q=x").headers["Location"].startswith("/sign-in")


def test_many_hits_are_counted_and_the_first_are_listed(client_as, things, statements):
    for n in range(12):
        make.issued(title=f"轮训{n}", by=things["director"], lead_unit=things["schools"])
    client = client_as(things["director"])
    statements.clear()
    page = shown(client, "轮训")
    assert len(statements) <= 11
    assert "12 项，列出前 10 项" in page

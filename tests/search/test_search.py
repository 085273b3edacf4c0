"""The search finds titles and numbers of what one may see, and stays calm at whatever is typed."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from meetings.accounts.models import Role
from tests import factories as make
from tests.pages import check
from tests.support.worlds import world


def counts(page):
    """What the tabs say."""
    return dict(re.findall(r'<li><a href="/search[^>]*>(\S+)\s*<span class="n">([^<]*)</span>', page))


def shown(client, typed):
    page = client.get("/search", query_string={"q": typed})
    assert page.status_code == 200
    check(page.text)
    return page.text


@world
def things():
    schools, health = make.unit("县教育局", initials="xjyj"), make.unit("县卫生健康委员会", short_name="县卫健委")
    director = make.director()
    meeting = make.meeting(title="儿童工作推进会", held_on=date(2026, 5, 20))
    mine = make.issued(title="儿童档案核对", by=director, lead_unit=schools)
    other = make.issued(title="儿童体检安排", by=director, lead_unit=health)
    make.document(title="儿童规划", number="×政办〔2026〕3号", is_for_units=True)
    make.document(title="儿童内部稿")
    make.post(schools, person_id=make.person("罗儿童", initials="let").id)
    return SimpleNamespace(schools=schools, director=director, meeting=meeting, mine=mine, other=other)


def test_the_office_finds_every_kind_with_its_count(client_as, things):
    page = shown(client_as(things.director), "儿童")
    for said in ("工作推进会", "档案核对", "体检安排", "规划", "内部稿"):
        assert f"<mark>儿童</mark>{said}" in page
    assert "罗<mark>儿童</mark>" in page
    assert counts(page) == {"全部": "6", "人员": "1", "会议": "1", "文件": "2", "任务": "2"}


def test_a_unit_finds_what_it_may_see_and_counts_no_more(client_as, things):
    page = shown(client_as(make.liaison(things.schools)), "儿童")
    assert "<mark>儿童</mark>档案核对" in page
    assert "<mark>儿童</mark>规划" in page
    for hidden in ("体检安排", "内部稿", "工作推进会"):
        assert hidden not in page
    assert counts(page) == {"全部": "3", "人员": "1", "文件": "1", "任务": "1"}


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_an_administrator_finds_nothing(client_as, things, role):
    page = shown(client_as(make.actor(role)), "儿童")
    assert "档案核对" not in page
    assert "没有找到" in page


def test_another_committee_is_not_searched(client_as, things):
    elsewhere = make.actor(Role.OFFICE_DIRECTOR, committee_id=make.committee().id)
    assert "没有找到" in shown(client_as(elsewhere), "儿童")


def test_numbers_lead_straight_to_what_they_name(client_as, things):
    client = client_as(things.director)
    meeting = make.meeting(title="全体会议", year=2026, sequence=2)
    document = make.document(title="实施细则", number="×政办〔2026〕31号")
    for typed, address in (
        (things.mine.number, f"/tasks/{things.mine.id}"),
        (things.mine.number.replace("-", "－"), f"/tasks/{things.mine.id}"),
        ("2026年第2次", f"/meetings/{meeting.id}"),
        ("×政办[2026] 31 号", f"/documents/{document.id}"),
    ):
        answer = client.get("/search", query_string={"q": typed})
        assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert "没有找到" in shown(client, "2026-999")


def test_a_number_that_one_may_not_see_leads_nowhere(client_as, things):
    page = shown(client_as(make.liaison(things.schools)), things.other.number)
    assert "没有找到" in page


def test_a_number_that_two_meetings_have_is_searched(client_as, things):
    for _ in range(2):
        make.meeting(title="联席会议", year=2025, sequence=1)
    assert counts(shown(client_as(things.director), "2025年第1次"))["会议"] == "2"


def test_first_letters_find_units_and_people(client_as, things):
    page = shown(client_as(things.director), "JYJ")
    assert f'href="/directory/units/{things.schools.id}"' in page
    assert "罗儿童" in shown(client_as(things.director), "let")
    assert "县卫生健康委员会" in shown(client_as(things.director), "卫健委")


def test_traditional_and_simplified_find_each_other(client_as, things):
    make.meeting(title="婦女發展綱要座談會")
    client = client_as(things.director)
    assert "<mark>婦女發展</mark>綱要" in shown(client, "妇女发展")
    assert "<mark>儿童</mark>档案核对" in shown(client, "兒童")


def test_one_character_is_answered(client_as, things):
    assert counts(shown(client_as(things.director), "童"))["任务"] == "2"
    assert counts(shown(client_as(things.director), "档"))["任务"] == "1"


def test_words_apart_must_all_be_there(client_as, things):
    page = shown(client_as(things.director), "儿童 体检")
    assert "<mark>儿童</mark><mark>体检</mark>安排" in page
    assert counts(page) == {"全部": "1", "任务": "1"}


def test_what_was_typed_by_others_is_text_and_not_markup(client_as, things):
    make.meeting(title="<script>儿童</script>&")
    assert "&lt;script&gt;<mark>儿童</mark>&lt;/script&gt;&amp;" in shown(client_as(things.director), "儿童")


def test_a_kind_and_a_year_can_be_chosen(client_as, things):
    client = client_as(things.director)
    make.meeting(title="儿童保护会", held_on=date(2019, 3, 1))
    page = client.get("/search", query_string={"q": "儿童", "year": "2019"}).text
    assert counts(page) == {"全部": "1", "会议": "1"}
    page = client.get("/search", query_string={"q": "儿童", "kind": "meetings"}).text
    assert "保护会" in page
    assert "档案核对" not in page
    assert "第 1 页，共 1 页" in page
    for strange in (
        {"kind": "nothing"},
        {"year": "20２6"},
        {"year": "-1"},
        {"page": "99999"},
        {"kind": "tasks", "page": "9"},
    ):
        assert client.get("/search", query_string={"q": "儿童", **strange}).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "%",
        "_",
        "\\",
        "100%",
        "'",
        '"',
        "--",
        ";",
        "[",
        "*",
        "鳄_",
        "(",
        "<b>",
        "\x00",
        "  ",
        "NEAR(",
        "AND",
        "OR",
        "words:",
        "a1",
        "k12",
        "=a1",
        "&",
        "<->",
        ":*",
    ],
)
def test_signs_mean_themselves(client_as, things, typed):
    page = shown(client_as(things.director), typed)
    assert "档案核对" not in page


@pytest.mark.parametrize("typed", ["。，、", '" * ( ) : -', "%_", "🙂", "★"])
def test_signs_alone_are_told_apart_from_words(client_as, things, typed):
    assert "只有标点和符号" in shown(client_as(things.director), typed)


@pytest.mark.parametrize("typed", ["儿" * 2000, "。" * 2000, "% _" * 600, "㐂龘𠮷𬱖" * 300, "' OR 1=1 --" * 100])
def test_long_and_strange_queries_are_answered_calmly(client_as, things, typed):
    shown(client_as(things.director), typed)


def test_a_query_that_is_cut_says_so(client_as, things):
    client = client_as(things.director)
    assert "只按前 100 个字符查找" in shown(client, "儿" * 2000)
    assert "只按前" not in shown(client, "儿" * 100)


def test_broken_bytes_are_answered_calmly(client_as, things):
    page = client_as(things.director).get("/search?q=%ED%A0%80%FF%E5%84")
    assert page.status_code == 200
    check(page.text)


def test_rare_characters_are_found(client_as, things):
    make.meeting(title="㐂龘𠮷𬱖座谈会")
    client = client_as(things.director)
    assert "㐂<mark>龘𠮷</mark>𬱖座谈会" in shown(client, "龘𠮷")
    assert "㐂龘𠮷<mark>𬱖座</mark>谈会" in shown(client, "𬱖座")
    assert "㐂龘𠮷<mark>𬱖</mark>座谈会" in shown(client, "𬱖")


def test_nothing_typed_shows_the_form_alone(client_as, things):
    page = shown(client_as(things.director), "")
    assert "没有找到" not in page


def test_nothing_found_says_what_to_try(client_as, things):
    assert "换短一些的词" in shown(client_as(things.director), "没有这样的词")


def test_a_stranger_signs_in_first(stranger, things):
    assert stranger.get("/search?q=x").headers["Location"].startswith("/sign-in")


def test_many_hits_are_counted_and_the_first_are_listed(client_as, things, statements):
    for n in range(12):
        make.issued(title=f"轮训{n}", by=things.director, lead_unit=things.schools)
    client = client_as(things.director)
    statements.clear()
    page = shown(client, "轮训")
    assert len(statements) <= 8
    assert "全部 12 项" in page
    assert page.count("<mark>轮训</mark>") == 5
    page = client.get("/search", query_string={"q": "轮训", "kind": "tasks"}).text
    assert page.count("<mark>轮训</mark>") == 12

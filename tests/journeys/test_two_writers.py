"""Two people edit one record: who comes second sees both texts, loses nothing and decides."""

import pytest
from lxml import html

from tests import factories
from tests.journeys.pages import filled, send
from tests.pages import check


@pytest.fixture
def office(client_as):
    """Two clerks of one office, each with a browser; the one who acts is named at each step."""
    clerks = {"first": factories.staff(), "second": factories.staff()}
    return lambda name: client_as(clerks[name])


def collide(office, path, field, theirs, mine):
    """Both open the page; the first saves, then the second sends. The answer that the second gets."""
    action, values = filled(office("second"), path, **{field: mine})
    send(office("first"), path, **{field: theirs})
    return office("second").post(action, data=values)


def both_texts(answer):
    """What the page shows of what stands now and of what was typed."""
    page = html.fromstring(answer.text)
    sides = [page.get_element_by_id("versus-theirs"), page.get_element_by_id("versus-mine")]
    return ["".join((side.getparent() if side.tag == "h2" else side).itertext()) for side in sides]


def send_again(client, answer):
    """Press 用我写的替换 on the page that shows both."""
    form = next(form for form in html.fromstring(answer.text).forms if "用我写的替换" in form.text_content())
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return client.post(form.get("action"), data=values)


def test_minutes(office):
    path = f"/meetings/{factories.meeting().id}/minutes/edit"
    send(office("first"), path, text="会议议定两项。")
    answer = collide(office, path, "text", "会议议定两项，其一为核对底数。", "会议议定两项，另有一项待商。")
    assert answer.status_code == 409
    check(answer.text)
    theirs, mine = both_texts(answer)
    assert "其一为核对底数" in theirs
    assert "另有一项待商" in mine
    assert "其一为核对底数" in office("first").get(path).text
    assert send_again(office("second"), answer).status_code == 303
    assert "另有一项待商" in office("first").get(path).text
    revisions = [office("first").get(f"{path.removesuffix('/edit')}/revisions/{n}").text for n in (1, 2, 3)]
    assert "其一为核对底数" in revisions[1]
    assert "另有一项待商" in revisions[2]


def test_minutes_that_both_begin(office):
    path = f"/meetings/{factories.meeting().id}/minutes/edit"
    answer = collide(office, path, "text", "先写的一稿。", "后写的一稿。")
    assert answer.status_code == 409
    theirs, mine = both_texts(answer)
    assert "先写的一稿" in theirs
    assert "后写的一稿" in mine
    assert send_again(office("second"), answer).status_code == 303
    assert "后写的一稿" in office("first").get(path).text


def test_a_task_draft(office):
    lead, helper = factories.unit("县教育局"), factories.unit("县民政局")
    task = factories.draft(title="走访学生", lead_unit=lead, cooperating_units=[helper], standards=["台账齐全"])
    path = f"/tasks/{task.id}/edit"
    answer = collide(office, path, "title", "逐校走访学生", "走访寄宿学生")
    assert answer.status_code == 409
    check(answer.text)
    theirs, mine = both_texts(answer)
    assert "逐校走访学生" in theirs
    assert "走访寄宿学生" in mine
    assert "逐校走访学生" in office("first").get(f"/tasks/{task.id}").text
    assert send_again(office("second"), answer).status_code == 303
    page = office("first").get(f"/tasks/{task.id}").text
    assert "走访寄宿学生" in page
    assert "台账齐全" in page
    assert "县民政局" in page


def test_a_unit(office):
    unit = factories.unit("县医保局")
    path = f"/directory/units/{unit.id}/edit"
    answer = collide(office, path, "note", "参保登记由其办理。", "二〇一九年组建。")
    assert answer.status_code == 409
    check(answer.text)
    theirs, mine = both_texts(answer)
    assert "参保登记由其办理" in theirs
    assert "二〇一九年组建" in mine
    assert "参保登记由其办理" in office("first").get(path).text
    assert send_again(office("second"), answer).status_code == 303
    assert "二〇一九年组建" in office("first").get(path).text


def test_what_stands_may_be_left_as_it_is(office):
    unit = factories.unit("县残联")
    path = f"/directory/units/{unit.id}/edit"
    answer = collide(office, path, "note", "甲写的。", "乙写的。")
    back = html.fromstring(answer.text).xpath("//a[normalize-space()='用现在这一稿']/@href")[0]
    assert "甲写的。" in office("second").get(back).text


def test_what_each_of_two_changed_is_chosen_one_by_one(office):
    """The first changes the title, the second the day: the second keeps both, without typing anything again."""
    task = factories.draft(title="走访学生", lead_unit=factories.unit("县教育局"))
    path = f"/tasks/{task.id}/edit"
    action, values = filled(office("second"), path, due_on="2026-12-25")
    send(office("first"), path, title="逐校走访学生")

    answer = office("second").post(action, data=values)

    assert answer.status_code == 409
    check(answer.text)
    assert "您打开修改之后，办公室工作人员在 7月14日 10:30 保存了另一稿" in answer.text
    form = next(form for form in html.fromstring(answer.text).forms if "按所选保存" in form.text_content())
    assert set(form.inputs["title"].value_options) == {"走访学生", "逐校走访学生"}
    form.inputs["title"].value = "逐校走访学生"
    assert form.inputs["due_on"].value == "2026-12-25"  # one's own words, unless one chooses otherwise
    sent = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    assert office("second").post(form.get("action"), data=sent).status_code == 303
    kept = html.fromstring(office("first").get(path).text).get_element_by_id
    assert (kept("title").get("value"), kept("due_on").get("value")) == ("逐校走访学生", "2026-12-25")

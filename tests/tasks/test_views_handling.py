"""From hand to hand: each step through its page, by the right person, in the right state, once."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from meetings.accounts.models import Role
from meetings.tasks.models import Standard, Task, TaskAction, TaskEvent, TaskStatus
from tests import factories, pages

S = TaskStatus
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def unit(session):
    return factories.unit("县教育局")


def events(session, task):
    return [event.action for event in session.query(TaskEvent).filter_by(task_id=task.id).order_by(TaskEvent.id)]


def status_of(session, task):
    session.expire_all()
    return session.get(Task, task.id).status


def paper(**more):
    return {
        "how": "on_paper",
        "signed_by": "县教育局局长",
        "signed_on": "2026-07-10",
        "signed_words": "同意",
        "scan": (BytesIO(PDF), "签批件.pdf"),
    } | more


def refused_with(answer, *words):
    assert answer.status_code in {403, 409}
    pages.check(answer.text)
    for text in words:
        assert text in answer.text


# name, status before, who, form, status after
STEPS = [
    ("submit-for-issue", S.DRAFT, "staff", {}, S.PENDING_ISSUE),
    ("issue", S.PENDING_ISSUE, "director", {"how": "on_line"}, S.ISSUED),
    ("acknowledge", S.ISSUED, "liaison", {}, S.IN_PROGRESS),
    ("decline", S.ISSUED, "liaison", {"reason": "按三定规定属县民政局职责"}, S.PENDING_ISSUE),
    ("submit", S.IN_PROGRESS, "liaison", {"note": "已全部排查"}, S.UNIT_REVIEW),
    ("approve", S.UNIT_REVIEW, "head", {"how": "on_line", "note": "同意"}, S.OFFICE_REVIEW),
    ("return", S.UNIT_REVIEW, "head", {"reason": "请补数字"}, S.IN_PROGRESS),
    ("return", S.OFFICE_REVIEW, "staff", {"reason": "请补数字"}, S.IN_PROGRESS),
    ("complete", S.OFFICE_REVIEW, "director", {"how": "on_line", "note": "同意办结"}, S.COMPLETED),
    ("close", S.COMPLETED, "staff", {"how": "on_line", "note": "已实地核查"}, S.CLOSED),
    ("suspend", S.IN_PROGRESS, "director", {"how": "on_line", "reason": "等上级文件"}, S.SUSPENDED),
    ("resume", S.SUSPENDED, "director", {"how": "on_line", "reason": "文件已到"}, S.IN_PROGRESS),
    ("cancel", S.IN_PROGRESS, "director", {"how": "on_line", "reason": "已并入另一任务"}, S.CANCELLED),
    ("reopen", S.CLOSED, "director", {"how": "on_line", "reason": "回头看发现未落实"}, S.IN_PROGRESS),
]
PRESSED = {"submit-for-issue", "acknowledge"}


def people(unit):
    return {
        "staff": factories.staff,
        "director": factories.director,
        "liaison": lambda: factories.liaison(unit),
        "head": lambda: factories.head(unit),
        "leader": lambda: factories.actor(Role.LEADER),
        "observer": lambda: factories.actor(Role.OBSERVER),
        "other": lambda: factories.liaison(factories.unit("县水利局")),
    }


@pytest.mark.parametrize(("name", "before", "who", "form", "after"), STEPS)
def test_a_step_is_taken_once_by_the_right_person(client_as, session, unit, name, before, who, form, after):
    task = factories.task(lead_unit=unit, status=before, due_on=date(2026, 9, 30), basis="任务分解")
    client = client_as(people(unit)[who]())
    address = f"/tasks/{task.id}/{name}"
    if name in PRESSED:
        assert client.get(address).status_code == 405
    else:
        pages.check(client.get(address).text)
    assert status_of(session, task) is before
    assert events(session, task) == []

    first = client.post(address, data={"form_key": "k1", **form})
    second = client.post(address, data={"form_key": "k1", **form})

    assert first.status_code == second.status_code == 303
    assert second.location == first.location == ("/tasks/" if name == "decline" else f"/tasks/{task.id}")
    assert status_of(session, task) is after
    assert len(events(session, task)) == 1
    html = client_as(factories.director()).get(f"/tasks/{task.id}").text
    pages.check(html)
    assert form.get("reason", form.get("note", "")) in html


@pytest.mark.parametrize(("name", "before", "who", "form", "after"), STEPS)
def test_the_wrong_person_is_refused_or_finds_nothing(client_as, session, unit, name, before, who, form, after):
    task = factories.task(lead_unit=unit, status=before, due_on=date(2026, 9, 30), basis="任务分解")
    address = f"/tasks/{task.id}/{name}"
    allowed = {who, "director"} if name in {"submit-for-issue", "return", "close"} else {who}
    if name == "approve":
        allowed |= {"liaison", "staff", "director"}
    if name in {"acknowledge", "decline"}:
        allowed |= {"head", "liaison"}
    for other in people(unit).keys() - allowed:
        client = client_as(people(unit)[other]())
        answer = client.post(address, data={"form_key": f"k-{other}", **form})
        assert answer.status_code in {403, 404}, other
        if name not in PRESSED:
            assert client.get(address).status_code in {403, 404, 409}, other
        if answer.status_code == 403:
            assert "可以办理此事的" in answer.text
    assert status_of(session, task) is before
    assert events(session, task) == []


@pytest.mark.parametrize(("name", "before", "who", "form", "after"), STEPS)
def test_the_wrong_state_is_refused(client_as, session, unit, name, before, who, form, after):
    wrong = S.CANCELLED if name != "reopen" else S.IN_PROGRESS
    task = factories.task(lead_unit=unit, status=wrong, due_on=date(2026, 9, 30), basis="任务分解")
    client = client_as(people(unit)[who]())

    refused_with(client.post(f"/tasks/{task.id}/{name}", data={"form_key": "k1", **form}), "没有办理")
    if name not in PRESSED:
        refused_with(client.get(f"/tasks/{task.id}/{name}"), "没有办理")
    assert status_of(session, task) is wrong


@pytest.mark.parametrize(
    ("name", "before", "who", "message"),
    [
        ("decline", S.ISSUED, "liaison", "请填写退签理由"),
        ("submit", S.IN_PROGRESS, "liaison", "请填写办结情况"),
        ("return", S.UNIT_REVIEW, "head", "请填写退回理由"),
        ("suspend", S.IN_PROGRESS, "director", "请填写理由"),
        ("cancel", S.IN_PROGRESS, "director", "请填写理由"),
        ("reopen", S.CLOSED, "director", "请填写理由"),
        ("close", S.COMPLETED, "staff", "请填写销号依据"),
    ],
)
def test_a_step_without_its_reason_is_shown_again(client_as, session, unit, name, before, who, message):
    task = factories.task(lead_unit=unit, status=before)

    answer = client_as(people(unit)[who]()).post(f"/tasks/{task.id}/{name}", data={"form_key": "k1", "how": "on_line"})

    assert answer.status_code == 200
    pages.check(answer.text)
    assert message in answer.text
    assert status_of(session, task) is before


def test_due_before_issue_is_refused_and_what_was_typed_stays(client_as, session, unit):
    task = factories.task(lead_unit=unit, due_on=date(2026, 7, 1), basis="任务分解")

    answer = client_as(factories.director()).post(
        f"/tasks/{task.id}/issue", data={"form_key": "k1", "how": "on_line", "note": "请抓紧办理"}
    )

    assert answer.status_code == 200
    pages.check(answer.text)
    assert "完成时限不能早于交办当天" in answer.text
    assert "请抓紧办理" in answer.text
    assert status_of(session, task) is S.DRAFT


def test_issuing_shows_the_burden_first(client_as, session, unit):
    factories.task(lead_unit=unit, status=S.IN_PROGRESS)
    task = factories.task(lead_unit=unit, due_on=date(2026, 12, 31))

    html = client_as(factories.director()).get(f"/tasks/{task.id}/issue").text

    assert "交办后各单位的负担" in html
    assert "2 件" in html


def test_a_head_who_signs_on_paper_is_recorded_by_the_liaison(client_as, session, unit):
    task = factories.task(lead_unit=unit, status=S.UNIT_REVIEW)
    client = client_as(factories.liaison(unit))
    page = client.get(f"/tasks/{task.id}/approve").text
    pages.check(page)
    assert "由我在线办理" not in page

    answer = client.post(f"/tasks/{task.id}/approve", data={"form_key": "k1", **paper()})

    assert answer.status_code == 303
    html = client.get(answer.location).text
    pages.check(html)
    for words in ("县教育局局长", "2026年7月10日", "“同意”", "代录", "签批件.pdf"):
        assert words in html
    event = session.query(TaskEvent).filter_by(action=TaskAction.APPROVE_IN_UNIT).one()
    file = client.get(f"/tasks/{task.id}/files/{event.scan_id}")
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert (
        client_as(factories.liaison(factories.unit())).get(f"/tasks/{task.id}/files/{event.scan_id}").status_code == 404
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"signed_by": ""}, "请填写签批人"),
        ({"signed_on": ""}, "请填写签批日期"),
        ({"signed_on": "昨天"}, "应是一个日期"),
        ({"signed_on": "2026-07-15"}, "签字日期不能晚于今天"),
        ({"scan": None}, "请附签批件扫描件"),
        ({"scan": (BytesIO(b"MZ\x90\x00 not a pdf"), "签批件.pdf")}, "不符或已损坏"),
        ({"scan": (BytesIO(b"x"), "签批件.exe")}, "不在可传的类型之内"),
        ({"scan": (BytesIO(b""), "签批件.pdf")}, "是空文件"),
    ],
)
def test_a_paper_that_is_not_in_order_is_shown_again(client_as, session, unit, more, message):
    task = factories.task(lead_unit=unit, status=S.UNIT_REVIEW)
    form = {
        name: value
        for name, value in {"form_key": "k1", "note": "照录意见", **paper(), **more}.items()
        if value is not None
    }

    answer = client_as(factories.liaison(unit)).post(f"/tasks/{task.id}/approve", data=form)

    assert answer.status_code == 200
    pages.check(answer.text)
    assert message in answer.text
    assert "照录意见" in answer.text
    assert status_of(session, task) is S.UNIT_REVIEW


def test_a_file_of_40_megabytes_is_refused_in_words(client_as, session, unit):
    task = factories.task(lead_unit=unit, status=S.UNIT_REVIEW)
    client = client_as(factories.liaison(unit))

    over_one_file = client.post(
        f"/tasks/{task.id}/approve", data={"form_key": "k1", **paper(scan=(BytesIO(PDF + b"0" * 30_000_000), "大.pdf"))}
    )
    over_all = client.post(
        f"/tasks/{task.id}/approve", data={"form_key": "k1", **paper(scan=(BytesIO(PDF + b"0" * 42_000_000), "大.pdf"))}
    )

    for answer in (over_one_file, over_all):
        answer.request.environ["wsgi.input"].close()  # the test client keeps a big body in a file
        assert "超过每个文件 20 MB 的上限" in answer.text
    assert status_of(session, task) is S.UNIT_REVIEW


def test_completion_waits_for_its_conditions(client_as, session, unit):
    helper = factories.unit("县民政局")
    task = factories.task(lead_unit=unit, cooperating_units=[helper], status=S.OFFICE_REVIEW, standards=("台账齐全",))
    standard_id = session.query(Standard.id).filter_by(task_id=task.id).scalar()
    client = client_as(factories.director())
    page = client.get(f"/tasks/{task.id}").text
    assert "还不能办结，缺" in page
    assert "完成标准未全部达到" in page

    refused_with(
        client.post(f"/tasks/{task.id}/complete", data={"form_key": "k1", "how": "on_line", "note": "好"}),
        "还不能办结",
    )
    client.post(f"/tasks/{task.id}/standards/{standard_id}", data={"form_key": "k2", "is_met": "y"})
    silent = client.post(f"/tasks/{task.id}/complete", data={"form_key": "k3", "how": "on_line"})
    assert "有配合单位还没有报送" in silent.text
    assert "县民政局" in silent.text
    client.post(
        f"/tasks/{task.id}/complete", data={"form_key": "k4", "how": "on_line", "note": "县民政局并入牵头单位报送"}
    )

    assert status_of(session, task) is S.COMPLETED


def test_a_task_declined_twice_is_final(client_as, session, unit):
    other = factories.unit("县民政局")
    task = factories.task(lead_unit=unit, status=S.ISSUED, due_on=date(2026, 9, 30), basis="任务分解")
    liaison, director = factories.liaison(unit), factories.director()
    client_as(liaison).post(
        f"/tasks/{task.id}/decline", data={"form_key": "k1", "reason": "不属本局职责", "proposed_unit_id": other.id}
    )
    page = client_as(director).get(f"/tasks/{task.id}").text
    pages.check(page)
    assert "建议由县民政局承办" in page
    assert client_as(liaison).get(f"/tasks/{task.id}").status_code == 404
    client_as(director).post(f"/tasks/{task.id}/issue", data={"form_key": "k2", "how": "on_line"})

    answer = client_as(liaison).get(f"/tasks/{task.id}/decline")

    refused_with(answer, "不能再退签")
    page = client_as(liaison).get(f"/tasks/{task.id}").text
    assert "建议由" not in page
    assert f"/tasks/{task.id}/decline" not in page


def test_declining_late_is_refused(client_as, session, unit, frozen_clock):
    task = factories.task(lead_unit=unit, status=S.ISSUED, due_on=date(2026, 9, 30), basis="任务分解")
    frozen_clock(datetime(2026, 7, 20, 2, tzinfo=UTC))

    refused_with(
        client_as(factories.liaison(unit)).post(
            f"/tasks/{task.id}/decline", data={"form_key": "k1", "reason": "不属本局职责"}
        ),
        "已过签收期限",
    )


def test_what_may_not_be_done_is_not_offered(client_as, session, unit):
    task = factories.task(lead_unit=unit, status=S.IN_PROGRESS)

    for actor, shown, hidden in (
        (factories.liaison(unit), ("申请办结", "报送"), ("中止任务", ">办结</a>", "销号")),
        (factories.head(unit), ("现在由谁办",), ("申请办结</a>", "中止任务")),
        (factories.director(), ("中止任务", "代县教育局录入进展"), ("申请办结</a>",)),
        (factories.actor(Role.LEADER), ("现在由谁办", "由县教育局办理"), ("中止任务", "申请办结</a>")),
    ):
        html = client_as(actor).get(f"/tasks/{task.id}").text
        pages.check(html)
        for words in shown:
            assert words in html, (actor.name, words)
        for words in hidden:
            assert words not in html, (actor.name, words)


def test_ids_that_are_not_ours_are_not_found(client_as, session, unit):
    staff, director = factories.staff(), factories.director()
    other = factories.committee()
    foreign = factories.task(lead_unit=factories.unit(committee_id=other.id), status=S.IN_PROGRESS)
    for path in ("", "/edit", "/issue", "/progress", "/complete", "/close", "/files/1", "/reports/1/return"):
        assert client_as(director).get(f"/tasks/{foreign.id}{path}").status_code == 404, path
    for path in ("/acknowledge", "/submit-for-issue", "/suspend", "/standards/1", "/reports/1/accept"):
        assert (
            client_as(staff)
            .post(
                f"/tasks/{foreign.id}{path}", data={"form_key": f"k{len(path)}", "how": "on_line", "reason": "某理由"}
            )
            .status_code
            == 404
        ), path
    assert client_as(staff).get("/tasks/99999999999999999999").status_code == 404


def test_a_unit_sees_nothing_of_the_tasks_of_others(client_as, session, unit):
    task = factories.task(lead_unit=unit, status=S.IN_PROGRESS, title="别家看不到的任务")
    outsider = client_as(factories.liaison(factories.unit("县水利局")))

    assert outsider.get(f"/tasks/{task.id}").status_code == 404
    assert "别家看不到的任务" not in outsider.get("/tasks/?view=all").text
    assert client_as(factories.actor(Role.SYSTEM_ADMIN)).get("/tasks/").status_code == 404


def test_a_helper_acknowledges_for_itself(client_as, session, unit):
    helper = factories.unit("县民政局")
    task = factories.task(
        lead_unit=unit, cooperating_units=[helper], status=S.ISSUED, due_on=date(2026, 9, 30), basis="任务分解"
    )

    client_as(factories.liaison(helper)).post(f"/tasks/{task.id}/acknowledge", data={"form_key": "k1"})

    assert status_of(session, task) is S.ISSUED
    html = client_as(factories.liaison(helper)).get(f"/tasks/{task.id}").text
    assert "待县教育局签收" in html


def test_hostile_words_are_shown_as_words(client_as, session, unit):
    task = factories.task(lead_unit=unit, status=S.IN_PROGRESS, title="<script>alert(1)</script>")
    liaison = client_as(factories.liaison(unit))
    liaison.post(f"/tasks/{task.id}/submit", data={"form_key": "k1", "note": "<img src=x onerror=alert(1)>"})

    html = liaison.get(f"/tasks/{task.id}").text

    pages.check(html)
    assert "<script>alert" not in html
    assert "<img" not in html

"""A unit without accounts answers one task or one round by an address that holds once, and opens nothing else."""

import re
import threading
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from meetings.accounts.models import Role
from meetings.audit.models import AccessEntry, AuditEntry
from meetings.core import clock
from meetings.core.db import db, transaction
from meetings.links.models import Link
from meetings.rounds import actions, queries
from meetings.rounds.models import Standing
from meetings.tasks.models import ProgressReport, ReportStatus, Task, TaskStatus
from tests import factories, pages
from tests.rounds.conftest import opened, standing_of
from tests.tasks.test_concurrency import at_once

GIVEN = {"form_key": "g1", "recipient": "县民政局办公室", "days": "7"}


def of_task(task_id, **fields):
    return {f"task_{task_id}-{name}": value for name, value in fields.items()}


def told(task_id, **more):
    return of_task(task_id, **{"done": "已排查24所", "next_steps": "月底前排查完", "step": "under_way"} | more)


def reports():
    db.session.expire_all()
    return list(db.session.scalars(select(ProgressReport).order_by(ProgressReport.id)))


@pytest.fixture
def staff(session):
    return factories.staff()


def give(client_as, staff, path, **more):
    """The address, as the office's page shows it this once."""
    office = client_as(staff)
    answer = office.post(path, data=GIVEN | more)
    assert answer.status_code == 303, answer.text
    page = office.get(answer.location).text
    pages.check(page)
    found = re.search(r"http://localhost(/rounds/answer/[\w-]+)", page).group(1)
    assert found not in office.get(answer.location).text
    return found


@pytest.fixture
def round_path(client_as, staff, units, tasks):
    round_id = opened(by=staff)
    return round_id, give(client_as, staff, f"/rounds/{round_id}/units/{units[0].id}/link")


def visit(app):
    from tests import conftest

    conftest._signed_in.clear()
    return app.test_client()


def test_a_round_is_answered_once(app, client_as, staff, units, tasks, round_path):
    round_id, path = round_path
    first, second = (task.id for task in tasks)
    stranger = visit(app)
    page = stranger.get(path).text
    pages.check(page)
    assert "甲" in page
    assert "/tasks/" not in page
    half = stranger.post(path, data={"form_key": "a", **told(first)})
    pages.check(half.text)
    assert f'href="#task_{second}-done"' in half.text
    assert "已排查24所" in half.text
    assert reports() == []

    assert (
        stranger.post(path, data={"form_key": "b", **told(first), **of_task(second, is_no_change="y")}).status_code
        == 303
    )
    found = reports()
    assert {(one.task_id, one.status) for one in found} == {
        (first, ReportStatus.SUBMITTED),
        (second, ReportStatus.SUBMITTED),
    }
    assert {one.submitted_by_name for one in found} == {"县教育局（由链接填报）"}
    assert standing_of(round_id, by=staff)[units[0].id].standing is Standing.IN
    again = stranger.post(path, data={"form_key": "c", **told(first), **told(second)})
    assert again.status_code == 410
    pages.check(again.text)
    assert "链接只能用一次" in again.text
    assert len(reports()) == 2
    office = client_as(staff)
    page = office.get("/rounds/links").text
    pages.check(page)
    assert "已用" in page
    assert "由链接填报" in office.get(f"/rounds/{round_id}/report?unit={units[0].id}").text


def test_all_unchanged_by_one_press(app, staff, units, tasks, round_path):
    visit(app).post(round_path[1], data={"form_key": "a", "rest": "y"})
    assert [one.is_no_change for one in reports()] == [True, True]


def test_a_task_is_answered_and_received_and_nothing_else_is(app, client_as, staff, units):
    lead, helper = units
    task = factories.issued(lead_unit=lead, cooperating_units=[helper], title="摸底")
    other = factories.under_way(lead_unit=lead, title="别的任务")
    task_id, other_id = task.id, other.id
    office = client_as(staff)
    pages.check(office.get(f"/rounds/tasks/{task_id}/link").text)
    assert f"/rounds/tasks/{task_id}/link" in office.get(f"/tasks/{task_id}").text
    wrong = office.post(f"/rounds/tasks/{task_id}/link", data=GIVEN | {"unit_id": "99999"})
    assert "请从列表中选择单位" in wrong.text
    path = give(client_as, staff, f"/rounds/tasks/{task_id}/link", unit_id=str(lead.id), form_key="g2")
    stranger = visit(app)
    page = stranger.get(path).text
    assert "摸底" in page
    assert "别的任务" not in page
    assert stranger.get(f"/tasks/{task_id}").status_code == 303  # to the sign-in
    stranger.post(path, data={"form_key": "a", **told(other_id)})  # for another task
    assert reports() == []
    stranger.post(path, data={"form_key": "b", **told(task_id), **told(other_id, done="混进来的")})
    (report,) = reports()
    assert (report.task_id, report.unit_id) == (task_id, lead.id)
    assert db.session.get(Task, task_id).status is TaskStatus.IN_PROGRESS


@pytest.mark.parametrize("state", ["forged", "long", "expired", "revoked", "locked", "reported", "another"])
def test_what_does_not_hold_says_so_and_takes_nothing(
    app, client_as, staff, units, tasks, round_path, frozen_clock, state
):
    round_id, path = round_path
    first, second = (task.id for task in tasks)
    says, code, held = "", 410, 0
    match state:
        case "forged":
            path, says, code = "/rounds/answer/" + "A" * 43, "没有这个链接", 404
        case "long":
            path, says, code = "/rounds/answer/" + "A" * 400, "没有这个链接", 404
        case "expired":
            frozen_clock(clock.now() + timedelta(days=8))
            says = "过期，不能再填报"
        case "revoked":
            link_id = db.session.scalar(select(Link.id))
            client_as(staff).post(f"/rounds/links/{link_id}/revoke", data={"form_key": "r"})
            says = "已经作废"
        case "locked":
            client_as(staff).post(f"/rounds/{round_id}/lock", data={"form_key": "l"})
            says = "不必再填"
        case "reported":
            client_as(factories.liaison(units[0])).post(
                f"/rounds/{round_id}/report", data={"form_key": "p", "rest": "y"}
            )
            says, held = "不必再填", 2
        case "another":
            give(client_as, staff, f"/rounds/{round_id}/units/{units[0].id}/link", form_key="g9")
            says = "已经作废"
    stranger = visit(app)
    shown = stranger.get(path)
    assert shown.status_code == code
    pages.check(shown.text)
    assert says in shown.text
    assert "甲" not in shown.text
    sent = stranger.post(path, data={"form_key": "a", **told(first), **told(second)})
    assert sent.status_code in {code, 303}
    assert len(reports()) == held


def test_nobody_tries_addresses_fast(app, round_path):
    stranger = visit(app)
    codes = [stranger.get("/rounds/answer/forged").status_code for _ in range(61)]
    assert codes == [404] * 60 + [429]


def test_the_token_is_kept_nowhere(app, session, units, tasks, round_path):
    path = round_path[1]
    token = path.rpartition("/")[2]
    stranger = visit(app)
    stranger.get(path)
    stranger.post(path, data={"form_key": "a", "rest": "y"})
    rows = [*session.scalars(select(AuditEntry)), *session.scalars(select(AccessEntry)), *session.scalars(select(Link))]
    assert rows
    for row in rows:
        assert token not in str({column.key: getattr(row, column.key) for column in type(row).__table__.columns})
    link_id = session.scalar(select(Link.id))
    looks = session.scalar(select(func.count()).where(AccessEntry.subject == f"answer {link_id}"))
    assert looks == 1
    assert (
        session.scalar(select(AuditEntry.actor_name).order_by(AuditEntry.id.desc()).limit(1))
        == "县教育局（由链接填报）"
    )


def test_where_heads_confirm_the_signed_page_comes_with_it(app, session, units, tasks, round_path):
    path = round_path[1]
    before = app.config["LUOSHI"]
    app.config["LUOSHI"] = replace(before, head_confirms="every")
    try:
        stranger = visit(app)
        without = stranger.post(path, data={"form_key": "a", "rest": "y"})
        pages.check(without.text)
        assert "请上传单位负责人签字盖章页" in without.text
        scan = (BytesIO("单位负责人签字盖章页".encode()), "签字页.txt")
        stranger.post(
            path, data={"form_key": "b", "rest": "y", "signed_page": scan}, content_type="multipart/form-data"
        )
    finally:
        app.config["LUOSHI"] = before
    assert {one.status for one in reports()} == {ReportStatus.SUBMITTED}
    office = factories.staff()
    owing = queries.find_unit(round_path[0], units[0].id, actor=office)
    assert [[file.name for file in one.files] for one in queries.reports_of(owing, actor=office)] == [
        ["签字页.txt"]
    ] * 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"recipient": ""}, "请填写给谁"),
        ({"days": "0"}, "应是 1 至 30 的整数"),
        ({"days": "31"}, "应是 1 至 30 的整数"),
    ],
)
def test_wrong_addresses_are_not_given(client_as, session, staff, units, tasks, typed, said):
    round_id = opened(by=staff)
    answer = client_as(staff).post(f"/rounds/{round_id}/units/{units[0].id}/link", data=GIVEN | typed)
    pages.check(answer.text)
    assert said in answer.text
    assert session.scalar(select(func.count()).select_from(Link)) == 0


def test_only_the_office_gives_sees_and_revokes(client_as, session, staff, units, tasks, round_path):
    round_id = round_path[0]
    link_id = session.scalar(select(Link.id))
    for actor in (factories.liaison(units[0]), factories.actor(), factories.actor(Role.LEADER)):
        client = client_as(actor)
        assert client.get("/rounds/links").status_code == 404
        assert client.get(f"/rounds/{round_id}/units/{units[0].id}/link").status_code == 404
        assert client.post(f"/rounds/links/{link_id}/revoke", data={"form_key": "r"}).status_code == 404


@pytest.mark.slow
def test_of_two_who_use_it_at_once_one_is_heard(committed):
    with committed.app_context():
        unit, office = factories.unit(), factories.staff()
        task_id = factories.under_way(lead_unit=unit).id
        with transaction(by=office):
            row = db.session.get(Task, task_id)
            from meetings.tasks import queries as task_queries

            row = task_queries.find(task_id, actor=office)
            _id, token = actions.give_task_link(row, unit_id=unit.id, recipient="办公室", days=7, by=office)
        db.session.remove()
    barrier = threading.Barrier(4)

    def work(n: int) -> int:
        client = committed.test_client()
        barrier.wait(60)
        return client.post(f"/rounds/answer/{token}", data={"form_key": f"k{n}", **told(task_id)}).status_code

    assert set(at_once(committed, 4, work)) <= {303, 410}
    with committed.app_context():
        assert db.session.scalar(select(func.count()).select_from(ProgressReport)) == 1
        assert db.session.scalar(select(Link.used_at)) is not None

"""One sees one's own jobs; the operator sees all of them and nothing of what they are about."""

from meetings.accounts.models import Role
from meetings.jobs.models import Job, JobStatus
from tests import factories as make
from tests.pages import check


def operator():
    return make.actor(Role.SYSTEM_ADMIN)


def test_ones_own_job_says_how_far_it_is(client_as, session):
    director = make.director()
    job = make.job(by=director, status=JobStatus.RUNNING, done_count=3, total_count=46, progress_words="县教育局")
    client = client_as(director)
    page = client.get(f"/jobs/{job.id}").text
    check(page)
    assert "3/46" in page
    assert "县教育局" in page
    part = client.get(f"/jobs/{job.id}?part=1").text
    assert part.lstrip().startswith("<div") and "data-over" not in part
    assert client_as(make.staff()).get(f"/jobs/{job.id}").status_code == 404


def test_a_job_that_ended_badly_says_why(client_as, session):
    director = make.director()
    job = make.job(
        by=director, status=JobStatus.DEAD, attempts=2, reason="job.too_long", reason_details={"minutes": 15}
    )
    page = client_as(director).get(f"/jobs/{job.id}").text
    check(page)
    assert "超过 15 分钟没有办完" in page
    assert "data-over" in page


def test_the_operator_sees_state_and_reason_and_no_content(client_as, session, statements):
    job = make.job(
        "reporting.unit_reports",
        by=make.director(),
        status=JobStatus.DEAD,
        done_count=3,
        total_count=46,
        attempts=5,
        progress_words="县教育局",
        arguments={"verify_address": "http://secret"},
        reason="job.no_room",
    )
    make.job(by=None)
    client = client_as(operator())
    statements.clear()
    page = client.get("/system/jobs").text
    assert len(statements) <= 5
    check(page)
    for said in ("各单位任务进展报告", "3/46", "5 次", "磁盘空间不足", "没有后台进程在运行"):
        assert said in page
    assert "县教育局" not in page
    assert "secret" not in page
    assert client.get(f"/jobs/{job.id}").status_code == 404
    assert "各单位任务进展报告" not in client.get("/system/jobs?status=queued").text


def test_the_operator_lets_begin_anew_and_cancels(client_as, session):
    dead, waiting = make.job(status=JobStatus.DEAD, attempts=5), make.job()
    client = client_as(operator())
    assert client.post(f"/system/jobs/{dead.id}/retry").status_code == 303
    assert client.post(f"/system/jobs/{waiting.id}/cancel").status_code == 303
    session.expire_all()
    assert (session.get(Job, dead.id).status, session.get(Job, dead.id).attempts) == (JobStatus.QUEUED, 0)
    assert session.get(Job, waiting.id).status is JobStatus.CANCELLED
    assert client.post(f"/system/jobs/{waiting.id}/cancel").status_code == 409


def test_jobs_of_another_committee_are_not_found(client_as, session):
    client = client_as(operator())
    elsewhere = make.committee(region="他县")
    job = make.job(committee_id=elsewhere.id, status=JobStatus.DEAD)
    assert client.post(f"/system/jobs/{job.id}/retry").status_code == 404
    assert "还没有后台任务" in client.get("/system/jobs").text


def test_nobody_else_has_the_operators_page(client_as, session):
    for role in set(Role) - {Role.SYSTEM_ADMIN}:
        unit = make.unit() if role in {Role.UNIT_HEAD, Role.LIAISON, Role.STATISTICIAN} else None
        assert client_as(make.actor(role, unit=unit)).get("/system/jobs").status_code == 404


def test_one_cancels_ones_own(client_as, session):
    director = make.director()
    job = make.job(by=director)
    assert client_as(make.staff()).post(f"/jobs/{job.id}/cancel").status_code == 404
    assert client_as(director).post(f"/jobs/{job.id}/cancel").status_code == 303
    session.expire_all()
    assert session.get(Job, job.id).status is JobStatus.CANCELLED

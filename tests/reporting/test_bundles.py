"""The reports of all units in one archive: asked for, made once, fetched by whoever asked, gone after some days."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetings.core.db import db
from meetings.core.storage import Storage, StorageFull
from meetings.jobs.models import Job, JobStatus
from meetings.jobs.runner import run_waiting
from meetings.reporting.jobs import expire
from meetings.reporting.models import Paper
from tests import factories as make
from tests.conftest import NOW
from tests.reporting.conftest import text_of


@pytest.fixture
def queue(app, session):
    while app.extensions["queue"].take() is not None:
        pass


def ask(client):
    answer = client.post("/reports/bundles")
    assert answer.status_code == 303
    return int(answer.headers["Location"].rpartition("/")[2])


def job(job_id):
    db.session.expire_all()
    return db.session.get(Job, job_id)


def papers():
    return db.session.scalar(select(func.count()).select_from(Paper))


def test_every_unit_with_tasks_gets_its_numbered_report(client_as, story, queue):
    make.unit("没有任务的单位")
    client = client_as(story.director)
    job_id = ask(client)
    assert run_waiting() == 1
    assert (job(job_id).status, job(job_id).done_count, job(job_id).total_count) == (JobStatus.DONE, 3, 3)
    answer = client.get(f"/reports/bundles/{job_id}.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        assert [name.partition("（")[0] for name in names] == [
            "01 县教育局任务进展报告",
            "02 县卫生健康委员会任务进展报告",
            "03 县统计局任务进展报告",
        ]
        assert "统计口径" in text_of(archive.read(names[2]))
    assert papers() == 3
    assert "下载" in client.get(f"/jobs/{job_id}").text


def test_one_that_begins_anew_makes_no_paper_twice(client_as, story, queue, monkeypatch, frozen_clock):
    put = Storage.put

    def full(self, content):
        if content.startswith(b"PK"):
            raise StorageFull
        return put(self, content)

    monkeypatch.setattr(Storage, "put", full)
    client = client_as(story.director)
    job_id = ask(client)
    run_waiting()
    found = job(job_id)
    assert (found.status, found.reason, found.result) == (JobStatus.QUEUED, "job.no_room", {})
    assert "磁盘空间不足" in client.get(f"/jobs/{job_id}").text
    assert papers() == 3
    monkeypatch.setattr(Storage, "put", put)
    frozen_clock(NOW + timedelta(minutes=1))
    from meetings.core.db import writing
    from meetings.jobs import actions
    from meetings.jobs.runner import carry_out

    with writing():
        claim = actions.claim(job_id, token="again")
    carry_out(claim)
    assert job(job_id).status is JobStatus.DONE
    assert papers() == 3


def test_one_that_is_being_made_is_not_asked_for_again(client_as, story, queue):
    client = client_as(story.director)
    assert ask(client) == ask(client)


def test_only_who_asked_and_may_still_print_fetches_it_while_it_is_kept(client_as, story, queue, frozen_clock):
    liaison = make.liaison(story.schools)
    client = client_as(story.director)
    address = f"/reports/bundles/{ask(client)}.zip"
    assert client.get(address).status_code == 404  # not ready
    run_waiting()
    assert client.get(address).status_code == 200
    assert client_as(make.director()).get(address).status_code == 404
    assert client_as(liaison).get(address).status_code == 404
    client = client_as(story.director)
    frozen_clock(NOW + timedelta(days=8))
    assert client.get(address).status_code == 404
    assert db.session.scalars(select(Job)).one().result
    expire(None)
    db.session.expire_all()
    assert db.session.scalars(select(Job)).one().result == {}


def test_a_unit_cannot_ask_for_all(client_as, story, queue):
    assert client_as(make.liaison(story.schools)).post("/reports/bundles").status_code == 404
    assert "全部生成" not in client_as(make.liaison(story.schools)).get("/reports/").text


def test_an_account_that_was_disabled_meanwhile_gets_nothing(client_as, story, queue):
    client = client_as(story.director)
    job_id = ask(client)
    from meetings.accounts.models import User
    from meetings.core.db import transaction

    with transaction(by=story.director):
        db.session.get(User, story.director.user_id).is_active = False
    run_waiting()
    assert (job(job_id).status, job(job_id).reason, papers()) == (JobStatus.DEAD, "job.nobody", 0)

"""What is kept: evidence under the domains it stands for, packed in that order; the files of a year."""

import hashlib
import io
import re
import zipfile
from datetime import date

import pytest

from meetings.approvals.models import Approval, ApprovalStatus, DocumentNumber, NumberForm, Retention, SignerRole
from meetings.core import clock
from meetings.core.db import db
from meetings.documents.models import DocumentKind
from meetings.jobs.models import Job, JobStatus
from meetings.jobs.runner import run_waiting
from meetings.reporting import rules
from meetings.reporting.models import Paper
from meetings.tasks.models import TaskAim
from tests import factories as make
from tests.pages import check
from tests.reporting.conftest import said_in, text_of

_keys = iter(range(10**6))


@pytest.fixture
def kept(story, app):
    """Files with reports of two tasks: one serves an indicator of a plan, one nothing."""
    storage = app.extensions["storage"]

    def file(name, content):
        return make.attachment(name=name, size=len(content), sha256=storage.put(content))

    story.plan = make.plan(title="某县妇女发展规划（2026—2030年）")
    health, schools = (make.domain(story.plan, name=name) for name in ("妇女与健康", "妇女与教育"))
    goal = make.goal(health, text="妇女平均预期寿命提高。")
    served = make.indicator(health, name="孕产妇系统管理率", goal_id=goal.id)
    make.indicator(schools, name="女童入学率")
    make.save(TaskAim(task_id=story.going.id, indicator_id=served.id))
    make.report(
        story.going, by=make.liaison(story.schools), files=[file("名册 a:b.xlsx", b"roll"), file("签到.pdf", b"%PDF-1")]
    )
    make.report(story.other, by=make.liaison(story.bureau), files=[file("口径.docx", b"rules")])
    return story


def packed(client, **chosen):
    answer = client.post("/reports/evidence-catalogue/files", data={"form_key": f"key-{next(_keys)}", **chosen})
    assert answer.status_code == 303, re.sub(r"<[^>]+>|\s", "", answer.text)[:900]
    job_id = int(answer.headers["Location"].rpartition("/")[2])
    run_waiting()
    db.session.expire_all()
    return job_id, db.session.get(Job, job_id)


def test_evidence_stands_under_the_domain_it_serves_and_what_has_none_is_named(client_as, kept):
    client = client_as(kept.director)
    page = client.get(f"/reports/evidence-catalogue?plan={kept.plan.id}")
    check(page.text)
    said = said_in(client.get(f"/reports/evidence-catalogue.docx?plan={kept.plan.id}").data, "docx")
    for words in (
        "妇女与健康",
        "孕产妇系统管理率",
        "妇女平均预期寿命提高。",
        "名册 a:b.xlsx",
        "县教育局",
        "女童入学率",
    ):
        assert words in said
    assert "口径.docx" not in said
    whole = said_in(client.get("/reports/evidence-catalogue.xlsx").data, "xlsx")
    assert "口径.docx" in whole and "名册 a:b.xlsx" in whole
    assert hashlib.sha256(b"roll").hexdigest()[:12] in whole


def test_the_archive_holds_the_files_in_the_order_of_its_catalogue(client_as, kept):
    client = client_as(kept.director)
    job_id, job = packed(client)
    assert (job.status, job.done_count, job.total_count) == (JobStatus.DONE, 3, 3)
    answer = client.get(f"/reports/bundles/{job_id}.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        assert names[0].startswith("00 ") and "口径.docx" in text_of(archive.read(names[0]))
        assert [name.partition(" ")[2] for name in names[1:]] == [
            "某县妇女发展规划（2026—2030年） 妇女与健康/001 名册 a_b.xlsx",
            "某县妇女发展规划（2026—2030年） 妇女与健康/002 签到.pdf",
            names[3].partition(" ")[2],
        ]
        assert archive.read(names[1]) == b"roll"
        assert names == sorted(names)
    paper = db.session.query(Paper).one()
    assert paper.code == "evidence-catalogue" and paper.page_count == 1
    assert "下载" in client.get(f"/jobs/{job_id}").text


def test_a_unit_packs_what_it_may_see_alone(client_as, kept):
    schools = kept.schools.id
    bureau = client_as(make.liaison(kept.bureau))
    job_id, _job = packed(bureau)
    with zipfile.ZipFile(io.BytesIO(bureau.get(f"/reports/bundles/{job_id}.zip").data)) as archive:
        assert [name.rpartition(" ")[2] for name in archive.namelist()[1:]] == ["口径.docx"]
    foreign = bureau.get(f"/reports/evidence-catalogue?unit={schools}")
    assert "名册" not in foreign.text
    assert client_as(kept.director).get(f"/reports/bundles/{job_id}.zip").status_code == 404


def test_nothing_to_pack_and_too_much_are_said(client_as, story, monkeypatch):
    client = client_as(story.director)
    assert "打包下载材料" not in client.get("/reports/evidence-catalogue").text
    job_id, job = packed(client)
    assert job.reason == "paper.no_files"
    assert "所选范围没有佐证材料" in client.get(f"/jobs/{job_id}").text
    with pytest.raises(rules.DomainError, match=r"paper\.files_too_large"):
        rules.check_packed([rules.MOST_PACKED, 1])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../a.txt", "01 某/001 _.._a.txt"),
        ("长" * 200 + ".pdf", "01 某/001 " + "长" * 60 + ".pdf"),
        ("...", "01 某/001 _"),
        ("没有后缀", "01 某/001 没有后缀"),
    ],
)
def test_names_in_the_archive_are_plain(name, shown):
    assert rules.packed_name(1, "某", 1, name) == shown


def issued(story):
    """A paper of the office that went out in May together with another body."""
    own = {"committee_id": story.director.committee_id}
    approval = make.save(
        Approval(
            kind="bulletin",
            title="关于进展情况的通报",
            status=ApprovalStatus.ISSUED,
            signer_role=SignerRole.OFFICE_DIRECTOR,
            retention=Retention.YEARS_30,
            cosigners="某县教育局",
            drafted_by_name="办公室",
            drafted_at=clock.now(),
            signed_on=date(2026, 5, 6),
            changed_at=clock.now(),
            changed_by_name="办公室",
            **own,
        )
    )
    make.save(
        DocumentNumber(
            approval_id=approval.id,
            form=NumberForm.YEAR,
            prefix="某妇儿工委办",
            year=2026,
            sequence=3,
            text="某妇儿工委办〔2026〕3号",
            given_on=date(2026, 5, 6),
            given_by_name="办公室",
            **own,
        )
    )


def test_the_files_of_a_year_stand_by_period_with_their_numbers(client_as, story):
    issued(story)
    make.document(
        kind=DocumentKind.FROM_ABOVE,
        title="上级通知",
        number="州妇儿工委〔2026〕1号",
        issued_on=date(2026, 3, 1),
        issuing_body="州妇儿工委",
    )
    make.document(kind=DocumentKind.OTHER, title="去年的文件", issued_on=date(2025, 3, 1))
    client = client_as(story.director)
    page = client.get("/reports/archive-catalogue")
    check(page.text)
    said = said_in(client.get("/reports/archive-catalogue.docx?year=2026").data, "docx")
    assert "保管期限：30年" in said and "去年的文件" not in said
    assert said.index("1州妇儿工委") < said.index("2某县妇女儿童工作委员会办公室、某县教育局")
    assert "、某县教育局" in said and "某妇儿工委办〔2026〕3号" in said
    assert "去年的文件" in said_in(client.get("/reports/archive-catalogue.xlsx?year=2025").data, "xlsx")
    assert client_as(make.liaison(story.schools)).get("/reports/archive-catalogue").status_code == 404

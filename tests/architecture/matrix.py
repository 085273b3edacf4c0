"""What each role may open: every route asked once by everybody, in one small world.

``docs/permissions.md`` holds the answers; ``python scripts/permissions.py`` writes them anew.
"""

from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.approvals.models import (
    Approval,
    ApprovalAction,
    ApprovalStatus,
    ApprovalStep,
    Delegation,
    Delivery,
    DeliveryManner,
    Distribution,
    NumberForm,
    NumberPrefix,
    SignerRole,
)
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.db import db
from meetings.core.storage import Storage
from meetings.core.web import PUBLIC_ENDPOINTS
from meetings.directory.models import PostKind
from meetings.documents.models import DocumentFile
from meetings.evaluation.models import Finding
from meetings.meetings.models import (
    AgendaItem,
    AgendaKind,
    Attendance,
    MeetingFile,
    MeetingStatus,
    Minutes,
    MinutesRevision,
)
from meetings.notifications.models import Notice
from meetings.plans.models import ValueSheet, ValueState
from meetings.reporting.models import Paper, PaperDraft
from meetings.rounds.models import (
    Collection,
    CollectionKind,
    Material,
    MaterialVersion,
    MeetingDuty,
    ReportingRound,
    RoundStatus,
    RoundTask,
    RoundUnit,
)
from meetings.tasks.models import (
    Consultation,
    ConsultationLine,
    ConsultationOpinion,
    ConsultationUnit,
    LookBack,
    LookBackItem,
    ProgressFile,
    ProgressReport,
    ReportStatus,
    StagePoint,
    Standard,
    Step,
    TaskStatus,
)
from tests import factories

FIRST_LINE = "| address | method | endpoint |"

# In this order in the table.
READERS = (
    ("stranger", "外人"),
    ("liaison", "联络员"),
    ("other", "他单位联络员"),
    ("head", "单位负责人"),
    ("staff", "办公室"),
    ("director", "办公室主任"),
    ("leader", "领导"),
    ("observer", "查阅"),
    ("system_admin", "系统"),
    ("security_admin", "安全"),
    ("auditor", "审计"),
)


@dataclass(frozen=True)
class World:
    """Who asks, and a row for every argument that a route may take."""

    actors: dict[str, object]
    ids: dict[str, object]


def asked_and_looked_back(committee_id: int, unit_id: int, task_id: int) -> dict[str, object]:
    """A list of drafts with a unit that answered, and a sample of closed tasks."""
    consultation = factories.save(
        Consultation(
            committee_id=committee_id,
            title="任务清单",
            answer_by=date(2026, 7, 20),
            opened_at=clock.now(),
            opened_by_name="办公室",
            units=[ConsultationUnit(unit_id=unit_id)],
            lines=[],
        )
    )
    asked_of = factories.save(
        ConsultationLine(consultation_id=consultation.id, task_id=task_id, position=0, opinions=[])
    )
    opinion = factories.save(ConsultationOpinion(line_id=asked_of.id, unit_id=unit_id, about=["date"], text="宜延后"))
    looked_back = factories.save(
        LookBack(
            committee_id=committee_id,
            title="回头看",
            year=2026,
            sample_size=1,
            population=1,
            seed="714",
            drawn_at=clock.now(),
            drawn_by_name="办公室",
        )
    )
    sampled = factories.save(LookBackItem(look_back_id=looked_back.id, task_id=task_id, position=0))
    return {
        "consultation_id": consultation.id,
        "opinion_id": opinion.id,
        "look_back_id": looked_back.id,
        "sampled_id": sampled.id,
    }


def world(storage: Storage) -> World:
    """One committee; a unit that leads a task under way, another that has nothing to do with it."""
    mine, other = factories.unit("县教育局"), factories.unit("县水利局")
    actors = {
        "stranger": None,
        "liaison": factories.liaison(mine),
        "other": factories.liaison(other),
        "head": factories.head(mine),
        "staff": factories.staff(),
        "director": factories.director(),
        "leader": factories.actor(Role.LEADER),
        "observer": factories.actor(Role.OBSERVER),
        "system_admin": factories.actor(Role.SYSTEM_ADMIN),
        "security_admin": factories.actor(Role.SECURITY_ADMIN),
        "auditor": factories.actor(Role.AUDITOR),
    }
    committee_id = mine.committee_id
    kind = factories.meeting_kind()
    meeting = factories.meeting(status=MeetingStatus.MINUTED, kind_id=kind.id)
    speech = factories.speech(meeting)
    requirement = factories.requirement(meeting, speech_id=speech.id, start=0, end=5)
    task = factories.task(
        lead_unit=mine,
        status=TaskStatus.IN_PROGRESS,
        standards=("台账齐全",),
        meeting_id=meeting.id,
        requirement_id=requirement.id,
    )
    stage = factories.save(StagePoint(task_id=task.id, due_on=date(2026, 8, 1), text="过半"))
    report = factories.save(
        ProgressReport(
            committee_id=committee_id,
            task_id=task.id,
            unit_id=mine.id,
            status=ReportStatus.SUBMITTED,
            done="已排查",
            step=Step.UNDER_WAY,
            percent_done=50,
            submitted_at=clock.now(),
            submitted_by_name="联络员",
        )
    )
    file = factories.save(
        Attachment(
            committee_id=committee_id,
            name="台账.txt",
            size=3,
            media_type="text/plain",
            sha256=storage.put(b"abc"),
            uploaded_at=clock.now(),
            uploaded_by_name="联络员",
        )
    )
    document = factories.document(is_for_units=True)
    item = factories.save(AgendaItem(meeting_id=meeting.id, position=1, kind=AgendaKind.ADDRESS, title="讲话"))
    attendee = factories.save(
        Attendance(
            meeting_id=meeting.id,
            position=1,
            unit_id=mine.id,
            unit_name="县教育局",
            post_title="局长",
            post_kind=PostKind.HEAD,
        )
    )
    minutes = factories.save(
        Minutes(
            committee_id=committee_id,
            meeting_id=meeting.id,
            text="纪要",
            revision=1,
            issued_revision=1,
            locked_at=clock.now(),
        )
    )
    factories.save(
        MinutesRevision(minutes_id=minutes.id, revision=1, text="纪要", saved_at=clock.now(), saved_by_name="办公室"),
        ProgressFile(report_id=report.id, attachment_id=file.id),
        DocumentFile(document_id=document.id, attachment_id=file.id),
        MeetingFile(meeting_id=meeting.id, attachment_id=file.id),
    )
    domain = factories.domain(factories.plan())
    goal = factories.goal(domain)
    measure = factories.measure(domain)
    indicator = factories.indicator(domain, units=[mine])
    person = factories.person()
    post = factories.post(mine, person_id=person.id)
    paper = factories.save(
        Paper(
            committee_id=committee_id,
            code="meeting-progress",
            title="报告",
            number="BB-2026-0001",
            verification_code="0123456789ABCDEF",
            parameters={},
            made_at=clock.now(),
            made_by_name="办公室",
            sha256=storage.put(b"%PDF-"),
            size=5,
        )
    )
    notice = factories.save(
        Notice(
            committee_id=committee_id,
            user_id=actors["liaison"].user_id,
            kind="tasks.issued",
            path=f"/tasks/{task.id}",
            created_at=clock.now(),
        )
    )
    job = factories.job("jobs.tidy", by=actors["director"])
    approval = factories.save(
        Approval(
            committee_id=committee_id,
            kind="bulletin",
            title="关于进展情况的通报",
            status=ApprovalStatus.ISSUED,
            signer_role=SignerRole.OFFICE_DIRECTOR,
            drafted_by_name="办公室",
            drafted_at=clock.now(),
            changed_at=clock.now(),
            changed_by_name="办公室",
            signed_by_name="办公室主任",
            signed_on=date(2026, 7, 13),
            issued_on=date(2026, 7, 14),
        )
    )
    factories.save(PaperDraft(committee_id=committee_id, approval_id=approval.id, code="bulletin", parameters={}))
    factories.save(
        Paper(
            committee_id=committee_id,
            code="bulletin",
            title="通报",
            number="某妇儿工委办〔2026〕1号",
            verification_code="ABCDEF0123456789",
            parameters={},
            made_at=clock.now(),
            made_by_name="办公室",
            sha256=storage.put(b"%PDF-"),
            size=5,
            approval_id=approval.id,
        )
    )
    sent = factories.save(
        Distribution(
            committee_id=committee_id,
            approval_id=approval.id,
            unit_id=mine.id,
            name=mine.name,
            sent_at=clock.now(),
            sent_by_name="办公室",
        )
    )
    delivery = factories.save(
        Delivery(
            committee_id=committee_id,
            approval_id=approval.id,
            name="县人民法院",
            manner=DeliveryManner.EXCHANGE,
            sent_on=date(2026, 7, 14),
            recorded_by_name="办公室",
        )
    )
    factories.save(
        ApprovalStep(
            approval_id=approval.id,
            action=ApprovalAction.SIGN,
            status_before=ApprovalStatus.SIGNING,
            status_after=ApprovalStatus.SIGNED,
            done_at=clock.now(),
            done_by_name="办公室",
            scan_id=file.id,
        )
    )
    delegation = factories.save(
        Delegation(
            committee_id=committee_id,
            role=SignerRole.LEADER,
            principal_name="副主任",
            to_user_id=actors["director"].user_id,
            to_name="办公室主任",
            kinds=[],
            from_on=date(2026, 7, 1),
            until_on=date(2026, 8, 1),
            scan_id=file.id,
            made_at=clock.now(),
            made_by_name="办公室主任",
        )
    )
    prefix = factories.save(
        NumberPrefix(
            committee_id=committee_id,
            kind="bulletin",
            form=NumberForm.YEAR,
            prefix="某妇儿工委办",
            from_on=date(2026, 1, 1),
        )
    )
    evaluation = factories.evaluation(by=actors["director"])
    (assessment,) = factories.handed_out(evaluation, mine, by=actors["director"])
    visit = factories.visit(evaluation, mine, by=actors["director"])
    finding = factories.save(Finding(visit_id=visit.id, position=0, text="台账不全"))
    value = factories.figure(indicator, 2025, "93.1", ValueState.SUBMITTED, entered_unit_id=mine.id)
    sheet = factories.save(ValueSheet(committee_id=committee_id, unit_id=mine.id, year=2025, attachment_id=file.id))
    round_ = factories.save(
        ReportingRound(
            committee_id=committee_id,
            title="第三季度进展报送",
            from_on=date(2026, 7, 1),
            until_on=date(2026, 9, 30),
            due_on=date(2026, 10, 9),
            status=RoundStatus.OPEN,
            opened_at=clock.now(),
            opened_by_name="办公室",
        )
    )
    owing = factories.save(
        RoundUnit(round_id=round_.id, unit_id=mine.id, unit_name="县教育局", position=1, field_count=3)
    )
    factories.save(RoundTask(round_unit_id=owing.id, task_id=task.id))
    asked = factories.save(
        Collection(
            committee_id=committee_id,
            kind=CollectionKind.SPEECH,
            title="交流发言",
            due_on=date(2026, 7, 24),
            opened_at=clock.now(),
            opened_by_name="办公室",
        )
    )
    material = factories.save(
        Material(collection_id=asked.id, unit_id=mine.id, unit_name="县教育局", position=1, version_count=1)
    )
    factories.save(
        MaterialVersion(
            material_id=material.id,
            number=1,
            attachment_id=file.id,
            handed_in_at=clock.now(),
            handed_in_by_name="联络员",
        )
    )
    duty = factories.save(MeetingDuty(meeting_id=meeting.id, what="布置会场"))
    ids = {
        "aim_id": 1,
        "visit_id": visit.id,
        "finding_id": finding.id,
        "inspection_id": visit.group_id,
        "value_id": value.id,
        "sheet_id": sheet.id,
        "round_id": round_.id,
        "collection_id": asked.id,
        "duty_id": duty.id,
        "number": 1,
        "evaluation_id": evaluation.id,
        "assessment_id": assessment.id,
        "stage": "scheme",
        "approval_id": approval.id,
        "distribution_id": sent.id,
        "delivery_id": delivery.id,
        "delegation_id": delegation.id,
        "prefix_id": prefix.id,
        "task_id": task.id,
        "instruction_id": factories.instruction(task, scan_id=file.id).id,
        **asked_and_looked_back(committee_id, mine.id, task.id),
        "step_id": factories.supervision_step(task, scan_id=file.id).id,
        "meeting_id": meeting.id,
        "unit_id": mine.id,
        "person_id": person.id,
        "post_id": post.id,
        "document_id": document.id,
        "plan_id": indicator.plan_id,
        "domain_id": indicator.domain_id,
        "goal_id": goal.id,
        "measure_id": measure.id,
        "indicator_id": indicator.id,
        "noun": "goals",
        "row_id": goal.id,
        "attachment_id": file.id,
        "report_id": report.id,
        "requirement_id": requirement.id,
        "speech_id": speech.id,
        "item_id": item.id,
        "attendee_id": attendee.id,
        "kind_id": kind.id,
        "group_id": factories.group(mine).id,
        "user_id": actors["observer"].user_id,
        "paper_id": paper.id,
        "standard_id": db.session.scalar(select(Standard.id)),
        "stage_id": stage.id,
        "revision": 1,
        "code": "meeting-progress",
        "suffix": "docx",
        "filename": "css/luoshi.css",
        "session_id": 1,
        "deputy_id": 1,
        "grant_id": 1,
        "entry_id": 1,
        "override_id": 1,
        "day_id": 1,
        "job_id": job.id,
        "draft_id": 1,
        "notice_id": notice.id,
        "link_id": 1,
        "token": "forged",
    }
    return World(actors, ids)


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """(address, method, endpoint) of everything that can be asked, in order."""
    rows = [
        (rule.rule, method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    ]
    return sorted(rows)


def answer(status: int) -> str:
    """A status as the table shows it. Whoever gets as far as the form (400, 409, 413 …) may use it."""
    if status in {401, 303} or status == 302:
        return "登录" if status == 401 else "可"
    return {403: "拒绝", 404: "—"}.get(status, "可" if status < 500 else "错误")


def table(app: Flask, sign_in) -> list[str]:
    """The lines of the table. ``sign_in(actor)`` gives a client; each question is asked in a world of its own state."""
    found = world(app.extensions["storage"])
    lines = [FIRST_LINE + "".join(f" {word} |" for _name, word in READERS), "|---" * (3 + len(READERS)) + "|"]
    for rule, method, endpoint in routes(app):
        cells = []
        for name, _word in READERS:
            cells.append(
                ask(app, sign_in(found.actors[name]), rule, method, endpoint, found.ids, is_stranger=name == "stranger")
            )
        lines.append(f"| `{rule}` | {method} | `{endpoint}` |" + "".join(f" {cell} |" for cell in cells))
    return lines


def ask(app: Flask, client, rule: str, method: str, endpoint: str, ids: dict[str, object], *, is_stranger: bool) -> str:
    arguments = next(r for r in app.url_map.iter_rules(endpoint) if r.rule == rule).arguments
    address = app.url_map.bind("localhost").build(endpoint, {name: ids[name] for name in arguments})
    db.session.remove()
    savepoint = db.engines[None].begin_nested()  # what one question changes the next does not see
    response = client.open(address, method=method, data={} if method == "POST" else None)
    db.session.remove()
    savepoint.rollback()
    if is_stranger and response.status_code == 303 and response.location.startswith("/sign-in"):
        return "登录"
    if is_stranger and endpoint in PUBLIC_ENDPOINTS:
        return "可"
    return answer(response.status_code)

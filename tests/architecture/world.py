"""A row for every argument that a route may take, and everybody who may ask."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.db import db
from meetings.core.storage import Storage
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
from tests.architecture.papers import papers


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
        **papers(storage, mine, actors["director"], file.id),
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

"""What happened so far in the demo committee: three meetings, thirty tasks, made by the same actions as any other."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select

from meetings.accounts import queries as accounts
from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.attachments import actions as attachments
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction, writing
from meetings.core.storage import Storage
from meetings.demo import texts
from meetings.demo.papers import Papers
from meetings.demo.texts import Plot, Sentence
from meetings.directory.models import Post, PostKind, Unit, UnitGroup, UnitKind
from meetings.directory.words import POST_KINDS
from meetings.documents.models import Document, DocumentKind
from meetings.meetings import queries as meetings
from meetings.meetings.models import (
    AgendaItem,
    AgendaKind,
    Attendance,
    AttendanceState,
    Capacity,
    Meeting,
    MeetingKind,
    MeetingScope,
    MeetingStatus,
    Minutes,
    MinutesRevision,
    Requirement,
    Section,
    Speech,
    SpeechKind,
    TextStatus,
)
from meetings.meetings.rules import Record, minutes_draft
from meetings.meetings.words import SPEECH_KINDS
from meetings.notifications.actions import mark_all_read
from meetings.numbering.actions import next_number
from meetings.tasks import actions as tasks
from meetings.tasks import queries as tasks_queries
from meetings.tasks.models import ReportingCycle, Step, Task, TaskSource, TaskStatus
from meetings.workdays.queries import calendar

HELD_BEFORE, EARLIER_BEFORE = 55, 190  # days from today back to the two meetings
OPENS, PLACE = time(10, 0), "县政府三楼会议室"
UPCOMING_WORKING_DAYS = 8
SOURCE = "云岭县妇儿工委办会议记录"
# Kind, title, presenter, presenting unit, document, planned minutes of an item of an agenda.
Item = tuple[AgendaKind, str, str, str | None, int | None, int]
# At a meeting a few came late, sent somebody or were on leave.
UNUSUAL: Mapping[int, tuple[AttendanceState, str, str]] = {
    3: (AttendanceState.SUBSTITUTE, "常务副部长", ""),
    6: (AttendanceState.LATE, "", "10:15 到会"),
    8: (AttendanceState.ON_LEAVE, "", "赴州里参加会议"),
    11: (AttendanceState.ABSENT, "", ""),
    20: (AttendanceState.SUBSTITUTE, "副局长", ""),
}


class Storyteller:
    """Tells the committee's past in order; ``today`` is the day on which it ends."""

    def __init__(self, committee_id: int, storage: Storage) -> None:
        self.committee_id = committee_id
        self.storage = storage
        self.today = clock.today()
        self.units = {
            unit.short_name: unit.id
            for unit in db.session.scalars(select(Unit).where(Unit.committee_id == committee_id))
        }
        kinds = db.session.scalars(select(MeetingKind).where(MeetingKind.committee_id == committee_id))
        self.kinds = {kind.name: kind.id for kind in kinds}
        self.calendar = calendar(committee_id)
        self.townships = list(
            db.session.scalars(
                select(Unit.id)
                .where(Unit.committee_id == committee_id, Unit.kind == UnitKind.TOWNSHIP)
                .order_by(Unit.position)
            )
        )
        self.director = self._account("office_director")
        self.staff = self._account("office_staff")

    def tell(self) -> None:
        """Everything, from the earlier meeting on."""
        earlier = self._earlier_meeting()
        for plot in texts.EARLIER_PLOTS:
            self._task(plot, earlier)
        meeting = self._meeting(earlier)
        for plot in texts.PLOTS:
            self._task(plot, meeting)
        self._upcoming(meeting)
        readers = list(db.session.scalars(select(Unit.id).where(Unit.kind == UnitKind.MEMBER)))
        papers = Papers(staff=self.staff, director=self.director, storage=self.storage, on=self._on)
        papers.tell(readers, date(self.today.year, 1, 1))

    # --- time and people ----------------------------------------------------------------------------------------

    @contextmanager
    def _on(self, days: int, hour: int = 10, minute: int = 0, *, by: Actor) -> Iterator[None]:
        """A transaction on the working day nearest before ``days`` from today."""
        day = self.today + timedelta(days=days)
        while not self.calendar.is_working(day):
            day -= timedelta(days=1)
        local = clock.local(clock.now()).replace(
            year=day.year, month=day.month, day=day.day, hour=hour, minute=minute, second=0
        )
        with (
            clock.pretend(min(local.astimezone(UTC), datetime.fromtimestamp(clock.now().timestamp(), UTC))),
            transaction(by=by),
        ):
            yield

    def _account(self, name: str) -> Actor:
        actor = accounts.actor_named(name)
        if actor is None:
            raise RuntimeError(f"no account {name}")
        return actor

    def _of(self, unit: str, role: Role) -> Actor:
        """Somebody of a unit: its account where the demo has one, else a person by post."""
        known = {
            ("县教育局", Role.UNIT_HEAD): "edu_head",
            ("县教育局", Role.LIAISON): "edu_liaison",
            ("县卫健委", Role.LIAISON): "health_liaison",
            ("县统计局", Role.LIAISON): "stats_liaison",
        }
        if name := known.get((unit, role)):
            return self._account(name)
        title = "负责人" if role is Role.UNIT_HEAD else "联络员"
        return Actor(
            None,
            f"{unit}{title}",
            self.committee_id,
            frozenset({self.units[unit]}),
            frozenset({role.value}),
            permissions_of([role]),
        )

    # --- meetings -----------------------------------------------------------------------------------------------

    def _earlier_meeting(self) -> Meeting:
        with self._on(-EARLIER_BEFORE, by=self.staff):
            meeting = self._held("妇女儿童工作联络员会议", "联络员会议", "县妇儿工委办主任", MeetingStatus.ARCHIVED)
            text = "".join(sentence.text for sentence in texts.EARLIER)
            speech = Speech(
                meeting_id=meeting.id,
                position=1,
                kind=SpeechKind.ADDRESS,
                speaker_post="县妇儿工委办主任",
                unit_id=self.units["县妇联"],
                text=text,
                text_status=TextStatus.REVIEWED,
                reviewed_by="县妇儿工委办主任",
                reviewed_on=meeting.held_on,
            )
            db.session.add(speech)
            db.session.flush()
            self._require(meeting, speech, texts.EARLIER)
            self._attend(meeting, [(self._group("各成员单位"), PostKind.LIAISON)])
            self._minute(
                meeting,
                "会议听取了各单位上半年工作情况，议定三件事：\n"
                + "\n".join(f"{n}．{s.text}" for n, s in enumerate(texts.EARLIER, 1)),
            )
            return meeting

    def _meeting(self, earlier: Meeting) -> Meeting:
        with self._on(-HELD_BEFORE - 12, by=self.staff):
            scheme = Document(
                committee_id=self.committee_id,
                kind=DocumentKind.SCHEME,
                title="云岭县妇女儿童发展规划终期评估工作方案",
                number="云妇儿工委〔2026〕6号",
                issuing_body="云岭县妇女儿童工作委员会",
                issued_on=clock.today(),
                is_for_units=True,
                text="评估分单位自评、数据审核、实地督导、报告编写、整改落实五个阶段，由县妇儿工委办组织实施，县统计局负责数据审核。",
            )
            db.session.add_all(
                [
                    scheme,
                    Document(
                        committee_id=self.committee_id,
                        kind=DocumentKind.PLAN,
                        title="云岭县妇女儿童发展规划（2021—2025年）",
                        number="云政发〔2021〕38号",
                        issuing_body="云岭县人民政府",
                        issued_on=date(2021, 12, 20),
                        is_for_units=True,
                        text="妇女发展规划八个领域，儿童发展规划七个领域。",
                    ),
                ]
            )
            db.session.flush()
            scheme_id = scheme.id
        with self._on(-HELD_BEFORE, by=self.staff):
            meeting = self._held(
                "妇女儿童工作会议暨“两规划”终期评估推进会",
                "妇女儿童工作会议",
                "县政协副主席",
                MeetingStatus.MINUTED,
                previous_id=earlier.id,
            )
            items = self._agenda(meeting, scheme_id)
            address = self._speeches(meeting, items)
            self._require(meeting, address, texts.ADDRESS)
            members, townships = self._group("各成员单位"), self._group("各乡镇场")
            self._attend(
                meeting,
                [
                    (members, PostKind.HEAD),
                    (members, PostKind.LIAISON),
                    (townships, PostKind.TOWNSHIP_DEPUTY),
                    (townships, PostKind.TOWNSHIP_FEDERATION),
                ],
            )
            self._minute(meeting, self._record(meeting))
            return meeting

    def _record(self, meeting: Meeting) -> str:
        """The minutes as the page proposes them."""
        found = meetings.agenda_of(meeting), meetings.speeches_of(meeting), meetings.requirements_of(meeting)
        return minutes_draft(Record(meeting, *found, meetings.roll_of(meeting), SPEECH_KINDS, POST_KINDS))

    def _held(
        self,
        title: str,
        kind: str,
        chair_post: str,
        status: MeetingStatus,
        previous_id: int | None = None,
        day: date | None = None,
    ) -> Meeting:
        day = day or clock.today()
        kind_id = self.kinds[kind]
        meeting = Meeting(
            committee_id=self.committee_id,
            kind_id=kind_id,
            previous_id=previous_id,
            title=f"{day.year}年{title}",
            year=day.year,
            sequence=next_number(self.committee_id, f"meeting:{kind_id}", day.year),
            held_on=day,
            begins_at=OPENS,
            ends_at=time(12, 10),
            place=PLACE,
            organiser="云岭县妇女儿童工作委员会办公室",
            chair_post=chair_post,
            source=SOURCE,
            text_reviewer="办公室主任",
            status=status,
        )
        db.session.add(meeting)
        db.session.flush()
        return meeting

    def _upcoming(self, previous: Meeting) -> None:
        """The next meeting of the series: announced, with its agenda, and the first answers to its notice."""
        with self._on(-2, 15, by=self.staff):
            day = self.calendar.add(self.today, UPCOMING_WORKING_DAYS)
            meeting = self._held(
                "妇女儿童工作推进会", "推进会", "副县长、县妇儿工委副主任", MeetingStatus.ANNOUNCED, previous.id, day
            )
            meeting.ends_at, meeting.source = time(11, 30), ""
            self._items(
                meeting,
                [
                    (AgendaKind.PREVIOUS_ITEMS, "通报上次会议议定事项落实情况", "县妇儿工委办", "县妇联", None, 15),
                    (AgendaKind.BRIEFING, "通报规划主要指标监测情况", "县统计局", "县统计局", None, 15),
                    (AgendaKind.EXCHANGE, "交流发言", "县教育局、县卫健委", None, None, 20),
                    (AgendaKind.ADDRESS, "讲话", "副县长、县妇儿工委副主任", None, None, 30),
                ],
            )
            answers = {
                4: (AttendanceState.SUBSTITUTE, "常务副部长", ""),
                9: (AttendanceState.ON_LEAVE, "", "赴州里参加培训"),
            }
            scope = [
                (self._group("各成员单位"), PostKind.HEAD),
                (self._group("各乡镇场"), PostKind.TOWNSHIP_DEPUTY),
            ]
            self._attend(meeting, scope, answers, AttendanceState.EXPECTED)

    def _agenda(self, meeting: Meeting, scheme_id: int) -> list[AgendaItem]:
        rows: list[Item] = [
            (AgendaKind.WORK_REPORT, "报告全县妇女儿童工作情况", "县妇联主席、县妇儿工委办主任", "县妇联", None, 15),
            (AgendaKind.READING, "宣读终期评估工作方案", "副县长、县妇儿工委副主任", None, scheme_id, 10),
            (AgendaKind.EXCHANGE, "交流发言", "县教育局、县卫健委、县统计局", None, None, 30),
            (AgendaKind.ADDRESS, "讲话", "副县长、县妇儿工委副主任", None, None, 40),
            (AgendaKind.TRAINING, "规划评估和儿童友好城市（社区）建设业务培训", "县妇儿工委办", "县妇联", None, 60),
        ]
        return self._items(meeting, rows)

    def _items(self, meeting: Meeting, rows: Sequence[Item]) -> list[AgendaItem]:
        items = [
            AgendaItem(
                meeting_id=meeting.id,
                position=n,
                kind=kind,
                title=title,
                presenter=presenter,
                document_id=document_id,
                planned_minutes=minutes,
                presenter_unit_id=self.units[unit] if unit else None,
            )
            for n, (kind, title, presenter, unit, document_id, minutes) in enumerate(rows, 1)
        ]
        db.session.add_all(items)
        db.session.flush()
        return items

    def _speeches(self, meeting: Meeting, items: Sequence[AgendaItem]) -> Speech:
        leader = db.session.scalars(
            select(Post).where(Post.committee_id == self.committee_id, Post.kind == PostKind.COMMITTEE_LEADER)
        ).first()
        reviewed = {"text_status": TextStatus.REVIEWED, "reviewed_by": "办公室主任", "reviewed_on": meeting.held_on}
        speeches = [
            Speech(
                meeting_id=meeting.id,
                agenda_item_id=items[0].id,
                position=1,
                kind=SpeechKind.WORK_REPORT,
                unit_id=self.units["县妇联"],
                speaker_post="县妇联主席、县妇儿工委办主任",
                text=texts.REPORT,
                **reviewed,
            ),
            Speech(
                meeting_id=meeting.id,
                agenda_item_id=items[1].id,
                position=2,
                kind=SpeechKind.READING,
                speaker_post="副县长、县妇儿工委副主任",
                person_id=leader.person_id if leader else None,
                text="宣读终期评估工作方案。",
                **reviewed,
            ),
        ]
        speeches += [
            Speech(
                meeting_id=meeting.id,
                agenda_item_id=items[2].id,
                position=n,
                kind=SpeechKind.EXCHANGE,
                unit_id=self.units[unit],
                speaker_post=f"{unit}负责人",
                text=text,
                text_status=TextStatus.NOTES,
            )
            for n, (unit, text) in enumerate(texts.STATEMENTS.items(), 3)
        ]
        sections: dict[Section, list[str]] = {}
        for sentence in texts.ADDRESS:
            sections.setdefault(sentence.section, []).append(sentence.text)
        address = Speech(
            meeting_id=meeting.id,
            agenda_item_id=items[3].id,
            position=6,
            kind=SpeechKind.ADDRESS,
            speaker_post="副县长、县妇儿工委副主任",
            person_id=leader.person_id if leader else None,
            text="\n".join([texts.OPENING, *("".join(lines) for lines in sections.values())]),
            key_points="算清差距、分解任务、按期达标",
            **reviewed,
        )
        db.session.add_all([*speeches, address])
        db.session.flush()
        return address

    def _require(self, meeting: Meeting, speech: Speech, sentences: Sequence[Sentence]) -> None:
        for sentence in sentences:
            start = speech.text.index(sentence.text)
            db.session.add(
                Requirement(
                    committee_id=self.committee_id,
                    meeting_id=meeting.id,
                    number=next_number(self.committee_id, f"requirement:{meeting.id}", 0),
                    section=sentence.section,
                    text=sentence.text,
                    speech_id=speech.id,
                    start=start,
                    end=start + len(sentence.text),
                    is_actionable=not sentence.aside,
                    set_aside_reason=sentence.aside,
                )
            )

    def _group(self, name: str) -> UnitGroup:
        return db.session.scalars(
            select(UnitGroup).where(UnitGroup.committee_id == self.committee_id, UnitGroup.name == name)
        ).one()

    def _attend(
        self,
        meeting: Meeting,
        scope: Sequence[tuple[UnitGroup, PostKind]],
        unusual: Mapping[int, tuple[AttendanceState, str, str]] = UNUSUAL,
        usual: AttendanceState = AttendanceState.PRESENT,
    ) -> None:
        """The attendance list of the scope; ``unusual`` says by place whose state, substitute and reason differ."""
        position = 0
        for group, kind in scope:
            db.session.add(MeetingScope(meeting_id=meeting.id, group_id=group.id, post_kind=kind))
            rows = db.session.execute(
                select(Post, Unit)
                .join(Unit, Unit.id == Post.unit_id)
                .join(UnitGroup.members.property.mapper.class_)
                .where(
                    Post.kind == kind,
                    UnitGroup.members.property.mapper.class_.unit_id == Unit.id,
                    UnitGroup.members.property.mapper.class_.group_id == group.id,
                )
                .order_by(Unit.position)
            )
            for post, unit in rows:
                position += 1
                state, substitute, reason = unusual.get(position, (usual, "", ""))
                db.session.add(
                    Attendance(
                        meeting_id=meeting.id,
                        position=position,
                        group_name=group.name,
                        unit_id=unit.id,
                        unit_name=unit.short_name,
                        post_title=post.title,
                        post_kind=kind,
                        person_id=post.person_id,
                        capacity=Capacity.ATTENDEE,
                        state=state,
                        substitute_post=substitute,
                        reason=reason,
                    )
                )

    def _minute(self, meeting: Meeting, text: str) -> None:
        minutes = Minutes(
            committee_id=self.committee_id,
            meeting_id=meeting.id,
            text=text,
            revision=1,
            issued_revision=1,
            locked_at=clock.now(),
            signed_by="办公室主任",
            signed_on=clock.today(),
        )
        db.session.add(minutes)
        db.session.flush()
        db.session.add(
            MinutesRevision(
                minutes_id=minutes.id,
                revision=1,
                text=text,
                saved_at=clock.now(),
                saved_by_id=self.staff.user_id,
                saved_by_name=self.staff.name,
            )
        )

    # --- tasks --------------------------------------------------------------------------------------------------

    def _task(self, plot: Plot, meeting: Meeting) -> None:
        """One task through its steps, as far as its plot goes."""
        task_id = self._draft(plot, meeting)
        issued, reported = plot.issued, self._report_days(plot)
        if plot.status is TaskStatus.DRAFT:
            return
        with self._on(issued - 1, 16, by=self.staff):
            tasks.submit_for_issue(self._find(task_id), by=self.staff)
        if plot.status is TaskStatus.PENDING_ISSUE:
            return
        with self._on(issued, 15, by=self.director):
            tasks.issue(self._find(task_id), by=self.director)
        if plot.status is TaskStatus.CANCELLED:
            with self._on(issued + 5, 17, by=self.director):
                tasks.cancel(self._find(task_id), reason="与县教育局已有手册内容重复，合并办理。", by=self.director)
            return
        if not plot.acknowledged:
            return
        self._acknowledge(task_id, plot)
        if plot.status is TaskStatus.SUSPENDED:
            with self._on(issued + 10, 11, by=self.director):
                tasks.suspend(
                    self._find(task_id), reason="等待州里明确乡镇场考核口径，明确后恢复办理。", by=self.director
                )
            return
        for day, said, total in reported:
            self._report(task_id, plot, day, said, total)
        self._finish(task_id, plot)

    def _draft(self, plot: Plot, meeting: Meeting) -> int:
        days = plot.issued - 4
        with self._on(days, 10, by=self.staff):
            requirement = db.session.scalars(
                select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.number == plot.of + 1)
            ).one()
            quantities = (
                [tasks.QuantityInput(plot.quantity[0], plot.quantity[1], Decimal(plot.quantity[2]))]
                if plot.quantity
                else []
            )
            due = max(self.today + timedelta(days=plot.due), self.today + timedelta(days=plot.issued))
            task = tasks.draft_task(
                title=plot.title,
                content=plot.content,
                lead_unit_id=self.units[plot.lead],
                cooperating_unit_ids=self._helpers(plot),
                due_on=due,
                standards=list(plot.standards),
                quantities=quantities,
                stages=[tasks.StageInput(self.today + timedelta(days=plot.stage[0]), plot.stage[1])]
                if plot.stage
                else [],
                source=TaskSource.REQUIREMENT,
                source_text="",
                requirement=requirement,
                meeting=db.session.get_one(Meeting, meeting.id),
                parent=None,
                weight=1,
                urgency=plot.urgency,
                reporting_cycle=ReportingCycle.QUARTERLY,
                reporting_day=5,
                reporting_reason="",
                evidence_reason="",
                basis="",
                by=self.staff,
            )
            return task.id

    def _helpers(self, plot: Plot) -> list[int]:
        found: list[int] = []
        for name in plot.helpers:
            found += self.townships if name == "各乡镇场" else [self.units[name]]
        return found

    def _find(self, task_id: int) -> Task:
        return tasks_queries.find(task_id, actor=self.director)

    def _acknowledge(self, task_id: int, plot: Plot) -> None:
        liaison = self._of(plot.lead, Role.LIAISON)
        with self._on(plot.issued + 1, 9, 40, by=liaison):
            tasks.acknowledge(self._find(task_id), by=liaison)
        for name in plot.helpers[:2]:
            if name == "各乡镇场":
                continue
            helper = self._of(name, Role.LIAISON)
            with self._on(plot.issued + 2, 11, 5, by=helper):
                tasks.acknowledge(self._find(task_id), by=helper)

    def _report_days(self, plot: Plot) -> list[tuple[int, str, int | None]]:
        """The lead's reports spread between receipt and now (or the date, where that is past)."""
        last = min(-2, plot.due - 1)
        count = len(plot.reports)
        span = last - plot.issued
        totals: Sequence[int | None] = plot.quantity[3] if plot.quantity else [None] * count
        return [
            (plot.issued + 3 + span * (n + 1) // (count + 1), said, total)
            for n, (said, total) in enumerate(zip(plot.reports, totals, strict=True))
        ]

    def _report(self, task_id: int, plot: Plot, day: int, said: str, total: int | None) -> None:
        liaison = self._of(plot.lead, Role.LIAISON)
        finished = (
            plot.status in {TaskStatus.UNIT_REVIEW, TaskStatus.OFFICE_REVIEW, TaskStatus.COMPLETED, TaskStatus.CLOSED}
            and said == plot.reports[-1]
        )
        with self._on(day, 11, 8, by=liaison):
            task = self._find(task_id)
            amounts: Mapping[int, tasks.ReportedAmount] = {}
            if total is not None:
                quantity = task.quantities[0]
                amounts = {quantity.id: tasks.ReportedAmount(Decimal(total) - quantity.total, Decimal(total), "")}
            met: Collection[int] = [s.id for s in task.standards] if finished or plot.returned else []
            report = tasks.report_progress(
                task,
                unit_id=None,
                done=said,
                problems="",
                next_steps="按时限推进，月底前完成下一批。" if not finished else "",
                needs_coordination=False,
                is_no_change=False,
                step=Step.DONE if finished else Step.UNDER_WAY,
                standards_met=met,
                quantities=amounts,
                files=[self._evidence(plot, liaison)] if finished or plot.returned else [],
                head_confirms_every=False,
                by=liaison,
            )
            report_id = report.id
        if day < -9:
            with self._on(day + 3, 15, 20, by=self.staff):
                tasks.accept_report(tasks_queries.find_report(report_id, actor=self.staff), by=self.staff)

    def _evidence(self, plot: Plot, by: Actor) -> Attachment:
        text = f"{plot.title}\n{plot.lead}\n" + "\n".join(plot.reports)
        return attachments.keep(
            name=f"{plot.title[:20]}情况说明.txt", content=text.encode(), storage=self.storage, by=by, max_megabytes=20
        )

    def _finish(self, task_id: int, plot: Plot) -> None:
        wanted = plot.status
        last = min(-2, plot.due - 1)
        if plot.returned:
            self._submit(task_id, plot, last - 1)
            with self._on(last, 16, 30, by=self.staff):
                tasks.return_task(self._find(task_id), reason=plot.returned, by=self.staff)
            return
        if wanted is TaskStatus.UNIT_REVIEW:
            liaison = self._of(plot.lead, Role.LIAISON)
            with self._on(last, 17, 20, by=liaison):
                tasks.submit_completion(self._find(task_id), note="完成标准已全部达到，申请办结。", by=liaison)
            return
        if wanted not in {TaskStatus.OFFICE_REVIEW, TaskStatus.COMPLETED, TaskStatus.CLOSED}:
            return
        self._submit(task_id, plot, last - 1)
        if wanted is TaskStatus.OFFICE_REVIEW:
            return
        with self._on(last, 15, 10, by=self.director):
            tasks.complete(self._find(task_id), note="材料齐全，同意办结；未报送的配合单位另行补报。", by=self.director)
        if wanted is TaskStatus.CLOSED:
            with self._on(last + 1, 9, 30, by=self.director):
                tasks.close(self._find(task_id), note="已列入本期销号清单。", by=self.director)

    def _submit(self, task_id: int, plot: Plot, day: int) -> None:
        liaison = self._of(plot.lead, Role.LIAISON)
        with self._on(day, 9, 42, by=liaison):
            tasks.submit_completion(self._find(task_id), note="完成标准已全部达到，申请办结。", by=liaison)
        if plot.offline:
            with self._on(day, 16, 5, by=self.staff):
                scan = attachments.keep(
                    name="办结审签页（扫描件）.txt",
                    content="单位负责人签字盖章页".encode(),
                    storage=self.storage,
                    by=self.staff,
                    max_megabytes=20,
                )
                signature = tasks.Signature(f"{plot.lead}负责人", clock.today(), "情况属实，同意申请办结。", scan)
                tasks.approve_in_unit(self._find(task_id), note="", signature=signature, by=self.staff)
            return
        head = self._of(plot.lead, Role.UNIT_HEAD)
        with self._on(day, 16, 5, by=head):
            tasks.approve_in_unit(self._find(task_id), note="同意。", signature=None, by=head)


def tell(committee_id: int, storage: Storage) -> None:
    """Fill the committee with its past, ending today."""
    Storyteller(committee_id, storage).tell()
    with writing():  # what lies long ago has been read
        mark_all_read(by=Actor(None, "系统", committee_id), before=clock.now() - timedelta(days=40))

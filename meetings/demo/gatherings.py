"""The meetings of the demo committee: an earlier one, the main one with its record, and the next."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from sqlalchemy import select

from meetings.core import clock
from meetings.core.db import db
from meetings.core.storage import Storage
from meetings.demo import texts
from meetings.demo.narrator import Narrator
from meetings.demo.texts import Sentence
from meetings.directory.models import Post, PostKind, Unit, UnitGroup
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
from meetings.meetings.words import POSTS_IN_GROUP, SPEECH_KINDS
from meetings.numbering.actions import next_number

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


class Gatherings(Narrator):
    """Tells the meetings."""

    def __init__(self, committee_id: int, storage: Storage) -> None:
        super().__init__(committee_id, storage)
        kinds = db.session.scalars(select(MeetingKind).where(MeetingKind.committee_id == committee_id))
        self.kinds = {kind.name: kind.id for kind in kinds}

    def earlier(self) -> Meeting:
        with self.on(-EARLIER_BEFORE, by=self.staff):
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

    def main(self, earlier: Meeting) -> Meeting:
        with self.on(-HELD_BEFORE - 12, by=self.staff):
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
        with self.on(-HELD_BEFORE, by=self.staff):
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
        return minutes_draft(Record(meeting, *found, meetings.roll_of(meeting), SPEECH_KINDS, POSTS_IN_GROUP))

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

    def upcoming(self, previous: Meeting) -> None:
        """The next meeting of the series: announced, with its agenda, and the first answers to its notice."""
        with self.on(-2, 15, by=self.staff):
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
                4: (AttendanceState.SUBSTITUTE, "常务副书记", ""),
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

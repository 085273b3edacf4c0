"""A committee of 50 units and 250 accounts, and ten years of its meetings."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from meetings.accounts.models import Role, User, UserRole
from meetings.audit.models import AuditHead
from meetings.core import clock
from meetings.demo.bulk.phrases import SECTIONS_OPENING, Phrases
from meetings.demo.bulk.rows import Rows
from meetings.directory.models import (
    Committee,
    CommitteeName,
    Person,
    Post,
    PostKind,
    Unit,
    UnitGroup,
    UnitGroupMember,
    UnitKind,
)
from meetings.directory.rules import initials
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

YEARS = 10
TOWNSHIPS = (
    "城关镇",
    "东川镇",
    "柳泉镇",
    "白石镇",
    "南坪乡",
    "北沟乡",
    "双桥乡",
    "石门乡",
    "清水乡",
    "青河乡",
    "园艺场",
)
KINDS = ("全体会议", "妇女儿童工作会议", "推进会", "联络员会议", "统计监测会", "专题会议")
SECTIONS = (Section.POINTED_OUT, Section.STRESSED, Section.REQUIRED, Section.RESOLVED)

# Accounts of the office and of nobody's unit: role, first part of the name, what others see, how many.
OFFICE_ACCOUNTS = (
    (Role.OFFICE_DIRECTOR, "director", "办公室主任", 2),
    (Role.OFFICE_STAFF, "staff", "办公室工作人员", 15),
    (Role.LEADER, "leader", "委员会领导", 10),
    (Role.OBSERVER, "observer", "查阅人员", 20),
    (Role.SYSTEM_ADMIN, "system_admin", "系统管理员", 1),
    (Role.SECURITY_ADMIN, "security_admin", "安全管理员", 1),
    (Role.AUDITOR, "auditor", "审计管理员", 1),
)
UNIT_ACCOUNTS = (
    (Role.UNIT_HEAD, "head", "负责人"),
    (Role.LIAISON, "liaison", "联络员"),
    (Role.LIAISON, "deputy", "副联络员"),
    (Role.STATISTICIAN, "statistician", "统计员"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that tasks came of: its day and its requirements (id, section, text)."""

    id: int
    held_on: date
    requirements: Sequence[tuple[int, Section, str]]


@dataclass(frozen=True, slots=True)
class Office:
    """What tasks refer to. ``liaisons`` and ``heads`` are unit id → (user id, display name)."""

    committee_id: int
    unit_ids: Sequence[int]
    busiest_unit_id: int
    director: tuple[int, str]
    staff: tuple[int, str]
    liaisons: dict[int, tuple[int, str]]
    heads: dict[int, tuple[int, str]]
    meetings: Sequence[Held]


def at(day: date, chance: Random) -> datetime:
    """A moment of that day within office hours."""
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (day - clock.today()) + timedelta(minutes=540 + int(chance.random() * 480))


def build(rows: Rows, chance: Random, phrases: Phrases, *, meetings: int, password_hash: str) -> Office:
    """Everything but tasks."""
    since = clock.today() - timedelta(days=366 * (YEARS + 1))
    committee_id = rows.add(Committee, region="云岭县", office_phone="0000-6021", office_hours="工作日 9:30—19:30")
    name = "云岭县妇女儿童工作委员会"
    rows.add(CommitteeName, committee_id=committee_id, name=name, office_name=f"{name}办公室", from_on=since)
    rows.add(AuditHead, committee_id=0)
    rows.add(AuditHead, committee_id=committee_id)
    units = dict(_units(rows, committee_id, since))
    groups = _groups(rows, committee_id, units, since)
    people = _accounts(rows, committee_id, units, since, password_hash)
    return Office(
        committee_id=committee_id,
        unit_ids=list(units),
        busiest_unit_id=next(id_ for id_, (short, _kind) in units.items() if short == "县教育局"),
        director=people["director1"],
        staff=people["staff1"],
        liaisons={unit_id: people[f"liaison{n}"] for n, unit_id in enumerate(units, 1)},
        heads={unit_id: people[f"head{n}"] for n, unit_id in enumerate(units, 1)},
        meetings=list(_meetings(rows, chance, phrases, committee_id, units, groups, meetings)),
    )


def _units(rows: Rows, committee_id: int, since: date) -> Iterator[tuple[int, tuple[str, UnitKind]]]:
    """Unit id → (short name, kind)."""
    with (Path(__file__).parent.parent / "units.csv").open(encoding="utf-8") as file:
        named = [(row["name"], row["short_name"], UnitKind(row["kind"])) for row in csv.DictReader(file)]
    townships = [(name, name, UnitKind.TOWNSHIP) for name in TOWNSHIPS]
    for position, (name, short, kind) in enumerate([*named, *townships], 1):
        yield (
            rows.add(
                Unit,
                committee_id=committee_id,
                kind=kind,
                name=name,
                short_name=short,
                initials=initials(short),
                position=position,
                from_on=since,
            ),
            (short, kind),
        )


def _groups(rows: Rows, committee_id: int, units: dict[int, tuple[str, UnitKind]], since: date) -> list[int]:
    found = []
    for position, (name, wanted) in enumerate((("各成员单位", False), ("各乡镇场", True)), 1):
        group_id = rows.add(UnitGroup, committee_id=committee_id, name=name, position=position, from_on=since)
        for unit_id, (_short, kind) in units.items():
            if (kind is UnitKind.TOWNSHIP) is wanted:
                rows.add(UnitGroupMember, group_id=group_id, unit_id=unit_id)
        found.append(group_id)
    return found


def _accounts(
    rows: Rows,
    committee_id: int,
    units: dict[int, tuple[str, UnitKind]],
    since: date,
    password_hash: str,
) -> dict[str, tuple[int, str]]:
    """Account name → (user id, display name). All have the same password, hashed once."""
    wanted: list[tuple[Role, str, str, int | None]] = []
    for role, part, said, many in OFFICE_ACCOUNTS:
        wanted += [(role, f"{part}{n}", said, None) for n in range(1, many + 1)]
    for n, (own_id, (short, _kind)) in enumerate(units.items(), 1):
        wanted += [(role, f"{part}{n}", f"{short}{said}", own_id) for role, part, said in UNIT_ACCOUNTS]
    people = {}
    for order, (role, name, said, unit_id) in enumerate(wanted, 1):
        person_id = rows.add(Person, committee_id=committee_id, name=said, protocol_order=order)
        user_id = rows.add(
            User,
            committee_id=committee_id,
            name=name,
            display_name=said,
            unit_id=unit_id,
            person_id=person_id,
            password_hash=password_hash,
            password_changed_at=clock.now(),
        )
        rows.add(UserRole, user_id=user_id, role=role)
        if unit_id is not None:
            kind = {Role.UNIT_HEAD: PostKind.HEAD, Role.STATISTICIAN: PostKind.STATISTICIAN}.get(role, PostKind.LIAISON)
            rows.add(
                Post,
                committee_id=committee_id,
                person_id=person_id,
                unit_id=unit_id,
                kind=kind,
                title="主要负责人" if kind is PostKind.HEAD else "科室负责人",
                from_on=since,
            )
        people[name] = (user_id, said)
    return people


def _meetings(
    rows: Rows,
    chance: Random,
    phrases: Phrases,
    committee_id: int,
    units: dict[int, tuple[str, UnitKind]],
    groups: Sequence[int],
    count: int,
) -> Iterator[Held]:
    kinds = [rows.add(MeetingKind, committee_id=committee_id, name=name, position=n) for n, name in enumerate(KINDS)]
    sequences: dict[tuple[int, int], int] = {}
    previous: dict[int, int] = {}
    first = clock.today() - timedelta(days=365 * YEARS)
    for n in range(count):
        kind_id = kinds[n % len(kinds)]
        held_on = first + timedelta(days=n * 365 * YEARS // count)
        sequences[kind_id, held_on.year] = sequence = sequences.get((kind_id, held_on.year), 0) + 1
        meeting_id = rows.add(
            Meeting,
            committee_id=committee_id,
            kind_id=kind_id,
            previous_id=previous.get(kind_id),
            title=f"{held_on.year}年第{sequence}次{KINDS[n % len(kinds)]}",
            year=held_on.year,
            sequence=sequence,
            held_on=held_on,
            begins_at=time(9, 30),
            ends_at=time(11, 45),
            place="县政府三楼会议室",
            organiser="县妇儿工委办",
            chair_name="分管副县长",
            chair_post="副县长、县妇儿工委主任",
            status=MeetingStatus.MINUTED,
        )
        previous[kind_id] = meeting_id
        for group_id in groups:
            rows.add(MeetingScope, meeting_id=meeting_id, group_id=group_id, post_kind=PostKind.HEAD)
        _attendance(rows, chance, meeting_id, units)
        yield Held(meeting_id, held_on, _content(rows, chance, phrases, committee_id, meeting_id, list(units), held_on))
        if len(rows) > 50_000:
            rows.write()


def _attendance(rows: Rows, chance: Random, meeting_id: int, units: dict[int, tuple[str, UnitKind]]) -> None:
    states = (AttendanceState.PRESENT,) * 7 + (
        AttendanceState.SUBSTITUTE,
        AttendanceState.LATE,
        AttendanceState.ON_LEAVE,
    )
    for position, (unit_id, (short, _kind)) in enumerate(units.items(), 1):
        rows.add(
            Attendance,
            meeting_id=meeting_id,
            position=position,
            group_name="各成员单位",
            unit_id=unit_id,
            unit_name=short,
            post_title="主要负责人",
            post_kind=PostKind.HEAD,
            capacity=Capacity.ATTENDEE,
            state=chance.choice(states),
        )


def _content(
    rows: Rows,
    chance: Random,
    phrases: Phrases,
    committee_id: int,
    meeting_id: int,
    units: Sequence[int],
    held_on: date,
) -> list[tuple[int, Section, str]]:
    """Agenda, an address with its requirements, three statements, and the minutes."""
    sentences = [phrases.requirement() for _ in range(12)]
    text, spans = SECTIONS_OPENING, []
    for sentence in sentences:
        text += phrases.content()
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    item_id = rows.add(
        AgendaItem, meeting_id=meeting_id, position=1, kind=AgendaKind.ADDRESS, title="讲话", presenter="副县长"
    )
    speech_id = rows.add(
        Speech,
        meeting_id=meeting_id,
        agenda_item_id=item_id,
        position=1,
        kind=SpeechKind.ADDRESS,
        speaker_post="副县长",
        text=text,
        text_status=TextStatus.REVIEWED,
        reviewed_by="副县长",
        reviewed_on=held_on,
    )
    for position in range(2, 5):
        item_id = rows.add(
            AgendaItem,
            meeting_id=meeting_id,
            position=position,
            kind=AgendaKind.EXCHANGE,
            title="交流发言",
            presenter_unit_id=(unit_id := chance.choice(units)),
        )
        rows.add(
            Speech,
            meeting_id=meeting_id,
            agenda_item_id=item_id,
            position=position,
            kind=SpeechKind.EXCHANGE,
            unit_id=unit_id,
            speaker_post="主要负责人",
            text="".join(phrases.done() for _ in range(4)),
        )
    found = []
    for number, (sentence, (start, end)) in enumerate(zip(sentences, spans, strict=True), 1):
        section = SECTIONS[number % len(SECTIONS)]
        requirement_id = rows.add(
            Requirement,
            committee_id=committee_id,
            meeting_id=meeting_id,
            number=number,
            section=section,
            text=sentence,
            speech_id=speech_id,
            start=start,
            end=end,
        )
        found.append((requirement_id, section, sentence))
    text = "会议听取了工作汇报，研究部署下一阶段工作。\n" + "\n".join(sentences)
    issued_at = at(held_on, chance)
    minutes_id = rows.add(
        Minutes,
        committee_id=committee_id,
        meeting_id=meeting_id,
        text=text,
        revision=1,
        locked_at=issued_at,
        issued_revision=1,
        signed_on=held_on,
    )
    rows.add(
        MinutesRevision,
        minutes_id=minutes_id,
        revision=1,
        text=text,
        saved_at=issued_at,
        saved_by_name="办公室工作人员",
    )
    return found

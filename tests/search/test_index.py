"""The index says what the rows say, to whom the rows may be shown, and the same on every engine."""

from datetime import date
from functools import cache
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.accounts.rules import permissions_of
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.directory.models import Person, PostKind, Unit, UnitGroupMember, UnitName
from meetings.documents.models import Document, DocumentFile
from meetings.documents.queries import visible_to as documents_visible_to
from meetings.meetings.models import (
    AgendaItem,
    AgendaKind,
    Attendance,
    Meeting,
    MeetingFile,
    MeetingKind,
    MeetingScope,
    Minutes,
    MinutesRevision,
    Requirement,
    Speech,
)
from meetings.meetings.queries import visible_to as meetings_visible_to
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan
from meetings.search import actions, queries, rules
from meetings.search.actions import writing
from meetings.search.models import Kind, entry_id, subject_of
from meetings.search.queries import matching
from meetings.search.queries.matching import Scope, matches
from meetings.search.queries.results import _visible
from meetings.tasks import queries as task_queries
from meetings.tasks.models import (
    ProgressFile,
    ProgressReport,
    ReportStatus,
    Step,
    Task,
    TaskAction,
    TaskEvent,
    TaskStatus,
    TaskUnit,
    UnitRole,
)
from meetings.tasks.queries.finding import _sent, visible
from tests import factories as make

WORD = "鹤舞"


def found(typed, actor, **more):
    """Ids of all that is found, by kind."""
    hits = matches(rules.phrases(typed), queries.scopes_of(actor), most=1001, **more)
    return {kind: {subject_of(entry) for entry in ids} for kind, ids in _visible(hits, actor).items() if ids}


# --- whoever may see it, and nobody else --------------------------------------------------------------------------


def world(chance):
    """Rows of every kind that hold the word, in every state, of two committees."""
    for committee in (make.the_committee(), make.committee()):
        units = [make.unit(f"{WORD}局{n}", committee_id=committee.id) for n in range(4)]
        groups = [make.group(*chance.sample(units, 2), committee_id=committee.id) for _ in range(2)]
        make.save(Person(committee_id=committee.id, name=f"人{WORD}"))
        with transaction(by=Actor(None, "系统", committee.id)):
            for n in range(6):
                a_document(committee.id, n, chance)
            kind = added(MeetingKind(committee_id=committee.id, name=f"会{committee.id}"))
            for n in range(8):
                a_meeting(committee.id, kind.id, n, units, groups, chance)
            a_plan(committee.id)
            for n in range(16):
                a_task(committee.id, n, units, chance)


def added(row):
    db.session.add(row)
    db.session.flush()
    return row


def a_file(committee_id):
    more = {"size": 1, "media_type": "application/pdf", "sha256": "0" * 64, "uploaded_by_name": "某"}
    return added(Attachment(committee_id=committee_id, name=f"{WORD}.pdf", uploaded_at=clock.now(), **more)).id


def a_document(committee_id, n, chance):
    is_for_units = chance.random() < 0.5
    document = added(Document(committee_id=committee_id, kind="other", title=f"{WORD}{n}", is_for_units=is_for_units))
    added(DocumentFile(document_id=document.id, attachment_id=a_file(committee_id)))


def a_plan(committee_id):
    of = {"committee_id": committee_id}
    plan = added(Plan(**of, kind="women", title="规划", from_year=2021, until_year=2025))
    of["plan_id"] = plan.id
    domain = added(Domain(**of, position=1, name="健康"))
    of["domain_id"] = domain.id
    added(Goal(**of, position=1, text=f"{WORD}目标"))
    added(Measure(**of, position=1, text=f"{WORD}措施"))
    added(Indicator(**of, position=1, name=f"{WORD}率"))


def a_meeting(committee_id, kind_id, n, units, groups, chance):
    of_committee = {"committee_id": committee_id}
    meeting = added(Meeting(**of_committee, kind_id=kind_id, title=f"{WORD}会{n}", held_on=date(2018 + n, 3, 1)))
    of_meeting = {"meeting_id": meeting.id}
    added(AgendaItem(**of_meeting, position=1, kind=AgendaKind.OTHER, title=WORD))
    added(Speech(**of_meeting, position=1, kind="address", text=f"要{WORD}。"))
    added(Requirement(**of_committee, **of_meeting, number=1, section="required", text=WORD))
    added(MeetingFile(**of_meeting, attachment_id=a_file(committee_id)))
    if chance.random() < 0.5:
        added(Attendance(**of_meeting, position=1, unit_id=chance.choice(units).id))
    if chance.random() < 0.5:
        added(MeetingScope(**of_meeting, group_id=chance.choice(groups).id, post_kind=PostKind.LIAISON))
    if chance.random() < 0.7:
        minutes = added(Minutes(**of_committee, **of_meeting, text=f"{WORD}纪要", revision=1))
        revision = {"revision": 1, "text": f"{WORD}纪要", "saved_at": clock.now(), "saved_by_name": "某"}
        added(MinutesRevision(minutes_id=minutes.id, **revision))
        if chance.random() < 0.6:
            minutes.issued_revision = 1


def a_task(committee_id, n, units, chance):
    parts = chance.sample(units, chance.choice((1, 2, 3)))
    due_on = date(2026, 9, 1)
    task = added(
        Task(
            committee_id=committee_id,
            title=f"{WORD}{n}",
            status=chance.choice(list(TaskStatus)),
            number=f"2026-{n:03}" if chance.random() < 0.8 else None,
            lead_unit_id=parts[0].id,
            original_due_on=due_on,
            due_on=due_on,
        )
    )
    for unit in parts:
        role = UnitRole.LEAD if unit is parts[0] else UnitRole.COOPERATING
        added(TaskUnit(task_id=task.id, unit_id=unit.id, role=role, due_on=due_on))
    said = {"step": Step.UNDER_WAY, "percent_done": 1, "submitted_at": clock.now(), "submitted_by_name": "某"}
    for _ in range(2):
        status = chance.choice(list(ReportStatus))
        of = {"committee_id": committee_id, "task_id": task.id, "unit_id": chance.choice(units).id}
        report = added(ProgressReport(**of, status=status, is_sent=chance.random() < 0.7, done=f"已{WORD}", **said))
        added(ProgressFile(report_id=report.id, attachment_id=a_file(committee_id)))
    stands = {"status_before": TaskStatus.DRAFT, "status_after": TaskStatus.ISSUED}
    done = {"done_at": clock.now(), "done_by_name": "某", "scan_id": a_file(committee_id)}
    added(TaskEvent(task_id=task.id, action=TaskAction.ISSUE, **stands, **done))


def everybody():
    """Every role alone, those of units for one and for two units, and some together, of both committees."""
    for committee_id in (make.the_committee().id, make.the_committee().id + 1):
        units = db.session.scalars(
            select(Unit.id).where(Unit.committee_id == committee_id, Unit.name.like(f"{WORD}%")).order_by(Unit.id)
        ).all()
        for roles in [*([role] for role in Role), [Role.OBSERVER, Role.LIAISON], [Role.OFFICE_STAFF, Role.UNIT_HEAD]]:
            for own in ([], units[:1], units[1:3]):
                yield Actor(
                    1, "某", committee_id, frozenset(own), frozenset(r.value for r in roles), permissions_of(roles)
                )


def expected(actor):
    """What the pages would show, by the features' own rules."""

    def ids(statement):
        return set(db.session.scalars(statement))

    rows = {}
    if actor.may("directory.read"):
        rows[Kind.UNIT] = ids(
            select(Unit.id).where(Unit.committee_id == actor.committee_id, Unit.name.like(f"{WORD}%"))
        )
        rows[Kind.PERSON] = ids(select(Person.id).where(Person.committee_id == actor.committee_id))
    meetings = ids(select(Meeting.id).where(meetings_visible_to(actor)))
    rows[Kind.MEETING] = meetings
    of_meetings = {
        Kind.AGENDA_ITEM: AgendaItem,
        Kind.SPEECH: Speech,
        Kind.REQUIREMENT: Requirement,
        Kind.MEETING_FILE: MeetingFile,
    }
    if actor.may("meetings.read"):
        for kind, model in of_meetings.items():
            rows[kind] = ids(select(model.id).where(model.meeting_id.in_(meetings)))
        rows[Kind.MINUTES] = ids(select(Minutes.meeting_id).where(Minutes.meeting_id.in_(meetings)))
    else:
        rows[Kind.ISSUED_MINUTES] = meetings
    documents = ids(select(Document.id).where(documents_visible_to(actor)))
    if actor.may("plans.read"):
        for kind, model in ((Kind.GOAL, Goal), (Kind.MEASURE, Measure), (Kind.INDICATOR, Indicator)):
            rows[kind] = ids(select(model.id).where(model.committee_id == actor.committee_id))
    rows[Kind.DOCUMENT] = documents
    rows[Kind.DOCUMENT_FILE] = ids(select(DocumentFile.id).where(DocumentFile.document_id.in_(documents)))
    tasks = ids(task_queries.visible_to(actor).with_only_columns(Task.id))
    rows[Kind.TASK] = tasks
    rows[Kind.SCAN] = ids(select(TaskEvent.id).where(TaskEvent.task_id.in_(tasks)))
    reports = (
        select(ProgressReport.id)
        .join(Task, Task.id == ProgressReport.task_id)
        .where(*visible(actor), _sent(sorted(actor.unit_ids)))
    )
    rows[Kind.REPORT] = ids(reports)
    rows[Kind.EVIDENCE] = ids(select(ProgressFile.id).where(ProgressFile.report_id.in_(reports)))
    return {kind: found for kind, found in rows.items() if found}


def disturb(chance):
    """Change what decides who may see what."""

    def some(model, *where, often=0.3):
        return [row for row in db.session.scalars(select(model).where(*where)) if chance.random() < often]

    with transaction(by=Actor(None, "系统", make.the_committee().id)):
        for task in some(Task, often=0.5):
            task.status = chance.choice(list(TaskStatus))
        for report in some(ProgressReport, often=0.5):
            report.is_sent = chance.random() < 0.5
        for minutes in some(Minutes):
            minutes.issued_revision = None if minutes.issued_revision else 1
        for document in some(Document):
            document.is_for_units = not document.is_for_units
        gone = some(TaskUnit, TaskUnit.role == UnitRole.COOPERATING)
        for model in (UnitGroupMember, AgendaItem, MeetingFile, DocumentFile):
            gone += some(model)
        for row in gone:
            db.session.delete(row)


@pytest.mark.parametrize("seed", range(3))
def test_nobody_finds_or_counts_what_the_pages_would_not_show(session, seed):
    chance = Random(seed)
    world(chance)
    for _ in range(2):
        for actor in everybody():
            assert found(WORD, actor) == expected(actor), (actor.roles, actor.unit_ids)
        assert list(actions.differences()) == []
        disturb(chance)
    actions.rebuild()
    assert list(actions.differences()) == []
    for actor in everybody():
        assert found(WORD, actor) == expected(actor), (actor.roles, actor.unit_ids)
        counts = queries.search(WORD, actor=actor).counts
        assert sum(counts.values()) == sum(map(len, expected(actor).values()))


# --- the index follows --------------------------------------------------------------------------------------------


@pytest.fixture
def director(session):
    return make.director()


def test_a_change_is_found_at_once_and_what_it_replaced_no_more(director):
    task = make.draft(title="校园安全排查", by=director)
    assert found("校园安全", director) == {Kind.TASK: {task.id}}
    with transaction(by=director):
        row = db.session.get(Task, task.id)
        row.title = "食品卫生排查"
    assert found("校园安全", director) == {}
    assert found("食品卫生", director) == {Kind.TASK: {task.id}}
    assert list(actions.differences()) == []


def test_what_is_rolled_back_is_not_found(director):
    with pytest.raises(ZeroDivisionError), transaction(by=director):
        db.session.add(Document(committee_id=director.committee_id, kind="other", title="废稿"))
        db.session.flush()
        raise ZeroDivisionError
    assert found("废稿", director) == {}


def test_what_is_deleted_is_found_no_more(director):
    speech = make.speech(make.meeting(), text="要建立台账。")
    assert found("建立台账", director) == {Kind.SPEECH: {speech.id}}
    with transaction(by=director):
        db.session.delete(db.session.get(Speech, speech.id))
    assert found("建立台账", director) == {}


def test_the_posts_and_former_names_of_people_and_units_are_found(director):
    unit = make.unit("卫生健康委员会", short_name="卫健委")
    person = make.person("罗某")
    make.post(unit, person_id=person.id, title="副主任")
    make.save(UnitName(unit_id=unit.id, name="计划生育委员会", short_name="计生委", until_on=date(2018, 1, 1)))
    assert found("计划生育", director) == {Kind.UNIT: {unit.id}}
    assert found("卫健委副主任", director) == {Kind.PERSON: {person.id}}
    with transaction(by=director):
        db.session.get(Unit, unit.id).short_name = "健康委"
    assert found("卫健委副主任", director) == {}
    assert found("健康委副主任", director) == {Kind.PERSON: {person.id}}
    assert list(actions.differences()) == []


def test_a_unit_finds_the_minutes_that_were_issued_and_not_what_is_being_rewritten(director):
    unit = make.unit()
    meeting = make.meeting()
    make.save(Attendance(meeting_id=meeting.id, position=1, unit_id=unit.id))
    minutes = make.save(Minutes(committee_id=meeting.committee_id, meeting_id=meeting.id, text="原定稿", revision=1))
    make.save(
        MinutesRevision(minutes_id=minutes.id, revision=1, text="原定稿", saved_at=clock.now(), saved_by_name="某")
    )
    with transaction(by=director):
        db.session.get(Minutes, minutes.id).issued_revision = 1
    with transaction(by=director):
        row = db.session.get(Minutes, minutes.id)
        row.text, row.revision = "重拟稿", 2
    liaison = make.liaison(unit)
    assert found("重拟", liaison) == {}
    assert found("原定", liaison) == {Kind.ISSUED_MINUTES: {meeting.id}}
    assert found("重拟", director) == {Kind.MINUTES: {meeting.id}}


def test_a_report_adds_few_statements(director, statements):
    unit = make.unit()
    task = make.under_way(lead_unit=unit)
    liaison = make.liaison(unit)
    statements.clear()
    make.report(task, by=liaison)
    assert len([s for s in statements if "search_" in s]) <= 2
    assert len([s for s in statements if s.startswith("SELECT progress_report.id, progress_report.is_sent")]) == 1


def test_long_texts_are_found_from_end_to_end(director):
    filler = "甲乙丙丁戊己庚辛壬癸" * 389  # up to a few characters before the end of the first piece
    text = f"{filler}关键句在两段之间{filler}末尾的话"
    speech = make.speech(make.meeting(), text=text)
    for words in ("关键句在两段之间", "末尾的话", "甲乙丙丁"):
        assert found(words, director) == {Kind.SPEECH: {speech.id}}
    hit = queries.search("关键句", actor=director).hits["speeches"][0]
    assert (True, "关键句") in hit.context
    with transaction(by=director):
        db.session.get(Speech, speech.id).text = "短了"
    assert found("末尾的话", director) == {}
    assert list(actions.differences()) == []


def test_a_wrong_entry_is_named(director):
    task = make.draft(title="校园安全排查", by=director)
    db.session.execute(writing._remove_entries, {"ids": [entry_id(Kind.TASK, task.id)]})
    assert list(actions.differences()) == [(Kind.TASK, task.id)]


# --- one answer ---------------------------------------------------------------------------------------------------

ALPHABET = "妇女儿童工作会议婦兒𠮷𬱖々ab1２Ａ "
MIXED = ALPHABET + "，。-_%*\"'🙂\n"


tokens_of = cache(rules.tokens)


def holds(text, phrase):
    """Whether the phrase stands in the text, told token by token."""
    tokens = tokens_of(text)
    wanted = phrase.tokens
    for at in range(len(tokens) - len(wanted) + 1):
        *first, last = tokens[at : at + len(wanted)]
        if list(wanted[:-1]) == first and (last.startswith(wanted[-1]) if phrase.is_open else last == wanted[-1]):
            return True
    return False


@pytest.fixture
def corpus(session):
    """150 documents of random text, by id."""
    chance = Random(7)
    committee_id = make.the_committee().id
    rows = [
        Document(
            committee_id=committee_id,
            kind="other",
            title="".join(chance.choices(ALPHABET, k=chance.choice((1, 2, 5)))).strip() or "甲",
            text="".join(chance.choices(MIXED, k=chance.choice((0, 3, 20, 90)))),
        )
        for _ in range(150)
    ]
    with transaction(by=Actor(None, "系统", committee_id)):
        db.session.add_all(rows)
    return {row.id: f"{row.title}\n{row.text}" for row in rows}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(MIXED, min_size=1, max_size=8))
def test_the_index_finds_what_a_reader_would(corpus, typed):
    phrases = rules.phrases(rules.wanted(typed))
    scope = Scope(Kind.DOCUMENT, (f"a{make.the_committee().id}",))
    hits = [subject_of(entry) for entry in matches(phrases, [scope], most=1001).get(Kind.DOCUMENT, ())]
    wanted = [row_id for row_id, text in corpus.items() if phrases and all(holds(text, phrase) for phrase in phrases)]
    assert hits == sorted(wanted, reverse=True)


@pytest.mark.parametrize("typed", ["妇女", "工作", "童", "会议 ab", "𬱖"])
def test_the_newest_are_found_first_however_many_there_are(session, monkeypatch, typed):
    monkeypatch.setattr(matching, "_BLOCKS", 3)
    monkeypatch.setattr(matching, "_MOST_AT_ONCE", 8)
    chance = Random(3)
    committee_id = make.the_committee().id
    rows = [
        Document(
            committee_id=committee_id,
            kind="other",
            title="某件",
            text="".join(chance.choices(MIXED, k=40)),
            issued_on=date(2016 + n // 20, 1, 1),
        )
        for n in range(120)
    ]
    with transaction(by=Actor(None, "系统", committee_id)):
        db.session.add_all(rows)
    phrases = rules.phrases(typed)
    scope = Scope(Kind.DOCUMENT, (f"a{committee_id}",))
    holding = [row for row in reversed(rows) if all(holds(row.text, phrase) for phrase in phrases)]
    for year, block, most in product((None, 2017, 2099), (2, 16), (1, 7, 40)):
        monkeypatch.setattr(matching, "BLOCK", block)
        hits = [subject_of(entry) for entry in matches(phrases, [scope], most=most, year=year).get(Kind.DOCUMENT, ())]
        wanted = [row.id for row in holding if year in (None, row.issued_on.year)]
        assert hits == wanted[:most], (year, block, most)

"""The requirement bench of a meeting: its text at the left, what was made of it at the right; and its tasks."""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from flask import render_template, request, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.errors import DomainError, NotFound
from meetings.core.forms import Choice, Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, current_actor, require
from meetings.directory.queries import pickable
from meetings.meetings import actions as meeting_actions
from meetings.meetings import queries as meetings
from meetings.meetings import rules as meeting_rules
from meetings.meetings import words as meeting_words
from meetings.meetings.models import Meeting, MeetingAction, Requirement, Speech, SpeechKind
from meetings.plans.queries import OpenLine, open_lines
from meetings.reading.proposing import task_title
from meetings.reading.units import Names
from meetings.tasks import actions, queries, rules, words
from meetings.tasks.forms.bench import EditRequirementForm, JoinForm, MarkForm, QuickDraftForm, SetAsideForm, place_of
from meetings.tasks.models import TaskStatus
from meetings.tasks.queries import Bench, BenchItem
from meetings.tasks.rules import LightCode
from meetings.tasks.views.page import bp, light_rule
from meetings.tasks.views.reporting import number_in_address


class Piece(NamedTuple):
    """Some of a paragraph: its place in the text, and the requirement that it is the sentence of."""

    start: int
    text: str
    item: BenchItem | None
    is_first: bool


def paragraphs(text: str, items: Sequence[BenchItem]) -> list[list[Piece]]:
    """The text in paragraphs, cut where sentences of requirements begin and end.

    Of two sentences that overlap the first is marked.
    """
    marked: list[tuple[int, int, BenchItem]] = []
    spans = [
        (row.requirement.start, row.requirement.end, row)
        for row in items
        if row.requirement.start is not None and row.requirement.end is not None
    ]
    for start, end, item in sorted(spans, key=lambda span: span[:2]):
        if end <= len(text) and (not marked or start >= marked[-1][1]):
            marked.append((start, end, item))
    result, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            result.append(list(_pieces(line, at, marked)))
        at += len(line) + 1
    return result


def _pieces(line: str, at: int, marked: Sequence[tuple[int, int, BenchItem]]) -> Iterator[Piece]:
    """One paragraph that begins at ``at``."""
    here, last = at, at + len(line)
    for start, end, item in marked:
        if end <= at or start >= last:
            continue
        first, then = max(start, at), min(end, last)
        if first > here:
            yield Piece(here, line[here - at : first - at], None, False)
        yield Piece(first, line[first - at : then - at], item, start >= at)
        here = then
    if here < last:
        yield Piece(here, line[here - at :], None, False)


def find_meeting(meeting_id: int, actor: Actor) -> Meeting:
    return meetings.find_to_record(meeting_id, actor=actor)


def shown_item(bench: Bench) -> BenchItem | None:
    """The requirement at work: the one in the address, else the first open one, else the first."""
    number = number_in_address("on")
    by_number = {row.requirement.number: row for row in bench.items}
    if number in by_number:
        return by_number[number]
    return next((row for row in bench.items if row.is_open), bench.items[0] if bench.items else None)


def shown_speech(speeches: Sequence[Speech], item: BenchItem | None) -> Speech | None:
    """The text at the left: the one asked for, else that of the requirement at work, else what a leader said."""
    wanted = number_in_address("speech") or (item.requirement.speech_id if item else None)
    by_id = {speech.id: speech for speech in speeches}
    if wanted in by_id:
        return by_id[wanted]
    return next((row for row in speeches if row.kind is SpeechKind.ADDRESS), speeches[0] if speeches else None)


def neighbours(bench: Bench, item: BenchItem | None) -> tuple[BenchItem | None, BenchItem | None]:
    """The open requirements before and after the one at work."""
    if item is None:
        return None, None
    number = item.requirement.number
    before = [row for row in bench.items if row.is_open and row.requirement.number < number]
    after = [row for row in bench.items if row.is_open and row.requirement.number > number]
    return (before[-1] if before else None), (after[0] if after else None)


def speech_choices(speeches: Sequence[Speech]) -> list[Choice]:
    return [(row.id, f"{row.speaker}：{_(meeting_words.SPEECH_KINDS[row.kind])}") for row in speeches]


def show_bench(meeting_id: int, *, mark: MarkForm | None = None, draft: QuickDraftForm | None = None) -> str:
    """The page, with the form that was sent and has to be corrected, if one was."""
    actor = current_actor()
    meeting = find_meeting(meeting_id, actor)
    bench = queries.bench(meeting, actor=actor)
    item = shown_item(bench)
    speeches = [row for row in meetings.speeches_of(meeting) if row.text]
    speech = shown_speech(speeches, item)
    may_draft = actor.may("tasks.draft")
    may_mark = meeting_rules.is_accepted(meeting, MeetingAction.ADD_REQUIREMENTS, actor)
    if may_mark and mark is None:
        mark = MarkForm(
            formdata=None,
            speeches=speech_choices(speeches),
            lines=open_lines(actor),
            data={"speech_id": speech.id if speech else None},
        )
    takes_tasks = item is not None and not item.requirement.set_aside_reason and not item.is_carried_on
    if may_draft and takes_tasks and draft is None:
        draft = QuickDraftForm(formdata=None, units=pickable(actor))
    previous, following = neighbours(bench, item)
    similar: Sequence[queries.Similar] = ()
    lines: Sequence[OpenLine] = ()
    if may_draft and item is not None and item.is_open:
        title = task_title(item.requirement.text, Names())
        similar = queries.similar_tasks(title, actor=actor, besides_requirement_id=item.requirement.id)
        lines = queries.similar_lines(title, actor=actor)
    return render_template(
        "tasks/requirements.html",
        meeting=meeting,
        counts=meetings.tab_counts(meeting),
        bench=bench,
        decomposed=sum(row.requirement.is_actionable and bool(row.tasks) and not row.is_open for row in bench.items),
        item=item,
        speeches=speeches,
        speech=speech,
        paragraphs=paragraphs(speech.text, [row for row in bench.items if row.requirement.speech_id == speech.id])
        if speech
        else [],
        mark=mark if may_mark else None,
        draft=draft if takes_tasks else None,
        served=meetings.served_lines(item.requirement) if item else [],
        similar=similar,
        lines=lines,
        form=mark if mark and mark.errors else draft,
        may_draft=may_draft,
        may_mark=may_mark,
        previous=previous,
        following=following,
        only_open=request.args.get("only") == "open",
        next_meeting=meetings.next_in_series(meeting) if may_draft else None,
        form_key=secrets.token_urlsafe(18),
        speech_kind_words=meeting_words.SPEECH_KINDS,
        text_status_words=meeting_words.TEXT_STATUSES,
    )


def bench_address(meeting_id: int, number: int | None = None, **more: Any) -> str:
    return url_for("tasks.requirements", meeting_id=meeting_id, on=number, **more)


@bp.get("/meetings/<int:meeting_id>/requirements")
def requirements(meeting_id: int) -> str:
    return show_bench(meeting_id)


@bp.post("/meetings/<int:meeting_id>/requirements/mark")
def mark_requirement(meeting_id: int) -> Any:
    actor = require("meetings.record")
    speeches = [row for row in meetings.speeches_of(find_meeting(meeting_id, actor)) if row.text]
    form = MarkForm(speeches=speech_choices(speeches), lines=open_lines(actor))
    done = carry_out(
        form,
        lambda: _mark(form, find_meeting(meeting_id, actor), actor),
        said=N_("已添加，可以分解为任务"),
        to=lambda requirement: bench_address(meeting_id, requirement.number),
    )
    return done or show_bench(meeting_id, mark=form)


def _mark(form: MarkForm, meeting: Meeting, actor: Actor) -> Requirement:
    """Add the requirement, with the place of its sentence in the speech."""
    start = end = None
    text = form.text.data
    if form.speech_id.data:
        speech = meetings.find_speech(meeting, form.speech_id.data)
        place = place_of(speech.text, text, form.first)
        if place is None:
            raise DomainError("requirement.not_in_text", field="text")
        start, end = place
        text = speech.text[start:end]
        for other in meetings.requirements_of_speech(speech):
            if other.start is not None and other.end is not None and other.start < end and start < other.end:
                raise DomainError("requirement.marked_already", field="text", number=other.number)
    requirement = meeting_actions.add_requirement(
        meeting,
        section=form.payload["section"],
        text=text,
        speech_id=form.speech_id.data,
        start=start,
        end=end,
        is_actionable=form.is_actionable.data,
        by=actor,
    )
    meeting_actions.serve(requirement, form.aims.data or (), by=actor)
    return requirement


def requirement_of(meeting_id: int, requirement_id: int, actor: Actor) -> Requirement:
    """The requirement of this meeting, or ``NotFound``."""
    requirement = queries.find_requirement(requirement_id, actor=actor)
    if requirement.meeting_id != meeting_id:
        raise NotFound
    return requirement


@bp.post("/meetings/<int:meeting_id>/requirements/<int:requirement_id>/tasks")
def draft_tasks(meeting_id: int, requirement_id: int) -> Any:
    actor = require("tasks.draft")
    number = requirement_of(meeting_id, requirement_id, actor).number
    form = QuickDraftForm(units=pickable(actor))
    count = len(form.tasks.filled)

    def act() -> None:
        requirement = requirement_of(meeting_id, requirement_id, actor)
        lines = {line.name for line in open_lines(actor)}
        served = [name for name in meetings.aims_of(requirement) if name in lines]
        for draft in form.drafts:
            task = actions.draft_task(
                **draft,
                **actions.PLAIN_DRAFT,
                requirement=requirement,
                by=actor,
            )
            actions.serve(task, served, by=actor)

    done = carry_out(
        form,
        act,
        said=N_("已存为任务草稿 %(count)s 件"),
        details={"count": count},
        to=bench_address(meeting_id, number),
    )
    return done or show_bench(meeting_id, draft=form)


@bp.route("/meetings/<int:meeting_id>/requirements/<int:requirement_id>/edit", methods=["GET", "POST"])
def edit_requirement(meeting_id: int, requirement_id: int) -> Any:
    actor = require("meetings.record")
    requirement = requirement_of(meeting_id, requirement_id, actor)
    form = EditRequirementForm(
        lines=open_lines(actor),
        data=EditRequirementForm.values_of(requirement) | {"aims": list(meetings.aims_of(requirement))},
    )

    def act() -> None:
        row = requirement_of(meeting_id, requirement_id, actor)
        expect(row, form.version.data)
        meeting_actions.edit_requirement(row, **form.payload, by=actor)
        meeting_actions.serve(row, form.aims.data or (), by=actor)

    number = requirement.number
    done = carry_out(form, act, said=N_("已保存"), to=bench_address(meeting_id, number))
    return done or render_template(
        "tasks/edit_requirement.html", form=form, requirement=requirement_of(meeting_id, requirement_id, actor)
    )


@bp.route("/meetings/<int:meeting_id>/requirements/<int:requirement_id>/set-aside", methods=["GET", "POST"])
def set_aside(meeting_id: int, requirement_id: int) -> Any:
    actor = require("tasks.draft")
    number = requirement_of(meeting_id, requirement_id, actor).number
    form = SetAsideForm()
    done = carry_out(
        form,
        lambda: actions.set_aside(requirement_of(meeting_id, requirement_id, actor), **form.payload, by=actor),
        said=N_("已写明不列任务的理由"),
        to=bench_address(meeting_id, number),
    )
    return done or render_template(
        "tasks/set_aside.html", form=form, requirement=requirement_of(meeting_id, requirement_id, actor)
    )


@bp.route("/meetings/<int:meeting_id>/requirements/<int:requirement_id>/join", methods=["GET", "POST"])
def join_requirement(meeting_id: int, requirement_id: int) -> Any:
    """A task at hand answers the requirement: named by its number, or by the button beside it."""
    actor = require("tasks.draft")
    number = requirement_of(meeting_id, requirement_id, actor).number
    form = JoinForm()
    task_id = number_in_address("task")
    if task_id:
        del form.number

    def act() -> None:
        found = task_id or queries.ids_by_number([form.number.data], actor=actor).get(form.number.data)
        if found is None:
            raise DomainError("task.number_unknown", field="number", numbers=form.number.data)
        task = queries.find(found, actor=actor, full=False)
        actions.join(requirement_of(meeting_id, requirement_id, actor), task=task, by=actor)

    done = carry_out(form, act, said=N_("已并入，不必再下达一次"), to=bench_address(meeting_id, number))
    return done or render_template(
        "tasks/join_requirement.html", form=form, requirement=requirement_of(meeting_id, requirement_id, actor)
    )


@bp.post("/meetings/<int:meeting_id>/requirements/<int:requirement_id>/part/<int:task_id>")
def part_requirement(meeting_id: int, requirement_id: int, task_id: int) -> Any:
    actor = require("tasks.draft")
    number = requirement_of(meeting_id, requirement_id, actor).number
    return carry_out(
        Form(),
        lambda: actions.part(requirement_of(meeting_id, requirement_id, actor), task_id=task_id, by=actor),
        said=N_("已解除并入"),
        to=bench_address(meeting_id, number),
    )


@bp.post("/meetings/<int:meeting_id>/requirements/<int:requirement_id>/take-up-again")
def take_up_again(meeting_id: int, requirement_id: int) -> Any:
    actor = require("tasks.draft")
    number = requirement_of(meeting_id, requirement_id, actor).number
    return carry_out(
        Form(),
        lambda: actions.take_up_again(requirement_of(meeting_id, requirement_id, actor), by=actor),
        said=N_("已恢复为待分解"),
        to=bench_address(meeting_id, number),
    )


@bp.get("/meetings/<int:meeting_id>/tasks")
def meeting_tasks(meeting_id: int) -> str:
    actor = current_actor()
    meeting = meetings.find(meeting_id, actor=actor)
    rows = queries.tasks_of_meeting(meeting, actor=actor, rule=light_rule(actor))
    live = [row for row in rows if row.status is not TaskStatus.CANCELLED]
    finished = [row for row in live if row.status in rules.DONE]
    return render_template(
        "tasks/meeting_tasks.html",
        meeting=meeting,
        counts=meetings.tab_counts(meeting),
        rows=rows,
        by_light={code: sum(row.light is not None and row.light.code is code for row in live) for code in LightCode},
        issued=sum(row.number is not None for row in live),
        finished=len(finished),
        on_time=queries.OnTime(
            len(finished),
            sum(rules.is_on_time(row.submitted_on, row.due_on) for row in finished),
            sum(rules.is_on_time(row.submitted_on, row.original_due_on) for row in finished),
        ),
        now=clock.now(),
        may_record=actor.may("meetings.read"),
        light_names=words.LIGHT_NAMES,
    )

"""From a text to a meeting: paste, look at what was read, correct it, create."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from meetings.core.actor import Actor
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, current_actor, require
from meetings.directory import queries as directory
from meetings.directory.models import UnitKind
from meetings.directory.words import POST_KINDS
from meetings.drafts import actions as ended
from meetings.drafts import queries as drafts
from meetings.exchange import words
from meetings.exchange.actions import draft as actions
from meetings.exchange.forms.draft import MOST_CHARACTERS, MOST_SENTENCES, MOST_SPEAKERS, DraftForm, PasteForm
from meetings.exchange.rules import draft as rules
from meetings.exchange.rules.draft import Treatment
from meetings.meetings import queries as meetings
from meetings.meetings.forms import SCOPE_KINDS
from meetings.meetings.models import Meeting, TextStatus
from meetings.meetings.rules import ScopeKey
from meetings.meetings.words import POSTS_IN_GROUP
from meetings.plans.queries import open_lines
from meetings.reading.decoding import Unreadable, decode, plain
from meetings.reading.draft import Draft, Requirement, Role
from meetings.reading.proposing import task_title
from meetings.reading.reader import read
from meetings.reading.structure import parse
from meetings.reading.units import Names
from meetings.tasks.forms.bench import place_of
from meetings.tasks.queries import find, ids_by_number, similar_lines_to_each, similar_to_each
from meetings.tasks.words import STATUSES

bp = Blueprint("exchange", __name__)

Json = dict[str, Any]


_FILLED = ("lead", "cooperating", "due_on")  # what one row takes from another


class Piece(NamedTuple):
    """Some of a paragraph, and the number of the sentence that it is, from 1."""

    text: str
    number: int | None


@bp.route("/meetings/draft", methods=["GET", "POST"])
def draft() -> Any:
    """Paste a text or send a file; what is read out of it is shown, and nothing is written."""
    actor = _writer()
    form = PasteForm()
    if form.validate_on_submit():
        try:
            text = decode(form.files.data[0].read()) if form.files.data else plain(form.text.data)
        except Unreadable as refusal:
            form.cannot_be_read(str(refusal))
        else:
            if len(text) > MOST_CHARACTERS:
                form.cannot_be_read(_("文字最多 %(most)s 字，请只留会议的部分后再读取", most=MOST_CHARACTERS))
                return _show_paste(form, actor)
            found = read(text.strip(), known_units=_unit_names(actor))
            if len(found.requirements) > MOST_SENTENCES:
                count = len(found.requirements)
                form.cannot_be_read(
                    _("读出要求 %(count)s 句，一次最多 %(most)s 句，请分段读取", count=count, most=MOST_SENTENCES)
                )
                return _show_paste(form, actor)
            if found.reason is None:
                return _show(_form(actor, data=_proposed(found, actor), formdata=None), found.warnings)
            form.cannot_be_read(_("%(reason)s。请核对后重试", reason=found.reason))
    return _show_paste(form, actor)


def _show_paste(form: PasteForm, actor: Actor) -> str:
    return render_template("exchange/draft.html", form=form, begun=drafts.of_page(url_for(".review"), actor=actor))


@bp.route("/meetings/draft/review", methods=["GET", "POST"])
def review() -> Any:
    """The draft as a person corrects it. Its buttons join, part and add sentences; only 建立 writes."""
    actor = _writer()
    form = _form(actor)
    form.body = parse(form.text.data or "").body
    form.ids_by_number = _at_hand(form, actor)
    if request.method == "GET":
        return _show(form, []) if form.draft else redirect(url_for(".draft"), 303)
    if act := request.form.get("act"):
        values = _again(form, act)
        return _show(_form(actor, data=values, formdata=None), [])
    count = sum(each.treatment is Treatment.TASK for each in form.asked)
    done = carry_out(
        form,
        lambda: _create(form, actor),
        said=N_("已建立会议，任务草稿 %(count)s 件，尚未交办"),
        details={"count": count},
        to=lambda meeting: url_for("tasks.requirements", meeting_id=meeting.id),
    )
    return done or _show(form, [])


def _create(form: DraftForm, actor: Actor) -> Meeting:
    """The meeting; what was pasted for it is no draft any longer."""
    ended.end(address=url_for(".draft"), form=PasteForm.keeps_draft, by=actor)
    return actions.create_from_text(
        details=form.details,
        report=form.text.data[slice(*form.body)],
        source=form.text.data.encode(),
        text_status=form.text_status.data or TextStatus.NEWS_EXCERPT,
        speakers=form.speakers_said,
        asked=form.asked,
        storage=current_app.extensions["storage"],
        max_megabytes=current_app.config["LUOSHI"].upload_megabytes,
        personal_data_confirmed=bool(form.personal_data_confirmed.data),
        by=actor,
    )


def _writer() -> Actor:
    actor = require("meetings.record")
    return require("tasks.draft") if actor.may("meetings.record") else actor


def _unit_names(actor: Actor) -> dict[str, str]:
    """Every name of a unit, present or former, and its short name now."""
    former = directory.former_names_by_unit(actor)
    return {
        name: unit.short_name
        for unit in directory.units(actor)
        for name in (*former.get(unit.id, ()), unit.name, unit.short_name)
    }


def _form(actor: Actor, **given: Any) -> DraftForm:
    form = DraftForm(
        kinds=[(kind.id, kind.name) for kind in meetings.kinds(actor) if kind.is_active],
        scopes=[
            (str(ScopeKey(group.id, kind)), f"{group.name}{POSTS_IN_GROUP[kind]}")
            for group in directory.groups(actor)
            for kind in SCOPE_KINDS
        ],
        units=[*directory.pickable(actor), *_former(actor)],
        people=directory.person_choices(actor),
        lines=[(line.name, line.text) for line in open_lines(actor)],
        **given,
    )
    form.draft_address = url_for(".review")
    return form


def _former(actor: Actor) -> Iterator[directory.PickableChoice]:
    """Former names, which lead to the unit as it is called now."""
    now = {unit.id for unit in directory.units(actor)}
    for unit_id, names in directory.former_names_by_unit(actor).items():
        for name in names if unit_id in now else ():
            yield unit_id, name, {"data-initials": "", "data-short": name}


def _proposed(found: Draft, actor: Actor) -> Json:
    """What the form begins with: nothing that the text does not say."""
    names = _unit_names(actor)
    kinds = {kind.name: kind.id for kind in meetings.kinds(actor)}
    chair = next((person for person in found.people if Role.CHAIR in person.roles), None)
    townships = {unit.id for unit in directory.units(actor) if unit.kind is UnitKind.TOWNSHIP}
    groups = [
        (group.id, group.name, bool(group.members) and {each.unit_id for each in group.members} <= townships)
        for group in directory.groups(actor)
    ]
    return {
        "text": found.source,
        "title": found.title.text if found.title else "",
        "kind_id": kinds.get(found.kind or ""),
        "held_on": found.date,
        "day_text": found.date_text.text if found.date_text and not found.date else "",
        "place": found.place.text if found.place else "",
        "chair_name": chair.name if chair else "",
        "chair_post": "、".join(chair.posts) if chair else "",
        "text_status": rules.text_status(found),
        "scopes": rules.scopes_of(found, groups),
        "speakers": list(_speakers(found, directory.person_choices(actor), names))[:MOST_SPEAKERS],
        "sentences": [_sentence(each, names) for each in found.requirements],
    }


def _speakers(found: Draft, people: list[directory.PickableChoice], units: Mapping[str, str]) -> Iterator[Json]:
    """Who spoke; somebody unknown who holds a post in a unit that is known is proposed as new."""
    for person in found.people:
        known = [str(id_) for id_, _words, held in people if held["data-short"] == person.name]
        of_ours = any(rules.posts_in(post, dict.fromkeys(units, 0)) for post in person.posts)
        proposed = known or (["new"] if of_ours else [])
        for role in person.roles:
            if role in rules.KIND_OF_ROLE:
                yield {
                    "kind": rules.KIND_OF_ROLE[role],
                    "speaker_name": person.name,
                    "speaker_post": "、".join(person.posts),
                    "person": proposed[0] if len(proposed) == 1 else "",
                }
    for unit in found.unit_speakers:
        if unit.role in rules.KIND_OF_ROLE:
            yield {"kind": rules.KIND_OF_ROLE[unit.role], "speaker_post": unit.unit, "speaker_name": ""}


def _sentence(each: Requirement, names: dict[str, str]) -> Json:
    lead = [names[unit] for unit in each.lead_units if unit in names]
    helping = [names[unit] for unit in each.cooperating_units if unit in names]
    return {
        "text": each.found.text,
        "section": rules.SECTION_OF[each.section],
        "treatment": Treatment.TASK if each.is_actionable else Treatment.SET_ASIDE,
        "reason": "" if each.is_actionable else _(words.SET_ASIDE_REASON),
        "title": task_title(each.found.text, Names.of(names)),
        "lead": "、".join(lead[:1]),
        "cooperating": "、".join([*lead[1:], *helping]),
        "due_on": each.deadline.day if each.deadline else None,
        "standards": "\n".join(measure.text for measure in each.measures),
    }


def _again(form: DraftForm, act: str) -> Json:
    """The values of the form after one of its buttons; a button that is none changes nothing."""
    values: Json = {field.name: field.data for field in form if field.name not in form.NOT_PAYLOAD}
    rows: list[Json] = [dict(row) for row in form.sentences.data]
    what, _dash, number = act.partition("-")
    place = int(number) if number.isdecimal() else -1
    if what == "join" and 0 <= place < len(rows) - 1:
        rows[place : place + 2] = [_joined(rows[place], rows[place + 1], form.text.data or "")]
    elif what == "split" and 0 <= place < len(rows):
        rows[place : place + 1] = _parted(rows[place])
    elif what == "same" and 0 < place < len(rows):
        rows[place] |= {name: rows[place - 1][name] for name in _FILLED}
    elif what == "fill" and 0 <= place < len(rows):
        for row in rows[place + 1 :]:
            if row["treatment"] is Treatment.TASK:
                row |= {name: rows[place][name] for name in _FILLED if not row[name]}
    elif what == "into" and (merged := _merged(rows, number)):
        rows = merged
    elif what == "add" and form.added.data:
        rows = _with_added(rows, form)
        values["added"] = ""
    if len(rows) > MOST_SENTENCES:  # one more than there is room for: as before
        flash(_("要求一次最多 %(most)s 句，没有再加", most=MOST_SENTENCES))
        rows, values["added"] = [dict(row) for row in form.sentences.data], form.added.data
    return values | {"sentences": rows}


def _merged(rows: list[Json], where: str) -> list[Json] | None:
    """The rows with one that a task at hand answers too: ``where`` is its place and the task's id."""
    place, _dash, task_id = where.partition("-")
    if not (place.isdecimal() and task_id.isdecimal() and int(place) < len(rows) and len(task_id) < 10):
        return None
    task = find(int(task_id), actor=current_actor(), full=False)
    name = task.number or f"{_(words.DRAFT_AT_HAND)}{task.id}"
    return [
        row | {"treatment": Treatment.JOIN, "joined_number": name} if n == int(place) else row
        for n, row in enumerate(rows)
    ]


def _at_hand(form: DraftForm, actor: Actor) -> dict[str, int]:
    """The tasks that sentences are joined to, by what is written in their rows: a number, or the mark of a draft."""
    wanted = {row.form.joined_number.data or "" for row in form.sentences.entries}
    mark = _(words.DRAFT_AT_HAND)
    drafts = {name: int(name.removeprefix(mark)) for name in wanted if re.fullmatch(rf"{mark}[0-9]{{1,9}}", name)}
    numbers = wanted - drafts.keys() - {""}
    return {**drafts, **(ids_by_number(numbers, actor=actor) if numbers else {})}


def _joined(first: Json, second: Json, text: str) -> Json:
    """Two sentences as one, with what stands between them in the text."""
    begin = place_of(text, first["text"])
    end = place_of(text, second["text"], begin[1]) if begin else None
    whole = text[begin[0] : end[1]] if begin and end and begin[0] < end[1] else first["text"] + second["text"]
    return first | {"text": whole, "standards": "\n".join(filter(None, (first["standards"], second["standards"])))}


def _parted(row: Json) -> list[Json]:
    """A sentence in two: at a line break that was typed, else behind the first mark that parts clauses."""
    text = row["text"] or ""
    at = text.find("\n")
    if at < 0:
        at = next((place + 1 for mark in "；。，;," if 0 < (place := text.find(mark)) < len(text) - 1), 0)
    if not at:
        return [row]
    parts = [text[:at].strip(), text[at:].strip()]
    return [row | {"text": part, "title": task_title(part, Names())} for part in parts if part]


def _with_added(rows: list[Json], form: DraftForm) -> list[Json]:
    """The rows with one more, in the order of the text."""
    text, sentence = form.text.data or "", form.added.data
    new = {
        "text": sentence,
        "section": rows[-1]["section"] if rows else None,
        "treatment": Treatment.TASK,
        "title": task_title(sentence, Names.of(name for _id, name, _held in form.units)),
    }
    place = place_of(text, sentence)
    before = [n for n, row in enumerate(rows) if place and (at := place_of(text, row["text"] or "")) and at < place]
    where = max(before, default=-1) + 1 if place else len(rows)
    return [*rows[:where], new, *rows[where:]]


def _show(form: DraftForm, warnings: list[str]) -> str:
    """The page with the text at the left, cut where sentences begin and end, and the form at the right."""
    actor = _writer()
    titles = [
        (row.form.title.data or "") if row.form.treatment.data in {Treatment.TASK, Treatment.JOIN} else ""
        for row in form.sentences.entries
    ]
    return render_template(
        "exchange/review.html",
        form=form,
        similar=similar_to_each(titles, actor=actor),
        lines=similar_lines_to_each(titles, actor=actor),
        paragraphs=list(_paragraphs(form)),
        warnings=warnings,
        unit_choices=directory.pickable(actor),
        groups=directory.groups(actor),
        scope_kinds=SCOPE_KINDS,
        post_kinds=POST_KINDS,
        status_words=STATUSES,
        set_aside_reason=words.SET_ASIDE_REASON,
        draft_at_hand=words.DRAFT_AT_HAND,
    )


def _paragraphs(form: DraftForm) -> Iterator[list[Piece]]:
    """The report without the menus round it, line by line."""
    source = parse(form.text.data or "")
    text = source.source[slice(*source.body)]
    spans: list[tuple[int, int, int]] = []
    at = 0
    for number, row in enumerate(form.sentences.entries, 1):
        place = place_of(text, row.form.text.data or "", at)
        if place and (not spans or place[0] >= spans[-1][1]):
            spans.append((*place, number))
            at = place[1]
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        pieces: list[Piece] = []
        pen = start
        for first, last, number in spans:
            if last <= start or first >= end:
                continue
            if first > pen:
                pieces.append(Piece(text[pen:first], None))
            pieces.append(Piece(text[max(first, start) : min(last, end)], number))
            pen = min(last, end)
        if pen < end:
            pieces.append(Piece(text[pen:end], None))
        if line.strip():
            yield pieces
        start = end + 1

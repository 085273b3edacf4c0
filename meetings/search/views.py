"""The search box."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.paging import Page, page_number
from meetings.core.web import current_actor
from meetings.search import queries, rules, words
from meetings.search.models import Kind

bp = Blueprint("search", __name__)

YEARS = 10

# The page that shows what was found, from the place and the row.
_ADDRESSES: Mapping[Kind, Callable[[int, int], str]] = {
    Kind.UNIT: lambda _place, own: url_for("directory.unit", unit_id=own),
    Kind.PERSON: lambda _place, own: url_for("directory.person", person_id=own),
    Kind.MEETING: lambda _place, own: url_for("meetings.detail", meeting_id=own),
    Kind.AGENDA_ITEM: lambda place, _own: url_for("meetings.agenda", meeting_id=place),
    Kind.SPEECH: lambda place, own: url_for("meetings.speech", meeting_id=place, speech_id=own),
    Kind.REQUIREMENT: lambda place, _own: url_for("tasks.requirements", meeting_id=place),
    Kind.MINUTES: lambda place, _own: url_for("meetings.minutes", meeting_id=place),
    Kind.ISSUED_MINUTES: lambda place, _own: url_for("meetings.minutes", meeting_id=place),
    Kind.DOCUMENT: lambda _place, own: url_for("documents.detail", document_id=own),
    Kind.MEETING_FILE: lambda place, _own: url_for("meetings.files", meeting_id=place),
    Kind.DOCUMENT_FILE: lambda place, _own: url_for("documents.detail", document_id=place),
    Kind.TASK: lambda _place, own: url_for("tasks.detail", task_id=own),
    Kind.SCAN: lambda place, _own: url_for("tasks.detail", task_id=place),
    Kind.EVIDENCE: lambda place, _own: url_for("tasks.detail", task_id=place),
    Kind.GOAL: lambda _place, own: url_for("plans.goal", goal_id=own),
    Kind.MEASURE: lambda _place, own: url_for("plans.measure", measure_id=own),
    Kind.INDICATOR: lambda _place, own: url_for("plans.indicator", indicator_id=own),
    Kind.REPORT: lambda place, _own: url_for("tasks.detail", task_id=place),
}


def _address(hit: queries.Hit | queries.Shortcut) -> str:
    return _ADDRESSES[hit.kind](hit.place_id if isinstance(hit, queries.Hit) else hit.id, hit.id)


@bp.get("/search")
def index() -> Any:
    """What holds the words, of what the actor may see: the first of every group, or a page of one."""
    actor = current_actor()
    asked = request.args.get("q", "")
    typed = rules.wanted(asked)
    group = request.args.get("kind", "")
    group = group if group in queries.GROUPS else ""
    asked_year = request.args.get("year", "")
    year = int(asked_year) if asked_year.isascii() and asked_year.isdigit() and len(asked_year) == 4 else None
    if typed and not group and year is None and (shortcut := queries.by_number(typed, actor=actor)):
        return redirect(_address(shortcut), 303)
    number = page_number(request.args.get("page"))
    found = queries.search(typed, actor=actor, group=group or None, year=year, page=number)
    this_year = clock.today().year
    shown = found.hits.get(group, ())
    return render_template(
        "search/index.html",
        typed=typed,
        group=group,
        year=year,
        years=range(this_year, this_year - YEARS, -1),
        found=found,
        most=queries.MOST,
        groups=words.GROUPS,
        kinds=words.KINDS,
        letters=queries.by_letters(typed, actor=actor) if not group else [],
        page=Page(shown, number, min(found.counts.get(group, 0), queries.MOST), queries.PAGE_SIZE) if group else None,
        has_words=bool(rules.phrases(typed)),
        most_characters=rules.MOST_CHARACTERS if len(asked.strip()) > rules.MOST_CHARACTERS else None,
        address_of=_address,
    )

"""Rows of a meeting (agenda items, speeches, people asked): a page that adds one and a page that changes it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import render_template

from meetings.attachments.views import max_megabytes
from meetings.core.db import Versioned, expect
from meetings.core.forms import EditForm, Form
from meetings.core.web import carry_out, current_actor
from meetings.meetings import queries
from meetings.meetings.models import Meeting

Row = TypeVar("Row", bound=Versioned)


def new_row(template: str, meeting_id: int, form: Form, add: Callable[[Meeting], object], *, said: str, to: str) -> Any:
    """The page that adds a row: the form, or where ``add`` led to."""
    actor = current_actor()
    done = carry_out(form, lambda: add(queries.find_to_change(meeting_id, actor=actor)), said=said, to=to)
    if done:
        return done
    meeting = queries.find_to_record(meeting_id, actor=actor)
    return render_template(template, form=form, meeting=meeting, max_megabytes=max_megabytes())


def edit_row(
    template: str,
    meeting: Meeting,
    name: str,
    find: Callable[[Meeting], Row],
    form_of: Callable[..., EditForm],
    change: Callable[[Meeting, Row, EditForm], object],
    *,
    said: str,
    to: str,
) -> Any:
    """The page that changes a row, ``name`` in the template: the form, filled from it, or where ``change`` led to."""
    actor, meeting_id = current_actor(), meeting.id
    find(meeting)
    form = form_of()

    def act() -> None:
        meeting = queries.find_to_change(meeting_id, actor=actor)
        row = find(meeting)
        expect(row, form["version"].data)
        change(meeting, row, form)

    done = carry_out(form, act, said=said, to=to)
    if done:
        return done
    meeting = queries.find_to_record(meeting_id, actor=actor)
    row = find(meeting)
    if not form.is_submitted():
        form = form_of(data=form.values_of(row))
    return render_template(
        template, form=form, meeting=meeting, max_megabytes=max_megabytes(), button=Form(), **{name: row}
    )


def details_of(form: Form) -> dict[str, Any]:
    """What the form says of the row, apart from its files."""
    return {name: value for name, value in form.payload.items() if name != "files"}

"""The blueprint of meetings, what its templates may call, and how its forms are carried out."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for

from meetings.core import clock
from meetings.core.forms import Form
from meetings.core.web import carry_out, current_actor
from meetings.directory.words import POST_KINDS
from meetings.meetings import queries, rules, words
from meetings.meetings.models import Meeting, MeetingAction

bp = Blueprint("meetings", __name__, url_prefix="/meetings")

# Filters that templates of this and higher features use.
bp.add_app_template_filter(words.facts_of, "meeting_facts")
bp.add_app_template_filter(words.day_of, "meeting_day")
bp.add_app_template_filter(words.times_of, "meeting_times")
bp.add_app_template_filter(words.place_of, "meeting_place_in_series")


def pressed(meeting_id: int, act: Callable[[Meeting], object], said: str, endpoint: str = ".detail") -> Any:
    """A button without fields: do it once, say so, go on to the page that shows it."""
    actor = current_actor()
    return carry_out(
        Form(),
        lambda: act(queries.find_to_change(meeting_id, actor=actor)),
        said=said,
        to=url_for(endpoint, meeting_id=meeting_id),
    )


def open_for(action: MeetingAction, meeting_id: int) -> Meeting:
    """The meeting for a page that leads to this action; raises the reason where it is not accepted."""
    actor = current_actor()
    meeting = queries.find_to_record(meeting_id, actor=actor)
    rules.next_status(meeting, action, actor, today=clock.today())
    return meeting


def page(template: str, meeting: Meeting, **values: Any) -> str:
    """A page of one meeting, with what its head and tabs need."""
    actor = current_actor()
    return render_template(
        template,
        meeting=meeting,
        counts=queries.tab_counts(meeting),
        may={action.value for action in rules.available_actions(meeting, actor, today=clock.today())},
        words=words,
        post_kinds=POST_KINDS,
        **values,
    )

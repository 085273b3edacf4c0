"""Meetings that follow one another: what became of what the previous one settled, and what goes over into the next."""

import secrets
from typing import Any

from flask import render_template

from meetings.core import clock
from meetings.core.errors import DomainError, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor, require
from meetings.meetings import queries as meetings
from meetings.meetings import words as meeting_words
from meetings.tasks import actions, queries
from meetings.tasks.views.bench import bench_address, find_meeting
from meetings.tasks.views.page import bp


@bp.get("/meetings/<int:meeting_id>/previous")
def previous(meeting_id: int) -> str:
    """上次会议议定事项落实情况: made from the rows as they stand today, kept nowhere."""
    actor = current_actor()
    meeting = find_meeting(meeting_id, actor)
    if meeting.previous is None:
        raise NotFound
    return render_template(
        "tasks/previous.html",
        meeting=meeting,
        counts=meetings.tab_counts(meeting),
        earlier=meeting.previous,
        told=queries.account_of(meeting.previous, meeting, actor=actor),
        to_carry=queries.to_carry_count(meeting.previous, meeting) if actor.may("tasks.draft") else 0,
        section_words=meeting_words.SECTIONS,
        form_key=secrets.token_urlsafe(18),
        now=clock.now(),
    )


@bp.post("/meetings/<int:meeting_id>/carry-over")
def carry_over(meeting_id: int) -> Any:
    """Copy into this meeting what the one before it left open."""
    actor = require("tasks.draft")
    earlier = find_meeting(meeting_id, actor).previous
    if earlier is None:
        raise DomainError("meeting.no_previous")
    earlier_id = earlier.id

    def act() -> None:
        actions.carry_over(find_meeting(earlier_id, actor), find_meeting(meeting_id, actor), by=actor)

    return carry_out(Form(), act, said=N_("未落实的要求已转入本次会议，原会议记录不变"), to=bench_address(meeting_id))

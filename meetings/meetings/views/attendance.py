"""Who is asked to a meeting and who came."""

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for

from meetings.attachments.forms import received
from meetings.attachments.views import max_megabytes, store
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError
from meetings.core.forms import Choice, Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carried_out, carry_out, current_actor
from meetings.directory import queries as directory
from meetings.meetings import actions, queries, rules
from meetings.meetings.forms import MARKS, AttendeeForm, NewAttendeeForm, RollForm, roll_form
from meetings.meetings.models import Attendance, Meeting, MeetingAction
from meetings.meetings.views.blueprint import bp, open_for, page, pressed
from meetings.meetings.views.rows import details_of, edit_row, new_row


@bp.route("/<int:meeting_id>/attendance", methods=["GET", "POST"])
def attendance(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = queries.find_to_record(meeting_id, actor=actor)
    if request.method == "GET":
        return _roll_page(meeting, queries.roll_of(meeting))
    rules.next_status(meeting, MeetingAction.RECORD_ATTENDANCE, actor)
    form = roll_form(queries.roll_of(meeting))
    status = 200
    if form.validate_on_submit():
        try:
            with carried_out(form) as outcome:
                meeting = queries.find_to_change(meeting_id, actor=actor)
                changed = actions.save_roll(meeting, form.marks, by=actor)
                if request.form.get("all_present"):
                    changed += actions.mark_all_present(meeting, by=actor)
                outcome.location = url_for(".attendance", meeting_id=meeting_id)
        except DomainError as refusal:
            if refusal.code == "attendance.changed_meanwhile":
                form.show_conflicts(refusal.details["ids"], {row.id: row for row in queries.roll_of(meeting)})
                status = 409
            else:
                form.refuse(refusal)
        else:
            flash(_("已保存，改动 %(count)s 人", count=changed))
            return redirect(outcome.location, 303)
    meeting = queries.find_to_record(meeting_id, actor=actor)
    return _roll_page(meeting, queries.roll_of(meeting), form), status


def _roll_page(meeting: Meeting, roll: Any, form: RollForm | None = None) -> str:
    actor = current_actor()
    is_open = rules.is_accepted(meeting, MeetingAction.RECORD_ATTENDANCE, actor)
    return page(
        "meetings/attendance.html",
        meeting,
        roll=roll,
        form=form or (roll_form(roll) if is_open else None),
        tally=rules.tally_of(roll),
        marks=MARKS,
        counted=rules.COUNTED,
        spoke=_spoke(meeting),
        button=Form(),
    )


def _spoke(meeting: Meeting) -> dict[tuple[str, int], list[Any]]:
    """What each person or unit did on the floor: ("person", id) or ("unit", id) → kinds of speeches."""
    found: dict[tuple[str, int], list[Any]] = {}
    for person_id, unit_id, kind in queries.speakers_of(meeting):
        key = ("person", person_id) if person_id else ("unit", unit_id) if unit_id else None
        if key:
            found.setdefault(key, []).append(kind)
    return found


@bp.post("/<int:meeting_id>/attendance/make")
def make_roll(meeting_id: int) -> Any:
    actor = current_actor()
    return carry_out(
        Form(),
        lambda: actions.make_roll(queries.find_to_change(meeting_id, actor=actor), by=actor),
        said=lambda made: flash(_("名单已更新：新增 %(added)s 人，移出 %(gone)s 人", added=made[0], gone=made[1])),
        to=url_for(".attendance", meeting_id=meeting_id),
    )


def _choices(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    items: list[Choice] = [(item.id, f"{n}. {item.title}") for n, item in enumerate(queries.agenda_of(meeting), 1)]
    return {"units": directory.pickable(actor), "items": items}


def _keep_leave_file(meeting: Meeting, row: Attendance, form: AttendeeForm) -> None:
    if form.files.data:
        actions.keep_leave_file(
            meeting,
            row,
            received(form.files),
            storage=store(),
            max_megabytes=max_megabytes(),
            by=current_actor(),
            personal_data_confirmed=bool(form.personal_data_confirmed.data),
        )


@bp.route("/<int:meeting_id>/attendance/new", methods=["GET", "POST"])
def new_attendee(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.RECORD_ATTENDANCE, meeting_id)
    people = queries.people_on(actor, meeting.held_on or clock.today())
    form = NewAttendeeForm(people=people, **_choices(meeting, actor))

    def add(meeting: Meeting) -> None:
        _keep_leave_file(meeting, actions.add_attendee(meeting, **details_of(form), by=actor), form)

    to = url_for(".attendance", meeting_id=meeting_id)
    return new_row("meetings/new_attendee.html", meeting_id, form, add, said=N_("已列入名单"), to=to)


@bp.route("/<int:meeting_id>/attendance/<int:attendee_id>", methods=["GET", "POST"])
def edit_attendee(meeting_id: int, attendee_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.RECORD_ATTENDANCE, meeting_id)

    def change(meeting: Meeting, row: Attendance, form: AttendeeForm) -> None:
        actions.edit_attendee(meeting, row, **details_of(form), by=actor)
        _keep_leave_file(meeting, row, form)

    return edit_row(
        "meetings/edit_attendee.html",
        meeting,
        "row",
        lambda meeting: queries.find_attendee(meeting, attendee_id),
        partial(AttendeeForm, **_choices(meeting, actor)),
        change,
        said=N_("已保存"),
        to=url_for(".attendance", meeting_id=meeting_id),
    )


@bp.post("/<int:meeting_id>/attendance/<int:attendee_id>/remove")
def remove_attendee(meeting_id: int, attendee_id: int) -> Any:
    actor = current_actor()
    return pressed(
        meeting_id,
        lambda meeting: actions.remove_attendee(meeting, queries.find_attendee(meeting, attendee_id), by=actor),
        N_("已移出名单"),
        ".attendance",
    )

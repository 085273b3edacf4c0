"""The minutes of a meeting, and its files."""

from typing import Any

from flask import Response, render_template, request, url_for

from meetings.attachments.forms import received
from meetings.attachments.views import download, max_megabytes, send, store
from meetings.core import clock, word
from meetings.core.db import expect
from meetings.core.errors import DomainError
from meetings.core.forms import Form, tidy
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carry_out, compare_lines, current_actor
from meetings.meetings import actions, queries, rules, words
from meetings.meetings.forms import FilesForm, IssueMinutesForm, MinutesForm, ReopenMinutesForm, WordForm
from meetings.meetings.models import Meeting, MeetingAction, Minutes
from meetings.meetings.views.blueprint import bp, open_for, page, pressed
from meetings.reading.decoding import Unreadable, decode


@bp.get("/<int:meeting_id>/minutes")
def minutes(meeting_id: int) -> str:
    actor = current_actor()
    meeting = queries.find(meeting_id, actor=actor)
    found = queries.minutes_of(meeting)
    is_reader = actor.may("meetings.read")
    text = found.text if found and is_reader else queries.issued_text(found) if found else None
    return page(
        "meetings/minutes.html",
        meeting,
        minutes=found,
        text=text,
        revisions=queries.revisions_of(found) if found and is_reader else [],
    )


@bp.get("/<int:meeting_id>/minutes/revisions/<int:revision>")
def minutes_revision(meeting_id: int, revision: int) -> str:
    meeting = queries.find_to_record(meeting_id, actor=current_actor())
    found = _there(queries.minutes_of(meeting))
    return page("meetings/minutes_revision.html", meeting, minutes=found, revision=queries.revision_of(found, revision))


def _there(found: Minutes | None) -> Minutes:
    if found is None:
        raise DomainError("minutes.empty")
    return found


def _draft(meeting: Meeting) -> str:
    return rules.minutes_draft(
        rules.Record(
            meeting,
            queries.agenda_of(meeting),
            queries.speeches_of(meeting),
            queries.requirements_of(meeting),
            queries.roll_of(meeting),
            words.SPEECH_KINDS,
            words.POSTS_IN_GROUP,
        )
    )


@bp.route("/<int:meeting_id>/minutes/edit", methods=["GET", "POST"])
def edit_minutes(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.WRITE_MINUTES, meeting_id)
    form = MinutesForm()

    def act() -> None:
        meeting = queries.find_to_change(meeting_id, actor=actor)
        found = queries.minutes_of(meeting)
        if found is not None:  # a first text may have been saved by somebody else
            expect(found, form.version.data)
        actions.save_minutes(meeting, found, text=form.text.data, by=actor)

    done = carry_out(form, act, said=N_("纪要已保存，留有修改记录"), to=url_for(".minutes", meeting_id=meeting_id))
    if done:
        return done
    meeting = queries.find_to_record(meeting_id, actor=actor)
    found = queries.minutes_of(meeting)
    is_proposed = found is None or "draft" in request.args
    if not form.is_submitted():
        text = _draft(meeting) if is_proposed or found is None else found.text
        form = MinutesForm(data={"text": text, "version": found.version if found else ""})
    return render_template(
        "meetings/edit_minutes.html", form=form, meeting=meeting, minutes=found, is_proposed=is_proposed
    )


# --- to Word and back -----------------------------------------------------------------------------------------------


@bp.get("/<int:meeting_id>/minutes/text.docx")
def minutes_text(meeting_id: int) -> Response:
    """The text as a Word file to edit; it knows the version that it was taken from."""
    meeting = queries.find_to_record(meeting_id, actor=current_actor())
    found = _there(queries.minutes_of(meeting))
    content = word.written(found.text, title=meeting.title, identifier=f"minutes-{meeting.id}-{found.version}")
    return download(content, _("%(title)s纪要", title=meeting.title) + ".docx", _WORD)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.route("/<int:meeting_id>/minutes/from-word", methods=["GET", "POST"])
def minutes_from_word(meeting_id: int) -> Any:
    """A Word file becomes the text of the form that edits the minutes, beside what differs; saving is that form's."""
    open_for(MeetingAction.WRITE_MINUTES, meeting_id)
    meeting = queries.find_to_record(meeting_id, actor=current_actor())
    found = queries.minutes_of(meeting)
    form = WordForm()
    if form.validate_on_submit():
        try:
            text, version = _read_word(form.content, meeting, found)
        except Unreadable as refusal:
            form.files.errors = [str(refusal)]
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            before = found.text if found else ""
            if text == before:
                form.files.errors = [_("文件中的文字与现在的纪要完全相同，没有要保存的改动")]
            else:
                edit = MinutesForm(formdata=None, data={"text": text, "version": version})
                differences = compare_lines(before, text)
                return page("meetings/minutes_from_word.html", meeting, form=edit, differences=differences)
    return page("meetings/minutes_from_word.html", meeting, form=form, differences=None)


def _read_word(content: bytes, meeting: Meeting, found: Minutes | None) -> tuple[str, int | str]:
    """The text of the file, and the version it was taken from: of one that was written elsewhere, the present one."""
    text = tidy(decode(content))
    taken = word.identifier_of(content).split("-")
    if taken[0] != "minutes" or len(taken) != 3:
        return str(text), found.version if found else ""
    if taken[1] != str(meeting.id):
        raise DomainError("minutes.of_other", field="files")
    return str(text), int(taken[2])


@bp.route("/<int:meeting_id>/minutes/issue", methods=["GET", "POST"])
def issue_minutes(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.MINUTE, meeting_id)
    found = _there(queries.minutes_of(meeting))
    form = IssueMinutesForm(data={"version": found.version, "signed_on": clock.today(), "signed_by": ""})

    def act() -> None:
        meeting = queries.find_to_change(meeting_id, actor=actor)
        found = _there(queries.minutes_of(meeting))
        expect(found, form.version.data)  # what is locked is what was read
        actions.issue_minutes(meeting, found, **form.payload, by=actor)

    done = carry_out(
        form, act, said=N_("纪要已印发并锁定，参会单位可以查阅"), to=url_for(".minutes", meeting_id=meeting_id)
    )
    if done:
        return done
    meeting = queries.find_to_record(meeting_id, actor=actor)
    return render_template(
        "meetings/issue_minutes.html", form=form, meeting=meeting, minutes=queries.minutes_of(meeting)
    )


@bp.route("/<int:meeting_id>/minutes/reopen", methods=["GET", "POST"])
def reopen_minutes(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = open_for(MeetingAction.REOPEN_MINUTES, meeting_id)
    found = _there(queries.minutes_of(meeting))
    form = ReopenMinutesForm(data={"version": found.version})

    def act() -> None:
        meeting = queries.find_to_change(meeting_id, actor=actor)
        found = _there(queries.minutes_of(meeting))
        expect(found, form.version.data)
        actions.reopen_minutes(meeting, found, reason=form.reason.data, by=actor)

    done = carry_out(
        form,
        act,
        said=N_("纪要已重新打开，各单位仍看到原印发稿，直到再次印发"),
        to=url_for(".minutes", meeting_id=meeting_id),
    )
    return done or render_template(
        "meetings/reopen_minutes.html", form=form, meeting=queries.find_to_record(meeting_id, actor=actor)
    )


# --- files --------------------------------------------------------------------------------------------------------


@bp.route("/<int:meeting_id>/files", methods=["GET", "POST"])
def files(meeting_id: int) -> Any:
    actor = current_actor()
    meeting = queries.find_to_record(meeting_id, actor=actor)
    form = FilesForm()
    done = carry_out(
        form,
        lambda: actions.add_files(
            queries.find_to_change(meeting_id, actor=actor),
            received(form.files),
            storage=store(),
            by=actor,
            max_megabytes=max_megabytes(),
            personal_data_confirmed=bool(form.personal_data_confirmed.data),
        ),
        said=N_("已添加材料"),
        to=url_for(".files", meeting_id=meeting_id),
    )
    if done:
        return done
    if form.is_submitted():  # refused: what was loaded before is gone
        meeting = queries.find_to_record(meeting_id, actor=actor)
    return page(
        "meetings/files.html",
        meeting,
        form=form,
        files=queries.files_of(meeting),
        items={item.id: item for item in queries.agenda_of(meeting)},
        speeches={speech.id: speech for speech in queries.speeches_of(meeting)},
        max_megabytes=max_megabytes(),
        button=Form(),
    )


@bp.get("/<int:meeting_id>/files/<int:attachment_id>")
def file(meeting_id: int, attachment_id: int) -> Response:
    meeting = queries.find_to_record(meeting_id, actor=current_actor())
    return send(queries.find_file(meeting, attachment_id).attachment)


@bp.get("/<int:meeting_id>/leave/<int:attachment_id>")
def leave_file(meeting_id: int, attachment_id: int) -> Response:
    meeting = queries.find_to_record(meeting_id, actor=current_actor())
    return send(queries.find_leave_file(meeting, attachment_id))


@bp.post("/<int:meeting_id>/files/<int:attachment_id>/remove")
def remove_file(meeting_id: int, attachment_id: int) -> Any:
    actor = current_actor()
    return pressed(
        meeting_id,
        lambda meeting: actions.remove_file(meeting, queries.find_file(meeting, attachment_id), by=actor),
        N_("已移除材料"),
        ".files",
    )

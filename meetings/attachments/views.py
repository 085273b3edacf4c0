"""Send a kept file. There is no address of its own here: whoever holds the file has one that checks who asks."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, g, request
from werkzeug.datastructures import FileStorage

from meetings.attachments import actions, queries, rules
from meetings.attachments.forms import received
from meetings.attachments.models import AsideFile, Attachment
from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.errors import DomainError
from meetings.core.forms import AsideFile as AsideListed
from meetings.core.forms import Form, files_fields
from meetings.core.storage import Storage, StorageFull
from meetings.core.web import current_actor

bp = Blueprint("attachments", __name__)


def store() -> Storage:
    """Where files are kept."""
    found: Storage = current_app.extensions["storage"]
    return found


def max_megabytes() -> int:
    """The setting ``LUOSHI_UPLOAD_MEGABYTES``: what one file may hold."""
    return int(current_app.config["LUOSHI"].upload_megabytes)


def keep_files(form: Any, name: str, *, by: Actor) -> list[Attachment]:
    """The files that one control of the form was sent, kept; inside the transaction."""
    return [
        actions.keep(
            name=file_name,
            content=content,
            storage=store(),
            by=by,
            max_megabytes=max_megabytes(),
            personal_data_confirmed=bool(form.personal_data_confirmed.data)
            if "personal_data_confirmed" in form
            else False,
            field=name,
        )
        for file_name, content in received(form[name])
    ]


class FilesAside:
    """Files of a form that has to be shown again: kept apart until it is sent once more (``core.forms.FilesAside``)."""

    def recall(self, form: Form) -> None:
        for field in files_fields(form):
            rows = self._rows(form, field.aside_ids, field=field.name)
            field.bring_back((listed(row), FileStorage(BytesIO(store().get(row.key)), row.name)) for row in rows)

    def keep(self, form: Form) -> None:
        """What this try brought; what is wrong with a file that would not be taken is said with all else that is wrong.

        A full disk keeps none.
        """
        key, actor = form.form_key.data, g.get("actor")
        for field in files_fields(form):
            taken = []
            for item in field.fresh[: rules.MAX_FILES - len(field.aside)]:
                name, content = item.filename or "", _all_of(item)
                if refusal := _refusal(name, content, field.name, decided=bool(form.personal_data_confirmed.data)):
                    form.blame(field, refusal)
                else:
                    taken.append((name, content))
            if not taken or not key or actor is None:
                continue
            with suppress(StorageFull), writing():
                rows = [
                    actions.put_aside(name, content, form_key=key, field=field.name, storage=store(), by=actor)
                    for name, content in taken
                ]
                field.aside.extend(listed(row) for row in rows)

    def forget(self, form: Form) -> None:
        ids = {one.id for field in files_fields(form) for one in field.aside}
        if ids:
            with writing():
                actions.drop_aside(self._rows(form, ids), storage=store())

    @staticmethod
    def _rows(form: Form, ids: Collection[int], field: str | None = None) -> Sequence[AsideFile]:
        actor = g.get("actor")
        if not ids or actor is None:
            return []
        return queries.aside(ids, form_key=form.form_key.data, field=field, actor=actor)


def listed(row: AsideFile) -> AsideListed:
    return AsideListed(row.id, row.name, row.size)


def _all_of(item: FileStorage) -> bytes:
    """The content, however much of it was read before."""
    item.stream.seek(0)
    content: bytes = item.read()
    item.stream.seek(0)
    return content


def _refusal(name: str, content: bytes, field: str, *, decided: bool) -> DomainError | None:
    """Why the file is of no kind that is kept, or holds what must not be, unless somebody ``decided`` to keep it."""
    name = rules.tidy_name(name)
    try:
        rules.check(name, content, max_megabytes=max_megabytes(), field=field)
        rules.check_text(name, rules.text_of(name, content), personal_data_confirmed=decided, field=field)
    except DomainError as refusal:
        return refusal
    return None


def send(attachment: Attachment) -> Response:
    """The file as a download under its own name, logged. The caller has checked that the actor may see it."""
    name, key, media_type = attachment.name, attachment.sha256, attachment.media_type
    subject = f"attachment {attachment.id} {name}"
    try:
        content = store().get(key)
    except FileNotFoundError as error:
        raise DomainError("file.lost", name=name) from error
    with writing():
        log_access(AccessKind.DOWNLOAD, subject, by=current_actor(), address=request.remote_addr or "")
    return download(content, name, media_type)


def download(content: bytes, name: str, media_type: str) -> Response:
    """Bytes as a file to keep, under a name that may hold any characters."""
    response = Response(content, content_type=media_type)
    plain = "".join(c if (c.isascii() and c.isalnum()) or c in "-_." else "_" for c in name)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

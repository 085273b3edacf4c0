"""Send a kept file. There is no address of its own here: whoever holds the file has one that checks who asks."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request

from meetings.attachments.actions import keep
from meetings.attachments.forms import received
from meetings.attachments.models import Attachment
from meetings.audit.actions import log_access
from meetings.audit.models import AccessKind
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.errors import DomainError
from meetings.core.storage import Storage
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
        keep(
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
    response = Response(content, content_type=media_type)
    plain = "".join(c if (c.isascii() and c.isalnum()) or c in "-_." else "_" for c in name)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

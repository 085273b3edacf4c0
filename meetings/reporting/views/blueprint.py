"""The blueprint of papers, and what its pages share."""

from urllib.parse import quote

from flask import Blueprint, Response, current_app

from meetings.core.settings import Settings
from meetings.core.storage import Storage
from meetings.reporting.catalogue import FORMATS
from meetings.reporting.views import faces

bp = Blueprint("reporting", __name__)
bp.record(faces.take_own)
bp.context_processor(lambda: {"undrawn": faces.undrawn, "broken_fonts": faces.broken_files})


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["LUOSHI"]
    return found


def storage() -> Storage:
    """Where the bytes of papers are kept."""
    found: Storage = current_app.extensions["storage"]
    return found


def file(content: bytes, name: str) -> Response:
    """A paper under its name: a PDF for the browser to show, other files to be saved."""
    stem, _, suffix = name.rpartition(".")
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "_" for char in stem)
    manner = "inline" if suffix == "pdf" else "attachment"
    response = Response(content, mimetype=FORMATS[suffix].media_type)
    response.headers["Content-Disposition"] = (
        f"{manner}; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response

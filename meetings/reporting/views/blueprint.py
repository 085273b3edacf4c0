"""The blueprint of papers, and what its pages share."""

from flask import Blueprint, Response, current_app

from meetings.core.settings import Settings
from meetings.core.storage import Storage

bp = Blueprint("reporting", __name__)


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["LUOSHI"]
    return found


def storage() -> Storage:
    """Where the bytes of papers are kept."""
    found: Storage = current_app.extensions["storage"]
    return found


def pdf(content: bytes, name: str) -> Response:
    """A paper for the browser to show, under its name."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response

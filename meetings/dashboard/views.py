"""The first page by role, the frame of every page, and the pages that explain."""

from typing import Any

from flask import Blueprint, g, render_template

from meetings.core.web import current_actor

bp = Blueprint("dashboard", __name__)


def frame() -> dict[str, Any]:
    return {"actor": g.get("actor"), "frame": {}}


@bp.get("/")
def index() -> str:
    return render_template("dashboard/index.html", who=current_actor())

"""The search box."""

from flask import Blueprint, render_template, request

from meetings.core.web import current_actor
from meetings.search import queries, rules, words

bp = Blueprint("search", __name__)


@bp.get("/search")
def index() -> str:
    """What holds the words, by kind, of what the actor may see."""
    typed = rules.wanted(request.args.get("q", ""))
    found = queries.search(typed, actor=current_actor())
    return render_template(
        "search/index.html",
        typed=typed,
        found=found,
        kinds=words.KINDS,
        total=sum(each.total for each in found.values()),
    )

"""The blueprint, and the words that its pages share."""

from typing import Any

from flask import Blueprint

from meetings.supervision import words
from meetings.tasks import words as task_words

bp = Blueprint("supervision", __name__)


@bp.context_processor
def wording() -> dict[str, Any]:
    """Words of what pages show as codes."""
    return {
        "kind_words": words.STEPS,
        "rung_words": words.RUNGS,
        "matter_words": words.MATTERS,
        "proposal_words": words.PROPOSALS,
        "status_words": task_words.STATUSES,
    }

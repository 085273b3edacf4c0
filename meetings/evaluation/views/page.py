"""The blueprint, and what every page of an evaluation needs beside it."""

from typing import Any

from flask import Blueprint

from meetings.core import clock
from meetings.evaluation import rules, words
from meetings.plans import words as plan_words

bp = Blueprint("evaluation", __name__, url_prefix="/evaluations")


@bp.context_processor
def wording() -> dict[str, Any]:
    """Words of what pages show as codes."""
    return {
        "kind_words": words.KINDS,
        "stage_words": words.STAGES,
        "stage_state_words": words.STAGE_STATES,
        "stage_lights": words.STAGE_LIGHTS,
        "part_words": words.PARTS,
        "text_words": words.TEXTS,
        "section_names": words.SECTIONS,
        "assessment_words": words.STATUSES,
        "assessment_lights": words.STATUS_LIGHTS,
        "state_words": plan_words.INDICATOR_STATES,
        "state_marks": plan_words.STATE_MARKS,
        "finding_words": words.FINDINGS,
        "action_words": words.ACTIONS,
        "event_words": words.EVENTS,
        "texts_of_parts": rules.TEXTS,
        "stage_state": lambda stage: rules.state_of(stage, clock.today()),
    }

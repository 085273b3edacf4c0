"""The blueprint, and what every page of rounds says in words."""

from typing import Any

from flask import Blueprint

from meetings.core.web import current_actor
from meetings.rounds import queries, words

bp = Blueprint("rounds", __name__)


@bp.app_template_global()
def own_open_rounds() -> list[queries.OwnRound]:
    """The open rounds in which the reader's units have still to report, for the page of the period."""
    return [one for one in queries.own_rounds(current_actor(), only_open=True) if one.unit.reported < one.unit.owed]


@bp.context_processor
def wording() -> dict[str, Any]:
    return {
        "cycle_words": words.CYCLES,
        "round_words": words.STATUSES,
        "standing_words": words.STANDINGS,
        "standing_lights": words.LIGHTS,
        "kind_words": words.COLLECTION_KINDS,
        "collection_words": words.COLLECTION_STATUSES,
        "material_words": words.MATERIAL_STATUSES,
        "material_lights": words.MATERIAL_LIGHTS,
    }

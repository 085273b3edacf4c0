"""Values of rows as pages tell them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from meetings.core.i18n import gettext as _
from meetings.plans.models import Indicator
from meetings.plans.rules.figures import figure_text, target_figure
from meetings.plans.views.blueprint import bp
from meetings.plans.words import DIRECTIONS, KINDS, LEVELS, RESPONSIBILITIES, STAGES

# Codes that a column of a plan's row may hold.
_CODES: Mapping[str, Mapping[Any, str]] = {
    "kind": KINDS,
    "stage": STAGES,
    "role": RESPONSIBILITIES,
    "direction": DIRECTIONS,
    "level": LEVELS,
}


def history_words(column: str, value: object) -> str:
    """A value in the history as people read it; an empty one is —."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _(str(_CODES.get(column, {}).get(value, value)))


def written(value: Decimal | None, decimals: int = 0) -> str:
    """A number with at least so many decimals, thousands apart; — for none."""
    return figure_text(value, decimals) or "—"


def target_words(indicator: Indicator) -> str:
    """≥95.0, ≤6.6, 45±1, 逐年下降; — for none."""
    if indicator.target_value is None:
        return indicator.target_text or "—"
    return target_figure(indicator.direction, indicator.target_value, indicator.tolerance, indicator.decimals)


@bp.context_processor
def _telling() -> dict[str, Any]:
    return {"written": written, "target_words": target_words}

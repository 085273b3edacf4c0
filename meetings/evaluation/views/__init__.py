"""Pages of evaluations, by noun; importing a module adds its routes."""

from meetings.evaluation.views import (
    assessments,
    chain,
    coverage,
    evaluations,
    handing_out,
    rectifications,
    results,
    visits,
)
from meetings.evaluation.views.page import bp

BLUEPRINTS = (bp, chain.bp, coverage.bp)

__all__ = [
    "BLUEPRINTS",
    "assessments",
    "bp",
    "chain",
    "coverage",
    "evaluations",
    "handing_out",
    "rectifications",
    "results",
    "visits",
]

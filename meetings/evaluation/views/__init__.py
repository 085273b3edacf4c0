"""Pages of evaluations, by noun; importing a module adds its routes."""

from meetings.evaluation.views import assessments, evaluations, handing_out, rectifications, results, visits
from meetings.evaluation.views.page import bp

__all__ = ["assessments", "bp", "evaluations", "handing_out", "rectifications", "results", "visits"]

"""The blueprint of plans, indicators and values; each module of views adds its pages."""

from flask import Blueprint

bp = Blueprint("plans", __name__)

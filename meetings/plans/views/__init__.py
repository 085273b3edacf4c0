"""Pages of plans, by noun; importing a module adds its routes."""

from meetings.plans.views import checking as _checking  # noqa: F401 -- adds its pages to the blueprint
from meetings.plans.views import indicator as _indicator  # noqa: F401 -- as above
from meetings.plans.views import indicators as _indicators  # noqa: F401 -- as above
from meetings.plans.views import monitoring as _monitoring  # noqa: F401 -- as above
from meetings.plans.views import plans as _plans  # noqa: F401 -- as above
from meetings.plans.views import rows as _rows  # noqa: F401 -- as above
from meetings.plans.views import values as _values  # noqa: F401 -- as above
from meetings.plans.views.blueprint import bp

__all__ = ["bp"]

"""Pages of the directory."""

from meetings.directory.views import committee as _committee  # noqa: F401 -- adds its pages to the blueprint
from meetings.directory.views import groups as _groups  # noqa: F401 -- as above
from meetings.directory.views import people as _people  # noqa: F401 -- as above
from meetings.directory.views import posts as _posts  # noqa: F401 -- as above
from meetings.directory.views.units import bp

__all__ = ["bp"]

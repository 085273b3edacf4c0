"""A paper with made-up data."""

from collections.abc import Callable
from typing import NamedTuple

from reports.blocks import Official, Report
from reports.imprint import Imprint
from reports.samples import texts


class Sample(NamedTuple):
    """A paper by name; ``compose`` may be called for each format, as a body is gone through once."""

    name: str
    compose: Callable[[], Report | Official]
    imprint: Imprint = texts.imprint()

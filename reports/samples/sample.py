"""A paper with made-up data."""

from collections.abc import Callable
from typing import NamedTuple

from reports.blocks import Official, Report
from reports.imprint import Imprint
from reports.samples import texts


class Sample(NamedTuple):
    """A paper by name; ``compose`` may be called for each format, as a body is gone through once.

    A 公文类 paper bears a verification code only where the office wants one (``is_verified``).
    """

    name: str
    compose: Callable[[], Report | Official]
    is_preview: bool = False
    is_verified: bool = False

    @property
    def imprint(self) -> Imprint:
        """What the paper says of its making."""
        has_code = self.is_verified or isinstance(self.compose(), Report)
        return texts.imprint(preview=self.is_preview, is_verified=has_code)

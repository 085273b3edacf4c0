"""Every paper with made-up data, for the eye and for tests: ``python -m reports.samples OUT/``.

A module for each group of papers; its ``papers()`` yields its samples, and ``GROUPS`` names it.
"""

from collections.abc import Iterator

from reports.samples import forms, meetings, notices, plans, progress
from reports.samples.sample import Sample

GROUPS = (forms, meetings, notices, plans, progress)


def papers() -> Iterator[Sample]:
    """Every sample of every group."""
    for group in GROUPS:
        yield from group.papers()

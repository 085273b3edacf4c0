"""A paper as a Word document (ECMA-376, transitional), the same bytes for the same content and imprint.

The parts are written as text, row by row, so that a ledger of any length needs little memory and nothing of a library's
template gets in. ``markup`` writes paragraphs and tables, ``styles`` what they look like, ``body`` the blocks,
``official`` and ``report`` the two kinds of papers, ``package`` the file.
"""

from reports.blocks import Official, Report
from reports.imprint import Imprint
from reports.word.official import official_parts
from reports.word.package import package
from reports.word.report import report_parts

__all__ = ["render"]


def render(composed: Report | Official, imprint: Imprint) -> bytes:
    """The bytes of the document."""
    if isinstance(composed, Official):
        return package(official_parts(composed), title=composed.title, imprint=imprint)
    return package(report_parts(composed, imprint), title=composed.title, imprint=imprint)

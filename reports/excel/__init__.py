"""A paper as a workbook: an overview of its words, facts and counts, and each of its tables on a sheet of its own.

Text is written as text: it never becomes a formula, a link or a number. Numbers and days stay what they are and are
shown as the other formats print them. The same content and imprint give the same bytes.
"""

from datetime import UTC
from io import BytesIO

from xlsxwriter import Workbook

from reports.blocks import Official, Report
from reports.excel.cells import Cells
from reports.excel.workbook import Book
from reports.imprint import Imprint
from reports.typeset import legible

__all__ = ["render"]

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def render(composed: Report | Official, imprint: Imprint) -> bytes:
    """The bytes of the workbook."""
    out = BytesIO()
    workbook = Workbook(out, _OPTIONS)
    issuer = legible(imprint.issuer)
    workbook.set_properties(
        {
            "title": legible(composed.title),
            "author": issuer,
            "company": issuer,
            "created": imprint.printed_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    Book(workbook, Cells(workbook), composed.title, imprint).write(composed)
    workbook.close()
    return out.getvalue()

"""Excel files: read without harm, and written as tables to fill in. Knows no words of the trade."""

from meetings.core.workbook.reading import MOST_BYTES, MOST_ROWS, Grid, Value, read
from meetings.core.workbook.writing import Column, Table, written

__all__ = ["MOST_BYTES", "MOST_ROWS", "Column", "Grid", "Table", "Value", "read", "written"]

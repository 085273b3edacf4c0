"""Workbooks as somebody would make them, and how they are sent in and come back."""

import io
from datetime import date, datetime
from datetime import time as time_of_day
from itertools import count

import xlsxwriter
from python_calamine import CalamineWorkbook

from meetings.exchange.catalogue import TABLES
from tests import pages

_keys = count()


def rows_of(content, sheet=0):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def book(rows, *, merge=None, name="表"):
    """A workbook as somebody would make it: texts, numbers and days as they are, formulas too."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = workbook.add_worksheet(name)
    day = workbook.add_format({"num_format": "yyyy/m/d"})
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, place, datetime.combine(value, time_of_day()), day)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(at, place, value, None, "县教育局")
            else:
                sheet.write(at, place, value)
    if merge:
        sheet.merge_range(*merge)
    workbook.close()
    return out.getvalue()


def downloaded(client, code, query=""):
    answer = client.get(f"/exchange/{code}.xlsx{query}")
    assert answer.status_code == 200
    return rows_of(answer.data)


def sent(client, code, content, **values):
    data = {"form_key": f"k{next(_keys)}", "files": (io.BytesIO(content), "表.xlsx"), **values}
    answer = client.post(f"/exchange/{code}", data=data, content_type="multipart/form-data")
    if answer.status_code == 200 and answer.mimetype == "text/html":
        pages.check(answer.text)
    return answer


def previewed(answer):
    from lxml import html

    found = html.fromstring(answer.text).xpath("//input[@name='previewed']/@value")
    return found[0] if found else ""


def carried_out(client, code, content):
    fingerprint = previewed(first := sent(client, code, content))
    assert fingerprint, first.text
    answer = sent(client, code, content, previewed=fingerprint)
    assert answer.status_code == 303, answer.text
    return answer


def headings(code):
    return [column.heading for column in TABLES[code].columns]


def row(code, **values):
    return [values.get(column.name, "") for column in TABLES[code].columns]

"""The lines of the ledger as the page shows them: every word and address ready, since there are fifty on a page."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import url_for
from markupsafe import Markup

from meetings.core.i18n import day_short
from meetings.core.i18n import gettext as _
from meetings.core.web import drawn
from meetings.meetings import words as meeting_words
from meetings.tasks import words
from meetings.tasks.models import TaskStatus, Urgency
from meetings.tasks.queries import TaskRow
from meetings.tasks.rules import Light


class Line(NamedTuple):
    """What stands in the columns; ``part`` is the column of helpers for the office, of one's own role for a unit."""

    id: int
    number: str
    href: str
    title: str
    marks: str
    source: str
    source_title: str
    lead: str
    part: str
    part_title: str
    due: str
    due_before: str
    progress: Markup
    status: str
    light: Markup

    @property
    def about(self) -> str:
        """What a control in the line is about, for screen readers."""
        return self.number or self.title


def lines_of(rows: Iterable[TaskRow], *, reads_all: bool) -> list[Line]:
    address = url_for("tasks.detail", task_id=0).removesuffix("0")
    return [_line(row, address, reads_all=reads_all) for row in rows]


def _line(row: TaskRow, address: str, *, reads_all: bool) -> Line:
    if row.section:
        source, source_title = f"{_(meeting_words.SECTIONS[row.section])} {row.requirement_number}", row.meeting_title
    else:
        source, source_title = _(words.SOURCES[row.source]), ""
    part, part_title = "", ""
    if not reads_all:
        part = _(words.UNIT_ROLES[row.role])
    elif row.helper_names:
        part, part_title = _("%(n)s 家", n=len(row.helper_names)), _("、").join(row.helper_names)
    return Line(
        row.id,
        row.number or "",
        f"{address}{row.id}",
        row.title,
        _marks(row),
        source,
        source_title or "",
        row.lead_name,
        part,
        part_title,
        day_short(row.due_on),
        _("原%(day)s", day=day_short(row.original_due_on)) if row.due_on != row.original_due_on else "",
        drawn("components/progress.html", "progress", row.percent_done),
        _(words.STATUSES[row.status]),
        light_of(row.light),
    )


def _marks(row: TaskRow) -> str:
    """特急, 退签: what is unusual about the task."""
    marks = []
    if row.urgency is not Urgency.NORMAL:
        marks.append(_(words.URGENCIES[row.urgency]))
    if row.was_declined and row.status is TaskStatus.PENDING_ISSUE:
        marks.append(_("退签"))
    return " ".join(marks)


def light_of(light: Light | None) -> Markup:
    """The mark with its words, drawn."""
    if light is None:
        return Markup("—")
    return drawn("components/light.html", "light", light.code.value, words.reason_of(light))

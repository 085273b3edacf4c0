"""The list of who is asked, marked on one page; and one line of it, whole."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from meetings.attachments.words import HINT
from meetings.core.forms import Choice, ChoiceField, EditForm, FilesField, Form, RadioField, TextField, choices_of
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.meetings.models import Attendance, AttendanceState, Capacity
from meetings.meetings.rules import RollMark
from meetings.meetings.words import ATTENDANCE_STATES, CAPACITIES

MARKS = tuple(state for state in AttendanceState if state is not AttendanceState.EXPECTED)
_SAID = ("state", "substitute_name", "substitute_post", "reason")


class AttendeeForm(EditForm):
    capacity = RadioField(N_("身份"), choices=choices_of(CAPACITIES), coerce=Capacity, default=Capacity.ATTENDEE)
    unit_id = ChoiceField(N_("单位"), coerce=int, required=False, empty=N_("不填"), render_kw={"data-picker": "unit"})
    name = TextField(N_("姓名"), required=False, max_length=100, hint=N_("只按职务通知的可以不填"))
    post_title = TextField(N_("职务"), required=False, max_length=200, hint=N_("会议当日的职务"))
    state = RadioField(
        N_("到会情况"), choices=choices_of(ATTENDANCE_STATES), coerce=AttendanceState, default=AttendanceState.EXPECTED
    )
    substitute_name = TextField(N_("代会人姓名"), required=False, max_length=100)
    substitute_post = TextField(N_("代会人职务"), required=False, max_length=100)
    reason = TextField(N_("请假事由或迟到时间"), required=False, max_length=200)
    arrived_item_id = ChoiceField(N_("到会时的议程"), coerce=int, required=False, empty=N_("会议开始"))
    left_item_id = ChoiceField(N_("离会时的议程"), coerce=int, required=False, empty=N_("会议结束"))
    files = FilesField(N_("假条"), hint=HINT)

    def __init__(self, *args: Any, units: Iterable[Choice], items: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = list(units)
        self.arrived_item_id.choices = list(items)
        self.left_item_id.choices = list(items)


class NewAttendeeForm(AttendeeForm):
    person_id = ChoiceField(
        N_("从名册选"),
        coerce=int,
        required=False,
        empty=N_("不在名册"),
        render_kw={"data-picker": "person"},
        hint=N_("选了人员，姓名、单位、职务按会议当日自动填写"),
    )

    def __init__(self, *args: Any, people: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person_id.choices = list(people)


class RollForm(Form):
    """The whole list in one form.

    Each line carries what the person saw (``seen_<id>``: version and a digest of the marks), so that lines nobody
    touched are left alone and two clerks marking different lines do not meet.
    """

    def __init__(self, rows: Sequence[Attendance], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    @property
    def marks(self) -> list[RollMark]:
        """The lines that were touched; after ``validate``."""
        return [mark for row in self.rows if (mark := self._mark(row)) is not None]

    def _mark(self, row: Attendance) -> RollMark | None:
        if not self[f"seen_{row.id}"].raw_data:  # somebody came onto the list since the page was opened
            return None
        fields = [self[f"{name}_{row.id}"] for name in _SAID]
        state = fields[0].data or AttendanceState.EXPECTED
        texts = [field.data or "" for field in fields[1:]]
        version, _dot, seen = str(self[f"seen_{row.id}"].data or "").partition(".")
        if seen == digest(state, *texts) or not version.isdigit():
            return None
        return RollMark(row.id, int(version[:9]), state, *texts)

    def show_conflicts(self, ids: Any, rows: Mapping[int, Attendance]) -> None:
        """Say beside each line what stands now; what was typed stays, and sending it again puts it in place."""
        for id_ in ids:
            row = rows[id_]
            now = "，".join(
                filter(None, (_(ATTENDANCE_STATES[row.state]), row.substitute_name, row.substitute_post, row.reason))
            )
            field = self[f"state_{row.id}"]
            field.errors = [_("刚才已由别人记为：%(now)s。您填的还没有保存；再次保存，以您填的为准", now=now)]
            self[f"seen_{row.id}"].data = f"{row.version}.{digest(*said(row))}"


def said(row: Attendance) -> tuple[AttendanceState, str, str, str]:
    return row.state, row.substitute_name, row.substitute_post, row.reason


def digest(state: AttendanceState, *texts: str) -> str:
    """A short sign of what a line says."""
    return hashlib.sha256("\x1f".join([state.value, *texts]).encode()).hexdigest()[:12]


def roll_form(rows: Sequence[Attendance]) -> RollForm:
    """A form with four fields and what was seen for each line, filled from the rows."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for row in rows:
        name = row.name or row.post_title or row.unit_name
        fields[f"seen_{row.id}"] = TextField(N_("已见"), required=False, max_length=40)
        fields[f"state_{row.id}"] = ChoiceField(
            name, choices=choices_of(ATTENDANCE_STATES), coerce=AttendanceState, required=False
        )
        fields[f"substitute_name_{row.id}"] = TextField(N_("代会人姓名"), required=False, max_length=100)
        fields[f"substitute_post_{row.id}"] = TextField(N_("代会人职务"), required=False, max_length=100)
        fields[f"reason_{row.id}"] = TextField(N_("事由"), required=False, max_length=200)
        values[f"seen_{row.id}"] = f"{row.version}.{digest(*said(row))}"
        values |= dict(zip([f"{part}_{row.id}" for part in _SAID], said(row), strict=True))
    form: RollForm = type("RollForm", (RollForm,), fields)(rows, data=values)
    return form

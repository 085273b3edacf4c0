"""The answer to an invitation."""

from meetings.calendar.words import REPLIES
from meetings.core.forms import Form, RadioField, TextField, choices_of
from meetings.core.i18n import N_
from meetings.meetings.models import AttendanceState


class ReplyForm(Form):
    state = RadioField(N_("回复"), choices=choices_of(REPLIES), coerce=AttendanceState)
    reason = TextField(N_("请假理由"), required=False, max_length=200, hint=N_("请假的填写"))
    substitute_name = TextField(N_("代会人姓名"), required=False, max_length=100, hint=N_("代会的填写"))
    substitute_post = TextField(N_("代会人职务"), required=False, max_length=100, hint=N_("代会的填写"))

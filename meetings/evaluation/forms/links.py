"""What the office says a requirement or a task serves."""

from collections.abc import Sequence
from typing import Any

from meetings.core.forms import Choice, ChoiceField, Form
from meetings.core.i18n import N_


class AimForm(Form):
    line = ChoiceField(N_("规划条目"), hint=N_("目标、措施或指标。任务对应到指标后，列入指标的任务和覆盖情况。"))

    def __init__(self, *args: Any, lines: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line.choices = list(lines)

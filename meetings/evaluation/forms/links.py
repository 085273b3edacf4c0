"""What the office says a requirement or a task serves."""

from collections.abc import Iterable
from typing import Any

from meetings.core.forms import ChoiceField, Form
from meetings.core.i18n import N_
from meetings.plans.forms.aims import line_label
from meetings.plans.queries import OpenLine


class AimForm(Form):
    line = ChoiceField(N_("规划条目"), hint=N_("目标、措施或指标。任务对应到指标后，列入指标的任务和覆盖情况。"))

    def __init__(self, *args: Any, lines: Iterable[OpenLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line.choices = [(line.name, f"{line.domain}｜{line_label(line)}") for line in lines]

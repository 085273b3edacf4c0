"""The field in which is chosen what of the plans a requirement or a task serves."""

from collections.abc import Iterable
from typing import Any

from meetings.core.forms import ChoicesField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.plans.queries.choosing import OpenLine
from meetings.plans.words import LINES


def line_label(line: OpenLine) -> str:
    """目标3　提高…, with the number as printed."""
    number = line.number if len(line.number) < 20 else ""
    return f"{_(LINES[line.noun])}{number}　{line.text[:80]}"


class AimsField(ChoicesField):
    """Lines of plans under their plan and domain, found by what is typed; named as ``goal-12``."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, render_kw={"data-picker": N_("输入文字查找"), "data-lines": "yes"}, **kwargs)

    def offer(self, lines: Iterable[OpenLine]) -> None:
        """Set what there is to choose from."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for line in lines:
            groups.setdefault(f"{line.plan}　{line.domain}", []).append((line.name, line_label(line)))
        self.choices = groups

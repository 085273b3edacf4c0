"""What is looked at in rows of progress besides each cell. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from meetings.core.errors import DomainError
from meetings.exchange.rules.tables import Line, Outcome, Present
from meetings.tasks.models import Step

_AMOUNT = re.compile(r"(.*?)[\s:,]*(\d[\d,.]*)")


def check(lines: Iterable[Line], present: Iterable[Present]) -> None:
    """A row says something whole: what was done and what comes next, or that nothing changed."""
    standing = {row.key: row for row in present}
    for line in lines:
        if line.outcome is not Outcome.CHANGED:
            continue
        now, said = line.values, standing[line.key].said
        if now["needs_coordination"] and not now["problems"]:
            line.refuse(DomainError("row.problems_missing", field="problems"))
        if now["is_no_change"]:
            if any(now[name] for name in ("done", "amounts", "standards_met", "step")):
                line.refuse(DomainError("row.changed_after_all", field="is_no_change"))
            continue
        if not now["done"]:
            line.refuse(DomainError("progress.done_missing", field="done"))
        if not now["next_steps"] and now["step"] is not Step.DONE:
            line.refuse(DomainError("row.next_steps_missing", field="next_steps"))
        try:
            amounts_of(now["amounts"], _texts(said["quantity_names"]))
            standards_of(now["standards_met"], int(str(said["standard_count"])))
        except DomainError as refusal:
            line.refuse(refusal)


def _texts(names: object) -> Sequence[str]:
    return [str(name) for name in names] if isinstance(names, tuple) else []


def amounts_of(lines: Sequence[str], names: Sequence[str]) -> Mapping[int, Decimal]:
    """What was done in this period, by the place of the quantity among ``names``: 5, or 排查学校 5 on each line.

    Raises ``row.amount`` about ``amounts``.
    """
    found: dict[int, Decimal] = {}
    for line in lines:
        parts = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", line))
        said, number = parts.groups() if parts else ("", "")
        plain = [unicodedata.normalize("NFKC", name) for name in names]
        place = 0 if not said and len(names) == 1 else plain.index(said) if said in plain else -1
        amount = _number(number)
        if place < 0 or place in found or amount is None:
            raise DomainError("row.amount", field="amounts", line=line[:30], names="、".join(names))
        found[place] = amount
    return found


def standards_of(text: str, count: int) -> Sequence[int]:
    """Places of the standards that are met, from 0: 1、3. Raises ``row.standard`` about ``standards_met``."""
    found = []
    for part in re.split(r"[、，,;；\s]+", unicodedata.normalize("NFKC", text)):
        if not part:
            continue
        if not part.isdecimal() or not 1 <= int(part) <= count:
            raise DomainError("row.standard", field="standards_met", typed=part[:20], count=count)
        found.append(int(part) - 1)
    return found


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None

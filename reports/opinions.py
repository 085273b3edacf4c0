"""Opinions on forms: what was written, by whom and when, or room to write and sign by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from reports.facts import day_text

_BY_HAND: Final = "签字：　　　　　　　　年　　月　　日"


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """An opinion with its signer and day; ``manner`` says how it was given (线下签批), empty on line."""

    words: str = ""
    signer: str = ""
    on: date | None = None
    manner: str = ""


NOT_YET: Final = Opinion()


def opinion_box(label: str, opinion: Opinion, lines: int) -> tuple[str, str, int]:
    """A box of a form: the opinion as given, or the line to sign on; ``lines`` high."""
    if not opinion.signer:
        return label, "\n".join(part for part in (opinion.words, _BY_HAND) if part), lines
    signed = "　".join(part for part in (opinion.signer, day_text(opinion.on), opinion.manner) if part)
    return label, "\n".join(part for part in (opinion.words, signed) if part), lines

"""Where the sentence of a requirement stands in a speech. Pure."""

from collections.abc import Sequence

from meetings.core.errors import DomainError
from meetings.meetings.models import (
    Requirement,
)


def check_span(text: str, start: int | None, end: int | None) -> None:
    """A place in a text is within it, and both its ends are known."""
    if start is None and end is None:
        return
    if start is None or end is None or not 0 <= start < end <= len(text):
        raise DomainError("requirement.outside_text", field="text")


def moved_spans(old: str, new: str, requirements: Sequence[Requirement]) -> dict[int, tuple[int, int]]:
    """Where the sentences of the requirements stand after a speech's text changed: requirement id → (start, end).

    Raises ``DomainError("speech.sentence_lost")`` with the numbers of those whose sentence is gone.
    """
    places: dict[int, tuple[int, int]] = {}
    lost: list[int] = []
    for requirement in requirements:
        if requirement.start is None or requirement.end is None:
            continue
        sentence = old[requirement.start : requirement.end]
        found = _nearest(new, sentence, requirement.start)
        if found is None:
            lost.append(requirement.number)
        else:
            places[requirement.id] = (found, found + len(sentence))
    if lost:
        raise DomainError("speech.sentence_lost", field="text", numbers="、".join(map(str, sorted(lost))))
    return places


def _nearest(text: str, sentence: str, place: int) -> int | None:
    found, best = text.find(sentence), None
    while found >= 0:
        if best is None or abs(found - place) < abs(best - place):
            best = found
        found = text.find(sentence, found + 1)
    return best

"""The words that a self-assessment begins with: facts reported already, for the unit to keep or to rewrite."""

from collections.abc import Iterable, Sequence

MOST_LINES = 20


def proposed_measures(done: Sequence[tuple[str, str]]) -> str:
    """A line for each task with what was last reported of it: (title, report)."""
    return _lines(f"{title}：{' '.join(said.split())}" for title, said in done if said.strip())


def proposed_reasons(problems: Sequence[tuple[str, str]]) -> str:
    """A line for each problem that a report names: (title, problem)."""
    return _lines(f"{title}：{' '.join(said.split())}" for title, said in problems if said.strip())


def _lines(said: Iterable[str]) -> str:
    return "\n".join(line[:300] for line in list(said)[:MOST_LINES])

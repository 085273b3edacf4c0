"""How a sample is drawn, so that anybody can draw it again. Pure."""

from collections.abc import Iterable
from hashlib import sha256

MOST_SAMPLED = 100


def sample(numbers: Iterable[str], *, seed: str, size: int) -> list[str]:
    """The first ``size`` of the tasks' numbers, in the order of SHA-256 of ``seed:number``.

    Example: of 2026-001 to 2026-040 with seed 714 and size 4 everybody gets the same four, whatever the order given.
    """
    return sorted(set(numbers), key=lambda number: sha256(f"{seed}:{number}".encode()).digest())[:size]

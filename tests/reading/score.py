"""How well texts are read: ``python -m tests.reading.score [--misses] [--from NN] [--unseen]``.

``--from 31`` looks at the texts from that number on. The last line is how long 10,000 characters take.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meetings.reading.draft import Draft
from meetings.reading.reader import read
from meetings.reading.telling import as_json

TEXTS = Path(__file__).with_name("texts")
UNSEEN = Path(__file__).with_name("unseen")  # texts that no rule was written after


@dataclass
class Tally:
    """Hits, misses and inventions of one kind of result over all texts."""

    hits: int = 0
    missed: list[Hashable] = field(default_factory=list)
    invented: list[Hashable] = field(default_factory=list)

    def add(self, name: str, told: Iterable[Hashable], gold: Iterable[Hashable]) -> None:
        told_all, gold_all = Counter(told), Counter(gold)
        self.hits += (told_all & gold_all).total()
        self.missed += [(name, each) for each in (gold_all - told_all).elements()]
        self.invented += [(name, each) for each in (told_all - gold_all).elements()]

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed)) if self.hits or self.missed else 1.0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + len(self.invented)) if self.hits or self.invented else 1.0

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def texts(first: int = 0, folder: Path = TEXTS) -> list[tuple[str, str, dict[str, Any]]]:
    """Name, text and gold of each, from that number on."""
    return [
        (path.stem, path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8")))
        for path in sorted(folder.glob("*.json"))
        if int(path.stem[:2]) >= first
    ]


def score(first: int = 0, folder: Path = TEXTS) -> dict[str, Tally]:
    """A tally for each kind of result, over the texts from that number on."""
    kinds = (
        "meetings",
        "titles",
        "days",
        "places",
        "kinds",
        "people and posts",
        "roles",
        "speaking units",
        "groups",
        "documents",
        "actionable spans",
        "all spans",
        "sections and speakers",
        "units",
        "deadlines",
    )
    tallies = {kind: Tally() for kind in kinds}
    for name, text, written in texts(first, folder):
        gold = {**EMPTY, **{key: value for key, value in written.items() if value}}
        told = as_json(read(text))
        add = {kind: _adder(tally, name) for kind, tally in tallies.items()}
        add["meetings"]([told.get("reason") is None], [written["is_meeting"]])
        for kind, key in (("titles", "title"), ("days", "date"), ("places", "place"), ("kinds", "kind")):
            value, right = told[key], gold.get(key)
            if key == "title" and value and right and (value.endswith(right) or right.endswith(value)):
                value = right  # with or without the place before the name
            add[kind](_some(value), _some(right))
        add["people and posts"](_people(told), _people(gold))
        add["roles"](_roles(told), _roles(gold))
        add["speaking units"](_speaking(told), _speaking(gold))
        add["groups"](told["attendee_groups"], gold["attendee_groups"])
        add["documents"](told["documents"], gold["documents"])
        told_asked, gold_asked = told["requirements"], gold["requirements"]
        add["actionable spans"](_spans(told_asked, only=True), _spans(gold_asked, only=True))
        add["all spans"](_spans(told_asked), _spans(gold_asked))
        known = {_core(each["text"]) for each in gold_asked}
        told_asked = [each for each in told_asked if _core(each["text"]) in known]
        found = {_core(each["text"]) for each in told_asked}
        gold_asked = [each for each in gold_asked if _core(each["text"]) in found]
        add["sections and speakers"](_said(told_asked), _said(gold_asked))
        add["units"](_of(told_asked, "units"), _of(gold_asked, "units"))
        add["deadlines"](_of(told_asked, "deadline"), _of(gold_asked, "deadline"))
    return tallies


EMPTY: dict[str, Any] = {"people": [], "unit_speakers": [], "attendee_groups": [], "documents": [], "requirements": []}


def _adder(tally: Tally, name: str) -> Any:
    return lambda told, gold: tally.add(name, told, gold)


def _some(value: str | None) -> list[str]:
    return [value] if value else []


def _people(of: dict[str, Any]) -> list[Hashable]:
    return [(each["name"], post) for each in of["people"] for post in each["posts"] or [""]]


def _roles(of: dict[str, Any]) -> list[Hashable]:
    return [(each["name"], role) for each in of["people"] for role in each["roles"]]


def _speaking(of: dict[str, Any]) -> list[Hashable]:
    return [(each["unit"], each["role"]) for each in of["unit_speakers"]]


def _core(text: str) -> str:
    """A sentence without its marks and number, so that a full stop more or less is no miss."""
    return text.strip("，。；：！“”\"',;.: \n")


def _spans(asked: list[dict[str, Any]], *, only: bool = False) -> list[Hashable]:
    return [_core(each["text"]) for each in asked if each["actionable"] or not only]


def _said(asked: list[dict[str, Any]]) -> list[Hashable]:
    return [(_core(each["text"]), each["section"], each["speaker"]) for each in asked]


def _of(asked: list[dict[str, Any]], key: str) -> list[Hashable]:
    found: list[Hashable] = []
    for each in asked:
        value = each[key]
        found += [(_core(each["text"])[:24], one) for one in ([value] if isinstance(value, str) else value or [])]
    return found


def main(arguments: list[str]) -> int:
    first = int(arguments[arguments.index("--from") + 1]) if "--from" in arguments else 0
    for kind, tally in score(first, UNSEEN if "--unseen" in arguments else TEXTS).items():
        print(f"{kind:24} recall {tally.recall:6.3f}  precision {tally.precision:6.3f}  F1 {tally.f1:6.3f}")
        if "--misses" in arguments:
            for each in tally.missed:
                print("    missed  ", each)
            for each in tally.invented:
                print("    invented", each)
    print(f"10,000 characters: {milliseconds():.0f} ms")
    return 0


def milliseconds(rounds: int = 5) -> float:
    """How long 10,000 characters of several reports take to read, the best of some rounds."""
    long = "\n".join(text for _name, text, _gold in texts() if len(text) > 300)
    text = (long * (10_000 // len(long) + 1))[:10_000]
    best = float("inf")
    for _round in range(rounds):
        started = time.process_time()
        read(text)
        best = min(best, time.process_time() - started)
    return best * 1000


def draft_of(name: str) -> Draft:
    """The draft of one text, for a look at it."""
    return read((TEXTS / f"{name}.txt").read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What is read out of a text: proposals, each with the rule that found it and where it stands."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody did at a meeting."""

    CHAIR = "chair"
    SPEECH = "speech"
    WORK_REPORT = "work_report"
    READ_OUT = "read_out"
    INTERPRET = "interpret"
    BRIEFING = "briefing"
    EXCHANGE_SPEECH = "exchange_speech"
    STANCE = "stance"
    DUTY_REPORT = "duty_report"
    TRAINING = "training"
    ATTEND = "attend"


class Section(StrEnum):
    """By which word of a report a requirement is introduced."""

    POINTED_OUT = "指出"
    STRESSED = "强调"
    REQUIRED = "要求"
    RESOLVED = "议定"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the text, ``text[start:end]`` of ``Draft.source``, and the name of the rule that found it."""

    text: str
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Person:
    """One person of the text: several posts, several roles, every place where the name stands."""

    name: str
    posts: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnitSpeaker:
    """A unit that spoke."""

    unit: str
    role: Role
    found: Found


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: the words, and the day where the text settles it."""

    words: str
    day: dt.date | None
    found: Found

    def __str__(self) -> str:
        """The ISO day where there is one, else the words."""
        return self.day.isoformat() if self.day else self.words


@dataclass(frozen=True, slots=True)
class Requirement:
    """One sentence that asks for something, word for word.

    ``lead_units`` are the units named first or as 牵头, ``cooperating_units`` the others; ``groups`` the collective
    ones (各成员单位). ``measures`` are the words that say when it is done (覆盖率达到95%以上).
    """

    found: Found
    section: Section
    speaker: str | None
    is_actionable: bool
    why: str
    lead_units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    deadline: Deadline | None = None
    measures: tuple[Found, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        return self.lead_units + self.cooperating_units


@dataclass(slots=True)
class Draft:
    """A meeting as a text tells it. ``source`` is the text as read; all offsets point into it; the report itself, from
    its first sentence to its last, is ``source[slice(*body)]``.

    ``reason`` is set where the text is no meeting, and then all else is empty. ``warnings`` are sentences for the
    person who confirms.
    """

    source: str
    body: tuple[int, int] = (0, 0)
    title: Found | None = None
    date: dt.date | None = None
    date_text: Found | None = None
    place: Found | None = None
    kind: str | None = None
    people: list[Person] = field(default_factory=list)
    unit_speakers: list[UnitSpeaker] = field(default_factory=list)
    attendee_groups: list[Found] = field(default_factory=list)
    documents: list[Found] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    reason: str | None = None
    warnings: list[str] = field(default_factory=list)

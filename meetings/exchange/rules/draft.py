"""How what was read out of a text becomes what an office writes down. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meetings.directory.models import PostKind
from meetings.meetings.models import Section, SpeechKind, TextStatus
from meetings.meetings.rules import ScopeKey
from meetings.reading.draft import Draft, Role
from meetings.reading.draft import Section as Told

KIND_OF_ROLE: Mapping[Role, SpeechKind] = {
    Role.SPEECH: SpeechKind.ADDRESS,
    Role.WORK_REPORT: SpeechKind.WORK_REPORT,
    Role.READ_OUT: SpeechKind.READING,
    Role.INTERPRET: SpeechKind.INTERPRETATION,
    Role.BRIEFING: SpeechKind.BRIEFING,
    Role.EXCHANGE_SPEECH: SpeechKind.EXCHANGE,
    Role.STANCE: SpeechKind.STANCE,
    Role.DUTY_REPORT: SpeechKind.DUTY_REPORT,
}
"""Who chairs, attends or trains has made no speech of a kind that meetings record."""

SECTION_OF: Mapping[Told, Section] = {
    Told.POINTED_OUT: Section.POINTED_OUT,
    Told.STRESSED: Section.STRESSED,
    Told.REQUIRED: Section.REQUIRED,
    Told.RESOLVED: Section.RESOLVED,
    Told.OTHER: Section.REQUIRED,
}

# How reports call the holders of posts, the longer words first.
_POSTS: tuple[tuple[str, PostKind], ...] = (
    (r"妇联主席", PostKind.TOWNSHIP_FEDERATION),
    (r"分管(?:领导|负责人|负责同志|副职)", PostKind.DEPUTY_IN_CHARGE),
    (r"主要(?:领导|负责人|负责同志)|负责人|负责同志", PostKind.HEAD),
    (r"联络员", PostKind.LIAISON),
    (r"统计员", PostKind.STATISTICIAN),
    (r"委员", PostKind.MEMBER),
)


class Treatment(StrEnum):
    """What becomes of a sentence: a task, one more that a task at hand answers, 不列任务 with a reason, only a record,
    or nothing.
    """

    TASK = "task"
    JOIN = "join"
    SET_ASIDE = "set_aside"
    RECORD = "record"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speech to be recorded: by a person of the directory, a new one, a unit, or only by name."""

    kind: SpeechKind
    speaker_name: str
    speaker_post: str
    person_id: int | None
    is_new_person: bool
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence with its place in the report and what becomes of it; the rest counts for a task only, the last for one
    that is joined to a task at hand.
    """

    text: str
    start: int
    end: int
    section: Section
    treatment: Treatment
    reason: str = ""
    title: str = ""
    lead_unit_id: int | None = None
    cooperating_unit_ids: Sequence[int] = ()
    due_on: date | None = None
    standards: Sequence[str] = ()
    aims: Sequence[str] = ()
    joined_task_id: int | None = None


def posts_in(speaker_post: str, units: Mapping[str, int]) -> list[tuple[int, str]]:
    """县妇联主席、县妇儿工委办主任 as (unit, title): those posts whose unit is known, by the longest name that fits."""
    found = []
    for post in speaker_post.split("、"):
        name = max((name for name in units if post.startswith(name) and len(post) > len(name)), key=len, default="")
        if name:
            found.append((units[name], post.removeprefix(name)[:100]))
    return found


def scopes_of(draft: Draft, groups: Iterable[tuple[int, str, bool]]) -> list[ScopeKey]:
    """参会范围 as the text names it, for groups of the directory: (id, name, whether its units are townships).

    各成员单位主要领导、联络员 ticks 主要负责人 and 联络员 of the group 各成员单位.
    A group that the text does not name is left out.
    """
    found: list[ScopeKey] = []
    for group_id, name, is_townships in groups:
        for told in draft.attendee_groups:
            text = told.text.translate(str.maketrans("()", "（）"))
            if name not in text:
                continue
            posts = text.partition(name)[2]
            for pattern, kind in _POSTS:
                if re.search(pattern, posts):
                    posts = re.sub(pattern, "", posts)
                    key = ScopeKey(group_id, _of_township(kind) if is_townships else kind)
                    if key not in found:
                        found.append(key)
    return found


def _of_township(kind: PostKind) -> PostKind:
    return PostKind.TOWNSHIP_DEPUTY if kind is PostKind.DEPUTY_IN_CHARGE else kind


def text_status(draft: Draft) -> TextStatus:
    """A text with 时间：, 地点： above is the office's own record; all else is taken for a report of the press."""
    is_record = bool(draft.place and draft.place.rule.startswith("标签"))
    return TextStatus.NOTES if is_record else TextStatus.NEWS_EXCERPT

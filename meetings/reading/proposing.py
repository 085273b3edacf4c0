"""A name for the task that a sentence asks for: its act, without who and by when."""

import re

from meetings.reading.asking import CONCRETE, LIST_MARK, subject_units
from meetings.reading.structure import Stretch, clauses, normalise
from meetings.reading.units import Names, groups_in

LONGEST = 60

_WHO = re.compile(
    r"^(?:由|请)?[^，。；]{2,80}?(?:负责)?(?:牵头|配合|协助|参与)(?:负责)?[，。]?$|^(?:会同|联合)[^，。；]{2,60}$"
)
_WHEN = re.compile(
    r"(?:于|在)?(?:(?:20\d\d|今|明|本)年)?(?:\d{1,2}月(?:\d{1,2}[日号]|底|末|上旬|中旬|下旬)?"
    r"|年底|月底|每[^，。；]{1,10}?)(?:之前|以前|前)|(?:自?会后|会议结束后)?"
    r"[一二两三四五六七八九十\d]{1,3}(?:个)?(?:工作日|日|天|周|月)(?:之|以)?内"
)
_LEAD = re.compile(
    r"^(?:要|须|应|需|必须|务必|进一步|切实|扎实|认真|积极|尽快|抓紧|重点|继续|负责|共同|具体"
    r"|全面|深入|大力|科学|也|还|都|分别)+(?!求|点|素|员|急|用)"
)


def task_title(sentence: str, names: Names) -> str:
    """The clauses from the first concrete act on, at most 60 characters; never words that the sentence lacks."""
    parts = [_act(clause.text, names) for clause in clauses(Stretch(LIST_MARK.sub("", normalise(sentence.strip())), 0))]
    parts = [part for part in parts if len(part) > 3]
    first = next((place for place, part in enumerate(parts) if CONCRETE.search(part)), 0)
    title = ""
    for part in parts[first:]:
        if title and len(title) + len(part) + 1 > LONGEST // 2:
            break
        title = f"{title}，{part}" if title else part
    return (title or sentence.strip("。；，"))[:LONGEST]


def _act(clause: str, names: Names) -> str:
    """A clause without its subject, its deadline and its modal."""
    text = clause.strip("，。；：！ ")
    if _WHO.match(text):
        return ""
    for group in groups_in(text)[:1]:
        text = text.removeprefix(group).removeprefix("之间")
    if subject := subject_units(text, names):
        text = re.sub(r"^等(?:\d+)?(?:个|家)?(?:单位|部门)", "", text[subject.end("units") :])
    text = _WHEN.sub("", text)
    return _LEAD.sub("", _LEAD.sub("", text)).strip("，；、 ")

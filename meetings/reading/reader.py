"""Read a text: ``read(text)`` gives the draft of a meeting. Pure; the same text gives the same draft."""

import re
from collections.abc import Iterable

from meetings.reading import facts
from meetings.reading.decoding import plain
from meetings.reading.draft import Draft, Role
from meetings.reading.people import cast
from meetings.reading.requirements import requirements_of
from meetings.reading.structure import Text, parse
from meetings.reading.units import Names

_IS_MEETING = re.compile(
    r"(?:召开|举行|举办|主持|出席|参加)[^，。]{0,40}(?:会议?|大会|培训|座谈)|(?:会议|大会|培训班|座谈会)[^，。]{0,24}(?:召开|举行|举办)|会议(?:指出|强调"
    r"|要求|议定|决定|认为|听取|审议|明确)|(?:会议|座谈会|推进会)(?:纪要|由)|主持人?：|议定事项"
)
_TELLS_OF_ONE = re.compile(
    r"(?:会议?|大会)[^，。]{0,6}上的(?:讲话|发言|致辞|报告)|会议(?:议定|确定)?[^，。]{0,6}(?:任务分解"
    r"|责任清单|任务清单|任务分工|纪要)"
)
_ANOTHER = re.compile(
    r"(?:召开|举行|举办)(?:了)?(?P<title>[^，。；：]{4,40}?(?:会议|大会|推进会|座谈会|部署会"
    r"|培训班|例会|反馈会|汇报会))"
)


# 4月2日，……联络员会议在县妇联召开: held on a day of its own. 学习了……会议精神 only mentions one.
_HELD_TOO = re.compile(
    r"\d{1,2}月\d{1,2}日[^，。；]{0,4}，(?P<title>[^，。；：]{4,40}?(?:会议|大会|推进会|座谈会|部署会|培训班|例会|反馈会|汇报会))(?:于|在)"
    r"[^，。；]{2,24}(?:召开|举行|举办)"
)


def read(source: str, *, known_units: Iterable[str] = ()) -> Draft:
    """What a report, minutes or a speech says of its meeting.

    ``known_units`` are names (full, short, former) of the office's directory. Nothing is invented: a day, place, unit
    or deadline that the text does not settle stays None or in its words. A text that is no meeting gives an empty
    draft with ``reason``. Raises ``Unreadable`` over a million characters.
    """
    text = parse(plain(source))
    draft = Draft(text.source)
    if not text.paragraphs:
        draft.reason = facts.MENU_ONLY if text.source.strip() else "没有文字"
        return draft
    named = bool(text.headline and _TELLS_OF_ONE.search(text.headline.text))
    named = named or ("时间" in text.labels and bool(text.labels.keys() & {"出席", "参加", "参会", "主持"}))
    if not named and not any(_IS_MEETING.search(paragraph.whole.text) for paragraph in text.paragraphs):
        draft.reason = facts.NO_MEETING
        return draft
    draft.body = text.body
    names = Names.of(known_units)
    found = cast(text, names)
    draft.title = facts.title_of(text)
    draft.kind = facts.kind_of(text, draft.title)
    draft.date, draft.date_text = facts.day_of(text)
    draft.place = facts.place_of(text)
    draft.people = list(found.people.values())
    for person in draft.people:
        if len(person.roles) > 1 and Role.ATTEND in person.roles:
            person.roles.remove(Role.ATTEND)
    draft.unit_speakers = found.units
    draft.attendee_groups = found.groups
    draft.documents = facts.documents_of(text)
    people = {text.plain[each.start : each.end]: name for name, who in found.people.items() for each in who.found}
    draft.requirements = requirements_of(text, names, people=people, base=draft.date or text.dateline)
    speakers = {requirement.speaker for requirement in draft.requirements}
    for person in draft.people:
        if person.roles == [Role.ATTEND] and person.name in speakers:
            person.roles[:] = [Role.SPEECH]  # whose demands are told has spoken
    draft.warnings = _warnings(text, draft)
    return draft


def _warnings(text: Text, draft: Draft) -> list[str]:
    """What the person who confirms should look at."""
    said = []
    whole = [paragraph.whole.text for paragraph in text.paragraphs]
    own = draft.title.text if draft.title else ""
    titles = [match["title"] for line in whole for match in _ANOTHER.finditer(line)]
    titles = [title for title in titles if re.search(r"\d{4}年|第.{1,3}次", title)]
    titles += [match["title"] for line in whole for match in _HELD_TOO.finditer(line)]
    others = [title for title in titles if title not in own and own not in title]
    if others:
        said.append(f"文中还提到另一次会议（{others[0]}），请核对各项内容是否属于同一次会议")
    if draft.date is None:
        words = f"（原文写“{draft.date_text.text}”）" if draft.date_text else ""
        said.append(f"原文没有写明会议日期{words}，请补填")
    return said

"""What a meeting asked for: sentence by sentence, with section, speaker, units and deadline."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from meetings.reading.asking import SEEN, asked, measures_of
from meetings.reading.deadlines import deadline_in, due_in
from meetings.reading.draft import Requirement, Section
from meetings.reading.structure import Paragraph, Stretch, Text
from meetings.reading.units import Names

_SECTIONS = {
    "指出": Section.POINTED_OUT,
    "认为": Section.POINTED_OUT,
    "强调": Section.STRESSED,
    "要求": Section.REQUIRED,
    "部署": Section.REQUIRED,
    "希望": Section.REQUIRED,
    "提出": Section.REQUIRED,
    "议定": Section.RESOLVED,
    "决定": Section.RESOLVED,
    "明确": Section.RESOLVED,
    "商定": Section.RESOLVED,
    "确定": Section.RESOLVED,
    "原则同意": Section.RESOLVED,
    "同意": Section.RESOLVED,
}
_VERBS = "|".join(_SECTIONS)
# 甲表示，将…… is a promise: it ends what was asked, and counts where it names what is done by when.
_PROMISE = re.compile(r"^(?P<who>[^，。；：]{2,44}?)(?:同志)?(?:作)?(?:表态)?表示，")
_MARK = re.compile(
    rf"(?P<who>(?:会议|大会|全会|座谈会|推进会|例会|培训会|反馈会)|(?:他|她|其)|[^，。；：]{{0,40}}?(?:·[\u4e00-\u9fff]{{1,8}}"
    rf"|[\u4e00-\u9fff]{{2,4}}?)(?:同志)?)"
    rf"(?:在[^，。：]{{1,24}}(?:中|时|上))?(?:还|又|同时|并|也|进一步"
    rf"|特别|最后|一致|就[^，。]{{2,40}})*(?P<verb>{_VERBS})(?P<after>(?:了|[^，。；：]{{0,14}}(?:要求"
    rf"|事项|意见|任务|工作|希望))?)(?P<end>[，：:]|$)"
)
_AND = re.compile(rf"(?:^|，)(?:并|同时|还|又)(?P<verb>{_VERBS})(?P<end>[，：])?")
# 对下一步工作，会议提出以下要求：
_OPENING = re.compile(r"^(?:就|对|围绕|针对|关于)[^，。：]{2,40}，")
# Where the telling of the meeting goes on: what follows asks for nothing.
_NARRATIVE = re.compile(
    r"^\d{1,2}月\d{1,2}日[^，。]{0,4}，[^，。]{2,40}(?:召开|举行|举办)|^(?:会后|会上|会前|会议期间|会议由|会议(?:还)?(?:听取|传达|通报|学习|观看|审议|宣读|表彰"
    r"|书面|组织|对|邀请|采取|以|在|设|共|分)|座谈会上|培训(?:中|期间|会上)|参加会议|出席会议"
    r"|列席会议|与会|据悉|据了解|近日|近年来|目前|截至|去年|随后|当天|审核|来源|编辑|参会|现场"
    r"|活动中)"
)
# 现将议定事项纪要如下：
_DECISIONS = re.compile(
    r"(?:议定|确定|研究|讨论|有关|主要)[^，。]{0,6}(?:事项|精神|意见)[^，。]{0,6}如下[：。]?$"
    r"|纪要如下[：。]?(?:（[^）]*）)?$|(?:商定|议定|定下|明确|形成)(?:了)?[^，。：]{0,6}(?:事|事项|意见|共识)[：。]$"
)
# ……，并就下步工作明确如下：, 部署了以下几项工作：, 提出三点意见： open what follows and ask nothing themselves.
_OPENS = re.compile(
    r"(?:如下|以下|下列|几点|[一二两三四五六七八九十]+(?:点|项|条|件|个方面)|(?:要求|意见|任务|安排|部署|事项|工作|措施|精神|决定|共识|分工))"
    r"[^，。：]{0,8}：(?:（[^）]*）)?$|如下[：。](?:（[^）]*）)?$"
)
_OF_BEFORE = re.compile(
    r"^[（(](?:责任|牵头|配合|主要责任|落实|完成|协办)|^(?:责任单位|牵头单位|配合单位|协办单位|完成时限|完成时间)："
)
_DEMAND = re.compile(
    r"(?:^|，|：|我们|都|就)(?:[^，。]{0,24}?)(?<![主重首需必紧扼概纲])(?:要(?!求|素|点|义"
    r"|领|务|害|紧|闻)|须|应(?!急|用|对|届|邀)|必须|务必)"
)
# 二、关于儿童友好社区建设。 names what follows and asks nothing.
_TITLE = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])(?:关于)?[^，。；]{2,40}。?$|^\d{1,2}[.．、]关于[^，。；]{2,40}。?$"
)
# （一）产科床位。县人民医院…… names its item only.
_NAME_OF_ITEM = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])(?![^。]*(?:要|由|负责|牵头|前))[^，。；]{2,10}。$"
)
# The number before a sentence is not of it; 一是 and 一要 are.
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d))\s*"
)
_HEADS = {
    "task": r"任务|事项|内容|措施|要求",
    "lead": r"牵头|责任单位|主办",
    "helping": r"配合|协办",
    "due": r"时限|期限|时间",
}
_DUTY = re.compile(
    r"由[^，。]{2,40}(?:牵头|负责)|(?:责任|牵头)单位：|(?:^|，)(?:请)?(?:各|县|市|区)[^，。]{1,24}(?:(?<![主重首需必紧扼概纲])要"
    r"(?!求|素|点|闻)"
    r"|须|应(?!急|用|对|邀|届)|(?<!关)于\d|务必)|由(?:各|县|市|区|乡|镇)[^，。]{2,30}(?:发|报|建|办|制|组"
    r"|审|印|下|提)|\d(?:日|月底?)前(?:完成|报|上报|报送|提交)"
)


@dataclass(slots=True)
class _State:
    """Where in a report we are: its section and who speaks."""

    section: Section | None = None
    speaker: str | None = None
    named: str | None = None  # whom the last sentence began with: 他 and 她 mean this person
    is_promise: bool = False


def requirements_of(text: Text, names: Names, *, people: Mapping[str, str], base: date | None) -> list[Requirement]:
    """Every sentence of the sections 指出, 强调, 要求, 议定, and elsewhere those that lay a duty on somebody."""
    state = _State(speaker=next((people[name] for line in text.byline for name in people if name in line.text), None))
    found: list[Requirement] = []
    for paragraph in text.paragraphs:
        if "\t" in paragraph.whole.text or paragraph.kind == "label":
            continue
        if paragraph.kind == "heading" and not paragraph.whole.text.endswith("。"):
            _heading(paragraph, state, people)
            continue
        for place, sentence in enumerate(paragraph.sentences):
            if place == 0 and len(paragraph.sentences) > 1 and _NAME_OF_ITEM.match(sentence.text):
                continue
            if _TITLE.match(sentence.text) and ("关于" in sentence.text or state.section is not Section.RESOLVED):
                continue
            if _OF_BEFORE.match(sentence.text) and found:
                found[-1] = _joined(text, found[-1], sentence, names, base)
                continue
            for piece in _pieces(sentence, state, people):
                requirement = _requirement(text, piece, state, names, base)
                if requirement:
                    found.append(requirement)
    return found + list(_rows(text, names, base))


def _heading(paragraph: Paragraph, state: _State, people: Mapping[str, str]) -> None:
    """A heading may open a section (二、会议议定事项)."""
    text = paragraph.whole.text
    if "，" not in text and (match := re.search(rf"(?P<verb>{_VERBS})(?:的?(?:事项|内容|要求|意见))?[：:]?$", text)):
        state.section = _SECTIONS[match["verb"]]
        state.speaker = next((people[name] for name in people if name in text), None)


def _pieces(sentence: Stretch, state: _State, people: Mapping[str, str]) -> Iterator[Stretch]:
    """What of a sentence is asked, the words that introduce it taken off; they move the state."""
    state.is_promise = False
    first = next((name for name in sorted(people, key=len, reverse=True) if sentence.text.startswith(name)), None)
    state.named = people[first] if first else state.named
    for rule in (_promised, _marked, _opened, _continued):
        if (found := rule(sentence, state, people)) is not None:
            yield from found
            return
    yield sentence


def _promised(sentence: Stretch, state: _State, people: Mapping[str, str]) -> list[Stretch] | None:
    """甲表示，将……"""
    promise = _PROMISE.match(sentence.text)
    who = _speaker(promise["who"], people) if promise else None
    if not promise or not who:
        return None
    state.section, state.speaker, state.is_promise = None, who, True
    return [sentence.part(promise.end(), len(sentence.text))]


def _marked(sentence: Stretch, state: _State, people: Mapping[str, str]) -> list[Stretch] | None:
    """甲强调，……; 会议要求，……; 就下一步工作，他指出，……"""
    opening = _OPENING.match(sentence.text)
    mark = _MARK.match(sentence.text, opening.end() if opening else 0)
    who = _speaker(mark["who"], people) if mark else None
    if mark is None or who is None:
        return None
    state.section = _SECTIONS[mark["verb"]]
    state.speaker = who or (state.named or state.speaker if mark["who"] in {"他", "她", "其"} else None)
    state.named = state.speaker
    return _said(sentence.part(mark.end(), len(sentence.text)))


def _opened(sentence: Stretch, state: _State, people: Mapping[str, str]) -> list[Stretch] | None:
    """Sentences that open a section, or end it, and ask nothing themselves."""
    text = sentence.text
    if re.search(r"通知如下[：。](?:（[^）]*）)?$", text):  # a notice asks in its own name
        return []
    if _DECISIONS.search(text):
        state.section, state.speaker = Section.RESOLVED, None
        return []
    if _OPENS.search(text) and not re.search(r"(?:牵头|责任|配合)单位：$", text):
        verbs = re.findall(_VERBS, text)
        state.section = _SECTIONS[verbs[-1]] if verbs else state.section or Section.REQUIRED
        state.speaker = next((people[name] for name in people if name in text), state.speaker)
        return []
    if _NARRATIVE.match(text) and not _DUTY.search(text):
        state.section = None
        return []
    return None


def _continued(sentence: Stretch, state: _State, _people: Mapping[str, str]) -> list[Stretch] | None:
    """……，会议还强调，……; ……，并要求，……: the section changes within the sentence."""
    text = sentence.text
    if inner := re.search(rf"，(?:会议|大会)(?:还|并)?(?P<verb>{_VERBS})[，：]", text):
        state.section, state.speaker = _SECTIONS[inner["verb"]], None
        return _said(sentence.part(inner.end(), len(text)))
    if (also := _AND.search(text)) and also["end"]:
        before = [sentence.part(0, also.start())] if state.section and also.start() > 0 else []
        state.section = _SECTIONS[also["verb"]]
        return [*before, sentence.part(also.end(), len(text))]
    return None


def _said(rest: Stretch) -> list[Stretch]:
    return [rest] if rest.text.strip("，；。：“”") else []


def _speaker(who: str, people: Mapping[str, str]) -> str | None:
    """The name of who speaks, "" for the meeting, None where it is neither (so that it is no introduction)."""
    if re.fullmatch(r"会议|大会|全会|座谈会|推进会|例会|培训会|反馈会|他|她|其", who):
        return ""
    named = (name for name in sorted(people, key=len, reverse=True) if who.removesuffix("同志").endswith(name))
    found = next(named, None)
    return people[found] if found else None


def _requirement(text: Text, piece: Stretch, state: _State, names: Names, base: date | None) -> Requirement | None:
    if _OPENS.search(piece.text):
        return None
    piece = piece.part(number.end() if (number := _NUMBER.match(piece.text)) else 0, len(piece.text))
    deadline = deadline_in(text, piece, base=base)
    what = asked(piece, names, has_deadline=deadline is not None)
    section = state.section
    if section is None:
        is_duty = what.is_actionable and (bool(_DUTY.search(piece.text)) or state.is_promise)
        is_demand = (
            (text.is_speech or text.is_notice)
            and not SEEN.match(piece.text)
            and (_DEMAND.search(piece.text) or (what.is_actionable and (deadline or what.lead_units)))
        )
        if not is_duty and not is_demand:
            return None
        section = Section.OTHER
    return Requirement(
        found=text.found(
            piece, f"会议{section}" if section is not Section.OTHER else "讲话中的要求" if text.is_speech else "责任句"
        ),
        section=section,
        speaker=state.speaker,
        is_actionable=what.is_actionable,
        why=what.why,
        lead_units=tuple(text.words(unit, piece) for unit in what.lead_units),
        cooperating_units=tuple(text.words(unit, piece) for unit in what.cooperating_units),
        groups=what.groups,
        deadline=deadline,
        measures=measures_of(text, piece),
    )


def _joined(text: Text, before: Requirement, label: Stretch, names: Names, base: date | None) -> Requirement:
    """A sentence with what the bracket behind it says: （责任单位：……；完成时限：……）. Its place stays its own."""
    place = Stretch(text.plain[before.found.start : label.end], before.found.start)
    what = asked(place, names, has_deadline=True)
    return replace(
        before,
        is_actionable=True,
        why="写明了责任单位",
        lead_units=what.lead_units,
        cooperating_units=what.cooperating_units,
        deadline=deadline_in(text, place, base=base)
        or due_in(text, label.part(label.text.rfind("：") + 1, len(label.text)), base=base),
    )


def _rows(text: Text, names: Names, base: date | None) -> Iterator[Requirement]:
    """The rows of a table pasted as text: a head with 任务 or 事项 and 单位, then a task a row."""
    columns: dict[str, int] = {}
    for paragraph in text.paragraphs:
        line = paragraph.whole
        if "\t" not in line.text:
            continue
        cells = line.text.split("\t")
        heads = {head.strip(): place for place, head in enumerate(cells)}
        if any("单位" in head for head in heads) and any(re.search(_HEADS["task"], head) for head in heads):
            columns = {
                name: place
                for name, pattern in _HEADS.items()
                for head, place in reversed(heads.items())
                if re.search(pattern, head)
            }
            continue
        if not columns or len(cells) <= columns["task"] or not cells[columns["task"]].strip():
            continue
        start = sum(len(cell) + 1 for cell in cells[: columns["task"]])
        task = line.part(start, start + len(cells[columns["task"]]))
        lead = names.listed(_cell(cells, columns.get("lead")))
        due = columns.get("due")
        yield Requirement(
            found=text.found(task, "表格的一行"),
            section=Section.RESOLVED,
            speaker=None,
            is_actionable=True,
            why="表格的一行",
            lead_units=tuple(lead[:1]),
            cooperating_units=tuple(dict.fromkeys([*lead[1:], *names.listed(_cell(cells, columns.get("helping")))])),
            deadline=due_in(text, _cell_at(line, cells, due), base=base) if due is not None else None,
            measures=measures_of(text, task),
        )


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _cell_at(line: Stretch, cells: list[str], place: int) -> Stretch:
    start = sum(len(cell) + 1 for cell in cells[:place])
    return line.part(start, start + len(_cell(cells, place)))

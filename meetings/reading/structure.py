"""The parts of a text: what is menu and what is report, headline, dateline, paragraphs, sentences, clauses.

All rules work on a normalised copy that has the length of the source, so that places in it are places in the source.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import opencc

from meetings.reading.draft import Found

# Full-width letters and figures stand 0xFEE0 above the plain ones.
_HALF = {code + 0xFEE0: code for code in range(0x21, 0x7F) if chr(code).isalnum() or chr(code) in "%/-"} | {
    ord(wide): narrow for wide, narrow in {"　": " ", "\xa0": " ", "•": "·", "‧": "·", "・": "·"}.items()
}
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", "｡": "。", "､": "、"}
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_BETWEEN = re.compile(r"[,;?!()｡､]|(?<!\d):(?!\d)|:(?=\D)")

# Lines of a web page around a report.
_META = re.compile(
    r"^[（(【]?(?:发布(?:时间|日期|机构)|日期|时间|来源|作者|记者|通讯员|点击(?:量|数|率)?|浏览(?:量"
    r"|次数)?|阅读(?:量|次数)?|访问量|分享(?:到)?|字号|字体"
    r"|编辑|责任编辑|责编|审核|审校|校对|终审|监制|签发|供稿|撰稿|文字|图片?|摄影|视频|信息来源"
    r"|文章来源|索引号|主题词|打印|关闭|收藏|上一篇|下一篇"
    r"|当前位置|您(?:现在的|当前)?位置|首页|网站(?:地图|链接|首页)|版权所有|主办单位?|承办单位?"
    r"|联系我们|ICP备|相关(?:新闻|链接|阅读))"
    r"(?:\s*[：:>›»].*|\s*$|\s+[^，。]{0,30}$)"
)
_CAPTION = re.compile(
    r"^(?:[（(]?图(?:为|[一二三四五六七八九十\d]+)|[▲△▼■◆●]\s*)|摄[）)]?$|^[（(]?(?:通讯员"
    r"|记者)[^。]{0,30}[）)]?$"
)
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|[（(]\d{1,2}[）)]|第[一二三四五六七八九十]+[，、])"
)
_LABEL_WORDS = (
    "时间|地点|主持人|主持|出席人员|出席领导|出席|参加人员|参加单位|参加|参会人员|参会单位"
    "|参会|列席人员|列席|请假人员|请假|缺席人员|缺席|记录人|记录"
    "|议题|主题|名称|议程|责任单位|牵头单位|配合单位|完成时限|抄送|分送|发|送"
)
_SPACED = "|".join(r"\s*".join(word) for word in _LABEL_WORDS.split("|"))
# 时间：…, 【会议时间】…, 【主 持 人】…
_LABELLED = re.compile(
    rf"^\s*(?:【\s*(?P<boxed>(?:会\s*议\s*)?(?:{_SPACED}))\s*】：?"
    rf"|(?P<name>(?:会议)?(?:{_SPACED}))\s*：)\s*(?=\S)"
)
_SPEECH = re.compile(r"(?:讲话|发言|致辞|报告)(?:提纲|稿|摘要|要点)?(?:（[^）]*）)?$")
_ADDRESS = re.compile(r"^(?:各位[^，。：]{1,16}|同志们)[：！，]")
_SALUTATION = re.compile(r"(?:同志们|各位(?:领导|代表|委员|同志)).{0,12}：$")
# ……，议定事项如下： and 最后商定几件事： open what follows.
_AS_FOLLOWS = re.compile(
    r"，[^，。]{0,16}如下：$|(?:商定|议定|明确|确定|强调|指出|要求|决定|部署|形成)[^，。：]{0,12}：$"
)
_DATELINE = re.compile(r"(?P<year>20\d\d)\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})(?:日)?")
_MEETING_WORD = re.compile(
    r"(?:会议?|全会|例会|大会|培训班?|座谈|推进|部署|动员|讲话|纪要|通报|述职|督导|调度|研讨|发言|致辞)"
)
_END = re.compile(r"[。！？；]+[”’」』）》]*")
_QUOTE = {"“": "”", "《": "》", "（": "）", "「": "」"}
# 一是……二是……；一要……二要……；第一，……: each is an item of its own.
_ITEM = re.compile(
    r"(?:(?<=[，。；：、])|(?<=^))(?:[一二三四五六七八九十]{1,2}(?:是|要|抓)|第[一二三四五六七八九十]，"
    r"|其[一二三四五六]，|首先，|其次，|再次，|最后，)"
)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normalise(text: str) -> str:
    """The text with full-width marks, half-width figures and simplified characters, of the same length."""
    text = text.translate(_HALF)
    text = _BETWEEN.sub(lambda found: _FULL.get(found[0], found[0]), text)
    text = text.replace('"', "“") if text.count('"') == 1 else _paired(text)
    if any(char in text for char in "會議黨縣區個與們務發實"):
        convert = _simplifier().convert
        table = {ord(char): made for char in set(text) if char > "\u3400" and len(made := convert(char)) == 1}
        text = text.translate(table)
    return text


def _paired(text: str) -> str:
    """Straight quotation marks as opening and closing ones, by turns within a line."""
    if '"' not in text:
        return text
    lines = text.split("\n")
    for place, line in enumerate(lines):
        parts = line.split('"')
        lines[place] = "".join(
            part + ("" if n == len(parts) - 1 else "“" if n % 2 == 0 else "”") for n, part in enumerate(parts)
        )
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the normalised text with its place."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> "Stretch":
        """``text[start:end]`` without the white space round it."""
        piece = self.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        return Stretch(piece.strip(), self.start + start + lead)


@dataclass(slots=True)
class Paragraph:
    """A line of the report with its sentences; ``kind``: prose, heading (numbered), label (时间：……)."""

    whole: Stretch
    kind: str
    sentences: list[Stretch] = field(default_factory=list)


@dataclass(slots=True)
class Text:
    """A text in its parts. ``dateline`` is the day printed above the report, ``labels`` lines such as 时间：……."""

    source: str
    plain: str
    headline: Stretch | None = None
    dateline: date | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    labels: dict[str, Stretch] = field(default_factory=dict)
    byline: list[Stretch] = field(default_factory=list)

    @property
    def above(self) -> str:
        """What stands between the headline and the report: byline, day, source."""
        return self.plain[self.above_at : self.paragraphs[0].whole.start] if self.paragraphs else ""

    @property
    def above_at(self) -> int:
        return self.headline.end if self.headline else 0

    @property
    def body(self) -> tuple[int, int]:
        """Where the report stands, without headline, day, 来源： above it; (0, 0) where there is none."""
        return (self.paragraphs[0].whole.start, self.paragraphs[-1].whole.end) if self.paragraphs else (0, 0)

    @property
    def is_notice(self) -> bool:
        """Whether the text hands out work, by its headline: 关于……的通知, ……工作安排, ……任务分工."""
        head = self.headline.text if self.headline else ""
        return bool(re.search(r"(?:通知|工作安排|工作方案|任务分工|责任清单|工作要点)$", head))

    @property
    def is_speech(self) -> bool:
        """Whether the text is what somebody said, by its headline or by how it addresses its hearers."""
        head = self.headline.text if self.headline else ""
        return bool(_SPEECH.search(head)) or any(_ADDRESS.match(each.whole.text) for each in self.paragraphs[:3])

    def words(self, word: str, within: Stretch) -> str:
        """A word that was read in the normalised text, as the source writes it (traditional characters)."""
        at = self.plain.find(word, within.start, within.end)
        return self.source[at : at + len(word)] if at >= 0 else word

    def found(self, stretch: Stretch, rule: str) -> Found:
        """The words of the source at that place."""
        return Found(self.source[stretch.start : stretch.end], stretch.start, stretch.end, rule)


def parse(source: str) -> Text:
    """Take a text apart; a page of menus only has no paragraphs."""
    text = Text(source, normalise(source))
    lines = list(_lines(text.plain))
    kinds = [_kind(line.text) for line in lines]
    body = [place for place, kind in enumerate(kinds) if kind in {"prose", "label"}]
    if not body:
        return text
    first, last = body[0], body[-1]
    while last + 1 < len(lines) and kinds[last + 1] == "heading":  # a list at the end of a decision
        last += 1
    start = first
    while start > 0 and kinds[start - 1] == "heading":
        start -= 1
    text.headline = _headline(lines[:start], kinds[:start])
    text.dateline = _dateline(lines, kinds, first)
    for line, kind in zip(lines[start : last + 1], kinds[start : last + 1], strict=True):
        if kind in {"meta", "caption", "blank", "short"}:
            continue
        if kind == "label" and (label := _LABELLED.match(line.text)):
            key = re.sub(r"^会议|人员$|领导$|单位$|人$|\s", "", re.sub(r"\s", "", label["boxed"] or label["name"]))
            text.labels.setdefault(key, line.part(label.end(), len(line.text)))
        stretch = line.part(0, len(line.text))
        text.paragraphs.append(Paragraph(stretch, kind, list(sentences(stretch))))
    if text.headline and text.is_speech:
        of_whom = re.match(r"(?P<who>[^，。]{4,30}?)在(?=.{4,60}上的)", text.headline.text)
        text.byline = [text.headline.part(0, of_whom.end("who"))] if of_whom else []
        text.byline += [
            line.part(0, len(line.text))
            for line, kind in zip(lines[:start], kinds[:start], strict=True)
            if kind == "short" and line.start > text.headline.start and len(line.text) <= 40
        ]
    return text


def _lines(plain: str) -> "list[Stretch]":
    found, at = [], 0
    for line in plain.split("\n"):
        found.append(Stretch(line, at))
        at += len(line) + 1
    return found


def _kind(line: str) -> str:
    """blank, meta, caption, label, heading, prose, short (a headline or an entry of a menu)."""
    bare = line.strip()
    is_sentence = bool(re.search(r"[。！？；]", bare)) or (len(bare) >= 40 and "，" in bare)
    tests = (
        ("blank", not bare),
        (
            "label",
            _LABELLED.match(bare) and not re.match(r"^时间：\s*20\d\d[-/.]|^时间：.*(?:来源|作者|点击|浏览)", bare),
        ),
        ("meta", _META.match(bare)),
        ("caption", len(bare) < 80 and _CAPTION.search(bare)),
        (
            "prose",
            (is_sentence and re.search(f"[{_HAN}]{{4}}", bare))
            or _SALUTATION.match(bare)
            or _AS_FOLLOWS.search(bare)
            or line.count("\t") > 1,
        ),
        ("heading", _HEADING.match(bare)),
    )
    return next((kind for kind, holds in tests if holds), "short")


def _headline(lines: list[Stretch], kinds: list[str]) -> Stretch | None:
    """The nearest short line above the report that names a meeting, else the nearest one that is no entry of a menu."""
    near = [
        line.part(0, len(line.text))
        for line, kind in zip(reversed(lines), reversed(kinds), strict=True)
        if kind == "short"
        and re.search(f"[{_HAN}]{{4}}", line.text)
        and ">" not in line.text
        and not line.text.lstrip().startswith(("（", "【"))
        and not re.search(r"\s20\d\d年\d{1,2}月\d{1,2}日\s*$", line.text)  # who issued it, and when
    ][:12]
    for line in near:
        if len(line.text) >= 8 and _MEETING_WORD.search(line.text):
            return line
    return next((line for line in near[:1] if len(line.text) >= 10), None)


def _dateline(lines: list[Stretch], kinds: list[str], first: int) -> date | None:
    """The day in a line above the report (发布时间：2026-07-07), the nearest one."""
    near = [*zip(reversed(lines[:first]), reversed(kinds[:first]), strict=True)]
    near += [
        (line.part(0, 60), "meta") for line in lines[first : first + 1] if re.match(r"[^，。]{0,16}讯（", line.text)
    ]
    near += [*zip(lines[first:], kinds[first:], strict=True)]  # 来源：望溪发布 2026年9月4日, below the report
    # ……，请认真组织实施。（2026年5月22日）
    near += [
        (line.part(found.start(), found.end()), "meta")
        for line, kind in zip(lines[first:], kinds[first:], strict=True)
        if kind == "prose" and (found := re.search(r"（20\d\d年\d{1,2}月\d{1,2}日）\s*$", line.text))
    ]
    for line, kind in near:
        if kind in {"meta", "short"} and (found := _DATELINE.search(line.text)):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                continue
    return None


def sentences(paragraph: Stretch) -> "list[Stretch]":
    """Sentences, ended by 。！？；, and the items of an enumeration, each apart; marks in 《》 and （） end none."""
    text = paragraph.text
    cuts = [match.end() for match in _END.finditer(text) if not _is_inside(text, match.start())]
    cuts += [match.start() for match in _ITEM.finditer(text) if not _is_inside(text, match.start())]
    found, at = [], 0
    for cut in sorted({*cuts, len(text)}):
        piece = paragraph.part(at, cut)
        if re.search(f"[{_HAN}A-Za-z0-9]", piece.text):
            found.append(piece)
        at = cut
    return found


def clauses(sentence: Stretch) -> "list[Stretch]":
    """The parts of a sentence between commas, colons and ends; commas in 《》, “” and （） part nothing."""
    text = sentence.text
    cuts = [m.end() for m in re.finditer(r"[，；。：！？]", text) if not _is_inside(text, m.start())]
    found, at = [], 0
    for cut in sorted({*cuts, len(text)}):
        piece = sentence.part(at, cut)
        if piece.text.strip("，；。：！？"):
            found.append(piece)
        at = cut
    return found


def _is_inside(text: str, place: int) -> bool:
    """Whether a place lies between the marks of a title, a quotation or a bracket that is closed later."""
    for opening, closing in _QUOTE.items():
        start = text.rfind(opening, max(0, place - 120), place)
        if start >= 0 and closing not in text[start:place] and 0 <= text.find(closing, place) - place < 120:
            return True
    return False

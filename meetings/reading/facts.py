"""The meeting itself: title, day, place, kind, and the documents that were read, passed or issued."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from meetings.reading.draft import Found
from meetings.reading.structure import Stretch, Text, clauses

# The kinds of meeting of the product, by the words of a title; the word that stands first in a title holds.
_KINDS: tuple[tuple[str, str], ...] = (
    ("全体会议", r"全体(?:委员)?(?:\(扩大\)|（扩大）)?会议|全会|全委(?:\(扩大\)|（扩大）)?会"),
    ("联络员会议", r"联络员(?:工作)?(?:会议|例会|培训会)?"),
    ("统计监测会", r"(?:统计监测|监测统计|统计|监测)(?:工作)?(?:会|推进会|部署会|协调会|培训会)"),
    ("评估工作会", r"(?:中期|终期|年度|监测)?评估(?:工作)?(?:会议|会|部署会|动员会|启动会|推进会)"),
    ("督导汇报会", r"督导(?:[^，。]{0,6})汇报会|督查(?:[^，。]{0,6})汇报会|迎检|督导汇报"),
    ("反馈会", r"反馈(?:会议|会)"),
    ("座谈会", r"座谈会|座谈"),
    ("妇女儿童工作会议", r"妇女儿童工作(?:会议|大会|部署会)"),
    ("推进会", r"推进(?:会议|会)|调度会|部署会|动员会"),
    ("培训", r"培训班|培训会|业务培训"),
    (
        "专题会议",
        r"专题(?:会议|会|研讨会)|协调会|联席会议(?![^，。]{0,16}全体会议)|工作会议|工作例会|例会|办公会|工作会",
    ),
)
_HELD = r"(?:召开|举行|举办|开展|组织召开|主持召开|召集)"
_NAME = re.compile(
    rf"{_HELD}(?:了)?(?P<title>(?:《|“|[^，。；：])(?:[^，。；：]|(?<=\d)：(?=\d)){{2,60}}?(?:会议"
    rf"|大会|全会|座谈会|推进会|部署会|动员会|培训班|培训会|反馈会|汇报会|例会|调度会|联席会"
    rf"|评估会|启动会|协调会|研讨会|述职会|工作会|全委会|委员会会议|培训|会))(?=[，。；：！]"
    rf"|$|并|，)"
)
_TITLE_IN_HEAD = re.compile(rf"(?:{_HELD})(?P<title>[^，。]{{4,60}})$")
# 在……会议上的讲话; ……会议议定事项任务分解表.
_OF_SPEECH = re.compile(
    r"^关于(?P<on>.{4,60}?会)的(?:会议)?纪要$|(?:^|[\u4e00-\u9fff])在(?P<title>.{4,60}?(?:会议?|大会|培训班))上的|^(?P<of>.{4,60}?会议)(?:议定事项"
    r"|确定事项)?(?:任务分解|责任清单|任务清单|任务分工)"
)
_PASSIVE = re.compile(
    r"(?P<title>[^，。；：]{4,60}?(?:会议|大会|全会|座谈会|推进会|部署会|动员会|培训班|培训会"
    r"|反馈会|汇报会|例会|调度会|评估会|启动会|会))(?:于[^，。]{2,30})?(?:在[^，。]{2,30})?(?:(?:以|采取)[^，。]{2,20}(?:形式|方式))?(?:召开"
    r"|举行|举办)"
)
_DAY = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})日(?:(?:至|-|—)(?:\d{1,2}月)?\d{1,2}日)?"
    r"(?:上午|下午|晚上?|中午)?"
    r"|(?P<only>(?<![\d月])\d{1,2})日(?=上午|下午|，|、|召|举|晚)"
    r"|(?P<words>近日|日前|近期|今日|今天|昨日|昨天|本周|上周[一二三四五六日]?|本月|月初|月底|连日来|当天|前不久|日前)"
)
_ABOVE = re.compile(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_PAPER = re.compile(r"^[^，。（]{0,16}讯?（[^）]*）|^【[^】]{1,12}】")
_PLACE = re.compile(r"在(?P<place>[^，。；：在]{2,30}?)(?:主持|胜利|顺利|隆重|如期|组织)?(?:召开|举行|举办)")
_NO_PLACE = re.compile(r"会议(?!室|中心|厅)|(?:时|中|下|上|期间|之际|背景|日|年|月|阶段|基础|联合)$|^(?:此|这|全)")
_FULL_DAY = re.compile(r"(?P<year>20\d\d)[年./-](?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?")
_DOCUMENT = re.compile(r"《[^《》\n]{2,100}》")
# Acts done to a document at a meeting; 根据《……》, 贯彻《……》 and the like only mention it.
_DONE = re.compile(
    r"宣读|传达|领学|学习(?:了|传达)|审议|通过|审定|原则同意|印发|下发|发放|解读|宣布|签订"
    r"|签署|讨论|说明|发布|出台|部署了|听取"
    r"|题为$"
)
_MENTIONED = re.compile(
    r"(?:根据|按照|依据|依照|贯彻|落实|按|遵照|对照|为|以|围绕|按《|执行|实施|宣传)[^，。；《]{0,12}$"
)
# A report without a year is of a meeting at most so many days before its dateline.
_REPORTED_WITHIN = 92
NO_MEETING = "没有找到会议的内容：文中没有“召开会议”“会议指出”“主持”“议定”这类写法"
MENU_ONLY = "没有找到正文：只有栏目、菜单或很短的行"


def title_of(text: Text) -> Found | None:
    """The meeting's name: a label, what was 召开 in the first sentences, the headline."""
    for label in ("名称", "议题", "主题"):
        if found := text.labels.get(label):
            return text.found(found, f"标签“会议{label}：”")
    for sentence in _first_sentences(text, 6):
        for pattern, rule in ((_NAME, "召开……会议"), (_PASSIVE, "……会议召开")):
            if (match := pattern.search(sentence.text)) and not re.search(r"(?:本次|此次|这次|如下)", match["title"]):
                return text.found(_tidy(sentence.part(match.start("title"), match.end("title"))), rule)
    if text.headline:
        match = _OF_SPEECH.search(text.headline.text) or _TITLE_IN_HEAD.search(text.headline.text)
        group = next((name for name in ("of", "on") if match and match.groupdict().get(name)), "title")
        place = text.headline.part(match.start(group), match.end(group)) if match else text.headline
        place = place.part(0, len(re.sub(r"(?<=会)会议纪要$|(?<=会议)纪要$", "", place.text)))
        return text.found(place, "标题")
    return None


def _tidy(title: Stretch) -> Stretch:
    """Without a leading 的, 了 or place of day."""
    lead = re.match(r"^(?:了|的|全县|全市)?(?=[^，]{4})(?:了|的)?", title.text)
    start = lead.end() if lead and lead[0] in {"了", "的"} else 0
    return title.part(start, len(title.text))


def kind_of(text: Text, title: Found | None) -> str | None:
    """The kind by the words of title and headline; None where they settle none."""
    for source in (title.text if title else "", text.headline.text if text.headline else ""):
        hits = [
            (match.start(), place, name)
            for place, (name, pattern) in enumerate(_KINDS)
            if (match := re.search(pattern, source.replace("(", "（").replace(")", "）")))
        ]
        if hits:
            return min(hits)[2]
    return None


_NUMERALS = {char: place for place, char in enumerate("零一二三四五六七八九")}


def _number(text: str) -> int:
    """二十 or 20 as a number."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones if ten else tens, 0)


def day_of(text: Text) -> tuple[date | None, Found | None]:
    """Day and words. A month and day without a year take it from the dateline; 近日 settles none.

    今日 and 昨日 are settled by a dateline, a bare 5日 too if it does not lie after it.
    """
    if label := text.labels.get("时间"):
        if match := _FULL_DAY.search(label.text):
            return _valid(int(match["year"]), match), text.found(label.part(match.start(), match.end()), "标签“时间：”")
        if match := _DAY.search(label.text):
            return _settled(match, text.dateline), text.found(label.part(match.start(), match.end()), "标签“时间：”")
    if match := _ABOVE.search(text.above) if text.is_speech or "会议时间" in text.above else None:
        place = Stretch(text.above, text.above_at).part(match.start(), match.end())
        return _valid(int(match["year"]), match), text.found(place, "标题下日期")
    for sentence in _first_sentences(text, 4):
        if not re.search(rf"{_HELD}|会议|培训|座谈", sentence.text):
            continue
        # 鹤泉日报讯（2025年11月14日） is the day of the paper.
        start = paper.end() if (paper := _PAPER.match(sentence.text)) else 0
        if match := _DAY.search(sentence.text, start):
            day = _settled(match, text.dateline)
            return day, text.found(sentence.part(match.start(), match.end()), "正文日期")
    return None, None


def _settled(match: re.Match[str], dateline: date | None) -> date | None:
    if match["month"] and match["year"]:
        return _valid(int(match["year"]), match)
    if dateline is None:
        return None
    if match["month"]:
        # A report comes after its meeting: 12月28日 in a report of January was last year.
        is_later = (_number(match["month"]), _number(match["day"])) > (dateline.month, dateline.day)
        found = _valid(dateline.year - is_later, match)
        return found if found and (dateline - found).days <= _REPORTED_WITHIN else None
    if match["only"]:
        day = int(match["only"])
        return dateline.replace(day=day) if 1 <= day <= dateline.day else None
    offset = {"今日": 0, "今天": 0, "昨日": 1, "昨天": 1}.get(match["words"])
    return None if offset is None else dateline - timedelta(offset)


def _valid(year: int, match: re.Match[str]) -> date | None:
    try:
        return date(year, _number(match["month"]), _number(match["day"]))
    except ValueError:
        return None


def place_of(text: Text) -> Found | None:
    """Where it was held: a label, or 在……召开."""
    if label := text.labels.get("地点"):
        return text.found(label.part(0, len(label.text.rstrip("。"))), "标签“地点：”")
    for sentence in _first_sentences(text, 4):
        for match in _PLACE.finditer(sentence.text):
            if not _NO_PLACE.search(match["place"]):
                return text.found(sentence.part(match.start("place"), match.end("place")), "在……召开")
    return None


def documents_of(text: Text) -> list[Found]:
    """Documents in 《》 that were read, explained, passed, issued or signed; each once."""
    found: dict[str, Found] = {}
    for paragraph in text.paragraphs:
        for sentence in paragraph.sentences:
            act = ""
            for clause in clauses(sentence):
                for match in _DOCUMENT.finditer(clause.text):
                    before = re.sub(r"《[^》]*》", "", clause.text[: match.start()])
                    after = clause.text[match.end() :]
                    done = _DONE.search(before) or re.match(
                        r"(?:等[^，。]{0,8})?(?:进行|作|做|予以|已|被|的)?[^，。《]{0,8}?(?:解读|审议|通过|印发"
                        r"|说明|讨论|宣读|发布|下发)",
                        after,
                    )
                    if not done and act and not re.sub("[、和及以]", "", before):
                        done = re.match(".", act)
                    if (
                        done
                        and not (_MENTIONED.search(before) and not _DONE.search(before))
                        and not _is_duty(clause.text)
                    ):
                        act = done[0]
                        place = clause.part(match.start(), match.end())
                        found.setdefault(match[0], text.found(place, f"文件：{done[0]}"))
    return list(found.values())


def _is_duty(clause: str) -> bool:
    """Whether a clause asks for something still to be done (要印发《……》)."""
    return bool(
        re.match(
            r"(?:[^，。《]{0,20})(?:要|须|应|尽快|抓紧|负责)(?:[^，。《]{0,12})(?:印发|制定|出台|学习"
            r"|宣传|审议|通过|落实|贯彻)",
            clause,
        )
    )


def _first_sentences(text: Text, number: int) -> Iterator[Stretch]:
    yielded = 0
    for paragraph in text.paragraphs:
        for sentence in paragraph.sentences:
            yield sentence
            yielded += 1
            if yielded >= number:
                return

"""By when: the words of a deadline, and the day where text and meeting day settle it."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from meetings.reading.draft import Deadline
from meetings.reading.structure import Stretch, Text

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_BEFORE = r"(?:之前|以前|前)"
_YEAR = r"(?:(?P<year>20\d\d)年|(?P<said>今年|明年|本年|当年))?"
# A deadline within this many days after the meeting may lie in the next year without its being said.
_NEXT_YEAR_WITHIN = 183

_RECURRING = re.compile(
    rf"每(?:个)?(?:季度|季|月|周|半年|年|学期|旬|两个月|双月)(?:度)?(?:的)?(?:(?:末|首|第{_NUMBER}个)月)?"
    rf"(?:末|底|初)?(?:{_NUMBER}[日号]|周[一二三四五六日](?:下班)?|(?:星期|周){_NUMBER})?(?:{_BEFORE})"
    rf"|每年(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号]|底|末)?{_BEFORE}"
    rf"|每周[一二三四五六日](?:下班)?{_BEFORE}|(?:季|月|周|年)(?:度)?(?:末|底)?{_NUMBER}[日号]{_BEFORE}"
)
_DAY = re.compile(rf"{_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?）?{_BEFORE}")
_MONTH_END = re.compile(
    rf"{_YEAR}(?P<month>\d{{1,2}})月(?:份)?(?P<part>底|末|上旬|中旬|下旬)?(?:{_BEFORE}|(?<=[底末])(?=完成"
    rf"|报送|上报|提交)|(?<=旬)(?=[^，。；]{{0,4}}(?:开展|完成|组织|召开|报送|启动)))"
)
_BARE = re.compile(rf"{_YEAR}(?P<month>\d{{1,2}})月(?:份)?(?:(?P<day>\d{{1,2}})[日号]|(?P<part>底|末))?$")
_YEAR_END = re.compile(
    rf"(?<![\d一二两三四五六七八九十半])(?:今|本)?年内|(?:(?P<year>20\d\d)年|(?P<said>今年|明年|本年))?年?(?:底|末){_BEFORE}|(?:(?P<year2>20\d\d)年"
    rf"|(?P<said2>今年|明年|本年))(?:底|末)"
)
_THIS_MONTH = re.compile(
    rf"(?<![\d一二两三四五六七八九十])(?P<which>本|当|这个|下|次)?(?:个)?月(?:底|末)(?:{_BEFORE}|(?=[交报送]|完成|上报|提交))|(?P<within>本|这个|下个?)月(?:之)?内"
)
_MONTH_DAY = re.compile(rf"(?P<which>本|下|次)(?:个)?月(?P<day>\d{{1,2}})[日号]{_BEFORE}")
_WEEK = re.compile(
    rf"(?:本|下|这)周末{_BEFORE}|(?:本|下)周(?:之)?内|(?:上|下)半年(?:{_BEFORE}"
    rf"|内)?(?=完成|报)|(?:本|这)周(?:之)?内|第?[一二三四1-4]季度(?:(?:末|底)?{_BEFORE}|(?:末|底|内)?(?=完成|报送|建成)|末|底|内)|(?:(?:春|秋)季)?(?:学期)?(?:暑假"
    rf"|寒假|国庆节|春节|元旦|“?三八”?节|开学|放假|春节|国庆"
    rf"|元旦|汛期)(?:后)?{_BEFORE}"
)
_WEEKDAY = re.compile(rf"(?P<which>本|这|下)(?:周|星期)(?P<day>[一二三四五六日天])(?:下班)?{_BEFORE}")
# 规划印发后一个月内, 每学期开学后两周内: of another event, whose day is not known.
_WITHIN = re.compile(
    rf"(?P<anchor>会后|会议结束后|会议召开后|自?(?:本次)?会议(?:之日)?起|[^，。；于在并要]{{0,8}}?(?:印发|公布|下发|出台|结束|开学|签订|开工)后"
    rf"|收到[^，。]{{0,8}}后)?(?P<number>{_NUMBER})"
    rf"(?P<unit>个工作日|工作日|个?自然日|日|天|周|个?星期|个?月)(?:之|以)?内"
)
_DIGITS = {char: place for place, char in enumerate("零一二三四五六七八九")} | {"两": 2}


def deadline_in(text: Text, stretch: Stretch, *, base: date | None) -> Deadline | None:
    """The first deadline of a stretch. ``base`` is the day of the meeting, or of its report where that is unknown.

    A month and a day without a year are of the base's year, or of the next one where they would lie before the base and
    the next such day is at most 183 days off; else only the words are kept. Working days are never counted here.
    """
    best: tuple[int, re.Match[str], str, date | None] | None = None
    for rule, pattern, settle in _RULES:
        match = pattern.search(stretch.text)
        if match and match[0] and (best is None or match.start() < best[0]):
            best = match.start(), match, rule, settle(match, base)
    if best is None:
        return None
    _at, match, rule, day = best
    # 秋季学期开学前（8月31日前）: the bracket settles what the words leave open.
    if day is None and (bracket := re.match(rf"（{_DAY.pattern}）", stretch.text[match.end() :])):
        inner = stretch.part(match.end() + 1, match.end() + bracket.end() - 1)
        return deadline_in(text, inner, base=base)
    place = stretch.part(match.start(), match.end())
    return Deadline(text.source[place.start : place.end], day, text.found(place, rule))


def due_in(text: Text, stretch: Stretch, *, base: date | None) -> Deadline | None:
    """The deadline of a cell or of what stands behind 完成时限：, where a bare day is one too."""
    if found := deadline_in(text, stretch, base=base):
        return found
    if match := _BARE.match(stretch.text.strip("。；） ")):
        day = _month_end(match, base) if match["part"] else _day(match, base) if match["day"] else None
        place = stretch.part(match.start(), match.end())
        return Deadline(text.source[place.start : place.end], day, text.found(place, "期限：完成时限"))
    return None


def _recurring(_match: re.Match[str], _base: date | None) -> None:
    return None


def _day(match: re.Match[str], base: date | None) -> date | None:
    return _settled(match, int(match["month"]), int(match["day"]), base)


def _month_end(match: re.Match[str], base: date | None) -> date | None:
    """The last day of the month; 8月前 is the last day before it begins."""
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    year = _year_of(match, base)
    if match["part"] is None:
        first = _settled(match, month, 1, base)
        return first - timedelta(1) if first else None
    if match["part"].endswith("旬"):  # its first or its last day: the text does not say
        return None
    return _settled(match, month, calendar.monthrange(year or 2026, month)[1], base)


def _year_end(match: re.Match[str], base: date | None) -> date | None:
    year = match["year"] or match["year2"]
    if year:
        return date(int(year), 12, 31)
    said = match["said"] or match["said2"]
    if base is None:
        return None
    return date(base.year + (said == "明年"), 12, 31)


def _this_month(match: re.Match[str], base: date | None) -> date | None:
    if base is None:
        return None
    which = match["which"] or match["within"] or ""
    month = _months_on(base, 1 if which.startswith(("下", "次")) else 0)
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _month_day(match: re.Match[str], base: date | None) -> date | None:
    if base is None:
        return None
    month = _months_on(base, 0 if match["which"] == "本" else 1)
    return _valid(month.year, month.month, int(match["day"]))


def _within(match: re.Match[str], base: date | None) -> date | None:
    """会后一周内 is counted from the meeting; without 会后, and in working days, only the words are kept."""
    number = _value(match["number"])
    if base is None or number is None or not (match["anchor"] or "").replace("自", "").startswith(("会", "本次会议")):
        return None
    unit = match["unit"]
    if "工作日" in unit:
        return None
    if "月" in unit:
        later = _months_on(base, number)
        return later.replace(day=min(base.day, calendar.monthrange(later.year, later.month)[1]))
    return base + timedelta(number * (7 if "周" in unit or "星期" in unit else 1))


def _weekday(match: re.Match[str], base: date | None) -> date | None:
    """下周五 is the Friday of the week that begins on the Monday after the meeting."""
    if base is None:
        return None
    monday = base - timedelta(base.weekday()) + timedelta(7 if match["which"] == "下" else 0)
    day = monday + timedelta("一二三四五六日".index(match["day"].replace("天", "日")))
    return day if day >= base else None


_Settle = Callable[[re.Match[str], date | None], date | None]
_RULES: tuple[tuple[str, re.Pattern[str], _Settle], ...] = (
    ("期限：每……前", _RECURRING, _recurring),
    ("期限：×月×日前", _DAY, _day),
    ("期限：×月底前", _MONTH_END, _month_end),
    ("期限：年底前", _YEAR_END, _year_end),
    ("期限：本月×日前", _MONTH_DAY, _month_day),
    ("期限：月底前", _THIS_MONTH, _this_month),
    ("期限：下周×前", _WEEKDAY, _weekday),
    ("期限：周、季度、半年", _WEEK, _recurring),
    ("期限：……内", _WITHIN, _within),
)


def _year_of(match: re.Match[str], base: date | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["said"] and base:
        return base.year + (match["said"] == "明年")
    return None


def _settled(match: re.Match[str], month: int, day: int, base: date | None) -> date | None:
    year = _year_of(match, base)
    if year:
        return _valid(year, month, day)
    if base is None or match["said"]:
        return None
    same = _valid(base.year, month, day)
    if same and same >= base:
        return same
    later = _valid(base.year + 1, month, day)
    return later if later and (later - base).days <= _NEXT_YEAR_WITHIN else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_on(base: date, months: int) -> date:
    """The first day of the month so many months later."""
    count = base.year * 12 + base.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _value(text: str) -> int | None:
    """十二 or 12 as a number."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)

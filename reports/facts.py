"""Facts that several papers share: lights, counts, rates, reports, approvals and the course of a task.

All values are plain: words are already in the language of the paper, days are ``date``, moments are ``datetime``
already in the local zone of the office. An empty string or an empty tuple means "none"; it prints as a dash.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

LightCode = Literal["hollow", "late_receipt", "green", "yellow", "red", "blue", "black", "grey"]
"""未签收, 超期未签收, 正常, 临期, 逾期, 办结, 销号, 中止或撤销."""

NONE = "—"


@dataclass(frozen=True, kw_only=True)
class Light:
    """A light: ``code`` picks shape and colour, ``word`` says it (临期, 逾期3天)."""

    code: LightCode
    word: str


@dataclass(frozen=True, kw_only=True)
class Count:
    """A number of things under one label, e.g. tasks in one state; ``light`` picks colour and pattern in a chart."""

    label: str
    value: int
    unit: str = "项"
    light: LightCode | None = None


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A share with the two numbers it comes from and the rule by which they are counted."""

    label: str
    numerator: int
    denominator: int
    rule: str

    @property
    def percent_text(self) -> str:
        """The share in percent, rounded half up to one decimal (``"78.4%"``); a dash if the denominator is zero."""
        percent = self.percent
        return NONE if percent is None else f"{percent}%"

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, rounded half up to one decimal; None if the denominator is zero."""
        if self.denominator <= 0:
            return None
        tenths = (2000 * self.numerator + self.denominator) // (2 * self.denominator)
        return Decimal(tenths).scaleb(-1)


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A 签批: who approved what, on line or on paper.

    ``matter`` is what was approved (办结申请), ``manner`` how (线上签批, 线下签批), ``words`` what the signer wrote,
    ``recorded_by`` who entered it for the signer (代录), ``scan`` the name of the scanned page.
    """

    matter: str
    manner: str
    signer: str
    on: date
    words: str = ""
    recorded_by: str = ""
    scan: str = ""


@dataclass(frozen=True, kw_only=True)
class ProgressNote:
    """What a unit reported: text, day, who, and the state of the report (已报送, 已采纳, 已退回)."""

    unit: str
    on: date
    text: str
    by: str = ""
    state: str = ""
    problems: str = ""
    next_steps: str = ""


@dataclass(frozen=True, kw_only=True)
class Participation:
    """A unit's part in a task, lead or cooperating: receipt, light, progress in words and its latest report."""

    unit: str
    light: Light
    acknowledged_on: date | None = None
    acknowledged_by: str = ""
    progress: str = ""
    latest: ProgressNote | None = None


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A counted amount of a task, as text with its unit left apart: 宣讲场次, 场, 目标 "20", 本期 "3", 累计 "12"."""

    name: str
    unit: str
    target: str
    total: str
    period: str = ""


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One 完成标准 and whether it is ticked."""

    text: str
    is_met: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One event of a task's course, never changed: when, what (交办, 签收, 退回, 办结 …), who, and the words.

    ``on`` may be a ``datetime`` (printed to the minute) or a ``date`` (recorded from paper). ``manner`` says how it was
    approved where that matters (线上, 线下签批（扫描件）); ``note`` holds the reason of a return or other words.
    """

    on: date | datetime
    action: str
    unit: str = ""
    by: str = ""
    manner: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """A task as a paper shows it."""

    number: str
    title: str
    state: str
    light: Light
    lead: Participation
    cooperating: tuple[Participation, ...] = ()
    content: str = ""
    source: str = ""
    standards: tuple[Standard, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    issued_on: date | None = None
    issued_by: str = ""
    original_due_on: date | None = None
    due_on: date | None = None
    progress: str = ""
    latest: ProgressNote | None = None
    evidence: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    steps: tuple[Step, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """A meeting as papers name it. ``day_text`` is in words because a day may be unknown (近日).

    ``place`` holds the branch venues too.
    """

    title: str
    kind: str = ""
    sequence: str = ""
    day_text: str = ""
    times: str = ""
    place: str = ""
    chair: str = ""
    organiser: str = ""

    @property
    def when(self) -> str:
        """Day and times in one: 2026年12月4日（星期五）10:00—12:10."""
        return f"{self.day_text}{self.times}"


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Whose paper it is: the full names of the body and its office on the paper's day, and the office's telephone."""

    body: str
    office: str
    phone: str = ""
    hours: str = ""

    @property
    def office_mark(self) -> str:
        """发文机关标志 of the office's papers."""
        return f"{self.office}文件"


def rate_text(rate: Rate) -> str:
    """A rate in running text, with both its numbers: 办结率26.7%（8/30）."""
    return f"{rate.label}{rate.percent_text}（{rate.numerator}/{rate.denominator}）"


def day_text(day: date | None) -> str:
    """A day as official papers write it (2026年1月5日), a moment with hours and minutes, a dash for none."""
    if day is None:
        return NONE
    text = f"{day.year}年{day.month}月{day.day}日"
    return f"{text} {day.hour:02}:{day.minute:02}" if isinstance(day, datetime) else text


def short_day(day: date | None) -> str:
    """A day for narrow columns (2026-01-05), a moment with hours and minutes, a dash for none."""
    if day is None:
        return NONE
    text = f"{day.year:04}-{day.month:02}-{day.day:02}"
    return f"{text} {day.hour:02}:{day.minute:02}" if isinstance(day, datetime) else text


def size_text(size: int) -> str:
    """A size in bytes, KB or MB (1,024), half up to one decimal, so that sizes and their sum go together."""
    for factor, name in ((1024 * 1024, "MB"), (1024, "KB")):
        tenths = (size * 10 + factor // 2) // factor
        if size >= factor:
            return f"{tenths // 10}.{tenths % 10} {name}"
    return f"{size} 字节"

"""What a paper says, in order, apart from how it is set: the one form that PDF, Word and Excel are written from.

A paper's module turns its frozen data into a ``Report`` (报表类) or an ``Official`` (公文类) with ``compose(data)``.
Blocks carry words and values, never lengths, faces or colours of a format: each format sets them by its own rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from reports.facts import Count, LightCode, Participation, Rate, TaskFacts, day_text

Align = Literal["left", "center", "right"]
Value = str | int | Decimal | date | None
"""Of a cell. A sheet keeps numbers and days as such; PDF and Word print ``value_text``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: ``head``, its ``weight`` (share of the width among its neighbours), how its cells stand.

    ``group`` is the word of a heading over several neighbouring columns, which have the same one.
    """

    head: str
    weight: float
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its value: over ``span`` columns, with a light before it, or with a strip under it
    filled to that share (0 to 1). ``is_head`` makes it the heading of its row, and a row of nothing else heads what
    follows. ``unit`` stands after a number (项, ``%``); ``lines`` is its least height in lines of text. ``instead`` is
    printed in place of a text that stands in a row above already (同第3项); a sheet keeps the text.
    """

    value: Value
    span: int = 1
    align: Align | None = None
    light: LightCode | None = None
    strip: float | None = None
    is_head: bool = False
    unit: str = ""
    lines: float = 1
    instead: str = ""


Row = Sequence["Value | Cell"]


@dataclass(frozen=True, slots=True)
class Band:
    """A heading across a table, kept with the row after it; 领域、会议、单位类别."""

    text: str


def value_text(value: Value, unit: str = "") -> str:
    """A value as it is printed: ``2026年1月5日``, ``12 项``, ``78.4%``, and a dash for None.

    Measured figures (``Decimal``) have their thousands told apart, as on the pages; numbers that count lines do not.
    """
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, date):
        return day_text(value)
    number = f"{value:,f}" if isinstance(value, Decimal) else str(value)
    return f"{number}{'' if unit == '%' else ' '}{unit}" if unit else number


# -- blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number already in the text. Level 1 一、 2 （一） 3 1. 4 （1）.

    In an official paper a heading that ends with 。 runs into the text after it.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; a line break begins a new paragraph. ``lead`` is set in 黑体 before it (出席：, 会议指出，).

    ``is_quoted`` sets it in 楷体 and inset: the sentence of a speech.
    """

    text: str
    lead: str = ""
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A small line: totals over a table, the source of a sentence, a rule of counting."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values in a grid, two pairs a row; long values have a row of their own."""

    pairs: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled boxes to write in by hand, or what was written: (label, text, height in lines of text)."""

    boxes: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows under a head that comes again on every page. ``rows`` is gone through once; it may be a generator.

    ``name`` is the sheet's name in a workbook. ``empty`` is said where there are no rows. ``row_lines`` is the least
    height of a row in lines of text (签到表: room to sign).
    """

    columns: Sequence[Column]
    rows: Iterable["Row | Band"]
    name: str = ""
    caption: str = ""
    empty: str = ""
    row_lines: float = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One line of a chart: a value for each place of the axis, or None where there is none."""

    label: str
    values: tuple[Decimal | None, ...]
    is_target: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A picture of numbers; the same numbers stand as a table under it, with ``head`` over the labels.

    ``bars`` and ``stacked`` draw ``counts``; ``lines`` draws ``series`` over ``axis`` (years), targets dashed.
    """

    kind: Literal["bars", "stacked", "lines"]
    caption: str
    head: str = ""
    counts: tuple[Count, ...] = ()
    axis: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates with numerator, denominator and rule, each with a strip filled to its share."""

    rates: tuple[Rate, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskCard:
    """A task in a grid, with its course if asked; ``own`` adds the part of one helping unit."""

    task: TaskFacts
    with_course: bool = True
    own: Participation | None = None


@dataclass(frozen=True, slots=True)
class NameCards:
    """座签, two a row in large type, to be cut out; each says a name, or a unit and a post on two lines."""

    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page (a reply slip, a second part)."""


Signing = Literal["seal", "plain", "stamp"]
"""加盖印章, 不加盖印章, 加盖签发人签名章 (GB/T 9704-2012, 7.3.5.1 to 7.3.5.3)."""

Block = Heading | Text | Note | Facts | Fields | Table | Chart | Rates | TaskCard | NameCards | PageBreak


# -- papers


@dataclass(frozen=True, kw_only=True)
class Report:
    """A 报表类 paper: number, time, filter and code stand in its foot, from the imprint. ``under`` are small centred
    lines under the title. ``body`` is gone through once.
    """

    title: str
    body: Iterable[Block]
    under: tuple[str, ...] = ()
    is_landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class Annex:
    """附件: bound in, its title on the third line, its pages numbered on."""

    title: str
    body: Iterable[Block]
    is_landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class Official:
    """A 公文类 paper: only elements of GB/T 9704-2012, in its order; an empty one is left out.

    ``form``: ``document`` (文件格式), ``letter`` (信函格式), ``minutes`` (纪要格式), ``brief`` (简报, 呈阅件: own mark
    and number line by custom). ``mark`` is the 发文机关标志 in full words (××县妇女儿童工作委员会办公室文件).
    ``number`` is the 文号 or 第×期; None is a draft and prints 〔2026〕　号 from ``number_prefix`` and ``year``.
    ``signers_name`` is the 签发人 of upward papers. ``addressees`` is 主送 without its colon. ``attachments`` are the
    names of 附件说明.
    ``signature`` is the full name of the body, ``cosigners`` those of the bodies that issue it too (联合行文).
    ``day`` is the 成文日期. ``signing`` says how it is made valid: with ``seal`` the room for the seals is kept, with
    ``stamp`` that for the name stamp of the signer (签名章) beside each of ``signer_posts``.
    ``remark`` is the 附注 without brackets. ``attended``, ``on_leave``, ``observers`` stand in the minutes form only
    (出席, 请假, 列席). ``copies_to`` is 抄送, ``printed_by`` and ``printed_on`` the last line of the 版记.
    """

    form: Literal["document", "letter", "minutes", "brief"]
    mark: str
    title: str
    body: Iterable[Block]
    number: str | None = None
    number_prefix: str = ""
    year: int | None = None
    urgency: Literal["", "加急", "特急"] = ""
    copy_number: str = ""
    signers_name: str = ""
    addressees: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    cosigners: tuple[str, ...] = ()
    signer_posts: tuple[str, ...] = ()
    day: date | None = None
    signing: Signing = "plain"
    remark: str = ""
    attended: str = ""
    on_leave: str = ""
    observers: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    annexes: tuple[Annex, ...] = field(default=())

    @property
    def number_text(self) -> str:
        """The number as printed; a draft leaves the room of its digits: 〔2026〕　号, 第　期."""
        if self.number is not None:
            return self.number
        if self.year is None:
            return "第　期" if self.form == "brief" else "第　号"
        return f"{self.number_prefix}〔{self.year}〕　号"

    @property
    def signed_by(self) -> tuple[str, ...]:
        """What stands over the day, in its order: the bodies, or over name stamps the signers' posts."""
        names = self.signer_posts if self.signing == "stamp" else (self.signature, *self.cosigners)
        return tuple(filter(str.strip, names))

    @property
    def attendance(self) -> tuple[tuple[str, str], ...]:
        """出席, 请假, 列席 with those whom each names; of minutes."""
        return ("出席", self.attended), ("请假", self.on_leave), ("列席", self.observers)

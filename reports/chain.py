"""全链条报告 (``chain``): from one goal or requirement up to where it comes from and down to what became of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Cell, Column, Facts, Heading, Note, Report, Row, Table, TaskCard, Text
from reports.facts import NONE, Light, TaskFacts, day_text


@dataclass(frozen=True, kw_only=True)
class ChainLink:
    """A link of the chain: what it says, whose it is, its day and state, and the links that follow from it.

    ``kind`` is 规划目标, 指标, 会议, 讲话, 会议要求, 任务, 进展报告, 佐证材料, 审核 or 指标值.
    ``gap`` says what ought to follow and does not (未分解任务, 没有进展报告).
    """

    kind: str
    title: str
    note: str = ""
    unit: str = ""
    on: date | None = None
    state: Light | None = None
    gap: str = ""
    links: tuple["ChainLink", ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChainReport:
    """``subject`` is the goal or requirement; ``sources`` go up from it, the nearest first, ``links`` down from it.

    ``tasks`` are the tasks on the way, printed on their cards.
    """

    subject: str
    kind: str
    as_of: date
    sources: tuple[ChainLink, ...] = ()
    links: tuple[ChainLink, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    note: str = ""


def compose(report: ChainReport) -> Report:
    """Up, down, the gaps, then each task with its course."""
    return Report(title="全链条报告", under=(f"（截至{day_text(report.as_of)}）",), body=_body(report))


def _body(report: ChainReport) -> Iterator[Block]:
    yield Facts(((report.kind, report.subject), *((("说　　明", report.note),) if report.note else ())))
    yield Heading("一、从何而来（自下而上）")
    if report.sources:
        rows = [_row(f"{place}", link) for place, link in enumerate(report.sources, 1)]
        yield Table(columns=_COLUMNS, rows=rows, name="从何而来")
    else:
        yield Text("没有登记来源。")
    yield Heading("二、落到何处（自上而下）")
    if report.links:
        yield Text(f"{_counted(report.links)}。")
        yield Table(columns=_COLUMNS, rows=_rows(report.links), name="落到何处")
    else:
        yield Text("还没有形成任务。")
    yield Heading("三、断点")
    gaps = list(_gaps(report.links))
    if gaps:
        yield Table(columns=_GAP_COLUMNS, rows=gaps, name="断点")
    else:
        yield Text("没有。各环节均已衔接。" if report.links else "后续环节尚未开始。")
    if report.tasks:
        yield Heading("四、任务办理过程")
        for task in report.tasks:
            yield TaskCard(task=task)
    yield Note("编号逐级展开：1.2.1 是 1.2 的后一环节。断点是应当有而没有的环节。")


_COLUMNS = (
    Column(head="编号", weight=11),
    Column(head="环节", weight=13, align="center"),
    Column(head="内容", weight=39),
    Column(head="单位、人员", weight=17),
    Column(head="时间、状态", weight=24),
)
_GAP_COLUMNS = (
    Column(head="编号", weight=12),
    Column(head="环节", weight=16, align="center"),
    Column(head="内容", weight=44),
    Column(head="缺少", weight=28),
)


def _rows(links: tuple[ChainLink, ...], above: str = "") -> Iterator[Row]:
    for place, link in enumerate(links, 1):
        number = f"{above}{place}"
        yield _row(number, link)
        yield from _rows(link.links, f"{number}.")


def _row(number: str, link: ChainLink) -> Row:
    said = f"{link.title}\n{link.note}" if link.note else link.title
    on = day_text(link.on) if link.on else ""
    state = "\n".join(part for part in (link.state.word if link.state else "", on) if part) or NONE
    return [
        number,
        link.kind,
        said,
        link.unit or NONE,
        Cell(state, light=link.state.code if link.state else None),
    ]


def _gaps(links: tuple[ChainLink, ...], above: str = "") -> Iterator[Row]:
    for place, link in enumerate(links, 1):
        number = f"{above}{place}"
        if link.gap:
            yield [number, link.kind, link.title, Cell(link.gap, light="red")]
        yield from _gaps(link.links, f"{number}.")


def _counted(links: tuple[ChainLink, ...]) -> str:
    """How many links of each kind, in the order in which they come."""
    found: Counter[str] = Counter()

    def count(each: tuple[ChainLink, ...]) -> None:
        for link in each:
            found[link.kind] += 1
            count(link.links)

    count(links)
    return "共有" + "，".join(f"{kind}{number}项" for kind, number in found.items())

"""佐证材料目录 (``evidence-catalogue``): domain, goal, indicator, task, evidence, in the order of the packed files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reports.blocks import Band, Block, Column, Note, Report, Table, Value
from reports.cards import chinese_number
from reports.facts import day_text, size_text


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A file. ``path`` is its name in the packed folder, ``size`` in bytes, ``sha256`` its hash."""

    name: str
    path: str = ""
    unit: str = ""
    on: date | None = None
    size: int = 0
    sha256: str = ""
    goal: str = ""
    indicator: str = ""
    task: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceDomain:
    """The evidence of one domain in its order; ``missing`` are goals or indicators that have none."""

    name: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EvidenceCatalogue:
    """``scope`` names the plan or evaluation the evidence is for."""

    scope: str
    as_of: date
    domains: tuple[EvidenceDomain, ...]


def compose(catalogue: EvidenceCatalogue) -> Report:
    """The catalogue on landscape pages."""
    return Report(
        title=f"{catalogue.scope}佐证材料目录",
        under=(f"（截至{day_text(catalogue.as_of)}）",),
        body=_body(catalogue),
        is_landscape=True,
    )


def _body(catalogue: EvidenceCatalogue) -> Iterator[Block]:
    count = sum(len(domain.evidence) for domain in catalogue.domains)
    size = sum(evidence.size for domain in catalogue.domains for evidence in domain.evidence)
    yield Note(f"共 {count} 件" + (f"，合计 {size_text(size)}" if size else ""))
    columns = _columns(catalogue)
    heads = [column.head for column in columns]
    rows = (row if isinstance(row, Band) else [row[head] for head in heads] for row in _rows(catalogue))
    yield Table(columns=columns, rows=rows, name="佐证材料目录", empty="（没有佐证材料）")
    if missing := [_missing_text(domain) for domain in catalogue.domains if domain.missing]:
        yield Note("尚无佐证材料的：" + "；".join(missing))
    yield Note(
        "同一任务内容相同的文件只列一件，合计按字节相加。文件按本目录的次序装入压缩包，每个标题一个文件夹；"
        "校验值为 SHA-256 的前 12 位。"
    )


def _missing_text(domain: EvidenceDomain) -> str:
    return f"{domain.name}：" + "、".join(name.rstrip("。；") for name in domain.missing)


def _columns(catalogue: EvidenceCatalogue) -> tuple[Column, ...]:
    """Without those of goals and indicators where no file stands for any."""
    evidence = [each for domain in catalogue.domains for each in domain.evidence]
    unused = {
        head
        for head, is_used in (
            ("主要目标", any(each.goal for each in evidence)),
            ("指标", any(each.indicator for each in evidence)),
        )
        if not is_used and evidence
    }
    return tuple(column for column in _COLUMNS if column.head not in unused)


_COLUMNS = (
    Column(head="序号", weight=8, align="center"),
    Column(head="主要目标", weight=26),
    Column(head="指标", weight=22),
    Column(head="任务", weight=30),
    Column(head="材料名称", weight=34),
    Column(head="提供单位", weight=18),
    Column(head="日期", weight=22, align="center"),
    Column(head="大小", weight=14, align="right"),
    Column(head="包内文件名", weight=31),
    Column(head="校验值", weight=21, align="center"),
)


def _rows(catalogue: EvidenceCatalogue) -> Iterator[Band | Mapping[str, Value]]:
    """Bands of domains and, under each, the cells of its files by head."""
    place = 0
    for number, domain in enumerate(catalogue.domains, 1):
        yield Band(f"{chinese_number(number)}、{domain.name}")
        for each in domain.evidence:
            place += 1
            yield {
                "序号": place,
                "主要目标": each.goal or None,
                "指标": each.indicator or None,
                "任务": each.task or None,
                "材料名称": each.name,
                "提供单位": each.unit,
                "日期": each.on,
                "大小": size_text(each.size) if each.size else "",
                "包内文件名": each.path.rpartition("/")[2],
                "校验值": each.sha256[:12],
            }

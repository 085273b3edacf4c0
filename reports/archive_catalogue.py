"""年度归档文件目录 (``archive-catalogue``): 件号, 责任者, 文号, 题名, 日期, 页数, by retention period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reports.blocks import Band, Block, Column, Note, Report, Row, Table


@dataclass(frozen=True, kw_only=True)
class ArchiveItem:
    """A 件: ``number`` is its 件号, ``author`` the 责任者, ``pages`` None where nobody counted them."""

    number: int
    title: str
    author: str
    document_number: str = ""
    on: date | None = None
    pages: int | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class RetentionPeriod:
    """The items kept for one period (永久, 30年, 10年)."""

    name: str
    items: tuple[ArchiveItem, ...]


@dataclass(frozen=True, kw_only=True)
class ArchiveCatalogue:
    """The files of one year; ``holder`` is who keeps them (立档单位)."""

    year: int
    holder: str
    periods: tuple[RetentionPeriod, ...]


def compose(catalogue: ArchiveCatalogue) -> Report:
    """The catalogue on upright pages."""
    return Report(
        title=f"{catalogue.year}年度归档文件目录", under=(f"立档单位：{catalogue.holder}",), body=_body(catalogue)
    )


def _body(catalogue: ArchiveCatalogue) -> Iterator[Block]:
    items = [item for period in catalogue.periods for item in period.items]
    yield Note(f"共 {len(items)} 件" + _pages_text(items))
    yield Table(columns=_COLUMNS, rows=_rows(catalogue), name="归档文件目录", empty="（没有归档文件）")


def _pages_text(items: Sequence[ArchiveItem]) -> str:
    """How many pages there are; of how many files, where some are not counted."""
    counted = [item.pages for item in items if item.pages is not None]
    if len(counted) == len(items):
        return f"，{sum(counted)} 页"
    some = f"；已计页数的 {len(counted)} 件，共 {sum(counted)} 页" if counted else ""
    return f"{some}；未计页数的 {len(items) - len(counted)} 件，页数留空"


_COLUMNS = (
    Column(head="件号", weight=8, align="center"),
    Column(head="责任者", weight=21),
    Column(head="文号", weight=18),
    Column(head="题名", weight=33),
    Column(head="日期", weight=19.5, align="center"),
    Column(head="页数", weight=8, align="center"),
    Column(head="备注", weight=9),
)


def _rows(catalogue: ArchiveCatalogue) -> Iterator[Row | Band]:
    for period in catalogue.periods:
        yield Band(f"保管期限：{period.name}")
        for item in period.items:
            yield [
                item.number,
                item.author,
                item.document_number or None,
                item.title,
                item.on,
                "" if item.pages is None else item.pages,
                item.remark,
            ]

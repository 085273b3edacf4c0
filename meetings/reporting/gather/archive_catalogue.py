"""年度归档文件目录: what was issued, recorded and received in a year, by retention period, numbered from 1 in each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from meetings.approvals.models import Retention, SignerRole
from meetings.approvals.rules import listed
from meetings.approvals.words import RETENTIONS
from meetings.core.actor import Actor
from meetings.documents.models import DocumentKind
from meetings.reporting.gather.office import issuer_of
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import archive
from reports.archive_catalogue import ArchiveCatalogue, ArchiveItem, RetentionPeriod

OF_DOCUMENTS: Mapping[DocumentKind, Retention] = {
    DocumentKind.PLAN: Retention.PERMANENT,
    DocumentKind.SCHEME: Retention.YEARS_30,
    DocumentKind.DIVISION: Retention.YEARS_30,
    DocumentKind.FROM_ABOVE: Retention.YEARS_30,
    DocumentKind.OTHER: Retention.YEARS_10,
}
"""保管期限 of documents of the library by kind; those of issued papers stand on their draft sheets."""


def gather(year: int, *, actor: Actor, moment: Moment) -> ArchiveCatalogue:
    """The year's files by day within their period (DA/T 22: 件号 run within year and period)."""
    periods: dict[Retention, list[ArchiveItem]] = {retention: [] for retention in Retention}
    for retention, item in sorted(_items(year, actor, moment), key=lambda pair: (pair[1].on is None, pair[1].on)):
        place = len(periods[retention]) + 1
        periods[retention].append(replace(item, number=place))
    return ArchiveCatalogue(
        year=year,
        holder=issuer_of(actor, moment.as_of).office,
        periods=tuple(
            RetentionPeriod(name=RETENTIONS[retention], items=tuple(items))
            for retention, items in periods.items()
            if items
        ),
    )


def _items(year: int, actor: Actor, moment: Moment) -> Iterator[tuple[Retention, ArchiveItem]]:
    issuer = issuer_of(actor, moment.as_of)
    for paper in archive.issued(actor, year):
        own = issuer.body if paper.signer_role is SignerRole.LEADER else issuer.office
        yield (
            paper.retention,
            ArchiveItem(
                number=0,
                title=paper.title,
                author="、".join((own, *listed(paper.cosigners))),
                document_number=paper.number,
                on=paper.on,
                pages=paper.pages,
            ),
        )
    for minutes in archive.minuted(actor, year):
        author = minutes.organiser or issuer.office
        yield Retention.PERMANENT, ArchiveItem(number=0, title=minutes.title, author=author, on=minutes.on)
    for document in archive.filed(actor, year):
        yield (
            OF_DOCUMENTS[document.kind],
            ArchiveItem(
                number=0,
                title=document.title,
                author=document.author,
                document_number=document.number,
                on=document.on,
            ),
        )

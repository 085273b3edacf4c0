"""Papers about what is kept: evidence of work done, files of a year."""

from meetings.core.actor import Actor
from meetings.meetings import queries as meetings
from meetings.plans import queries as plans
from meetings.reporting.catalogue.entry import Content, Entry, Parameters, filter_text, own_unit
from meetings.reporting.gather import archive_catalogue as gather_archive
from meetings.reporting.gather import evidence_catalogue as gather_evidence
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from reports import archive_catalogue, evidence_catalogue


def _evidence_catalogue(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    plan = plans.find_plan(chosen["plan"], actor=actor) if chosen.get("plan") else None
    meeting = meetings.find(chosen["meeting"], actor=actor) if chosen.get("meeting") else None
    unit_id = chosen.get("unit") or own_unit(actor)
    unit = sources.find_unit(unit_id, actor=actor) if unit_id else None
    data = gather_evidence.gather(actor=actor, moment=moment, plan=plan, meeting=meeting, unit=unit)
    said = filter_text(moment, plan=plan.title if plan else "", meeting=meeting, unit=unit.name if unit else "")
    return Content(data, f"{data.scope}佐证材料目录", said, unit.id if unit else None, moment.as_of)


def _archive_catalogue(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    year = chosen["year"]
    data = gather_archive.gather(year, actor=actor, moment=moment)
    return Content(data, f"{year}年度归档文件目录", f"{year}年；{filter_text(moment)}", None, moment.as_of)


ENTRIES = (
    Entry(
        "evidence-catalogue",
        "archive",
        "reports.print",
        ("plan", "meeting", "unit", "as_of"),
        frozenset(),
        _evidence_catalogue,
        evidence_catalogue.compose,
    ),
    Entry(
        "archive-catalogue",
        "archive",
        "papers.draft",
        ("year",),
        frozenset({"year"}),
        _archive_catalogue,
        archive_catalogue.compose,
    ),
)

"""Papers about tasks."""

from collections.abc import Mapping

from meetings.core.actor import Actor
from meetings.meetings import queries as meetings
from meetings.reporting.catalogue.entry import Content, Entry, Parameters, filter_text, own_unit
from meetings.reporting.gather import extension_form as gather_extension
from meetings.reporting.gather import opinion_adoption as gather_adoption
from meetings.reporting.gather import responsibility_list as gather_list
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.tasks import queries as tasks
from meetings.tasks.rules import Light
from reports import extension_form, opinion_adoption, responsibility_list


def _responsibility_list(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    if chosen.get("consultation"):
        return _consulted(actor, moment, chosen["consultation"], chosen.get("columns") or "issue")
    meeting = meetings.find(chosen["meeting"], actor=actor) if chosen.get("meeting") else None
    unit_id = chosen.get("unit") or own_unit(actor)
    unit = sources.find_unit(unit_id, actor=actor) if unit_id else None
    columns = chosen.get("columns") or "issue"
    data = gather_list.gather(actor=actor, moment=moment, meeting=meeting, unit=unit, columns=columns)
    said = filter_text(moment, meeting=meeting, unit=unit.name if unit else "", columns=columns)
    return Content(data, data.title, said, unit.id if unit else None, moment.as_of)


def _consulted(actor: Actor, moment: Moment, consultation_id: int, columns: str) -> Content:
    """The list as it is, or was, with its units: 任务分解表（征求意见稿）."""
    row = tasks.find_consultation(consultation_id, actor=actor)
    ids = [line.task_id for line in row.lines]
    data = gather_list.gather_draft(ids, actor=actor, moment=moment, title=row.title, columns=columns)
    said = filter_text(moment, columns=columns)
    return Content(data, data.title, f"征求意见：{row.title}；{said}", None, moment.as_of)


def of_screen(lights: Mapping[int, Light | None], *, actor: Actor, moment: Moment, said: str, title: str) -> Content:
    """The ledger as it is on the screen: these tasks in this order, what was asked for in words."""
    data = gather_list.gather_rows(lights, actor=actor, moment=moment, title=title, subtitle=said)
    return Content(data, title, f"{said}；{filter_text(moment)}", own_unit(actor), moment.as_of)


def _extension_form(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    case = tasks.find_extension(chosen["extension"], actor=actor)
    data = gather_extension.gather(case, times=tasks.granted_before(case))
    title = f"任务延期审批单（{case.task.number}）"
    return Content(data, title, f"任务：{case.task.number} {case.task.title}", case.task.lead_unit_id, moment.as_of)


def _opinion_adoption(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    row = tasks.find_consultation(chosen["consultation"], actor=actor)
    title = f"征求意见采纳情况表（{row.title}）"
    return Content(gather_adoption.gather(row), title, f"征求意见：{row.title}", None, moment.as_of)


ENTRIES = (
    Entry(
        "responsibility-list",
        "tasks",
        "reports.print",
        ("meeting", "unit", "consultation", "columns", "as_of"),
        frozenset(),
        _responsibility_list,
        responsibility_list.compose,
    ),
    Entry(
        "extension-form",
        "tasks",
        "reports.print",
        ("extension",),
        frozenset({"extension"}),
        _extension_form,
        extension_form.compose,
    ),
    Entry(
        "opinion-adoption",
        "tasks",
        "tasks.read_all",
        ("consultation",),
        frozenset({"consultation"}),
        _opinion_adoption,
        opinion_adoption.compose,
    ),
)

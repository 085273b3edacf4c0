"""Progress: one report, all of a period on one page, and what the head and the office say to it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for

from meetings.attachments.models import Attachment
from meetings.attachments.views import keep_files
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import carried_out, carry_out, current_actor, refuse_early
from meetings.directory import queries as directory
from meetings.plans.queries.owing import by_year, owed_values
from meetings.tasks import actions, queries, rules
from meetings.tasks.forms.handling import ReturnForm
from meetings.tasks.forms.reporting import period_form, progress_form
from meetings.tasks.models import ProgressReport, ReportingCycle, Task, TaskAction, TaskUnit, UnitRole
from meetings.tasks.views.page import bp, files_hint, light_rule, settings, step


def every_report_is_confirmed() -> bool:
    """The setting ``LUOSHI_HEAD_CONFIRMS``: the unit's head lets every report go, not only completions."""
    return settings().head_confirms == "every"


def number_in_address(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def part_to_report(task: Task, actor: Actor) -> TaskUnit:
    """The participation that the page reports on: the one named in the address, else the actor's own."""
    unit_id = number_in_address("unit")
    part = next((row for row in task.units if row.unit_id == unit_id), None) if unit_id else rules.part_of(task, actor)
    if part is None or not (part.unit_id in actor.unit_ids or actor.may("tasks.enter_for_unit")):
        raise NotFound
    return part


def report_heading(part: TaskUnit, cycle: ReportingCycle) -> str:
    """报送7月进展, 报送第三季度进展: named after the period for which a report is owed.

    The plain words where none is owed, and where the period owed has not begun.
    """
    owed_on = part.report_due_on
    if owed_on is None or cycle not in {ReportingCycle.MONTHLY, ReportingCycle.QUARTERLY}:
        return _("报送进展")
    month = (owed_on.month - 2) % 12 + 1
    first_month = month if cycle is ReportingCycle.MONTHLY else month - 2
    year = owed_on.year - (month > owed_on.month)
    if date(year, max(first_month, 1), 1) > clock.today():
        return _("报送进展")
    if cycle is ReportingCycle.MONTHLY:
        return _("报送%(month)s月进展", month=month)
    return _("报送第%(quarter)s季度进展", quarter=_QUARTERS[(month - 1) // 3])


_QUARTERS = "一二三四"


def amounts_of(form: Any) -> Mapping[int, actions.ReportedAmount]:
    return {
        quantity_id: actions.ReportedAmount(sent.this_period, sent.total, sent.reason)
        for quantity_id, sent in form.amounts.items()
    }


def send_report(
    task: Task,
    form: Any,
    *,
    unit_id: int,
    files_name: str,
    files_of: Any,
    head_confirms_every: bool | None = None,
    also: Sequence[Attachment] = (),
    by: Actor,
) -> ProgressReport:
    """One report of what a form holds."""
    report = form.report
    part = next(row for row in task.units if row.unit_id == unit_id)
    return actions.report_progress(
        task,
        unit_id=unit_id,
        **{**report, "step": report["step"] or part.step},
        quantities=amounts_of(form),
        files=[*keep_files(files_of, files_name, by=by), *also],
        head_confirms_every=every_report_is_confirmed() if head_confirms_every is None else head_confirms_every,
        by=by,
    )


@bp.route("/tasks/<int:task_id>/progress", methods=["GET", "POST"])
def report_progress(task_id: int) -> Any:
    actor = current_actor()
    task = queries.find(task_id, actor=actor, origin=request.method == "GET")
    part = part_to_report(task, actor)
    refuse_early(lambda: rules.next_status(task, TaskAction.REPORT_PROGRESS, actor, today=clock.today()))
    unit_id = part.unit_id
    form = progress_form(task, part)

    def act(task: Task) -> None:
        send_report(task, form, unit_id=unit_id, files_name="files", files_of=form, by=actor)

    if done := step(task_id, form, act, said=N_("已报送")):
        return done
    task = queries.find(task_id, actor=actor)
    part = next(row for row in task.units if row.unit_id == unit_id)
    reports = [row for row in queries.reports_of(task, actor=actor) if row.unit_id == unit_id]
    return render_template(
        "tasks/report_progress.html",
        form=form,
        task=task,
        part=part,
        heading=report_heading(part, task.reporting_cycle),
        last=reports[0] if reports else None,
        is_entered_by_office=unit_id not in actor.unit_ids,
        head_confirms_every=every_report_is_confirmed(),
        files_hint=files_hint(),
    )


# --- the period -------------------------------------------------------------------------------------------------


class PeriodRow(NamedTuple):
    """A task on the page of the period, as its unit stands in it."""

    task: Task
    part: TaskUnit
    is_lead: bool
    light: rules.Light | None
    report_due_on: Any
    percent_done: int


PERIOD = timedelta(days=15)  # a report may be sent this long before it is owed


def period_rows(actor: Actor, unit_id: int) -> list[PeriodRow]:
    """What the unit owes by the end of the period, the earliest first; with ``?all=1`` everything it may report.

    A page that was sent has the tasks that it was sent with.
    """
    sent = {name.partition("-")[0] for name in request.form}
    until = None if request.args.get("all") or sent else clock.today() + PERIOD
    rule = light_rule(actor)
    rows = []
    for task in queries.to_report(unit_id, actor=actor, until=until):
        if sent and f"task_{task.id}" not in sent:
            continue
        rows.append(period_row(task, unit_id, rule))
    return rows


def period_row(task: Task, unit_id: int, rule: rules.LightRule) -> PeriodRow:
    """A task as its unit stands in it."""
    part = next(row for row in task.units if row.unit_id == unit_id)
    light = rules.light_of_part(task, part, rule)
    return PeriodRow(task, part, part.role is UnitRole.LEAD, light, part.report_due_on, part.percent_done)


@bp.route("/tasks/period", methods=["GET", "POST"])
def period() -> Any:
    actor = current_actor()
    unit_id = number_in_address("unit") or min(actor.unit_ids, default=None)
    if unit_id is None or not actor.may("tasks.report") or unit_id not in actor.unit_ids:
        raise NotFound
    rows = period_rows(actor, unit_id)
    form = period_form([(row.task, row.part) for row in rows])
    if form.validate_on_submit():
        try:
            with carried_out(form) as outcome:
                count = send_period(form, unit_id, by=actor)
                outcome.location = url_for("tasks.period")
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("已报送 %(count)s 件", count=count))
            return redirect(outcome.location, 303)
    return render_template(
        "tasks/period.html",
        form=form,
        rows=period_rows(actor, unit_id),
        unit=directory.find_unit(unit_id, actor=actor),
        today=clock.today(),
        shows_all=bool(request.args.get("all")),
        owed_years=by_year(owed_values([unit_id], actor=actor, today=clock.today()), clock.today()),
    )


def send_period(
    form: Any,
    unit_id: int,
    *,
    head_confirms_every: bool | None = None,
    also: Sequence[Attachment] = (),
    by: Actor,
) -> int:
    """Send every task that was filled in, or none; a refusal is about the field of its task.

    ``head_confirms_every`` is the setting where it is None; the files of ``also`` belong to each of the reports.
    """
    for task_id, one in form.filled.items():
        try:
            send_report(
                queries.find(task_id, actor=by, held=True),
                one,
                unit_id=unit_id,
                files_name="files",
                files_of=one,
                head_confirms_every=head_confirms_every,
                also=also,
                by=by,
            )
        except DomainError as refusal:
            field = f"task_{task_id}-{refusal.field or 'done'}"
            raise DomainError(refusal.code, field=field, **refusal.details) from refusal
    return len(form.filled)


# --- what the head and the office say -----------------------------------------------------------------------------


def report_of(task_id: int, report_id: int, actor: Actor) -> ProgressReport:
    """The report of this task, or ``NotFound``."""
    report = queries.find_report(report_id, actor=actor)
    if report.task_id != task_id:
        raise NotFound
    return report


def _decide(task_id: int, report_id: int, action: Any, said: str) -> Any:
    actor = current_actor()
    form = Form()
    done = carry_out(
        form,
        lambda: action(report_of(task_id, report_id, actor), by=actor),
        said=said,
        to=url_for("tasks.detail", task_id=task_id),
    )
    return done or redirect(url_for("tasks.detail", task_id=task_id), 303)


@bp.post("/tasks/<int:task_id>/reports/<int:report_id>/approve")
def approve_report(task_id: int, report_id: int) -> Any:
    return _decide(task_id, report_id, actions.approve_report, N_("已同意报送，待办公室审核"))


@bp.post("/tasks/<int:task_id>/reports/<int:report_id>/accept")
def accept_report(task_id: int, report_id: int) -> Any:
    return _decide(task_id, report_id, actions.accept_report, N_("已通过"))


@bp.route("/tasks/<int:task_id>/reports/<int:report_id>/return", methods=["GET", "POST"])
def return_report(task_id: int, report_id: int) -> Any:
    actor = current_actor()
    report = report_of(task_id, report_id, actor)
    refuse_early(lambda: rules.check_report_action(report, rules.ReportAction.RETURN, actor))
    form = ReturnForm()
    done = carry_out(
        form,
        lambda: actions.return_report(report_of(task_id, report_id, actor), **form.payload, by=actor),
        said=N_("已退回，该单位须重新报送"),
        to=url_for("tasks.detail", task_id=task_id),
    )
    return done or render_template(
        "tasks/return_report.html",
        form=form,
        task=queries.find(task_id, actor=actor),
        report=report_of(task_id, report_id, actor),
    )

"""The ledger: tasks by filter, and what can be done with several of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for

from meetings.approvals.views import signature_of
from meetings.attachments.views import send
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotFound
from meetings.core.forms import Choice, DrawnChoices
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.kept import kept
from meetings.core.paging import page_number, sort_order
from meetings.core.web import carried_out, carry_out, current_actor, require, same_page, words_of
from meetings.directory.queries import pickable
from meetings.meetings.queries import possible_previous
from meetings.tasks import actions, queries, rules, words
from meetings.tasks.forms.handling import PickedForm, PickedIssueForm, PickedReportsForm
from meetings.tasks.forms.ledger import FilterForm
from meetings.tasks.models import Task, TaskAction, TaskStatus
from meetings.tasks.queries import LightCounts, TaskFilter
from meetings.tasks.rules import LightCode
from meetings.tasks.views.lines import lines_of
from meetings.tasks.views.page import bp, light_rule

# The ways to look at the ledger that everybody knows; more come from the filter bar.
VIEWS: Mapping[str, TaskFilter] = {
    "open": TaskFilter(is_open=True),
    "all": TaskFilter(),
    "mine": TaskFilter(mine_only=True),
}
PAGES_MOST = 100_000
# Columns that a reader may leave out, by the class of their cells; ``cols`` of the address names those that are shown.
COLUMNS = {
    "src": N_("来源"),
    "unit": N_("牵头单位"),
    "help": N_("配合"),
    "due": N_("时限"),
    "prog": N_("进展"),
    "state": N_("状态"),
}


class Tab(NamedTuple):
    """A saved filter: its words, what it puts into the address, and how many it holds where that is known."""

    words: str
    address: dict[str, str]
    held: int | None


def tabs_of(actor: Actor, totals: Mapping[TaskStatus, int], lights: LightCounts) -> list[Tab]:
    """The saved filters of the office or of a unit."""
    total = sum(totals.values())
    open_count = sum(totals.get(status, 0) for status in rules.OPEN)
    under_way = [
        Tab(_("逾期"), {"light": "late"}, lights[LightCode.LATE]),
        Tab(_("临期或滞后"), {"light": "warn"}, lights[LightCode.WARN]),
        Tab(_("待签收"), {"light": "new"}, lights[LightCode.NEW]),
    ]
    if not actor.may("tasks.read_all"):
        done = totals.get(TaskStatus.COMPLETED, 0) + totals.get(TaskStatus.CLOSED, 0)
        return (
            [
                Tab(_("在办"), {}, open_count),
                *under_way,
                Tab(_("待本单位审核"), {"status": "unit_review"}, totals.get(TaskStatus.UNIT_REVIEW, 0)),
                Tab(_("全部"), {"view": "all"}, total),
            ]
            if done or total
            else [Tab(_("在办"), {}, open_count), Tab(_("全部"), {"view": "all"}, total)]
        )
    office = [
        Tab(_("待办结"), {"status": "office_review"}, totals.get(TaskStatus.OFFICE_REVIEW, 0)),
        Tab(_("待销号"), {"status": "completed"}, totals.get(TaskStatus.COMPLETED, 0)),
    ]
    drafts = []
    if actor.may("tasks.draft"):
        drafts = [
            Tab(_("草稿"), {"status": "draft"}, totals.get(TaskStatus.DRAFT, 0)),
            Tab(_("待交办"), {"status": "pending_issue"}, totals.get(TaskStatus.PENDING_ISSUE, 0)),
        ]
    mine = [Tab(_("我经办的"), {"view": "mine"}, None)] if actor.user_id and actor.may("tasks.draft") else []
    return [
        Tab(_("在办"), {}, open_count),
        Tab(_("全部"), {"view": "all"}, total),
        *under_way,
        *office,
        *drafts,
        *mine,
    ]


_TAB_NAMES = ("view", "light", "status")


def wanted_of(form: FilterForm, view: str) -> TaskFilter:
    """The filter that tab and bar ask for together. A status or light names its tasks by itself."""
    status, light = form.value("status"), form.value("light")
    base = TaskFilter() if status or light in {LightCode.DONE, LightCode.CLOSED} else VIEWS[view]
    return replace(
        base,
        text=form.value("q") or "",
        meeting_id=form.value("meeting"),
        unit_id=form.value("unit"),
        status=status,
        light=light,
        due_from=form.value("due_from"),
        due_to=form.value("due_to"),
    )


def filter_sentence(form: FilterForm, view: str) -> str:
    """The filter in words, as it stands over the table and in the printed head."""
    parts = []
    names = {"meeting": _("会议"), "unit": _("单位"), "status": _("状态"), "light": _("灯")}
    if text := form.value("q"):
        parts.append(_("关键字为“%(text)s”", text=text))
    for name, label in names.items():
        if (chosen := form.value(name)) is not None:
            shown = form[name].words.get(str(chosen), "")
            parts.append(_("%(label)s为“%(word)s”", label=label, word=shown))
    if form.value("due_from") or form.value("due_to"):
        first, last = form.value("due_from"), form.value("due_to")
        parts.append(_("时限%(first)s至%(last)s", first=first or "", last=last or ""))
    if not (form.value("status") or form.value("light") in {LightCode.DONE, LightCode.CLOSED}):
        parts.append({"open": _("在办"), "mine": _("我经办的")}.get(view, ""))
    return _("，").join(part for part in parts if part) or _("全部任务")


_SORT_WORDS = {
    "due_on": N_("时限"),
    "original_due_on": N_("原定时限"),
    "number": N_("编号"),
    "title": N_("任务名称"),
    "status": N_("状态"),
    "percent_done": N_("进展"),
    "lead_unit": N_("单位序列"),
    "submitted_on": N_("申请办结日"),
}


def sort_words(name: str, downwards: bool) -> str:
    """按时限由近到远."""
    if name in {"due_on", "original_due_on", "submitted_on"}:
        words_of_order = N_("按%(what)s由远到近") if downwards else N_("按%(what)s由近到远")
    else:
        words_of_order = N_("按%(what)s倒序") if downwards else N_("按%(what)s顺序")
    return _(words_of_order, what=_(_SORT_WORDS[name]))


def _choices(actor: Actor) -> tuple[DrawnChoices, DrawnChoices]:
    """The meetings and units that the filter bar offers to those who read the whole committee."""
    return kept(
        "ledger choices",
        lambda: (
            DrawnChoices((row.id, row.title) for row in possible_previous(actor)),
            DrawnChoices(pickable(actor)),
        ),
        committee_id=actor.committee_id,
    )


def _standing(actor: Actor, rule: rules.LightRule) -> tuple[Mapping[TaskStatus, int], LightCounts]:
    """What the tabs count: tasks of the committee or of the actor's units, by status, and the open ones by light."""
    return kept(
        ("ledger tabs", queries.scope_of(actor)),
        lambda: (queries.status_totals(actor), queries.light_counts(VIEWS["open"], actor=actor, rule=rule)),
        committee_id=actor.committee_id,
    )


class Asked(NamedTuple):
    """What the address of the ledger asks for: the bar, the tab, both as one filter, and the order."""

    form: FilterForm
    view: str
    wanted: TaskFilter
    sort: tuple[str, bool]

    @property
    def sentence(self) -> str:
        return filter_sentence(self.form, self.view)

    @property
    def order(self) -> str:
        return sort_words(*self.sort)


def asked_of(actor: Actor) -> Asked:
    """Raises ``NotFound`` for who reads no tasks."""
    if not (actor.may("tasks.read_all") or actor.may("tasks.read_own")):
        raise NotFound
    reads_all = actor.may("tasks.read_all")
    meetings, units = _choices(actor) if reads_all else (DrawnChoices(()), DrawnChoices(()))
    seen = frozenset(TaskStatus) if reads_all else rules.HANDED_OUT
    form = FilterForm(request.args, meetings=meetings, units=units, statuses=seen)
    view = request.args.get("view", "open")
    view = view if view in VIEWS else "open"
    sort = sort_order(request.args.get("sort"), queries.SORTS, "due_on")
    return Asked(form, view, wanted_of(form, view), sort)


@bp.get("/tasks/")
def ledger() -> str:
    actor = current_actor()
    asked = asked_of(actor)
    form, view, wanted, sort = asked
    reads_all = actor.may("tasks.read_all")
    rule = light_rule(actor)
    page = min(page_number(request.args.get("page")), PAGES_MOST)
    totals, under_way = _standing(actor, rule)
    lights = under_way if wanted == VIEWS["open"] else queries.light_counts(wanted, actor=actor, rule=rule)
    rows = queries.listing(wanted, actor=actor, rule=rule, sort=sort, page=page, total=lights.total)
    now = {
        name: value for name in _TAB_NAMES if (value := request.args.get(name)) and (name, value) != ("view", "open")
    }
    tabs = [
        (tab.words, same_page(**{name: tab.address.get(name) for name in _TAB_NAMES}), tab.held, tab.address == now)
        for tab in tabs_of(actor, totals, under_way)
    ]
    statuses = {row.status for row in rows.rows}
    columns = [name for name in COLUMNS if name in request.args.getlist("cols")] or list(COLUMNS)
    return render_template(
        "tasks/ledger.html",
        form=form,
        rows=rows,
        lines=lines_of(rows.rows, reads_all=reads_all),
        lights=lights,
        tabs=tabs,
        view=view,
        sort=("-" if sort[1] else "") + sort[0],
        sentence=asked.sentence,
        is_filtered=bool(request.args.keys() - {"page", "sort", "cols"}),
        columns=columns,
        hidden=[name for name in COLUMNS if name not in columns],
        all_columns={name: _(word) if reads_all or name != "help" else _("责任") for name, word in COLUMNS.items()},
        reads_all=reads_all,
        may_draft=actor.may("tasks.draft"),
        may_review=actor.may("tasks.review"),
        may_report=actor.may("tasks.report"),
        sort_words=asked.order,
        as_asked={name: value for name, value in request.args.items() if name not in {"page", "cols"}},
        may_print=actor.may("reports.print"),
        may_issue=actor.may("tasks.issue") and bool(statuses & rules.TRANSITIONS[TaskAction.ISSUE].sources),
        may_supervise=actor.may("tasks.supervise"),
        may_urge=actor.may("tasks.supervise") and bool(statuses & {TaskStatus.ISSUED, TaskStatus.IN_PROGRESS}),
        may_close=actor.may("tasks.close") and TaskStatus.COMPLETED in statuses,
        light_names=words.LIGHT_NAMES,
        codes=LightCode,
        now=clock.now(),
        today=clock.today(),
    )


def picked_ids() -> list[int]:
    """The rows that were ticked in the ledger."""
    texts = (request.form if request.method == "POST" else request.args).getlist("ids")[:200]
    return sorted({int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12})


def picked(actor: Actor, action: TaskAction) -> tuple[list[Task], list[Task]]:
    """The ticked tasks that the step may be taken with now, and the others."""
    tasks = queries.find_many(picked_ids(), actor=actor) if picked_ids() else []
    fitting = [task for task in tasks if action in rules.available_actions(task, actor, today=clock.today())]
    return fitting, [task for task in tasks if task not in fitting]


def choices_of_tasks(tasks: Sequence[Task]) -> list[Choice]:
    return [(task.id, " ".join(filter(None, [task.number, task.title]))) for task in tasks]


# What was asked for, each with the reason where it was refused.
Titles = Sequence[tuple[str, DomainError | None]]


@bp.route("/tasks/issue", methods=["GET", "POST"])
def issue_many() -> Any:
    actor = require("tasks.issue")
    fitting, others = picked(actor, TaskAction.ISSUE)
    form = PickedIssueForm(tasks=choices_of_tasks([*fitting, *others]))

    def act() -> Titles:
        outcomes = actions.issue_many(
            queries.find_many(form.ids.data, actor=actor),
            receipt_working_days=queries.light_options(actor.committee_id).receipt_working_days,
            by=actor,
        )
        return [(task.title, refusal) for task, refusal in outcomes]

    done = carry_out(
        form,
        act,
        said=lambda titles: _say(titles, N_("已交办 %(count)s 件，各单位可以签收")),
        to=url_for("tasks.ledger"),
    )
    return done or render_template(
        "tasks/issue_many.html",
        form=form,
        tasks=fitting,
        others=others,
        burden=queries.burden([task.id for task in fitting], actor=actor, today=clock.today()),
        receipt_days=queries.light_options(actor.committee_id).receipt_working_days,
    )


@bp.route("/tasks/close", methods=["GET", "POST"])
def close_many() -> Any:
    actor = require("tasks.close")
    fitting, others = picked(actor, TaskAction.CLOSE)
    form = PickedForm(tasks=choices_of_tasks([*fitting, *others]))
    if form.validate_on_submit():
        try:
            with carried_out(form) as outcome:
                outcomes = actions.close_many(
                    queries.find_many(form.ids.data, actor=actor),
                    signature=signature_of(form, by=actor),
                    note=form.note.data or "",
                    by=actor,
                )
                outcome.location = url_for("tasks.ledger", status="completed")
                titles = [(task.title, refusal) for task, refusal in outcomes]
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            _say(titles, N_("已销号 %(count)s 件"))
            return redirect(outcome.location, 303)
        fitting, others = picked(actor, TaskAction.CLOSE)
    return render_template("tasks/close_many.html", form=form, tasks=fitting, others=others)


def _say(titles: Titles, said: str) -> None:
    """How many were carried out, and of the others why not."""
    done = sum(refusal is None for _title, refusal in titles)
    if done:
        flash(_(said, count=done))
    for title, refusal in titles:
        if refusal is not None:
            flash(_("“%(title)s”没有办理：%(why)s", title=title, why=words_of(refusal)), "warn")


def waiting_reports(actor: Actor) -> list[queries.Waiting]:
    return [row for row in queries.waiting_for_office(actor) if row.report_id is not None]


@bp.route("/tasks/reports", methods=["GET", "POST"])
def reports() -> Any:
    """Reports that wait for the office, to be accepted together."""
    actor = require("tasks.review")
    form = PickedReportsForm(reports=[(row.report_id, row.title) for row in waiting_reports(actor)])
    done = carry_out(
        form,
        lambda: actions.accept_reports(queries.find_reports(form.ids.data, actor=actor), by=actor),
        said=N_("已通过 %(count)s 份进展"),
        details={"count": len(form.ids.data or [])},
        to=url_for("tasks.reports"),
    )
    return done or render_template("tasks/reports.html", form=form, reports=waiting_reports(actor))


@bp.get("/tasks/<int:task_id>/files/<int:attachment_id>")
def file(task_id: int, attachment_id: int) -> Any:
    return send(queries.find_file(task_id, attachment_id, actor=current_actor()))

"""The page of one task: how it stands, what may be done now and by whom, how it came to this."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flask import render_template, request, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.i18n import N_, day_short
from meetings.core.i18n import gettext as _
from meetings.core.web import current_actor
from meetings.meetings import words as meeting_words
from meetings.meetings.models import Section, TextStatus
from meetings.tasks import queries, rules, words
from meetings.tasks.models import (
    ProgressReport,
    ReportingCycle,
    ReportStatus,
    Task,
    TaskAction,
    TaskStatus,
    TaskUnit,
)
from meetings.tasks.views.page import bp, day_remark, light_rule
from meetings.tasks.views.reporting import report_heading

A, S = TaskAction, TaskStatus


class Button(NamedTuple):
    """An act that this person may take now."""

    label: str
    href: str
    is_post: bool = False
    is_main: bool = True


class PartyRow(NamedTuple):
    """A unit in the task: its part, its light, its latest report."""

    part: TaskUnit
    light: rules.Light | None
    last: ProgressReport | None


class Origin(NamedTuple):
    """The sentence a task came from, in its context, and how it is cited."""

    before: str
    sentence: str
    after: str
    cited_before: str
    cited_after: str
    place: str


@bp.get("/tasks/<int:task_id>")
def detail(task_id: int) -> str:
    actor = current_actor()
    task = queries.find(task_id, actor=actor)
    rule = light_rule(actor)
    history = queries.history(task, actor=actor)[::-1]
    reports = [report for _event, report in history if report is not None]
    subtasks = queries.subtasks(task, actor=actor) if task.parent_id is None else []
    only_reports = request.args.get("only") == "reports"
    available = rules.available_actions(task, actor, today=clock.today())
    missing = _missing(task, subtasks, reports)
    buttons, others = buttons_of(task, actor, available, missing)
    report_actions = {report.id: [a.value for a in rules.available_report_actions(report, actor)] for report in reports}
    asked = any(event.action is A.ASK_EXTENSION for event, _report in history)
    latest: dict[int, ProgressReport] = {}
    for report in reports:
        latest.setdefault(report.unit_id, report)
    part = rules.part_of(task, actor)
    return render_template(
        "tasks/detail.html",
        task=task,
        parent=parent_of(task, actor),
        task_light=rules.light_of(task, rule),
        due_remark=due_remark(task, rule),
        extensions=queries.extensions_of(task) if asked else [],
        kin=queries.kin_of(task, actor=actor) if has_kin(history) else [],
        suspensions=suspensions_of(history, rule),
        extension_words=words.EXTENSION_STATUSES,
        is_too_late=is_too_late(task, actor),
        day_remark=day_remark(task.due_on, actor) if task.status not in {S.COMPLETED, S.CLOSED, S.CANCELLED} else "",
        parties=[PartyRow(row, rules.light_of_part(task, row, rule), latest.get(row.unit_id)) for row in task.units],
        identity=identity(actor, part),
        buttons=buttons,
        others=others,
        next_words=next_words(task),
        missing=missing if shows_missing(task, actor) else [],
        missing_title=_("还不能办结，缺：") if task.status is S.OFFICE_REVIEW else _("办结前还缺："),
        waiting=sum(bool({"accept", "approve"} & set(actions)) for actions in report_actions.values()),
        subtasks=subtasks,
        may_add_subtask=may_add_subtask(task, actor),
        may_tick=rules.may_tick(task, actor),
        history=[step for step in history if step.report] if only_reports else history,
        only_reports=only_reports,
        has_reports=bool(reports),
        report_actions=report_actions,
        counted={quantity.id: quantity for quantity in task.quantities},
        origin=origin_of(task),
        further=queries.joined_requirements(task, actor=actor),
        served=queries.served_lines(task),
        may_open_meeting=actor.may("meetings.read"),
        may_open_bench=actor.may("meetings.read"),
        cycle_sentence=cycle_sentence(task),
        next_report_on=(part or rules.lead_part(task)).report_due_on if task.is_open else None,
        form_key=secrets.token_urlsafe(18),
        now=clock.now(),
        today=clock.today(),
    )


def parent_of(task: Task, actor: Actor) -> Task | None:
    """The task above, for those who read every task; a unit may be in a sub-task and not in its parent."""
    if task.parent_id is None or not actor.may("tasks.read_all"):
        return None
    return queries.find(task.parent_id, actor=actor, full=False)


def may_add_subtask(task: Task, actor: Actor) -> bool:
    finished = {S.COMPLETED, S.CLOSED, S.CANCELLED}
    return actor.may("tasks.draft") and task.parent_id is None and task.status not in finished


def _missing(task: Task, subtasks: Sequence[Task], reports: Sequence[ProgressReport]) -> list[str]:
    """What stands against completion, in words, from what the page has loaded anyway."""
    finished = {S.COMPLETED, S.CLOSED, S.CANCELLED}
    codes = rules.missing_for_completion(
        task,
        open_subtasks=sum(child.status not in finished for child in subtasks),
        evidence_count=sum(len(row.files) for row in reports if row.status is not ReportStatus.RETURNED),
    )
    return [_(words.MISSING[code]) for code in codes]


def shows_missing(task: Task, actor: Actor) -> bool:
    """What is missing is told to who works towards completion and to who decides it."""
    return task.status in {S.IN_PROGRESS, S.UNIT_REVIEW, S.OFFICE_REVIEW} and bool(rules.parties_of(task, actor))


def identity(actor: Actor, part: TaskUnit | None) -> str:
    """In which part the reader acts: 县教育局联络员（牵头）."""
    if part is None:
        return actor.name
    return _("%(name)s（%(role)s）", name=actor.name, role=_(words.UNIT_ROLES[part.role]))


def due_remark(task: Task, rule: rules.LightRule) -> str:
    """还有 13 个工作日; how late it is; nothing where it no longer matters."""
    if task.status not in rules.OPEN:
        return ""
    if task.submitted_on is not None:
        return _("%(day)s已申请办结", day=day_short(task.submitted_on))
    if task.due_on < rule.today:
        return _("已逾期 %(days)s 个工作日", days=max(1, rule.calendar.between(task.due_on, rule.today)))
    days = rule.calendar.between(rule.today, task.due_on)
    return _("还有 %(days)s 个工作日", days=days) if days else _("今日到期")


def has_kin(history: Sequence[queries.Happened]) -> bool:
    """Whether the record tells of tasks that this one came out of or that go on with it."""
    return any(
        event.action in {A.SPLIT, A.MERGE, A.ADJUST} or (event.action is A.ISSUE and event.note)
        for event, _report in history
    )


def suspensions_of(history: Sequence[queries.Happened], rule: rules.LightRule) -> list[rules.Suspension]:
    """The times it was suspended, the latest last."""
    steps = ((event.action, clock.local(event.done_at).date()) for event, _report in reversed(history))
    return rules.suspensions(steps, today=rule.today, calendar=rule.calendar)


def is_too_late(task: Task, actor: Actor) -> bool:
    """The lead may no longer ask for more time, and is told so."""
    lead = rules.Party.LEAD_LIAISON in rules.parties_of(task, actor)
    return lead and task.status is S.IN_PROGRESS and task.due_on < clock.today()


def cycle_sentence(task: Task) -> str:
    """每季度，期满后5日前; with the reason where reports are asked for more often."""
    if task.reporting_cycle is ReportingCycle.NONE:
        return _(words.REPORTING_CYCLES[task.reporting_cycle])
    if task.reporting_cycle is ReportingCycle.WEEKLY:
        when = _("每周%(day)s报送", day="一二三四五"[min(max(task.reporting_day, 1), 5) - 1])
    else:
        when = _(
            "%(cycle)s，期满后%(day)s日前报送",
            cycle=_(words.REPORTING_CYCLES[task.reporting_cycle]),
            day=task.reporting_day,
        )
    return _("%(when)s（%(reason)s）", when=when, reason=task.reporting_reason) if task.reporting_reason else when


_NEXT: Mapping[TaskStatus, str] = {
    S.DRAFT: N_("草稿，由办公室拟定后送主任交办。"),
    S.CONSULTING: N_("正在征求承办单位意见，结束后由办公室修改、送交办。"),
    S.PENDING_ISSUE: N_("待办公室主任交办。"),
    S.ISSUED: N_("待%(unit)s签收，应于%(day)s前。"),
    S.IN_PROGRESS: N_("由%(unit)s办理，办完后申请办结。"),
    S.UNIT_REVIEW: N_("待%(unit)s负责人审核。"),
    S.OFFICE_REVIEW: N_("待办公室主任办结，或退回补充。"),
    S.COMPLETED: N_("已办结，待办公室核查后销号。"),
    S.CLOSED: N_("已销号。回头看发现没有落实的，由办公室主任重启。"),
    S.SUSPENDED: N_("已中止，由办公室主任恢复。"),
    S.CANCELLED: N_("已撤销，不再办理。"),
}


def next_words(task: Task) -> str:
    """Who acts now."""
    if task.status is S.PENDING_ISSUE and task.was_declined:
        return _("已退签，由办公室重新研究，办公室主任再次交办。")
    receipt = rules.lead_part(task).receipt_due_on
    return _(_NEXT[task.status], unit=task.lead_unit.short_name, day=day_short(receipt))


def buttons_of(
    task: Task, actor: Actor, available: Sequence[TaskAction], missing: Sequence[str]
) -> tuple[list[Button], list[Button]]:
    """What this person may do now: at most two buttons, the rest behind 其他办理."""
    first = [button for button in _steps(task, actor, available, missing) if button]
    rest = [button for button in _rare_steps(task, actor, available) if button]
    if not first and A.RESUME in available:
        first, rest = rest[:1], rest[1:]
    return first[:2], first[2:] + rest


def _steps(
    task: Task, actor: Actor, available: Sequence[TaskAction], missing: Sequence[str]
) -> Iterator[Button | None]:
    """The steps that lead on, in the order in which they stand."""
    own = rules.part_of(task, actor)

    def step(action: TaskAction, label: str, endpoint: str, *, when: bool = True, **more: bool) -> Button | None:
        if not when or action not in available:
            return None
        return Button(label, url_for(f"tasks.{endpoint}", task_id=task.id), **more)

    yield step(A.ACKNOWLEDGE, _("签收"), "acknowledge", is_post=True)
    yield step(A.DECLINE, _("退签"), "decline")
    if own is not None:
        heading = report_heading(own, task.reporting_cycle)
        yield step(A.REPORT_PROGRESS, heading, "report_progress", when=actor.may("tasks.report"))
    yield step(A.SUBMIT_COMPLETION, _("申请办结"), "submit")
    yield step(A.ISSUE, _("交办"), "issue")
    yield step(A.SUBMIT_FOR_ISSUE, _("送主任交办"), "submit_for_issue", when=A.ISSUE not in available, is_post=True)
    if actor.may("tasks.draft") and task.status in {S.DRAFT, S.PENDING_ISSUE}:
        yield Button(_("修改任务"), url_for("tasks.edit", task_id=task.id), is_main=False)
    by_paper = rules.is_offline_only(task, A.APPROVE_IN_UNIT, actor)
    yield step(A.APPROVE_IN_UNIT, _("审核，报办公室"), "approve", when=not by_paper)
    yield step(A.APPROVE_IN_UNIT, _("录入单位负责人签批"), "approve", when=by_paper, is_main=False)
    yield step(A.COMPLETE, _("办结"), "complete", when=not missing)
    yield step(A.CLOSE, _("销号"), "close")
    yield step(A.RETURN, _("退回"), "return_task", is_main=False)
    by_paper = rules.is_offline_only(task, A.APPROVE_EXTENSION, actor)
    yield step(A.APPROVE_EXTENSION, _("审核延期申请"), "approve_extension", when=not by_paper)
    yield step(A.APPROVE_EXTENSION, _("录入延期申请签批"), "approve_extension", when=by_paper, is_main=False)
    yield step(A.RETURN_EXTENSION, _("退回延期申请"), "return_extension", is_main=False)
    by_paper = rules.is_offline_only(task, A.GRANT_EXTENSION, actor)
    yield step(A.GRANT_EXTENSION, _("审批延期申请"), "decide_extension", when=not by_paper)
    yield step(A.GRANT_EXTENSION, _("录入延期签批结果"), "decide_extension", when=by_paper, is_main=False)
    yield step(A.ASK_EXTENSION, _("申请延期"), "ask_extension", when=own is not None, is_main=False)
    yield step(A.WITHDRAW_EXTENSION, _("撤回延期申请"), "withdraw_extension", is_post=True, is_main=False)


def _rare_steps(task: Task, actor: Actor, available: Sequence[TaskAction]) -> Iterator[Button]:
    """What is done seldom: stopping and taking up again, entering a unit's paper."""
    for action, label, endpoint in (
        (A.RESUME, _("恢复任务"), "resume"),
        (A.REOPEN, _("重启任务（回头看）"), "reopen"),
        (A.ADJUST, _("调整单位、标准或时限"), "adjust"),
        (A.SPLIT, _("拆分任务"), "split"),
        (A.ADJUST, _("并入其他任务"), "merge"),
        (A.SUSPEND, _("中止任务"), "suspend"),
        (A.CANCEL, _("撤销任务"), "cancel"),
    ):
        if action in available:
            yield Button(label, url_for(f"tasks.{endpoint}", task_id=task.id), is_main=False)
    if A.ASK_EXTENSION in available and rules.part_of(task, actor) is None:
        label = _("代%(unit)s录入延期申请", unit=task.lead_unit.short_name)
        yield Button(label, url_for("tasks.ask_extension", task_id=task.id), is_main=False)
    if task.number is not None:
        yield Button(_("催办督办"), url_for("supervision.of_task", task_id=task.id), is_main=False)
    if A.REPORT_PROGRESS in available and actor.may("tasks.enter_for_unit"):
        for part in task.units:
            label = _("代%(unit)s录入进展", unit=part.unit.short_name)
            yield Button(label, url_for("tasks.report_progress", task_id=task.id, unit=part.unit_id), is_main=False)


def origin_of(task: Task) -> Origin | None:
    """The sentence with its context, cited as a speech only where its text was reviewed (product.md, Meeting)."""
    requirement, meeting = task.requirement, task.meeting
    if requirement is None or meeting is None:
        return None
    excerpt = queries.excerpt_of(requirement)
    held = meeting.held_on
    day = (
        _("（%(day)s）", day=day_short(held))
        if held
        else _("（%(day)s）", day=meeting.day_text)
        if meeting.day_text
        else ""
    )
    speech = requirement.speech
    if speech is None:
        before, after = "", day
    elif speech.text_status is TextStatus.REVIEWED:
        kind = _(meeting_words.SPEECH_KINDS[speech.kind])
        before, after = _("%(speaker)s在", speaker=speech.speaker), _("%(day)s上的%(kind)s", day=day, kind=kind)
    else:
        before, after = (
            _("据"),
            _("%(day)s的%(source)s", day=day, source=_(meeting_words.TEXT_STATUSES[speech.text_status])),
        )
    if requirement.section is Section.RESOLVED:
        place = _("会议议定第 %(n)s 条", n=requirement.number)
    else:
        place = _(
            "会议%(section)s第 %(n)s 条", section=_(meeting_words.SECTIONS[requirement.section]), n=requirement.number
        )
    return Origin(*excerpt, before, after, place)

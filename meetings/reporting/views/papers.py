"""Papers: choose, look, make, print again."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import Response, render_template, request, url_for

from meetings.approvals import queries as approvals
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.errors import DomainError, NotFound
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, require
from meetings.evaluation import queries as evaluations
from meetings.evaluation.queries import subjects
from meetings.plans import queries as plans
from meetings.plans.queries.monitoring import plan_years
from meetings.reporting import actions, catalogue, queries, rules, words
from meetings.reporting.catalogue import Content, Entry, signing
from meetings.reporting.forms import FORMS, PaperForm
from meetings.reporting.models import Paper
from meetings.reporting.queries import archive, sources
from meetings.reporting.views.blueprint import bp, file, storage
from meetings.reporting.views.sheet import first_page
from meetings.supervision import queries as supervision
from meetings.tasks.queries import consultations, recent_extensions


@bp.get("/reports/")
def index() -> str:
    """What can be made, and what was made."""
    actor = require("reports.print")
    entries = catalogue.offered(actor)
    code = request.args.get("paper") or None
    made_kinds = queries.kinds_made(actor)
    return render_template(
        "reporting/index.html",
        entries=entries,
        groups=words.GROUPS,
        about=words.ABOUT,
        kinds_tabs=[
            (_(title), url_for(".index", paper=kind), None, kind == code)
            for kind, title in words.TITLES.items()
            if kind in made_kinds
        ],
        papers=queries.made(actor=actor, code=code, page=page_number(request.args.get("page"))),
        chosen=code,
    )


@bp.route("/reports/<code>", methods=["GET", "POST"])
def paper(code: str) -> Any:
    """Choose what the paper is made of and write its words, look at what comes of it, make it."""
    actor = require("reports.print")
    entry = catalogue.find(code, actor=actor)
    if request.method == "GET":
        try:
            return show_paper(entry, actor, _looked_at(entry, actor))
        except DomainError as refusal:
            if refusal.code != "paper.nothing":
                raise
            return render_template("reporting/nothing.html", entry=entry)
    form = paper_form(entry, actor)
    if "look" in request.form or entry.style == "official":
        form.validate()
    elif done := carry_out(
        form,
        lambda: _make(entry, actor, form.payload),
        said=N_("已生成，编号和核验码印在页脚"),
        to=lambda made: url_for(".made", paper_id=made.id),
    ):
        return done
    return show_paper(entry, actor, form)


@bp.route("/reports/<code>.<any(pdf, docx, xlsx):suffix>", methods=["GET", "POST"])
def preview(code: str, suffix: str) -> Any:
    """The paper as it would be, without a number; with the words as they are typed, where they were sent."""
    actor = require("reports.print")
    entry = catalogue.find(code, actor=actor)
    if request.method == "POST":
        typed = paper_form(entry, actor)
        if not typed.validate():
            return show_paper(entry, actor, typed)
    else:
        typed = _looked_at(entry, actor)
        if typed.errors:
            raise NotFound
    content = _gathered(entry, actor, _chosen(entry, typed))
    drawn = catalogue.draw(entry, content, actor=actor, suffix=suffix)
    said = _("预览 %(title)s", title=content.title) + ("" if suffix == "pdf" else f" {suffix}")
    with writing():
        actions.note_print(said, by=actor, address=request.remote_addr or "")
    return file(drawn, f"{entry.code if suffix == 'pdf' else content.title}.{suffix}")


def show_paper(entry: Entry, actor: Actor, form: PaperForm) -> str:
    """The form beside the first page of what comes of it."""
    content: Content | None = None
    if not form.errors:
        try:
            content = _gathered(entry, actor, _chosen(entry, form))
        except DomainError as refusal:
            form.refuse(refusal)
    if content and not form.is_submitted():
        form.fill(content.texts)
    return render_template(
        "reporting/paper.html",
        entry=entry,
        entries=catalogue.offered(actor),
        groups=words.GROUPS,
        about=words.ABOUT,
        form=form,
        content=content,
        selected={name: form[name].data for name in entry.asks if form[name].data not in (None, "")},
        page=first_page(entry.compose(content.data)) if content else None,
        of_this_year=_notices_of_year(entry, actor, content),
    )


def _notices_of_year(entry: Entry, actor: Actor, content: Content | None) -> list[supervision.OfThisYear]:
    """What the unit of a 督办通知单 was sent this year, which the office looks at before it drafts another."""
    if content is None or content.unit_id is None or entry.code != "supervision-notice":
        return []
    return supervision.notices_of_unit(content.unit_id, content.as_of.year, actor=actor)


@bp.get("/reports/papers/<int:paper_id>")
def made(paper_id: int) -> str:
    """A paper that was made: what its foot says, and its bytes again."""
    actor = require("reports.print")
    found = queries.find(paper_id, actor=actor)
    return render_template(
        "reporting/made.html",
        paper=found,
        may_make=any(entry.code == found.code for entry in catalogue.offered(actor)),
        titles=words.TITLES,
        code=rules.grouped(found.verification_code),
    )


@bp.get("/reports/papers/<int:paper_id>.pdf")
def reprint(paper_id: int) -> Response:
    """The same bytes again; the log keeps who asked for them."""
    actor = require("reports.print")
    found = queries.find(paper_id, actor=actor)
    content, number, title = storage().get(found.sha256), found.number, found.title
    with writing():
        actions.note_print(f"{number} {title}", by=actor, address=request.remote_addr or "")
    return file(content, f"{number}.pdf")


@bp.get("/reports/papers/<int:paper_id>.<any(docx, xlsx):suffix>")
def copy(paper_id: int, suffix: str) -> Response:
    """The paper as Word or Excel, of the data that were frozen with it; logged as a print."""
    actor = require("reports.print")
    found = queries.find(paper_id, actor=actor)
    if not found.data_sha256 or found.code not in catalogue.PAPERS:
        raise NotFound
    approval = approvals.find(found.approval_id, actor=actor) if found.approval_id else None
    written = signing.copy(found, storage().get(found.data_sha256), approval, suffix)
    said = f"{found.number} {found.title}"
    with writing():
        actions.note_print(f"{said} {suffix}", by=actor, address=request.remote_addr or "")
    return file(written, f"{said}.{suffix}")


def paper_form(
    entry: Entry,
    actor: Actor,
    kind: type[PaperForm] | None = None,
    drafted: Mapping[str, Any] | None = None,
    **more: Any,
) -> PaperForm:
    """The form of the paper, or one of its drafts (``kind``, of the ``drafted`` words), as it was sent where it was."""
    asks = entry.asks
    task_id = request.values.get("task", type=int) or (drafted or {}).get("task")
    return (kind or FORMS.get(entry.code, PaperForm))(
        asks=asks,
        needs=entry.needs,
        consultations=_consultations(actor) if "consultation" in entry.asks else (),
        extensions=_extensions(actor) if "extension" in asks else (),
        plans=[(plan.id, plan.title) for plan in plans.plans(actor)] if "plan" in asks else (),
        years=_years(entry, actor),
        meetings=sources.meeting_choices(actor, entry.meetings) if "meeting" in asks else (),
        units=sources.unit_choices(actor) if "unit" in asks else (),
        tasks=sources.late_tasks(actor, also=task_id) if "task" in asks else (),
        evaluations=evaluations.choices(actor) if "evaluation" in asks else (),
        subjects=subjects.subjects(actor) if "subject" in asks else (),
        **more,
    )


def _years(entry: Entry, actor: Actor) -> Sequence[tuple[int, str]]:
    """Of a plan the years of all plans, else the years of the archive; none where the paper asks no year."""
    if "year" not in entry.asks:
        return ()
    return plan_years(actor) if "plan" in entry.asks else archive.years(actor)


def _extensions(actor: Actor) -> Sequence[tuple[int, str]]:
    """The latest cases, and the one that is asked for."""
    return recent_extensions(actor, also=request.values.get("extension", type=int))


def _consultations(actor: Actor) -> Sequence[tuple[int, str]]:
    """Lists that went to their units, for those who read all drafts."""
    if not actor.may("tasks.read_all"):
        return ()
    return [(row.consultation.id, row.consultation.title) for row in consultations(actor)]


def _looked_at(entry: Entry, actor: Actor) -> PaperForm:
    """The form for a look: what the address says, the newest where it says nothing; its words are prefilled later."""
    newest = {} if request.args else catalogue.completed(entry, actor=actor, chosen={})
    form = paper_form(entry, actor, formdata=request.args or None, data=newest, meta={"csrf": False})
    if request.args:
        form.validate_selectors()
    return form


def _chosen(entry: Entry, form: PaperForm) -> Mapping[str, Any]:
    """What the paper is made of and, where they were sent, its words."""
    payload = form.payload
    return payload if form.is_submitted() else {name: payload[name] for name in entry.asks}


def _gathered(entry: Entry, actor: Actor, chosen: Mapping[str, Any]) -> Content:
    full = catalogue.completed(entry, actor=actor, chosen=chosen)
    return catalogue.gathered(entry, actor=actor, chosen=full)


def _make(entry: Entry, actor: Actor, chosen: Mapping[str, Any]) -> Paper:
    """The paper as chosen, with its number, kept; inside the transaction."""
    fixed = _gathered(entry, actor, chosen)
    return actions.make(
        entry.code,
        title=fixed.title,
        filter_text=fixed.filter_text,
        unit_id=fixed.unit_id,
        parameters=chosen,
        data=fixed.data,
        draw=partial(_draw, entry, fixed, actor),
        storage=storage(),
        by=actor,
        address=request.remote_addr or "",
    )


def _draw(entry: Entry, content: Content, actor: Actor, number: str, verification_code: str, audit_head: str) -> bytes:
    return catalogue.draw(
        entry,
        content,
        actor=actor,
        verify_address=url_for("reporting.verify_form", _external=True),
        number=number,
        verification_code=verification_code,
        audit_head=audit_head,
    )

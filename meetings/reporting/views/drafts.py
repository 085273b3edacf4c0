"""Papers on their way: the list, drafting, one of them, and what it looks like now."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request, url_for

from meetings.approvals import queries as approvals
from meetings.approvals import rules as way
from meetings.approvals import words as way_words
from meetings.approvals.actions import SheetDetails
from meetings.approvals.forms import SheetForm
from meetings.approvals.models import (
    ApprovalAction,
    ApprovalStatus,
    Disclosure,
    PaperUrgency,
    SignerRole,
)
from meetings.attachments.views import send
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import writing
from meetings.core.errors import ChangedMeanwhile, NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, refuse_early, require
from meetings.reporting import actions, catalogue, queries, rules, words
from meetings.reporting.catalogue import PAPERS, Content, Entry
from meetings.reporting.catalogue.signing import drawn, marks_of, sheet_drawn, thawed
from meetings.reporting.forms import draft_form
from meetings.reporting.gather import draft_sheet as gather_sheet
from meetings.reporting.models import PaperDraft
from meetings.reporting.views.blueprint import bp, file, storage
from meetings.reporting.views.papers import paper_form, show_paper
from meetings.supervision import queries as supervision
from meetings.supervision.actions import put_off_answer


@bp.context_processor
def wording() -> dict[str, Any]:
    """Words of what pages of 签批 show as codes."""
    return {"way_words": way_words, "paper_titles": words.TITLES}


@bp.get("/reports/drafts/")
def drafts() -> str:
    """Papers on their way, by where they stand."""
    actor = require("papers.read")
    if not (actor.may("papers.draft") or actor.may("papers.sign")):
        raise NotFound
    counts = approvals.counts_under_way(actor)
    status = next((found for found in counts if found == request.args.get("status")), None)
    return render_template(
        "reporting/drafts.html",
        page=approvals.under_way(actor, status=status, page=page_number(request.args.get("page"))),
        tabs_of=[
            (_(way_words.STATUSES[found]), url_for(".drafts", status=found.value), counts[found], found is status)
            for found in ApprovalStatus
            if found in counts
        ],
        total=sum(counts.values()),
        status=status,
    )


@bp.post("/reports/<code>/draft")
def new_draft(code: str) -> Any:
    """Take the words of the paper's page into 签批."""
    actor = require("papers.draft")
    entry = catalogue.find(code, actor=actor)
    typed = paper_form(entry, actor)
    if not typed.validate():
        return show_paper(entry, actor, typed)

    def act() -> PaperDraft:
        content = _gathered(entry, actor, typed.payload)
        row = actions.draft_paper(
            entry.code,
            signer_role=SignerRole(content.signer or entry.signer),
            parameters=typed.payload,
            sheet=_sheet_of(entry, content, typed.payload),
            by=actor,
        )
        if content.task_ids:
            actions.begin_step(
                entry.code,
                row.approval_id,
                task_ids=content.task_ids,
                unit_id=content.unit_id,
                answer_by=content.texts.get("answer_by"),
                by=actor,
            )
        return row

    done = carry_out(
        typed,
        act,
        said=N_("已拟稿，请填写发文稿纸后送核稿"),
        to=lambda row: url_for(".edit_draft", approval_id=row.approval_id),
    )
    if done:
        return done
    return show_paper(entry, actor, typed)


@bp.get("/reports/drafts/<int:approval_id>")
def draft(approval_id: int) -> str:
    """One paper: its sheet, where it stands, what may be done now, and what was done."""
    actor = require("papers.read")
    row = queries.find_draft(approval_id, actor=actor)
    approval = row.approval
    parties = approvals.parties_of(approval, actor)
    is_issued = approval.status is ApprovalStatus.ISSUED
    receivers = approvals.receivers_of(approval) if is_issued else []
    return render_template(
        "reporting/draft.html",
        row=row,
        approval=approval,
        entry=PAPERS[row.code],
        offered=way.available_actions(approval, parties),
        may_record_both=way.may_record_both(approval, parties),
        paper_only=[action for action in way.TRANSITIONS if way.is_paper_only(action, parties)],
        steps=approvals.steps_of(approval),
        receivers=receivers,
        deliveries=approvals.deliveries_of(approval) if is_issued else [],
        instructions=supervision.instructions_on_paper(approval, actor=actor) if is_issued else [],
        unread_receivers=[receiver for receiver in receivers if receiver.reading is None],
        paper=queries.paper_of(approval_id),
        button=Form(),
        actions=ApprovalAction,
    )


@bp.route("/reports/drafts/<int:approval_id>/edit", methods=["GET", "POST"])
def edit_draft(approval_id: int) -> Any:
    """The paper's words and its sheet, until 签发."""
    actor = require("papers.draft")
    row = queries.find_draft(approval_id, actor=actor)
    parties = approvals.parties_of(row.approval, actor)
    refuse_early(lambda: way.next_status(row.approval, ApprovalAction.EDIT, parties))
    entry = PAPERS[row.code]
    form = paper_form(entry, actor, draft_form(row.code), row.parameters)

    def act() -> None:
        found = queries.find_draft(approval_id, actor=actor)
        if form.version.data != found.approval.version:
            raise ChangedMeanwhile(found)
        parameters = {name: value for name, value in form.payload.items() if name not in SheetForm.SHEET}
        content = _gathered(entry, actor, parameters)
        if content.task_ids:
            rules.check_subject(found.parameters, parameters, entry.needs)
            put_off_answer(approval_id, answer_by=content.texts.get("answer_by"))
        sheet = _sheet_of(entry, content, parameters)
        for name in SheetForm.SHEET:
            sheet[name] = form.payload[name]  # type: ignore[literal-required]  # the form's fields are the sheet's
        actions.edit_paper(found, parameters=parameters, sheet=sheet, by=actor)

    done = carry_out(form, act, said=N_("已保存稿件"), to=url_for(".draft", approval_id=approval_id))
    if done:
        return done
    row = queries.find_draft(approval_id, actor=actor)
    if not form.is_submitted():
        form.fill({name: value for name, value in form.values_of(row).items() if name in form})
    return render_template("reporting/edit_draft.html", form=form, row=row, entry=entry, sheet=SheetForm.SHEET)


@bp.get("/reports/drafts/<int:approval_id>.<any(pdf, docx):suffix>")
def draft_file(approval_id: int, suffix: str) -> Response:
    """The paper as it stands: the draft, what was signed, or the numbered paper to the byte."""
    actor = require("papers.read")
    row = queries.find_draft(approval_id, actor=actor)
    title = row.approval.title
    paper = queries.paper_of(approval_id)
    if paper is not None and suffix == "pdf":
        content, said = storage().get(paper.sha256), f"{paper.number} {title}"
    else:
        numbering = approvals.numbering_of(row.committee_id, row.code, row.approval.signed_on or clock.today())
        marks = marks_of(row.approval, numbering)
        content = drawn(PAPERS[row.code], data_of(row, actor), marks, actor=actor, suffix=suffix)
        said = _("预览 %(title)s", title=title)
    with writing():
        actions.note_print(said, by=actor, address=request.remote_addr or "")
    return file(content, f"{title}.{suffix}")


@bp.get("/reports/drafts/<int:approval_id>/sheet.pdf")
def draft_sheet(approval_id: int) -> Response:
    """The draft sheet to go with the paper, filled as far as it is, the rest to be written by hand."""
    actor = require("papers.read")
    row = queries.find_draft(approval_id, actor=actor)
    sheet = gather_sheet.gather(
        row.approval,
        approvals.steps_of(row.approval),
        kind=PAPERS[row.code].title,
        numbering=approvals.numbering_of(row.committee_id, row.code, row.approval.signed_on or clock.today()),
    )
    content = sheet_drawn(sheet, actor=actor)
    with writing():
        actions.note_print(_("发文稿纸 %(title)s", title=sheet.title), by=actor, address=request.remote_addr or "")
    return file(content, _("发文稿纸 %(title)s", title=sheet.title) + ".pdf")


@bp.get("/reports/drafts/<int:approval_id>/scans/<int:attachment_id>")
def draft_scan(approval_id: int, attachment_id: int) -> Response:
    actor = require("papers.read")
    return send(approvals.find_scan(approvals.find(approval_id, actor=actor), attachment_id))


def data_of(row: PaperDraft, actor: Actor) -> Any:
    """The paper's data: as they were signed, and before that as of now."""
    if row.data_sha256:
        return thawed(PAPERS[row.code], storage().get(row.data_sha256))
    return content_of(row, actor).data


def content_of(row: PaperDraft, actor: Actor) -> Content:
    """The paper's content as of now, from the words of the draft."""
    return _gathered(PAPERS[row.code], actor, rules.typed(row.parameters))


def _gathered(entry: Entry, actor: Actor, chosen: Mapping[str, Any]) -> Content:
    full = catalogue.completed(entry, actor=actor, chosen=chosen)
    return catalogue.gathered(entry, actor=actor, chosen=full)


def _sheet_of(entry: Entry, content: Content, parameters: Mapping[str, Any]) -> SheetDetails:
    """What the sheet says from the paper itself; the rest as a new sheet has it."""
    return {
        "title": content.title[:200],
        "disclosure": Disclosure.ON_REQUEST,
        "urgency": PaperUrgency.NONE,
        "copy_count": None,
        "addressees": str(parameters.get("addressees") or "")[:500],
        "copies_to": str(parameters.get("copies_to") or "")[:500],
        "retention": entry.retention,
        "signing": entry.signing,
        "cosigners": "",
        "signer_posts": content.signer_posts,
    }

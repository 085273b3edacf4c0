"""The steps of a paper on its way, one page each; those that take no input are buttons."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import redirect, render_template, request, url_for

from meetings.approvals import actions as way
from meetings.approvals import queries as approvals
from meetings.approvals import rules
from meetings.approvals.actions import Signature
from meetings.approvals.forms import GiveNumberForm, IssueForm, ReasonForm, SignedSheetForm, SignForm, StepForm
from meetings.approvals.models import ApprovalAction, Delegation, NumberForm
from meetings.approvals.views import signature_of
from meetings.attachments.views import keep_files
from meetings.core import clock
from meetings.core.db import expect
from meetings.core.forms import Choice, Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.reporting import actions, queries
from meetings.reporting.catalogue import PAPERS
from meetings.reporting.catalogue.signing import drawn, frozen, marks_of
from meetings.reporting.models import PaperDraft
from meetings.reporting.views.blueprint import bp, settings, storage
from meetings.reporting.views.drafts import content_of, data_of


def _opened(approval_id: int, action: ApprovalAction) -> tuple[PaperDraft, bool]:
    """The paper whose step the page asks about, and whether the actor may only record it from paper."""
    actor = require("papers.read")
    row = queries.find_draft(approval_id, actor=actor)
    parties = approvals.parties_of(row.approval, actor)
    refuse_early(lambda: rules.next_status(row.approval, action, parties))
    return row, rules.is_paper_only(action, parties)


def _done(approval_id: int, form: Any, act: Callable[[PaperDraft], object], said: str) -> Any:
    actor = current_actor()

    def do() -> None:
        row = queries.find_draft(approval_id, actor=actor)
        act(row)

    return carry_out(form, do, said=said, to=url_for(".draft", approval_id=approval_id))


def _shown(template: str, approval_id: int, form: Any, **more: Any) -> str:
    row = queries.find_draft(approval_id, actor=current_actor())
    if "version" in form and not form.is_submitted():
        form.version.data = row.approval.version
    return render_template(f"reporting/{template}.html", form=form, row=row, approval=row.approval, **more)


@bp.post("/reports/drafts/<int:approval_id>/submit")
def submit_draft(approval_id: int) -> Any:
    actor = require("papers.draft")
    done = _done(approval_id, Form(), lambda row: way.submit(row.approval, by=actor), N_("已送核稿"))
    return done or redirect(url_for(".draft", approval_id=approval_id), 303)


@bp.post("/reports/drafts/<int:approval_id>/withdraw")
def withdraw_draft(approval_id: int) -> Any:
    actor = require("papers.draft")
    done = _done(approval_id, Form(), lambda row: way.withdraw(row.approval, by=actor), N_("已撤回，可以修改"))
    return done or redirect(url_for(".draft", approval_id=approval_id), 303)


@bp.route("/reports/drafts/<int:approval_id>/check", methods=["GET", "POST"])
def check_draft(approval_id: int) -> Any:
    actor = require("papers.draft")
    _row, paper_only = _opened(approval_id, ApprovalAction.CHECK)
    form = StepForm(paper_only=paper_only)

    def act(row: PaperDraft) -> None:
        signature = signature_of(form, by=actor)
        way.check(row.approval, note=form.note.data or "", signature=signature, by=actor)

    done = _done(approval_id, form, _on_this_version(form, act), N_("已核稿，待签发"))
    return done or _shown("check_draft", approval_id, form)


@bp.route("/reports/drafts/<int:approval_id>/sign", methods=["GET", "POST"])
def sign_draft(approval_id: int) -> Any:
    actor = require("papers.read")
    row, paper_only = _opened(approval_id, ApprovalAction.SIGN)
    given = approvals.delegations_for(row.approval)
    form = SignForm(paper_only=paper_only, delegations=_named(given))

    def act(row: PaperDraft) -> None:
        chosen = form.delegation_id.data if form.is_on_paper else None
        content = content_of(row, actor)
        actions.sign_paper(
            row,
            frozen(content.data),
            filter_text=content.filter_text,
            unit_id=content.unit_id,
            storage=storage(),
            note=form.note.data or "",
            signature=signature_of(form, by=actor),
            delegation=approvals.find_delegation(chosen, actor=actor) if chosen else None,
            by=actor,
        )

    done = _done(approval_id, form, _on_this_version(form, act), N_("已签发，待编号"))
    own = None if paper_only else rules.delegation_for(row.approval, actor, given, clock.today())
    return done or _shown("sign_draft", approval_id, form, own=own, has_delegations=bool(given))


@bp.route("/reports/drafts/<int:approval_id>/signed-sheet", methods=["GET", "POST"])
def record_signed_sheet(approval_id: int) -> Any:
    """核稿 and 签发 recorded together from the draft sheet that was signed on paper."""
    actor = require("papers.draft")
    row = queries.find_draft(approval_id, actor=actor)
    if not rules.may_record_both(row.approval, approvals.parties_of(row.approval, actor)):
        refuse_early(lambda: rules.next_status(row.approval, ApprovalAction.CHECK, frozenset(rules.Party)))
    given = approvals.delegations_for(row.approval)
    form = SignedSheetForm(delegations=_named(given))

    def act(row: PaperDraft) -> None:
        expect(row.approval, form.version.data)
        content = content_of(row, actor)
        actions.record_signed_sheet(
            row,
            frozen(content.data),
            filter_text=content.filter_text,
            unit_id=content.unit_id,
            storage=storage(),
            checked=Signature(*form.checked),
            signed=Signature(*form.signed),
            scan=keep_files(form, "scan", by=actor)[0],
            delegation=approvals.find_delegation(form.delegation_id.data, actor=actor)
            if form.delegation_id.data
            else None,
            by=actor,
        )

    done = _done(approval_id, form, act, N_("已录入核稿、签发，待编号"))
    return done or _shown("signed_sheet", approval_id, form, has_delegations=bool(given))


def _named(given: Iterable[Delegation]) -> list[Choice]:
    return [
        (found.id, f"{found.principal_name} → {found.to_name}（{found.from_on}—{found.until_on}）") for found in given
    ]


def _on_this_version(form: StepForm, act: Callable[[PaperDraft], None]) -> Callable[[PaperDraft], None]:
    """Only what was seen is checked and signed; a step that can no longer be taken is refused in its own words."""
    actor = current_actor()

    def checked(row: PaperDraft) -> None:
        parties = approvals.parties_of(row.approval, actor)
        action = ApprovalAction.SIGN if isinstance(form, SignForm) else ApprovalAction.CHECK
        rules.next_status(row.approval, action, parties)
        expect(row.approval, form.version.data)
        act(row)

    return checked


def _with_reason(approval_id: int, action: ApprovalAction, act: Callable[..., None], template: str, said: str) -> Any:
    actor = require("papers.read")
    _opened(approval_id, action)
    form = ReasonForm()

    def do(row: PaperDraft) -> None:
        act(row.approval, reason=form.reason.data, signature=signature_of(form, by=actor), by=actor)

    return _done(approval_id, form, do, said) or _shown(template, approval_id, form)


@bp.route("/reports/drafts/<int:approval_id>/return", methods=["GET", "POST"])
def return_draft(approval_id: int) -> Any:
    said = N_("已退回，待拟稿人修改")
    return _with_reason(approval_id, ApprovalAction.RETURN, way.return_draft, "return_draft", said)


@bp.route("/reports/drafts/<int:approval_id>/void", methods=["GET", "POST"])
def void_draft(approval_id: int) -> Any:
    said = N_("已作废，文号保留在登记簿，不再使用")
    return _with_reason(approval_id, ApprovalAction.VOID, way.void, "void_draft", said)


@bp.route("/reports/drafts/<int:approval_id>/number", methods=["GET", "POST"])
def number_draft(approval_id: int) -> Any:
    actor = require("papers.draft")
    row, _paper_only = _opened(approval_id, ApprovalAction.NUMBER)
    entry = PAPERS[row.code]
    day = row.approval.signed_on or clock.today()
    numbering = approvals.numbering_of(row.committee_id, row.code, day)
    if numbering is None and entry.style == "report":
        numbering = rules.REPORTS
    has_code = entry.style == "report" or settings().official_codes
    form = GiveNumberForm()
    if numbering is None or numbering.form is NumberForm.REPORT:
        del form["sequence"]

    def act(row: PaperDraft) -> None:
        data = data_of(row, actor)

        def draw(printed: str, registered: str, code: str, head: str) -> bytes:
            marks = marks_of(
                row.approval,
                numbering,
                number=printed,
                registered=registered,
                verification_code=code if has_code else "",
                verify_address=url_for("reporting.verify_form", _external=True) if has_code else None,
                audit_head=head,
                filter_text=row.filter_text,
            )
            return drawn(entry, data, marks, actor=actor)

        actions.number_paper(
            row,
            numbering,
            sequence=form.sequence.data if "sequence" in form else None,
            note=form.note.data or "",
            draw=draw,
            storage=storage(),
            by=actor,
            address=request.remote_addr or "",
        )

    done = _done(approval_id, form, act, N_("已编号，版面已存档，重新打印与原件完全相同"))
    return done or _shown("number_draft", approval_id, form, numbering=numbering, year=day.year)


@bp.route("/reports/drafts/<int:approval_id>/seal", methods=["GET", "POST"])
def seal_draft(approval_id: int) -> Any:
    actor = require("papers.draft")
    _opened(approval_id, ApprovalAction.SEAL)
    form = StepForm()

    def act(row: PaperDraft) -> None:
        way.seal(row.approval, note=form.note.data or "", signature=signature_of(form, by=actor), by=actor)

    return _done(approval_id, form, act, N_("已登记用印")) or _shown("seal_draft", approval_id, form)


@bp.route("/reports/drafts/<int:approval_id>/issue", methods=["GET", "POST"])
def issue_draft(approval_id: int) -> Any:
    actor = require("papers.draft")
    row, _paper_only = _opened(approval_id, ApprovalAction.ISSUE)
    form = IssueForm(data={"issued_on": clock.today(), "copy_count": row.approval.copy_count})

    def act(row: PaperDraft) -> None:
        way.issue(
            row.approval,
            issued_on=form.payload["issued_on"],
            copy_count=form.copy_count.data,
            note=form.note.data or "",
            signature=signature_of(form, by=actor),
            by=actor,
        )

    done = _done(approval_id, form, act, N_("已印发，可以分发给单位"))
    return done or _shown("issue_draft", approval_id, form)

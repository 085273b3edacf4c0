"""分发: to whom a paper goes and who has read it; the papers that came to one's own unit (来文)."""

from typing import Any

from flask import Response, render_template, request, url_for

from meetings.approvals import actions as way
from meetings.approvals import queries as approvals
from meetings.approvals.forms import DeliveryForm, DistributionForm, ReadingForm
from meetings.approvals.models import DeliveryManner
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect, writing
from meetings.core.errors import NotFound
from meetings.core.i18n import N_
from meetings.core.paging import page_number
from meetings.core.web import carry_out, current_actor, require
from meetings.reporting import actions, queries
from meetings.reporting.views.blueprint import bp, file, storage


@bp.route("/reports/drafts/<int:approval_id>/distribution", methods=["GET", "POST"])
def distribution(approval_id: int) -> Any:
    """Choose to whom an issued paper goes."""
    actor = require("papers.draft")
    form = DistributionForm(
        groups=approvals.groups_to_send(actor),
        units=approvals.units_to_send(actor),
        users=approvals.users_to_send(actor),
    )
    done = carry_out(
        form,
        lambda: way.distribute(approvals.find(approval_id, actor=actor), **form.payload, by=actor),
        said=N_("已分发，收文单位在“来文”中可见"),
        to=url_for(".draft", approval_id=approval_id),
    )
    return done or render_template(
        "reporting/distribution.html", form=form, approval=approvals.find(approval_id, actor=actor)
    )


@bp.route("/reports/drafts/<int:approval_id>/distribution/<int:distribution_id>", methods=["GET", "POST"])
def distribution_reading(approval_id: int, distribution_id: int) -> Any:
    """Record that a receiver read the paper on paper."""
    actor = require("papers.draft")
    form = ReadingForm(data={"read_on": clock.today()})

    def act() -> None:
        approval = approvals.find(approval_id, actor=actor)
        receiver = approvals.find_receiver(approval, distribution_id)
        way.record_reading(approval, receiver, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已记为已阅（代录）"), to=url_for(".draft", approval_id=approval_id))
    if done:
        return done
    approval = approvals.find(approval_id, actor=actor)
    return render_template(
        "reporting/distribution_reading.html",
        form=form,
        approval=approval,
        receiver=approvals.find_receiver(approval, distribution_id),
    )


@bp.route("/reports/drafts/<int:approval_id>/deliveries/new", methods=["GET", "POST"])
def new_delivery(approval_id: int) -> Any:
    """Record a copy that went to an outside body or to somebody without an account."""
    actor = require("papers.draft")
    form = DeliveryForm(data={"sent_on": clock.today(), "manner": DeliveryManner.EXCHANGE})

    def act() -> None:
        way.record_delivery(approvals.find(approval_id, actor=actor), **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已登记送达"), to=url_for(".draft", approval_id=approval_id))
    return done or render_template(
        "reporting/delivery.html", form=form, approval=approvals.find(approval_id, actor=actor), row=None
    )


@bp.route("/reports/drafts/<int:approval_id>/deliveries/<int:delivery_id>", methods=["GET", "POST"])
def edit_delivery(approval_id: int, delivery_id: int) -> Any:
    """Correct what was recorded of a copy, or add who signed for it."""
    actor = require("papers.draft")
    row = approvals.find_delivery(approvals.find(approval_id, actor=actor), delivery_id)
    form = DeliveryForm(data=DeliveryForm.values_of(row)) if request.method == "GET" else DeliveryForm()

    def act() -> None:
        found = approvals.find_delivery(approvals.find(approval_id, actor=actor), delivery_id)
        expect(found, form.version.data)
        way.edit_delivery(found, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".draft", approval_id=approval_id))
    return done or render_template(
        "reporting/delivery.html", form=form, approval=approvals.find(approval_id, actor=actor), row=row
    )


def _receiver() -> Actor:
    actor = current_actor()
    if not (actor.may("papers.receive") or actor.may("papers.read")):
        raise NotFound
    return actor


@bp.get("/reports/received/")
def received() -> str:
    """Papers that came to the actor's units or to themselves."""
    actor = _receiver()
    unread_only = request.args.get("unread") == "1"
    return render_template(
        "reporting/received.html",
        page=approvals.received(actor, unread_only=unread_only, page=page_number(request.args.get("page"))),
        unread_only=unread_only,
    )


@bp.get("/reports/received/<int:approval_id>.pdf")
def received_paper(approval_id: int) -> Response:
    """The paper itself; opening it is reading it (已阅), written down with the access to it."""
    actor = _receiver()
    approval = approvals.find(approval_id, actor=actor)
    paper = queries.paper_of(approval_id)
    if paper is None:
        raise NotFound
    content, number, title = storage().get(paper.sha256), paper.number, paper.title
    with writing():
        way.note_opened(approval, by=actor)
        actions.note_print(f"{number} {title}", by=actor, address=request.remote_addr or "")
    return file(content, f"{title}.pdf")

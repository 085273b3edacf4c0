"""The register of numbers (发文登记簿), 机关代字, and who signs for whom."""

from typing import Any

from flask import Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from meetings.approvals import actions as way
from meetings.approvals import queries as approvals
from meetings.approvals.forms import DelegationForm, PrefixForm, RegisterForm
from meetings.approvals.models import SignerRole
from meetings.approvals.rules import signs_by_role
from meetings.attachments.views import keep_files, max_megabytes, send
from meetings.core import clock
from meetings.core.db import expect
from meetings.core.errors import NotFound
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, require
from meetings.reporting.catalogue import PAPERS
from meetings.reporting.views.blueprint import bp


def _kinds() -> list[tuple[str, str]]:
    return [(code, _(entry.title)) for code, entry in PAPERS.items()]


@bp.get("/reports/register/")
def register() -> str:
    """Every number that was given, 作废 ones too."""
    actor = require("papers.read")
    form = RegisterForm(MultiDict(request.args), years=approvals.register_years(actor), kinds=_kinds())
    form.validate()
    chosen = {field.name: field.data for field in form if not field.errors and field.data}
    state = chosen.get("state")
    return render_template(
        "reporting/register.html",
        form=form,
        page=approvals.register(
            actor,
            year=chosen.get("year"),
            kind=chosen.get("kind"),
            is_void=None if state is None else state == "void",
            typed=chosen.get("q") or "",
            page=page_number(request.args.get("page")),
        ),
        is_filtered=bool({"year", "kind", "state", "q"} & set(chosen)),
    )


@bp.get("/reports/prefixes/")
def prefixes() -> str:
    """机关代字 by kind of paper."""
    actor = require("papers.settings")
    return render_template("reporting/prefixes.html", rows=approvals.prefixes(actor))


@bp.route("/reports/prefixes/new", methods=["GET", "POST"])
def new_prefix() -> Any:
    actor = require("papers.settings")
    form = PrefixForm(kinds=_kinds())
    done = carry_out(
        form, lambda: way.add_prefix(**form.payload, by=actor), said=N_("已设置机关代字"), to=url_for(".prefixes")
    )
    return done or render_template("reporting/new_prefix.html", form=form)


@bp.route("/reports/prefixes/<int:prefix_id>/edit", methods=["GET", "POST"])
def edit_prefix(prefix_id: int) -> Any:
    actor = require("papers.settings")
    row = approvals.find_prefix(prefix_id, actor=actor)
    form = PrefixForm(kinds=_kinds(), data=PrefixForm.values_of(row)) if request.method == "GET" else PrefixForm()
    del form["kind"]

    def act() -> None:
        found = approvals.find_prefix(prefix_id, actor=actor)
        expect(found, form.version.data)
        way.edit_prefix(found, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".prefixes"))
    return done or render_template(
        "reporting/edit_prefix.html", form=form, row=approvals.find_prefix(prefix_id, actor=actor)
    )


@bp.get("/reports/delegations/")
def delegations() -> str:
    """Who signs for whom, from when until when."""
    actor = require("papers.read")
    if not (actor.may("papers.draft") or actor.may("papers.sign")):
        raise NotFound
    return render_template(
        "reporting/delegations.html",
        page=approvals.delegations(actor, page=page_number(request.args.get("page"))),
        today=clock.today(),
        own={role for role in SignerRole if signs_by_role(role, actor)},
        button=Form(),
    )


@bp.route("/reports/delegations/new", methods=["GET", "POST"])
def new_delegation() -> Any:
    actor = require("papers.sign")
    people = approvals.possible_delegates(actor)
    form = DelegationForm(people=people, kinds=_kinds())

    def act() -> None:
        scans = keep_files(form, "scan", by=actor)
        to_name = dict(people)[form.payload["to_user_id"]]
        way.delegate(**form.payload, to_name=to_name, scan=scans[0] if scans else None, by=actor)

    done = carry_out(form, act, said=N_("已登记授权"), to=url_for(".delegations"))
    return done or render_template("reporting/new_delegation.html", form=form, max_megabytes=max_megabytes())


@bp.post("/reports/delegations/<int:delegation_id>/revoke")
def revoke_delegation(delegation_id: int) -> Any:
    actor = require("papers.sign")
    return carry_out(
        Form(),
        lambda: way.revoke(approvals.find_delegation(delegation_id, actor=actor), by=actor),
        said=N_("已收回授权"),
        to=url_for(".delegations"),
    )


@bp.get("/reports/delegations/<int:delegation_id>/scan")
def delegation_scan(delegation_id: int) -> Response:
    actor = require("papers.draft")
    found = approvals.find_delegation(delegation_id, actor=actor)
    if found.scan is None:
        raise NotFound
    return send(found.scan)

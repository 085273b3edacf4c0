"""The office's list of kinds of meetings."""

from typing import Any

from flask import render_template, url_for

from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, require
from meetings.meetings import actions, queries, words
from meetings.meetings.forms import KindForm
from meetings.meetings.views.blueprint import bp


@bp.get("/kinds")
def kinds() -> str:
    actor = require("meetings.record")
    return render_template(
        "meetings/kinds.html", kinds=queries.kinds(actor), used=queries.meetings_by_kind(actor), button=Form()
    )


@bp.post("/kinds/usual")
def add_usual_kinds() -> Any:
    actor = require("meetings.record")
    return carry_out(
        Form(),
        lambda: actions.add_kinds(words.DEFAULT_KINDS, by=actor),
        said=N_("已列入常用会议类型"),
        to=url_for(".kinds"),
    )


@bp.route("/kinds/new", methods=["GET", "POST"])
def new_kind() -> Any:
    actor = require("meetings.record")
    last = max((kind.position for kind in queries.kinds(actor)), default=0)
    form = KindForm(data={"position": last + 10, "is_active": True})
    done = carry_out(
        form, lambda: actions.add_kind(**form.payload, by=actor), said=N_("已增加会议类型"), to=url_for(".kinds")
    )
    return done or render_template("meetings/new_kind.html", form=form)


@bp.route("/kinds/<int:kind_id>", methods=["GET", "POST"])
def edit_kind(kind_id: int) -> Any:
    actor = require("meetings.record")
    kind = queries.find_kind(kind_id, actor=actor)
    form = KindForm(data={"name": kind.name, "position": kind.position, "is_active": kind.is_active})
    done = carry_out(
        form,
        lambda: actions.edit_kind(queries.find_kind(kind_id, actor=actor), **form.payload, by=actor),
        said=N_("已保存"),
        to=url_for(".kinds"),
    )
    return done or render_template("meetings/edit_kind.html", form=form, kind=queries.find_kind(kind_id, actor=actor))

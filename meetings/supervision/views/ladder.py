"""The page on which the office sets its ladder."""

from typing import Any

from flask import render_template, url_for

from meetings.core.db import expect
from meetings.core.i18n import N_
from meetings.core.web import carry_out, require
from meetings.supervision import actions, queries
from meetings.supervision.forms.ladder import LadderForm
from meetings.supervision.views.page import bp


@bp.route("/supervision/ladder", methods=["GET", "POST"])
def ladder() -> Any:
    actor = require("tasks.settings")
    form = LadderForm(data=LadderForm.values_of(queries.ladder_setting(actor)))

    def act() -> None:
        setting = queries.ladder_setting(actor, to_change=True)
        expect(setting, form.version.data)
        actions.set_ladder(setting, by=actor, **form.payload)

    done = carry_out(form, act, said=N_("催办规则已保存"), to=url_for(".ladder"))
    return done or render_template("supervision/ladder.html", form=form)

"""The page on which the office sets the lights' rule, after it has seen what would change."""

from typing import Any

from flask import render_template, request, url_for

from meetings.core import clock
from meetings.core.db import expect
from meetings.core.i18n import N_
from meetings.core.web import carry_out, require
from meetings.tasks import actions, queries, words
from meetings.tasks.forms.lights import LightsForm
from meetings.tasks.rules import LightCode, LightOptions
from meetings.tasks.views.page import bp

_OPEN = [code for code in LightCode if code not in {LightCode.DONE, LightCode.CLOSED}]


@bp.route("/tasks/lights", methods=["GET", "POST"])
def lights() -> Any:
    """The rule in force or as typed, beside what it makes of today's tasks; saved by a second button."""
    actor = require("tasks.settings")
    form = LightsForm(data=LightsForm.values_of(queries.light_setting(actor)))

    def act() -> None:
        setting = queries.light_setting(actor, to_change=True)
        expect(setting, form.version.data)
        actions.set_lights(setting, **form.payload, by=actor)

    looks = "look" in request.form
    if not looks and (done := carry_out(form, act, said=N_("亮灯规则已保存，即时生效"), to=url_for("tasks.lights"))):
        return done
    is_right = not form.is_submitted() or form.validate()
    options = LightOptions(**form.payload) if is_right else queries.light_options(actor.committee_id)
    return render_template(
        "tasks/lights.html",
        form=form,
        preview=queries.preview(options, actor=actor, today=clock.today()),
        is_same=options == queries.light_options(actor.committee_id),
        is_right=is_right,
        codes=_OPEN,
        light_names=words.LIGHT_NAMES,
        shown=queries.lights.SHOWN,
    )

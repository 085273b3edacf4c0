"""Plans: the list, one of them with its tree, its stages, its end and what follows."""

from typing import Any

from flask import render_template, request, url_for

from meetings.audit.words import CHANGES, SUBJECTS, column_word
from meetings.core import clock
from meetings.core.db import expect
from meetings.core.forms import Form
from meetings.core.i18n import N_
from meetings.core.web import carry_out, current_actor, refuse_early, require
from meetings.documents.queries import choices as document_choices
from meetings.plans import actions, queries, words
from meetings.plans.forms.tree import ClosePlanForm, NextPlanForm, PlanForm, StagesForm
from meetings.plans.models import Domain, Stage
from meetings.plans.rules import tree
from meetings.plans.views.blueprint import bp
from meetings.plans.views.telling import history_words


@bp.get("/plans/")
def index() -> str:
    actor = require("plans.read")
    plans = queries.plans(actor)
    return render_template(
        "plans/index.html",
        plans=plans,
        counts=queries.counts_by_plan([plan.id for plan in plans]),
        kinds=words.KINDS,
        stages=words.STAGES,
    )


def _documents() -> list[Any]:
    return [
        (row.id, f"{row.title}{f'（{row.number}）' if row.number else ''}") for row in document_choices(current_actor())
    ]


@bp.route("/plans/new", methods=["GET", "POST"])
def new() -> Any:
    actor = require("plans.edit")
    form = PlanForm(documents=_documents())
    done = carry_out(
        form,
        lambda: actions.add_plan(**form.payload, by=actor),
        said=N_("规划已建立，可以录入或导入领域、目标和指标"),
        to=lambda plan: url_for(".detail", plan_id=plan.id),
    )
    return done or render_template("plans/new.html", form=form)


@bp.get("/plans/<int:plan_id>")
def detail(plan_id: int) -> str:
    """The tree of a plan, one domain at a time."""
    actor = current_actor()
    plan = queries.find_plan(plan_id, actor=actor)
    domains = queries.domains_of(plan)
    domain = domain_asked(domains)
    goals, measures, indicators = queries.rows_of(domain) if domain else ((), (), ())
    return render_template(
        "plans/detail.html",
        plan=plan,
        next_plan=queries.next_of(plan),
        domains=domains,
        domain=domain,
        counts=queries.domain_counts(plan),
        goals=goals,
        measures=measures,
        indicators=indicators,
        is_open=actor.may("plans.edit") and plan.closed_on is None,
        may_close=actor.may("plans.edit") and plan.closed_on is None and clock.today().year >= plan.until_year,
        kinds=words.KINDS,
        stages=words.STAGES,
        reached={row.stage: row for row in plan.stages},
        preparing=tree.PREPARING,
        levels=words.LEVELS,
        button=Form(),
    )


def domain_asked(domains: Any) -> Domain | None:
    """The domain that the address names, else the first."""
    asked = request.args.get("domain", "")
    return next((domain for domain in domains if str(domain.id) == asked), domains[0] if domains else None)


@bp.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
def edit(plan_id: int) -> Any:
    actor = require("plans.edit")
    plan = queries.find_plan(plan_id, actor=actor)
    refuse_early(lambda: tree.check_open(plan))
    form = PlanForm(documents=_documents(), data=PlanForm.values_of(plan))

    def act() -> None:
        plan = queries.find_plan(plan_id, actor=actor)
        expect(plan, form.version.data)
        actions.edit_plan(plan, **form.payload, by=actor)

    done = carry_out(form, act, said=N_("已保存"), to=url_for(".detail", plan_id=plan_id))
    return done or render_template("plans/edit.html", form=form, plan=queries.find_plan(plan_id, actor=actor))


@bp.route("/plans/<int:plan_id>/stages", methods=["GET", "POST"])
def stages(plan_id: int) -> Any:
    """When each stage is to be done and when it began, and in which the plan is."""
    actor = require("plans.edit")
    plan = queries.find_plan(plan_id, actor=actor)
    refuse_early(lambda: tree.check_open(plan))
    known = {row.stage.value: {"due_on": row.due_on, "begun_on": row.begun_on, "note": row.note} for row in plan.stages}
    form = StagesForm(data={**known, "stage": plan.stage, "version": plan.version})

    def act() -> None:
        plan = queries.find_plan(plan_id, actor=actor)
        expect(plan, form.version.data)
        entries = {
            stage: actions.StageEntry(fields.due_on.data, fields.begun_on.data, fields.note.data or "")
            for stage, fields in form.entries.items()
        }
        actions.enter_stages(plan, stage=form.stage.data or plan.stage, entries=entries, by=actor)

    done = carry_out(form, act, said=N_("阶段已更新"), to=url_for(".detail", plan_id=plan_id))
    return done or render_template(
        "plans/stages.html",
        form=form,
        plan=queries.find_plan(plan_id, actor=actor),
        stages=words.STAGES,
        preparing=tree.PREPARING,
        all_stages=list(Stage),
    )


@bp.route("/plans/<int:plan_id>/close", methods=["GET", "POST"])
def close(plan_id: int) -> Any:
    actor = require("plans.edit")
    plan = queries.find_plan(plan_id, actor=actor)
    refuse_early(lambda: tree.check_closing(plan, clock.today(), today=clock.today()))
    form = ClosePlanForm()
    done = carry_out(
        form,
        lambda: actions.close_plan(queries.find_plan(plan_id, actor=actor), **form.payload, by=actor),
        said=N_("规划已结束，数据和任务记录都保留"),
        to=url_for(".detail", plan_id=plan_id),
    )
    return done or render_template("plans/close.html", form=form, plan=queries.find_plan(plan_id, actor=actor))


@bp.route("/plans/<int:plan_id>/next", methods=["GET", "POST"])
def open_next(plan_id: int) -> Any:
    """Begin the next cycle with what continues."""
    actor = require("plans.edit")
    plan = queries.find_plan(plan_id, actor=actor)
    whole = queries.whole(plan)
    kinds = ("goals", "measures", "indicators")
    ids = {f"{kind[:-1]}_ids": [row.id for domain in whole for row in getattr(domain, kind)] for kind in kinds}
    length = plan.until_year - plan.from_year
    form = NextPlanForm(whole=whole, data={"until_year": plan.until_year + 1 + length, **ids})
    done = carry_out(
        form,
        lambda: actions.open_next(queries.find_plan(plan_id, actor=actor), **form.payload, by=actor),
        said=N_("下一周期的规划已建立，请补充目标值和达标时间表"),
        to=lambda plan: url_for(".detail", plan_id=plan.id),
    )
    return done or render_template(
        "plans/open_next.html", form=form, plan=queries.find_plan(plan_id, actor=actor), first_year=plan.until_year + 1
    )


@bp.get("/plans/<int:plan_id>/history")
def history(plan_id: int) -> str:
    plan = queries.find_plan(plan_id, actor=current_actor())
    return render_template(
        "plans/history.html",
        title=plan.title,
        plan=plan,
        back=url_for(".detail", plan_id=plan_id),
        steps=queries.history(plan),
        say=history_words,
        change_words=CHANGES,
        subject_words=SUBJECTS,
        column_word=column_word,
    )

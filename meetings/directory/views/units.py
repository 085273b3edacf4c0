"""Units: the list in the plan's order, one unit, and what happens to it."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect
from meetings.core.i18n import N_
from meetings.core.web import carry_out, require
from meetings.directory import actions, queries, rules
from meetings.directory.forms import CreateUnitForm, DissolveUnitForm, EditUnitForm, MergeUnitForm, MoveUnitForm
from meetings.directory.models import PostKind, UnitKind
from meetings.directory.words import POST_KINDS, UNIT_KINDS

bp = Blueprint("directory", __name__, url_prefix="/directory")


def reader() -> Actor:
    return require("directory.read")


def editor() -> Actor:
    return require("directory.edit")


@bp.app_template_filter("masked")
def masked(phone: str) -> str:
    """A phone number of which only the ends are shown."""
    return rules.masked_phone(phone)


@bp.get("/units/")
def units() -> str:
    actor = reader()
    typed, kind = request.args.get("q", "")[:100], request.args.get("kind", "")
    chosen = UnitKind(kind) if kind in set(UnitKind) else None
    with_dissolved = request.args.get("dissolved") == "1"
    rows = queries.search_units(actor, typed=typed, kind=chosen, include_dissolved=with_dissolved)
    people: dict[tuple[int, PostKind], list[str]] = {}
    for post in queries.posts_on(clock.today(), actor=actor, kinds=[PostKind.HEAD, PostKind.LIAISON]):
        people.setdefault((post.unit_id, post.kind), []).append(post.person.name if post.person else post.title)
    return render_template(
        "directory/units.html",
        units=rows,
        former=queries.former_names_by_unit(actor),
        short_names={unit.id: unit.short_name for unit in rows},
        people=people,
        typed=typed,
        kind=chosen,
        with_dissolved=with_dissolved,
        kind_words=UNIT_KINDS,
        head=PostKind.HEAD,
        liaison=PostKind.LIAISON,
    )


@bp.get("/units/<int:unit_id>")
def unit(unit_id: int) -> str:
    row = queries.find_unit(unit_id, actor=reader())
    posts, today = queries.posts_of_unit(row), clock.today()
    return render_template(
        "directory/unit.html",
        unit=row,
        present=[post for post in posts if post.until_on is None or post.until_on >= today],
        past=[post for post in posts if post.until_on is not None and post.until_on < today],
        former=queries.former_names(row),
        parts=queries.parts_of(row),
        groups=queries.groups_of_unit(row),
        kind_words=UNIT_KINDS,
        post_words=POST_KINDS,
        today=today,
    )


@bp.route("/units/new", methods=["GET", "POST"])
def create_unit() -> Any:
    actor = editor()
    form = CreateUnitForm(units=queries.pickable(actor))
    done = carry_out(
        form,
        lambda: actions.create_unit(by=actor, **form.payload),
        said=N_("单位已登记，排在末位，可以调整次序"),
        to=lambda row: url_for(".unit", unit_id=row.id),
    )
    return done or render_template("directory/create_unit.html", form=form)


@bp.route("/units/<int:unit_id>/edit", methods=["GET", "POST"])
def edit_unit(unit_id: int) -> Any:
    actor = editor()
    row = queries.find_unit(unit_id, actor=actor)
    form = EditUnitForm(units=queries.pickable(actor), data=EditUnitForm.values_of(row))

    def act() -> None:
        row = queries.find_unit(unit_id, actor=actor)
        expect(row, form.version.data)
        actions.edit_unit(row, by=actor, **form.payload)

    done = carry_out(form, act, said=N_("单位资料已修改"), to=url_for(".unit", unit_id=unit_id))
    return done or render_template("directory/edit_unit.html", form=form, unit=queries.find_unit(unit_id, actor=actor))


@bp.route("/units/<int:unit_id>/move", methods=["GET", "POST"])
def move_unit(unit_id: int) -> Any:
    actor = editor()
    queries.find_unit(unit_id, actor=actor)
    form = MoveUnitForm(units=[choice for choice in queries.pickable(actor) if choice[0] != unit_id])
    done = carry_out(
        form,
        lambda: actions.move_unit(queries.find_unit(unit_id, actor=actor), by=actor, **form.payload),
        said=N_("次序已调整"),
        to=url_for(".units"),
    )
    return done or render_template("directory/move_unit.html", form=form, unit=queries.find_unit(unit_id, actor=actor))


@bp.route("/units/<int:unit_id>/dissolve", methods=["GET", "POST"])
def dissolve_unit(unit_id: int) -> Any:
    actor = editor()
    form = DissolveUnitForm()
    done = carry_out(
        form,
        lambda: actions.dissolve_unit(queries.find_unit(unit_id, actor=actor), by=actor, **form.payload),
        said=N_("撤销已登记，历史记录保留"),
        to=url_for(".unit", unit_id=unit_id),
    )
    return done or render_template(
        "directory/dissolve_unit.html", form=form, unit=queries.find_unit(unit_id, actor=actor)
    )


@bp.route("/units/<int:unit_id>/merge", methods=["GET", "POST"])
def merge_unit(unit_id: int) -> Any:
    actor = editor()
    queries.find_unit(unit_id, actor=actor)
    form = MergeUnitForm(units=[choice for choice in queries.pickable(actor) if choice[0] != unit_id])
    done = carry_out(
        form,
        lambda: actions.merge_unit(queries.find_unit(unit_id, actor=actor), by=actor, **form.payload),
        said=N_("合并已登记，历史记录保留"),
        to=url_for(".unit", unit_id=unit_id),
    )
    return done or render_template("directory/merge_unit.html", form=form, unit=queries.find_unit(unit_id, actor=actor))

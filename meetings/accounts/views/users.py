"""The security administrator's pages: accounts, their roles, deputies and grants."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from meetings.accounts import actions, queries
from meetings.accounts.forms import CreateUserForm, DeputyForm, EditUserForm, FollowUnitForm, GrantForm, HandOverForm
from meetings.accounts.models import Role
from meetings.accounts.views.own import bp, idle, profile, sessions_shown
from meetings.accounts.words import GRANTS, ROLES
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import expect, transaction
from meetings.core.errors import NotFound
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.paging import page_number
from meetings.core.web import carry_out, require
from meetings.directory.queries import find_unit, pickable


def manager() -> Actor:
    return require("users.manage")


@bp.get("/accounts/")
def users() -> str:
    actor = manager()
    typed, role, with_disabled = (
        request.args.get("q", "")[:100],
        request.args.get("role", ""),
        request.args.get("disabled") == "1",
    )
    chosen = Role(role) if role in set(Role) else None
    page = queries.users(
        actor, typed=typed, role=chosen, with_disabled=with_disabled, page=page_number(request.args.get("page"))
    )
    return render_template(
        "accounts/users.html",
        page=page,
        typed=typed,
        role=chosen,
        with_disabled=with_disabled,
        left_behind=queries.left_behind(actor),
        role_words=ROLES,
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
def create_user() -> Any:
    actor = manager()
    form = CreateUserForm(units=pickable(actor))

    def act() -> tuple[int, str]:
        password = actions.random_password(profile(), account=form.name.data)
        user = actions.create_user(
            committee_id=actor.committee_id,
            password=password,
            profile=profile(),
            by=actor,
            **form.payload,
        )
        return user.id, password

    done = carry_out(
        form,
        act,
        said=lambda made: _show_password_once(form.name.data, made[1]),
        to=lambda made: url_for(".user", user_id=made[0]),
    )
    return done or render_template("accounts/create_user.html", form=form)


def _show_password_once(name: str, password: str) -> None:
    flash(
        _(
            "账号 %(name)s 的密码是 %(password)s，只显示这一次。请当面交给本人，首次登录须修改",
            name=name,
            password=password,
        )
    )


@bp.get("/accounts/<int:user_id>")
def user(user_id: int) -> str:
    row = queries.find_user(user_id, actor=manager())
    return render_template(
        "accounts/user.html",
        user=row,
        roles=[role for role in Role if role in {held.role for held in row.roles}],
        role_words=ROLES,
        grant_words=GRANTS,
        sessions=sessions_shown(queries.sessions_of_user(row, now=clock.now(), idle=idle())),
        deputies=queries.deputies_of(row),
        grants=queries.grants_of(row),
        today=clock.today(),
    )


@bp.route("/accounts/<int:user_id>/edit", methods=["GET", "POST"])
def edit_user(user_id: int) -> Any:
    actor = manager()
    row = queries.find_user(user_id, actor=actor)
    form = EditUserForm(units=pickable(actor), data=EditUserForm.values_of(row))

    def act() -> None:
        row = queries.find_user(user_id, actor=actor)
        expect(row, form.version.data)
        actions.edit_user(row, by=actor, **form.payload)

    done = carry_out(form, act, said=N_("账号已修改"), to=url_for(".user", user_id=user_id))
    return done or render_template("accounts/edit_user.html", form=form, user=queries.find_user(user_id, actor=actor))


@bp.post("/accounts/<int:user_id>/reset-password")
def reset_password(user_id: int) -> Any:
    actor = manager()
    with transaction(by=actor):
        row = queries.find_user(user_id, actor=actor)
        password, name = actions.reset_password(row, profile=profile(), by=actor), row.name
    _show_password_once(name, password)
    return redirect(url_for(".user", user_id=user_id), 303)


@bp.route("/accounts/<int:user_id>/hand-over", methods=["GET", "POST"])
def hand_over(user_id: int) -> Any:
    """What the account has typed and not read goes to a colleague in one step."""
    actor = manager()
    row = queries.find_user(user_id, actor=actor)
    form = HandOverForm(colleagues=queries.colleagues(row, actor=actor))
    done = carry_out(
        form,
        lambda: actions.hand_over(queries.find_user(user_id, actor=actor), by=actor, **form.payload),
        said=N_("已交接：草稿和未读通知已转给接手人；任务仍在本单位，不受影响"),
        to=url_for(".user", user_id=user_id),
    )
    return done or render_template("accounts/hand_over.html", form=form, user=queries.find_user(user_id, actor=actor))


@bp.route("/accounts/units/<int:unit_id>/follow", methods=["GET", "POST"])
def follow_unit(unit_id: int) -> Any:
    """The accounts of a merged unit go to the one that took over, in one step."""
    actor = manager()
    unit = find_unit(unit_id, actor=actor)
    into = queries.successor_of(unit)
    if into is None:
        raise NotFound
    name, accounts = into.name, queries.accounts_of(unit, actor=actor)
    choices = [(row.id, f"{row.display_name}（{row.name}）") for row in accounts]
    form = FollowUnitForm(accounts=choices, data={"ids": [id_ for id_, _shown in choices]})

    def say(moved: int) -> None:
        flash(_("已把 %(n)s 个账号转到%(unit)s", n=moved, unit=name))

    done = carry_out(
        form,
        lambda: actions.follow_unit(find_unit(unit_id, actor=actor), ids=form.ids.data, by=actor),
        said=say,
        to=url_for(".users"),
    )
    return done or render_template(
        "accounts/follow_unit.html", form=form, unit=find_unit(unit_id, actor=actor), into_name=name
    )


@bp.post("/accounts/<int:user_id>/disable")
def disable_user(user_id: int) -> Any:
    actor = manager()
    with transaction(by=actor):
        actions.disable(queries.find_user(user_id, actor=actor), by=actor)
    flash(_("账号已停用，登录已全部退出"))
    return redirect(url_for(".user", user_id=user_id), 303)


@bp.post("/accounts/<int:user_id>/enable")
def enable_user(user_id: int) -> Any:
    actor = manager()
    with transaction(by=actor):
        actions.enable(queries.find_user(user_id, actor=actor), by=actor)
    flash(_("账号已恢复使用"))
    return redirect(url_for(".user", user_id=user_id), 303)


@bp.post("/accounts/<int:user_id>/end-sessions")
def end_user_sessions(user_id: int) -> Any:
    actor = manager()
    with transaction(by=actor):
        actions.end_sessions_of(queries.find_user(user_id, actor=actor).id)
    flash(_("该账号的登录已全部退出"))
    return redirect(url_for(".user", user_id=user_id), 303)


@bp.route("/accounts/<int:user_id>/deputies/new", methods=["GET", "POST"])
def add_deputy(user_id: int) -> Any:
    actor = manager()
    form = DeputyForm(units=pickable(actor), data={"from_on": clock.today()})
    done = carry_out(
        form,
        lambda: actions.add_deputy(queries.find_user(user_id, actor=actor), by=actor, **form.payload),
        said=N_("代理已登记"),
        to=url_for(".user", user_id=user_id),
    )
    return done or render_template("accounts/add_deputy.html", form=form, user=queries.find_user(user_id, actor=actor))


@bp.post("/accounts/<int:user_id>/deputies/<int:deputy_id>/end")
def end_deputy(user_id: int, deputy_id: int) -> Any:
    actor = manager()
    with transaction(by=actor):
        actions.end_deputy(queries.find_deputy(queries.find_user(user_id, actor=actor), deputy_id), by=actor)
    flash(_("代理已结束"))
    return redirect(url_for(".user", user_id=user_id), 303)


@bp.route("/accounts/<int:user_id>/grants/new", methods=["GET", "POST"])
def add_grant(user_id: int) -> Any:
    actor = manager()
    form = GrantForm()
    done = carry_out(
        form,
        lambda: actions.grant(queries.find_user(user_id, actor=actor), by=actor, **form.payload),
        said=N_("授权已登记"),
        to=url_for(".user", user_id=user_id),
    )
    return done or render_template("accounts/add_grant.html", form=form, user=queries.find_user(user_id, actor=actor))


@bp.post("/accounts/<int:user_id>/grants/<int:grant_id>/revoke")
def revoke_grant(user_id: int, grant_id: int) -> Any:
    actor = manager()
    with transaction(by=actor):
        actions.revoke(queries.find_grant(queries.find_user(user_id, actor=actor), grant_id), by=actor)
    flash(_("授权已收回"))
    return redirect(url_for(".user", user_id=user_id), 303)

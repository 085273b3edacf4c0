"""Sign in and out, one's own sessions and password, language and size of text."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for

from meetings.accounts import actions, queries, rules
from meetings.accounts.forms import ChangePasswordForm, SignInForm
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction, writing
from meetings.core.errors import DomainError
from meetings.core.i18n import LOCALES, SOURCE
from meetings.core.i18n import gettext as _
from meetings.core.settings import Settings
from meetings.core.web import current_actor, safe_target, words_of

bp = Blueprint("accounts", __name__)

COOKIE = "luoshi_session"
VIEW_COOKIE = "luoshi_view"
SIZES = (0, 125, 150, 200)


def settings() -> Settings:
    found: Settings = current_app.config["LUOSHI"]
    return found


def load_actor() -> Actor | None:
    """Who the cookie says is asking. Notes the time of the visit at most once a minute."""
    g.locale, g.text_size = _strangers_view()
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    now = clock.now()
    found = queries.signed_in(token, now=now, today=clock.today(), idle=timedelta(minutes=settings().idle_minutes))
    if found is None:
        return None
    session, user, actor = found
    g.session_id, g.locale, g.text_size = session.id, user.locale, user.text_size
    g.must_change_password = user.must_change_password or rules.is_expired(user.password_changed_at, now, profile())
    if now - session.last_seen_at > timedelta(minutes=1):
        with writing():
            actions.note_visit(session.id)
    return actor


def profile() -> rules.PasswordProfile:
    return rules.PROFILES[settings().password_profile]


def _strangers_view() -> tuple[str, int]:
    locale, _sep, size = request.cookies.get(VIEW_COOKIE, "").partition(".")
    return locale if locale in LOCALES else SOURCE, int(size) if size in {"125", "150", "200"} else 0


@bp.before_app_request
def ask_for_new_password() -> Any:
    """An account whose password must be changed reaches only the page that changes it."""
    if g.get("actor") and g.get("must_change_password") and request.endpoint not in {
        "accounts.change_password", "accounts.sign_out", "accounts.switch_view", "static",
    }:
        return redirect(url_for("accounts.change_password"), 303)
    return None


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    target = safe_target(request.args.get("next"))
    if g.actor is not None:
        return redirect(target or "/", 303)
    form = SignInForm()
    if form.validate_on_submit():
        try:
            with writing():
                token = actions.sign_in(
                    form.name.data, form.password.data, address=request.remote_addr or "", agent=request.user_agent.string,
                )
            if token is None:
                raise DomainError("sign_in.wrong")
        except DomainError as refusal:
            form.password.errors = [words_of(refusal)]
        else:
            response = redirect(target or "/", 303)
            response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings().https)
            return response
    return render_template("accounts/sign_in.html", form=form), 401 if form.errors else 200


@bp.post("/sign-out")
def sign_out() -> Any:
    with writing():
        actions.end_session_numbered(g.session_id)
    response = redirect(url_for(".sign_in"), 303)
    response.delete_cookie(COOKIE)
    return response


@bp.post("/view")
def switch_view() -> Any:
    """Another size of text or script; kept with the account, for strangers in a cookie."""
    locale = request.form.get("locale", g.locale)
    size = request.form.get("size", str(g.text_size))
    if locale not in LOCALES or size not in {str(s) for s in SIZES}:
        abort(400)
    response = redirect(safe_target(request.form.get("next")) or "/", 303)
    if g.actor is None:
        response.set_cookie(VIEW_COOKIE, f"{locale}.{size}", max_age=31_536_000, httponly=True, samesite="Lax", secure=settings().https)
    else:
        with transaction(by=current_actor()):
            actions.set_view(queries.own_account(current_actor()), locale=locale, text_size=int(size), by=current_actor())
    return response


@bp.route("/account/password", methods=["GET", "POST"])
def change_password() -> Any:
    actor = current_actor()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            with transaction(by=actor):
                user = queries.own_account(actor)
                if not actions.is_right(user.password_hash, form.current.data):
                    raise DomainError("password.current_wrong", field="current")
                if form.password.data != form.again.data:
                    raise DomainError("password.differs", field="again")
                actions.change_password(user, password=form.password.data, profile=profile(), by=actor, keep_session=g.session_id)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("密码已修改，其他地方的登录已退出"))
            return redirect("/", 303)
    return render_template("accounts/change_password.html", form=form, profile=profile())


@bp.get("/account/sessions")
def own_sessions() -> str:
    return render_template("accounts/own_sessions.html", sessions=queries.sessions_of(current_actor()), current_id=g.session_id)


@bp.post("/account/sessions/<int:session_id>/end")
def end_own_session(session_id: int) -> Any:
    with writing():
        session = queries.session_of(current_actor(), session_id) or abort(404)
        actions.end_session(session)
    flash(_("该处登录已退出"))
    return redirect(url_for(".own_sessions"), 303)

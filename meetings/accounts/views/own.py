"""Sign in and out, one's own sessions and password, language and size of text."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, session, url_for

from meetings.accounts import actions, queries, rules
from meetings.accounts.forms import ChangePasswordForm, SignInForm
from meetings.accounts.models import UserSession
from meetings.core import clock, i18n
from meetings.core.actor import Actor
from meetings.core.db import transaction, writing
from meetings.core.errors import DomainError
from meetings.core.i18n import LOCALES, SOURCE
from meetings.core.i18n import gettext as _
from meetings.core.settings import Settings
from meetings.core.web import ENDPOINTS_WITHOUT_VISIT, current_actor, safe_target

bp = Blueprint("accounts", __name__)

COOKIE = "luoshi_session"
VIEW_COOKIE = "luoshi_view"
SIZES = (0, 125, 150, 200)


def settings() -> Settings:
    found: Settings = current_app.config["LUOSHI"]
    return found


def load_actor() -> Actor | None:
    """Who the cookie says is asking. Notes the time of the visit at most once a minute."""
    locale, g.text_size = _strangers_view()
    i18n.use(locale)
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    now = clock.now()
    found = queries.signed_in(token, now=now, today=clock.today(), idle=idle())
    if found is None:
        return None
    visit, actor = found
    i18n.use(visit.locale)
    g.session_id, g.text_size, g.unread = visit.session_id, visit.text_size, visit.unread
    g.must_change_password = visit.must_change_password or rules.is_expired(visit.password_changed_at, now, profile())
    if now - visit.last_seen_at > timedelta(minutes=1) and request.endpoint not in ENDPOINTS_WITHOUT_VISIT:
        with writing():
            actions.note_visit(visit.session_id)
    return actor


def idle() -> timedelta:
    return timedelta(minutes=settings().idle_minutes)


def address() -> str:
    """Where the request came from; behind a proxy by ``LUOSHI_TRUSTED_PROXIES`` only."""
    return request.remote_addr or ""


def profile() -> rules.PasswordProfile:
    return rules.PROFILES[settings().password_profile]


def _strangers_view() -> tuple[str, int]:
    locale, _sep, size = request.cookies.get(VIEW_COOKIE, "").partition(".")
    return locale if locale in LOCALES else SOURCE, int(size) if size in {"125", "150", "200"} else 0


@bp.before_app_request
def ask_for_new_password() -> Any:
    """An account whose password must be changed reaches only the page that changes it."""
    if (
        g.get("actor")
        and g.get("must_change_password")
        and request.endpoint
        not in {
            "accounts.change_password",
            "accounts.sign_out",
            "accounts.switch_view",
            "static",
        }
    ):
        return redirect(url_for("accounts.change_password"), 303)
    return None


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    target = safe_target(request.args.get("next"))
    if g.actor is not None:
        return redirect(target or "/", 303)
    form, status = SignInForm(), 200
    if form.validate_on_submit():
        try:
            with writing():
                token = actions.sign_in(
                    form.name.data, form.password.data, address=address(), agent=request.user_agent.string
                )
        except DomainError as locked:
            form.refuse(locked)
            status = 429
        else:
            if token:
                return _signed_in(token, target or "/")
            form.refuse(DomainError("sign_in.wrong", field="password"))
            status = 401
    return render_template(
        "accounts/sign_in.html", form=form, target=target, idle_minutes=settings().idle_minutes
    ), status


def _signed_in(token: str, target: str) -> Any:
    session.clear()  # a new form token too: nothing from before the sign-in stays valid
    response = redirect(target, 303)
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings().https)
    return response


@bp.post("/sign-out")
def sign_out() -> Any:
    with writing():
        actions.sign_out(g.get("session_id", 0), by=current_actor(), address=address())
    session.clear()
    response = redirect(url_for(".sign_in"), 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=settings().https)
    return response


@bp.post("/view")
def switch_view() -> Any:
    """Another size of text or script; kept with the account, for strangers in a cookie."""
    locale = request.form.get("locale", i18n.locale())
    size = request.form.get("size", str(g.get("text_size", 0)))
    if locale not in LOCALES or size not in {str(s) for s in SIZES}:
        abort(400)
    response = redirect(safe_target(request.form.get("next")) or "/", 303)
    if g.actor is None:
        response.set_cookie(
            VIEW_COOKIE, f"{locale}.{size}", max_age=31_536_000, httponly=True, samesite="Lax", secure=settings().https
        )
    else:
        with transaction(by=current_actor()):
            actions.set_view(
                queries.own_account(current_actor()), locale=locale, text_size=int(size), by=current_actor()
            )
    return response


@bp.route("/account/password", methods=["GET", "POST"])
def change_password() -> Any:
    actor = current_actor()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            with writing():  # a wrong password is written down although nothing else is
                known = actions.confirm_password(queries.own_account(actor), form.current.data, address=address())
            if known:
                with transaction(by=actor):
                    user = queries.own_account(actor)
                    actions.change_password(
                        user,
                        password=form.password.data,
                        again=form.again.data,
                        profile=profile(),
                        keep_session=g.get("session_id"),
                    )
                flash(_("密码已修改，其他地方的登录已退出"))
                return redirect(url_for("dashboard.index"), 303)
            form.refuse(DomainError("password.current_wrong", field="current"))
        except DomainError as refusal:
            form.refuse(refusal)
    return render_template(
        "accounts/change_password.html",
        form=form,
        must_change=g.get("must_change_password", False),
        password_hint=password_hint(),
    )


def password_hint() -> str:
    """What a new password must be, in a sentence."""
    rule = profile()
    parts = [_("至少 %(n)s 位", n=rule.least_length)]
    if rule.least_kinds > 1:
        parts.append(_("含大写字母、小写字母、数字、符号中的 %(n)s 种", n=rule.least_kinds))
    parts.append(_("不含账号和常见词"))
    if rule.remembered:
        parts.append(_("不得与最近 %(n)s 次的相同", n=rule.remembered))
    return "，".join(parts) + "。"


@bp.get("/account/sessions")
def own_sessions() -> str:
    return render_template(
        "accounts/own_sessions.html",
        sessions=sessions_shown(queries.sessions_of(current_actor(), now=clock.now(), idle=idle())),
        current_id=g.get("session_id"),
    )


def sessions_shown(rows: Iterable[UserSession]) -> list[dict[str, Any]]:
    """Sessions as the pages list them: the browser by the name that people know."""
    return [
        {
            "id": row.id,
            "browser": rules.browser_of(row.agent) or _("其他程序"),
            "address": row.address,
            "begun_at": row.begun_at,
            "last_seen_at": row.last_seen_at,
        }
        for row in rows
    ]


@bp.post("/account/sessions/<int:session_id>/end")
def end_own_session(session_id: int) -> Any:
    with writing():
        actions.end_session(queries.find_session(current_actor(), session_id))
    flash(_("该处登录已退出"))
    return redirect(url_for(".own_sessions"), 303)

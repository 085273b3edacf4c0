"""The web side of core: who is asking, what is open to all, and how refusals are shown."""

import difflib
import hashlib
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import structlog
from flask import Flask, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import Environment
from markupsafe import Markup
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as Answer

from meetings.core import compression
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.core.errors import AlreadySubmitted, ChangedMeanwhile, DomainError, NotAllowed, NotFound
from meetings.core.forms import EditForm, Form, files_aside, files_fields
from meetings.core.i18n import N_, gettext
from meetings.core.once import Outcome, once

# The only pages that need no sign-in. A new page is closed until it is named here.
PUBLIC_ENDPOINTS = frozenset(
    {
        "static",
        "accounts.sign_in",
        "calendar.feed",
        "calendar.reply",
        "calendar.invited_meeting",
        "rounds.answer",
        "accounts.switch_view",
        "reporting.verify_form",
        "reporting.verify",
        "pages.accessibility",
        "pages.help",
        "health.live",
        "health.ready",
    }
)

# Asked by the page itself while its reader rests: they do not prolong a session.
ENDPOINTS_WITHOUT_VISIT = frozenset({"drafts.save", "drafts.key"})

log = structlog.get_logger("luoshi")

# What refusals are called; features add theirs through ``app.py``.
_words: dict[str, str] = {
    "not_found": N_("没有这个页面，或者您无权查看"),
    "changed_meanwhile": N_("您打开此页之后，别人已经保存过"),
    "form.key_missing": N_("此页已经失效，请返回重新打开"),
    "storage.full": N_("存储空间不足，文件没有保存，已填内容没有改动"),
    "permission.missing": N_("您没有办理此事的权限"),
    "workbook.too_large": N_("文件超过 %(most)s MB，请分成几个文件"),
    "workbook.not_one": N_("这不是 Excel 文件（.xlsx），请在 Excel 或 WPS 中另存为 .xlsx 后上传"),
    "workbook.locked": N_("这是旧版 .xls 或加了密码的文件，请去掉密码、另存为 .xlsx 后上传"),
    "workbook.broken": N_("Excel 文件已损坏，打不开"),
    "workbook.bomb": N_("文件解压后过大，没有读取"),
    "workbook.entities": N_("文件中有不该有的内容（XML 实体），没有读取"),
    "workbook.too_wide": N_(
        "表格的范围过大（一张表最多 10,000 行）。数据多的请分次上传；没有那么多的，请删去右边和下面的空行空列后保存再传"
    ),
    "workbook.too_many_rows": N_("最多 %(most)s 行，现有 %(count)s 行，请分成几个文件"),
    "workbook.cell_too_long": N_("有单元格超过 %(most)s 字，没有读取"),
    "workbook.unsolved": N_("%(cell)s 格的公式没有算出结果。请在 Excel 中打开保存一次，或者改成数值后再传"),
}


def add_words(words: Mapping[str, str]) -> None:
    """Make the wording of a feature's refusals known."""
    _words.update(words)


def words_of(error: DomainError) -> str:
    """The refusal in the reader's language."""
    return gettext(_words[error.code], **error.details)


def current_actor() -> Actor:
    """Who is asking; only where ``require_actor`` has let somebody in."""
    actor: Actor = g.actor
    return actor


def require(permission: str) -> Actor:
    """The actor, who must have the permission; otherwise the page does not exist for them."""
    actor = current_actor()
    if not actor.may(permission):
        raise NotFound
    return actor


Made = TypeVar("Made")

# Writes down that somebody decided to keep personal data: (subject, by=, address=). ``app.py`` names who does.
logs_of_kept_data: list[Callable[..., None]] = []
# Ends what was kept of a form before it was sent, in the same transaction.
ends_of_drafts: list[Callable[[Form], None]] = []


@contextmanager
def carried_out(form: Form, location: str = "") -> Iterator[Outcome]:
    """One transaction that carries the form out once; a decision to keep personal data is written down with it.

    For the few pages that ``carry_out`` does not fit. ``location`` is the page that comes next; where that is not
    known yet, the block says so in ``outcome.location``.
    """
    actor = current_actor()
    with transaction(by=actor), once(form.form_key.data, by=actor, location=location) as outcome:
        yield outcome
        if form.keeps_draft:
            for end in ends_of_drafts:
                end(form)
        if form.personal_data_kept:
            for log_kept in logs_of_kept_data:
                log_kept(request.path, by=actor, address=request.remote_addr or "")
    for aside in files_aside:
        aside.forget(form)


def carry_out(
    form: Form,
    act: Callable[[], Made],
    *,
    said: str | Callable[[Made], object],
    to: str | Callable[[Made], str],
    details: Mapping[str, object] | None = None,
) -> Answer | None:
    """Do what a right form asks, once, say so, and go on to the page ``to``; None where the form is to be shown.

    ``act`` loads the rows it changes: it runs inside the transaction, before ``to`` is asked, which is given what
    ``act`` returned. ``said`` is a sentence marked by ``N_`` that ``details`` fills in; or, where the words depend on
    what was done, what says them: it runs after the transaction, when rows are no longer at hand. A refusal is shown
    beside the field it is about; one that is about none goes on to the error page.
    """
    if not form.validate_on_submit():
        return None
    try:
        with carried_out(form, to if isinstance(to, str) else "") as outcome:
            made = act()
            if not isinstance(to, str):
                outcome.location = to(made)
    except DomainError as refusal:
        form.refuse(refusal)
        return None
    if isinstance(said, str):
        flash(gettext(said, **(details or {})))
    else:
        said(made)
    return redirect(outcome.location, 303)


def refuse_early(check: Callable[[], object]) -> None:
    """Refuse before anything is typed what may not be done now.

    What was sent by somebody who may is judged by the action itself: a form sent twice leads where the first one led.
    """
    try:
        check()
    except NotAllowed:
        raise
    except DomainError:
        if request.method == "GET":
            raise


class _Id(IntegerConverter):
    """An id in an address: no page has one that the database's integers cannot hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max": 2**31 - 1})


def identify(app: Flask, load_actor: Callable[[], Actor | None]) -> None:
    """Find out who asks, before every page; turn away whoever is nobody."""

    app.url_map.converters["int"] = _Id

    @app.url_value_preprocessor
    def limit_typed_text(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if request.mimetype == "application/x-www-form-urlencoded":  # files may be larger than what is typed
            request.max_content_length = app.config["MAX_FORM_MEMORY_SIZE"]

    @app.before_request
    def require_actor() -> Any:
        g.request_id = secrets.token_hex(6)
        if isinstance(request.routing_exception, SecurityError):  # no page can be addressed at a host that is not ours
            return Response(gettext("没有这个主机名，请核对网址"), 400, mimetype="text/plain")
        if request.endpoint == "static":
            return None
        g.actor = load_actor()
        if g.actor is None and request.endpoint not in PUBLIC_ENDPOINTS:
            if request.method in {"GET", "HEAD"} and request.endpoint is not None:
                target = request.full_path if request.query_string else request.path
                return redirect(url_for("accounts.sign_in", next=target), 303)
            return render_template("errors/signed_out.html"), 401
        return None


_TARGET = re.compile(r"/(?![/\\])[\x21-\x7e]*")


def safe_target(target: str | None) -> str | None:
    """The address to go on to after sign-in, if it is one of ours."""
    return target if target and _TARGET.fullmatch(target) and "\\" not in target else None


CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def send_headers(app: Flask) -> None:
    """Headers of every answer: nothing from elsewhere, nothing framed, nothing kept that needed a sign-in."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        if request.endpoint == "static":
            if request.args.get("v"):
                response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        return compression.packed(response)


def know_assets(app: Flask) -> None:
    """``asset("css/luoshi.css")``: an address that changes with the file, so that browsers may keep it."""

    @cache
    def version(path: str) -> str:
        return hashlib.sha256((Path(app.static_folder or "static") / path).read_bytes()).hexdigest()[:10]

    @cache
    def asset(path: str) -> str:
        return f"{app.static_url_path}/{path}?v={version(path)}"

    app.jinja_env.globals["asset"] = asset


def know_addresses(app: Flask) -> None:
    """``url_for`` of the templates remembers what it has built: a page asks for fifty addresses, and most again."""

    @lru_cache(maxsize=4096, typed=True)
    def built(_root: str, endpoint: str, *names_and_values: Any) -> str:
        return url_for(endpoint, **dict(zip(names_and_values[::2], names_and_values[1::2], strict=True)))

    def address(endpoint: str, **values: Any) -> str:
        if endpoint.startswith("."):
            endpoint = f"{request.blueprint}{endpoint}"
        try:
            return built(request.script_root, endpoint, *chain.from_iterable(values.items()))
        except TypeError:  # a list of values
            return url_for(endpoint, **values)

    app.jinja_env.globals["url_for"] = address
    app.jinja_env.globals["same_page"] = same_page


def same_page(**changes: object) -> str:
    """The address of this page with other values in its query; None takes one away, and it is the first page again."""
    query = [(name, value) for name, value in request.args.items(multi=True) if value and name not in changes]
    query = [(name, value) for name, value in query if name != "page"]
    query += [(name, str(value)) for name, value in changes.items() if value]
    here = quote(f"{request.script_root}{request.path}")
    return f"{here}?{urlencode(query)}" if query else here


def drawn(template: str, macro: str, *arguments: object) -> Markup:
    """What a macro of components/ makes of the arguments, drawn once: of macros that depend on nothing else."""
    return _drawn(current_app.jinja_env, template, macro, *arguments)


@lru_cache(maxsize=4096, typed=True)
def _drawn(environment: Environment, template: str, macro: str, *arguments: object) -> Markup:
    return Markup(getattr(environment.get_template(template).module, macro)(*arguments))  # noqa: S704 -- a macro's


def show_errors(app: Flask) -> None:  # noqa: C901 -- one handler for each kind of error, side by side
    """Show what the domain refuses as pages, in one place, so that no view has to catch it."""

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> Any:
        db.session.rollback()
        if isinstance(error, AlreadySubmitted):
            flash(gettext("这份表单已经提交过，没有重复登记"))
            return redirect(error.location, 303)
        if isinstance(error, ChangedMeanwhile):
            return conflict_page(error)
        if isinstance(error, NotFound):
            return render_template("errors/404.html"), 404
        who = gettext(_words[f"{error.code}.who"]) if f"{error.code}.who" in _words else None
        return render_template(
            "errors/refused.html",
            words=words_of(error),
            who=who,
            back=_back(),
            not_allowed=isinstance(error, NotAllowed),
        ), error.status

    @app.errorhandler(StaleDataError)
    def changed_meanwhile(_error: StaleDataError) -> Any:
        db.session.rollback()
        return render_template(
            "errors/refused.html",
            words=words_of(DomainError("changed_meanwhile")),
            who=None,
            back=_back(),
            not_allowed=False,
        ), 409

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> Any:
        return render_template("errors/400.html"), 400

    @app.errorhandler(OperationalError)
    def out_of_room(error: OperationalError) -> Any:
        db.session.rollback()
        full = "disk is full" in str(error.orig) or "No space left" in str(error.orig)
        log.error("database", request_id=g.get("request_id"), error=str(error.orig))
        return render_template("errors/500.html", request_id=g.get("request_id"), full=full), 503 if full else 500

    @app.errorhandler(DataError)
    @app.errorhandler(OverflowError)
    def out_of_range(error: Exception) -> Any:
        """Something no form of ours sends: a NUL or a number that the database cannot hold."""
        db.session.rollback()
        log.warning(
            "out of range", request_id=g.get("request_id"), endpoint=request.endpoint, error=type(error).__name__
        )
        return render_template("errors/400.html"), 400

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Any:
        code = error.code or 500
        name = {404: "404", 405: "404", 413: "413", 429: "429"}.get(code, "400" if code < 500 else "500")
        return render_template(f"errors/{name}.html", request_id=g.get("request_id"), full=False), code

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Any:
        if current_app.testing:
            raise error
        db.session.rollback()
        log.error(
            "bug",
            exc_info=error,
            request_id=g.get("request_id"),
            endpoint=request.endpoint,
            user_id=g.actor.user_id if g.get("actor") else None,
        )
        return render_template("errors/500.html", request_id=g.get("request_id"), full=False), 500


def _back() -> str:
    referrer = request.referrer or ""
    path = referrer.removeprefix(request.host_url.rstrip("/")) if referrer.startswith(request.host_url) else ""
    return safe_target(path) or "/"


# Who saved a row last, and when, as far as it is known; ``app.py`` names who knows.
who_saved: list[Callable[[Any], tuple[str, datetime] | None]] = []

Segment = tuple[str, str]  # ("same" | "ins" | "del", text)


def conflict_page(error: ChangedMeanwhile) -> Any:
    """Both texts side by side: what stands now, and what the reader typed. Nothing was saved."""
    form = g.get("form")
    if not isinstance(form, EditForm):
        return render_template(
            "errors/refused.html", words=words_of(error), who=None, back=_back(), not_allowed=False
        ), 409
    now = form.values_of(error.row)
    rows, choices = [], {}
    for field in form:
        if field.name not in now or field.name in form.NOT_PAYLOAD:
            continue
        theirs, mine = shown(field, now[field.name]), shown(field, field.data)
        if theirs != mine:
            rows.append((field.label.text, *compare(theirs, mine), field.name))
            choices[field.name] = (sent_as(field, now[field.name]), request.form.get(field.name, ""))
    one_by_one = len(rows) > 1 and all(theirs is not None for theirs, _mine in choices.values())
    saved = next(filter(None, (who(error.row) for who in who_saved)), (None, None))
    form.version.data = form.version.raw_data = None
    form.keep_files()
    return render_template(
        "errors/conflict.html",
        rows=rows,
        choices=choices if one_by_one else {},
        by=saved[0],
        at=saved[1],
        form=form,
        fresh_version=now["version"],
        aside=[(field.aside_name, file.id) for field in files_fields(form) for file in field.aside],
        back=request.path,
        action=request.full_path,
    ), 409


def shown(field: Any, value: Any) -> str:
    """A field's value in words, as the conflict page compares it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    choices = {str(key): str(word) for key, word, *_rest in getattr(field, "choices", None) or ()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return "、".join(choices.get(str(item), str(item)) for item in value)
    if choices:
        return gettext(choices.get(str(value), str(value)))
    return str(field.written(value)) if hasattr(field, "written") else str(value)


def sent_as(field: Any, value: Any) -> str | None:
    """A value as a browser sends it for this field; None where one control is not enough for it."""
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        return None
    if isinstance(value, bool):
        return "y" if value else ""
    if value is None:
        return ""
    return str(field.written(value)) if hasattr(field, "written") else str(value)


def compare(theirs: str, mine: str) -> tuple[list[Segment], list[Segment]]:
    """What was taken out on the one side and put in on the other, character by character."""
    left: list[Segment] = []
    right: list[Segment] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if tag == "equal":
            left.append(("same", theirs[a:b]))
            right.append(("same", mine[c:d]))
            continue
        if b > a:
            left.append(("del", theirs[a:b]))
        if d > c:
            right.append(("ins", mine[c:d]))
    return left, right


csrf = CSRFProtect()


def compare_lines(theirs: str, mine: str) -> list[tuple[list[Segment], list[Segment]]]:
    """The lines that differ between two long texts, each pair as ``compare`` shows it."""
    before, now = theirs.split("\n"), mine.split("\n")
    matched = difflib.SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
    return [compare("\n".join(before[a:b]), "\n".join(now[c:d])) for tag, a, b, c, d in matched if tag != "equal"]

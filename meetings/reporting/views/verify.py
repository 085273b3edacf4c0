"""The public page that confirms a paper."""

from typing import Any

from flask import abort, g, redirect, render_template, request, url_for

from meetings.core import clock
from meetings.core.limits import Limiter
from meetings.reporting import queries, rules
from meetings.reporting.views.blueprint import bp

_limiter = Limiter()


@bp.get("/verify")
def verify_form() -> Any:
    """Type a code; the answer has an address of its own."""
    if (typed := request.args.get("code", "").strip()) and (code := rules.read_code(typed)):
        return redirect(url_for(".verify", code=code), 303)
    return render_template("reporting/verify_form.html", typed=typed[:100], is_wrong=bool(typed))


@bp.get("/verify/<code>")
def verify(code: str) -> Any:
    """Number, day and hash of a paper; its title only for who may see the paper."""
    if not _limiter.admits(request.remote_addr or "", clock.now().timestamp()):
        abort(429)
    kept = rules.read_code(code)
    found = queries.verified(kept) if kept else None
    if found is None:
        return render_template("reporting/verify_form.html", typed=code[:100], is_wrong=True), 404
    actor = g.get("actor")
    return render_template(
        "reporting/verify.html",
        paper=found,
        code=rules.grouped(found.verification_code),
        made_on=clock.local(found.made_at).date(),
        void_on=queries.void_on(found) if found.approval_id else None,
        signed_in=actor is not None,
        may_see=actor is not None and queries.is_visible(found, actor=actor),
    )

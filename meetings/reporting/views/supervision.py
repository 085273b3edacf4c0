"""A 督办通知单 with its second part filled in."""

from flask import Response, request

from meetings.core.db import writing
from meetings.core.errors import NotFound
from meetings.core.i18n import gettext as _
from meetings.core.web import current_actor
from meetings.reporting import actions, queries
from meetings.reporting.catalogue import PAPERS
from meetings.reporting.catalogue.signing import drawn, numbered_marks
from meetings.reporting.gather.supervision_notice import answered
from meetings.reporting.views.blueprint import bp, file
from meetings.reporting.views.drafts import data_of
from meetings.supervision import queries as steps


@bp.get("/reports/supervision-notices/<int:step_id>.pdf")
def answered_notice(step_id: int) -> Response:
    """The numbered notice with receipt, result and opinions as they are known; for whoever sees the step."""
    actor = current_actor()
    step = steps.find_step(step_id, actor=actor)
    if step.notice is None or step.approval is None or step.approval.number is None:
        raise NotFound
    row = queries.find_draft(step.approval.id, actor=actor)
    data = answered(data_of(row, actor), step)
    content = drawn(PAPERS[row.code], data, numbered_marks(step.approval), actor=actor)
    said = _("%(title)s（反馈单）", title=step.approval.title)
    with writing():
        actions.note_print(said, by=actor, address=request.remote_addr or "")
    return file(content, f"{said}.pdf")

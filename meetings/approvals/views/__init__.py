"""What the pages of papers share of 签批. The pages themselves are ``reporting``'s, which knows the papers."""

from flask import Blueprint

from meetings.approvals.models import ApprovalStatus
from meetings.approvals.views.signature import signature_of
from meetings.approvals.words import STATUSES
from meetings.core.i18n import gettext as _

__all__ = ["bp", "signature_of"]

bp = Blueprint("approvals", __name__)


@bp.app_template_filter("approval_status")
def approval_status(status: ApprovalStatus) -> str:
    """待核稿, 已印发 …"""
    return _(STATUSES[status])

"""Wording of documents."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.documents.models import DocumentKind

KINDS: Mapping[DocumentKind, str] = {
    DocumentKind.SCHEME: N_("方案"),
    DocumentKind.PLAN: N_("规划"),
    DocumentKind.FROM_ABOVE: N_("上级来文"),
    DocumentKind.DIVISION: N_("任务分解"),
    DocumentKind.OTHER: N_("其他"),
}

REFUSALS: Mapping[str, str] = {
    "document.not_yours": N_("文件由办公室登记，您可以查阅"),
    "document.not_yours.who": N_("妇儿工委办主任、工作人员"),
    "document.issued_ahead": N_("印发日期不能晚于今天"),
}

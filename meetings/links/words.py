"""Wording of addresses that open something without a sign-in."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.links.rules import LinkState

STATES: Mapping[LinkState, str] = {
    LinkState.OPEN: N_("有效"),
    LinkState.USED: N_("已用"),
    LinkState.REVOKED: N_("已作废"),
    LinkState.EXPIRED: N_("已过期"),
}

REFUSALS: Mapping[str, str] = {
    "link.not_open": N_("这个链接已经用过、过期或作废，没有报送"),
}

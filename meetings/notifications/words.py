"""Wording of the inbox, of messages and of refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.notifications.models import Channel, MessageStatus

CHANNELS: Mapping[Channel, str] = {Channel.MAIL: N_("邮件"), Channel.WEBHOOK: N_("消息网关")}

MESSAGE_STATUSES: Mapping[MessageStatus, str] = {
    MessageStatus.WAITING: N_("待发"),
    MessageStatus.SENDING: N_("正在发"),
    MessageStatus.SENT: N_("已发"),
    MessageStatus.FAILED: N_("未发出"),
}

REFUSALS: Mapping[str, str] = {
    "notice.address_form": N_("邮箱地址不完整，应如 name@example.gov.cn"),
    "notice.address_needed": N_("要收邮件，请填写邮箱地址"),
}

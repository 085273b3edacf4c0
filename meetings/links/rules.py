"""Whether an address holds. Pure."""

from datetime import datetime
from enum import StrEnum

from meetings.links.models import Link


class LinkState(StrEnum):
    """How an address stands; what was used stays used, what was revoked stays revoked."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


def state_of(link: Link, now: datetime) -> LinkState:
    if link.used_at is not None:
        return LinkState.USED
    if link.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.EXPIRED if link.expires_at <= now else LinkState.OPEN

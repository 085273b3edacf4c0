"""How long a one-time address holds. Pure."""

LINK_DAYS = 7
MOST_LINK_DAYS = 30


def checked_days(days: int) -> int:
    """A number of days from 1 to 30, whatever was asked."""
    return min(max(days, 1), MOST_LINK_DAYS)

"""Who is acting: a plain value, so that rules need neither Flask nor the database."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in account, or the system itself (``user_id`` None), within one committee.

    ``unit_ids`` holds the account's own unit and those it stands in for today. ``roles`` are codes of
    ``accounts.models.Role``; ``permissions`` follow from them (see ``accounts.rules``).
    """

    user_id: int | None
    name: str
    committee_id: int
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    permissions: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        return permission in self.permissions

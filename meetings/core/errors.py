"""Errors that the domain raises and the web layer words."""


class DomainError(Exception):
    """A rule says no. ``code`` names the message; ``details`` fills it in.

    ``field`` names the form field that the refusal is about, if it is about one.
    """

    status = 409

    def __init__(self, code: str, *, field: str | None = None, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.details = details


class NotAllowed(DomainError):
    """The actor may not do this, whatever the state."""

    status = 403


class NotFound(DomainError):
    """There is no such row, or the actor may not know of it."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not_found")


class ChangedMeanwhile(DomainError):
    """Somebody else saved the row since the form was opened; ``row`` is as it stands now."""

    def __init__(self, row: object) -> None:
        super().__init__("changed_meanwhile")
        self.row = row


class AlreadySubmitted(DomainError):
    """The same form was sent twice; ``location`` is where the first one led."""

    status = 303

    def __init__(self, location: str) -> None:
        super().__init__("already_submitted")
        self.location = location

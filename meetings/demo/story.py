"""What happened so far in the demo committee: three meetings, thirty tasks, made by the same actions as any other."""

from datetime import date

from sqlalchemy import select

from meetings.core.db import db
from meetings.core.storage import Storage
from meetings.demo import texts
from meetings.demo.gatherings import Gatherings
from meetings.demo.handling import Handling
from meetings.demo.papers import Papers
from meetings.demo.reminders import Reminders
from meetings.demo.requests import Requests
from meetings.demo.rounds import Rounds
from meetings.directory.models import Unit, UnitKind


def tell(committee_id: int, storage: Storage) -> None:
    """Fill the committee with its past, ending today: everything in order, from the earlier meeting on."""
    gatherings, handling = Gatherings(committee_id, storage), Handling(committee_id, storage)
    earlier = gatherings.earlier()
    for plot in texts.EARLIER_PLOTS:
        handling.tell(plot, earlier)
    meeting = gatherings.main(earlier)
    for plot in texts.PLOTS:
        handling.tell(plot, meeting)
    gatherings.upcoming(meeting)
    readers = list(db.session.scalars(select(Unit.id).where(Unit.kind == UnitKind.MEMBER)))
    papers = Papers(staff=handling.staff, director=handling.director, storage=storage, on=handling.on)
    papers.tell(readers, date(handling.today.year, 1, 1))
    Rounds(committee_id, storage).tell()
    Reminders(committee_id, storage).tell()
    Requests(committee_id, storage).tell()

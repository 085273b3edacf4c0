"""文号: given by the system or typed from the office's register; 机关代字 with the days from which they hold."""

from datetime import date

from meetings.approvals import queries, rules
from meetings.approvals.actions.steps import _step, hold
from meetings.approvals.models import Approval, ApprovalAction, DocumentNumber, NumberForm, NumberPrefix
from meetings.approvals.rules import Numbering
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError, NotAllowed
from meetings.numbering.actions import held_last, move_on, next_number


def give_number(
    approval: Approval, numbering: Numbering | None, *, sequence: int | None = None, note: str = "", by: Actor
) -> DocumentNumber:
    """Number a signed paper, in the series of the year in which it was signed.

    ``sequence`` is None for the next number, or what the office's register says: the series goes on after it.
    ``note`` says why numbers were passed over.

    Raises ``NotAllowed``; ``DomainError`` ``number.no_prefix``; ``number.taken`` (field ``sequence``),
    ``number.gap_note_needed`` (``note``).
    """
    if numbering is None:
        raise DomainError("number.no_prefix")
    hold(approval)
    _step(approval, ApprovalAction.NUMBER, note=note, by=by)
    year = (approval.signed_on or clock.today()).year
    committee_id, series = approval.committee_id, numbering.series
    if sequence is None:
        given = next_number(committee_id, series, year)
    else:
        last = held_last(committee_id, series, year)
        if queries.is_taken(committee_id, numbering, year, sequence):
            raise DomainError("number.taken", field="sequence", text=numbering.registered(year, sequence))
        rules.check_gap(sequence, last=last, note=note)
        move_on(committee_id, series, year, to=sequence)
        given = sequence
    row = DocumentNumber(
        committee_id=committee_id,
        approval_id=approval.id,
        form=numbering.form,
        prefix=numbering.prefix,
        year=year,
        sequence=given,
        text=numbering.registered(year, given),
        is_typed=sequence is not None,
        note=note.strip(),
        given_on=clock.today(),
        given_by_name=by.name[:100],
    )
    db.session.add(row)
    db.session.flush()
    return row


def add_prefix(*, kind: str, form: NumberForm, prefix: str, from_on: date, by: Actor) -> NumberPrefix:
    """Set the 机关代字 of a kind of paper from a day on.

    Raises ``NotAllowed``; ``DomainError`` ``number.prefix_form`` (``prefix``), ``number.prefix_day_taken``
    (``from_on``).
    """
    row = NumberPrefix(committee_id=by.committee_id, kind=kind)
    _set(row, form=form, prefix=prefix, from_on=from_on, by=by)
    db.session.add(row)
    db.session.flush()
    return row


def edit_prefix(row: NumberPrefix, *, form: NumberForm, prefix: str, from_on: date, by: Actor) -> None:
    """Change a 机关代字; numbers given by it stay as they are. Raises what ``add_prefix`` raises."""
    _set(row, form=form, prefix=prefix, from_on=from_on, by=by)


def _set(row: NumberPrefix, *, form: NumberForm, prefix: str, from_on: date, by: Actor) -> None:
    if not by.may("papers.settings"):
        raise NotAllowed("permission.missing")
    rules.check_prefix(prefix)
    if queries.is_prefix_day_taken(by.committee_id, row.kind, from_on, except_id=row.id):
        raise DomainError("number.prefix_day_taken", field="from_on")
    row.form, row.prefix, row.from_on = form, prefix, from_on

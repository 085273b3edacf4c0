"""A paper with what 签批 gives it: its number, the day of its signing, how urgent it is, room for the seal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from meetings.approvals.models import Approval, PaperUrgency
from meetings.approvals.rules import REPORTS, Numbering, listed
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.directory.queries import names_of_committee
from meetings.reporting.catalogue.entry import Entry
from meetings.reporting.catalogue.papers import FORMATS, PAPERS, data_kind
from meetings.reporting.models import Paper
from reports import draft_sheet
from reports.blocks import Official, Report
from reports.draft_sheet import DraftSheet
from reports.freezing import freeze, thaw
from reports.imprint import Imprint

_URGENCY: Mapping[PaperUrgency, Literal["", "加急", "特急"]] = {
    PaperUrgency.NONE: "",
    PaperUrgency.URGENT: "加急",
    PaperUrgency.EXTRA_URGENT: "特急",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """``number`` None is a draft (〔2026〕　号). ``day`` is the 成文日期, ``registered`` the number of the register."""

    numbering: Numbering
    day: date
    urgency: PaperUrgency
    signing: Literal["seal", "stamp", "plain"] = "plain"
    cosigners: tuple[str, ...] = ()
    signer_posts: tuple[str, ...] = ()
    number: str | None = None
    registered: str = ""
    verification_code: str = ""
    verify_address: str | None = None
    audit_head: str = ""
    filter_text: str = ""


def marks_of(approval: Approval, numbering: Numbering | None, **given: Any) -> Marks:
    """What the draft sheet says of a paper; until it is signed its day is today."""
    return Marks(
        numbering=numbering or REPORTS,
        day=approval.signed_on or clock.today(),
        urgency=approval.urgency,
        signing=approval.signing.value,
        cosigners=listed(approval.cosigners),
        signer_posts=listed(approval.signer_posts),
        **given,
    )


def numbered_marks(approval: Approval) -> Marks:
    """The marks of a numbered paper; needs ``approval.number``."""
    number = approval.number
    if number is None:
        return marks_of(approval, None)
    numbering = Numbering(number.form, number.prefix)
    return marks_of(approval, numbering, number=numbering.printed(number.year, number.sequence))


def drawn(entry: Entry, data: Any, marks: Marks, *, actor: Actor, suffix: str = "pdf") -> bytes:
    """The bytes of a paper from its data and its marks; a 报表类 paper carries them in its foot only."""
    composed = _marked(entry.compose(data), marks, clock.today())
    said = Imprint(
        issuer=names_of_committee(actor.committee_id, marks.day).office,
        printed_at=clock.local(clock.now()).replace(microsecond=0),
        printed_by=actor.name,
        number=marks.registered,
        verification_code=marks.verification_code,
        verify_address=marks.verify_address,
        audit_head=marks.audit_head or None,
        filter_text=marks.filter_text,
        preview=marks.number is None,
    )
    return FORMATS[suffix].render(composed, said)


def _marked(composed: Report | Official, marks: Marks, today: date) -> Report | Official:
    """A 公文类 paper with its marks; numbered, it is printed ``today``."""
    if not isinstance(composed, Official):
        return composed
    return replace(
        composed,
        number=marks.number,
        number_prefix=marks.numbering.prefix if marks.numbering is not REPORTS else "",
        year=marks.day.year if marks.number or composed.year is not None else None,
        day=marks.day,
        urgency=_URGENCY[marks.urgency],
        signing=marks.signing,
        cosigners=marks.cosigners,
        signer_posts=marks.signer_posts,
        printed_on=today if marks.number and composed.printed_by else composed.printed_on,
    )


def copy(paper: Paper, content: bytes, approval: Approval | None, suffix: str) -> bytes:
    """A paper that was made, in another format of ``FORMATS``: of its data as frozen, with its number and marks.

    ``approval`` is its draft sheet with the number, None where it had no 签批. ValueError for data of another kind.
    """
    entry = PAPERS[paper.code]
    composed = entry.compose(thawed(entry, content))
    made_at = clock.local(paper.made_at).replace(microsecond=0)
    chosen = paper.parameters.get("as_of")
    day = date.fromisoformat(chosen) if chosen else made_at.date()
    if approval and (number := approval.number):
        numbering = Numbering(number.form, number.prefix)
        marks = marks_of(approval, numbering, number=numbering.printed(number.year, number.sequence))
        composed, day = _marked(composed, marks, made_at.date()), marks.day
    said = Imprint(
        issuer=names_of_committee(paper.committee_id, day).office,
        printed_at=made_at,
        printed_by=paper.made_by_name,
        number=paper.number,
        filter_text=paper.filter_text,
    )
    return FORMATS[suffix].render(composed, said)


def sheet_drawn(sheet: DraftSheet, *, actor: Actor) -> bytes:
    """The draft sheet as PDF."""
    said = Imprint(
        issuer=names_of_committee(actor.committee_id, clock.today()).office,
        printed_at=clock.local(clock.now()).replace(microsecond=0),
        printed_by=actor.name,
        number=sheet.number,
    )
    return FORMATS["pdf"].render(draft_sheet.compose(sheet), said)


def frozen(data: Any) -> bytes:
    """The paper's data as they are kept from 签发 on."""
    return freeze(data)


def thawed(entry: Entry, content: bytes) -> Any:
    """The data of a paper of this kind from what ``frozen`` made of them."""
    return thaw(data_kind(entry), content)

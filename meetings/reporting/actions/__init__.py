"""What people do with papers. None of them commits."""

from meetings.reporting.actions.making import make, note_print
from meetings.reporting.actions.signing import draft_paper, edit_paper, number_paper, record_signed_sheet, sign_paper
from meetings.reporting.actions.urging import begin_step

__all__ = [
    "begin_step",
    "draft_paper",
    "edit_paper",
    "make",
    "note_print",
    "number_paper",
    "record_signed_sheet",
    "sign_paper",
]

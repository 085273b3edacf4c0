"""By which rule lights change: the office decides, the audit keeps what held before."""

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.tasks.models import LightSetting


def set_lights(
    setting: LightSetting,
    *,
    due_soon_working_days: int,
    receipt_working_days: int,
    counts_receipts: bool,
    counts_reports: bool,
    counts_stages: bool,
    by: Actor,
) -> None:
    """Let another rule hold from now on. Receipts that are owed already keep their day."""
    setting.due_soon_working_days, setting.receipt_working_days = due_soon_working_days, receipt_working_days
    setting.counts_receipts, setting.counts_reports = counts_receipts, counts_reports
    setting.counts_stages = counts_stages
    db.session.add(setting)

"""Drafts that nobody touched for long go, once a day."""

from datetime import time

from meetings.core.db import writing
from meetings.core.i18n import N_
from meetings.drafts import actions
from meetings.jobs.rules import Handler, Schedule
from meetings.jobs.runner import Running


def clean(job: Running) -> None:
    with writing():
        actions.clean()
        job.complete()


JOBS = (Handler("drafts.clean", N_("清理长期未动的草稿"), clean),)
SCHEDULES = (Schedule("drafts.clean", time(3, 40)),)

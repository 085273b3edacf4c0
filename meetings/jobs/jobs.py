"""The jobs feature's own job: forget what ended long ago."""

from datetime import time

from meetings.core.db import writing
from meetings.core.i18n import N_
from meetings.jobs import actions
from meetings.jobs.rules import Handler, Schedule
from meetings.jobs.runner import Running


def tidy(job: Running) -> None:
    with writing():
        actions.tidy()
        job.complete()


JOBS = (Handler("jobs.tidy", N_("清理后台任务记录"), tidy),)
SCHEDULES = (Schedule("jobs.tidy", time(3, 20)),)

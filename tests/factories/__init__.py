"""The least valid row of each kind. What a test depends on it names itself.

Rows are saved in a transaction of the system's, so they are audited like any other.
"""

from tests.factories.evaluations import evaluation, handed_out, visit
from tests.factories.files import attachment, document, job
from tests.factories.meetings import meeting, meeting_kind, requirement, speech
from tests.factories.people import (
    actor,
    committee,
    director,
    group,
    head,
    liaison,
    person,
    post,
    staff,
    the_committee,
    unit,
    user,
)
from tests.factories.plans import domain, figure, goal, indicator, measure, plan
from tests.factories.rows import save
from tests.factories.tasks import (
    consultation,
    draft,
    events_of,
    instruction,
    issued,
    report,
    step,
    supervision_step,
    task,
    under_way,
)

__all__ = [
    "actor",
    "attachment",
    "committee",
    "consultation",
    "director",
    "document",
    "domain",
    "draft",
    "evaluation",
    "events_of",
    "figure",
    "goal",
    "group",
    "handed_out",
    "head",
    "indicator",
    "instruction",
    "issued",
    "job",
    "liaison",
    "measure",
    "meeting",
    "meeting_kind",
    "person",
    "plan",
    "post",
    "report",
    "requirement",
    "save",
    "speech",
    "staff",
    "step",
    "supervision_step",
    "task",
    "the_committee",
    "under_way",
    "unit",
    "user",
    "visit",
]

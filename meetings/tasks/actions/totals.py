"""Stored counts of tasks by status, kept in the same transaction as the step that changes them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby

from sqlalchemy.dialects import postgresql, sqlite

from meetings.core.db import db
from meetings.tasks import rules
from meetings.tasks.models import Task, TaskStatus, TaskTotal, TotalOf, UnitRole

Subject = tuple[TotalOf, int]
Key = tuple[TotalOf, int, TaskStatus, str]
_COLUMNS = ("task_count", "on_time_count", "on_time_original_count")
_GATHERED = "tasks.totals"


def subjects_of(task: Task) -> list[Subject]:
    """Everything that counts this task; needs ``task.units``."""
    subjects = [(TotalOf.COMMITTEE, task.committee_id), (TotalOf.LEAD_UNIT, task.lead_unit_id)]
    subjects += [(TotalOf.COOPERATING_UNIT, part.unit_id) for part in task.units if part.role is UnitRole.COOPERATING]
    if task.meeting_id is not None:
        subjects.append((TotalOf.MEETING, task.meeting_id))
    return subjects


def changes(task: Task, counts: Mapping[TaskStatus, int], *, subjects: Sequence[Subject] | None = None) -> Counter[Key]:
    """What this task adds to the counts of its subjects, by status and column; negative where it leaves."""
    return Counter(
        {
            (of, subject_id, status, column): count
            for of, subject_id in (subjects_of(task) if subjects is None else subjects)
            for status, count in counts.items()
            for column in rules.counted_in(status, task.submitted_on, task.due_on, task.original_due_on)
        }
    )


def write(committee_id: int, counts: Counter[Key]) -> None:
    """Add the changes to the rows, in one order, so that two writers never wait for each other."""
    gathered = db.session().info.get(_GATHERED)
    if gathered is not None:
        _sum(gathered, counts)
        return
    rows = []
    changed = sorted(item for item in counts.items() if item[1])
    for (of, subject_id, status), items in groupby(changed, key=lambda item: item[0][:3]):
        of_columns = dict.fromkeys(_COLUMNS, 0) | {key[3]: count for key, count in items}
        rows.append({"committee_id": committee_id, "of": of, "subject_id": subject_id, "status": status, **of_columns})
    if not rows:
        return
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(TaskTotal).values(rows)
    db.session.flush()
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["committee_id", "of", "subject_id", "status"],
            set_={name: getattr(TaskTotal, name) + statement.excluded[name] for name in _COLUMNS},
        )
    )


@contextmanager
def gathered(committee_id: int) -> Iterator[None]:
    """Within the block changes are added up and written once at its end: for acts on many tasks."""
    info = db.session().info
    info[_GATHERED] = counts = Counter[Key]()
    try:
        yield
    finally:
        info.pop(_GATHERED)
    write(committee_id, counts)


def _sum(into: Counter[Key], counts: Counter[Key]) -> None:
    for key, count in counts.items():
        into[key] += count

"""Carry out what the rows of a table ask, all or nothing, by the same actions as the pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.core.workbook import Grid, read
from meetings.directory import actions as directory
from meetings.directory import queries as units
from meetings.directory.models import Person
from meetings.exchange.actions import plans as plan_rows
from meetings.exchange.queries.names import unit_names
from meetings.exchange.queries.plans import open_plans
from meetings.exchange.rules import plans as plan_rules
from meetings.exchange.rules import unit_form
from meetings.exchange.rules import units as units_rules
from meetings.exchange.rules.cells import Units
from meetings.exchange.rules.kinds import TableKind
from meetings.exchange.rules.people import OF_PERSON, OF_POST
from meetings.exchange.rules.progress import amounts_of, standards_of
from meetings.exchange.rules.tables import Line, Outcome, count, find_headings, fingerprint, lines
from meetings.exchange.rules.unit_form import UnitForm
from meetings.plans.actions import values as plans
from meetings.tasks import actions as tasks
from meetings.tasks import queries as task_queries
from meetings.tasks.models import Task

OF_PLANS = frozenset({"goals", "indicators"})
_AT_ONCE = 200  # tasks that are loaded together


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do: its rows, what else stands in its headings, and whose form it is where it is one unit's."""

    lines: Sequence[Line]
    unknown: Sequence[str]
    units: Units
    form: UnitForm | None

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return count(self.lines)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.lines)

    @property
    def may_be_carried_out(self) -> bool:
        """No row is wrong, and at least one asks for something."""
        counts = self.counts
        return not counts[Outcome.WRONG] and bool(counts[Outcome.NEW] + counts[Outcome.CHANGED])


def form_secret(secret_key: str) -> bytes:
    """What codes of forms are made with: the application's secret, for this use alone."""
    return f"unit form {secret_key}".encode()


def preview(
    kind: TableKind,
    content: bytes,
    *,
    secret: bytes,
    personal_data_confirmed: bool = False,
    plan: str = "",
    by: Actor,
) -> Preview:
    """Read a file and say what each row would become; writes nothing.

    Raises what ``core.workbook.read`` and ``rules.tables.find_headings`` raise, ``table.empty``, and for a unit's form
    ``form.forged`` and ``form.not_progress``.
    """
    if not kind.is_for(by):
        raise NotAllowed("permission.missing")
    grids = read(content)
    grid = next((grid for grid in grids if grid.name == kind.title), grids[0] if grids else None)
    if grid is None:
        raise DomainError("table.empty", field="files")
    return preview_grid(kind, grid, plan=plan, secret=secret, personal_data_confirmed=personal_data_confirmed, by=by)


def preview_grid(
    kind: TableKind, grid: Grid, *, plan: str, secret: bytes, personal_data_confirmed: bool, by: Actor
) -> Preview:
    """What each row of a sheet would become; raises as ``preview``. Rows without a plan mean ``plan``."""
    if not kind.is_for(by):
        raise NotAllowed("permission.missing")
    if kind.code in OF_PLANS:
        rows, merged = plan_rules.prepared(grid.rows, grid.merged, kind.columns, plan)
        grid = Grid(grid.name, rows, merged)  # type: ignore[arg-type]  # cells as they were read
    if not grid.rows:
        raise DomainError("table.empty", field="files")
    headings = find_headings(grid.rows, kind.columns)
    form = unit_form.found(grid.rows, headings, secret=secret)
    names = unit_names(by)
    if kind.code == "units":
        names = units_rules.with_new(names, grid.rows, headings)
    present = kind.present(by, None)
    found = lines(
        grid.rows,
        kind.columns,
        headings,
        present={row.key: row for row in present},
        units=names,
        merged=grid.merged,
        may_be_new=kind.may_be_new,
        personal_data_confirmed=personal_data_confirmed,
    )
    if not found:
        raise DomainError("table.empty", field="files")
    if kind.code in OF_PLANS:
        plan_rules.check_plans(found, open_plans(by))
    kind.check(found, present)
    return Preview(found, headings.unknown, names, form)


class RowsRefused(DomainError):
    """A row could not be carried out; ``line`` says which and why, and nothing was."""

    def __init__(self, line: Line, why: DomainError) -> None:
        super().__init__("table.row_refused", field="files", number=line.number)
        self.line = line
        self.why = why


def carry_out(kind: TableKind, rows: Sequence[Line], *, head_confirms_every: bool, by: Actor) -> int:
    """Do what the rows ask; how many rows did something. Raises ``RowsRefused`` for the first that was refused."""
    if not kind.is_for(by):
        raise NotAllowed("permission.missing")
    asked = [line for line in rows if line.outcome in {Outcome.NEW, Outcome.CHANGED}]
    if kind.code == "progress":
        _report(asked, head_confirms_every=head_confirms_every, by=by)
    else:
        _CARRY_OUT[kind.code](asked, by)
    return len(asked)


class _Refusing:
    """What a rule says to a row is told with the row."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, DomainError) and not isinstance(error, RowsRefused):
            self.line.refuse(error)
            raise RowsRefused(self.line, error) from error


# Units


def _units(rows: Sequence[Line], by: Actor) -> None:
    """New units first, those above before those below: a row names a new unit by minus its row's number."""
    made: dict[int, int] = {}
    new = {-line.number: line for line in rows if line.outcome is Outcome.NEW}
    for line in new.values():
        _make_unit(line, new, made, frozenset(), by)
    for line in rows:
        if line.outcome is Outcome.CHANGED:
            with _Refusing(line):
                _change_unit(line, made, by)


def _make_unit(line: Line, new: Mapping[int, Line], made: dict[int, int], above: frozenset[int], by: Actor) -> None:
    if -line.number in made:
        return
    with _Refusing(line):
        parent = line.values["parent_id"]
        if parent in above or parent == -line.number:
            raise DomainError("unit.parent_below", field="parent_id")
        if parent in new:
            _make_unit(new[parent], new, made, above | {-line.number}, by)
        unit = directory.create_unit(
            **{name: line.values[name] for name in ("kind", "name", "short_name", "from_on", "note")},
            parent_id=made.get(parent, parent),
            by=by,
        )
        made[-line.number] = unit.id


def _change_unit(line: Line, made: Mapping[int, int], by: Actor) -> None:
    unit = units.find_unit(int(line.key), actor=by)
    given = {change.column.name for change in line.changes}
    values = dict(line.values)
    until_on = values.pop("until_on")
    if given - {"until_on"}:
        values["parent_id"] = made.get(values["parent_id"], values["parent_id"])
        directory.edit_unit(unit, **values, by=by)
    if "until_on" in given:
        directory.dissolve_unit(unit, until_on=until_on, by=by)


# People


def _people(rows: Sequence[Line], by: Actor) -> None:
    """Several rows of one person change the person once."""
    people: dict[str, Person] = {}
    for line in rows:
        with _Refusing(line):
            _person_row(line, people, by)


def _person_row(line: Line, people: dict[str, Person], by: Actor) -> None:
    given = {change.column.name for change in line.changes}
    values = line.values
    number = values["person"]
    person = people.get(number)
    if person is None and number and not number.startswith("新"):
        person = units.find_person(int(number), actor=by)
        if line.outcome is Outcome.NEW or given & set(OF_PERSON):
            directory.edit_person(
                person, **{name: values[name] for name in OF_PERSON}, mobile="", clear_mobile=False, by=by
            )
    elif person is None and values["name"]:
        person = directory.create_person(**{name: values[name] for name in OF_PERSON}, by=by)
    if person is not None and number not in {"", "新"}:
        people[number] = person
    _post_row(line, person, given, by)


def _post_row(line: Line, person: Person | None, given: set[str], by: Actor) -> None:
    values = line.values
    is_held = line.key.isdecimal()
    if is_held:
        post = units.find_post(int(line.key), actor=by)
        if given & {"kind", "title", "from_on"}:
            directory.edit_post(post, kind=values["kind"], title=values["title"], from_on=values["from_on"], by=by)
    elif values["unit_id"]:
        post = directory.add_post(
            person_id=person.id if person else None, **{name: values[name] for name in OF_POST}, by=by
        )
    else:
        return
    if values["until_on"] and post.until_on is None:
        directory.end_post(post, until_on=values["until_on"], by=by)


# Tasks


def _tasks(rows: Sequence[Line], by: Actor) -> None:
    for line in rows:
        if line.outcome is Outcome.NEW:
            with _Refusing(line):
                tasks.draft_task(**{**tasks.PLAIN_DRAFT, **_task_fields(line.values)}, requirement=None, by=by)
    changed = [line for line in rows if line.outcome is Outcome.CHANGED]
    for at in range(0, len(changed), _AT_ONCE):
        some = changed[at : at + _AT_ONCE]
        found = {task.id: task for task in task_queries.find_many([int(line.key) for line in some], actor=by)}
        for line in some:
            task = found[int(line.key)]
            with _Refusing(line):
                tasks.edit_task(task, **_task_fields(line.values), **_origin(task, by), by=by)


def _task_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **values,
        "quantities": [tasks.QuantityInput(*row) for row in values["quantities"]],
        "stages": [tasks.StageInput(*row) for row in values["stages"]],
    }


def _origin(task: Task, by: Actor) -> dict[str, Any]:
    """What a table does not say of a task stays."""
    return {
        "requirement": task.requirement,
        "meeting": task.meeting,
        "parent": task_queries.find(task.parent_id, actor=by) if task.parent_id else None,
        "weight": task.weight,
    }


# Progress


def _report(rows: Sequence[Line], *, head_confirms_every: bool, by: Actor) -> None:
    for line in rows:
        with _Refusing(line):
            task = task_queries.find(task_queries.task_of_part(int(line.key), actor=by), actor=by)
            part = next(row for row in task.units if row.id == int(line.key))
            values = line.values
            names = [row.name for row in task.quantities]
            met = {row.id for row in task.standards if row.met_at is not None}
            met |= {task.standards[place].id for place in standards_of(values["standards_met"], len(task.standards))}
            tasks.report_progress(
                task,
                unit_id=part.unit_id,
                done=values["done"],
                problems=values["problems"],
                next_steps=values["next_steps"],
                needs_coordination=values["needs_coordination"],
                is_no_change=values["is_no_change"],
                step=values["step"] or part.step,
                standards_met=met,
                quantities={
                    task.quantities[place].id: tasks.ReportedAmount(amount, task.quantities[place].total + amount)
                    for place, amount in amounts_of(values["amounts"], names).items()
                },
                head_confirms_every=head_confirms_every,
                by=by,
            )


# Values


def _values(rows: Sequence[Line], by: Actor) -> None:
    """All rows of one unit are kept together, as its page keeps them."""
    units: dict[int | None, list[Line]] = {}
    for line in rows:
        units.setdefault(cast("int | None", line.said["unit_id"]), []).append(line)
    for unit_id, lines_of_unit in units.items():
        entries = [_entry(line) for line in lines_of_unit]
        with _Refusing(lines_of_unit[0]):
            year = int(str(lines_of_unit[0].said["year"]))
            plans.save_values(entries, year=year, entered_unit_id=unit_id, by=by)


def _entry(line: Line) -> plans.Entry:
    of: Any = line.said["line"]
    values = line.values
    return plans.Entry(
        line.key,
        of.measured.id,
        of.unit_id,
        of.sex,
        of.area,
        values["figure"],
        values["reason"],
        values["note"],
        int(line.version),
    )


_CARRY_OUT: Mapping[str, Callable[[Sequence[Line], Actor], None]] = {
    "units": _units,
    "people": _people,
    "goals": lambda rows, by: plan_rows.goals(rows, _Refusing, by),
    "indicators": lambda rows, by: plan_rows.indicators(rows, _Refusing, by),
    "tasks": _tasks,
    "values": _values,
}

"""Tables out and in: what there is to take out, a file that comes back, what each of its rows becomes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Response, current_app, flash, redirect, render_template, request, url_for

from meetings.attachments.views import download
from meetings.core import clock, workbook
from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotFound
from meetings.core.i18n import gettext as _
from meetings.core.web import carried_out, current_actor
from meetings.directory import queries as directory
from meetings.exchange import words
from meetings.exchange.actions import tables as actions
from meetings.exchange.catalogue import TABLES
from meetings.exchange.forms.tables import TableForm
from meetings.exchange.queries.names import unit_names
from meetings.exchange.rules import cells, unit_form
from meetings.exchange.rules.kinds import TableKind
from meetings.exchange.rules.tables import Line, Outcome
from meetings.exchange.views.draft import bp
from meetings.tasks.views.reporting import every_report_is_confirmed, number_in_address

SHOWN = 200  # rows of each outcome on the page; the rest is counted
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Shown(NamedTuple):
    """A row on the page of the preview: its number in Excel, what it is called, what changes, what is wrong."""

    number: int
    label: str
    told: Sequence[tuple[str, str, str]]
    errors: Sequence[str]


@bp.get("/exchange/")
def tables() -> str:
    """What can be taken out and brought back."""
    actor = current_actor()
    mine = [kind for kind in TABLES.values() if kind.is_for(actor)]
    if not mine:
        raise NotFound
    return render_template(
        "exchange/tables.html",
        kinds=mine,
        units=directory.units(actor) if actor.may("tasks.enter_for_unit") else [],
        own_units=sorted(actor.unit_ids),
    )


@bp.get("/exchange/<code>.xlsx")
def table_file(code: str) -> Response:
    """The table with what there is, or ``?empty=1`` without rows; ``?unit=`` the form of one unit with a code."""
    actor = current_actor()
    kind = _kind(code, actor)
    unit_id = number_in_address("unit")
    if unit_id is not None:
        return _unit_form(kind, unit_id, actor)
    rows = [] if request.args.get("empty") else kind.present(actor, None)
    content = table_bytes(kind, rows, actor)
    return _sent(content, _("%(title)s（%(day)s）", title=_(kind.title), day=clock.today()))


@bp.route("/exchange/<code>", methods=["GET", "POST"])
def table(code: str) -> Any:
    """Bring a table back: the first press shows what each row becomes, the second carries it out."""
    actor = current_actor()
    kind = _kind(code, actor)
    form = TableForm()
    found: actions.Preview | None = None
    if form.validate_on_submit():
        try:
            found = _preview(kind, form, actor)
            if request.form.get("findings"):
                return findings_file(kind, found)
            if form.previewed.data == found.fingerprint and found.may_be_carried_out:
                return _carry_out(kind, form, actor)
            if form.previewed.data and not form.files.fresh:
                form.form_errors.append(_(words.CHANGED_SINCE))
            form.keep_files()
        except actions.RowsRefused as refusal:
            form.refuse(refusal)
            found = replaced(found, refusal.line)
        except DomainError as refusal:
            form.refuse(refusal)
    return render_template("exchange/table.html", kind=kind, form=form, **shown_of(kind, found))


def _carry_out(kind: TableKind, form: TableForm, actor: Actor) -> Any:
    """Read once more inside the transaction: what was looked at is what is done, or nothing is."""
    with carried_out(form, url_for("exchange.table", code=kind.code)) as outcome:
        found = _preview(kind, form, actor)
        if form.previewed.data != found.fingerprint:
            raise DomainError("table.changed_since", field="files")
        count = actions.carry_out(kind, found.lines, head_confirms_every=every_report_is_confirmed(), by=actor)
    flash(_("已导入：%(n)s 行办理完毕", n=count))
    return redirect(outcome.location, 303)


def replaced(found: actions.Preview | None, line: Line) -> actions.Preview | None:
    """The preview with the row that a rule refused in its place."""
    if found is None:
        return None
    lines = [line if row.number == line.number else row for row in found.lines]
    return actions.Preview(lines, found.unknown, found.units, found.form)


def _kind(code: str, actor: Actor) -> TableKind:
    kind = TABLES.get(code)
    if kind is None or not kind.is_for(actor):
        raise NotFound
    return kind


def _secret() -> bytes:
    return actions.form_secret(current_app.config["SECRET_KEY"])


def _preview(kind: TableKind, form: TableForm, actor: Actor) -> actions.Preview:
    found = actions.preview(
        kind,
        form.content,
        secret=_secret(),
        personal_data_confirmed=bool(form.personal_data_confirmed.data),
        by=actor,
    )
    form.personal_data_found = form.personal_data_found or any(
        error.code == "row.personal_data" for line in found.lines for error in line.errors
    )
    return found


# --- the file that goes out ---------------------------------------------------------------------------------------


def _unit_form(kind: TableKind, unit_id: int, actor: Actor) -> Response:
    """The form of one unit: its rows, all locked but for what is to be filled in, and the code above them."""
    if kind.code != "progress" or not (actor.may("tasks.enter_for_unit") or unit_id in actor.unit_ids):
        raise NotFound
    unit = directory.find_unit(unit_id, actor=actor)
    rows = kind.present(actor, unit_id)
    form = unit_form.UnitForm(unit.short_name, unit.id, f"{clock.today()}")
    locked = [[row.key, row.version, row.said["number"], row.said["title"], row.said["unit"]] for row in rows]
    above = [
        _("任务进展离线填报表"),
        unit_form.line(form, locked, secret=_secret()),
        _("只填白色的格子，灰色的不要改动；填好后发回办公室，由办公室导入，也可以由本单位登录后自行导入。"),
    ]
    content = table_bytes(kind, rows, actor, above=above, is_locked=True)
    return _sent(content, _("%(unit)s进展填报表（%(day)s）", unit=unit.short_name, day=clock.today()))


def table_bytes(
    kind: TableKind, rows: Sequence[Any], actor: Actor, *, above: Sequence[str] = (), is_locked: bool = False
) -> bytes:
    """The workbook of a table's rows; ``above`` stands over the headings."""
    names = unit_names(actor)
    choices = {
        cells.CellKind.UNIT: [unit.short_name for unit in directory.units(actor)],
        cells.CellKind.YES: list(cells.YES_WORDS),
    }
    return workbook.written(
        workbook.Table(
            name=kind.title,
            columns=[
                workbook.Column(
                    heading=column.heading,
                    width=column.width,
                    note=column.note,
                    choices=list(column.choices.values()) or choices.get(column.kind, []),
                    is_day=column.kind is cells.CellKind.DAY,
                    is_required=column.is_required,
                    is_fixed=column.is_fixed,
                )
                for column in kind.columns
            ],
            rows=[[_cell(column, row, names) for column in kind.columns] for row in rows],
            above=above,
            explained=[
                (_("列"), _("怎样填")),
                *((column.heading, _(words.NOTE_OF_KIND[column.is_required]) + column.note) for column in kind.columns),
                *((_(name), _(note)) for name, note in words.NOTES),
            ],
            is_locked=is_locked,
        ),
        title=kind.title,
        choices_name=_("选项"),
        explained_name=_("填写说明"),
    )


def _cell(column: cells.Column, row: Any, names: cells.Units) -> object:
    if column.name in {"key", "version"}:
        return getattr(row, column.name)
    value = row.said.get(column.name, "") if column.is_fixed else row.values[column.name]
    return cells.shown(column, value, names)


def _sent(content: bytes, name: str) -> Response:
    return download(content, f"{name}.xlsx", _MEDIA_TYPE)


def findings_file(kind: TableKind, found: actions.Preview) -> Response:
    """What each row becomes, all of them: the page shows the first of each outcome only."""
    rows = [(_(words.OUTCOMES[line.outcome]), _shown_line(kind, line, found.units)) for line in found.lines]
    headings = ((_("行号"), 8.0), (_("结果"), 8.0), (_("名称"), 40.0), (_("内容或原因"), 90.0))
    content = workbook.written(
        workbook.Table(
            name=_("逐行结果"),
            columns=[workbook.Column(heading, width) for heading, width in headings],
            rows=[
                [row.number, outcome, row.label, "\n".join([*row.errors, *map(_told, row.told)])]
                for outcome, row in rows
            ],
            explained=[
                (_("结果"), _("行数")),
                *((_(word), str(found.counts[outcome])) for outcome, word in words.OUTCOMES.items()),
            ],
        ),
        title=_("%(title)s逐行结果", title=_(kind.title)),
        choices_name=_("选项"),
        explained_name=_("合计"),
    )
    return _sent(content, _("%(title)s逐行结果（%(day)s）", title=_(kind.title), day=clock.today()))


def _told(change: tuple[str, str, str]) -> str:
    heading, before, after = change
    if before:
        return _(
            "%(heading)s：%(before)s 改为 %(after)s", heading=_(heading), before=before, after=after or _("（空）")
        )
    return _("%(heading)s：%(after)s", heading=_(heading), after=after)


# --- what the page shows ------------------------------------------------------------------------------------------


def shown_of(kind: TableKind, found: actions.Preview | None) -> dict[str, Any]:
    """What the page of a preview shows of its rows."""
    if found is None:
        return {"found": None}
    rows: dict[Outcome, list[Shown]] = {outcome: [] for outcome in Outcome}
    for line in found.lines:
        if len(rows[line.outcome]) < SHOWN and line.outcome is not Outcome.UNCHANGED:
            rows[line.outcome].append(_shown_line(kind, line, found.units))
    return {"found": found, "rows": rows, "counts": found.counts, "outcomes": words.OUTCOMES}


def _shown_line(kind: TableKind, line: Line, names: cells.Units) -> Shown:
    told: list[tuple[str, str, str]] = []
    if line.changes:
        told = [
            (
                change.column.heading,
                str(cells.shown(change.column, change.before, names)),
                str(cells.shown(change.column, change.after, names)),
            )
            for change in line.changes
        ]
    elif line.outcome is Outcome.NEW:
        told = [
            (column.heading, "", str(said))
            for column in kind.columns
            if not column.is_fixed and (said := cells.shown(column, line.values[column.name], names)) != ""
        ]
    return Shown(line.number, _label(line), told, [words.told(kind, error) for error in line.errors])


def _label(line: Line) -> str:
    """What a row is called: its first text, else its place."""
    said = [line.values.get(name) for name in ("title", "name", "text")]
    said += [line.said.get(name) for name in ("title", "name")]
    return next((str(words_) for words_ in said if words_), _("第 %(n)s 行", n=line.number))

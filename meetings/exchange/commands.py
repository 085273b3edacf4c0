"""``flask draft-meeting`` and ``flask import-xlsx``: texts and tables without the web."""

import json
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError, ProgrammingError

from meetings.accounts.queries import first_director
from meetings.core.db import transaction
from meetings.core.errors import DomainError
from meetings.core.web import words_of
from meetings.directory.queries import former_names_by_unit, units
from meetings.exchange.actions import tables as actions
from meetings.exchange.catalogue import TABLES
from meetings.exchange.rules.kinds import TableKind
from meetings.exchange.rules.tables import Outcome
from meetings.exchange.words import OUTCOMES, told
from meetings.reading.decoding import Unreadable, decode
from meetings.reading.draft import Draft
from meetings.reading.reader import read
from meetings.reading.telling import as_json


@click.command("draft-meeting")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_object", is_flag=True, help="输出 JSON")
@click.option("--explain", is_flag=True, help="JSON 中写明每项的规则和位置")
@with_appcontext
def draft_meeting(file: BinaryIO, as_object: bool, explain: bool) -> None:
    """Read FILE (txt or docx; - for standard input) and print the draft; writes nothing. Exit 1 if it can't be read."""
    try:
        draft = read(decode(file.read()), known_units=_known_units())
    except Unreadable as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if as_object or explain:
        click.echo(json.dumps(as_json(draft, explained=explain), ensure_ascii=False, indent=1))
    elif draft.reason:
        raise click.ClickException(draft.reason)
    else:
        _tell(draft)


def _known_units() -> frozenset[str]:
    """Present, short and former names of the directory; none where the data folder has not been set up."""
    try:
        actor = first_director()
        if actor is None:
            return frozenset()
        found = {name for unit in units(actor, include_dissolved=True) for name in (unit.name, unit.short_name)}
        return frozenset(found.union(*former_names_by_unit(actor).values()))
    except (OperationalError, ProgrammingError):
        return frozenset()


def _tell(draft: Draft) -> None:
    """A draft as lines for a person at the terminal."""
    facts = {
        "会议": draft.title and draft.title.text,
        "日期": draft.date or (draft.date_text and f"未定（原文写“{draft.date_text.text}”）"),
        "地点": draft.place and draft.place.text,
        "类别": draft.kind,
    }
    lines = [f"{label}：{value or '—'}" for label, value in facts.items()]
    lines += [f"人员：{'、'.join(person.posts)}{person.name}" for person in draft.people]
    lines += [f"发言单位：{each.unit}" for each in draft.unit_speakers]
    lines += [f"参会范围：{each.text}" for each in draft.attendee_groups]
    lines += [f"文件：{each.text}" for each in draft.documents]
    for each in draft.requirements:
        mark = "任务" if each.is_actionable else f"不列任务（{each.why}）"
        who = f"［{'、'.join(each.units)}］" if each.units else ""
        due = f"［{each.deadline}］" if each.deadline else ""
        lines.append(f"{each.section}　{mark}{who}{due}　{each.found.text}")
    click.echo("\n".join([*lines, *(f"请注意：{warning}" for warning in draft.warnings)]))


@click.command("import-xlsx")
@click.argument("kind", type=click.Choice(list(TABLES)))
@click.argument("file", type=click.File("rb"))
@click.option("--apply", "is_applied", is_flag=True, help="逐行检查后导入；不写只检查")
@with_appcontext
def import_xlsx(kind: str, file: BinaryIO, is_applied: bool) -> None:
    """Check FILE, a table of KIND, row by row; with --apply carry it out, all or nothing. Exit 1 if it is refused."""
    actor = first_director()
    if actor is None:
        raise click.ClickException("还没有办公室主任的账号，不能导入")
    table, content = TABLES[kind], file.read()
    secret = actions.form_secret(current_app.config["SECRET_KEY"])
    try:
        if not is_applied:
            found = actions.preview(table, content, secret=secret, by=actor)
            _tell_rows(table, found)
        else:
            with transaction(by=actor):
                found = actions.preview(table, content, secret=secret, by=actor)
                _tell_rows(table, found)
                confirms = current_app.config["LUOSHI"].head_confirms == "every"
                count = actions.carry_out(table, found.lines, head_confirms_every=confirms, by=actor)
            click.echo(f"已导入 {count} 行")
    except actions.RowsRefused as refusal:
        raise click.ClickException(f"第 {refusal.line.number} 行：{words_of(refusal.why)}，没有导入") from refusal
    except DomainError as refusal:
        raise click.ClickException(words_of(refusal)) from refusal


def _tell_rows(table: TableKind, found: actions.Preview) -> None:
    """How many rows become what; the wrong ones with their reasons on stderr, and the command ends."""
    counts = found.counts
    click.echo("，".join(f"{word} {counts[outcome]} 行" for outcome, word in OUTCOMES.items()))
    for line in found.lines:
        for error in line.errors:
            click.echo(f"第 {line.number} 行　{told(table, error)}", err=True)
    if counts[Outcome.WRONG]:
        raise SystemExit(1)


COMMANDS = (draft_meeting, import_xlsx)

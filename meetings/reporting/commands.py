"""``flask report``: any paper without the web."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from meetings.accounts.queries import actor_named, first_director
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction
from meetings.core.errors import DomainError, NotFound
from meetings.core.storage import Storage
from meetings.core.web import words_of
from meetings.reporting import actions, catalogue
from meetings.reporting.catalogue import Entry
from meetings.reporting.queries import sources
from meetings.reporting.words import COLUMN_SETS


@click.command("report")
@click.argument("name", required=False)
@click.option("--meeting", type=int, help="会议编号（系统内）")
@click.option("--unit", type=int, help="单位编号（系统内）")
@click.option("--extension", type=int, help="延期申请编号（系统内）")
@click.option("--consultation", type=int, help="征求意见编号（系统内）")
@click.option("--plan", type=int, help="规划编号（系统内）")
@click.option("--year", type=int, help="年度")
@click.option("--task", type=int, help="任务编号（系统内）")
@click.option("--subject", help="目标、指标或会议要求，如 goal-3、indicator-5、requirement-12")
@click.option("--evaluation", type=int, help="评估编号（系统内）")
@click.option("--columns", type=click.Choice(list(COLUMN_SETS)), help="任务分解表的栏目")
@click.option("--full", is_flag=True, help="会议任务落实情况报告：每项任务一张卡片，列办理过程")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="截至日期")
@click.option("--as", "user", help="以哪个账号的名义生成，默认第一位办公室主任")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到哪个文件：.pdf、.docx 或 .xlsx")
@click.option("--list", "listed", is_flag=True, help="列出全部文书")
@with_appcontext
def report(  # noqa: PLR0913, PLR0917 -- one argument for each option
    name: str | None,
    meeting: int | None,
    unit: int | None,
    extension: int | None,
    consultation: int | None,
    plan: int | None,
    year: int | None,
    task: int | None,
    subject: str | None,
    evaluation: int | None,
    columns: str | None,
    full: bool,
    as_of: datetime | None,
    user: str | None,
    out: Path | None,
    listed: bool,
) -> None:
    """Make the paper NAME and write it to --out. Exit 1 with the reason when it is refused, 2 on wrong use."""
    if listed:
        for entry in catalogue.PAPERS.values():
            click.echo(f"{entry.code}\t{entry.title}")
        return
    asked = {
        "meeting": meeting,
        "unit": unit,
        "extension": extension,
        "consultation": consultation,
        "plan": plan,
        "year": year,
        "subject": subject,
        "evaluation": evaluation,
        "task": task,
        "columns": columns,
        "detail": "full" if full else None,
    }
    entry = _entry(name, asked)
    if out is None or out.suffix.lower()[1:] not in catalogue.FORMATS:
        raise click.UsageError("请用 --out 写明一个 .pdf、.docx 或 .xlsx 文件")
    chosen: dict[str, Any] = {option: value for option, value in asked.items() if option in entry.asks}
    chosen["as_of"] = as_of.date() if as_of else clock.today()
    try:
        said = _make(entry, chosen, out, _actor(user))
    except NotFound as refusal:
        raise click.ClickException("没有所指的会议、单位或评估，或者该账号无权打印") from refusal
    except DomainError as refusal:
        raise click.ClickException(words_of(refusal)) from refusal
    except OSError as refusal:
        raise click.ClickException(f"{out} 无法写入（{refusal.strerror}）") from refusal
    click.echo(f"{said} → {out}")


def _entry(name: str | None, asked: Mapping[str, Any]) -> Entry:
    """The kind of paper; wrong use where there is none, or where it has no use for an option."""
    entry = catalogue.PAPERS.get(name or "")
    if entry is None:
        raise click.UsageError(f"没有名为 {name} 的文书，用 --list 查看全部" if name else "请写明文书，见 --list")
    for option, value in asked.items():
        if value is not None and option not in entry.asks:
            raise click.UsageError(f"{entry.title}用不上 --{option}")
    return entry


def _make(entry: Entry, chosen: Mapping[str, Any], out: Path, actor: Actor) -> str:
    """Number and title of the paper, kept as one made on the page; Word and Excel are copies. A 公文 is but drafted."""
    catalogue.find(entry.code, actor=actor)
    full = catalogue.completed(entry, actor=actor, chosen=chosen)
    for option in sorted(entry.needs):
        if chosen.get(option) is None:
            named = sources.name_of(option, full[option])
            click.echo(f"未指定 --{option}，取最新的：{named}（{full[option]}）", err=True)
    suffix = out.suffix.lower()[1:]
    with transaction(by=actor):
        content = catalogue.gathered(entry, actor=actor, chosen=full)
        if entry.style == "official":
            out.write_bytes(catalogue.draw(entry, content, actor=actor, suffix=suffix))
            actions.note_print(f"拟稿 {content.title}", by=actor)
            return f"拟稿（未编号） {content.title}"
        draw = partial(catalogue.draw, entry, content, actor=actor)
        storage: Storage = current_app.extensions["storage"]
        paper = actions.make(
            entry.code,
            title=content.title,
            filter_text=content.filter_text,
            unit_id=content.unit_id,
            parameters=full,
            data=content.data,
            draw=partial(_draw, draw),
            storage=storage,
            by=actor,
        )
        kept = suffix == "pdf"
        out.write_bytes(storage.get(paper.sha256) if kept else draw(number=paper.number, suffix=suffix))
        return f"{paper.number} {paper.title}"


def _actor(user: str | None) -> Actor:
    actor = actor_named(user) if user else first_director()
    if actor is None:
        raise click.ClickException(f"没有账号 {user}，或已停用" if user else "还没有办公室主任的账号")
    return actor


def _draw(draw: Callable[..., bytes], number: str, verification_code: str, audit_head: str) -> bytes:
    return draw(number=number, verification_code=verification_code, audit_head=audit_head)


COMMANDS = (report,)

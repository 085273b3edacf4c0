"""``flask audit verify``."""

import click
from flask.cli import AppGroup

from meetings.audit import queries

cli = AppGroup("audit", help="审计链")

REASONS = {
    "forged": "内容与校验值不符",
    "missing": "缺少记录",
    "tail": "链尾与链头不符，可能被截断",
    "no_head": "链头缺失",
    "printed": "与纸质文书上印的链头不符",
}


@cli.command("verify")
def verify() -> None:
    """Check every chain; exit 1 and name each flaw when one is broken."""
    count = 0
    for flaw in queries.flaws():
        count += 1
        click.echo(f"委员会 {flaw.committee_id} 第 {flaw.seq} 条：{REASONS[flaw.reason]}", err=True)
    if count:
        raise SystemExit(1)
    click.echo("审计链完整")

"""``flask users``: accounts from the command line, for the first one and for when nobody can sign in."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from meetings.accounts import actions, queries
from meetings.accounts.models import Role, User
from meetings.accounts.rules import PROFILES, PasswordProfile
from meetings.accounts.words import ROLES
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import transaction
from meetings.core.errors import DomainError
from meetings.core.web import words_of
from meetings.directory import actions as directory
from meetings.directory import queries as units

cli = AppGroup("users", help="账号")


def operator(committee_id: int) -> Actor:
    """Whoever may run commands on the server acts in the system's name."""
    return Actor(None, "系统（命令行）", committee_id)


def _profile() -> PasswordProfile:
    return PROFILES[current_app.config["LUOSHI"].password_profile]


def _refused(refusal: DomainError) -> click.ClickException:
    return click.ClickException(words_of(refusal))


def _found(name: str) -> User:
    user = queries.user_by_name(name)
    if user is None:
        raise click.ClickException(f"没有账号 {name}")
    return user


@cli.command("create")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--display-name", help="显示名称；默认用角色名")
@click.option("--unit", help="所在单位的全称或简称")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；默认随机生成并显示一次")
@click.option("--region", help="还没有妇儿工委时：地区，如 某县")
@click.option("--body", help="还没有妇儿工委时：名称，如 某县妇女儿童工作委员会")
@click.option("--office", help="还没有妇儿工委时：办公室名称")
def create(
    name: str,
    roles: tuple[str, ...],
    display_name: str | None,
    unit: str | None,
    password_stdin: bool,
    region: str | None,
    body: str | None,
    office: str | None,
) -> None:
    """Make an account; with the first one the committee too."""
    held = [Role(role) for role in roles]
    password = (
        sys.stdin.readline().rstrip("\n") if password_stdin else actions.random_password(_profile(), account=name)
    )
    committee_id = units.first_committee_id()
    if committee_id is None:
        region = region or click.prompt("地区（如 某县）")
        body = body or click.prompt("妇儿工委名称", default=f"{region}妇女儿童工作委员会")
        office = office or click.prompt("办公室名称", default=f"{body}办公室")
    by = operator(committee_id or 0)
    try:
        with transaction(by=by):  # the committee comes with its first account, or not at all
            if committee_id is None:
                committee_id = directory.create_committee(
                    region=str(region), name=str(body), office_name=str(office), from_on=clock.today(), by=by
                ).id
            found = units.unit_called(unit, actor=by) if unit else None
            if unit and found is None:
                raise click.ClickException(f"没有单位 {unit}")
            actions.create_user(
                committee_id=committee_id,
                name=name,
                display_name=display_name or (found.short_name if found else "") + ROLES[held[0]],
                roles=held,
                unit_id=found.id if found else None,
                password=password,
                profile=_profile(),
                must_change_password=not password_stdin,
                by=by,
            )
    except DomainError as refusal:
        raise _refused(refusal) from refusal
    click.echo(f"账号 {name} 已建立" if password_stdin else f"账号 {name} 已建立，密码 {password}（首次登录须修改）")


@cli.command("reset-password")
@click.argument("name")
def reset_password(name: str) -> None:
    """Set a random password and print it once."""
    by = operator(_found(name).committee_id)
    with transaction(by=by):
        password = actions.reset_password(_found(name), profile=_profile(), by=by)
    click.echo(f"账号 {name} 的密码是 {password}（首次登录须修改）")


@cli.command("disable")
@click.argument("name")
def disable(name: str) -> None:
    """Nobody signs in with the account any more."""
    by = operator(_found(name).committee_id)
    with transaction(by=by):
        actions.disable(_found(name), by=by)
    click.echo(f"账号 {name} 已停用")


@cli.command("enable")
@click.argument("name")
def enable(name: str) -> None:
    """Let a disabled account sign in again."""
    by = operator(_found(name).committee_id)
    with transaction(by=by):
        actions.enable(_found(name), by=by)
    click.echo(f"账号 {name} 已恢复使用")


@cli.command("list")
def list_users() -> None:
    """Print every account: name, roles, unit, state; separated by tabs."""
    for row in queries.all_users():
        roles = ",".join(role.value for role in row.roles)
        click.echo(f"{row.name}\t{roles}\t{row.unit or '-'}\t{'在用' if row.is_active else '已停用'}")

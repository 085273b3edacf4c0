"""``flask demo``, and what the first start does with a new data folder."""

import secrets
import sys
from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from meetings.accounts import actions as accounts
from meetings.accounts.models import Role
from meetings.accounts.rules import PROFILES, PasswordProfile, check_account_name, check_password
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction, writing
from meetings.core.errors import DomainError
from meetings.core.settings import Settings
from meetings.core.web import words_of
from meetings.demo import bulk, evaluation, plans, story, values
from meetings.demo import committee as demo_committee
from meetings.directory import actions as directory
from meetings.directory.models import Committee, Unit, UnitKind
from meetings.directory.rules import initials
from meetings.meetings.models import MeetingKind
from meetings.meetings.words import DEFAULT_KINDS
from meetings.notifications.actions import mark_all_read


def begin(*, empty: bool) -> None:
    """On a new database: the demo committee, or (``empty``) a committee and its first account."""
    if db.session.scalar(select(Committee.id).limit(1)) is not None:
        return
    if empty:
        _first_account()
    else:
        make_demo()


def make_demo() -> None:
    """The demo committee; its sign-in names and passwords are printed once."""
    settings: Settings = current_app.config["LUOSHI"]
    passwords = {account.name: settings.demo_password or _password() for account in demo_committee.ACCOUNTS}
    click.echo("正在建立演示委员会……")
    committee = demo_committee.build(passwords)
    plans.Plans(committee.id, current_app.extensions["storage"]).tell()
    values.Values(committee.id, current_app.extensions["storage"]).tell()
    story.tell(committee.id, current_app.extensions["storage"])
    evaluation.Evaluations(committee.id, current_app.extensions["storage"]).tell()
    with writing():  # what lies long ago has been read
        mark_all_read(by=Actor(None, "系统", committee.id), before=clock.now() - timedelta(days=40))
    click.echo("演示账号（密码只显示这一次）：")
    for account in demo_committee.ACCOUNTS:
        click.echo(f"  {account.name:<16} {passwords[account.name]}  {account.display_name}")


def _password() -> str:
    """Three kinds of characters and eleven places: what both profiles ask for, without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyz"
    parts = ["".join(secrets.choice(letters) for _ in range(4)).capitalize() for _ in range(3)]
    return "-".join(parts) + str(secrets.randbelow(90) + 10)


def _first_account() -> None:
    """Ask for the county and the director's account; what cannot be taken is asked for again."""
    settings: Settings = current_app.config["LUOSHI"]
    profile = PROFILES[settings.password_profile]
    region = click.prompt("县（市、区）名称", value_proc=_region)
    name = click.prompt("办公室主任的账号", default="director", value_proc=_account_name)
    password = _chosen_password(name, profile)
    nobody = Actor(None, "系统", 0)
    level = region[-1] if region[-1] in "县市区旗州盟省" else ""
    with transaction(by=nobody):
        committee = directory.create_committee(
            region=region,
            name=f"{region}妇女儿童工作委员会",
            office_name=f"{region}妇女儿童工作委员会办公室",
            from_on=clock.today(),
            by=nobody,
        )
        db.session.add(
            Unit(
                committee_id=committee.id,
                kind=UnitKind.OFFICE,
                name=f"{region}妇女联合会",
                short_name=f"{level}妇联",
                initials=initials(f"{level}妇联"),
                position=1,
            )
        )
        db.session.add_all(
            MeetingKind(committee_id=committee.id, name=kind, position=number * 10)
            for number, kind in enumerate(DEFAULT_KINDS, 1)
        )
        for account, title, role, secret in (
            (name, "办公室主任", Role.OFFICE_DIRECTOR, password),
            ("security_admin", "安全管理员", Role.SECURITY_ADMIN, first := _password()),
        ):
            accounts.create_user(
                committee_id=committee.id,
                name=account,
                display_name=title,
                roles=[role],
                unit_id=None,
                password=secret,
                profile=profile,
                must_change_password=role is Role.SECURITY_ADMIN,
                by=nobody,
            )
    click.echo(f"已建立{region}妇女儿童工作委员会。办公室主任账号 {name}，密码是您刚才设的。")
    click.echo(f"安全管理员账号 security_admin，密码 {first}（只显示这一次，首次登录须修改），由其建立其他账号。")


def _region(typed: str) -> str:
    region = typed.strip()
    if not 2 <= len(region) <= 20:
        raise click.BadParameter("请填写地区全称，如 某县，2 至 20 字")
    return region


def _account_name(typed: str) -> str:
    try:
        check_account_name(typed.strip())
    except DomainError as refusal:
        raise click.BadParameter(words_of(refusal)) from refusal
    if typed.strip() == "security_admin":
        raise click.BadParameter("security_admin 留给安全管理员，请另取一个")
    return typed.strip()


def _chosen_password(account: str, profile: PasswordProfile) -> str:
    while True:
        password: str = click.prompt("密码", hide_input=True)
        try:
            check_password(password, account=account, profile=profile)
        except DomainError as refusal:
            click.echo(words_of(refusal), err=True)
            continue
        if click.prompt("再输一次密码", hide_input=True) == password:
            return password
        click.echo("两次输入的密码不一致，请重输", err=True)


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Make the demo committee in an empty database, which is set up first."""
    upgrade()
    if db.session.scalar(select(Committee.id).limit(1)) is not None:
        click.echo("数据库中已有数据，未建立演示委员会", err=True)
        sys.exit(1)
    make_demo()


COMMANDS = (demo, bulk.command)

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
from meetings.accounts.rules import PROFILES
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db, transaction, writing
from meetings.core.errors import DomainError
from meetings.core.settings import Settings
from meetings.core.web import words_of
from meetings.demo import bulk, evaluation, plans, story, values
from meetings.demo import committee as demo_committee
from meetings.directory.models import Committee, CommitteeName, Unit, UnitKind
from meetings.directory.rules import initials
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
    """Ask for the county and the director's account."""
    settings: Settings = current_app.config["LUOSHI"]
    region = click.prompt("县（市、区）名称")
    name = click.prompt("办公室主任的账号", default="director")
    password = click.prompt("密码", hide_input=True, confirmation_prompt=True)
    nobody = Actor(None, "系统", 0)
    try:
        with transaction(by=nobody):
            committee = Committee(region=region)
            db.session.add(committee)
            db.session.flush()
            db.session.add_all(
                [
                    CommitteeName(
                        committee_id=committee.id,
                        name=f"{region}妇女儿童工作委员会",
                        office_name=f"{region}妇女儿童工作委员会办公室",
                        from_on=clock.today(),
                    ),
                    Unit(
                        committee_id=committee.id,
                        kind=UnitKind.OFFICE,
                        name="妇女联合会",
                        short_name="县妇联",
                        initials=initials("县妇联"),
                        position=1,
                    ),
                ]
            )
            profile = PROFILES[settings.password_profile]
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
    except DomainError as refusal:
        click.echo(words_of(refusal), err=True)
        sys.exit(1)
    click.echo(f"已建立。安全管理员账号 security_admin，密码 {first}（只显示这一次，首次登录须修改）")


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

"""The demo committee: a made-up county with its units, groups, posts and accounts. People are roles, not names."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from meetings.accounts import actions as accounts
from meetings.accounts.models import Role, User
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.directory.models import (
    Committee,
    CommitteeName,
    Person,
    Post,
    PostKind,
    Unit,
    UnitGroup,
    UnitGroupMember,
    UnitKind,
)
from meetings.directory.rules import initials
from meetings.meetings.models import MeetingKind

COUNTY = "云岭县"
SINCE = date(2021, 1, 1)
TOWNSHIPS = ("城关镇", "东川镇", "柳泉镇", "白石镇", "南坪乡", "北沟乡", "双桥乡", "园艺场")
MEETING_KINDS = (
    "全体会议",
    "妇女儿童工作会议",
    "推进会",
    "联络员会议",
    "评估工作会",
    "统计监测会",
    "座谈会",
    "督导汇报会",
    "反馈会",
    "专题会议",
    "培训",
)

# What the head of a unit is called, by the end of its name; the first that fits.
HEADS = (
    ("政法委", "书记"),
    ("部", "部长"),
    ("办", "主任"),
    ("委", "主任"),
    ("局", "局长"),
    ("法院", "院长"),
    ("检察院", "检察长"),
    ("总工会", "主席"),
    ("团县委", "书记"),
    ("妇联", "主席"),
    ("科协", "主席"),
    ("工商联", "主席"),
    ("残联", "理事长"),
    ("红十字会", "会长"),
    ("保健院", "院长"),
    ("疾控中心", "主任"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demo: ``unit`` is a short name."""

    name: str
    display_name: str
    role: Role
    unit: str | None = None


ACCOUNTS = (
    Account("office_director", "办公室主任", Role.OFFICE_DIRECTOR, "县妇联"),
    Account("office_staff", "办公室工作人员", Role.OFFICE_STAFF, "县妇联"),
    Account("leader", "副县长", Role.LEADER),
    Account("edu_head", "县教育局负责人", Role.UNIT_HEAD, "县教育局"),
    Account("edu_liaison", "县教育局联络员", Role.LIAISON, "县教育局"),
    Account("health_liaison", "县卫健委联络员", Role.LIAISON, "县卫健委"),
    Account("stats_liaison", "县统计局联络员", Role.LIAISON, "县统计局"),
    Account("observer", "查阅人员", Role.OBSERVER),
    Account("system_admin", "系统管理员", Role.SYSTEM_ADMIN),
    Account("security_admin", "安全管理员", Role.SECURITY_ADMIN),
    Account("auditor", "审计管理员", Role.AUDITOR),
)


def build(passwords: Mapping[str, str]) -> Committee:
    """Make the committee with everything but its meetings; ``passwords`` are by account name."""
    nobody = Actor(None, "系统", 0)
    with transaction(by=nobody):
        committee = Committee(region=COUNTY, office_phone="0000-6021", office_hours="工作日 9:30—19:30")
        db.session.add(committee)
        db.session.flush()
        db.session.add(
            CommitteeName(
                committee_id=committee.id,
                name=f"{COUNTY}妇女儿童工作委员会",
                office_name=f"{COUNTY}妇女儿童工作委员会办公室",
                from_on=SINCE,
            )
        )
    system = Actor(None, "系统", committee.id)
    with transaction(by=system):
        units = _units(committee.id)
        db.session.flush()
        _posts(committee.id, units)
        _groups(committee.id, units)
        db.session.add_all(
            MeetingKind(committee_id=committee.id, name=name, position=n) for n, name in enumerate(MEETING_KINDS)
        )
    with transaction(by=system):
        for account in ACCOUNTS:
            _user(committee.id, account, units, passwords[account.name], system)
    return committee


def _user(committee_id: int, account: Account, units: Mapping[str, Unit], password: str, by: Actor) -> User:
    return accounts.create_user(
        committee_id=committee_id,
        name=account.name,
        display_name=account.display_name,
        roles=[account.role],
        unit_id=units[account.unit].id if account.unit else None,
        password=password,
        profile=None,
        must_change_password=False,
        by=by,
    )


def _units(committee_id: int) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    with (Path(__file__).parent / "units.csv").open(encoding="utf-8") as file:
        rows = [(row["name"], row["short_name"], UnitKind(row["kind"]), row["note"]) for row in csv.DictReader(file)]
    members = [row for row in rows if row[2] is not UnitKind.INSTITUTION]
    institutions = [row for row in rows if row[2] is UnitKind.INSTITUTION]
    townships = [(name, name, UnitKind.TOWNSHIP, "") for name in TOWNSHIPS]
    # The customary order: party, government, courts, mass bodies, townships, institutions.
    for position, (name, short, kind, note) in enumerate([*members, *townships, *institutions], start=1):
        units[short] = Unit(
            committee_id=committee_id,
            kind=kind,
            name=name,
            short_name=short,
            initials=initials(short),
            position=position,
            from_on=SINCE,
            note=note,
        )
    db.session.add_all(units.values())
    for institution in institutions:
        units[institution[1]].parent = units["县卫健委"]
    return units


def _posts(committee_id: int, units: Mapping[str, Unit]) -> None:
    def hold(unit: Unit, kind: PostKind, title: str, person: Person | None = None) -> None:
        db.session.add(
            Post(committee_id=committee_id, unit_id=unit.id, kind=kind, title=title, from_on=SINCE, person=person)
        )

    leader = Person(committee_id=committee_id, name="分管副县长", protocol_order=10)
    hold(units["县政府办"], PostKind.COMMITTEE_LEADER, "副县长", leader)
    hold(units["县政府办"], PostKind.COMMITTEE_LEADER, "县妇儿工委副主任", leader)
    for short, unit in units.items():
        if unit.kind is UnitKind.TOWNSHIP:
            hold(
                unit,
                PostKind.TOWNSHIP_DEPUTY,
                "副场长" if short.endswith("场") else "副镇长" if short.endswith("镇") else "副乡长",
            )
            hold(unit, PostKind.TOWNSHIP_FEDERATION, "妇联主席")
            continue
        title = next((title for end, title in HEADS if short.endswith(end)), "主要负责人")
        hold(unit, PostKind.HEAD, title)
        person = (
            Person(committee_id=committee_id, name=f"{short}联络员", office_phone="0000-6000")
            if short in {"县教育局", "县卫健委", "县统计局"}
            else None
        )
        hold(unit, PostKind.LIAISON, "科室负责人", person)


def _groups(committee_id: int, units: Mapping[str, Unit]) -> None:
    def gather(name: str, position: int, kinds: set[UnitKind]) -> UnitGroup:
        members = [UnitGroupMember(unit_id=unit.id) for unit in units.values() if unit.kind in kinds]
        return UnitGroup(committee_id=committee_id, name=name, position=position, from_on=SINCE, members=members)

    db.session.add_all(
        [
            gather("各成员单位", 1, {UnitKind.MEMBER, UnitKind.OFFICE}),
            gather("各乡镇场", 2, {UnitKind.TOWNSHIP}),
            gather("业务机构", 3, {UnitKind.INSTITUTION}),
        ]
    )

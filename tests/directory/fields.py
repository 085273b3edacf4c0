"""What forms of the directory are sent, and the rows they change."""

from datetime import date

from sqlalchemy import func, select

from meetings.core.db import db
from meetings.directory.models import (
    CommitteeName,
    Person,
    Post,
    Unit,
    UnitGroup,
    UnitName,
)
from tests import factories

KEY = {"form_key": "key-1"}


READ = ["/directory/units/", "/directory/groups/", "/directory/people/", "/directory/committee"]


def unit_fields(**more):
    return {
        **KEY,
        "kind": "member",
        "name": "某县教育局",
        "short_name": "县教育局",
        "parent_id": "",
        "from_on": "",
        "note": "",
        **more,
    }


def edit_fields(row, **more):
    fields = {"kind": row.kind.value, "name": row.name, "short_name": row.short_name, "version": row.version}
    return {**KEY, **fields, "parent_id": "", "from_on": "", "note": "", "renamed_on": "", **more}


def everything(person=None):
    """One of each, and the addresses of all pages."""
    unit = factories.unit("县教育局", position=10)
    person = person or factories.person("张三", mobile="13812345678", office_phone="6021")
    post = factories.post(unit, person_id=person.id)
    factories.post(unit, title="副局长", until_on=date(2024, 1, 1))
    group = factories.group(unit, name="各成员单位")
    factories.save(UnitName(unit_id=unit.id, name="县教委", short_name="县教委", until_on=date(2010, 1, 1)))
    one = f"/directory/units/{unit.id}"
    reads = [*READ, one, f"/directory/people/{person.id}"]
    forms = [
        "/directory/units/new",
        f"{one}/edit",
        f"{one}/move",
        f"{one}/dissolve",
        f"{one}/merge",
        "/directory/groups/new",
        f"/directory/groups/{group.id}/edit",
        "/directory/people/new",
        f"/directory/people/{person.id}/edit",
        f"/directory/posts/new?unit={unit.id}&person={person.id}",
        f"/directory/posts/{post.id}/edit",
        f"/directory/posts/{post.id}/end",
        "/directory/committee/edit",
        "/directory/committee/rename",
    ]
    return reads, forms


def rows():
    return [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Unit, UnitName, UnitGroup, Person, Post, CommitteeName)
    ]

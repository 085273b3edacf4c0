"""What is written down, that it cannot be changed, and that a change made all the same is named."""

import json
import threading
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from meetings.accounts import actions as accounts
from meetings.accounts.models import Role, User
from meetings.accounts.rules import PROFILES
from meetings.audit import queries
from meetings.audit.models import AuditEntry, AuditHead, Change
from meetings.audit.rules import canonical, plain
from meetings.core.actor import Actor
from meetings.core.db import db, transaction
from meetings.directory.models import Committee, CommitteeName, Unit, UnitKind
from meetings.search.queries import search
from meetings.tasks import queries as tasks
from tests import factories
from tests.conftest import NOW


def entries():
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.committee_id, AuditEntry.seq)).all()


def flaws():
    return [(flaw.seq, flaw.reason) for flaw in queries.flaws()]


def disarm():
    """What somebody with the database in their hands would do first."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
    else:
        for act in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER audit_entry_no_{act}"))


@pytest.fixture
def office(session):
    """Thirty links in the chain of one committee."""
    by = Actor(7, "办公室工作人员", factories.committee().id)
    with transaction(by=by):
        db.session.add_all(unit(by, f"第{n}局") for n in range(30))
    return by


def unit(by, name):
    return Unit(committee_id=by.committee_id, kind=UnitKind.MEMBER, name=name, short_name=name)


# What is written


def test_a_new_row_is_written_with_who_when_what_and_values(session):
    by = Actor(7, "张三", factories.committee().id)
    with transaction(by=by):
        row = Unit(
            committee_id=by.committee_id,
            kind=UnitKind.TOWNSHIP,
            name="某镇",
            short_name="某镇",
            from_on=date(2020, 1, 1),
        )
        db.session.add(row)
    entry = entries()[-1]
    assert (entry.user_id, entry.actor_name, entry.at, entry.change) == (7, "张三", NOW, Change.INSERT)
    assert (entry.subject, entry.subject_id) == ("unit", row.id)
    values = json.loads(entry.changes)
    assert values["name"] == [None, "某镇"]
    assert values["kind"] == [None, "township"]
    assert values["from_on"] == [None, "2020-01-01"]
    assert "until_on" not in values


def test_a_change_is_written_with_old_and_new_and_nothing_else(session):
    row = factories.unit("甲局", note="旧")
    with transaction(by=Actor(1, "乙", row.committee_id)):
        row.note = "新"
        row.name = "甲局"
    entry = entries()[-1]
    assert entry.change == Change.UPDATE
    assert entry.changes == '{"note":["旧","新"]}'


def test_what_changed_and_changed_back_leaves_nothing(session):
    row = factories.unit("甲局")
    count = len(entries())
    with transaction(by=Actor(1, "乙", row.committee_id)):
        row.note = "新"
        row.note = ""
    assert len(entries()) == count


def test_a_row_that_is_taken_out_keeps_its_last_values(session):
    name = factories.save(
        CommitteeName(committee_id=factories.the_committee().id, name="甲", office_name="乙", from_on=date(2030, 1, 1))
    )
    with transaction(by=Actor(1, "丙", name.committee_id)):
        db.session.delete(name)
    entry = entries()[-1]
    assert entry.change == Change.DELETE
    assert json.loads(entry.changes)["name"] == ["甲", None]


def test_a_change_outside_a_transaction_is_refused(session):
    row = factories.unit("甲局")
    row.note = "偷改"
    with pytest.raises(RuntimeError, match="outside a transaction"):
        db.session.flush()
    db.session.rollback()


def test_what_is_rolled_back_leaves_no_entry(session):
    by = Actor(1, "甲", factories.committee().id)
    count = len(entries())

    def fail():
        with transaction(by=by):
            db.session.add(unit(by, "丙局"))
            db.session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert len(entries()) == count
    with transaction(by=by):
        db.session.add(unit(by, "丁局"))
    assert [json.loads(entry.changes)["name"][1] for entry in entries()[count:]] == ["丁局"]
    assert flaws() == []


def test_secrets_are_never_written(session):
    committee = factories.committee()
    by = Actor(1, "安全管理员", committee.id)
    with transaction(by=by):
        user = accounts.create_user(
            committee_id=committee.id,
            name="edu",
            display_name="教育",
            roles=[Role.OBSERVER],
            unit_id=None,
            password="Kuqa-2026-x",
            profile=PROFILES["dengbao"],
            by=by,
        )
    with transaction(by=by):
        accounts.change_password(db.session.get(User, user.id), password="Other-2026-y", profile=PROFILES["dengbao"])
    said = "".join(entry.changes for entry in entries())
    assert "argon2" not in said
    assert "Kuqa" not in said
    assert '"password_hash":["***","***"]' in said


def test_each_committee_has_its_own_chain(session):
    one, two = factories.committee(), factories.save(Committee(region="邻县"))
    for by in (Actor(1, "甲", one.id), Actor(2, "乙", two.id), Actor(1, "甲", one.id)):
        with transaction(by=by):
            db.session.add(unit(by, f"单位{len(entries())}"))
    chains = {}
    for entry in entries():
        chains.setdefault(entry.committee_id, []).append(entry.seq)
    assert chains[one.id] == [1, 2]
    assert chains[two.id] == [1]
    assert flaws() == []
    assert queries.head_of(one.id).startswith("2:")
    assert queries.head_of(999) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (UnitKind.MEMBER, '"member"'),
        (datetime(2026, 7, 14, 10, 30, tzinfo=UTC), '"2026-07-14T10:30:00.000000+00:00"'),
        (NOW.astimezone(tz=None), '"2026-07-14T02:30:00.000000+00:00"'),
        (date(2026, 7, 14), '"2026-07-14"'),
        (time(9, 30), '"09:30:00"'),
        (Decimal("1.50"), '"1.5"'),
        (Decimal("100.0000"), '"100"'),
        (Decimal("0.0000"), '"0"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("-0"), '"0"'),
        (True, "true"),
        (None, "null"),
        ('㐂龘𠮷𬱖\n"', '"㐂龘𠮷𬱖\\n\\""'),
        ({"b": 1, "a": [1, None]}, '{"a":[1,null],"b":1}'),
    ],
)
def test_values_are_written_the_same_way_always(value, said):
    assert canonical(plain(value)) == said


def test_the_chain_is_the_same_on_both_databases(session):
    """The hash of a known link, whatever the database; the suite runs on SQLite and on PostgreSQL."""
    by = Actor(7, "办公室工作人员", 4711)
    with transaction(by=by):
        db.session.add(Committee(id=4711, region="某县㐂𠮷", office_phone="6021", office_hours=""))
    entry = entries()[-1]
    assert (
        entry.changes
        == '{"office_hours":[null,""],"office_phone":[null,"6021"],"region":[null,"某县㐂𠮷"],"version":[null,1]}'
    )
    assert entry.hash == "00c583b6d6b4ab9b8b6282287f681fcfa9aa74e36828de447c359d2d81eb904b"
    db.session.expire_all()
    assert flaws() == []


# That it cannot be changed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'x'",
        "UPDATE audit_entry SET hash = hash",
        "DELETE FROM audit_entry",
        "UPDATE access_entry SET subject = 'x'",
        "DELETE FROM access_entry",
    ],
)
def test_the_database_refuses_to_change_or_delete_entries(session, statement):
    from meetings.audit.actions import log_access
    from meetings.audit.models import AccessKind

    factories.unit()
    log_access(AccessKind.PRINT, "x", by=None)
    db.session.commit()
    with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(statement))
    assert "x" not in {entry.actor_name for entry in entries()}


# That a change made all the same is named

FORGERIES = {
    1: "UPDATE audit_entry SET actor_name = '别人' WHERE seq = 1",
    2: "UPDATE audit_entry SET user_id = 8 WHERE seq = 2",
    3: "UPDATE audit_entry SET user_id = NULL WHERE seq = 3",
    4: "UPDATE audit_entry SET at = '2026-07-14 02:31:00+00' WHERE seq = 4",
    5: "UPDATE audit_entry SET change = 'delete' WHERE seq = 5",
    6: "UPDATE audit_entry SET subject = 'person' WHERE seq = 6",
    7: "UPDATE audit_entry SET subject_id = subject_id + 1 WHERE seq = 7",
    8: "UPDATE audit_entry SET changes = '{}' WHERE seq = 8",
    9: "UPDATE audit_entry SET changes = replace(changes, '局', '厅') WHERE seq = 9",
    10: "UPDATE audit_entry SET changes = changes || ' ' WHERE seq = 10",
    11: "UPDATE audit_entry SET changes = replace(changes, ':', ': ') WHERE seq = 11",
    12: "UPDATE audit_entry SET hash = 'x' WHERE seq = 12",
    14: "DELETE FROM audit_entry WHERE seq = 14",
    16: "UPDATE audit_entry SET actor_name = actor_name || ' ' WHERE seq = 16",
    18: "UPDATE audit_entry SET actor_name = '' WHERE seq = 18",
    20: "UPDATE audit_entry SET changes = replace(changes, 'null', '0') WHERE seq = 20",
    22: "UPDATE audit_entry SET seq = 122 WHERE seq = 22",
    24: "UPDATE audit_entry SET changes = replace(changes, 'member', 'office') WHERE seq = 24",
    26: "UPDATE audit_entry SET subject_id = -subject_id WHERE seq = 26",
    28: "UPDATE audit_entry SET at = '2020-01-01 00:00:00+00' WHERE seq = 28",
}


def timed(statement):
    """SQLite keeps instants as its driver writes them, without a zone."""
    return statement if db.engine.dialect.name == "postgresql" else statement.replace("+00'", ".000000'")


@pytest.mark.parametrize("seq", FORGERIES)
def test_each_single_forgery_is_named(office, seq):
    assert flaws() == []
    disarm()
    db.session.execute(text(timed(FORGERIES[seq])))
    db.session.expire_all()
    assert seq in {found for found, _reason in flaws()}


def test_twenty_of_twenty_forged_at_once_are_named(office):
    assert len(FORGERIES) == 20
    disarm()
    for statement in FORGERIES.values():
        db.session.execute(text(timed(statement)))
    db.session.expire_all()
    named = {seq for seq, _reason in flaws()}
    assert named >= set(FORGERIES)
    untouched = set(range(1, 31)) - set(FORGERIES) - {seq + 1 for seq in FORGERIES}
    assert not named & untouched


def test_a_cut_tail_is_named(office):
    disarm()
    db.session.execute(text("DELETE FROM audit_entry WHERE seq > 27"))
    db.session.expire_all()
    assert flaws() == [(30, "tail")]


def test_a_tail_cut_together_with_its_head_is_named_by_what_was_printed(office, monkeypatch):
    head = queries.head_of(office.committee_id)
    monkeypatch.setattr(queries, "anchors", [lambda: [(office.committee_id, 30, head.partition(":")[2])]])
    assert flaws() == []
    disarm()
    db.session.execute(text("DELETE FROM audit_entry WHERE seq > 27"))
    last = db.session.scalar(
        select(AuditEntry.hash).where(AuditEntry.seq == 27, AuditEntry.committee_id == office.committee_id)
    )
    db.session.execute(
        text("UPDATE audit_head SET seq = 27, hash = :hash WHERE committee_id = :id"),
        {"hash": last, "id": office.committee_id},
    )
    db.session.expire_all()
    assert flaws() == [(30, "printed")]


def test_a_chain_written_anew_is_named_by_what_was_printed(office, monkeypatch):
    from meetings.audit.rules import chained_hash

    head = queries.head_of(office.committee_id)
    monkeypatch.setattr(queries, "anchors", [lambda: [(office.committee_id, 30, head.partition(":")[2])]])
    disarm()
    db.session.execute(text("UPDATE audit_entry SET actor_name = '别人' WHERE seq = 5"))
    db.session.expire_all()
    link = ""
    for entry in entries():
        if entry.committee_id == office.committee_id:
            link = chained_hash(link, entry)
            db.session.execute(
                text("UPDATE audit_entry SET hash = :hash WHERE id = :id"), {"hash": link, "id": entry.id}
            )
    db.session.execute(
        text("UPDATE audit_head SET hash = :hash WHERE committee_id = :id"), {"hash": link, "id": office.committee_id}
    )
    db.session.expire_all()
    assert flaws() == [(30, "printed")]


def test_a_lost_head_and_a_lost_chain_are_named(office):
    db.session.execute(text("DELETE FROM audit_head"))
    db.session.expire_all()
    assert (30, "no_head") in flaws()
    db.session.rollback()


def test_an_entry_slipped_in_is_named(office):
    last = entries()[-1]
    db.session.execute(
        text(
            "INSERT INTO audit_entry "
            "(committee_id, seq, at, user_id, actor_name, change, subject, subject_id, changes, hash) "
            "SELECT committee_id, seq + 1, at, user_id, actor_name, change, subject, subject_id, changes, hash "
            "FROM audit_entry WHERE id = :id"
        ),
        {"id": last.id},
    )
    db.session.expire_all()
    assert (31, "forged") in flaws()


# The command


def test_the_command_says_that_the_chain_is_whole(app, office):
    done = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (done.exit_code, done.stdout) == (0, "审计链完整\n")


def test_the_command_names_each_flaw_and_exits_with_one(app, office):
    disarm()
    db.session.execute(text(FORGERIES[9]))
    db.session.execute(text("DELETE FROM audit_entry WHERE seq > 27"))
    db.session.expire_all()
    done = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert done.exit_code == 1
    assert f"委员会 {office.committee_id} 第 9 条：内容与校验值不符" in done.stderr
    assert "第 30 条：链尾与链头不符" in done.stderr


# Many at once


def test_eight_writers_keep_the_chain_whole(committed):
    with committed.app_context():
        committee_id = factories.committee().id
        db.session.remove()
    failures = []

    def write(number):
        by = Actor(number, f"甲{number}", committee_id)
        for n in range(10):
            try:
                with committed.app_context(), transaction(by=by):
                    db.session.add_all([unit(by, f"{number}-{n}-a"), unit(by, f"{number}-{n}-b")])
            except Exception as error:  # noqa: BLE001 -- whatever it is, the test names it
                failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with committed.app_context():
        assert flaws() == []
        head = db.session.scalars(select(AuditHead).where(AuditHead.committee_id == committee_id)).one()
        assert head.seq == 160
        assert db.session.scalar(select(func.count()).select_from(Unit)) == 160
        db.session.remove()


def test_what_many_rows_say_is_written_in_one_statement(statements):
    by = Actor(1, "甲", factories.committee().id)
    numbers = count(1)

    def cost(size):
        statements.clear()
        with transaction(by=by):
            db.session.add_all(unit(by, f"{next(numbers)}") for _ in range(size))
        return len([statement for statement in statements if "audit_" in statement])

    cost(1)
    assert cost(40) == cost(1)


def test_a_row_that_falls_out_of_its_owners_list_is_written_and_no_longer_found(session):
    """No name is asked to go: SQLAlchemy finds such rows within the flush."""
    by, unit = factories.staff(), factories.unit("县教育局")
    task = factories.task(lead_unit=unit, standards=["完成底数摸排", "建立互助台账"])
    with transaction(by=by):
        found = tasks.find(task.id, actor=by)
        gone = found.standards[1].id
        found.standards = found.standards[:1]
    entry = entries()[-1]
    assert (entry.change, entry.subject, entry.subject_id) == (Change.DELETE, "task_standard", gone)
    assert json.loads(entry.changes)["text"] == ["建立互助台账", None]
    assert not search("互助台账", actor=by).total
    assert search("底数摸排", actor=by).total == 1

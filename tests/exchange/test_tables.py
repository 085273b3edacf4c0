"""Tables out and in: a round trip changes nothing, a preview says what each row becomes, all is done or nothing."""

import io
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from meetings.accounts.rules import Role
from meetings.core.db import transaction
from meetings.directory.models import Person, Post, PostKind, Unit, UnitKind, UnitName
from meetings.exchange.actions import tables as actions
from meetings.exchange.catalogue import TABLES
from meetings.exchange.rules.tables import Outcome
from meetings.exchange.views.tables import table_bytes
from meetings.plans.models import IndicatorValue, ValueState
from meetings.tasks import queries
from meetings.tasks.models import (
    ProgressReport,
    Quantity,
    ReportedQuantity,
    Standard,
    Task,
    TaskStatus,
    TaskUnit,
    UnitRole,
)
from tests import factories, pages
from tests.exchange.books import book, carried_out, downloaded, headings, previewed, row, rows_of, sent


def test_what_goes_out_comes_back_and_changes_nothing(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县教育局").one()
    person = factories.person("王某", protocol_order=7)
    factories.post(unit, person_id=person.id, kind=PostKind.LIAISON, title="办公室主任")
    factories.post(unit, kind=PostKind.HEAD)
    factories.person("李某")
    for n in range(3):
        factories.task(lead_unit=unit, title=f"=1+{n}", standards=["一条", "另一条"], due_on=date(2026, 9, 1 + n))
    factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, standards=["一条"])
    domain = factories.domain(factories.plan())
    factories.goal(domain, number="1")
    factories.indicator(domain, units=[unit], target_text="提高")
    client = client_as(office)

    for code in TABLES.keys() - {"values"}:  # of which there are none here
        content = client.get(f"/exchange/{code}.xlsx").data
        answer = sent(client, code, content)
        assert "表中内容与现有的完全相同" in answer.text, code
        assert not previewed(answer)


def test_units_are_made_changed_renamed_and_dissolved(client_as, session, office):
    client = client_as(office)
    table = downloaded(client, "units")
    place = {name: at for at, name in enumerate(table[0])}
    table[1][place["备注"]] = "全县中小学、幼儿园"
    table[2][place["全称"]], table[2][place["简称"]] = "云岭县民政事务局", "县民政事务局"
    table[2][place["更名日期"]] = "2026年7月1日"
    table += [
        row("units", name="云岭县妇幼保健院", short_name="县妇幼", kind="业务机构", parent_id="云岭县卫健委"),
        row("units", name="云岭县卫健委", short_name="县卫健委", kind="成员单位", from_on=date(2020, 1, 1)),
    ]

    answer = sent(client, "units", book(table))
    assert "将新增 2 行、修改 2 行" in answer.text
    assert session.query(Unit).count() == 2
    carried_out(client, "units", book(table))

    above = session.query(Unit).filter_by(short_name="县卫健委").one()
    assert session.query(Unit).filter_by(short_name="县妇幼").one().parent_id == above.id
    assert (above.kind, above.from_on) == (UnitKind.MEMBER, date(2020, 1, 1))
    assert session.query(Unit).filter_by(short_name="县教育局").one().note == "全县中小学、幼儿园"
    assert session.query(UnitName).one().until_on == date(2026, 6, 30)

    table = downloaded(client, "units")
    table[1][place["撤销日期"]] = 46203  # a day that has lost its format: 30 June 2026
    carried_out(client, "units", book(table))
    assert session.query(Unit).filter_by(short_name="县教育局").one().until_on == date(2026, 6, 30)


def test_people_keep_their_number_and_namesakes_are_told_apart(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县教育局").one()
    known = factories.person("王某")
    factories.post(unit, person_id=known.id, kind=PostKind.HEAD, from_on=date(2020, 1, 1))
    client = client_as(office)
    table = downloaded(client, "people")
    place = {name: at for at, name in enumerate(table[0])}
    held = {"unit_id": "县民政局", "kind": "联络员", "title": "股长", "from_on": "2026.3.1"}

    wrong = [*table, row("people", name="王某", **held), row("people", name="赵某", unit_id="县民政局")]
    answer = sent(client, "people", book(wrong))
    assert f"名册中已有“王某”（人员编号 {known.id}）" in answer.text
    assert "“任职”：不能为空" in answer.text

    table[1][place["止任日期"]] = date(2026, 6, 30)
    table += [
        row("people", person=str(known.id), name="王某", protocol_order=3, **held),
        row("people", person="新", name="王某", **{**held, "kind": "统计员"}),
        row("people", person="新1", name="孙某", **{**held, "kind": "分管领导"}),
        row("people", person="新1", name="孙某", **{**held, "kind": "委员"}),
    ]
    answer = sent(client, "people", book(table))
    assert "姓名、礼宾次序、办公电话或备注写得不一样" in answer.text  # 礼宾次序 differs from the row that ends
    table[1][place["礼宾次序"]] = 3
    carried_out(client, "people", book(table))

    assert session.query(Person).filter_by(name="王某").count() == 2
    assert session.get(Person, known.id).protocol_order == 3
    sun = session.query(Person).filter_by(name="孙某").one()
    assert {post.kind for post in session.query(Post).filter_by(person_id=sun.id)} == {
        PostKind.DEPUTY_IN_CHARGE,
        PostKind.MEMBER,
    }
    posts = session.query(Post).filter_by(person_id=known.id).order_by(Post.id).all()
    assert [(post.unit_id == unit.id, post.until_on) for post in posts] == [(True, date(2026, 6, 30)), (False, None)]


def test_tasks_are_drafted_and_changed_but_not_once_issued(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县教育局").one()
    issued = factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, title="已交办的")
    draft = factories.task(lead_unit=unit, status=TaskStatus.DRAFT, title="草稿")
    client = client_as(office)
    table = downloaded(client, "tasks")
    place = {name: at for at, name in enumerate(table[0])}
    by_key = {str(int(line[0])) if isinstance(line[0], float) else line[0]: line for line in table[1:]}

    by_key[str(issued.id)][place["任务"]] = "改名"
    assert "任务已交办，不能在表中修改" in sent(client, "tasks", book(table)).text
    by_key[str(issued.id)][place["任务"]] = "已交办的"
    by_key[str(draft.id)][place["完成时限"]] = "２０２６／９／３０"
    table.append(
        row(
            "tasks",
            title="排查控辍保学情况",
            standards="1. 学校全覆盖\n2. 建立台账",
            lead_unit_id="云岭县民政局",
            cooperating_unit_ids="县教育局",
            due_on=20260831.0,
            quantities="排查学校，所，２８",
            stages="2026-08-01 完成培训",
        )
    )
    carried_out(client, "tasks", book(table))

    session.refresh(draft)
    assert draft.due_on == date(2026, 9, 30)
    number = session.query(Task.id).filter_by(title="排查控辍保学情况").scalar()
    made = queries.find(number, actor=office)
    assert (made.status, made.due_on, made.lead_unit.short_name) == (TaskStatus.DRAFT, date(2026, 8, 31), "县民政局")
    assert [standard.text for standard in made.standards] == ["学校全覆盖", "建立台账"]
    assert (made.quantities[0].name, made.quantities[0].target) == ("排查学校", 28)
    assert made.stages[0].due_on == date(2026, 8, 1)


def test_progress_comes_back_once_and_counts(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县教育局").one()
    other = session.query(Unit).filter_by(short_name="县民政局").one()
    task = factories.task(
        lead_unit=unit, cooperating_units=[other], status=TaskStatus.IN_PROGRESS, standards=["一条", "另一条"]
    )
    with transaction(by=office):
        session.add(Quantity(task_id=task.id, position=0, name="排查学校", measure="所", target=28, total=8))
    client = client_as(office)
    table = downloaded(client, "progress")
    place = {name: at for at, name in enumerate(table[0])}
    assert [line[place["分工"]] for line in table[1:]] == ["牵头", "配合"]
    assert table[1][place["目标与累计"]] == "排查学校（所）：目标 28，累计 8"

    table[1][place["进展情况"]] = "排查了五所"
    assert "请写明下一步工作" in sent(client, "progress", book(table)).text
    table[1][place["下一步工作"]] = "九月底前全部排查"
    table[1][place["本期完成数"]] = "学校 5"
    table[1][place["达到的完成标准"]] = "3"
    assert "不是完成标准的序号，应为 1 至 2" in sent(client, "progress", book(table)).text or "看不明白" in (
        sent(client, "progress", book(table)).text
    )
    table[1][place["本期完成数"]] = "５"
    table[1][place["达到的完成标准"]] = "2"
    table[2][place["本期无进展变化"]] = "是"
    carried_out(client, "progress", book(table))

    lead, helper = session.query(ProgressReport).order_by(ProgressReport.id)
    assert (lead.unit_id, lead.is_entered_by_office) == (unit.id, True)
    assert session.query(ReportedQuantity.total).filter_by(report_id=lead.id).scalar() == 13
    assert (helper.unit_id, helper.is_no_change) == (other.id, True)
    session.expire_all()
    met = session.query(Standard).filter_by(task_id=task.id).order_by(Standard.position)
    assert [row.met_at is not None for row in met] == [False, True]
    assert "别人已经改过这一行" in sent(client, "progress", book(table)).text  # the same file once more
    assert session.query(ProgressReport).count() == 2


def test_the_form_of_one_unit_comes_back_with_its_code(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县教育局").one()
    other = session.query(Unit).filter_by(short_name="县民政局").one()
    for lead in (unit, unit, other):
        factories.task(lead_unit=lead, status=TaskStatus.IN_PROGRESS)
    client = client_as(office)
    content = client.get(f"/exchange/progress.xlsx?unit={unit.id}").data
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<sheetProtection" in packed.read("xl/worksheets/sheet1.xml")
    table = rows_of(content)
    head = table.index(next(line for line in table if "进展情况" in line))
    place = {name: at for at, name in enumerate(table[head])}
    assert len(table) == head + 3
    table[head + 1][place["进展情况"]] = "做了"
    table[head + 1][place["下一步工作"]] = "再做"

    answer = sent(client, "progress", book(table))
    assert "这是县教育局 2026-07-14 下载的离线填报表，核对码相符" in answer.text
    forged = [list(line) for line in table]
    forged[head + 1][place["任务"]] = "别的任务"
    assert "核对码不符" in sent(client, "progress", book(forged)).text
    assert "核对码不符" in sent(client, "progress", book(table[:-1])).text

    liaison = client_as(factories.liaison(other))
    assert liaison.get(f"/exchange/progress.xlsx?unit={unit.id}").status_code == 404
    assert "不归您办理" in sent(liaison, "progress", book(table)).text
    own = liaison.get(f"/exchange/progress.xlsx?unit={other.id}")
    assert own.status_code == 200
    carried_out(client_as(office), "progress", book(table))
    assert session.query(ProgressReport).one().is_entered_by_office


def test_tables_are_for_those_who_may_bring_them(client_as, session, office):
    unit = session.query(Unit).first()
    liaison = client_as(factories.liaison(unit))
    pages.check(liaison.get("/exchange/").text)
    assert liaison.get("/exchange/tasks").status_code == 404
    assert liaison.get("/exchange/units.xlsx").status_code == 404
    for actor in (factories.actor(Role.LEADER), factories.actor(Role.AUDITOR)):
        for path in ("/exchange/", "/exchange/tasks", "/exchange/units.xlsx"):
            assert client_as(actor).get(path).status_code == 404
    client = client_as(office)
    pages.check(client.get("/exchange/").text)
    pages.check(client.get("/exchange/tasks").text)
    assert client.get("/exchange/nothing").status_code == 404
    assert len(downloaded(client, "tasks", "?empty=1")) == 1


def test_personal_data_asks_first(client_as, session, office):
    client = client_as(office)
    good = {"title": "任务", "lead_unit_id": "县教育局", "due_on": date(2026, 9, 30)}
    content = book([headings("tasks"), row("tasks", **good, content="张三丰 13812345678，李四光 13912345678")])
    assert "有身份证号或多人姓名电话" in sent(client, "tasks", content).text
    assert previewed(sent(client, "tasks", content, personal_data_confirmed="y"))


def test_the_command_checks_and_applies(app, session, office, tmp_path):
    file = tmp_path / "任务.xlsx"
    good = {"title": "任务", "lead_unit_id": "县教育局", "due_on": date(2026, 9, 30)}
    file.write_bytes(book([headings("tasks"), row("tasks", **good)]))
    factories.director()
    run = app.test_cli_runner().invoke

    told = run(args=["import-xlsx", "tasks", str(file)])
    assert (told.exit_code, "新增 1 行" in told.output) == (0, True)
    assert session.query(Task).count() == 0
    assert "已导入 1 行" in run(args=["import-xlsx", "tasks", str(file), "--apply"]).output
    assert session.query(Task).count() == 1

    file.write_bytes(book([headings("tasks"), row("tasks", **{**good, "due_on": "月底"})]))
    wrong = run(args=["import-xlsx", "tasks", str(file), "--apply"])
    assert wrong.exit_code == 1
    assert "第 2 行" in wrong.output
    assert "“完成时限”：“月底”不是日期" in wrong.output
    assert run(args=["import-xlsx", "nothing", str(file)]).exit_code == 2
    file.write_bytes(b"x")
    assert run(args=["import-xlsx", "tasks", str(file)]).exit_code == 1


def test_the_documents_list_the_columns():
    told = (Path(__file__).parents[2] / "docs/exchange.md").read_text("utf-8")
    for kind in TABLES.values():
        section = told.partition(f"### `{kind.code}` {kind.title}\n")[2].partition("\n### ")[0]
        rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
        assert rows == [
            [
                f"**{column.heading}**" if column.is_required else column.heading,
                f"`{column.name}`",
                "filled in by the system" if column.is_fixed else column.kind.value,
            ]
            for column in kind.columns
        ], kind.code


def test_a_thousand_rows_come_back_unchanged_and_five_thousand_are_previewed_at_once(session, office):
    good = {"lead_unit_id": "县教育局", "cooperating_unit_ids": "县民政局", "due_on": date(2026, 9, 30)}
    many = [row("tasks", title=f"第{n}件：排查、建台账、逐人落实", standards="一条\n两条", **good) for n in range(5000)]
    kind = TABLES["tasks"]
    started = time.perf_counter()
    found = actions.preview(kind, book([headings("tasks"), *many]), secret=b"", by=office)
    assert found.counts[Outcome.NEW] == 5000
    assert time.perf_counter() - started < 8  # under 2 s on a quiet machine: benchmarks/tables.py

    unit = session.query(Unit).first()
    factories.save(*(Task(**plain(n, unit)) for n in range(1000)))
    with_rows = kind.present(office, None)
    again = actions.preview(kind, table_bytes(kind, with_rows, office), secret=b"", by=office)
    assert again.counts[Outcome.UNCHANGED] == 1000


def plain(n, unit):
    day = date(2026, 9, 30)
    return {
        "committee_id": unit.committee_id,
        "title": f"任务{n}",
        "lead_unit_id": unit.id,
        "original_due_on": day,
        "due_on": day,
        "units": [TaskUnit(unit_id=unit.id, role=UnitRole.LEAD, due_on=day)],
        "standards": [Standard(position=0, text=f"{n}.5 公里")],
        "stages": [],
        "quantities": [],
    }


def test_values_are_entered_for_the_year_that_is_due_and_asked_about_like_on_their_page(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县教育局").one()
    domain = factories.domain(factories.plan(from_year=2021, until_year=2030))
    rate = {"numerator_name": "在园幼儿", "denominator_name": "适龄幼儿", "factor": 100, "decimals": 1}
    indicator = factories.indicator(domain, "毛入园率", [unit], **rate)
    checked = factories.indicator(domain, "幼儿园数", [unit], unit_of_measure="所", position=2)
    factories.figure(indicator, 2024, "90.0")
    factories.figure(checked, 2025, "12")
    liaison = client_as(factories.liaison(unit))
    table = downloaded(liaison, "values")
    place = {name: at for at, name in enumerate(table[0])}
    assert [(int(line[place["年度"]]), line[place["指标"]]) for line in table[1:]] == [
        (2025, "毛入园率"),
        (2025, "幼儿园数"),
    ]
    assert "表中内容与现有的完全相同" in sent(liaison, "values", book(table)).text

    table[1][place["分子"]], table[1][place["分母"]] = "９０", 1000
    assert "请核对；无误的请写明原因" in sent(liaison, "values", book(table)).text
    table[1][place["分母"]] = ""
    assert "分母" in sent(liaison, "values", book(table)).text
    table[1][place["分母"]], table[1][place["分子"]] = 1000, 918
    table[2][place["数值"]] = 13
    assert "已经核对" in sent(liaison, "values", book(table)).text
    table[2][place["数值"]] = 12
    carried_out(liaison, "values", book(table))

    kept = session.query(IndicatorValue).filter_by(indicator_id=indicator.id, year=2025).one()
    assert (kept.value, kept.entered_unit_id, kept.state) == (Decimal("91.8"), unit.id, ValueState.ENTERED)
    table[1][place["分子"]] = 917
    assert "别人已经改过这一行" in sent(liaison, "values", book(table)).text
    assert len(downloaded(client_as(office), "values")) == 3

"""What is wrong in a table is named with its place, a harmful file is refused, and nothing is written."""

import io
import time
import zipfile
from datetime import date

import pytest

from meetings.core.db import transaction
from meetings.directory.models import Unit
from meetings.tasks.models import Task
from tests import factories
from tests.exchange.books import book, carried_out, downloaded, headings, previewed, row, rows_of, sent

WRONG = {
    "lead_unit_id": ("县水利局", "没有名为“县水利局”的单位"),
    "cooperating_unit_ids": ("县教育局、县教育局", "同一单位写了两次"),
    "due_on": ("9月底", "“9月底”不是日期"),
    "urgency": ("很急", "不在选项中，可填：一般、加急、特急"),
    "reporting_day": ("31", "应是 1 至 28 的整数"),
    "content": ("秘密★1年", "密级标志"),
    "source_text": ("办\x07公室", "控制字符（U+0007）"),
    "title": ("", "不能为空"),
    "quantities": ("排查学校", "请写成：名称，计量单位，目标数"),
    "stages": ("八月 培训", "请写成：2026-09-01"),
    "basis": ("长" * 301, "最多 300 字，现有 301 字"),
    "reporting_cycle": ("每月", "按月、按周报送须写明理由"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_is_named_with_its_row_and_nothing_is_written(client_as, session, office, name):
    typed, words = WRONG[name]
    good = {"title": "任务", "lead_unit_id": "县教育局", "due_on": "2026-09-30"}
    table = [headings("tasks"), row("tasks", **good), row("tasks", **{**good, "title": "又一件", name: typed})]
    answer = sent(client_as(office), "tasks", book(table))

    assert words in answer.text
    assert "整张表都没有导入" in answer.text
    assert not previewed(answer)
    assert session.query(Task).count() == 0


def test_all_rows_of_a_preview_are_taken_out_with_their_reasons(client_as, session, office):
    good = {"title": "任务", "lead_unit_id": "县教育局"}
    wrong = [row("tasks", **{**good, "title": f"任务{n}"}, due_on="9月底") for n in range(250)]
    content = book([headings("tasks"), *wrong, row("tasks", **good, due_on="2026-09-30")])
    client = client_as(office)
    page = sent(client, "tasks", content).text
    assert "另有 50 行没有在这里列出" in page

    answer = sent(client, "tasks", content, findings="y")

    found = rows_of(answer.data)
    assert found[0] == ["行号", "结果", "名称", "内容或原因"]
    assert len(found) == 252
    assert found[250][1:3] == ["有误", "任务249"]
    assert "“9月底”不是日期" in found[250][3]
    assert found[251][1] == "新增"
    assert "完成时限：2026-09-30" in found[251][3]
    assert session.query(Task).count() == 0


def test_rows_that_repeat_merge_or_came_too_late_are_refused(client_as, session, office):
    unit = session.query(Unit).filter_by(short_name="县教育局").one()
    draft = factories.task(lead_unit=unit, title="草稿")
    client = client_as(office)
    good = {"title": "任务", "lead_unit_id": "县教育局", "due_on": date(2026, 9, 30)}
    head = headings("tasks")

    twice = sent(client, "tasks", book([head, row("tasks", **good), row("tasks", **good)]))
    assert "与第 2 行完全相同" in twice.text
    table = downloaded(client, "tasks")
    assert "与第 2 行是同一编号" in sent(client, "tasks", book([*table, table[1]])).text
    assert "没有编号为“999”的行" in sent(client, "tasks", book([head, row("tasks", key="999", **good)])).text
    lead = head.index("牵头单位")
    merged = book(
        [head, row("tasks", **good), row("tasks", **{**good, "title": "又一件"})], merge=(1, lead, 2, lead, "县教育局")
    )
    assert "“牵头单位”：是合并的单元格" in sent(client, "tasks", merged).text

    table[1][head.index("任务")] = "改名"
    fingerprint = previewed(sent(client, "tasks", book(table)))
    with transaction(by=office):
        session.get(Task, draft.id).content = "别人改的"
    late = sent(client, "tasks", book(table), previewed=fingerprint)
    assert "别人已经改过这一行" in late.text
    assert session.get(Task, draft.id).title == "草稿"
    assert session.query(Task).count() == 1


def test_a_row_that_a_rule_refuses_takes_all_others_back(client_as, session, office):
    client = client_as(office)
    table = downloaded(client, "units")
    place = {name: at for at, name in enumerate(table[0])}
    table[1][place["设立日期"]] = date(2026, 5, 1)
    carried_out(client, "units", book(table))
    table = downloaded(client, "units")
    table[1][place["撤销日期"]] = date(2026, 4, 1)  # before it was set up: only the action knows
    table.append(row("units", name="云岭县司法局", short_name="县司法局", kind="成员单位"))
    content = book(table)

    answer = sent(client, "units", content, previewed=previewed(sent(client, "units", content)))

    assert answer.status_code == 200
    assert "日期早于该单位的设立日期" in answer.text
    assert session.query(Unit).count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda head: [name for name in head if name != "牵头单位"], "缺少列：牵头单位"),
        (lambda head: ["牵头部门" if name == "牵头单位" else name for name in head], "多出列：牵头部门"),
        (lambda head: [*head, "任务"], "列名重复：任务"),
        (lambda _head: ["甲", "乙"], "没有找到列名"),
    ],
)
def test_wrong_headings_are_named(client_as, session, office, change, words):
    answer = sent(client_as(office), "tasks", book([change(headings("tasks")), ["x"] * 30]))
    assert words in answer.text


def test_a_title_above_and_own_columns_beside_do_no_harm(client_as, session, office):
    head = [f" {name}*" for name in headings("tasks")]
    good = row("tasks", title="任务", lead_unit_id="=县教育局", due_on=date(2026, 9, 30))
    good[headings("tasks").index("牵头单位")] = '=IF(1,"县教育局")'
    answer = sent(client_as(office), "tasks", book([["县教育局的表"], [*head, "自己的备注"], [*good, "看过"]]))
    assert "没有读取的列：自己的备注" in answer.text
    assert previewed(answer)


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def with_sheet(change):
    """A right workbook whose first sheet went through ``change``."""
    out = io.BytesIO()
    right = book([headings("tasks"), row("tasks", title="任务", lead_unit_id="县教育局", due_on="2026-09-30")])
    with zipfile.ZipFile(io.BytesIO(right)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            data = before.read(item)
            after.writestr(item.filename, change(data) if item.filename == "xl/worksheets/sheet1.xml" else data)
    return out.getvalue()


HOSTILE = {
    "bomb": (lambda: archive(**{"xl/workbook.xml": b"<a/>", "xl/x.xml": b"0" * 30_000_000}), "解压后过大"),
    "many parts": (lambda: archive(**{"xl/workbook.xml": b"", **{f"x{n}": b"" for n in range(1100)}}), "解压后过大"),
    "entities": (
        lambda: with_sheet(lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)),
        "XML 实体",
    ),
    "far corner": (
        lambda: with_sheet(
            lambda xml: xml.replace(b'<row r="2"', b'<row r="2"><c r="XFD1048576"/></row><row r="3"', 1)
        ),
        "范围过大",
    ),
    "many rows": (lambda: with_sheet(lambda xml: xml.replace(b'<row r="2"', b'<row r="1000000"')), "范围过大"),
    "unsolved": (
        lambda: with_sheet(
            lambda xml: xml.replace(b"</row></sheetData>", b'<c r="Z2"><f>SUM(A1)</f></c></row></sheetData>')
        ),
        "Z2 格的公式没有算出结果",
    ),
    "no zip": (lambda: b"PK\x03\x04" + b"x" * 100, "已损坏"),
    "docx": (lambda: archive(**{"word/document.xml": b"<a/>"}), "不是 Excel 文件"),
    "xls": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 600, "旧版 .xls 或加了密码"),
    "text": ("编号,任务".encode, "不是 Excel 文件"),
    "empty": (lambda: book([]), "没有填写任何一行"),
    "headings only": (lambda: book([headings("tasks")]), "没有填写任何一行"),
    "broken sheet": (lambda: with_sheet(lambda xml: xml[: len(xml) // 2]), "已损坏"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_could_do_harm_is_refused_with_the_reason(client_as, session, office, name):
    make, words = HOSTILE[name]
    content = make()
    started = time.perf_counter()
    answer = sent(client_as(office), "tasks", content)
    assert words in answer.text, name
    assert time.perf_counter() - started < 5
    assert session.query(Task).count() == 0

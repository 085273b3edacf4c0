"""The ledger as a file: the same rows as on the screen, in its order, for whoever may see them."""

from datetime import date

import pytest
from lxml import html

from meetings.accounts.models import Role
from meetings.tasks.models import TaskStatus as S
from tests import factories as make
from tests.reporting.conftest import said_in, text_of


@pytest.fixture
def tasks(session):
    schools, civil = make.unit("县教育局"), make.unit("县民政局")
    make.task(
        lead_unit=schools, cooperating_units=[civil], status=S.IN_PROGRESS, title="在办甲", due_on=date(2026, 9, 15)
    )
    make.task(lead_unit=schools, status=S.IN_PROGRESS, title="逾期乙", due_on=date(2026, 7, 1))
    make.task(lead_unit=civil, status=S.CLOSED, title="销号丙", due_on=date(2026, 6, 1))
    make.task(lead_unit=schools, status=S.DRAFT, title="草稿丁", due_on=date(2026, 12, 1))
    return schools


@pytest.mark.parametrize(
    "query", ["", "view=all&sort=-due_on", "light=late", "status=draft", "q=甲", "status=cancelled"]
)
def test_the_file_holds_the_rows_of_the_screen_in_its_order(client_as, tasks, query):
    client = client_as(make.staff())
    screen = html.fromstring(client.get(f"/tasks/?{query}").text)
    shown = [title for title in screen.xpath("//tbody//td//a/text()") if title.strip() in TITLES]
    words = screen.xpath("string(//*[contains(text(), '已筛选')])")

    answer = client.get(f"/reports/ledger.pdf?{query}")

    said = text_of(answer.data)
    assert answer.mimetype == "application/pdf"
    assert sorted((said.index(title), title) for title in TITLES if title in said) == [
        (said.index(title), title) for title in shown
    ]
    assert words.replace("已筛选：", "").split("，")[0].strip() in said
    assert "预览" in said


TITLES = ("在办甲", "逾期乙", "销号丙", "草稿丁")


def test_word_and_excel_hold_the_same_rows(client_as, tasks):
    client = client_as(make.staff())
    for suffix in ("docx", "xlsx"):
        said = said_in(client.get(f"/reports/ledger.{suffix}?view=all").data, suffix)
        assert [title for title in TITLES if title in said] == list(TITLES)


def test_a_unit_gets_its_own_tasks_with_its_own_lights(client_as, tasks):
    liaison = make.liaison(tasks)
    said = text_of(client_as(liaison).get("/reports/ledger.pdf?view=all").data)

    assert [title for title in TITLES if title in said] == ["在办甲", "逾期乙"]
    assert "本单位任务" in said


def test_who_reads_no_tasks_gets_no_file(client_as, tasks):
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        assert client_as(make.actor(role)).get("/reports/ledger.pdf").status_code == 404

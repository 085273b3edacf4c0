"""The ledger and the page of one task."""

from meetings.tasks.models import TaskStatus
from tests import factories, pages


def test_the_ledger_shows_the_tasks_under_way(client_as):
    unit = factories.unit("县教育局")
    factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, title="建立帮扶台账")

    html = client_as(factories.staff()).get("/tasks/").text

    pages.check(html)
    assert "建立帮扶台账" in html


def test_a_task_has_a_page(client_as):
    unit = factories.unit("县教育局")
    task = factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, title="建立帮扶台账", standards=("台账齐全",))

    html = client_as(factories.liaison(unit)).get(f"/tasks/{task.id}").text

    pages.check(html)
    assert "您现在可以" in html

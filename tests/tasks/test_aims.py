"""What of the plans a task or a requirement serves is said where it is written down."""

import re
from itertools import count

import pytest

from meetings.meetings.models import RequirementAim
from meetings.tasks import queries
from meetings.tasks.models import TaskAim, TaskSource
from tests import factories, pages

_keys = count(1)


@pytest.fixture
def lines(session):
    """A goal, a measure and an indicator of a plan under way, named as forms name them."""
    domain = factories.domain(factories.plan())
    goal = factories.goal(domain, "提高筛查水平", number="3")
    measure = factories.measure(domain, "开展免费筛查")
    indicator = factories.indicator(domain, "产前筛查率")
    return {"goal": f"goal-{goal.id}", "measure": f"measure-{measure.id}", "indicator": f"indicator-{indicator.id}"}


def sent(unit, **more):
    return {
        "form_key": f"key{next(_keys)}",
        "title": "开展筛查",
        "lead_unit_id": unit.id,
        "due_on": "2026-09-30",
        "urgency": "normal",
        "reporting_cycle": "quarterly",
        "reporting_day": "5",
        "source": "office",
        **more,
    }


def served(session, task_id):
    return {
        (row.goal_id or 0, row.measure_id or 0, row.indicator_id or 0)
        for row in session.query(TaskAim).filter_by(task_id=task_id)
    }


def test_a_task_names_what_it_serves_when_it_is_written_and_changed(client_as, session, lines):
    unit = factories.unit()
    client = client_as(factories.staff())
    page = client.get("/tasks/new").text
    pages.check(page)
    assert "目标3　提高筛查水平" in page
    done = client.post("/tasks/new", data=sent(unit, aims=[lines["goal"], lines["indicator"]]))
    task_id = int(done.location.rsplit("/", 1)[1])
    goal_id, measure_id, indicator_id = (int(lines[noun].split("-")[1]) for noun in ("goal", "measure", "indicator"))
    assert served(session, task_id) == {(goal_id, 0, 0), (0, 0, indicator_id)}
    shown = client.get(f"/tasks/{task_id}").text
    pages.check(shown)
    assert "目标3 提高筛查水平" in shown
    edit = client.get(f"/tasks/{task_id}/edit").text
    pages.check(edit)
    assert f'value="{lines["goal"]}" id="aims' in edit
    version = queries.find(task_id, actor=factories.staff()).version
    changed = client.post(
        f"/tasks/{task_id}/edit", data=sent(unit, version=version, aims=[lines["measure"], lines["indicator"]])
    )
    assert changed.status_code == 303
    assert served(session, task_id) == {(0, measure_id, 0), (0, 0, indicator_id)}


def test_a_task_made_for_an_indicator_keeps_it(client_as, session, lines):
    unit = factories.unit()
    client = client_as(factories.staff())
    done = client.post("/tasks/new", data=sent(unit, source=TaskSource.INDICATOR, aims=[lines["indicator"]]))
    task_id = int(done.location.rsplit("/", 1)[1])
    version = queries.find(task_id, actor=factories.staff()).version
    refused = client.post(
        f"/tasks/{task_id}/edit", data=sent(unit, version=version, source=TaskSource.INDICATOR, aims=[lines["goal"]])
    )
    pages.check(refused.text)
    assert "须保留对应的指标" in refused.text
    assert len(served(session, task_id)) == 1


def test_a_requirement_names_what_it_serves_and_its_tasks_follow(client_as, session, lines):
    unit = factories.unit("县教育局")
    meeting = factories.meeting()
    client = client_as(factories.staff())
    bench = f"/meetings/{meeting.id}/requirements"
    assert lines["indicator"] not in client.get(bench).text
    marked = {"form_key": "m", "speech_id": "", "text": "要提高筛查水平。", "section": "required"}
    marked |= {"is_actionable": "y", "aims": [lines["goal"]]}
    assert client.post(f"{bench}/mark", data=marked).status_code == 303
    aim = session.query(RequirementAim).one()
    page = client.get(bench).text
    pages.check(page)
    assert "目标3 提高筛查水平" in page
    drafted = {"form_key": "d", "tasks-0-title": "开展筛查", "tasks-0-lead_unit_id": unit.id}
    drafted |= {"tasks-0-cooperating_units": "", "tasks-0-due_on": "2026-09-30"}
    assert client.post(f"{bench}/{aim.requirement_id}/tasks", data=drafted).status_code == 303
    assert session.query(TaskAim).one().goal_id == aim.goal_id
    new = client.get(f"/tasks/new?requirement={aim.requirement_id}").text
    assert re.search(f'value="{lines["goal"]}"[^>]* checked', new)
    edit = f"{bench}/{aim.requirement_id}/edit"
    pages.check(client.get(edit).text)
    text = {"version": 1, "text": "要提高筛查水平。", "section": "required", "is_actionable": "y"}
    for key, aims in (("e1", [lines["measure"]]), ("e2", [])):
        assert client.post(edit, data={**text, "form_key": key, "aims": aims}).status_code == 303
        assert session.query(RequirementAim).count() == len(aims)
    wrong = client.post(edit, data={**text, "form_key": "e3", "aims": ["goal-999"]})
    assert "请从列表中选择" in wrong.text

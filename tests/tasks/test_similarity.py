"""Tasks and plan goals that ask for the same are found before they are asked for twice."""

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest

from meetings.accounts.rules import Role
from meetings.tasks import queries
from meetings.tasks.models import TaskAim, TaskStatus
from meetings.tasks.rules.similarity import THRESHOLD, bigrams, least_common, likest, similarity
from tests import factories, pages

PAIRS = json.loads((Path(__file__).parent / "similar.json").read_text("utf-8"))


def score(pair):
    return similarity(*map(bigrams, pair))


def f1(threshold):
    found = sum(score(pair) >= threshold for pair in PAIRS["same"])
    wrong = sum(score(pair) >= threshold for pair in PAIRS["other"])
    return 2 * found / (len(PAIRS["same"]) + found + wrong)


def test_the_threshold_is_the_one_that_finds_most_on_the_labelled_pairs():
    assert f1(THRESHOLD) == max(f1(step / 20) for step in range(4, 20))
    assert sum(score(pair) >= THRESHOLD for pair in PAIRS["same"]) == 22
    assert sum(score(pair) >= THRESHOLD for pair in PAIRS["other"]) == 3


@pytest.mark.parametrize("pair", PAIRS["same"] + PAIRS["other"])
def test_whatever_reaches_the_threshold_has_the_least_number_of_pairs(pair):
    first, second = map(bigrams, pair)
    assert similarity(first, second) == similarity(second, first) <= 1
    if similarity(first, second) >= THRESHOLD:
        assert len(first & second) >= least_common(first)
    assert similarity(first, first) == 1


def test_the_walk_gives_what_comparing_every_pair_gives():
    by_chance = random.Random(7)
    known = [text for pairs in PAIRS.values() for pair in pairs for text in pair]
    pieces = [*known, "ＨＰＶ疫苗", "HPV", "2026年", "㈠", "童", "一站式", "，", "工作方案"]

    def some(count):
        return [
            "".join(by_chance.choices(pieces, k=by_chance.randint(1, 3)))[: by_chance.randint(2, 40)]
            for _ in range(count)
        ]

    texts, others = [*some(60), "", "制定方案"], [*known, *some(400)]
    scores = [[similarity(bigrams(text), bigrams(other)) for other in others] for text in texts]
    found = likest(texts, enumerate(others))
    assert found == [{n: each for n, each in enumerate(row) if each >= THRESHOLD} for row in scores]
    assert [likest([text], enumerate(others))[0] for text in texts] == found
    assert sum(map(len, found)) > 100


def test_a_text_without_a_matter_is_like_nothing():
    assert bigrams("制定工作方案，建立台账") == frozenset()
    assert similarity(frozenset(), bigrams("控辍保学")) == 0


def test_open_tasks_and_drafts_that_one_may_see_are_found(session):
    unit = factories.unit("县教育局")
    other = factories.unit("县民政局")
    same = factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, title="制定全县控辍保学攻坚工作方案")
    draft = factories.task(lead_unit=other, title="控辍保学攻坚方案")
    factories.task(lead_unit=unit, status=TaskStatus.CLOSED, title="制定控辍保学攻坚方案")
    factories.task(lead_unit=unit, title="制定反家庭暴力宣传方案")
    factories.task(lead_unit=unit, title="控辍保学百分号_%")
    staff = factories.staff()

    found = queries.similar_tasks("制定控辍保学攻坚方案", actor=staff)

    assert [(row.id, row.lead_name, row.due_on) for row in found] == [
        (same.id, "县教育局", date(2026, 9, 30)),
        (draft.id, "县民政局", date(2026, 9, 30)),
    ]
    assert [row.id for row in queries.similar_tasks("控辍保学攻坚方案", actor=factories.liaison(unit))] == [same.id]
    assert queries.similar_tasks("控辍保学攻坚方案", actor=factories.actor(Role.AUDITOR)) == []
    assert queries.similar_tasks("制定方案", actor=staff) == []
    assert [row.id for row in queries.similar_tasks("控辍保学攻坚", actor=staff, besides_id=same.id)] == [draft.id]


def test_a_new_task_like_another_asks_first(client_as, session):
    unit = factories.unit("县教育局")
    known = factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, title="开展控辍保学攻坚")
    client = client_as(factories.staff())
    data = {
        "form_key": "k",
        "title": "制定控辍保学攻坚方案",
        "lead_unit_id": unit.id,
        "due_on": "2026-09-30",
        "urgency": "normal",
        "reporting_cycle": "quarterly",
        "reporting_day": "5",
        "source": "office",
    }

    asked = client.post("/tasks/new", data=data)
    pages.check(asked.text)
    assert asked.status_code == 200
    assert f"/tasks/{known.id}" in asked.text
    assert "有要求相近的任务" in asked.text
    assert client.post("/tasks/new", data={**data, "is_told_apart": "y"}).status_code == 303
    assert client.post("/tasks/new", data={**data, "form_key": "m", "title": "建设儿童之家"}).status_code == 303


def test_the_bench_offers_to_join_a_requirement_to_a_task(client_as, session):
    unit = factories.unit("县教育局")
    meeting = factories.meeting()
    known = factories.task(lead_unit=unit, status=TaskStatus.IN_PROGRESS, title="开展控辍保学攻坚")
    requirement = factories.requirement(meeting, text="县教育局要在9月底前制定控辍保学攻坚方案。")
    client = client_as(factories.staff())

    page = client.get(f"/meetings/{meeting.id}/requirements")
    pages.check(page.text)
    address = f"/meetings/{meeting.id}/requirements/{requirement.id}/join"
    assert f'action="{address}?task={known.id}"' in page.text
    assert client.post(f"{address}?task={known.id}", data={"form_key": "k"}).status_code == 303
    bench = client.get(f"/meetings/{meeting.id}/requirements").text
    pages.check(bench)
    assert "本条并入" in bench
    told = client.get(f"/tasks/{known.id}").text
    pages.check(told)
    assert "本任务同时落实" in told
    assert requirement.text in told
    parted = client.post(address.replace("/join", f"/part/{known.id}"), data={"form_key": "p"})
    assert parted.status_code == 303
    assert "本任务同时落实" not in client.get(f"/tasks/{known.id}").text
    assert client.post(address.replace("/join", f"/part/{known.id}"), data={"form_key": "q"}).status_code == 404


def test_a_requirement_is_joined_to_a_task_by_its_number(client_as, session):
    known = factories.task(lead_unit=factories.unit("县教育局"), status=TaskStatus.IN_PROGRESS, title="建设儿童之家")
    gone = factories.task(lead_unit=factories.unit("县民政局"), status=TaskStatus.CANCELLED)
    requirement = factories.requirement(factories.meeting(), text="要把阵地建起来。")
    client = client_as(factories.staff())
    address = f"/meetings/{requirement.meeting_id}/requirements/{requirement.id}/join"
    pages.check(client.get(address).text)
    for typed, words in (("", "请填写任务编号"), ("2026-999", "2026-999"), (gone.number, "已撤销，不能并入")):
        answer = client.post(address, data={"form_key": f"k{typed}", "number": typed}).text
        pages.check(answer)
        assert words in answer
    assert client.post(address, data={"form_key": "m", "number": known.number}).status_code == 303
    assert "不必再并入" in client.post(address, data={"form_key": "n", "number": known.number}).text


def test_goals_and_measures_of_open_plans_are_found_and_named_by_the_new_task(client_as, session):
    unit = factories.unit("县教育局")
    domain = factories.domain(factories.plan())
    goal = factories.goal(domain, "九年义务教育控辍保学攻坚。")
    measure = factories.measure(domain, "健全资助体系。开展控辍保学攻坚。")
    past = factories.plan(from_year=2011, until_year=2020, closed_on=date(2021, 1, 1))
    factories.goal(factories.domain(past), "控辍保学攻坚")
    staff = factories.staff()
    title = "制定控辍保学攻坚方案"
    assert [line.name for line in queries.similar_lines(title, actor=staff)] == [
        f"measure-{measure.id}",
        f"goal-{goal.id}",
    ]
    assert queries.similar_lines(title, actor=factories.actor(Role.AUDITOR)) == []
    requirement = factories.requirement(factories.meeting(), text="县教育局要在9月底前制定控辍保学攻坚方案。")
    client = client_as(staff)
    bench = client.get(f"/meetings/{requirement.meeting_id}/requirements").text
    pages.check(bench)
    address = f"/tasks/new?requirement={requirement.id}&amp;aim=goal-{goal.id}"
    assert address in bench
    page = client.get(address.replace("&amp;", "&")).text
    pages.check(page)
    assert re.search(f'name="aims" value="goal-{goal.id}"[^>]* checked', page)
    data = {
        "form_key": "k",
        "title": title,
        "lead_unit_id": unit.id,
        "due_on": "2026-09-30",
        "urgency": "normal",
        "reporting_cycle": "quarterly",
        "reporting_day": "5",
        "source": "office",
    }

    asked = client.post("/tasks/new", data=data).text
    pages.check(asked)
    assert f'value="measure-{measure.id}"' in asked
    assert "请从列表中选择" in client.post("/tasks/new", data={**data, "aims": "goal-999"}).text
    done = client.post("/tasks/new", data={**data, "aims": [f"goal-{goal.id}", f"measure-{measure.id}"]})

    assert done.status_code == 303
    task_id = int(done.location.rsplit("/", 1)[1])
    served = {(row.goal_id, row.measure_id) for row in session.query(TaskAim).filter_by(task_id=task_id)}
    assert served == {(goal.id, None), (None, measure.id)}

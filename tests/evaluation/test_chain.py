"""The chain both ways, its breaks, and that the paper says what the page says."""

from html.parser import HTMLParser

import pytest

from meetings.core.db import db, transaction
from meetings.core.errors import NotFound
from meetings.evaluation import actions
from meetings.evaluation.queries.chain import chain_of, numbered
from meetings.evaluation.queries.subjects import newest_subject, subject_of, subjects, title_of
from meetings.evaluation.rules.chain import Gap, LinkKind, Subject
from meetings.plans.models import Indicator, IndicatorUnit, IndicatorValue, Responsibility, ValueState
from meetings.reporting import catalogue
from meetings.reporting.catalogue.entry import named
from meetings.tasks.models import ProgressFile, Task, TaskRequirement
from reports.blocks import Table
from reports.cards import state_text
from tests import factories
from tests.pages import check
from tests.reporting.conftest import said_in, text_of

K = LinkKind


@pytest.fixture
def world(session, plan):
    """Goal → indicator (70 of 80) and meeting → speech → two requirements, one with a task that was reported on."""
    director, unit = factories.director(), factories.unit("县卫健委")
    factories.save(
        IndicatorUnit(indicator_id=plan.indicator.id, unit_id=unit.id, role=Responsibility.MAIN, position=0),
        IndicatorValue(
            committee_id=unit.committee_id, indicator_id=plan.indicator.id, year=2025, value=70, state=ValueState.LOCKED
        ),
    )
    meeting = factories.meeting(title="全体会议")
    speech = factories.speech(meeting, text="要摸清底数，建立台账。要抓好筛查。")
    done = factories.requirement(meeting, speech_id=speech.id, start=0, end=11, text="要摸清底数，建立台账。")
    bare = factories.requirement(meeting, speech_id=speech.id, start=11, end=17, text="要抓好筛查。")
    task = factories.under_way(
        by=director, lead_unit=unit, meeting=meeting, requirement=done, title="建立筛查台账", source="requirement"
    )
    report = factories.report(task, by=factories.liaison(unit), done="已建台账 12 本")
    file = factories.attachment(name="台账目录.pdf")
    factories.save(ProgressFile(report_id=report.id, attachment_id=file.id))
    with transaction(by=director):
        actions.link(plan.goal, done, by=director)
        actions.link(plan.goal, bare, by=director)
        actions.link(plan.indicator, db.session.get_one(Task, task.id), by=director)
    return director, plan, done, bare, task


def kinds(links):
    return [link.kind for _number, link in numbered(links)]


def test_down_from_a_goal_to_the_evidence(world):
    director, plan, _done, bare, task = world
    chain = chain_of(Subject.GOAL, plan.goal.id, actor=director)
    assert [link.kind for link in chain.sources] == [K.DOMAIN, K.PLAN]
    of_task = [K.TASK, K.REPORT, K.EVIDENCE]
    assert kinds(chain.links) == [
        K.INDICATOR,
        K.VALUE,
        *of_task,
        K.MEETING,
        K.SPEECH,
        K.REQUIREMENT,
        *of_task,
        K.SPEECH,
        K.REQUIREMENT,
    ]
    ((_number, gap),) = chain.gaps
    assert (gap.title, gap.gap) == (bare.text, Gap.NO_TASK)
    assert chain.task_ids == [task.id]


def test_a_task_is_under_each_requirement_that_it_answers(world):
    director, plan, done, bare, task = world
    factories.save(TaskRequirement(task_id=task.id, requirement_id=bare.id))
    chain = chain_of(Subject.REQUIREMENT, bare.id, actor=director)
    assert [link.kind for link in chain.links] == [K.TASK]
    assert not chain_of(Subject.GOAL, plan.goal.id, actor=director).gaps
    above = [link.title for link in chain_of(Subject.TASK, task.id, actor=director).sources]
    assert {done.text, bare.text} <= set(above)


def test_up_from_a_task_to_the_plan(world):
    director, plan, done, _bare, task = world
    chain = chain_of(Subject.TASK, task.id, actor=director)
    assert [link.kind for link in chain.sources] == [
        K.REQUIREMENT,
        K.SPEECH,
        K.MEETING,
        K.GOAL,
        K.DOMAIN,
        K.PLAN,
        K.INDICATOR,
        K.DOMAIN,
        K.PLAN,
    ]
    assert chain.sources[1].title == "要摸清底数，建立台账。"
    assert kinds(chain.links) == [K.REPORT, K.EVIDENCE]
    both = chain_of(Subject.REQUIREMENT, done.id, actor=director)
    assert [link.kind for link in both.sources] == [K.SPEECH, K.MEETING, K.GOAL, K.DOMAIN, K.PLAN]
    assert kinds(both.links) == [K.TASK, K.REPORT, K.EVIDENCE]
    up = chain_of(Subject.INDICATOR, plan.indicator.id, actor=director)
    assert [link.kind for link in up.sources] == [K.GOAL, K.DOMAIN, K.PLAN]


def test_where_it_breaks_is_said(world):
    director, _plan, _done, bare, _task = world
    chain = chain_of(Subject.REQUIREMENT, bare.id, actor=director)
    assert [gap.gap for _number, gap in chain.gaps] == [Gap.NO_TASK]


def test_only_readers_of_the_committee_see_it(world):
    _director, plan, done, _bare, task = world
    liaison = factories.liaison(factories.unit())
    for subject, row_id in (
        (Subject.GOAL, plan.goal.id),
        (Subject.INDICATOR, plan.indicator.id),
        (Subject.REQUIREMENT, done.id),
        (Subject.TASK, task.id),
    ):
        with pytest.raises(NotFound):
            chain_of(subject, row_id, actor=liaison)
        with pytest.raises(NotFound):
            chain_of(subject, 10**8, actor=factories.director())


@pytest.mark.parametrize("text", ["", "goal", "goal-", "goal-x", "song-1", "goal-1٢", "goal-9999999999"])
def test_what_names_nothing_is_not_found(text):
    with pytest.raises(NotFound):
        subject_of(text)


def test_choices_hold_goals_indicators_and_requirements(world):
    director, plan, done, _bare, _task = world
    offered = dict(subjects(director))
    assert {f"goal-{plan.goal.id}", f"indicator-{plan.indicator.id}", f"requirement-{done.id}"} <= set(offered)
    assert newest_subject(director) == f"requirement-{done.id}"
    assert title_of(f"goal-{plan.goal.id}") == plan.goal.text


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self._in = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")
            self._in = True

    def handle_endtag(self, tag):
        self._in = self._in and tag != "td"

    def handle_data(self, data):
        if self._in:
            self.rows[-1][-1] += data.strip()


def test_the_paper_says_what_the_page_says_cell_by_cell(client_as, world):
    director, plan, _done, _bare, task = world
    page = client_as(director).get(f"/chain/goals/{plan.goal.id}").text
    check(page)
    reader = Cells()
    reader.feed(page)
    shown = [row[:4] for row in reader.rows if row]
    entry = catalogue.find("chain", actor=director)
    content = catalogue.gathered(entry, actor=director, chosen={"subject": f"goal-{plan.goal.id}"})
    tables = {each.name: each for each in entry.compose(content.data).body if isinstance(each, Table)}
    rows = [
        [number, kind, said.replace("\n", ""), unit]
        for name in ("从何而来", "落到何处")
        for number, kind, said, unit, _state in tables[name].rows
    ]
    assert rows == shown
    assert [row[0] for row in tables["断点"].rows] == ["2.2.1"]
    (card,) = content.data.tasks
    assert card.number == task.number
    links = [each for meeting in content.data.links[1:] for said in meeting.links for each in said.links[0].links]
    assert [(each.state.code, each.state.word) for each in links] == [(card.light.code, state_text(card))]


def test_a_sentence_is_named_without_its_full_stop_and_cut_with_dots(world):
    director, _plan, done, _bare, _task = world
    entry = catalogue.find("chain", actor=director)
    content = catalogue.gathered(entry, actor=director, chosen={"subject": f"requirement-{done.id}"})
    assert content.title == "全链条报告：要摸清底数，建立台账"
    assert content.filter_text.startswith("会议要求：要摸清底数，建立台账；截至")
    assert named("一" * 12 + "，" + "二" * 30, 13) == "一" * 12 + "……"


def test_small_counts_are_not_printed_for_outside(world):
    director, plan, *_rest = world
    with transaction(by=director):
        db.session.get_one(Indicator, plan.indicator.id).is_sensitive = True
        value = db.session.query(IndicatorValue).filter_by(indicator_id=plan.indicator.id).one()
        value.numerator, value.denominator = 4, 5
    entry = catalogue.find("chain", actor=director)
    said = {}
    for scope in (None, "internal"):
        chosen = {"subject": f"indicator-{plan.indicator.id}", "scope": scope}
        data = catalogue.gathered(entry, actor=director, chosen=chosen).data
        (link,) = [each for each in data.links if each.kind == "指标值"]
        said[scope] = link.note, data.note
    assert said[None] == ("少于5，不列", "死亡、暴力和病例少于 5 的不列数值。")
    assert said["internal"][0].startswith("70.0")
    assert not said["internal"][1]


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx"])
def test_the_paper_is_made_in_every_format(client_as, world, suffix):
    director, _plan, done, _bare, _task = world
    answer = client_as(director).get(f"/reports/chain.{suffix}?subject=requirement-{done.id}")
    assert answer.status_code == 200
    said = text_of(answer.data) if suffix == "pdf" else said_in(answer.data, suffix)
    assert "建立筛查台账" in said
    check(client_as(director).get("/reports/chain").text)


def test_the_page_costs_the_same_however_long_the_chain(client_as, world, statements):
    director, plan, done, _bare, _task = world
    client = client_as(director)
    counts = []
    for _n in range(2):
        client.get(f"/chain/goals/{plan.goal.id}")
        statements.clear()
        client.get(f"/chain/goals/{plan.goal.id}")
        counts.append(len(statements))
        factories.under_way(by=director, requirement=done, source="requirement")
    assert counts[0] == counts[1] <= 18, counts


def test_the_office_says_what_serves_a_plan(client_as, world):
    director, plan, done, _bare, task = world
    client = client_as(director)
    for path, line in ((f"/tasks/{task.id}/aims", "measure"), (f"/requirements/{done.id}/aims", "measure")):
        page = client.get(path).text
        check(page)
        assert "还没有标注" not in page
        form = {"form_key": path.replace("/", ""), "line": f"{line}-{plan.measure.id}"}
        assert client.post(path, data=form).status_code == 303
        assert "开展免费筛查" in client.get(path).text
        wrong = client.post(path, data={"form_key": f"{form['form_key']}w", "line": "goal-99999999"})
        assert "请从列表中选择规划条目" in wrong.text
    assert f"indicator-{plan.indicator.id}" not in client.get(f"/requirements/{done.id}/aims").text
    from meetings.evaluation import queries

    aim = queries.served_by(db.session.get_one(Task, task.id))[0]
    assert client.post(f"/tasks/{task.id}/aims/{aim.aim_id}/remove", data={"form_key": "r"}).status_code == 303
    assert client_as(factories.liaison(factories.unit())).get(f"/tasks/{task.id}/aims").status_code == 404

"""Pages of the plan tree: who sees them, what they cost, what is refused."""

from itertools import count

import pytest

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.plans.models import Goal, Indicator, Plan
from tests import factories
from tests.pages import check

_keys = count(1)


def get(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    check(answer.text)
    return answer


def post(client, address, typed, status=303):
    """Send a form; one that is shown again is looked at."""
    answer = client.post(address, data={"form_key": f"key{next(_keys)}", **typed})
    assert answer.status_code == status
    if status == 200:
        check(answer.text)
    return answer


INDICATOR = {
    "name": "学前教育毛入园率",
    "unit_of_measure": "%",
    "direction": "higher",
    "factor": "100",
    "decimals": "1",
    "numerator_name": "在园幼儿数",
    "denominator_name": "3—5岁人口数",
    "level": "county",
    "baseline_year": "2020",
    "baseline_value": "87.5",
    "target_year": "2025",
    "target_value": "90",
}


@pytest.fixture
def domain(session):
    return factories.domain(factories.plan())


def test_the_tree_takes_the_same_statements_however_many_rows(client_as, domain, statements):
    client = client_as(factories.staff())
    factories.indicator(domain, units=[factories.unit()])
    factories.goal(domain)

    def cost() -> int:
        db.session.expire_all()
        statements.clear()
        get(client, f"/plans/{domain.plan_id}")
        return len(statements)

    cost()
    few = cost()
    for n in range(10):
        factories.indicator(domain, f"指标{n}", units=[factories.unit()])
        factories.goal(domain)
    cost()  # counts of the frame are kept until something changes
    assert cost() == few <= 20


def test_a_unit_reads_the_plan_and_is_offered_no_change(client_as, domain):
    unit = factories.unit("县教育局")
    factories.indicator(domain, units=[unit])
    page = get(client_as(factories.actor(Role.LIAISON, unit=unit)), f"/plans/{domain.plan_id}")
    assert "县教育局" in page.text
    assert "添加指标" not in page.text


def test_the_office_writes_down_an_indicator_with_its_units(client_as, domain):
    for name, initials in (("县教育局", "xjyj"), ("县卫健委", "xwjw")):
        factories.unit(name, initials=initials)
    client = client_as(factories.staff())
    typed = INDICATOR | {"main_units": "xjyj、县卫健委"}
    post(client, f"/plans/domains/{domain.id}/indicators/new", typed)
    row = db.session.query(Indicator).one()
    page = get(client, f"/indicators/{row.id}")
    assert "县教育局（牵头）" in page.text
    assert "≥90.0" in page.text


def test_a_wrong_unit_is_said_beside_its_field_and_nothing_is_kept(client_as, domain):
    client = client_as(factories.staff())
    page = post(
        client, f"/plans/domains/{domain.id}/indicators/new", INDICATOR | {"main_units": "县文旅局"}, status=200
    )
    assert "没有名为“县文旅局”的单位" in page.text
    assert "县文旅局" in page.text
    assert db.session.query(Indicator).count() == 0


def test_a_path_is_proposed_and_nothing_is_kept_before_it_is_saved(client_as, domain):
    client = client_as(factories.staff())
    post(client, f"/plans/domains/{domain.id}/indicators/new", INDICATOR)
    row = db.session.query(Indicator).one()
    address = f"/indicators/{row.id}/milestones"
    page = post(client, address, {"act": "propose", "path": "straight", "step": "2", "version": "1"}, status=200)
    assert 'name="y2021"' in page.text
    assert 'value="88"' in page.text
    assert row.milestones == []
    db.session.expire_all()
    post(client, address, {"path": "straight", "step": "2", "version": "1", "y2021": "88", "y2025": "90"})
    assert "88.0" in get(client, f"/indicators/{row.id}").text


def test_without_a_baseline_no_path_is_proposed(client_as, domain):
    row = factories.indicator(domain, target_value=90)
    page = post(
        client_as(factories.staff()),
        f"/indicators/{row.id}/milestones",
        {"act": "propose", "path": "straight", "step": "2"},
        status=200,
    )
    assert "推算须有基期年份" in page.text


def test_a_goal_is_shown_with_what_it_continues(client_as, domain):
    old = factories.goal(factories.domain(factories.plan(from_year=2016, until_year=2020)), "上一周期的目标")
    goal = factories.goal(domain, previous_id=old.id)
    page = get(client_as(factories.staff()), f"/plans/goals/{goal.id}")
    assert "上一周期的目标" in page.text
    assert "算作遗漏" in page.text


def test_an_old_form_does_not_overwrite(client_as, domain):
    goal = factories.goal(domain)
    client = client_as(factories.staff())
    typed = {"number": "1", "text": "改过的目标", "version": "1"}
    post(client, f"/plans/goals/{goal.id}/edit", typed)
    post(client, f"/plans/goals/{goal.id}/edit", typed | {"text": "又改"}, status=409)
    db.session.expire_all()
    assert db.session.get(Goal, goal.id).text == "改过的目标"


def test_a_plan_of_the_same_kind_and_years_is_refused_beside_the_year(client_as, domain):
    typed = {"kind": "women", "title": "另一个", "from_year": "2021", "until_year": "2025"}
    page = post(client_as(factories.staff()), "/plans/new", typed, status=200)
    assert "这一年起始的同类规划已有" in page.text
    assert db.session.query(Plan).count() == 1

"""The grid of values: typed, asked about, submitted, checked, returned, locked, corrected; bad input; two people."""

from decimal import Decimal
from io import BytesIO
from itertools import count

import pytest
from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.notifications.models import Notice
from meetings.plans.models import (
    Area,
    Indicator,
    IndicatorValue,
    Level,
    Sex,
    StatisticsUnit,
    ValueCorrection,
    ValuePeriod,
    ValueSheet,
    ValueState,
)
from tests import factories, pages

_keys = count()
GRID = "/plans/values?unit={unit}&year=2025"


@pytest.fixture
def schools(session):
    return factories.unit("县教育局")


@pytest.fixture
def domain(session):
    return factories.domain(factories.plan(from_year=2021, until_year=2025))


@pytest.fixture
def rate(domain, schools) -> Indicator:
    return factories.indicator(
        domain,
        "学前三年毛入园率",
        units=[schools],
        numerator_name="在园幼儿",
        denominator_name="3—5岁人口",
        target_value=Decimal(95),
    )


@pytest.fixture
def teacher(schools):
    return factories.actor(Role.STATISTICIAN, unit=schools, display_name="教育统计员")


def kept(of: Indicator, year: int = 2025, **which: object) -> IndicatorValue | None:
    db.session.expire_all()
    return db.session.scalar(
        select(IndicatorValue).filter_by(
            indicator_id=of.id, year=year, **{"unit_id": None, "sex": Sex.ALL, "area": Area.ALL, **which}
        )
    )


def typed(of: Indicator, *figures: str, why: str = "", key: str = "", seen: str = "0.", **more: str) -> dict[str, str]:
    """What a browser sends of one line: numerator, denominator, value."""
    key = key or str(of.id)
    names = ("numerator", "denominator", "value")
    cells = {f"{name}_{key}": text for name, text in zip(names, (*figures, "", "", "")[:3], strict=True)}
    return {"form_key": f"k{next(_keys)}", **cells, f"why_{key}": why, f"seen_{key}": seen, **more}


def test_a_unit_types_its_counts_and_the_rate_is_computed(client_as, rate, schools, teacher):
    factories.figure(rate, 2024, "92.6")
    client = client_as(teacher)
    address = GRID.format(unit=schools.id)
    page = client.get(address).text
    pages.check(page)
    assert "学前三年毛入园率" in page
    assert "92.6" in page
    assert client.post(address, data=typed(rate, "２，713", "2915")).status_code == 303
    row = kept(rate)
    assert (row.value, row.numerator, row.state) == (Decimal("93.1"), 2713, ValueState.ENTERED)
    assert (row.entered_by_name, row.entered_unit_id) == ("教育统计员", schools.id)
    page = client.get(address).text
    assert 'value="2713"' in page
    assert 'placeholder="93.1"' in page


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (("12", "0"), "分母为 0"),
        (("12", ""), "没有填分母"),
        (("", "12"), "没有填分子"),
        (("", "", "93.1‰"), "单位不同"),
        (("", "", "1/10万"), "单位不同"),
        (("", "", "约九成"), "不是数字"),
        (("十二", "15"), "不是数字"),
        (("-1", "15"), "小于 0"),
        (("2713", "2915", "95"), "按分子、分母计算是 93.1"),
        (("3015", "2915"), "超过100"),
    ],
)
def test_bad_figures_are_said_beside_the_line_and_nothing_changes(client_as, rate, schools, teacher, figures, words):
    answer = client_as(teacher).post(GRID.format(unit=schools.id), data=typed(rate, *figures))
    pages.check(answer.text)
    assert answer.status_code == 200
    assert words in answer.text
    assert "学前三年毛入园率：" in answer.text
    assert all(f'value="{text}"' in answer.text for text in figures if text)
    assert kept(rate) is None


def test_a_warning_asks_for_a_reason_once_and_keeps_it(client_as, rate, schools, teacher):
    factories.figure(rate, 2024, "92.6")
    client = client_as(teacher)
    address = GRID.format(unit=schools.id)
    answer = client.post(address, data=typed(rate, "", "", "9.3"))
    assert "疑似单位或小数点有误" in answer.text
    assert "请核对；无误的请在说明中写明原因" in answer.text
    assert kept(rate) is None
    client.post(address, data=typed(rate, "", "", "9.3", why="统计口径调整"))
    row = kept(rate)
    assert (row.value, row.reason, row.note) == (Decimal("9.3"), "统计口径调整", "")
    page = client.get(address).text
    assert "提示：与2024年的92.6相差约10倍" in page
    seen = page.split(f'name="seen_{rate.id}" value="')[1].split('"')[0]
    assert client.post(address, data=typed(rate, "", "", "9.4", why="统计口径调整", seen=seen)).status_code == 303


def test_parts_that_do_not_make_the_whole_are_asked_about(client_as, domain, schools, teacher):
    rate = factories.indicator(domain, units=[schools], denominator_name="人口", has_sex=True)
    key = str(rate.id)
    data = (
        typed(rate, "2713", "2915")
        | typed(rate, "1400", "1499", key=f"{key}_male")
        | typed(rate, "1300", "1416", key=f"{key}_female")
    )
    address = GRID.format(unit=schools.id)
    client = client_as(teacher)
    assert "分项合计2,700，与总数2,713不一致" in client.post(address, data=data).text
    assert kept(rate) is None
    client.post(address, data=data | {f"numerator_{key}_female": "1313"})
    assert kept(rate, sex=Sex.FEMALE).value == Decimal("92.7")


def test_submitted_values_are_checked_by_another_person_of_the_statistics_unit(client_as, rate, schools, teacher):
    statistics = factories.unit("县统计局")
    checker = factories.actor(Role.LIAISON, unit=statistics, display_name="统计局联络员")
    factories.save(StatisticsUnit(committee_id=rate.committee_id, unit_id=statistics.id))
    client_as(teacher).post(GRID.format(unit=schools.id), data=typed(rate, "2713", "2915", submit_values="1"))
    row = kept(rate)
    assert row.state is ValueState.SUBMITTED
    told = db.session.scalars(select(Notice).filter_by(user_id=checker.user_id)).one()
    assert told.path == "/plans/values/check?year=2025"
    assert client_as(teacher).get("/plans/values/check?year=2025").status_code == 404
    client = client_as(checker)
    page = client.get("/plans/values/check?year=2025").text
    pages.check(page)
    assert "93.1" in page
    assert client.post("/plans/values/check?year=2025", data={"form_key": "k1"}).text.count("请先勾选") == 1
    client.post("/plans/values/check?year=2025", data={"form_key": "k2", "ids": row.id})
    row = kept(rate)
    assert (row.state, row.checked_by_name) == (ValueState.CHECKED, "统计局联络员")


def test_nobody_checks_what_they_entered(client_as, rate, schools):
    staff = factories.staff()
    row = factories.figure(rate, 2025, "93.1", ValueState.SUBMITTED, entered_by_id=staff.user_id)
    answer = client_as(staff).post("/plans/values/check?year=2025", data={"form_key": "k", "ids": row.id})
    assert answer.status_code == 403
    assert "须由另一人核对" in answer.text


def test_a_returned_value_goes_back_with_its_reason(client_as, rate, schools, teacher):
    row = factories.figure(rate, 2025, "93.1", ValueState.SUBMITTED, entered_unit_id=schools.id)
    client = client_as(factories.staff())
    page = client.get(f"/plans/values/{row.id}/return").text
    pages.check(page)
    assert "请填写理由" in client.post(f"/plans/values/{row.id}/return", data={"form_key": "k", "reason": " "}).text
    client.post(f"/plans/values/{row.id}/return", data={"form_key": "k", "reason": "请核对分母"})
    assert kept(rate).state is ValueState.ENTERED
    assert "退回：请核对分母" in client_as(teacher).get(GRID.format(unit=schools.id)).text
    assert db.session.scalars(select(Notice).filter_by(user_id=teacher.user_id)).one().title == rate.name


def test_a_year_is_locked_when_all_is_checked_and_then_takes_no_value(client_as, rate, schools, teacher):
    other = factories.indicator(factories.domain(factories.plan(kind="children", from_year=2021)), units=[schools])
    factories.figure(rate, 2025, "93.1", ValueState.SUBMITTED)
    director = client_as(factories.director())
    refused = director.post("/plans/values/lock?year=2025", data={"form_key": "k0"})
    assert refused.status_code == 409
    assert "还有 1 个数值没有核对" in refused.text
    row = kept(rate)
    director.post("/plans/values/check?year=2025", data={"form_key": "k1", "ids": row.id})
    pages.check(director.get("/plans/values/lock?year=2025").text)
    director.post("/plans/values/lock?year=2025", data={"form_key": "k2"})
    assert kept(rate).state is ValueState.LOCKED
    address = GRID.format(unit=schools.id)
    page = client_as(teacher).get(address).text
    pages.check(page)
    assert "只能更正" in page
    assert f'name="value_{other.id}"' not in page
    client_as(teacher).post(address, data=typed(other, "", "", "5"))  # from a page that was open before
    assert kept(other) is None
    pages.check(director.get("/plans/values/lock?year=2025").text)
    client_as(factories.director()).post("/plans/values/lock?year=2025", data={"form_key": "k3", "reason": "漏报一项"})
    assert (kept(rate).state, db.session.scalars(select(ValuePeriod)).one().reason) == (ValueState.CHECKED, "漏报一项")


def test_a_correction_keeps_what_was_there(client_as, rate):
    row = factories.figure(rate, 2025, "93.1", ValueState.LOCKED, numerator=Decimal(2713), denominator=Decimal(2915))
    client = client_as(factories.staff())
    address = f"/plans/values/{row.id}/correct"
    page = client.get(address).text
    pages.check(page)
    sent = {"form_key": "k", "version": row.version, "numerator": "2720", "denominator": "2915", "value": ""}
    assert "请填写更正理由" in client.post(address, data=sent | {"reason": ""}).text
    assert "不是数字" in client.post(address, data=sent | {"reason": "复核", "numerator": "多"}).text
    assert "更正前后相同" in client.post(address, data=sent | {"reason": "复核", "numerator": "2713"}).text
    client.post(address, data=sent | {"reason": "复核台账"})
    assert (kept(rate).value, kept(rate).state) == (Decimal("93.3"), ValueState.LOCKED)
    (was,) = db.session.scalars(select(ValueCorrection)).all()
    assert (was.value, was.numerator, was.reason) == (Decimal("93.1"), 2713, "复核台账")
    page = client.get(f"/indicators/{rate.id}?year=2025").text
    assert "原为93.1：复核台账" in page
    assert client.post(address, data=sent | {"form_key": "k9", "reason": "旧页"}).status_code == 409


def test_a_checked_value_is_no_longer_its_units(client_as, rate, schools, teacher):
    row = factories.figure(rate, 2025, "93.1", ValueState.CHECKED, entered_unit_id=schools.id)
    address = GRID.format(unit=schools.id)
    assert f'name="value_{rate.id}"' not in client_as(teacher).get(address).text
    client_as(teacher).post(address, data=typed(rate, "", "", "99", seen=f"{row.version}.x"))
    assert kept(rate).value == Decimal("93.1")
    assert client_as(teacher).get(f"/plans/values/{row.id}/correct").status_code == 404


def test_two_people_at_one_line_see_both_and_at_two_lines_do_not_meet(client_as, domain, rate, schools, teacher):
    other = factories.indicator(domain, "小学净入学率", units=[schools], position=2)
    address = GRID.format(unit=schools.id)
    both = client_as(teacher)
    both.post(address, data=typed(rate, "2713", "2915"))
    assert both.post(address, data=typed(other, "", "", "99.9")).status_code == 303
    answer = both.post(address, data=typed(rate, "2720", "2915"))  # from a page opened before
    assert answer.status_code == 409
    pages.check(answer.text)
    assert "刚才已由别人填为：2713，2915" in answer.text
    assert 'value="2720"' in answer.text
    assert kept(rate).numerator == 2713
    seen = answer.text.split(f'name="seen_{rate.id}" value="')[1].split('"')[0]
    assert both.post(address, data=typed(rate, "2720", "2915", seen=seen)).status_code == 303
    assert kept(rate).numerator == 2720


def test_a_form_sent_twice_is_carried_out_once(client_as, rate, schools, teacher):
    client, address = client_as(teacher), GRID.format(unit=schools.id)
    for _twice in range(2):
        assert client.post(address, data=typed(rate, "2713", "2915", form_key="same")).status_code == 303
    assert kept(rate).version == 1


def test_units_enter_their_own_and_only_as_first_responsible(client_as, domain, rate, schools, teacher):
    health = factories.unit("县卫健委")
    shared = factories.indicator(domain, "两家都报的指标", units=[health, schools], position=3)
    page = client_as(teacher).get(GRID.format(unit=schools.id)).text
    assert shared.name not in page
    assert client_as(teacher).get(GRID.format(unit=health.id)).status_code == 404
    doctor = factories.actor(Role.LIAISON, unit=health)
    assert shared.name in client_as(doctor).get(GRID.format(unit=health.id)).text
    client_as(doctor).post(GRID.format(unit=health.id), data=typed(rate, "1", "2"))
    assert kept(rate) is None
    assert client_as(factories.actor(Role.UNIT_HEAD, unit=schools)).get(GRID.format(unit=schools.id)).status_code == 404


def test_what_comes_from_above_is_entered_by_those_who_check(client_as, domain, schools, teacher):
    above = factories.indicator(domain, "孕产妇死亡率", units=[schools], level=Level.REGION, unit_of_measure="1/10万")
    assert above.name not in client_as(teacher).get(GRID.format(unit=schools.id)).text
    assert client_as(teacher).get("/plans/values?above=1&year=2025").status_code == 404
    staff = client_as(factories.staff())
    page = staff.get("/plans/values?above=1&year=2025").text
    pages.check(page)
    staff.post("/plans/values?above=1&year=2025", data=typed(above, "", "", "14.5/10万", submit_values="1"))
    row = kept(above)
    assert (row.value, row.state, row.entered_unit_id) == (Decimal("14.5"), ValueState.SUBMITTED, None)


def test_townships_are_entered_and_small_counts_kept_back(client_as, domain, schools, teacher):
    cases = factories.indicator(
        domain, "家庭暴力案件数", units=[schools], is_sensitive=True, unit_of_measure="件", decimals=0, position=4
    )
    towns = [factories.unit(name, kind="township") for name in ("甲镇", "乙镇", "丙镇")]
    client = client_as(teacher)
    address = f"/indicators/{cases.id}/townships?year=2025"
    page = client.get(address).text
    pages.check(page)
    data = {}
    for town, cases_there in zip(towns, ("3", "12", "30"), strict=True):
        data |= typed(cases, "", "", cases_there, key=f"{cases.id}_u{town.id}")
    client.post(address, data=data | {"submit_values": "1"})
    assert kept(cases, unit_id=towns[0].id).value == 3
    shown = client_as(factories.actor(Role.LEADER)).get(f"/indicators/{cases.id}?year=2025").text
    pages.check(shown)
    assert shown.count("人数少，不显示") == 2  # one alone could be worked out from the whole
    assert ">30<" in shown
    assert ">3<" not in shown
    assert ">12<" not in shown


def test_a_table_pasted_without_a_script_is_shown_before_it_is_saved(client_as, domain, rate, schools, teacher):
    other = factories.indicator(domain, "小学净入学率", units=[schools], position=2)
    pasted = "指标\t分子\t分母\n学前三年毛入园率\t２713\t2,915\n小学净入学率\t99.9\n没有的指标\t1\n\n"
    client, address = client_as(teacher), GRID.format(unit=schools.id)
    page = client.post(address, data={"form_key": "k", "more": "pasted", "pasted": pasted}).text
    pages.check(page)
    assert 'value="２713"' in page
    assert 'value="99.9"' in page
    assert "没有读入：指标、没有的指标" in page
    assert kept(other) is None
    page = client.post(address, data={"form_key": "k", "more": "pasted", "pasted": "x\t1\n" * 3000}).text
    assert len(page) < 200_000


def test_text_of_the_red_line_is_refused(client_as, rate, schools, teacher):
    answer = client_as(teacher).post(GRID.format(unit=schools.id), data=typed(rate, "2713", "2915", why="秘密★10年"))
    assert "不得录入涉密内容" in answer.text
    assert kept(rate) is None


def test_the_sheet_is_printed_and_its_scan_kept(client_as, rate, schools, teacher):
    factories.figure(rate, 2025, "93.1", ValueState.CHECKED, entered_unit_id=schools.id)
    client = client_as(teacher)
    address = f"/plans/values/sheet?unit={schools.id}&year=2025"
    page = client.get(address).text
    pages.check(page)
    assert "单位（盖章）" in page
    client.post(address, data={"form_key": "k", "files": (BytesIO(b"%PDF-1.7 scan"), "盖章页.pdf")})
    sheet = db.session.scalars(select(ValueSheet)).one()
    file = f"/plans/values/sheets/{sheet.id}"
    assert client.get(file).data == b"%PDF-1.7 scan"
    assert "盖章页.pdf" in client.get(address).text
    other = client_as(factories.actor(Role.LIAISON, unit=factories.unit("县民政局")))
    assert other.get(file).status_code == 404
    assert other.get(address).status_code == 404


def test_the_office_sees_how_far_units_are_and_names_who_checks(client_as, rate, schools):
    office = client_as(factories.director())
    page = office.get("/plans/values/progress?year=2025").text
    pages.check(page)
    assert "应报 1 项，未填 1 项" in page
    pages.check(office.get("/plans/values/checker").text)
    office.post("/plans/values/checker", data={"form_key": "k", "unit_id": schools.id})
    assert db.session.scalars(select(StatisticsUnit)).one().unit_id == schools.id
    assert "核对单位：县教育局" in office.get("/plans/values/progress?year=2025").text
    office.post("/plans/values/checker", data={"form_key": "k2", "unit_id": ""})
    assert db.session.scalars(select(StatisticsUnit)).all() == []


def test_years_that_are_not_the_plans_are_not_found(client_as, rate, schools, teacher):
    client = client_as(teacher)
    for year in ("2020", "2031", "x", "99999999999"):
        assert client.get(f"/plans/values?unit={schools.id}&year={year}").status_code in {200, 404}
    assert client.get(f"/plans/values?unit={schools.id}&year=2031").status_code == 404


def test_the_grid_takes_the_same_few_statements_however_many_lines(client_as, domain, schools, teacher, statements):
    client, address = client_as(teacher), GRID.format(unit=schools.id)
    client.get(address)

    def cost() -> int:
        statements.clear()
        client.get(address)
        return len(statements)

    factories.indicator(domain, "一", units=[schools])
    few = cost()
    for place in range(12):
        factories.figure(factories.indicator(domain, f"指标{place}", units=[schools], position=place), 2024, "5")
    assert cost() == few <= 12


def test_what_was_typed_and_not_sent_comes_back_until_it_is_sent(client_as, rate, schools, teacher):
    client, address = client_as(teacher), GRID.format(unit=schools.id)
    fields = [[name, text] for name, text in typed(rate, "2713", "2915").items() if name != "form_key"]
    kept_draft = {"draft_of": address, "draft_form": "values", "form_key": "kd", "fields": fields}
    assert client.post("/drafts/", json=kept_draft).status_code == 200
    page = client.get(address).text
    pages.check(page)
    assert "丢弃草稿" in page
    assert 'value="2713"' in page
    client.post(address, data=typed(rate, "2713", "2915", draft_of=address))
    assert "丢弃草稿" not in client.get(address).text

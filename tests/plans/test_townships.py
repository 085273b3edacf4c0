"""The townships and the county agree, or a reason says why not."""

from decimal import Decimal
from itertools import count

import pytest

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.directory.models import UnitKind
from meetings.plans.models import IndicatorValue
from meetings.plans.rules.checks import Check, of_townships
from meetings.plans.rules.figures import Figure
from tests import factories
from tests.pages import check

_keys = count(1)


def counts(over, under):
    return Figure(
        None if None in (over, under) else Decimal(over) / under * 100, over and Decimal(over), Decimal(under)
    )


def value(amount):
    return Figure(None if amount is None else Decimal(amount))


RATE = {"factor": 100, "decimals": 1, "is_rate": True}
COUNT = {"factor": 1, "decimals": 0, "is_rate": False}


@pytest.mark.parametrize(
    ("whole", "parts", "is_complete", "measured", "asked"),
    [
        (counts(700, 1000), [counts(400, 600), counts(300, 400)], True, RATE, None),
        (counts(690, 1000), [counts(400, 600), counts(300, 400)], True, RATE, Check.TOWNSHIPS),
        (counts(700, 1000), [counts(400, 600)], False, RATE, None),  # the others are to come
        (counts(700, 1000), [counts(400, 600), counts(400, 400)], False, RATE, Check.TOWNSHIPS),  # already more
        (value("70.0"), [counts(400, 600), counts(300, 400)], True, RATE, None),  # weighted
        (value("68.0"), [counts(400, 600), counts(300, 400)], True, RATE, Check.WEIGHTED),  # nor the mean of rates
        (value("68.0"), [value("66.7"), value("75.0")], True, RATE, None),  # nothing to weigh by
        (value(50), [value(30), value(20)], True, COUNT, None),
        (value(50), [value(30), value(21)], True, COUNT, Check.TOWNSHIPS),
        (value("9.9"), [value("9.8"), value("9.6")], True, {**COUNT, "decimals": 1}, None),  # years of schooling
        (value(None), [value(30)], True, COUNT, None),
    ],
)
def test_what_is_asked_of_townships(whole, parts, is_complete, measured, asked):
    found = of_townships(whole, parts, is_complete=is_complete, **measured)
    assert [question.check for question in found] == ([asked] if asked else [])


def test_a_sum_that_differs_is_saved_with_a_reason_on_either_page(client_as, session):
    unit = factories.unit("县民政局")
    towns = [factories.unit(name, kind=UnitKind.TOWNSHIP) for name in ("甲镇", "乙镇")]
    indicator = factories.indicator(
        factories.domain(factories.plan(from_year=2021, until_year=2025)), "养老床位数", [unit], decimals=0
    )
    factories.figure(indicator, 2025, "50", entered_unit_id=unit.id)
    client = client_as(factories.actor(Role.STATISTICIAN, unit=unit))
    path = f"/indicators/{indicator.id}/townships?year=2025"
    page = client.get(path).text
    check(page)
    assert "全县2025年：50" in page
    seen = [line.split('value="')[1].split('"')[0] for line in page.splitlines() if 'name="seen_' in line]
    sent = {"form_key": f"key{next(_keys)}"}
    for town, amount, digest in zip(towns, ("30", "21"), seen, strict=True):
        key = f"{indicator.id}_u{town.id}"
        sent |= {f"value_{key}": amount, f"seen_{key}": digest, f"why_{key}": ""}
    asked = client.post(path, data=sent)
    check(asked.text)
    assert "合计51，与全县50不一致" in asked.text
    assert db.session.query(IndicatorValue).filter(IndicatorValue.unit_id.is_not(None)).count() == 0
    why = {f"why_{indicator.id}_u{towns[1].id}": "一处跨镇"}
    assert client.post(path, data=sent | why | {"form_key": f"key{next(_keys)}"}).status_code == 303
    kept = db.session.query(IndicatorValue).filter_by(unit_id=towns[1].id).one()
    assert (kept.value, kept.reason) == (21, "一处跨镇")

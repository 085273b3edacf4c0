"""Goals and indicators of the plans as rows of tables."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.core.errors import DomainError
from meetings.exchange.rules.tables import Present
from meetings.plans.models import Domain, Goal, Indicator, Plan, Responsibility
from meetings.plans.queries import visible_to
from meetings.plans.rules.figures import figure_text


def open_plans(actor: Actor) -> dict[str, int]:
    """Ids of the plans that may be changed, by title."""
    rows = select(Plan.title, Plan.id).where(visible_to(actor), Plan.closed_on.is_(None)).order_by(Plan.id)
    return {row.title: row.id for row in db.session.execute(rows)}


def _units(row: Goal | Indicator, role: Responsibility) -> tuple[int, ...]:
    return tuple(part.unit_id for part in row.units if part.role is role)


def _shared(row: Goal | Indicator, plan: Plan) -> dict[str, object]:
    return {
        "plan": plan.title,
        "domain": row.domain.name,
        "number": row.number,
        "main_units": _units(row, Responsibility.MAIN),
        "shared_units": _units(row, Responsibility.SHARED),
    }


def _refusal(plan: Plan) -> DomainError | None:
    return DomainError("plan.closed", day=plan.closed_on) if plan.closed_on else None


def goals(actor: Actor, _unit_id: int | None = None) -> list[Present]:
    """Every goal, in the order of the plans."""
    rows = (
        select(Goal)
        .join(Plan, Plan.id == Goal.plan_id)
        .join(Domain, Domain.id == Goal.domain_id)
        .where(visible_to(actor))
        .order_by(Plan.from_year, Plan.kind.desc(), Domain.position, Domain.id, Goal.position, Goal.id)
        .options(joinedload(Goal.plan), joinedload(Goal.domain), selectinload(Goal.units))
    )
    return [
        Present(
            str(row.id),
            str(row.version),
            {**_shared(row, row.plan), "text": row.text, "is_text": row.is_text},
            refusal=_refusal(row.plan),
        )
        for row in db.session.scalars(rows)
    ]


_SAME = (
    "name",
    "unit_of_measure",
    "direction",
    "numerator_name",
    "denominator_name",
    "decimals",
    "baseline_year",
    "target_year",
    "target_text",
    "level",
    "definition",
    "formula",
    "source",
    "is_text",
    "is_key",
    "is_sensitive",
    "has_sex",
    "has_area",
)


def indicators(actor: Actor, _unit_id: int | None = None) -> list[Present]:
    """Every indicator, in the order of the plans."""
    rows = (
        select(Indicator)
        .join(Plan, Plan.id == Indicator.plan_id)
        .join(Domain, Domain.id == Indicator.domain_id)
        .where(visible_to(actor))
        .order_by(Plan.from_year, Plan.kind.desc(), Domain.position, Domain.id, Indicator.position, Indicator.id)
        .options(
            joinedload(Indicator.plan),
            joinedload(Indicator.domain),
            joinedload(Indicator.goal),
            selectinload(Indicator.units),
        )
    )
    return [
        Present(
            str(row.id),
            str(row.version),
            {
                **_shared(row, row.plan),
                **{name: getattr(row, name) for name in _SAME},
                "goal": row.goal.number if row.goal else "",
                "available": f"{row.available_month}-{row.available_day}" if row.available_month else "",
                **{
                    name: figure_text(getattr(row, name)).replace(",", "")
                    for name in ("tolerance", "baseline_value", "target_value")
                },
            },
            refusal=_refusal(row.plan),
        )
        for row in db.session.scalars(rows)
    ]

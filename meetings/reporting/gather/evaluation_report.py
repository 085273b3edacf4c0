"""评估报告: assembled from stages, self-assessments, visits, results and tasks; the judgement is the office's text."""

from collections.abc import Sequence

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.i18n import gettext as _
from meetings.evaluation import queries, rules, words
from meetings.evaluation.models import AssessmentStatus, Evaluation, FindingKind
from meetings.evaluation.queries.coverage import Line, line_of, omitted_goals
from meetings.evaluation.queries.results import PlanResults, Result, results_of
from meetings.plans import words as plan_words
from meetings.reporting.gather import indicator_coverage as coverage
from meetings.reporting.gather.disclosure import KEPT_INSIDE, notes_for
from meetings.reporting.gather.indicator_facts import indicator_facts, shown, state_light
from meetings.reporting.gather.office import issuer_of, lines
from meetings.reporting.gather.task_facts import Moment
from meetings.tasks import words as task_words
from meetings.workdays.queries import calendar
from meetings.workdays.rules import Calendar
from reports.evaluation_report import DomainReview, EvaluationReport, Missed, Remedy, Stage, Visit
from reports.facts import Rate
from reports.indicators import IndicatorDomain, IndicatorFacts

DRAWN = 2  # indicators of a domain that are drawn over the years
ENOUGH_YEARS = 3
_NOT_YET = frozenset({"red", "yellow", "green"})
_SENT = frozenset({AssessmentStatus.OFFICE_REVIEW, AssessmentStatus.ACCEPTED})
_SENT_RULE = "经单位负责人审核并报办公室的单位数 ÷ 布置自评的单位数"


def gather(evaluation: Evaluation, *, actor: Actor, moment: Moment, is_internal: bool) -> EvaluationReport:
    """From the queries of the pages, a fixed number of statements for each plan; for outside without small counts."""
    found = results_of(evaluation, actor=actor)
    assessed = queries.assessments(evaluation, actor=actor)
    remedies = queries.rectifications(evaluation, actor=actor)
    texts = {row.domain_id: row.text for row in queries.reviews_of(evaluation)}
    days = calendar(actor.committee_id)
    covered = [_covered(one, evaluation.year, days) for one in found]
    rates = [rate for one in found for rate in _rates(one, len(found) > 1)]
    if assessed:
        rates.append(
            Rate(
                label="自评报送率",
                numerator=sum(row.status in _SENT for row in assessed),
                denominator=len(assessed),
                rule=_SENT_RULE,
            )
        )
    return EvaluationReport(
        plan=found[0].plan.title if len(found) == 1 else evaluation.title.removesuffix(words.KINDS[evaluation.kind]),
        kind=words.KINDS[evaluation.kind],
        year=evaluation.year,
        as_of=moment.as_of,
        evaluated_by=issuer_of(actor, moment.as_of).office,
        domains=tuple(
            review for one in found for review in _reviews(one, evaluation.year, texts, is_internal=is_internal)
        ),
        stages=tuple(
            Stage(
                name=words.STAGES[stage.kind],
                from_on=stage.from_on,
                until_on=stage.until_on,
                state=words.STAGE_STATES[rules.state_of(stage, clock.today())],
            )
            for stage in evaluation.stages
        ),
        visits=tuple(
            Visit(
                group=visit.group.name,
                on=visit.visited_on,
                unit=visit.unit.short_name,
                looked_at=visit.looked_at,
                feedback="\n".join(
                    filter(
                        None,
                        [
                            visit.feedback,
                            *(f"问题：{row.text}" for row in visit.findings if row.kind is FindingKind.PROBLEM),
                        ],
                    )
                ),
            )
            for visit in queries.visits_of(evaluation, actor=actor)
            if visit.feedback_at is not None
        ),
        rates=tuple(rates),
        summary=evaluation.summary,
        laws=evaluation.laws,
        plans=evaluation.plans,
        duties=evaluation.duties,
        mechanisms=evaluation.mechanisms,
        experience=lines(evaluation.experience),
        problems=lines(evaluation.problems),
        next_steps=lines(evaluation.next_steps),
        missed=tuple(
            _missed(result, evaluation.year, is_internal=is_internal)
            for one in found
            for result in one.results
            if result.is_missed
        ),
        remedies=tuple(
            Remedy(
                problem=row.problem,
                unit=row.unit,
                due_on=row.due_on,
                task=row.number,
                state=task_words.STATUSES[row.status],
            )
            for row in remedies
        ),
        coverage=tuple(
            domain for rows in covered for domain in coverage.domains(rows, evaluation.year, is_internal=is_internal)
        ),
        coverage_counts=coverage.counts(
            [line for rows in covered for line in rows],
            evaluation.year,
            sum(len(omitted_goals(one.plan)) for one in found),
        ),
        coverage_notes=(coverage.rule(),),
        notes=_notes(found, evaluation.year, is_internal=is_internal),
    )


def _notes(found: Sequence[PlanResults], year: int, *, is_internal: bool) -> tuple[str, ...]:
    standings = [result.standing for one in found for result in one.results]
    years = {at for each in standings for at in each.figures if at <= year}
    return notes_for(standings, years, is_internal=is_internal)


def _covered(found: PlanResults, year: int, days: Calendar) -> list[Line]:
    """The indicators of a plan as the page of coverage has them."""
    return [line_of(result.standing, year, clock.today(), result.tasks, days) for result in found.results]


def _rates(found: PlanResults, names_plan: bool) -> list[Rate]:
    counted = found.attainment
    if not counted.judged:
        return []
    prefix = plan_words.KINDS[found.plan.kind] if names_plan else ""
    return [
        Rate(
            label=f"{prefix}指标达标率",
            numerator=counted.met,
            denominator=counted.judged,
            rule=plan_words.MET_RATE,
        )
    ]


def _reviews(found: PlanResults, year: int, texts: dict[int, str], *, is_internal: bool) -> list[DomainReview]:
    reviews = []
    for name, results in found.domains:
        facts = tuple(
            indicator_facts(result.standing, result.judgement, year, is_internal=is_internal) for result in results
        )
        reviews.append(
            DomainReview(
                domain=IndicatorDomain(name=name, indicators=facts),
                text=texts.get(results[0].standing.domain_id, ""),
                drawn=_drawn(facts),
            )
        )
    return reviews


def _drawn(facts: Sequence[IndicatorFacts]) -> tuple[str, ...]:
    """Names of those with enough years that moved, in their order: first what is not reached yet."""
    moved = [
        each
        for each in facts
        if len(known := [value.value for value in each.values if value.value is not None]) >= ENOUGH_YEARS
        and len(set(known)) > 1
    ]
    first = sorted(moved, key=lambda each: each.state.code not in _NOT_YET)[:DRAWN]
    return tuple(each.name for each in moved if each in first)


def _missed(result: Result, year: int, *, is_internal: bool) -> Missed:
    standing = result.standing
    figure = standing.figures.get(year)
    put_right = result.rectification
    is_left_out = not is_internal and standing.is_kept_inside(year)
    return Missed(
        name=standing.name,
        unit=standing.lead[1] if standing.lead else "",
        value=shown(figure.value, standing.decimals) if figure and not is_left_out else None,
        value_words=_(KEPT_INSIDE) if is_left_out else "",
        target=shown(standing.yardstick.target, standing.decimals),
        target_words=standing.target_words if standing.tolerance or standing.yardstick.target is None else "",
        state=state_light(result.state),
        reason=_said(result.reasons),
        task=put_right.task.number or "" if put_right else "",
    )


def _said(reasons: Sequence[tuple[str, str]]) -> str:
    """One unit's reason as it is, several with their names."""
    if len(reasons) == 1:
        return reasons[0][1]
    return "\n".join(f"{unit}：{text}" for unit, text in reasons)

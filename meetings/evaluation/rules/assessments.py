"""What may happen to a self-assessment: the one table, and what each step asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from meetings.core.actor import Actor
from meetings.core.errors import DomainError, NotAllowed
from meetings.evaluation.models import Assessment, AssessmentAction, AssessmentStatus, Part
from meetings.evaluation.rules.stages import check_open


class Party(Enum):
    """The part somebody plays in a self-assessment."""

    OFFICE = auto()
    HEAD = auto()
    LIAISON = auto()


@dataclass(frozen=True, slots=True)
class Transition:
    """From which statuses, to which, by which parties."""

    sources: frozenset[AssessmentStatus]
    target: AssessmentStatus
    parties: frozenset[Party]


S, P = AssessmentStatus, Party

# The texts of each part, in the order of the form.
TEXTS: Mapping[Part, tuple[str, ...]] = {
    Part.GOALS: ("reached", "measures", "experience", "reasons", "next_steps"),
    Part.LAWS: ("laws",),
    Part.PLANS: ("plans",),
    Part.DUTIES: ("duties",),
    Part.MECHANISMS: ("mechanisms",),
}
LONGEST = 4000
# What no self-assessment is without; the others may be empty where a unit has nothing to say.
_NEEDED = ("reached", "measures", "next_steps", "laws", "plans", "duties", "mechanisms")

# What the page offers and what the server accepts. The office acts for a unit with the signed page of its head.
TRANSITIONS: Mapping[AssessmentAction, Transition] = {
    AssessmentAction.SUBMIT: Transition(
        frozenset({S.DRAFT, S.RETURNED}), S.UNIT_REVIEW, frozenset({P.LIAISON, P.OFFICE})
    ),
    AssessmentAction.APPROVE: Transition(
        frozenset({S.UNIT_REVIEW}), S.OFFICE_REVIEW, frozenset({P.HEAD, P.LIAISON, P.OFFICE})
    ),
    AssessmentAction.RETURN: Transition(
        frozenset({S.UNIT_REVIEW, S.OFFICE_REVIEW}), S.RETURNED, frozenset({P.HEAD, P.OFFICE})
    ),
    AssessmentAction.ACCEPT: Transition(frozenset({S.OFFICE_REVIEW}), S.ACCEPTED, frozenset({P.OFFICE})),
}
# A head returns what waits for the head; the office what waits for the office.
_RETURNED_BY = {S.UNIT_REVIEW: P.HEAD, S.OFFICE_REVIEW: P.OFFICE}
WRITABLE = TRANSITIONS[AssessmentAction.SUBMIT].sources


def parties_of(assessment: Assessment, actor: Actor) -> frozenset[Party]:
    """Every part the actor plays."""
    parties = set()
    if actor.committee_id != assessment.committee_id:
        return frozenset()
    if actor.may("evaluations.run"):
        parties.add(P.OFFICE)
    if assessment.unit_id in actor.unit_ids:
        if actor.may("tasks.approve"):
            parties.add(P.HEAD)
        if actor.may("tasks.report"):
            parties.add(P.LIAISON)
    return frozenset(parties)


def next_status(assessment: Assessment, action: AssessmentAction, actor: Actor) -> AssessmentStatus:
    """Where the action leads. Who has no part in it at all is told so first.

    Raises ``NotAllowed("assessment.not_yours")``, ``DomainError("assessment.wrong_status")``.
    """
    transition = TRANSITIONS[action]
    parties = parties_of(assessment, actor) & transition.parties
    if action is AssessmentAction.RETURN and assessment.status in _RETURNED_BY:
        parties &= {_RETURNED_BY[assessment.status]}
    if not parties:
        raise NotAllowed("assessment.not_yours")
    if assessment.status not in transition.sources:
        raise DomainError("assessment.wrong_status")
    return transition.target


def available_actions(assessment: Assessment, actor: Actor) -> list[AssessmentAction]:
    """What the actor may do now, in the order of the table."""
    found = []
    for action in TRANSITIONS:
        try:
            next_status(assessment, action, actor)
        except DomainError:
            continue
        found.append(action)
    return found


def is_offline_only(assessment: Assessment, actor: Actor) -> bool:
    """Approval by somebody who is not the unit's head: only with the signed and stamped page."""
    return P.HEAD not in parties_of(assessment, actor)


def standing_in(assessment: Assessment, actor: Actor) -> Actor:
    """Who takes the unit's task along: the unit's liaison, or the office as one (代录) for a unit without accounts."""
    if assessment.unit_id in actor.unit_ids or not actor.may("tasks.enter_for_unit"):
        return actor
    return replace(
        actor,
        name=f"{actor.name[:90]}（代录）",
        unit_ids=frozenset({assessment.unit_id}),
        permissions=frozenset({"tasks.read_own", "tasks.report", "tasks.acknowledge"}),
    )


def check_written(assessment: Assessment, actor: Actor) -> None:
    """Texts are changed by the unit's liaison, or by the office for it, until they are sent. Needs ``evaluation``."""
    check_open(assessment.evaluation)
    next_status(assessment, AssessmentAction.SUBMIT, actor)


def missing_texts(assessment: Assessment, *, missed: Collection[int] = ()) -> list[str]:
    """The texts that are still owed; ``reasons_given`` too while a missed indicator of the unit has no reason."""
    given = {row.indicator_id for row in assessment.reasons_given if row.text}
    texts = [
        name for names in TEXTS.values() for name in names if name in _NEEDED and not getattr(assessment, name).strip()
    ]
    return texts + (["reasons_given"] if set(missed) - given else [])


def check_scoring(assessment: Assessment) -> None:
    """Points are given where the evaluation is scored, for what was accepted. Needs ``evaluation``.

    Raises ``DomainError`` ``assessment.not_scored``, ``assessment.score_unaccepted``.
    """
    if not assessment.evaluation.is_scored:
        raise DomainError("assessment.not_scored")
    if assessment.status is not S.ACCEPTED:
        raise DomainError("assessment.score_unaccepted")

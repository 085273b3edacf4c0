"""意见采纳情况表: a list that was with its units, their opinions and what the office decided."""

from meetings.core import clock
from meetings.tasks import words
from meetings.tasks.models import Consultation, ConsultationLine, ConsultationUnit, UnitRole
from reports.opinion_adoption import OPEN, AskedUnit, ConsultedTask, GivenOpinion, OpinionAdoption


def gather(row: Consultation) -> OpinionAdoption:
    """``row`` with lines, their tasks' units, opinions and units (``tasks.find_consultation``)."""
    return OpinionAdoption(
        title=row.title,
        sent_on=clock.local(row.opened_at).date(),
        answer_by=row.answer_by,
        closed_on=clock.local(row.closed_at).date() if row.closed_at else None,
        tasks=tuple(_task(line) for line in row.lines),
        units=tuple(_unit(row, each) for each in sorted(row.units, key=lambda one: (one.unit.position, one.unit_id))),
    )


def _task(line: ConsultationLine) -> ConsultedTask:
    return ConsultedTask(
        title=line.task.title,
        lead_unit=line.task.lead_unit.short_name,
        helpers=tuple(part.unit.short_name for part in line.task.units if part.role is UnitRole.COOPERATING),
        opinions=tuple(
            GivenOpinion(
                unit=each.unit.short_name,
                text=each.text,
                about="、".join(words.OPINIONS_ABOUT[code] for code in words.OPINIONS_ABOUT if code in each.about),
                adoption=words.ADOPTIONS[each.adoption] if each.adoption else OPEN,
                reason=each.adoption_reason,
                decided_by=each.decided_by_name,
            )
            for each in sorted(line.opinions, key=lambda one: (one.unit.position, one.id))
        ),
    )


def _unit(row: Consultation, asked: ConsultationUnit) -> AskedUnit:
    answered_on = clock.local(asked.answered_at).date() if asked.answered_at else None
    return AskedUnit(
        unit=asked.unit.name,
        answered_on=answered_on,
        opinions=sum(each.unit_id == asked.unit_id for line in row.lines for each in line.opinions),
        is_late=answered_on is not None and answered_on > row.answer_by,
        entered_by=asked.answered_by_name if asked.is_entered_by_office else "",
    )

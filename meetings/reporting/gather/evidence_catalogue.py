"""佐证材料目录: files that units sent, under the domains of a plan, or under the meeting their task came of."""

from collections.abc import Iterator, Mapping, Sequence

from meetings.core import clock
from meetings.core.actor import Actor
from meetings.directory.models import Unit
from meetings.meetings.models import Meeting
from meetings.plans.models import Plan
from meetings.reporting.gather.office import issuer_of
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import evidence
from meetings.reporting.queries.evidence import Aim, Kept
from meetings.reporting.rules import packed_name
from reports.evidence_catalogue import Evidence, EvidenceCatalogue, EvidenceDomain

_OTHER = "其他任务"


def gather(
    *, actor: Actor, moment: Moment, plan: Plan | None = None, meeting: Meeting | None = None, unit: Unit | None = None
) -> EvidenceCatalogue:
    """What the actor may see, in the order in which it is packed; with a plan also what has no evidence yet."""
    plan_id = plan.id if plan else None
    found = evidence.files(
        actor,
        until=moment.until,
        plan_id=plan_id,
        meeting_id=meeting.id if meeting else None,
        unit_id=unit.id if unit else None,
    )
    aims = evidence.aims_of({each.task_id for each in found}, plan_id=plan_id)
    sections = _sections(found, aims, actor, plan)
    missing = _missing(plan, aims) if plan and not unit and not meeting else {}
    listed: list[EvidenceDomain] = []
    for number, (key, name, kept) in enumerate((each for each in sections if each[2] or missing.get(each[0])), 1):
        listed.append(
            EvidenceDomain(
                name=name,
                evidence=tuple(_lines(number, name, kept)),
                missing=tuple(missing.get(key, ())),
            )
        )
    scope = _scope(actor, moment, plan, meeting, unit)
    return EvidenceCatalogue(scope=scope, as_of=moment.as_of, domains=tuple(listed))


def _scope(actor: Actor, moment: Moment, plan: Plan | None, meeting: Meeting | None, unit: Unit | None) -> str:
    of = plan.title if plan else meeting.title if meeting else ""
    if unit:
        return f"{unit.name}{of and f'（{of}）'}"
    return of or issuer_of(actor, moment.as_of).body


def _sections(
    found: Sequence[Kept], aims: Mapping[int, Sequence[Aim]], actor: Actor, plan: Plan | None
) -> list[tuple[int | str, str, list[tuple[Kept, Aim | None]]]]:
    """Domains in the order of their plans, then meetings in the order of the files, each with its files."""
    sections: dict[int | str, tuple[str, list[tuple[Kept, Aim | None]]]] = {}
    for domain_id, name, of_plan in evidence.domains(actor, plan_id=plan.id if plan else None):
        sections[domain_id] = (name if plan else f"{of_plan}　{name}", [])
    for each in found:
        aim = aims[each.task_id][0] if aims.get(each.task_id) else None
        heading = each.meeting_title or _OTHER
        sections.setdefault(aim.domain_id if aim else heading, (heading, []))[1].append((each, aim))
    return [(key, name, kept) for key, (name, kept) in sections.items()]


def _lines(number: int, heading: str, kept: Sequence[tuple[Kept, Aim | None]]) -> Iterator[Evidence]:
    for place, (each, aim) in enumerate(kept, 1):
        yield Evidence(
            name=each.name,
            path=packed_name(number, heading, place, each.name),
            unit=each.unit,
            on=clock.local(each.sent_at).date(),
            size=each.size,
            sha256=each.sha256,
            goal=aim.goal if aim else "",
            indicator=aim.indicator if aim else "",
            task=" ".join(filter(None, (each.task_number, each.task_title))),
        )


def _missing(plan: Plan, aims: Mapping[int, Sequence[Aim]]) -> dict[int | str, list[str]]:
    shown = {name for served in aims.values() for aim in served for name in (aim.goal, aim.indicator)}
    missing: dict[int | str, list[str]] = {}
    for domain_id, name in evidence.to_be_shown(plan.id):
        if name not in shown:
            missing.setdefault(domain_id, []).append(name)
    return missing

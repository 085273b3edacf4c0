"""全链条报告: the chain of the page, with the tasks on the way printed on their cards."""

from collections.abc import Mapping

from meetings.core.actor import Actor
from meetings.core.i18n import gettext as _
from meetings.evaluation import words
from meetings.evaluation.queries.chain import Chain, numbered
from meetings.evaluation.queries.followed import Link
from meetings.evaluation.rules.chain import LinkKind
from meetings.plans.models import IndicatorState
from meetings.reporting.gather import task_facts as of_tasks
from meetings.reporting.gather.disclosure import KEPT_INSIDE, said
from meetings.reporting.gather.indicator_facts import state_light
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries import sources
from meetings.tasks import words as task_words
from meetings.tasks.models import TaskStatus
from reports.cards import state_text
from reports.chain import ChainLink, ChainReport
from reports.facts import Light, LightCode

# Of tasks that the reader finds no card of.
_STATES: dict[TaskStatus, LightCode] = {
    TaskStatus.ISSUED: "hollow",
    TaskStatus.COMPLETED: "blue",
    TaskStatus.CLOSED: "black",
    TaskStatus.SUSPENDED: "grey",
    TaskStatus.CANCELLED: "grey",
}


def gather(chain: Chain, *, actor: Actor, moment: Moment, is_internal: bool) -> ChainReport:
    """At most eight statements beside those of the chain; for outside without small counts."""
    found = sources.load(sources.tasks_among(chain.task_ids, actor=actor), until=moment.until)
    facts = of_tasks.task_facts(found, moment)
    states = {each.number: Light(code=each.light.code, word=state_text(each)) for each in facts.values() if each.number}
    return ChainReport(
        subject=chain.title,
        kind=words.SUBJECTS[chain.subject],
        as_of=moment.as_of,
        sources=tuple(_link(link, states, is_internal) for link in chain.sources),
        links=tuple(_link(link, states, is_internal) for link in chain.links),
        tasks=tuple(facts[task.id] for task in found.tasks if task.id in facts),
        note=said() if not is_internal and any(link.is_kept_inside for _n, link in numbered(chain.links)) else "",
    )


def _link(link: Link, states: Mapping[str, Light], is_internal: bool) -> ChainLink:
    """A link as printed; a task bears the light of its card (``states`` by number)."""
    light = states.get(link.note) if link.kind is LinkKind.TASK else None
    return ChainLink(
        kind=words.LINKS[link.kind],
        title=link.title or (task_words.EVENTS[link.step] if link.step else "—"),
        note=_(KEPT_INSIDE) if link.is_kept_inside and not is_internal else link.note,
        unit=link.unit,
        on=link.on,
        state=light or _light(link.state),
        gap=words.GAPS[link.gap] if link.gap else "",
        links=tuple(_link(each, states, is_internal) for each in link.links),
    )


def _light(state: TaskStatus | IndicatorState | None) -> Light | None:
    if state is None:
        return None
    if isinstance(state, IndicatorState):
        return state_light(state)
    return Light(code=_STATES.get(state, "green"), word=task_words.STATUSES[state])

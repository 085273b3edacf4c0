"""What the catalogue says of a kind of paper, and what gathering one gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from meetings.approvals.models import Retention, Signing
from meetings.core.actor import Actor
from meetings.meetings.models import Meeting
from meetings.reporting.gather.task_facts import Moment
from meetings.reporting.queries.sources import HELD, MeetingPick
from meetings.reporting.words import COLUMN_SETS, TITLES
from reports.blocks import Official, Report
from reports.facts import day_text

Parameters = Mapping[str, Any]
"""What was chosen: ``plan``, ``meeting``, ``unit``, ``task`` are ids or None, ``year`` a year, ``as_of`` a day,
``scope`` ``internal`` for the committee itself (else the paper is for outside), ``columns`` a name of ``COLUMN_SETS``,
``detail`` ``full`` where each task is to have a card with its course; and the words that the office writes into the
paper, by the name of their field. What is not given is prefilled."""

INTERNAL = "；供委员会内部使用"
"""What the foot of a paper says that is for the committee itself."""


@dataclass(frozen=True, slots=True)
class Content:
    """A paper's frozen data, what it says of its making, and whose it is (a unit's own, or None).

    ``texts`` are the words it was made with: those given, and prefilled ones where none were. ``signer`` is who signs
    it where that is not the kind's own and ``signer_posts`` with which post, ``task_ids`` the tasks that it urges.
    """

    data: Any
    title: str
    filter_text: str
    unit_id: int | None
    as_of: date
    texts: Mapping[str, Any] = field(default_factory=dict)
    signer: str = ""
    task_ids: tuple[int, ...] = ()
    signer_posts: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of paper. ``asks`` names what it is made of, those in ``needs`` must be chosen.

    ``texts`` names the words that the office may change. ``meetings`` says which meetings it can be made of.
    ``style``: ``official`` (公文类: drafted, signed and numbered by 签批) or ``report`` (报表类: numbered when made).
    ``signer`` is the role that signs it: papers of the office ``office_director``, of the committee ``leader``.
    ``needs_late``: it is about what is overdue. ``signing`` and ``retention`` are what a new draft sheet says of seal
    and 保管期限.
    """

    code: str
    group: str
    permission: str
    asks: tuple[str, ...]
    needs: frozenset[str]
    gather: Callable[[Actor, Moment, Parameters], Content]
    compose: Callable[[Any], Report | Official]
    texts: tuple[str, ...] = ()
    meetings: MeetingPick = HELD
    style: Literal["official", "report"] = "report"
    signer: Literal["office_director", "leader"] = "office_director"
    needs_late: bool = False
    signing: Signing = Signing.PLAIN
    retention: Retention = Retention.YEARS_10

    @property
    def title(self) -> str:
        return TITLES[self.code]


def filter_text(
    moment: Moment | None = None,
    *,
    plan: str = "",
    meeting: Meeting | None = None,
    unit: str = "",
    columns: str = "",
) -> str:
    """By what a paper's content was chosen, as its foot says it."""
    said = [
        f"规划：{plan}" if plan else "",
        f"会议：{meeting.title}" if meeting else "",
        f"单位：{unit}" if unit else "",
        f"栏目：{COLUMN_SETS[columns].partition('：')[0]}" if columns else "",
        f"截至{day_text(moment.as_of)}" if moment else "",
    ]
    return "；".join(filter(None, said))


def named(text: str, most: int) -> str:
    """A sentence as a title or a line names it: without its end mark, cut with …… where it is longer than ``most``."""
    plain = text.replace("\n", " ").strip().rstrip("。；，、：！？")
    return plain if len(plain) <= most else f"{plain[:most].rstrip('。；，、：！？')}……"


def own_unit(actor: Actor) -> int | None:
    """The unit whose view of things this is; None for who reads the whole committee."""
    return None if actor.may("tasks.read_all") else min(actor.unit_ids, default=None)

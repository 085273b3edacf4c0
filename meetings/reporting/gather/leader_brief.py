"""呈阅件（督查专报）: figures and problems as counted and reported; proposals are the office's to write."""

from collections.abc import Mapping
from typing import Any

from meetings.core.actor import Actor
from meetings.meetings.models import Meeting
from meetings.reporting.gather.figures import figures_of, problems_of
from meetings.reporting.gather.office import issuer_of, lines, texts_of
from meetings.reporting.gather.task_facts import Moment
from reports.leader_brief import LeaderBrief

_MOST = 6
"""What is named of problems: a brief has one or two pages, the leader's box among them."""
TEXTS = ("title", "leader", "situation", "problems", "proposals")


def gather(
    *, actor: Actor, moment: Moment, meeting: Meeting | None, texts: Mapping[str, Any]
) -> tuple[LeaderBrief, dict[str, Any]]:
    """At most ten statements, of one meeting's tasks or of all."""
    figures = figures_of(actor=actor, moment=moment, meeting=meeting)
    issuer = issuer_of(actor, moment.as_of)
    late = [task.title for task, _light in figures.late]
    chosen = texts_of(
        {
            "title": f"关于{f'{meeting.title}任务' if meeting else '妇女儿童工作任务'}落实情况的报告",
            "leader": f"{issuer.body}领导",
            "situation": "",
            "problems": problems_of(figures, most=_MOST),
            "proposals": f"对逾期的{len(late)}项任务，建议由分管领导协调推进，明确完成时间。" if late else "",
        },
        texts,
    )
    data = LeaderBrief(
        issuer=issuer,
        title=chosen["title"],
        leader=chosen["leader"].rstrip("：:"),
        as_of=moment.as_of,
        day=moment.as_of,
        issued=len(figures.stood),
        states=figures.states,
        rates=figures.rates,
        **{name: "\n".join(lines(chosen[name])) for name in ("situation", "problems", "proposals")},
    )
    return data, chosen

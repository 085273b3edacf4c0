"""情况通报: the figures are counted, the judgement is the office's to write."""

from collections.abc import Mapping
from typing import Any

from meetings.core.actor import Actor
from meetings.meetings.models import Meeting
from meetings.reporting.gather.figures import by_unit, done_of, figures_of, problems_of
from meetings.reporting.gather.office import addressed, issuer_of, lines, texts_of
from meetings.reporting.gather.task_facts import Moment
from reports.bulletin import Bulletin

TEXTS = ("title", "addressees", "opening", "went_well", "problems", "next_steps", "copies_to")


def gather(
    *, actor: Actor, moment: Moment, meeting: Meeting | None, texts: Mapping[str, Any]
) -> tuple[Bulletin, dict[str, Any]]:
    """At most ten statements, of one meeting's tasks or of all."""
    figures = figures_of(actor=actor, moment=moment, meeting=meeting)
    issuer = issuer_of(actor, moment.as_of)
    subject = f"{meeting.title}任务" if meeting else "妇女儿童工作任务"
    chosen = texts_of(
        {
            "title": f"关于{subject}落实情况的通报",
            "addressees": addressed(meeting),
            "opening": f"现将{subject}落实情况通报如下：",
            "went_well": done_of(figures, most=30),
            "problems": problems_of(figures, most=30),
            "next_steps": _NEXT,
            "copies_to": "",
        },
        texts,
    )
    data = Bulletin(
        issuer=issuer,
        title=chosen["title"],
        addressees=chosen["addressees"].rstrip("：:"),
        opening="\n".join(lines(chosen["opening"])),
        as_of=moment.as_of,
        day=moment.as_of,
        issued=len(figures.stood),
        states=figures.states,
        rates=figures.rates,
        went_well="\n".join(lines(chosen["went_well"])),
        problems="\n".join(lines(chosen["problems"])),
        next_steps="\n".join(lines(chosen["next_steps"])),
        units=by_unit(figures),
        copies_to=chosen["copies_to"],
    )
    return data, chosen


_NEXT = (
    "请牵头单位对照完成标准和时限，逐项核对进展，逾期的尽快办结并说明原因；配合单位按分工及时提供情况。"
    "确需延期的，在到期前按程序申请。"
)

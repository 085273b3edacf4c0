"""What the task says that asks a unit for its self-assessment. The words are kept with the task, as typed ones are."""

from collections.abc import Iterable, Mapping

from meetings.evaluation.models import Duty, Evaluation, Part

TASK_STANDARD = "自评材料经单位负责人审核后报送办公室，并通过办公室审核"
COMPLETION_NOTE = "自评材料已报送。"
_HEADINGS = {
    Part.GOALS: "目标实现情况",
    Part.LAWS: "法律政策",
    Part.PLANS: "目标纳入本部门规划",
    Part.DUTIES: "职责履行",
    Part.MECHANISMS: "工作机制",
}
# What a unit is asked to write, until the committee words it otherwise.
GUIDANCE: Mapping[Part, str] = {
    Part.GOALS: (
        "对照本单位承担的目标和指标：完成情况、主要措施和成效、经验做法、未达标的原因、下一步打算。"
        "数值由系统带出，不必重填。"
    ),
    Part.LAWS: "本单位牵头或参与制定、实施的法律政策和规范性文件，保障妇女儿童权益的措施。",
    Part.PLANS: "规划目标纳入本部门（行业）规划、年度计划和考核的情况。",
    Part.DUTIES: "按任务分工履行职责的情况：谁负责、做了什么、解决了什么问题。",
    Part.MECHANISMS: "组织领导、联络员、统计监测、经费和人员保障等工作机制运行情况。",
}
_NUMBERS = "一二三四五"


def task_title(evaluation: Evaluation) -> str:
    """At most 200 characters, as a task's title is."""
    return f"开展{evaluation.title}自评"[:200]


def task_content(duties: Iterable[Duty]) -> str:
    """The five parts as the evaluation asks them."""
    return "\n".join(
        f"{_NUMBERS[n]}、{_HEADINGS[duty.part]}：{duty.guidance}".rstrip("：") for n, duty in enumerate(duties)
    )

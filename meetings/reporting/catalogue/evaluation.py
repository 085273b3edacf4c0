"""Papers of plans and their evaluation."""

from meetings.core.actor import Actor
from meetings.evaluation import queries as evaluations
from meetings.evaluation.queries import chain as chains
from meetings.evaluation.queries import subjects
from meetings.reporting.catalogue.entry import INTERNAL, Content, Entry, Parameters, filter_text, named
from meetings.reporting.gather import chain as gather_chain
from meetings.reporting.gather import evaluation_report as gather_evaluation
from meetings.reporting.gather.task_facts import Moment
from reports import chain as chain_paper
from reports import evaluation_report


def _evaluation_report(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    evaluation = evaluations.find(chosen["evaluation"], actor=actor)
    is_internal = chosen.get("scope") == "internal"
    data = gather_evaluation.gather(evaluation, actor=actor, moment=moment, is_internal=is_internal)
    said = f"评估：{evaluation.title}；{filter_text(moment)}" + (INTERNAL if is_internal else "")
    return Content(data, f"{data.plan}{data.kind}报告", said, None, moment.as_of)


def _chain(actor: Actor, moment: Moment, chosen: Parameters) -> Content:
    subject, row_id = subjects.subject_of(chosen["subject"])
    chain = chains.chain_of(subject, row_id, actor=actor)
    is_internal = chosen.get("scope") == "internal"
    data = gather_chain.gather(chain, actor=actor, moment=moment, is_internal=is_internal)
    said = f"{data.kind}：{named(data.subject, 60)}；{filter_text(moment)}" + (INTERNAL if is_internal else "")
    return Content(data, f"全链条报告：{named(data.subject, 40)}", said, None, moment.as_of)


ENTRIES = (
    Entry(
        "chain",
        "plans",
        "tasks.read_all",
        ("subject", "scope"),
        frozenset({"subject"}),
        _chain,
        chain_paper.compose,
    ),
    Entry(
        "evaluation-report",
        "plans",
        "evaluations.read",
        ("evaluation", "scope"),
        frozenset({"evaluation"}),
        _evaluation_report,
        evaluation_report.compose,
    ),
)

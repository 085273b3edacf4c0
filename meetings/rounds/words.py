"""Wording of rounds: states, standings, titles, notices and refusals."""

from collections.abc import Mapping
from datetime import date

from meetings.core.i18n import N_, day
from meetings.notifications.rules import Kind
from meetings.rounds.models import CollectionKind, CollectionStatus, MaterialStatus, RoundCycle, RoundStatus, Standing
from meetings.rounds.rules import RoundAction

CYCLES: Mapping[RoundCycle, str] = {
    RoundCycle.QUARTERLY: N_("每季度"),
    RoundCycle.HALF_YEARLY: N_("每半年"),
    RoundCycle.MONTHLY: N_("每月"),
    RoundCycle.WEEKLY: N_("每周"),
    RoundCycle.ONCE: N_("一次"),
}

STATUSES: Mapping[RoundStatus, str] = {
    RoundStatus.DRAFT: N_("未开始"),
    RoundStatus.OPEN: N_("填报中"),
    RoundStatus.LOCKED: N_("已锁定"),
    RoundStatus.CANCELLED: N_("不开了"),
}

STANDINGS: Mapping[Standing, str] = {
    Standing.IN: N_("已报"),
    Standing.LATE: N_("逾期报送"),
    Standing.OWED: N_("待报"),
    Standing.MISSING: N_("逾期未报"),
    Standing.RELEASED: N_("不再应报"),
}

# The mark that goes with it.
LIGHTS: Mapping[Standing, str] = {
    Standing.IN: "done",
    Standing.LATE: "warn",
    Standing.OWED: "ok",
    Standing.MISSING: "late",
    Standing.RELEASED: "closed",
}

ACTIONS: Mapping[RoundAction, str] = {
    RoundAction.EDIT: N_("修改"),
    RoundAction.OPEN: N_("开始填报"),
    RoundAction.LOCK: N_("锁定"),
    RoundAction.REOPEN: N_("重新打开"),
    RoundAction.CANCEL: N_("不开了"),
}

_QUARTERS = "一二三四"
_TITLES: Mapping[RoundCycle, str] = {
    RoundCycle.QUARTERLY: N_("%(year)s年第%(quarter)s季度进展报送"),
    RoundCycle.HALF_YEARLY: N_("%(year)s年%(half)s进展报送"),
    RoundCycle.MONTHLY: N_("%(year)s年%(month)s月进展报送"),
    RoundCycle.WEEKLY: N_("%(first)s至%(last)s进展报送"),
    RoundCycle.ONCE: N_("%(first)s至%(last)s进展报送"),
}
_HALVES = (N_("上半年"), N_("下半年"))


def title_of(cycle: RoundCycle, from_on: date, until_on: date) -> str:
    """2026年第三季度进展报送, 2026年7月进展报送, 2026年7月13日至2026年7月19日进展报送: kept, so always in Chinese."""
    return _TITLES[cycle] % {
        "year": from_on.year,
        "month": from_on.month,
        "quarter": _QUARTERS[(from_on.month - 1) // 3],
        "half": _HALVES[from_on.month > 6],
        "first": day(from_on),
        "last": day(until_on),
    }


COLLECTION_KINDS: Mapping[CollectionKind, str] = {
    CollectionKind.SPEECH: N_("交流发言"),
    CollectionKind.SUMMARY: N_("年度总结"),
    CollectionKind.WORK_PLAN: N_("工作要点"),
    CollectionKind.SELF_ASSESSMENT: N_("自评"),
    CollectionKind.OTHER: N_("其他材料"),
}

COLLECTION_STATUSES: Mapping[CollectionStatus, str] = {
    CollectionStatus.OPEN: N_("征集中"),
    CollectionStatus.CLOSED: N_("已结束"),
}

MATERIAL_STATUSES: Mapping[MaterialStatus, str] = {
    MaterialStatus.OWED: N_("未交"),
    MaterialStatus.SUBMITTED: N_("待审稿"),
    MaterialStatus.RETURNED: N_("退回修改"),
    MaterialStatus.FINAL: N_("已定稿"),
}
MATERIAL_LIGHTS: Mapping[MaterialStatus, str] = {
    MaterialStatus.OWED: "new",
    MaterialStatus.SUBMITTED: "ok",
    MaterialStatus.RETURNED: "warn",
    MaterialStatus.FINAL: "done",
}

# What nearly every meeting needs; the office takes them over in one press and changes them.
USUAL_DUTIES = (
    N_("起草、印发会议通知"),
    N_("收齐参会回执，编排座次"),
    N_("起草主持词、领导讲话"),
    N_("收齐交流发言材料"),
    N_("印制会议材料、座签"),
    N_("布置会场、调试话筒和投影"),
    N_("会场签到"),
    N_("会议记录、摄影、报道"),
)

NOTICES = (
    Kind("rounds.material_asked", N_("材料征集"), N_("请%(unit)s于%(day)s前在系统中报送材料。")),
    Kind("rounds.material_handed_in", N_("单位报送了材料"), ""),
    Kind(
        "rounds.material_returned", N_("材料退回修改"), N_("%(unit)s报送的材料已退回，请登录系统查看审稿意见并修改。")
    ),
    Kind("rounds.material_final", N_("材料已定稿"), ""),
    Kind("rounds.opened", N_("期次开始填报"), N_("请%(unit)s于%(day)s前在系统中完成本期填报。")),
    Kind("rounds.values_asked", N_("催填指标数值"), N_("请%(unit)s于%(day)s前在系统中报送指标数值。")),
    Kind("rounds.reopened", N_("期次重新打开"), N_("期次已重新打开，请%(unit)s核对并补报。")),
    Kind("rounds.returned", N_("本期填报退回"), N_("%(unit)s本期填报已退回，请登录系统查看理由并重报。")),
    Kind("rounds.proposed", N_("下一期次已拟好"), ""),
)

REFUSALS: Mapping[str, str] = {
    "collection.due_past": N_("报送截止日已经过去，请改为今天或以后的日子"),
    "collection.no_units": N_("请选择单位组或单位"),
    "material.not_yours": N_("您的岗位不能办理这份材料"),
    "material.not_yours.who": N_("材料由本单位报送，由办公室审稿"),
    "material.closed": N_("这次征集已经结束，不能再报送或审稿"),
    "material.wrong_status": N_("这份材料的状态已经变化，请刷新页面查看"),
    "material.empty": N_("请填写正文，或上传文件"),
    "material.opinion": N_("请填写审稿意见，写明要改什么"),
    "material.newer_version": N_("单位刚刚报了新的一稿，请先看新稿再写意见"),
    "duty.not_yours": N_("会务分工由办公室安排"),
    "duty.after_meeting": N_("完成日期晚于会议日期%(day)s，请改为会前的日子"),
    "link.task_is_over": N_("这件任务没有在办，不能给填报链接"),
    "round.not_yours": N_("您的岗位不能办理期次"),
    "round.not_yours.who": N_("期次由办公室拟定、打开和锁定"),
    "round.wrong_status": N_("期次的状态已经变化，请刷新页面查看"),
    "round.not_open": N_("这一期没有在填报中，不能报送或审核。如需补报，请办公室重新打开"),
    "round.report_not_yours": N_("您不能替这家单位填报"),
    "round.report_not_yours.who": N_("本期填报由单位联络员办理，办公室可以代录"),
    "round.reported_meanwhile": N_("本单位这一期刚刚有人报送过，没有重复报送。返回后刷新页面，可以看到已报的内容"),
    "round.nothing_waits": N_("没有等待审核的报送，可能别人已经办理，请刷新页面查看"),
    "round.nothing_owed": N_("所选范围内没有在办的任务，没有单位需要填报。请修改范围后再开始"),
    "round.no_values": N_("请至少选一项要填报的指标"),
    "round.value_asked": N_("“%(title)s”正在填报，其中已有所选的指标，不重复催填"),
    "round.reopen_reason": N_("请填写重新打开的理由"),
    "round.cycle_reason": N_("每月、每周报送的，请写明理由；没有特别要求的按季度报送"),
    "round.days_out_of_order": N_("期间的止日不能早于起日"),
    "round.due_before_period": N_("报送截止日不能早于期间的起日"),
    "round.due_past": N_("报送截止日已经过去，请改为今天或以后的日子"),
    "round.task_unknown": N_("没有编号为“%(number)s”的在办任务，请核对编号"),
}

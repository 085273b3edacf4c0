"""Labels of what becomes of a sentence or of a row, and refusals."""

from collections.abc import Mapping

from meetings.core.errors import DomainError
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import words_of
from meetings.exchange.rules.draft import Treatment
from meetings.exchange.rules.kinds import TableKind
from meetings.exchange.rules.tables import Outcome

TREATMENTS: Mapping[Treatment, str] = {
    Treatment.TASK: N_("列为任务"),
    Treatment.JOIN: N_("并入已有任务"),
    Treatment.SET_ASIDE: N_("不列任务，写明理由"),
    Treatment.RECORD: N_("只作记录"),
    Treatment.DROP: N_("不采用"),
}

SET_ASIDE_REASON = N_("原则性要求，没有可核对的事项")
DRAFT_AT_HAND = N_("草稿-")  # before the id of a task that has no number yet
NEW_PERSON = N_("登记为新的人员")
NEW_PERSON_AS = N_("登记为新的人员，任职：%(posts)s")
NAME_ONLY = N_("只记姓名职务")

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.WRONG: N_("有误"),
    Outcome.NEW: N_("新增"),
    Outcome.CHANGED: N_("修改"),
    Outcome.UNCHANGED: N_("不变"),
}

# Before the note of a column: whether it has to be filled in.
NOTE_OF_KIND: Mapping[bool, str] = {True: N_("必填。"), False: ""}
NOTES: tuple[tuple[str, str], ...] = (
    (N_("日期"), N_("写成 2026-07-14、2026年7月14日或 Excel 的日期都可以。")),
    (N_("单位"), N_("写全称、简称或曾用名；填曾用名的，按现在的单位登记。")),
    (N_("整张表"), N_("不要改列名、不要合并单元格；有一行有误，整张表都不导入，请按提示改好后再传。")),
)

CHANGED_SINCE = N_("预览之后数据有变动，请再核对一遍")

REFUSALS: Mapping[str, str] = {
    "cell.day": N_("“%(typed)s”不是日期，请写成 2026-07-14"),
    "cell.number": N_("“%(typed)s”应是 %(least)s 至 %(most)s 的整数"),
    "cell.choice": N_("“%(typed)s”不在选项中，可填：%(choices)s"),
    "cell.yes": N_("“%(typed)s”看不明白，请填“是”或“否”"),
    "cell.unit": N_("没有名为“%(name)s”的单位，请核对名称"),
    "cell.units_twice": N_("同一单位写了两次"),
    "cell.too_long": N_("最多 %(most)s 字，现有 %(count)s 字"),
    "cell.control": N_("有不可见的控制字符（%(character)s），请删去后重新填写"),
    "cell.secret": N_("有密级标志“%(mark)s”。本系统不得录入涉密内容"),
    "cell.required": N_("不能为空"),
    "cell.merged": N_("是合并的单元格，请取消合并，逐行填写"),
    "cell.quantity": N_("“%(line)s”看不明白，请写成：名称，计量单位，目标数"),
    "cell.stage": N_("“%(line)s”看不明白，请写成：2026-09-01 到时应做到什么"),
    "row.unknown_plan": N_("没有名为“%(name)s”、可以修改的规划"),
    "row.other_domain": N_("已有的行不能换规划或领域；要换的，另起一行，再到规划中删去原来的"),
    "row.same_goal": N_("本领域已有这个目标；要修改的，请下载现有内容，在表上改好再导入"),
    "row.same_indicator": N_("与第 %(number)s 行是同一指标，只能留一行"),
    "row.claimed_twice": N_(
        "第 %(number)s 行也是这个指标，牵头单位不同；一个指标只有一家牵头，请合为一行，第一家为牵头单位"
    ),
    "row.available": N_("“%(typed)s”看不明白，请写成：3-31"),
    "row.no_goal": N_("本领域没有序号为“%(number)s”的主要目标"),
    "row.unknown_key": N_("没有编号为“%(key)s”的行，或者不归您办理；新增的行请留空编号"),
    "row.key_twice": N_("与第 %(number)s 行是同一编号，只能留一行"),
    "row.twice": N_("与第 %(number)s 行完全相同，只能留一行"),
    "row.not_new": N_("本表不能新增行，请删去"),
    "row.changed_meanwhile": N_("您下载之后，别人已经改过这一行。请重新下载，在新表上填写"),
    "row.personal_data": N_("有身份证号或多人姓名电话，请删去，只写人数"),
    "row.issued": N_("任务已交办，不能在表中修改；请在任务页面办理"),
    "row.standards": N_("最多 %(most)s 条，每条最多 %(longest)s 字"),
    "row.new_is_over": N_("新增的单位不能已经撤销，请先登记再办理撤销"),
    "row.not_renamed": N_("名称没有改动，请删去"),
    "row.other_person": N_("人员编号不能改；换人的，此行填止任日期，另起一行登记"),
    "row.other_unit": N_("单位不能改；换单位的，此行填止任日期，另起一行登记"),
    "row.name_missing": N_("请填写姓名"),
    "row.post_without_person": N_("此行只登记了职务；要登记到人，请填止任日期，另起一行"),
    "row.namesake": N_("名册中已有“%(name)s”（人员编号 %(numbers)s）：同一人请填该编号，另一人请填“新”"),
    "row.namesake_in_file": N_("第 %(number)s 行也是“%(name)s”：同一人请都填“新1”，不同的人请分别填“新1”“新2”"),
    "row.unknown_person": N_("没有编号为“%(number)s”的人员"),
    "row.person_told_twice": N_("与第 %(number)s 行是同一人，但姓名、礼宾次序、办公电话或备注写得不一样"),
    "row.problems_missing": N_("请写明需要协调什么"),
    "row.changed_after_all": N_("填了“是”，又写了进展，请只留一样"),
    "row.next_steps_missing": N_("请写明下一步工作和完成时间"),
    "row.amount": N_("“%(line)s”看不明白；本任务计数的是：%(names)s"),
    "row.check_value": N_("与往年、常数或各部分之和相差较大，请核对；无误的请写明原因"),
    "row.standard": N_("“%(typed)s”不是完成标准的序号，应为 1 至 %(count)s"),
    "table.empty": N_("表中没有填写任何一行"),
    "table.no_headings": N_("没有找到列名，可能不是这张表。应有：%(headings)s 等列"),
    "table.heading_twice": N_("列名重复：%(headings)s，请各留一列"),
    "table.headings_missing": N_("缺少列：%(missing)s。请在下载的表上填写，不要删列"),
    "table.headings_renamed": N_("缺少列：%(missing)s；多出列：%(unknown)s。列名请照下载的表，不要改动"),
    "table.row_refused": N_("第 %(number)s 行办不成，整张表都没有导入，原因见下"),
    "table.changed_since": CHANGED_SINCE,
    "form.forged": N_("%(unit)s的填报表核对码不符：灰色格子里的内容被改过，或者删过行。请重新下载填报"),
}


def told(kind: TableKind, error: DomainError) -> str:
    """What is wrong with a row, after the heading of the column that it is about."""
    column = kind.column(error.field or "")
    said = words_of(error)
    return _("“%(column)s”：%(said)s", column=_(column.heading), said=said) if column else said

"""Wording of the directory: kinds of units and posts, refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.directory.models import PostKind, UnitKind

UNIT_KINDS: Mapping[UnitKind, str] = {
    UnitKind.MEMBER: N_("成员单位"),
    UnitKind.TOWNSHIP: N_("乡镇场（街道）"),
    UnitKind.INSTITUTION: N_("业务机构"),
    UnitKind.OFFICE: N_("办公室"),
}

POST_KINDS: Mapping[PostKind, str] = {
    PostKind.HEAD: N_("主要负责人"),
    PostKind.DEPUTY_IN_CHARGE: N_("分管领导"),
    PostKind.MEMBER: N_("委员"),
    PostKind.LIAISON: N_("联络员"),
    PostKind.STATISTICIAN: N_("统计员"),
    PostKind.TOWNSHIP_DEPUTY: N_("乡镇（街道）分管领导"),
    PostKind.TOWNSHIP_FEDERATION: N_("乡镇（街道）妇联主席"),
    PostKind.COMMITTEE_LEADER: N_("妇儿工委领导（主任、副主任）"),
    PostKind.OTHER: N_("其他"),
}

REFUSALS: Mapping[str, str] = {
    "unit.name_taken": N_("已有名为“%(name)s”的单位；更名、合并请在该单位页面办理"),
    "unit.parent_below": N_("上级单位不能是本单位或其下级"),
    "unit.renaming_day_needed": N_("名称有改动，请填写更名日期"),
    "unit.renamed_too_early": N_("更名日期早于设立日期或上一次更名，请核对"),
    "unit.day_before_start": N_("日期早于该单位的设立日期，请核对"),
    "unit.already_dissolved": N_("该单位已经撤销或并入其他单位"),
    "unit.merged_into_itself": N_("不能并入本单位，请另选单位"),
    "unit.merged_into_dissolved": N_("该单位届时已经撤销，请另选单位"),
    "unit.has_parts": N_("还有下级单位未撤销，请先办理下级单位"),
    "unit_group.name_taken": N_("已有名为“%(name)s”的单位组，请换一个名称"),
    "person.mobile_form": N_("手机号应是 11 位数字"),
    "post.unit_dissolved": N_("该单位届时已经撤销，请核对单位和日期"),
    "post.days_out_of_order": N_("止任日期早于任职日期，请核对"),
    "post.already_ended": N_("该任职已经登记止任"),
    "post.held_already": N_("此人在该单位的同一任职尚未止任，请先登记止任"),
    "committee.day_taken": N_("该日已经登记过名称，请换一个日期"),
}

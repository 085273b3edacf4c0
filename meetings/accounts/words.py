"""Wording of accounts: roles and refusals."""

from collections.abc import Mapping

from meetings.accounts.models import Role
from meetings.core.i18n import N_

ROLES: Mapping[Role, str] = {
    Role.OFFICE_DIRECTOR: N_("办公室主任"),
    Role.OFFICE_STAFF: N_("办公室工作人员"),
    Role.LEADER: N_("领导"),
    Role.UNIT_HEAD: N_("单位负责人"),
    Role.LIAISON: N_("联络员"),
    Role.STATISTICIAN: N_("统计员"),
    Role.OBSERVER: N_("查阅人员"),
    Role.SYSTEM_ADMIN: N_("系统管理员"),
    Role.SECURITY_ADMIN: N_("安全管理员"),
    Role.AUDITOR: N_("审计管理员"),
}

GRANTS: Mapping[str, str] = {
    "audit.read_values": N_("查看审计记录中的原值和新值"),
    "directory.unmask": N_("查看完整手机号"),
}

REFUSALS: Mapping[str, str] = {
    "unit_accounts.not_merged": N_("这个单位没有并入其他单位，账号不用转"),
    "unit_accounts.none": N_("请至少选择一个账号"),
    "handover.to_oneself": N_("接手人不能是本人"),
    "handover.other_unit": N_("接手人应是同一单位的账号；没有的，请先新建"),
    "handover.to_disabled": N_("接手人的账号已停用，请先恢复或另选"),
    "sign_in.locked": N_("连续输错次数过多，已暂时锁定，请于 %(until)s 后再试，或联系安全管理员"),
    "sign_in.wrong": N_("账号或密码不正确"),
    "user.no_role": N_("请至少选择一个角色"),
    "user.admin_roles_apart": N_("系统、安全、审计管理员须分设账号，不得兼任其他角色"),
    "user.unit_needed": N_("单位负责人、联络员、统计员须选择所在单位"),
    "user.name_taken": N_("账号“%(name)s”已有人使用"),
    "user.name_form": N_("账号应以字母开头，只含字母、数字、点、横线和下划线，2 至 64 位"),
    "user.own_roles": N_("不能修改本人账号的角色"),
    "user.own_roles.who": N_("另一位安全管理员"),
    "user.own_account": N_("不能停用本人账号"),
    "user.own_account.who": N_("另一位安全管理员"),
    "deputy.unit_role_needed": N_("只有单位负责人、联络员、统计员可以代理其他单位"),
    "deputy.own_unit": N_("这是该账号自己的单位，请选择其他单位"),
    "deputy.days_out_of_order": N_("结束日期早于开始日期，请核对"),
    "deputy.day_past": N_("结束日期已经过去，请核对"),
    "grant.to_oneself": N_("不能给本人授权"),
    "grant.to_oneself.who": N_("另一位安全管理员"),
    "grant.of_no_use": N_("该账号的角色用不到这项权限，请核对账号"),
    "grant.day_past": N_("有效期已经过去，请核对"),
    "grant.too_long": N_("有效期最长一年"),
    "password.too_short": N_("密码至少 %(least)s 位"),
    "password.too_plain": N_("密码须含大写字母、小写字母、数字、符号中的 %(least)s 种"),
    "password.guessable": N_("密码过于简单或含有账号，请换一个"),
    "password.used_before": N_("不得使用最近 %(count)s 次用过的密码"),
    "password.current_wrong": N_("原密码不正确"),
    "password.differs": N_("两次输入的新密码不一致"),
}

"""Wording of 签批: statuses, steps, refusals."""

from collections.abc import Mapping

from meetings.approvals.models import (
    ApprovalAction,
    ApprovalStatus,
    DeliveryManner,
    Disclosure,
    NumberForm,
    PaperUrgency,
    Retention,
    SignerRole,
    Signing,
)
from meetings.core.i18n import N_

STATUSES: Mapping[ApprovalStatus, str] = {
    ApprovalStatus.DRAFT: N_("拟稿"),
    ApprovalStatus.CHECKING: N_("待核稿"),
    ApprovalStatus.SIGNING: N_("待签发"),
    ApprovalStatus.SIGNED: N_("待编号"),
    ApprovalStatus.NUMBERED: N_("已编号"),
    ApprovalStatus.SEALED: N_("已用印"),
    ApprovalStatus.ISSUED: N_("已印发"),
    ApprovalStatus.VOID: N_("作废"),
}

# What a button says.
ACTIONS: Mapping[ApprovalAction, str] = {
    ApprovalAction.DRAFT: N_("拟稿"),
    ApprovalAction.EDIT: N_("修改稿件"),
    ApprovalAction.SUBMIT: N_("送核稿"),
    ApprovalAction.CHECK: N_("核稿"),
    ApprovalAction.SIGN: N_("签发"),
    ApprovalAction.RETURN: N_("退回"),
    ApprovalAction.WITHDRAW: N_("撤回"),
    ApprovalAction.NUMBER: N_("编号"),
    ApprovalAction.SEAL: N_("登记用印"),
    ApprovalAction.ISSUE: N_("印发"),
    ApprovalAction.VOID: N_("作废"),
}

# What the record of handling says was done.
STEPS: Mapping[ApprovalAction, str] = {
    **ACTIONS,
    ApprovalAction.CHECK: N_("核稿同意"),
    ApprovalAction.RETURN: N_("退回修改"),
    ApprovalAction.SEAL: N_("用印"),
}

# Who has it now.
WHO: Mapping[ApprovalStatus, str] = {
    ApprovalStatus.DRAFT: N_("由拟稿人修改后送核稿"),
    ApprovalStatus.CHECKING: N_("由办公室另一位同志核稿"),
    ApprovalStatus.SIGNED: N_("由办公室编号"),
    ApprovalStatus.NUMBERED: N_("由办公室用印、印发"),
    ApprovalStatus.SEALED: N_("由办公室印发"),
    ApprovalStatus.ISSUED: N_("已印发，办理完毕"),
    ApprovalStatus.VOID: N_("已作废"),
}

SIGNERS: Mapping[SignerRole, str] = {
    SignerRole.OFFICE_DIRECTOR: N_("办公室主任"),
    SignerRole.LEADER: N_("领导（主任、副主任）"),
}

DISCLOSURES: Mapping[Disclosure, str] = {
    Disclosure.OPEN: N_("主动公开"),
    Disclosure.ON_REQUEST: N_("依申请公开"),
    Disclosure.CLOSED: N_("不予公开"),
}

SIGNINGS: Mapping[Signing, str] = {
    Signing.SEAL: N_("加盖印章"),
    Signing.STAMP: N_("加盖签发人签名章"),
    Signing.PLAIN: N_("不用印"),
}

RETENTIONS: Mapping[Retention, str] = {
    Retention.PERMANENT: N_("永久"),
    Retention.YEARS_30: N_("30年"),
    Retention.YEARS_10: N_("10年"),
}

MANNERS: Mapping[DeliveryManner, str] = {
    DeliveryManner.EXCHANGE: N_("机要交换、公文交换"),
    DeliveryManner.HAND: N_("专人送达"),
    DeliveryManner.POST: N_("邮寄"),
    DeliveryManner.FAX: N_("传真"),
    DeliveryManner.MAIL: N_("电子邮件"),
    DeliveryManner.OTHER: N_("其他"),
}

# GB/T 9704-2012 knows no word for a paper that is not urgent.
URGENCIES: Mapping[PaperUrgency, str] = {
    PaperUrgency.NONE: N_("不标注"),
    PaperUrgency.URGENT: N_("加急"),
    PaperUrgency.EXTRA_URGENT: N_("特急"),
}

NUMBER_FORMS: Mapping[NumberForm, str] = {
    NumberForm.YEAR: N_("发文字号，如 ×妇儿工委办〔2026〕12号"),
    NumberForm.ISSUE: N_("期号，如 第12期（纪要、简报）"),
}

REFUSALS: Mapping[str, str] = {
    "approval.not_yours": N_("您的岗位不能办理这一步"),
    "approval.not_yours.who": N_(
        "核稿由办公室拟稿人以外的同志办理，签发由办公室主任或领导（或其书面授权的人）办理，编号、用印、印发由办公室办理"
    ),
    "approval.wrong_status": N_("文书的状态已经改变，现在不能办理这一步。请刷新文书页面，按当前状态办理"),
    "approval.wrong_status.who": N_("文书页上写有现在能办的事，以及下一步由谁办"),
    "approval.signed_already": N_("这份文书已由%(by)s签发，不必再签，您的签发没有记入"),
    "approval.withdraw_first": N_("稿件已送出，拟稿人要修改请先撤回；核稿、签发人可以直接修改或退回"),
    "approval.withdraw_first.who": N_("由拟稿人撤回后修改，或由核稿人修改"),
    "approval.seal_needed": N_("这份文书须用印，请先登记用印，再印发"),
    "approval.no_seal": N_("发文稿纸上注明不用印"),
    "approval.void_by_director": N_("已签发的文书由办公室主任作废"),
    "approval.void_by_director.who": N_("办公室主任"),
    "approval.posts_needed": N_("加盖签名章的，请填写签发人职务全称"),
    "approval.body_twice": N_("同一个机关写了两次，请核对"),
    "approval.reason_needed": N_("请写明理由"),
    "approval.day_in_future": N_("印发日期不能晚于今天"),
    "approval.issued_before_signing": N_("印发日期不能早于签发日期（%(day)s）"),
    "approval.not_issued": N_("印发后才能分发"),
    "signature.scan_needed": N_("请上传签字的页面（扫描件或照片）"),
    "signature.signer_needed": N_("请填写签字人"),
    "signature.signed_in_future": N_("签字日期不能晚于今天"),
    "delegation.not_yours": N_("只有有签发权的人可以授权他人代签"),
    "delegation.not_yours.who": N_("办公室主任、领导；书面授权由办公室主任录入"),
    "delegation.to_oneself": N_("不能授权给本人"),
    "delegation.days_out_of_order": N_("结束日期早于开始日期，请核对"),
    "delegation.day_past": N_("结束日期已过，请核对"),
    "delegation.not_in_force": N_("所选授权在签批当日不在有效期内，或不含这种文书"),
    "delegation.over": N_("这份授权已经收回"),
    "number.prefix_form": N_("机关代字只写文字，如“×妇儿工委办”，不含年份、括号、数字和“号”字，2 至 40 字"),
    "number.prefix_day_taken": N_("这种文书在这一天已有设置，请直接修改那一条"),
    "number.no_prefix": N_("还没有设置这种文书的机关代字，不能编号"),
    "number.no_prefix.who": N_("由办公室主任在“文号设置”中设置机关代字"),
    "number.taken": N_("%(text)s 已经用过（作废的也不能再用），请核对发文登记簿"),
    "number.gap_note_needed": N_("上一号是 %(last)s 号，应接 %(next)s 号。确须跳号的，请在说明中写明原因"),
    "distribution.nobody": N_("请至少选择一个单位、单位组或人员"),
    "delivery.before_issue": N_("送出日期不能早于印发日期（%(day)s）"),
    "delivery.in_future": N_("日期不能晚于今天"),
    "delivery.receipt_whole": N_("签收人和签收日期要一并填写"),
    "delivery.receipt_before_sending": N_("签收日期不能早于送出日期"),
    "approval.signed_before_checking": N_("签发日期早于核稿日期，请核对"),
    "distribution.read_already": N_("这一份已记为已阅"),
    "distribution.read_out_of_days": N_("阅读日期应在印发之后、今天之前"),
}

"""Notices and forms about single tasks: supervision, reminder, extension; filled and to be filled by hand."""

from collections.abc import Iterator
from datetime import date

from reports import draft_sheet, extension_form, opinion_adoption, reminder_notice, supervision_notice
from reports.draft_sheet import DraftSheet
from reports.extension_form import ExtensionForm
from reports.facts import Issuer
from reports.opinion_adoption import AskedUnit, ConsultedTask, GivenOpinion, OpinionAdoption
from reports.opinions import Opinion
from reports.reminder_notice import ReminderItem, ReminderNotice
from reports.samples.sample import Sample
from reports.samples.texts import HOLLOW, HOSTILE, LONG, RARE, RED, YELLOW
from reports.supervision_notice import SupervisionAnswer, SupervisionNotice

ISSUER = Issuer(
    body="云山县妇女儿童工作委员会",
    office="云山县妇女儿童工作委员会办公室",
    phone="0000-6021234",
    hours="工作日9:30—13:30、16:00—20:00",
)


def supervision(*, is_answered: bool = False, is_full: bool = False) -> SupervisionNotice:
    answer = SupervisionAnswer(
        received_on=date(2026, 11, 20),
        received_by="县民政局联络员",
        result=f"已建立{RARE}等12名困境儿童帮扶台账，逐人明确帮扶责任人；11月以来走访36人次。"
        + LONG * (2 if is_full else 1),
        unit=Opinion(
            words=f"同意上报。{LONG if is_full else ''}",
            signer="县民政局局长",
            on=date(2026, 11, 27),
            manner="线下签批",
        ),
        office=Opinion(words="整改到位，建议销号。", signer="办公室主任", on=date(2026, 11, 30)),
    )
    return SupervisionNotice(
        issuer=ISSUER,
        title="关于困境儿童“一对一”帮扶工作的督办通知",
        urgency="加急",
        addressees="县民政局",
        matter=f"为{RARE}等困境儿童落实“一对一”帮扶（任务编号2026-042），原定2026年11月15日完成，现已逾期6天。",
        basis="2026年第2次全体会议纪要（云山县妇儿工委〔2026〕第2号）第三条；《云山县儿童发展规划（2026—2030年）》。",
        demands=(
            "主要负责同志亲自研究，明确分管领导和具体责任人，逐人建立帮扶台账。",
            "对尚未走访的困境儿童，于11月25日前全部走访一次；每月走访不少于1次。",
            LONG,
        ),
        cooperating_units=("县教育局", "县残联", "各乡镇人民政府（街道办事处）"),
        due_on=date(2026, 11, 30),
        answer_by=date(2026, 12, 2),
        manner="反馈单由主要负责人签字并加盖公章后，在系统上传或送办公室。",
        day=date(2026, 11, 20),
        contact="办公室",
        copies_to="县政府督查室",
        answer=answer if is_answered else SupervisionAnswer(),
    )


def reminder() -> ReminderNotice:
    return ReminderNotice(
        issuer=ISSUER,
        title="关于尽快办理2026年第2次全体会议议定任务的催办通知",
        addressees="县卫生健康委员会",
        day=date(2026, 11, 18),
        items=(
            ReminderItem(
                number="2026-031",
                title="完成适龄妇女“两癌”免费检查年度任务",
                owed="办结申请",
                due_on=date(2026, 11, 12),
                light=RED,
                last_report_on=date(2026, 9, 28),
            ),
            ReminderItem(
                number="2026-043",
                title=f"启动新一轮免费检查 {HOSTILE}",
                owed="签收",
                due_on=date(2026, 11, 20),
                light=HOLLOW,
            ),
            ReminderItem(
                number="",
                title="第三季度进展报告",
                owed="进展报告",
                due_on=date(2026, 11, 20),
                light=YELLOW,
            ),
        ),
        demands=("请分管领导过问，确定专人办理。", "报告应写明累计数、未完成的原因和下一步打算。"),
        answer_by=date(2026, 11, 21),
        times=2,
        contact="办公室",
        copies_to="县政府督查室",
    )


def extension(*, is_decided: bool = False) -> ExtensionForm:
    return ExtensionForm(
        number="2026-042",
        title=f"为{RARE}等困境儿童落实“一对一”帮扶",
        source="2026年第2次全体会议　副县长、县妇儿工委主任讲话",
        lead_unit="县民政局",
        original_due_on=date(2026, 11, 15),
        due_on=date(2026, 11, 15),
        asked_due_on=date(2026, 12, 20),
        asked_on=date(2026, 11, 10),
        asked_by="县民政局联络员",
        reason="两个乡镇山区道路因降雪封闭，12户尚不能入户走访；" + LONG,
        progress=f"已完成台账，走访24人次，占应走访的66.7%。{HOSTILE}",
        unit=Opinion(words="情况属实，拟同意。", signer="县民政局局长", on=date(2026, 11, 11), manner="线下签批"),
        office=Opinion(words="同意，请抓紧。", signer="办公室主任", on=date(2026, 11, 12)) if is_decided else Opinion(),
        needs_leader=True,
        leader=Opinion(words="同意。", signer="副县长", on=date(2026, 11, 12), manner="线下签批，办公室代录")
        if is_decided
        else Opinion(),
        decision="同意" if is_decided else "",
        decided_due_on=date(2026, 12, 20) if is_decided else None,
        decided_on=date(2026, 11, 12) if is_decided else None,
    )


def adoption(*, is_closed: bool = True) -> OpinionAdoption:
    schools = ConsultedTask(
        title="建立暑期儿童安全巡查机制，暑期前排查水域、工地和闲置场所",
        lead_unit="县教育局",
        helpers=("县公安局", "县水利局"),
        opinions=(
            GivenOpinion(
                unit="县教育局",
                about="配合单位",
                text="建议增加县水利局为配合单位，水域由其核定。",
                adoption="采纳",
                decided_by="办公室工作人员",
            ),
            GivenOpinion(
                unit="县公安局",
                about="完成时限、完成标准",
                text=f"工地排查须待复工，建议改为10月底前完成。{LONG}",
                adoption="部分采纳" if is_closed else "待处理",
                reason="水域、闲置场所仍在暑期前完成，工地改为9月底。" if is_closed else "",
                decided_by="办公室工作人员" if is_closed else "",
            ),
        ),
    )
    clinics = ConsultedTask(
        title=f"完善孕产妇转诊通道{RARE}",
        lead_unit="县卫健委",
        opinions=(
            GivenOpinion(
                unit="县医保局",
                about="牵头单位",
                text=f"建议由县财政局牵头。{HOSTILE}",
                adoption="未采纳",
                reason="转诊是医疗机构的职责，费用结算由县医保局配合。",
                decided_by="办公室主任",
            ),
        ),
    )
    return OpinionAdoption(
        title="2026年补充任务（征求意见稿）",
        sent_on=date(2026, 7, 6),
        answer_by=date(2026, 7, 13),
        closed_on=date(2026, 7, 16) if is_closed else None,
        tasks=(schools, clinics, ConsultedTask(title="县级留守儿童关爱服务站提质", lead_unit="县民政局")),
        units=(
            AskedUnit(unit="县教育局", answered_on=date(2026, 7, 9), opinions=1),
            AskedUnit(unit="县公安局", answered_on=date(2026, 7, 14), opinions=1, is_late=True),
            AskedUnit(unit="县民政局", answered_on=date(2026, 7, 10)),
            AskedUnit(unit="县卫健委"),
            AskedUnit(unit="县医保局", answered_on=date(2026, 7, 13), opinions=1, entered_by="办公室工作人员"),
        ),
    )


def sheet(*, is_signed: bool = False) -> DraftSheet:
    return DraftSheet(
        title="关于做好2026年第2次全体会议议定事项落实情况督办工作的通知",
        kind="督办通知单",
        number="云妇儿工委办〔2026〕12号" if is_signed else "云妇儿工委办〔2026〕　号",
        drafted_by=f"办公室工作人员{RARE[:1]}",
        drafted_on=date(2026, 11, 20),
        disclosure="依申请公开",
        urgency="加急",
        copy_count=40,
        addressees="各乡镇人民政府，县妇女儿童工作委员会各成员单位",
        copies_to=f"县人大常委会办公室，县政协办公室 {HOSTILE}",
        signing="加盖印章",
        retention="30年",
        issued_on=date(2026, 11, 24) if is_signed else None,
        check=Opinion(words="数据已核对，拟同意。", signer="办公室副主任", on=date(2026, 11, 21))
        if is_signed
        else Opinion(),
        sign=Opinion(words="同意印发。", signer="办公室主任", on=date(2026, 11, 23), manner="线下签批")
        if is_signed
        else Opinion(),
    )


def papers() -> Iterator[Sample]:
    """The samples of this group."""
    yield Sample("supervision-notice", lambda: supervision_notice.compose(supervision()))
    yield Sample("supervision-notice-answered", lambda: supervision_notice.compose(supervision(is_answered=True)))
    full = supervision(is_answered=True, is_full=True)
    yield Sample("supervision-notice-full", lambda: supervision_notice.compose(full))
    yield Sample("reminder-notice", lambda: reminder_notice.compose(reminder()))
    yield Sample("extension-form", lambda: extension_form.compose(extension()))
    yield Sample("extension-form-decided", lambda: extension_form.compose(extension(is_decided=True)))
    yield Sample("opinion-adoption", lambda: opinion_adoption.compose(adoption()))
    yield Sample("opinion-adoption-open", lambda: opinion_adoption.compose(adoption(is_closed=False)))
    yield Sample("draft-sheet", lambda: draft_sheet.compose(sheet()))
    yield Sample("draft-sheet-signed", lambda: draft_sheet.compose(sheet(is_signed=True)))

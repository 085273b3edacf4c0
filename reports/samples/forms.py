"""The four forms of an official paper, with every element of the standard in one of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reports.blocks import Annex, Block, Column, Fields, Heading, Official, Table, Text
from reports.samples.sample import Sample
from reports.samples.texts import HOSTILE, RARE

BODY = "云山县妇女儿童工作委员会"
OFFICE = f"{BODY}办公室"
_DAY = date(2026, 11, 23)
_COPIES = "县人大常委会办公室，县政协办公室，县人民法院，县人民检察院，各乡镇人民政府"


def text() -> tuple[Block, ...]:
    """Paragraphs with all levels of headings, quotations, numbers, rare Hanzi and what looks like markup."""
    return (
        Text(
            "2026年11月20日，县妇女儿童工作委员会召开全体会议，研究《云山县妇女儿童发展规划（2026—2030年）》"
            "（以下简称《规划》）落实情况。会议听取了县发展和改革局、县财政局等7个部门的汇报，现将有关事项明确如下："
        ),
        Heading("一、关于重点任务落实"),
        Text(
            "要坚持“儿童优先”理念，做到“事事有着落、件件有回音”；对进度滞后的12项任务，由办公室逐一下发《督办通知单》，"
            "限11月30日前整改到位，完成率不得低于98.6%。"
        ),
        Heading("（一）压实责任。", 2),
        Text(
            f"各牵头单位要对照《清单》细化措施、明确时限，建立“周调度、月通报、季考核”机制。请{RARE}等同志分别牵头3个"
            "工作专班，统筹资金3,580.5万元，确保GDP增速、“两癌”检查率等指标实现。"
        ),
        Heading("1．严格闭环管理。", 3),
        Text("对已完成事项及时销号，对逾期事项启动“红黄蓝”三色督办……确保件件落到实处——不走过场。"),
        Heading("（1）按月调度。", 4),
        Text("每月5日前报送进展。"),
        Text(HOSTILE),
    )


def document() -> Official:
    table = Table(
        columns=(
            Column(head="序号", weight=1, align="center"),
            Column(head="任务", weight=6),
            Column(head="责任单位", weight=3),
        ),
        rows=[(place, f"推动家长学校全覆盖（第{place}批）", "县教育局") for place in range(1, 31)],
    )
    return Official(
        form="document",
        mark=f"{OFFICE}文件",
        title="关于做好2026年第2次全体会议议定事项落实情况督办工作的通知",
        body=text(),
        number="云妇儿工委办〔2026〕12号",
        urgency="加急",
        copy_number="000001",
        addressees="各乡镇人民政府，县妇女儿童工作委员会各成员单位",
        attachments=("任务分解表", "2026年度县妇女儿童工作委员会成员单位重点任务责任清单（分单位、分季度）"),
        signature=OFFICE,
        day=_DAY,
        signing="seal",
        remark="联系人：办公室；联系电话：0900-5550000",
        copies_to=_COPIES,
        printed_by=OFFICE,
        printed_on=_DAY,
        annexes=(
            Annex(title="任务分解表", body=(table,), is_landscape=True),
            Annex(title="成员单位重点任务责任清单", body=text() * 2),
        ),
    )


def upward() -> Official:
    return Official(
        form="document",
        mark=f"{BODY}文件",
        title="关于调整县妇女儿童工作委员会成员单位的请示",
        body=text()[:3],
        number_prefix="云妇儿工委",
        year=2026,
        signers_name="县妇儿工委主任",
        addressees="县人民政府",
        signature=BODY,
        day=date(2026, 1, 5),
        remark="联系人：办公室；联系电话：0900-5550000",
        printed_by=OFFICE,
        printed_on=date(2026, 1, 5),
    )


def letter() -> Official:
    return Official(
        form="letter",
        mark=OFFICE,
        title="关于商请提供2026年度妇女儿童监测数据的函",
        body=text(),
        number="云妇儿工委办函〔2026〕3号",
        urgency="特急",
        addressees="县统计局",
        signature=OFFICE,
        day=_DAY,
        signing="seal",
        copies_to="县人民政府办公室",
    )


def joint() -> Official:
    """Five bodies under their seals, three a row."""
    return replace(
        document(),
        title="关于开展2026年儿童友好家庭创建工作的通知",
        body=text()[:5],
        attachments=(),
        annexes=(),
        signature="云山县妇女联合会",
        cosigners=("云山县教育局", "云山县民政局", "云山县卫生健康委", "云山县公安局"),
    )


def unsealed() -> Official:
    """Two bodies with long names, not sealed yet."""
    return replace(joint(), signature=OFFICE, cosigners=("中共云山县委员会宣传部",), signing="plain", number=None)


def stamped() -> Official:
    """Over the name stamps of two signers."""
    posts = ("云山县人民政府副县长", "云山县妇女儿童工作委员会办公室主任")
    return replace(joint(), cosigners=(), signer_posts=posts, signing="stamp")


def minutes() -> Official:
    return Official(
        form="minutes",
        mark=f"{BODY}会议纪要",
        title="2026年第2次全体会议纪要",
        body=text() * 2,
        number="〔2026〕2号",
        signature=OFFICE,
        day=_DAY,
        attended="副县长，县教育局、县民政局、县卫生健康委员会、县公安局、县人力资源和社会保障局、县妇联负责人，城关镇镇长",
        on_leave="县统计局负责人",
        observers="县融媒体中心负责人",
        copies_to=_COPIES,
        printed_by=OFFICE,
        printed_on=_DAY,
    )


def brief() -> Official:
    return Official(
        form="brief",
        mark="妇女儿童工作简报",
        title="县妇女儿童工作委员会召开2026年第2次全体会议",
        body=(Fields((("领导批示", "", 4),)), *text()),
        number="第12期",
        signature=OFFICE,
        day=_DAY,
        copies_to=_COPIES,
        printed_by=OFFICE,
        printed_on=_DAY,
    )


def papers() -> Iterator[Sample]:
    yield Sample("form-document", document)
    yield Sample("form-upward-draft", upward, is_preview=True)
    yield Sample("form-joint", joint)
    yield Sample("form-joint-draft", unsealed, is_preview=True)
    yield Sample("form-stamp", stamped, is_verified=True)
    yield Sample("form-letter", letter)
    yield Sample("form-minutes", minutes)
    yield Sample("form-brief", brief)

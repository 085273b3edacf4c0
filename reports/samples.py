"""Every paper with made-up data, for the eye and for tests: ``python -m reports.samples OUT/``."""

import functools
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from reports import meeting_progress, responsibility_list, unit_progress
from reports.facts import (
    Approval,
    Count,
    Light,
    Participation,
    ProgressNote,
    Quantity,
    Rate,
    Standard,
    Step,
    TaskFacts,
)
from reports.meeting_progress import MeetingProgress, RequirementProgress
from reports.page import Imprint, Paper
from reports.responsibility_list import COLUMN_SETS, ListRow, ListSection, ResponsibilityList
from reports.unit_progress import UnitProgress

BEIJING = timezone(timedelta(hours=8))
RARE = "㐂龘𠮷𬱖"
HOSTILE = "<b>粗体</b> & A&B公司 投资<b的项目>完成 </para> \\) ET Q (() <FEFF> %%EOF"
LONG = (
    "牵头单位会同各配合单位，按照“谁主管、谁负责”的原则，逐村逐校开展摸底排查，建立台账；对发现的问题“一事一策”限期整改，"
    "确保2026年9月30日前完成率达到98.6%以上，投入资金3,580.5万元……做到件件有着落——事事有回音。"
)

GREEN = Light(code="green", word="正常推进")
YELLOW = Light(code="yellow", word="临期（剩2个工作日）")
RED = Light(code="red", word="逾期6天")
HOLLOW = Light(code="hollow", word="未签收")
LATE_RECEIPT = Light(code="late_receipt", word="超期未签收")
BLUE = Light(code="blue", word="已办结")
BLACK = Light(code="black", word="已销号")
GREY = Light(code="grey", word="已中止")


def imprint(*, preview: bool = False) -> Imprint:
    return Imprint(
        issuer="云山县妇女儿童工作委员会办公室",
        printed_at=datetime(2026, 11, 23, 10, 32, tzinfo=BEIJING),
        printed_by="办公室工作人员甲",
        number="" if preview else "BB-2026-0117",
        verification_code="" if preview else "7K3M9QX2TBVN4HRD",
        verify_address=None if preview else "https://luoshi.example/verify",
        audit_head="9f2c41d07ab3",
        filter_text="会议：2026年第2次全体会议；状态：全部；截至2026年11月23日",
        preview=preview,
    )


def _steps() -> tuple[Step, ...]:
    return (
        Step(
            on=datetime(2026, 3, 9, 9, 5, tzinfo=BEIJING),
            action="交办",
            unit="县妇儿工委办",
            by="办公室主任",
            manner="线上签批",
        ),
        Step(on=datetime(2026, 3, 10, 15, 40, tzinfo=BEIJING), action="签收", unit="县教育局", by="联络员乙"),
        Step(on=datetime(2026, 6, 28, 11, 2, tzinfo=BEIJING), action="报送进展", unit="县教育局", by="联络员乙"),
        Step(
            on=datetime(2026, 8, 31, 17, 20, tzinfo=BEIJING),
            action="申请办结",
            unit="县教育局",
            by="联络员乙",
            note="三项完成标准均已达到。",
        ),
        Step(
            on=date(2026, 9, 1),
            action="单位审核",
            unit="县教育局",
            by="局长丙",
            manner="线下签批（扫描件：签字页.pdf）",
            note="同意上报。",
        ),
        Step(
            on=datetime(2026, 9, 3, 10, 0, tzinfo=BEIJING),
            action="退回",
            unit="县妇儿工委办",
            by="办公室工作人员甲",
            note="缺少第二季度家长学校签到表，请补充后重新报送。",
        ),
        Step(on=datetime(2026, 9, 20, 16, 45, tzinfo=BEIJING), action="再次申请办结", unit="县教育局", by="联络员乙"),
        Step(
            on=datetime(2026, 9, 22, 9, 30, tzinfo=BEIJING),
            action="办结",
            unit="县妇儿工委办",
            by="办公室主任",
            manner="线上签批",
        ),
    )


def task_done() -> TaskFacts:
    note = ProgressNote(
        unit="县教育局",
        on=date(2026, 9, 20),
        by="联络员乙",
        state="已采纳",
        text="全县42所中小学、幼儿园已全部建立家长学校，举办家庭教育讲座126场次，参加家长18,450人次。",
        problems="个别村小讲师不足。",
        next_steps="组建县级讲师团，下学期起送课下乡。",
    )
    return TaskFacts(
        number="2026-041",
        title="推动中小学、幼儿园家长学校全覆盖",
        content="会同有关单位建立健全家长学校，每学期至少开展两次家庭教育指导。",
        source="县妇女儿童发展规划（2026—2030年）“家庭建设”领域",
        state="已办结",
        light=BLUE,
        lead=Participation(unit="县教育局", light=BLUE, acknowledged_on=date(2026, 3, 10), acknowledged_by="联络员乙"),
        cooperating=(
            Participation(unit="县妇联", light=BLUE, acknowledged_on=date(2026, 3, 9), progress="已完成"),
            Participation(unit=f"县民政局（{RARE}工作组）", light=LATE_RECEIPT),
        ),
        standards=(
            Standard(text="42所学校、幼儿园均建立家长学校", is_met=True),
            Standard(text="每学期开展家庭教育指导不少于2次", is_met=True),
            Standard(text="建立工作台账并存档", is_met=True),
        ),
        quantities=(Quantity(name="家庭教育讲座", unit="场次", target="120", total="126", period="31"),),
        issued_on=date(2026, 3, 9),
        issued_by="办公室主任",
        original_due_on=date(2026, 8, 31),
        due_on=date(2026, 9, 30),
        progress="已完成（126 ÷ 120 场次）",
        latest=note,
        evidence=("家长学校一览表.xlsx", "第三季度签到表（42校）.pdf", "讲座照片目录.docx"),
        approvals=(
            Approval(matter="交办", manner="线上签批", signer="办公室主任", on=date(2026, 3, 9)),
            Approval(
                matter="办结申请",
                manner="线下签批",
                signer="县教育局局长丙",
                on=date(2026, 9, 1),
                words="同意上报。",
                recorded_by="联络员乙",
                scan="签字页.pdf",
            ),
        ),
        steps=_steps(),
    )


def task_late() -> TaskFacts:
    return TaskFacts(
        number="2026-042",
        title=f"为{RARE}等困境儿童落实“一对一”帮扶 {HOSTILE}",
        state="推进中",
        light=RED,
        lead=Participation(unit="县民政局", light=RED, acknowledged_on=date(2026, 3, 16), acknowledged_by="联络员丁"),
        standards=(Standard(text="建立帮扶台账", is_met=True), Standard(text="每月走访不少于1次")),
        issued_on=date(2026, 3, 9),
        issued_by="办公室主任",
        original_due_on=date(2026, 11, 15),
        due_on=date(2026, 11, 15),
        progress="推进中（标准1/2）",
        latest=ProgressNote(
            unit="县民政局", on=date(2026, 9, 30), by="联络员丁", text=LONG * 3, state="已报送", problems=LONG
        ),
        steps=_steps()[:3],
    )


def task_new(number: str = "2026-043") -> TaskFacts:
    return TaskFacts(
        number=number,
        title="开展适龄妇女“两癌”免费检查",
        state="已交办",
        light=HOLLOW,
        lead=Participation(unit="县卫生健康委员会", light=HOLLOW),
        issued_on=date(2026, 11, 20),
        issued_by="办公室主任",
        original_due_on=date(2027, 3, 31),
        due_on=date(2027, 3, 31),
        progress="未启动",
    )


STATES = (
    Count(label="未签收", value=2, light="hollow"),
    Count(label="正常推进", value=11, light="green"),
    Count(label="临期", value=3, light="yellow"),
    Count(label="逾期", value=2, light="red"),
    Count(label="已办结", value=17, light="blue"),
    Count(label="已销号", value=16, light="black"),
)
RATES = (
    Rate(label="办结率", numerator=33, denominator=51, rule="已办结（含已销号）任务数 ÷ 已交办任务数（不含撤销）"),
    Rate(
        label="按期办结率（原定期限）", numerator=29, denominator=33, rule="不晚于原定期限办结的任务数 ÷ 已办结任务数"
    ),
    Rate(
        label="按期办结率（现定期限）", numerator=31, denominator=33, rule="不晚于现定期限办结的任务数 ÷ 已办结任务数"
    ),
    Rate(
        label="要求落实率", numerator=0, denominator=0, rule="已分解任务的要求数 ÷ 应分解的要求数（本次无应分解的要求）"
    ),
)


def meeting() -> MeetingProgress:
    citation = "会议报道摘录"
    return MeetingProgress(
        title="云山县妇女儿童工作委员会2026年第2次全体会议",
        kind="全体会议",
        sequence="2026年第2次",
        day_text="2026年3月5日",
        place="县政府三楼会议室（各乡镇设分会场）",
        chair="副县长、县妇儿工委主任",
        organiser="县妇儿工委办",
        as_of=date(2026, 11, 23),
        states=STATES,
        rates=RATES,
        requirements=(
            RequirementProgress(
                section="指出",
                text="全县妇女儿童事业取得了新进展，但城乡之间、部门之间仍不平衡。",
                speaker="副县长",
                post="县妇儿工委主任",
                citation=citation,
                is_actionable=False,
            ),
            RequirementProgress(
                section="要求",
                text="要推动家庭、学校、社会协同育人，年内实现家长学校全覆盖；要关心关爱困境儿童，做到底数清、措施实、服务好。",
                speaker="副县长",
                post="县妇儿工委主任",
                citation="已审定（县政府办，2026年3月6日）",
                tasks=(task_done(), task_late()),
            ),
            RequirementProgress(
                section="强调",
                text="各级各部门要提高政治站位，凝聚工作合力。",
                speaker="县委常委",
                citation=citation,
                set_aside_reason="原则性表述，没有具体事项，不列任务。",
                set_aside_by="办公室主任",
                set_aside_on=date(2026, 3, 8),
            ),
            RequirementProgress(
                section="议定", text="启动新一轮适龄妇女“两癌”免费检查。", citation="已印发纪要", tasks=(task_new(),)
            ),
            RequirementProgress(
                section="要求", text=f"请{RARE}等同志牵头研究 {HOSTILE}。", speaker="副县长", citation=citation
            ),
        ),
    )


def unit() -> UnitProgress:
    return UnitProgress(
        unit="云山县教育局",
        period="2026年第三季度",
        as_of=date(2026, 9, 30),
        from_on=date(2026, 7, 1),
        until_on=date(2026, 9, 30),
        head="局长丙",
        liaison=f"联络员乙（{RARE}）",
        states=STATES[:5],
        rates=RATES[:3],
        lead_tasks=(task_done(), task_late(), task_new()),
        cooperating_tasks=(
            TaskFacts(
                number="2026-050",
                title="开展“护校安园”专项行动",
                state="推进中",
                light=GREEN,
                lead=Participation(unit="县公安局", light=GREEN),
                cooperating=(
                    Participation(
                        unit="云山县教育局",
                        light=YELLOW,
                        acknowledged_on=date(2026, 4, 2),
                        progress="推进中",
                        latest=ProgressNote(
                            unit="云山县教育局", on=date(2026, 9, 25), text="排查学校42所。", next_steps="整改5处。"
                        ),
                    ),
                ),
                due_on=date(2026, 12, 31),
                original_due_on=date(2026, 12, 31),
            ),
        ),
        summary="本期牵头任务3项，已办结1项；协同任务1项，按序时推进。" + LONG,
        problems=("农村家庭教育讲师不足。", f"部分材料含 {HOSTILE}，需要规范。"),
        next_steps=("组建讲师团。", LONG),
        approvals=(
            Approval(
                matter="本期报告",
                manner="线下签批",
                signer="局长丙",
                on=date(2026, 9, 30),
                words="同意报送。",
                recorded_by="联络员乙",
                scan="签字页.pdf",
            ),
        ),
    )


_LIGHTS = (GREEN, YELLOW, RED, HOLLOW, LATE_RECEIPT, BLUE, BLACK, GREY)
_UNITS = (
    "县教育局",
    "县卫生健康委员会",
    "县民政局",
    "县公安局",
    "县人力资源和社会保障局",
    "县妇联",
    "县住房和城乡建设局",
)


def list_rows(count: int) -> tuple[ListRow, ...]:
    """Rows of mixed length; every seventh is very long, the first two hold rare and hostile text."""
    rows: list[ListRow] = []
    for place in range(count):
        light = _LIGHTS[place % len(_LIGHTS)]
        lead = _UNITS[place % len(_UNITS)]
        text = (RARE, HOSTILE)[place] if place < 2 else "按照规划目标任务，"
        rows.append(
            ListRow(
                number=f"2026-{place + 1:03}",
                source="2026年第2次全体会议",
                domain=("妇女与健康", "儿童与教育", "家庭建设", "法律保护")[place % 4],
                objective=f"{text}推动第{place + 1}项工作落到实处" + ("；" + LONG if place % 7 == 6 else ""),
                measures="制定方案、明确分工、定期调度、按季报送。" + (LONG if place % 11 == 5 else ""),
                standards="有方案、有台账、有成效；覆盖率达到95.5%以上",
                lead_unit=lead,
                cooperating_units="、".join(_UNITS[(place + step) % len(_UNITS)] for step in range(1, 1 + place % 4)),
                responsible_person="分管副局长",
                liaison="联络员",
                due="2026年9月30日" + ("（原2026年6月30日）" if place % 9 == 4 else ""),
                progress=f"已开展活动{place * 3 % 50}场次，覆盖{place * 137 % 9000}人次。",
                completion_rate=f"{place * 7 % 101}%",
                problems="经费、人员不足。" if place % 5 == 0 else "",
                next_steps="加快进度。",
                state=light.word,
                light=light,
                closed_on="2026年10月8日" if light is BLACK else "",
            )
        )
    return tuple(rows)


def listing(count: int, columns: str = "issue") -> ResponsibilityList:
    rows = list_rows(count)
    half = len(rows) // 2
    sections = (
        (ListSection(heading="一、妇女发展", rows=rows[:half]), ListSection(heading="二、儿童发展", rows=rows[half:]))
        if rows
        else ()
    )
    return ResponsibilityList(
        title="云山县妇女儿童工作委员会2026年第2次全体会议任务分解表（责任清单）",
        as_of=date(2026, 11, 23),
        sections=sections,
        columns=COLUMN_SETS[columns],
        totals=STATES if rows else (),
    )


def papers() -> Iterator[tuple[str, Callable[[], Paper]]]:
    """Name and maker of every sample."""
    yield "meeting-progress", lambda: meeting_progress.render(meeting(), imprint())
    yield "meeting-progress-preview", lambda: meeting_progress.render(meeting(), imprint(preview=True))
    empty_meeting = MeetingProgress(title="联络员会议", as_of=date(2026, 1, 5), requirements=())
    yield "meeting-progress-empty", lambda: meeting_progress.render(empty_meeting, imprint())
    yield "unit-progress", lambda: unit_progress.render(unit(), imprint())
    empty_unit = UnitProgress(unit="县统计局", period="2026年第三季度", as_of=date(2026, 9, 30))
    yield "unit-progress-empty", lambda: unit_progress.render(empty_unit, imprint(preview=True))
    for columns in COLUMN_SETS:
        yield f"responsibility-list-{columns}", functools.partial(_list, 24, columns)
    yield "responsibility-list-empty", lambda: _list(0, "issue")
    yield "responsibility-list-500", lambda: _list(500, "tracking")


def _list(count: int, columns: str) -> Paper:
    return responsibility_list.render(listing(count, columns), imprint())


def main(folder: Path) -> None:
    """Write every sample into a folder, made if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in papers():
        paper = make()
        (folder / f"{name}.pdf").write_bytes(paper)
        missing = f", missing {''.join(paper.missing)}" if paper.missing else ""
        sys.stdout.write(f"{name}.pdf: {paper.page_count} pages, {len(paper) // 1024} KB{missing}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "samples"))

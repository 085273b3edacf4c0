"""The papers of tasks: what became of a meeting, of a unit's work, and the list of all."""

import functools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reports import meeting_progress, responsibility_list, unit_progress
from reports.blocks import Report
from reports.facts import Approval, Participation, ProgressNote, TaskFacts
from reports.meeting_progress import MeetingProgress, RequirementProgress
from reports.responsibility_list import COLUMN_SETS, ListRow, ListSection, ResponsibilityList
from reports.samples.sample import Sample
from reports.samples.tasks import RATES, STATES, task_done, task_late, task_new
from reports.samples.texts import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    HOLLOW,
    HOSTILE,
    LATE_RECEIPT,
    LONG,
    RARE,
    RED,
    YELLOW,
)
from reports.unit_progress import UnitProgress


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


def papers() -> Iterator[Sample]:
    """The samples of this group."""
    yield Sample("meeting-progress", lambda: meeting_progress.compose(meeting()))
    yield Sample("meeting-progress-short", lambda: meeting_progress.compose(replace(meeting(), is_full=False)))
    yield Sample("meeting-progress-preview", lambda: meeting_progress.compose(meeting()), is_preview=True)
    empty_meeting = MeetingProgress(title="联络员会议", as_of=date(2026, 1, 5), requirements=())
    yield Sample("meeting-progress-empty", lambda: meeting_progress.compose(empty_meeting))
    yield Sample("unit-progress", lambda: unit_progress.compose(unit()))
    empty_unit = UnitProgress(unit="县统计局", period="2026年第三季度", as_of=date(2026, 9, 30))
    yield Sample("unit-progress-empty", lambda: unit_progress.compose(empty_unit), is_preview=True)
    for columns in COLUMN_SETS:
        yield Sample(f"responsibility-list-{columns}", functools.partial(_list, 24, columns))
    yield Sample("responsibility-list-empty", lambda: _list(0, "issue"))
    yield Sample("responsibility-list-500", lambda: _list(500, "tracking"))


def _list(count: int, columns: str) -> Report:
    return responsibility_list.compose(listing(count, columns))

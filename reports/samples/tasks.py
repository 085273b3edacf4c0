"""Tasks in every state, with counts and rates of them."""

from datetime import date, datetime

from reports.facts import Approval, Count, Participation, ProgressNote, Quantity, Rate, Standard, Step, TaskFacts
from reports.samples.texts import BEIJING, BLUE, HOLLOW, HOSTILE, LATE_RECEIPT, LONG, RARE, RED


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
        label="按期办结率（原定时限）", numerator=29, denominator=33, rule="不晚于原定时限办结的任务数 ÷ 已办结任务数"
    ),
    Rate(
        label="按期办结率（现定时限）", numerator=31, denominator=33, rule="不晚于现定时限办结的任务数 ÷ 已办结任务数"
    ),
    Rate(
        label="要求落实率", numerator=0, denominator=0, rule="已分解任务的要求数 ÷ 应分解的要求数（本次无应分解的要求）"
    ),
)

"""Papers of plans and of the archive: indicators, evaluation, chain, evidence, files of a year."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from reports import (
    archive_catalogue,
    chain,
    evaluation_report,
    evidence_catalogue,
    indicator_coverage,
    indicator_monitoring,
)
from reports.archive_catalogue import ArchiveCatalogue, ArchiveItem, RetentionPeriod
from reports.chain import ChainLink, ChainReport
from reports.evaluation_report import DomainReview, EvaluationReport, Missed, Remedy, Stage, Visit
from reports.evidence_catalogue import Evidence, EvidenceCatalogue, EvidenceDomain
from reports.facts import Count, Light, Rate
from reports.indicator_coverage import CoverageDomain, CoverageLine, IndicatorCoverage, UnitCoverage
from reports.indicator_monitoring import IndicatorMonitoring
from reports.indicators import IndicatorDomain, IndicatorFacts, YearValue
from reports.samples.sample import Sample
from reports.samples.tasks import task_done, task_late
from reports.samples.texts import BLUE, GREEN, HOSTILE, LONG, RARE

REACHED = Light(code="blue", word="已达标")
EXPECTED = Light(code="green", word="预期可达标")
NEARLY = Light(code="yellow", word="基本达标")
MISSED = Light(code="red", word="未达标")
NOTHING = Light(code="hollow", word="无数据")
APART = Light(code="grey", word="县级不监测")


def values(*known: str | tuple[str, int, int] | None, first: int = 2021) -> tuple[YearValue, ...]:
    """Values of years one after another: the value, or with its numerator and denominator, or None."""
    found: list[YearValue] = []
    for year, each in enumerate(known, first):
        if isinstance(each, tuple):
            value, numerator, denominator = each
            found.append(YearValue(year=year, value=Decimal(value), numerator=numerator, denominator=denominator))
        elif each is not None:
            found.append(YearValue(year=year, value=Decimal(each)))
    return tuple(found)


HEALTH = IndicatorDomain(
    name="妇女与健康",
    indicators=(
        IndicatorFacts(
            name="适龄妇女宫颈癌人群筛查率",
            unit="%",
            state=EXPECTED,
            lead_units=("县卫健委",),
            baseline_year=2020,
            baseline=Decimal("41.2"),
            target_year=2025,
            target=Decimal("70.0"),
            values=values("47.5", ("55.1", 5_620, 10_200), ("62.6", 6_386, 10_201)),
            milestones=tuple(enumerate(map(Decimal, ("46.0", "52.0", "60.0", "65.0", "70.0")), 2021)),
            level="县级可得",
        ),
        IndicatorFacts(
            name="孕产妇死亡率",
            unit="1/10万",
            state=APART,
            lead_units=("县卫健委",),
            baseline_year=2020,
            target_year=2025,
            target_words="控制在州下达指标以内",
            values=(YearValue(year=2023, reason="县级不监测"),),
            level="自治区测算",
            remark="活产约1,000例，不单独计算",
        ),
        IndicatorFacts(
            name=f"孕产妇系统管理率（{RARE}）",
            unit="%",
            state=MISSED,
            lead_units=("县卫健委",),
            baseline_year=2019,
            baseline=Decimal("93.1"),
            target_year=2025,
            target=Decimal("95.0"),
            values=values("92.4", ("91.8", 945, 1_029), ("90.7", 914, 1_008)),
            milestones=((2023, Decimal("94.0")),),
            level="县级可得",
        ),
    ),
)
EDUCATION = IndicatorDomain(
    name="妇女与教育",
    indicators=(
        IndicatorFacts(
            name="九年义务教育巩固率",
            unit="%",
            state=REACHED,
            lead_units=("县教育局",),
            baseline_year=2020,
            baseline=Decimal("95.0"),
            target_year=2025,
            target=Decimal("96.0"),
            values=values("95.6", "96.2", ("97.1", 2_310, 2_379)),
            milestones=tuple(enumerate(map(Decimal, ("95.2", "95.4", "95.6", "95.8", "96.0")), 2021)),
            level="县级可得",
        ),
        IndicatorFacts(
            name="高中阶段毛入学率中女性所占比例",
            unit="%",
            state=NOTHING,
            baseline_year=2020,
            target_year=2025,
            target_words="保持均衡",
            values=(YearValue(year=2022, reason="未到产出时间"),),
            level="州级反馈",
        ),
        IndicatorFacts(
            name="妇女参加技能培训人数",
            unit="人次",
            state=NEARLY,
            lead_units=("县人社局",),
            baseline_year=2020,
            baseline=Decimal(1_850),
            target_year=2025,
            target=Decimal(2_400),
            values=values("1902", "2110", "2356"),
            level="县级可得",
        ),
    ),
)
PLAN_RATES = (
    Rate(label="达标率", numerator=1, denominator=5, rule="已达标指标数 ÷ 纳入评估的指标数（县级不监测的不计）"),
    Rate(label="达标和预期可达标率", numerator=2, denominator=5, rule="已达标和预期可达标指标数 ÷ 纳入评估的指标数"),
)
PLAN = "云山县妇女发展规划（2021—2025年）"


def monitoring() -> IndicatorMonitoring:
    return IndicatorMonitoring(
        plan=PLAN,
        year=2023,
        years=(2021, 2022),
        as_of=date(2024, 3, 31),
        domains=(HEALTH, EDUCATION),
        rates=PLAN_RATES,
        notes=(
            "判定方法：目标年前，达到目标值为已达标，达到年度应达值为预期可达标，否则为未达标；达到基期至目标差距九成的为基本达标。",
        ),
    )


def evaluation() -> EvaluationReport:
    return EvaluationReport(
        plan=PLAN,
        kind="中期评估",
        year=2023,
        as_of=date(2024, 3, 31),
        evaluated_by="云山县妇女儿童工作委员会办公室",
        stages=(
            Stage(name="制定方案", from_on=date(2023, 9, 1), until_on=date(2023, 9, 20), state="已完成"),
            Stage(name="单位自评", from_on=date(2023, 9, 21), until_on=date(2023, 11, 30), state="已完成"),
            Stage(name="督导检查", from_on=date(2023, 12, 4), until_on=date(2023, 12, 22), state="已完成"),
            Stage(name="问题整改", from_on=date(2024, 4, 1), state="进行中"),
        ),
        visits=(
            Visit(
                group="第一组",
                on=date(2023, 12, 5),
                unit="县卫健委",
                looked_at="“两癌”检查台账、产前检查记录",
                feedback=f"{RARE}镇未建台账，限期补齐",
            ),
        ),
        rates=PLAN_RATES,
        summary="评估采取单位自评、实地督导、数据核对相结合的方式，覆盖全部成员单位和乡镇（街道）。" + LONG,
        domains=(
            DomainReview(domain=HEALTH, text="筛查率提高21.4个百分点。" + LONG, drawn=("适龄妇女宫颈癌人群筛查率",)),
            DomainReview(domain=EDUCATION, drawn=("九年义务教育巩固率", "妇女参加技能培训人数")),
            DomainReview(domain=IndicatorDomain(name="妇女与环境", indicators=()), text="本领域指标为定性目标。"),
        ),
        laws="落实反家庭暴力法，建立强制报告制度。",
        plans="12个成员单位将规划目标纳入本部门规划。",
        mechanisms="每年召开全体会议不少于1次，联络员会议不少于2次。",
        experience=("坚持高位推动。", LONG),
        problems=("孕产妇系统管理率连续三年下降，原因是外出务工孕妇失访较多。", f"部分材料不规范：{HOSTILE}"),
        next_steps=("对未达标指标逐项制定整改措施，列入年度任务。",),
        missed=(
            Missed(
                name="孕产妇系统管理率",
                unit="县卫健委",
                value=Decimal("86.4"),
                target=Decimal(90),
                state=Light(code="red", word="未达标"),
                reason=f"外出务工孕妇失访较多。{HOSTILE}",
                task="2026-051",
            ),
            Missed(name=f"{RARE}覆盖率", unit="", value=None, target=None, state=Light(code="red", word="未达标")),
        ),
        remedies=(
            Remedy(
                problem="孕产妇系统管理率2023年未达标",
                unit="县卫健委",
                due_on=date(2024, 9, 30),
                task="2026-051",
                state="办理中",
            ),
        ),
        coverage=covered().domains,
        coverage_counts=covered().counts,
        coverage_notes=("空白：没有主要责任单位；未到目标年份没有当年时间表；没有数据；未达标又没有任务。",),
    )


def whole_chain() -> ChainReport:
    report = ChainLink(
        kind="进展报告",
        title="全县42所中小学、幼儿园已全部建立家长学校。",
        unit="县教育局联络员",
        on=date(2026, 9, 20),
        state=BLUE,
        links=(
            ChainLink(kind="佐证材料", title="第三季度签到表（42校）.pdf", unit="县教育局", on=date(2026, 9, 20)),
            ChainLink(kind="审核", title="办结", note="完成标准均已达到。", unit="办公室主任", on=date(2026, 9, 22)),
        ),
    )
    tasks = (
        ChainLink(
            kind="任务",
            title="推动中小学、幼儿园家长学校全覆盖（2026-041）",
            unit="县教育局",
            on=date(2026, 9, 30),
            state=BLUE,
            links=(report, ChainLink(kind="指标值", title="家长学校覆盖率 2026年 100.0%（42÷42）", unit="统计员")),
        ),
        ChainLink(
            kind="任务",
            title=f"为{RARE}等困境儿童落实帮扶 {HOSTILE}（2026-042）",
            unit="县民政局",
            on=date(2026, 11, 15),
            state=GREEN,
            gap="没有进展报告",
        ),
    )
    return ChainReport(
        kind="规划目标",
        subject="实现中小学、幼儿园家长学校全覆盖，家庭教育指导服务体系基本建成",
        as_of=date(2026, 11, 23),
        note="自目标向上列到规划，向下列到指标值；两个方向互为印证。",
        sources=(
            ChainLink(kind="领域", title="儿童与家庭", unit="县教育局、县妇联"),
            ChainLink(kind="规划", title="云山县儿童发展规划（2026—2030年）", on=date(2026, 1, 20)),
        ),
        links=(
            ChainLink(kind="指标", title="家长学校覆盖率（目标100%，2027年）", unit="县教育局"),
            ChainLink(
                kind="会议",
                title="2026年第2次全体会议",
                on=date(2026, 3, 5),
                links=(
                    ChainLink(
                        kind="会议要求",
                        title="要推动家庭、学校、社会协同育人，年内实现家长学校全覆盖。",
                        note="已审定（县政府办，2026年3月6日）",
                        unit="副县长、县妇儿工委主任",
                        links=tasks,
                    ),
                    ChainLink(kind="会议要求", title="要做到底数清、措施实、服务好。", unit="副县长", gap="未分解任务"),
                ),
            ),
        ),
        tasks=(task_done(), task_late()),
    )


def evidence() -> EvidenceCatalogue:
    return EvidenceCatalogue(
        scope=f"{PLAN}中期评估",
        as_of=date(2024, 3, 31),
        domains=(
            EvidenceDomain(
                name="妇女与健康",
                evidence=(
                    Evidence(
                        name="“两癌”检查汇总表.xlsx",
                        path="01妇女与健康/01筛查率/2026-043/“两癌”检查汇总表.xlsx",
                        unit="县卫健委",
                        on=date(2023, 12, 20),
                        size=1_482_113,
                        sha256="9f2c41d07ab3c0ffee00112233445566778899aabbccddeeff00112233445566",
                        goal="适龄妇女常见病筛查率逐步提高",
                        indicator="适龄妇女宫颈癌人群筛查率",
                        task="开展适龄妇女“两癌”免费检查（2026-043）",
                    ),
                    Evidence(name=f"{RARE}镇{HOSTILE}.pdf", unit="县卫健委", size=900),
                ),
                missing=("孕产妇系统管理率",),
            ),
            EvidenceDomain(name="妇女与教育", missing=("九年义务教育巩固率", "技能培训人数")),
        ),
    )


def archive() -> ArchiveCatalogue:
    office = "云山县妇女儿童工作委员会办公室"
    long_kept = tuple(
        ArchiveItem(
            number=place,
            title=f"关于印发2026年第{place}次会议纪要的通知" + ("：" + LONG if place == 7 else ""),
            author=office,
            document_number=f"云妇儿工委办〔2026〕{place}号",
            on=date(2026, 1 + place % 12, 5),
            pages=place % 9 + 2,
            remark="附件另存" if place % 5 == 0 else "",
        )
        for place in range(1, 46)
    )
    return ArchiveCatalogue(
        year=2026,
        holder=office,
        periods=(
            RetentionPeriod(name="永久", items=long_kept),
            RetentionPeriod(
                name="10年", items=(ArchiveItem(number=46, title=f"{RARE}{HOSTILE}", author="县教育局", pages=None),)
            ),
        ),
    )


def covered() -> IndicatorCoverage:
    line = CoverageLine(
        number="1",
        name="适龄妇女宫颈癌人群筛查率（%）",
        state=Light(code="green", word="预期可达标"),
        units="县卫健委、县妇联",
        baseline=Decimal("41.2"),
        target="≥70.0",
        milestone=Decimal("60.0"),
        value=Decimal("62.6"),
        counts="6,386/10,201",
        task="〔2026〕12",
    )
    bare = CoverageLine(
        number="2",
        name=LONG,
        state=Light(code="hollow", word="无数据"),
        target="提高",
        milestone_words="无须",
        task="无须",
        gaps=("units", "value"),
    )
    return IndicatorCoverage(
        plan=PLAN,
        year=2023,
        as_of=date(2024, 3, 31),
        domains=(CoverageDomain(name="妇女与健康", gaps=2, lines=(line, bare)),),
        counts=(Count(label="未定责任单位", value=1, unit="项"),),
        units=(UnitCoverage(name="县卫健委", indicators=1, gaps=0),),
        omitted=("3 " + LONG,),
    )


def papers() -> Iterator[Sample]:
    """The samples of this group."""
    yield Sample("indicator-monitoring", lambda: indicator_monitoring.compose(monitoring()))
    empty = IndicatorMonitoring(plan=PLAN, year=2023, as_of=date(2024, 3, 31), domains=())
    yield Sample("indicator-monitoring-empty", lambda: indicator_monitoring.compose(empty))
    yield Sample("indicator-coverage", lambda: indicator_coverage.compose(covered()))
    bare_table = IndicatorCoverage(plan=PLAN, year=2023, as_of=date(2024, 3, 31), domains=())
    yield Sample("indicator-coverage-empty", lambda: indicator_coverage.compose(bare_table))
    yield Sample("evaluation-report", lambda: evaluation_report.compose(evaluation()))
    bare = EvaluationReport(plan=PLAN, kind="终期评估", year=2025, as_of=date(2026, 3, 31), domains=())
    yield Sample("evaluation-report-empty", lambda: evaluation_report.compose(bare))
    yield Sample("chain", lambda: chain.compose(whole_chain()))
    alone = ChainReport(kind="会议要求", subject="要凝聚合力。", as_of=date(2026, 11, 23))
    yield Sample("chain-empty", lambda: chain.compose(alone))
    yield Sample("evidence-catalogue", lambda: evidence_catalogue.compose(evidence()))
    yield Sample("archive-catalogue", lambda: archive_catalogue.compose(archive()))

"""Notices, forms and catalogues say their fields in the order of the office's forms, and what is not known is told."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from reports import (
    archive_catalogue,
    chain,
    evaluation_report,
    evidence_catalogue,
    extension_form,
    indicator_coverage,
    indicator_monitoring,
    indicators,
    opinion_adoption,
    pdf,
    reminder_notice,
    responsibility_list,
    supervision_notice,
)
from reports.blocks import Band, Cell, Chart, Column, Facts, Fields, Heading, Note, Rates, Report, Table, Text
from reports.evidence_catalogue import size_text
from reports.freezing import freeze, thaw
from reports.opinions import Opinion, opinion_box
from reports.samples import notices, plans, texts


def of(kind, body):
    return [block for block in body if isinstance(block, kind)]


def test_a_supervision_notice_has_its_fields_in_order():
    official = supervision_notice.compose(notices.supervision())
    headings = [each.text for each in of(Heading, official.body)]
    assert headings == [
        "一、督办事项",
        "二、督办依据",
        "三、办理要求",
        "四、配合单位",
        "五、办理时限",
        "六、反馈方式",
    ]
    assert (official.mark, official.signature) == ("云山县妇女儿童工作委员会文件", "云山县妇女儿童工作委员会")
    assert (official.urgency, official.addressees) == ("加急", "县民政局")
    assert official.remark == "联系人：办公室，电话：0000-6021234"
    (annex,) = official.annexes
    (form,) = of(Fields, annex.body)
    assert [label for label, _text, _lines in form.boxes] == [
        "签　　收",
        "办理结果",
        "单位意见\n（盖章）",
        "办公室意见",
        "领导批示",
    ]
    assert all("签" in text for label, text, _lines in form.boxes if label != "办理结果")


def test_a_supervision_notice_of_the_office_is_signed_by_the_office():
    notice = dataclasses.replace(notices.supervision(), issued_by="office", cooperating_units=(), basis="")
    official = supervision_notice.compose(notice)
    assert official.signature == notice.issuer.office
    headings = [each.text for each in of(Heading, official.body)]
    assert headings == ["一、督办事项", "二、办理要求", "三、办理时限", "四、反馈方式"]


def test_a_reminder_lists_what_is_owed():
    official = reminder_notice.compose(notices.reminder())
    body = list(official.body)
    assert official.form == "letter"
    assert of(Text, body)[0].text == "截至2026年11月18日，你单位有3项工作尚未按时办理，情况如下。此前已提醒2次。"
    (table,) = of(Table, body)
    assert [row[0] for row in table.rows] == [1, 2, 3]


def test_an_extension_form_is_open_until_it_is_decided():
    labels = ["延期理由", "目前进展", "单位意见", "办公室意见", "领导意见", "审批结论"]
    asked, decided = (list(extension_form.compose(notices.extension(is_decided=each)).body) for each in (False, True))
    for body in (asked, decided):
        assert [label for label, _text, _lines in of(Fields, body)[0].boxes] == labels
    assert of(Fields, asked)[0].boxes[-1][1].startswith("□ 同意延期至")
    assert of(Fields, decided)[0].boxes[-1][1] == "同意，延期至2026年12月20日（2026年11月12日）"
    assert dict(of(Facts, asked)[0].pairs)["原定时限"] == date(2026, 11, 15)
    plain = dataclasses.replace(notices.extension(), needs_leader=False)
    boxes = of(Fields, extension_form.compose(plain).body)[0].boxes
    assert "领导意见" not in [label for label, _text, _lines in boxes]


def test_what_came_of_opinions_is_counted_and_listed_by_task():
    closed, still_open = (opinion_adoption.compose(notices.adoption(is_closed=each)) for each in (True, False))
    body = list(closed.body)
    said = dict(of(Facts, body)[0].pairs)
    assert said["意见"] == "3条：采纳1条，部分采纳1条，未采纳1条"
    assert said["结束时间"] == date(2026, 7, 16)
    fed_back, adopted = of(Rates, body)[0].rates
    assert (fed_back.numerator, fed_back.denominator, adopted.numerator, adopted.denominator) == (4, 5, 2, 3)
    opinions, units = (list(table.rows) for table in of(Table, body))
    assert [(row[0], row[3], row[6]) for row in opinions] == [
        (1, "县教育局", "采纳"),
        (2, "县公安局", "部分采纳"),
        (3, "县医保局", "未采纳"),
    ]
    assert [row[4] for row in units] == ["", "逾期反馈", "无意见", "未反馈", "办公室工作人员代录"]
    body = list(still_open.body)
    said = dict(of(Facts, body)[0].pairs)
    assert said["意见"] == "3条：采纳1条，未采纳1条，待处理1条"
    assert said["结束时间"] == "尚未结束"
    assert of(Rates, body)[0].rates[1].denominator == 2  # what is not settled is in neither number


def test_a_list_without_opinions_says_so():
    plain = dataclasses.replace(notices.adoption(), tasks=(), units=())
    body = list(opinion_adoption.compose(plain).body)
    assert [table.empty for table in of(Table, body)] == ["（没有收到意见）", "（没有征求意见的单位）"]


def test_an_opinion_is_printed_or_signed_by_hand():
    assert opinion_box("单位意见", Opinion(), 3) == ("单位意见", "签字：　　　　　　　　年　　月　　日", 3)
    given = Opinion(words="同意。", signer="局长", on=date(2026, 1, 5), manner="线下签批")
    assert opinion_box("单位意见", given, 3)[1] == "同意。\n局长　2026年1月5日　线下签批"


def test_indicators_keep_their_numbers():
    body = list(indicator_monitoring.compose(plans.monitoring()).body)
    note, table = of(Note, body)[0], of(Table, body)[0]
    assert note.text == "共6项：已达标1项，预期可达标1项，基本达标1项，未达标1项，无数据1项，县级不监测1项"
    rows = [row for row in table.rows if isinstance(row, list)]
    assert rows[0][4:11] == [
        Decimal("41.2"),
        Decimal("47.5"),
        Decimal("55.1"),
        6386,
        10201,
        Decimal("62.6"),
        Decimal("60.0"),
    ]
    assert rows[1][9:12] == ["县级不监测", None, "控制在州下达指标以内"]
    assert rows[2][-1] == "县级可得；基期为2019年"
    assert [column.head for column in table.columns if column.group == "2023年"] == ["分子", "分母", "监测值", "应达"]


def test_an_evaluation_tells_its_gaps_and_draws_milestones():
    body = list(evaluation_report.compose(plans.evaluation()).body)
    assert [each.text for each in of(Heading, body) if each.level == 1] == [
        "一、评估工作概况",
        "二、目标实现情况",
        "三、分领域进展",
        "四、保障措施",
        "五、主要做法和经验",
        "六、存在问题和原因",
        "七、下一步打算",
        "八、整改清单",
        "九、指标覆盖情况",
    ]
    assert "未定责任单位1项。" in [each.text for each in of(Text, body)]
    assert "妇女与健康，2 项，空白 2 格" in [row.text for row in covered_rows(body) if isinstance(row, Band)]
    chart = next(each for each in body if getattr(each, "caption", "") == "适龄妇女宫颈癌人群筛查率")
    assert chart.axis == ("2020年", "2021年", "2022年", "2023年", "2024年", "2025年")
    values, milestones = chart.series
    assert values.values == (Decimal("41.2"), Decimal("47.5"), Decimal("55.1"), Decimal("62.6"), None, None)
    assert milestones.is_target
    assert milestones.values[1:] == tuple(map(Decimal, ("46.0", "52.0", "60.0", "65.0", "70.0")))


def test_an_evaluation_without_gaps_says_so():
    (domain,) = plans.covered().domains
    whole = dataclasses.replace(domain, gaps=0, lines=domain.lines[:1])
    body = list(evaluation_report.compose(dataclasses.replace(plans.evaluation(), coverage=(whole,))).body)
    band, row = covered_rows(body)
    assert band.text == "妇女与健康，1 项，无空白"
    assert row[1:4] == ["县卫健委、县妇联", Decimal("60.0"), Decimal("62.6")]


def covered_rows(body):
    return next(list(each.rows) for each in of(Table, body) if each.name == "指标责任覆盖表")


def test_a_chart_ends_before_years_of_which_nothing_is_planned():
    (first, *rest) = plans.HEALTH.indicators
    late = dataclasses.replace(first, target_year=2030)
    report = dataclasses.replace(
        plans.evaluation(),
        domains=(
            evaluation_report.DomainReview(
                domain=indicators.IndicatorDomain(name="妇女与健康", indicators=(late, *rest)), drawn=(late.name,)
            ),
        ),
    )
    (chart,) = [each for each in of(Chart, evaluation_report.compose(report).body) if each.kind == "lines"]
    assert chart.axis[-1] == "2025年"
    assert [series.values[-1] for series in chart.series] == [None, Decimal("70.0")]


def test_the_chain_is_numbered_and_its_breaks_are_told():
    body = list(chain.compose(plans.whole_chain()).body)
    up, down, gaps = ([row[0] for row in each.rows] for each in of(Table, body))
    assert up == ["1", "2"]
    assert down == ["1", "2", "2.1", "2.1.1", "2.1.1.1", "2.1.1.1.1", "2.1.1.1.2", "2.1.1.2", "2.1.2", "2.2"]
    assert gaps == ["2.1.2", "2.2"]
    joined = dataclasses.replace(plans.whole_chain(), links=plans.whole_chain().links[:1])
    assert "没有。各环节均已衔接。" in [each.text for each in of(Text, chain.compose(joined).body)]


def test_catalogues_count_what_they_hold():
    notes = [each.text for each in of(Note, evidence_catalogue.compose(plans.evidence()).body)]
    assert notes[0] == "共 2 件，合计 1.4 MB"
    assert notes[1] == "尚无佐证材料的：妇女与健康：孕产妇系统管理率；妇女与教育：九年义务教育巩固率、技能培训人数"
    first, table = archive_catalogue.compose(plans.archive()).body
    assert first.text == "共 46 件；已计页数的 45 件，共 270 页；未计页数的 1 件，页数留空"
    (last,) = [row for row in table.rows if not isinstance(row, Band) and row[0] == 46]
    assert last[2:] == [None, f"{texts.RARE}{texts.HOSTILE}", None, "", ""]
    assert [column.head for column in table.columns] == ["件号", "责任者", "文号", "题名", "日期", "页数", "备注"]


@pytest.mark.parametrize(
    ("size", "text"),
    [(187, "187 字节"), (1024, "1.0 KB"), (1587, "1.5 KB"), (88_064, "86.0 KB"), (1_482_113, "1.4 MB")],
)
def test_sizes_are_told(size, text):
    assert size_text(size) == text


def test_a_sum_of_small_sizes_goes_with_its_parts():
    small = tuple(evidence_catalogue.Evidence(name=f"{place}.txt", size=187) for place in range(9))
    catalogue = dataclasses.replace(
        plans.evidence(), domains=(evidence_catalogue.EvidenceDomain(name="妇女与健康", evidence=small),)
    )
    note, table, _rule = evidence_catalogue.compose(catalogue).body
    assert note.text == "共 9 件，合计 1.6 KB"
    assert {row[-3] for row in table.rows if not isinstance(row, Band)} == {"187 字节"}


def test_goals_without_evidence_are_named_without_their_full_stops():
    domain = evidence_catalogue.EvidenceDomain(name="妇女与健康", missing=("筛查率提高。", "产前筛查率"))
    catalogue = dataclasses.replace(plans.evidence(), domains=(domain,))
    assert "尚无佐证材料的：妇女与健康：筛查率提高、产前筛查率" in [
        each.text for each in of(Note, evidence_catalogue.compose(catalogue).body)
    ]


def test_a_unit_table_of_coverage_adds_up_with_what_has_no_unit():
    body = list(indicator_coverage.compose(plans.covered()).body)
    units = list(of(Table, body)[-1].rows)
    assert units[:2] == [["县卫健委", 1, None], ["未定责任单位", 1, 2]]
    assert units[2][1:] == [2, 2]


def test_a_target_with_room_on_both_sides_says_so():
    (first, *_rest) = plans.HEALTH.indicators
    around = dataclasses.replace(first, target=Decimal("50.0"), tolerance=Decimal("3.0"))
    assert around.target_shown == "50.0±3.0"
    assert (first.target_shown, plans.HEALTH.indicators[1].target_shown) == (Decimal("70.0"), "控制在州下达指标以内")


def test_a_chain_says_only_what_there_is_to_say():
    alone = chain.ChainReport(kind="会议要求", subject="要凝聚合力。", as_of=date(2026, 11, 23))
    assert [name for name, _value in of(Facts, chain.compose(alone).body)[0].pairs] == ["会议要求"]


@pytest.mark.parametrize(
    "data",
    [
        notices.supervision(is_answered=True),
        notices.reminder(),
        notices.extension(is_decided=True),
        plans.monitoring(),
        plans.evaluation(),
        plans.whole_chain(),
        plans.evidence(),
        plans.archive(),
    ],
    ids=lambda data: type(data).__name__,
)
def test_their_data_can_be_frozen(data):
    assert thaw(type(data), freeze(data)) == data


def test_states_are_counted_from_the_best():
    counted = indicators.states_counted((plans.EDUCATION, plans.HEALTH))
    words = [state.word for state, _count in counted]
    assert words == ["已达标", "预期可达标", "基本达标", "未达标", "无数据", "县级不监测"]


def test_a_band_stays_with_its_row(read):
    tall = Cell("\n".join("行" for _line in range(20)))
    rows = [item for place in range(12) for item in (Band(f"第{place}类"), [tall, "甲"])]
    columns = [Column(head="内容", weight=3), Column(head="单位", weight=1)]
    report = Report(title="表", body=[Table(columns=columns, rows=rows)])
    seen = read(pdf.render(report, texts.imprint()))
    heads = [row for row in seen.root.all("TR") if len(row.kids) == 1]
    tails = [row for row in seen.root.all("TR") if len(row.kids) == 2][1:]
    assert len(heads) == len(tails) == 12
    for head, tail in zip(heads, tails, strict=True):
        assert head.kids[0].pages == tail.kids[0].pages


@pytest.mark.parametrize("count", range(26, 32))
def test_what_is_noted_under_a_table_never_stands_alone_on_a_page(count, read):
    rows = [[place, "甲"] for place in range(count)]
    columns = [Column(head="序号", weight=1), Column(head="单位", weight=3)]
    body = [Table(columns=columns, rows=rows), Note("注一。"), Note("注二。")]
    seen = read(pdf.render(Report(title="表", body=body), texts.imprint()))
    last = max(page for node in seen.root.all("P") for page in node.pages)
    assert any(last in cell.pages for cell in seen.root.all("TD"))


def test_a_list_of_drafts_has_no_column_of_numbers():
    row = responsibility_list.ListRow(objective="建立机制", lead_unit="县教育局")
    sections = (responsibility_list.ListSection(rows=(row,)),)
    for numbered, heads in ((False, ["序号", "目标任务"]), (True, ["序号", "编号", "目标任务"])):
        kept = tuple(dataclasses.replace(row, number="2026-001" if numbered else "") for row in sections[0].rows)
        listing = responsibility_list.ResponsibilityList(
            title="任务分解表（征求意见稿）",
            as_of=date(2026, 11, 23),
            sections=(dataclasses.replace(sections[0], rows=kept),),
        )
        (table,) = of(Table, responsibility_list.compose(listing).body)
        assert [column.head for column in table.columns][: len(heads)] == heads
        assert [len(line) for line in table.rows] == [len(table.columns)]

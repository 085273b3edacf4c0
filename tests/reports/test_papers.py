"""The three papers say what their data say, no more and no less."""

import dataclasses
from datetime import date, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from reports import excel, meeting_progress, pdf, responsibility_list, samples, unit_progress
from reports.cards import chinese_number, numbered
from reports.facts import NONE, day_text, short_day
from reports.responsibility_list import COLUMN_SETS, COLUMNS, ListRow, ListSection, ResponsibilityList
from reports.samples import progress, texts
from reports.samples.__main__ import main as write_samples


def strings(value):
    """Every text in a tree of data classes, days as they are printed."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, date):
        return [day_text(value)]
    if isinstance(value, tuple):
        return [text for each in value for text in strings(each)]
    if dataclasses.is_dataclass(value):
        return [text for field in dataclasses.fields(value) for text in strings(getattr(value, field.name))]
    return []


CODES = {"hollow", "late_receipt", "green", "yellow", "red", "blue", "black", "grey"}


@pytest.mark.parametrize("name", ["meeting-progress", "meeting-progress-preview"])
def test_the_meeting_report_leaves_nothing_out(seen_sample, bare, name):
    text = bare(seen_sample(name).root.whole_text())
    for expected in strings(progress.meeting()):
        if expected not in CODES:
            assert bare(expected) in text


def test_the_meeting_report_goes_requirement_by_requirement(seen_sample):
    seen = seen_sample("meeting-progress")
    assert [node.text for node in seen.root.all("H3")] == [
        "逾期、临期和滞后的任务1项",
        "（一）指出　情况表述",
        "（二）要求　已分解任务2项",
        "（三）强调　不列任务",
        "（四）议定　已分解任务1项",
        "（五）要求　待分解",
    ]
    counted = "会议要求共5条：已分解任务2条，说明理由不列任务1条，待分解1条，情况表述1条。由会议要求形成任务3项。"
    assert counted in [node.text for node in seen.root.all("P")]
    rows = seen.rows()
    assert ["任务编号", "2026-041", "状态", "已办结"] in rows
    assert [
        "2026年9月3日 10:00",
        "退回",
        "县妇儿工委办 办公室工作人员甲",
        "缺少第二季度家长学校签到表，请补充后重新报送。",
    ] in rows
    assert ["2026年9月1日", "单位审核", "县教育局 局长丙", "线下签批（扫描件：签字页.pdf）；同意上报。"] in rows
    assert rows[-2][:2] + rows[-2][3:] == [
        "三",
        "强调",
        "不列任务",
        "原则性表述，没有具体事项，不列任务。（办公室主任，2026年3月8日）",
    ]
    assert rows[-1][3:] == ["待分解", NONE]


def test_an_empty_meeting_says_so(seen_sample):
    said = [node.text for node in seen_sample("meeting-progress-empty").root.all("P")]
    assert "本次会议没有记录要求。" in said
    assert "没有。" in said


def test_a_meeting_without_gaps_says_so(read):
    whole = dataclasses.replace(progress.meeting(), requirements=progress.meeting().requirements[1:2])
    said = [node.text for node in read(pdf.render(meeting_progress.compose(whole), texts.imprint())).root.all("P")]
    assert "没有。应办的会议要求均已分解任务。" in said


def test_the_unit_report_leaves_nothing_out(seen_sample, bare):
    text = bare(seen_sample("unit-progress").root.whole_text())
    without_course = dataclasses.replace(
        progress.unit(),
        lead_tasks=tuple(dataclasses.replace(task, steps=()) for task in progress.unit().lead_tasks),
    )
    for expected in strings(without_course):
        if expected not in CODES:
            assert bare(expected) in text


def test_the_unit_report_shows_the_helper_by_its_own_light(seen_sample):
    rows = seen_sample("unit-progress").rows()
    assert ["2026-050", "开展“护校安园”专项行动", "2026年12月31日", "临期（剩2个工作日）"] in rows
    assert ["本单位进展", "推进中"] in rows


def test_an_empty_unit_report_says_so(seen_sample):
    said = [node.text for node in seen_sample("unit-progress-empty").root.all("P")]
    assert {"本期没有牵头任务。", "本期没有配合任务。", "没有。", "没有填报。"} <= set(said)


def expected_rows(listing):
    number = 0
    for section in listing.sections:
        yield [section.heading]
        for row in section.rows:
            number += 1
            yield [str(number) if code == "sequence" else getattr(row, code) for code in listing.columns]


@pytest.mark.parametrize("columns", list(COLUMN_SETS))
def test_the_list_prints_the_chosen_columns(seen_sample, bare, columns):
    seen = seen_sample(f"responsibility-list-{columns}")
    rows = [[bare(cell) for cell in row] for row in seen.rows()]
    listing = progress.listing(24, columns)
    assert rows[0] == [COLUMNS[code].head for code in COLUMN_SETS[columns]]
    assert rows[1:] == [[bare(cell) for cell in row] for row in expected_rows(listing)]


def test_five_hundred_rows_stay_whole(sample, seen_sample, bare):
    seen = seen_sample("responsibility-list-500")
    rows = [[bare(cell) for cell in row] for row in seen.rows()]
    assert rows[1:] == [[bare(cell) for cell in row] for row in expected_rows(progress.listing(500, "tracking"))]
    head = "".join(COLUMNS[code].head for code in COLUMN_SETS["tracking"])
    assert all(head in text for text in seen.artifacts[1:])
    assert len(seen.artifacts) == sample("responsibility-list-500").page_count


def test_the_list_counts_its_rows(seen_sample):
    said = [node.text for node in seen_sample("responsibility-list-issue").root.all("P")]
    assert any(text.startswith("共 24 项　其中：未签收 2 项") for text in said)
    assert ["（没有符合条件的任务）"] in seen_sample("responsibility-list-empty").rows()


@pytest.mark.parametrize("columns", [(), ("sequence", "colour")])
def test_columns_that_are_none_are_refused(columns):
    listing = dataclasses.replace(progress.listing(1), columns=columns)
    with pytest.raises(ValueError, match="columns"):
        responsibility_list.compose(listing)


def test_every_column_can_be_chosen_by_itself(read):
    for code in COLUMNS:
        listing = dataclasses.replace(progress.listing(3), columns=(code,))
        assert read(pdf.render(responsibility_list.compose(listing), texts.imprint())).rows()[0] == [COLUMNS[code].head]


def test_no_fonts_but_those_handed_in(tmp_path, read):
    from reports.fonts import Faces

    paper = pdf.render(unit_progress.compose(progress.unit()), texts.imprint(), Faces(tmp_path))
    assert paper == pdf.render(unit_progress.compose(progress.unit()), texts.imprint())


def test_days_and_numbers_in_words():
    assert day_text(date(2026, 1, 5)) == "2026年1月5日"
    assert day_text(datetime(2026, 1, 5, 9, 3, tzinfo=texts.BEIJING)) == "2026年1月5日 09:03"
    assert short_day(date(2026, 1, 5)) == "2026-01-05"
    assert short_day(datetime(2026, 1, 5, 9, 3, tzinfo=texts.BEIJING)) == "2026-01-05 09:03"
    assert day_text(None) == short_day(None) == NONE
    numbers = {1: "一", 10: "十", 12: "十二", 20: "二十", 99: "九十九", 100: "一百", 105: "一百零五", 110: "一百一十"}
    assert {number: chinese_number(number) for number in numbers} == numbers
    assert chinese_number(0) == "0"
    assert chinese_number(1200) == "1200"
    assert (numbered(()), numbered(("甲",)), numbered(("甲", "乙"))) == (NONE, "甲", "1．甲\n2．乙")


def test_samples_are_written(tmp_path, capsys):
    write_samples(tmp_path / "out")
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {f"{each.name}.{end}" for each in samples.papers() for end in ("pdf", "docx", "xlsx")}
    assert "responsibility-list-500.pdf" in capsys.readouterr().out


def test_what_is_asked_of_many_alike_is_printed_once_and_kept_in_a_sheet(read):
    asked = "一、目标实现情况：对照本单位承担的目标和指标，写明完成情况。"
    rows = tuple(ListRow(objective="开展自评", measures=asked, lead_unit=unit) for unit in ("甲局", "乙局"))
    listed = ResponsibilityList(title="清单", as_of=date(2026, 11, 23), sections=(ListSection(rows=rows),))
    composed = responsibility_list.compose(listed)
    assert [row[2] for row in read(pdf.render(composed, texts.imprint())).rows()[1:]] == [asked, "同第1项"]
    book = CalamineWorkbook.from_filelike(BytesIO(excel.render(responsibility_list.compose(listed), texts.imprint())))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert cells.count(asked) == 2
    assert "同第1项" not in cells


def test_a_short_report_has_a_line_for_each_task_and_names_what_presses(read):
    short = dataclasses.replace(progress.meeting(), is_full=False)
    seen = read(pdf.render(meeting_progress.compose(short), texts.imprint()))
    rows = seen.rows()
    stated = "一、【指出】全县妇女儿童事业取得了新进展，但城乡之间、部门之间仍不平衡。"
    assert [f"{stated}（讲话人：副县长（县妇儿工委主任）　文本状态：会议报道摘录）"] in rows
    assert ["不列任务：原则性表述，没有具体事项，不列任务。"] in rows
    assert sum(row[0] == "2026-041" for row in rows) == 1
    assert [node.text for node in seen.root.all("H3")] == ["逾期、临期和滞后的任务1项"]
    assert rows[-1][3:] == ["待分解", NONE]

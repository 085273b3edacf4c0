"""Papers for a meeting, and those that the office writes, say what their data say, whole, in every format."""

import dataclasses
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from reports import (
    agenda,
    attendee_list,
    bulletin,
    chair_script,
    draft_sheet,
    leader_brief,
    meeting_notice,
    minutes,
    pdf,
    previous_items,
    sign_in_sheet,
    word,
    work_brief,
)
from reports.blocks import Heading, Note, Table, Text
from reports.bulletin import UnitFigures
from reports.draft_sheet import DraftSheet
from reports.facts import rate_text
from reports.samples import meetings, texts
from tests.reports.test_papers import CODES, strings

PAPERS = {
    "agenda": (agenda, meetings.the_agenda),
    "sign-in-sheet": (sign_in_sheet, meetings.sheet),
    "attendee-list": (attendee_list, meetings.attendees),
    "chair-script": (chair_script, meetings.script),
    "previous-items": (previous_items, meetings.previous),
    "meeting-notice": (meeting_notice, meetings.notice),
    "minutes": (minutes, meetings.record),
    "bulletin": (bulletin, meetings.circular),
    "leader-brief": (leader_brief, meetings.brief),
    "work-brief": (work_brief, meetings.news),
}
# In the data of every paper for a meeting, and said by few of them.
UNSAID = {
    "推进会",
    "工作报告",
    "宣读",
    "交流发言",
    meetings.MEETING.sequence,
    meetings.MEETING.chair,
    meetings.MEETING.organiser,
}
OFFICIAL = ("meeting-notice", "minutes", "bulletin", "leader-brief", "work-brief")


def told(name):
    """Every line that the paper's own data hold."""
    data = PAPERS[name][1]()
    if name == "previous-items":
        found = [data.previous, *(e.text for e in data.items), *(task.title for e in data.items for task in e.tasks)]
    else:
        fields = [field.name for field in dataclasses.fields(data) if field.name != "issuer"]
        found = [text for field in fields for text in strings(getattr(data, field))]
    return [line for text in found for line in text.splitlines() if line not in CODES | UNSAID]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_leaves_nothing_out(seen_sample, bare, name):
    seen = seen_sample(name)
    text = bare(seen.root.whole_text() + "".join(seen.artifacts))
    for line in told(name):
        assert bare(line) in text, line


@pytest.mark.parametrize("name", PAPERS)
def test_word_says_the_same(bare, name):
    module, data = PAPERS[name]
    with zipfile.ZipFile(BytesIO(word.render(module.compose(data()), texts.imprint()))) as file:
        parts = [etree.fromstring(file.read(part)) for part in file.namelist() if part.endswith(".xml")]
    text = bare("".join("".join(part.itertext()) for part in parts))
    for line in told(name):
        assert bare(line) in text, line


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_data_gives_the_same_bytes(sample, name):
    module, data = PAPERS[name]
    assert pdf.render(module.compose(data()), texts.imprint(is_verified=name not in OFFICIAL)) == sample(name)


@pytest.mark.parametrize(
    ("name", "pages"),
    [("agenda", 1), ("meeting-notice", 3), ("leader-brief", 2), ("agenda-empty", 1), ("sign-in-sheet-empty", 1)],
)
def test_pages_are_few(sample, name, pages):
    assert sample(name).page_count == pages


@pytest.mark.parametrize("name", ["sign-in-sheet-300", "attendee-list-300", "bulletin-300"])
def test_three_hundred_lines_are_all_there(seen_sample, bare, name):
    text = bare(seen_sample(name).root.whole_text())
    assert all(f"第{place}单位" in text for place in range(1, 301))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("agenda-empty", "还没有登记议程"),
        ("sign-in-sheet-empty", "还没有参会名单"),
        ("attendee-list-empty", "还没有参会名单"),
        ("chair-script-empty", "还没有登记议程。"),
        ("previous-items-empty", "上次会议没有登记要求"),
    ],
)
def test_a_paper_of_little_says_so(seen_sample, bare, name, words):
    assert words in bare(seen_sample(name).root.whole_text())


def headings(official):
    return [block.text for block in official.body if isinstance(block, Heading)]


def notes(body):
    return [block.text for block in body if isinstance(block, Note)]


def test_sections_without_text_take_no_number():
    whole = meetings.circular()
    full = ["一、总体情况", "二、主要做法和成效", "三、存在的主要问题", "四、下一步工作要求"]
    assert headings(bulletin.compose(whole)) == full
    less = dataclasses.replace(whole, went_well="")
    assert headings(bulletin.compose(less)) == ["一、总体情况", "二、存在的主要问题", "三、下一步工作要求"]


@pytest.mark.parametrize("name", OFFICIAL)
def test_an_official_paper_carries_only_the_elements_of_the_standard(seen_sample, bare, name):
    """No printer, no time, no code on its face."""
    seen = seen_sample(name)
    text = bare(seen.root.whole_text() + "".join(seen.artifacts))
    for said in ("BB-2026-0117", "办公室工作人员甲", "7K3M", "10:32", "9f2c41d07ab3"):
        assert said not in text, said


def test_a_notice_has_its_reply_slip_bound_in():
    official = meeting_notice.compose(meetings.notice())
    assert official.attachments == ("参会回执",) == tuple(annex.title for annex in official.annexes)
    said = notes(official.annexes[0].body)
    assert said[0].startswith("请于2026年12月2日前将本回执报云山县妇女儿童工作委员会办公室，电话0000-6021。")


def test_many_matters_are_listed_in_an_annex(read):
    """Offices keep the minutes short: the text says how many, a list of who does what is bound in."""
    few = meetings.record()
    assert not minutes.compose(few).annexes
    many = dataclasses.replace(
        few, matters=tuple(f"第{place}件事。由县教育局牵头，2026年9月30日前完成。" for place in range(1, 28))
    )
    seen = read(pdf.render(minutes.compose(many), texts.imprint()))
    said = "".join("".join(page.values()) for page in seen.marks)
    assert "会议议定事项27项，责任分工见附件。" in said
    assert seen.rows()[27] == ["27", "第27件事", "县教育局", "—", "2026年9月30日"]
    worded = dataclasses.replace(many, matters=(*many.matters[:-1], "经费列入预算。"))
    assert read(pdf.render(minutes.compose(worded), texts.imprint())).rows()[27] == ["27", "经费列入预算。"]


def test_the_minutes_set_what_was_said_apart():
    leads = [block.lead for block in minutes.compose(meetings.record()).body]
    assert leads[:4] == ["", "会议指出，", "会议强调，", "会议要求，"]


def test_rates_stand_with_both_numbers_and_their_rule():
    official = bulletin.compose(meetings.circular())
    body = "".join(getattr(block, "text", "") for block in official.body)
    assert "办结率20.0%（4/20），按期办结率（原定时限）75.0%（3/4）" in body
    rules = notes(official.annexes[0].body)[-1]
    assert "办结率＝已办结（含已销号）任务数 ÷ 已交办任务数（不含撤销）" in rules
    assert "经批准延期的8项" in rules
    assert rate_text(dataclasses.replace(meetings.RATES[0], denominator=0)) == "办结率—（4/0）"


def test_previous_items_end_with_their_table():
    """The rules of counting alone would take a page."""
    assert [type(block) for block in previous_items.compose(meetings.previous()).body] == [Text, Note, Table]


def test_units_stand_as_they_are_given():
    """Never by their figures: no league table."""
    units = (UnitFigures(unit="乙", led=1, late=1, going=1), UnitFigures(unit="甲", led=9, done=9))
    official = bulletin.compose(dataclasses.replace(meetings.circular(), units=units))
    table = next(block for block in official.annexes[0].body if isinstance(block, Table))
    assert [row[1:] for row in table.rows] == [["乙", 1, 0, 1, 1, 0, 0], ["甲", 9, 9, 0, 0, 0, 0]]


def test_a_sheet_before_the_meeting_leaves_room_for_the_numbers():
    assert notes(sign_in_sheet.compose(meetings.sheet()).body) == [
        "应到12人，实到　　　人，请假　　　人，缺席　　　人。"
    ]
    marked = dataclasses.replace(meetings.sheet(), came=10, on_leave=1, absent=1)
    assert notes(sign_in_sheet.compose(marked).body) == ["应到12人，实到10人，请假1人，缺席1人。"]


def test_name_cards_stand_two_a_row(seen_sample, bare):
    rows = [[bare(cell) for cell in row] for row in seen_sample("attendee-list").rows()]
    assert [row for row in rows if len(row) == 2][:2] == [["第1单位局长", "负责人2"], ["第3单位局长", "负责人4"]]


def test_columns_that_tell_nothing_of_anybody_are_left_out(read):
    listed = meetings.attendees(4)
    alike = tuple(dataclasses.replace(each, name="") for each in listed.groups[0].attendees)
    bare = dataclasses.replace(
        listed, groups=(dataclasses.replace(listed.groups[0], attendees=alike),), answers="回执", with_name_cards=False
    )
    heads = [
        column.head
        for block in attendee_list.compose(bare).body
        if isinstance(block, Table)
        for column in block.columns
    ]
    assert heads == ["序号", "单位", "职务", "回执", "代会人、事由"]
    row = read(pdf.render(attendee_list.compose(bare), texts.imprint())).rows()[2]
    assert row == ["1", "第1单位", "局长", "—", ""]


def test_a_draft_sheet_leaves_places_to_write_in(read):
    sheet = DraftSheet(
        title="关于召开会议的通知",
        kind="会议通知",
        number="某妇儿工委办〔2026〕　号",
        drafted_by="办公室工作人员",
        drafted_on=meetings.DAY,
        disclosure="依申请公开",
        signing="加盖印章",
        retention="10年",
    )
    rows = read(pdf.render(draft_sheet.compose(sheet), texts.imprint())).rows()
    assert ["紧急程度", "", "公开属性", "依申请公开"] in [[cell.strip() for cell in row] for row in rows]
    assert not any("—" in row[1:] for row in rows[:4])
    done = dataclasses.replace(sheet, urgency="加急", copy_count=40, issued_on=meetings.DAY)
    said = read(pdf.render(draft_sheet.compose(done), texts.imprint())).root.whole_text()
    assert all(word in said for word in ("加急", "40", "2026年11月23日"))

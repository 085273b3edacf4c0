"""Reading of texts: what is found, that every place is right, that nothing is invented, and bad input."""

import io
import json
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.reading.deadlines import deadline_in
from meetings.reading.decoding import Unreadable, decode
from meetings.reading.draft import Role, Section
from meetings.reading.people import is_name
from meetings.reading.reader import read
from meetings.reading.structure import Stretch, Text
from meetings.reading.telling import as_json
from meetings.reading.units import Names, split_list

REPORT = """云岭县召开2026年第一次妇儿工委全体会议

发布时间：2026年3月12日　来源：云岭县融媒体中心

3月10日下午，云岭县妇女儿童工作委员会2026年第一次全体（扩大）会议在县政府三楼会议室召开。县委常委、副县长、县妇儿工委主任王立新出席并讲话，县政府办公室副主任陈小梅主持会议。各成员单位分管领导、联络员参加会议。

会议审议并原则通过了《云岭县妇女儿童工作委员会工作规则》。县妇联主席、县妇儿工委办公室主任赵敏汇报了2025年工作情况。县民政局、县公安局主要负责人作表态发言。

王立新指出，过去一年，各成员单位履职尽责，妇女儿童事业取得新进展。他强调，要提高政治站位，增强做好妇女儿童工作的责任感。由县妇联牵头，县教育局、县卫健委配合，于4月15日前制定重难点指标攻坚方案。

会议要求，各成员单位会后一周内向县妇儿工委办报送任务分工。
"""


def test_a_report_becomes_a_draft():
    draft = read(REPORT)

    assert draft.title.text == "云岭县妇女儿童工作委员会2026年第一次全体（扩大）会议"
    assert (draft.date, draft.date_text.text) == (date(2026, 3, 10), "3月10日下午")
    assert draft.place.text == "县政府三楼会议室"
    assert draft.kind == "全体会议"
    assert [(p.name, p.posts, p.roles) for p in draft.people] == [
        ("王立新", ["县委常委", "副县长", "县妇儿工委主任"], [Role.SPEECH]),
        ("陈小梅", ["县政府办公室副主任"], [Role.CHAIR]),
        ("赵敏", ["县妇联主席", "县妇儿工委办公室主任"], [Role.BRIEFING]),
    ]
    assert [(u.unit, u.role) for u in draft.unit_speakers] == [("县民政局", Role.STANCE), ("县公安局", Role.STANCE)]
    assert [g.text for g in draft.attendee_groups] == ["各成员单位分管领导、联络员"]
    assert [d.text for d in draft.documents] == ["《云岭县妇女儿童工作委员会工作规则》"]
    stated, rhetoric, task, report = draft.requirements
    assert (stated.section, stated.speaker, stated.is_actionable) == (Section.POINTED_OUT, "王立新", False)
    assert (rhetoric.section, rhetoric.speaker, rhetoric.is_actionable) == (Section.STRESSED, "王立新", False)
    assert task.is_actionable
    assert (task.lead_units, task.cooperating_units) == (("县妇联",), ("县教育局", "县卫健委"))
    assert str(task.deadline) == "2026-04-15"
    assert (report.section, report.speaker, str(report.deadline)) == (Section.REQUIRED, None, "2026-03-17")
    assert report.units == ()  # 县妇儿工委办 only receives
    assert report.groups == ("各成员单位",)


def test_every_place_is_that_of_its_words():
    told = as_json(read(REPORT), explained=True)
    source = read(REPORT).source

    assert len(told["requirements"]) == 4
    for each in told["requirements"]:
        assert source[each["start"] : each["end"]] == each["text"]
        assert each["rule"]
        assert each["why"]
    for person, places in zip(told["people"], told["found"]["people"], strict=True):
        assert {source[place["start"] : place["end"]] for place in places} == {person["name"]}


@pytest.mark.parametrize(
    ("words", "base", "expected"),
    [
        ("于9月15日前报送", date(2026, 7, 14), "2026-09-15"),
        ("1月15日前报送", date(2026, 12, 20), "2027-01-15"),
        ("3月1日前报送", date(2026, 7, 14), "3月1日前"),  # eight months off: it may be meant otherwise
        ("8月底前完成", date(2026, 7, 14), "2026-08-31"),
        ("2027年2月底前完成", None, "2027-02-28"),
        ("9月15日前报送", None, "9月15日前"),
        ("年底前完成", date(2026, 7, 14), "2026-12-31"),
        ("每季度末月25日前报送", date(2026, 7, 14), "每季度末月25日前"),
        ("会后一周内报送", date(2026, 7, 14), "2026-07-21"),
        ("会后3个工作日内报送", date(2026, 7, 14), "会后3个工作日内"),
        ("本月底前完成", date(2026, 7, 14), "2026-07-31"),
        ("2月30日前完成", date(2026, 1, 5), "2月30日前"),
        ("年内完成改造", date(2026, 7, 14), "2026-12-31"),
        ("三年内完成改造", date(2026, 7, 14), None),
        ("下周五前拨付", date(2026, 7, 3), "2026-07-10"),
        ("本周三前报送", date(2026, 7, 3), "本周三前"),
        ("规划印发后一个月内报送", date(2026, 7, 14), "规划印发后一个月内"),
        ("秋季开学前（8月31日前）完成", date(2026, 7, 14), "2026-08-31"),
        ("2026年7月14日召开", date(2026, 7, 14), None),
    ],
)
def test_a_deadline_is_its_words_or_the_day_that_they_settle(words, base, expected):
    found = deadline_in(Text(words, words), Stretch(words, 0), base=base)

    assert (str(found) if found else None) == expected


def test_units_are_told_from_what_only_ends_like_one():
    names = Names.of(["妇儿办"])

    for unit in (
        "县教育局",
        "县住房和城乡建设局",
        "县人力资源和社会保障局",
        "团县委",
        "城关镇",
        "县政府办公室",
        "妇儿办",
    ):
        assert names.is_unit(unit), unit
    for none in ("各成员单位", "有关部门", "会议室", "加强工作局", "每个社区", "建立工作专班", "办公室"):
        assert not names.is_unit(none), none
    assert split_list("县教育局、县科学技术和工业信息化局和县民政局等部门") == [
        "县教育局",
        "县科学技术和工业信息化局",
        "县民政局",
    ]


def test_names_are_told_from_words():
    assert all(is_name(name, after_post=True) for name in ("王立新", "欧阳春", "古丽娜尔", "阿依·买买提", "𠮷某"))
    assert not any(is_name(word, after_post=True) for word in ("分别", "主持", "参加会议", "单位", "在会上"))
    assert not is_name("妇女工作", after_post=False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "没有文字"),
        ("首页\n政务公开\n互动交流\n网站地图", "没有找到正文"),
        ("近日，县妇联走访慰问困境儿童，为他们送去书包和棉衣，并详细了解学习情况。", "没有找到会议"),
        ("\x00\x01\x02", "没有文字"),
    ],
)
def test_a_text_that_is_no_meeting_gives_an_empty_draft_with_the_reason(text, why):
    draft = read(text)

    assert why in draft.reason
    assert as_json(draft) == {
        **dict.fromkeys(("title", "date", "date_text", "place", "kind")),
        **{name: [] for name in ("people", "unit_speakers", "attendee_groups", "documents", "requirements")},
        "reason": draft.reason,
    }


def test_bytes_are_read_in_the_encodings_of_offices():
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert decode(REPORT.encode(encoding)) == REPORT, encoding


def test_a_word_file_reads_like_pasted_text():
    document = Document()
    for line in REPORT.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(2, 3)
    for place, text in enumerate(("工作任务", "牵头单位", "完成时限", "建立儿童之家台账", "县民政局", "2026年6月底前")):
        table.cell(place // 3, place % 3).text = text
    file = io.BytesIO()
    document.save(file)

    draft = read(decode(file.getvalue()))

    assert draft.title.text == read(REPORT).title.text
    assert (draft.requirements[-1].units, str(draft.requirements[-1].deadline)) == (("县民政局",), "2026-06-30")


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 120_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 \x00", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xd0\xcf\x11\xe0", ".doc"),
        (b"PK\x03\x04broken", "损坏"),
        (_bomb, "解压后过大"),
        (b"\xff" * 50, "编码"),
        (("会" * 1_000_001).encode(), "100 万字"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, why):
    with pytest.raises(Unreadable, match=why):
        decode(content() if callable(content) else content)


def test_markup_and_traditional_characters_are_read():
    page = "".join(f"<p class='x'>{line}</p>\n" for line in REPORT.split("\n")) + "<script>alert('。')</script>"
    assert [r.found.text for r in read(page).requirements] == [r.found.text for r in read(REPORT).requirements]

    import opencc

    traditional = opencc.OpenCC("s2t").convert(REPORT)
    draft = read(traditional)
    assert len(draft.requirements) == 4
    assert all(each.found.text in traditional for each in draft.requirements)
    assert str(draft.requirements[2].deadline) == "2026-04-15"


def test_formulas_controls_and_a_long_text_do_no_harm():
    for typed in ("=1+1", '=HYPERLINK("x")', "\x00\x07", "\u202e", "{{7*7}}", "%s%n", "🚌" * 50):
        draft = read(f"{typed}\n{REPORT}{typed}")
        assert [r.deadline and str(r.deadline) for r in draft.requirements] == [
            r.deadline and str(r.deadline) for r in read(REPORT).requirements
        ], typed
    started = time.process_time()
    assert read(REPORT * (1_000_000 // len(REPORT.encode()))).title  # 1 MB
    assert time.process_time() - started < 12


def test_ten_thousand_characters_are_read_at_once():
    from tests.reading.score import milliseconds

    assert milliseconds() < 100 * 4  # under 100 on a quiet machine: python -m tests.reading.score prints it


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        ("会前，云岭县还召开了2026年第二次联络员工作例会，安排有关事项。", True),
        ("4月2日，云岭县妇儿工委联络员会议在县妇联召开。会议要求，各成员单位要报送数据。", True),
        ("会议传达学习了全州妇女儿童工作会议精神。", False),
    ],
)
def test_two_meetings_in_one_text_are_told(other, is_told):
    assert any("另一次会议" in warning for warning in read(f"{REPORT}\n{other}").warnings) is is_told
    assert read(REPORT).warnings == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="会议要求，。；、（）《》“”县局由牵头配合前月日一二三是1234 \n\t某王", max_size=300))
def test_whatever_is_typed_places_stay_within_the_text(text):
    draft = read(text)

    for each in draft.requirements:
        assert draft.source[each.found.start : each.found.end] == each.found.text
    json.dumps(as_json(draft, explained=True))


def test_the_published_report_is_read_as_a_person_would():
    seed = Path("../shared/data/seed-page.txt")
    if not seed.exists():
        pytest.skip("the published report is not here")
    draft = read(seed.read_text("utf-8"))

    assert (draft.date, draft.date_text.text, draft.place) == (None, "近日", None)
    assert [len(person.posts) for person in draft.people] == [3, 2, 2]
    assert [each.unit for each in draft.unit_speakers] == ["县教育局", "县卫健委", "县统计局"]
    assert len(draft.attendee_groups) == 2
    assert len(draft.documents) == 1
    assert [sum(each.is_actionable for each in draft.requirements), len(draft.requirements)] == [6, 11]
    assert not any(each.units or each.deadline for each in draft.requirements)


def test_texts_in_the_manner_of_offices_are_read_as_well_as_was_asked():
    from tests.reading.score import score, texts

    tallies = score()

    assert len(texts()) >= 40
    for kind in ("people and posts", "speaking units", "documents", "units", "deadlines"):
        assert tallies[kind].f1 >= 0.95, (kind, tallies[kind].missed, tallies[kind].invented)
    actionable = tallies["actionable spans"]
    assert actionable.recall >= 0.95, actionable.missed
    assert actionable.precision >= 0.9, actionable.invented
    assert tallies["days"].precision == 1.0  # no day is invented

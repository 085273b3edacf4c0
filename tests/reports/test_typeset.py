"""Where lines break, how they are squeezed and spread."""

import re
import string
from collections import defaultdict
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports import typeset
from reports.titles import title_lines
from reports.typeset import Line, break_lines, clean, clusters, page_shares, positions, squeezable, wrap


class Widths(dict):
    def __missing__(self, codepoint):
        return 500.0 if codepoint < 0x250 else 1000.0


WIDTHS = Widths()
NEVER_FIRST = "，。、；：？！”’）》〉】〕—…·～％%℃"
NEVER_LAST = "“‘（《〈【〔￥"
HANZI = "妇女儿童工作委员会办公室落实责任㐂龘𠮷𬱖"
LETTERS = st.text(HANZI + "年月日万元个", min_size=1, max_size=8)
PIECES = st.one_of(
    LETTERS,
    st.integers(0, 99999).map(str),
    st.sampled_from(["2026年", "98.6%", "3,580.5万元", "12个", "5公里", "PDF", "GB/T", "——", "……"]),
    st.sampled_from(list("，。、；：？！”》）")),
    st.sampled_from(list("“《（")),
    st.just(" "),
)


def sentences():
    """Texts as people write them: marks stand alone between words, no more than two together."""

    def joined(parts):
        text = ""
        for part in parts:
            crowded = len(text) > 1 and not text[-1].isalnum() and not text[-2].isalnum()
            text += "县" + part if crowded and not part[0].isalnum() else part
        return text

    return st.lists(PIECES, min_size=1, max_size=40).map(joined)


def width(text):
    return sum(WIDTHS[ord(char)] for char in text)


def squashed(text):
    return re.sub(r"\s", "", text)


@settings(max_examples=150, deadline=None)
@given(sentences(), st.integers(9, 40))
@example("“ 3,580.5万元 ——", 9)  # no place in it is a good one
def test_no_line_starts_or_ends_with_a_forbidden_mark(text, em):
    lines = wrap(text, WIDTHS, em * 1000)
    for before, after in pairwise(lines):
        assert after.strip()[0] not in NEVER_FIRST
        assert before.strip()[-1] not in NEVER_LAST


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.integers(1, 30))
def test_lines_keep_every_character_and_fit(text, em):
    text = clean(text)
    lines = wrap(text, WIDTHS, em * 1000)
    assert squashed("".join(lines)) == squashed(text)
    assert all(width(line.rstrip()) <= em * 1000 + 1 or len(line.rstrip()) == 1 for line in lines)


@settings(max_examples=150, deadline=None)
@given(sentences(), st.integers(9, 30))
def test_paragraph_lines_fit_once_squeezed(text, em):
    measure = em * 1000
    lines = break_lines(text, WIDTHS, measure, indent=2000)
    assert squashed("".join(line.text for line in lines)) == squashed(text)
    for place, line in enumerate(lines):
        room = measure - (0 if place else 2000)
        at = positions(line, WIDTHS, room)
        assert len(at) == len(line.text)
        assert at == sorted(at)
        assert line.width <= room + squeezable(line.text, WIDTHS) + 1
        if line.text:
            end = at[-1] + WIDTHS[ord(line.text[-1])]
            gives = 500 if line.text[-1] in typeset.SQUEEZED_AFTER else 0
            assert end - gives <= room + 1
    assert [line.is_last for line in lines] == [False] * (len(lines) - 1) + [True]


@settings(deadline=None)
@given(sentences())
def test_clusters_make_up_the_text(text):
    assert "".join(clusters(text)) == text


def test_dashes_and_dots_and_numbers_stay_whole():
    text = "投入资金3,580.5万元，完成率98.6%，自2026年9月30日起……落到实处——不走过场，共12公里。"
    for em in range(9, 30):
        joined = "|".join(line.strip() for line in wrap(text, WIDTHS, em * 1000))
        for whole in ("——", "……", "3,580.5万元", "98.6%", "2026年", "30日", "12公里"):
            assert whole in joined, (em, joined)


def test_a_number_keeps_its_unit_over_a_space():
    assert [each for each in clusters("逾期 11 个工作日") if "11" in each] == ["11 个"]
    lines = wrap("时限2026年11月10日，逾期 11 个工作日。", WIDTHS, 16_000)
    assert not any(line.rstrip().endswith("11") for line in lines)


def test_a_word_longer_than_the_line_is_cut():
    assert wrap("A" * 50, WIDTHS, 10_000) == ("A" * 20, "A" * 20, "A" * 10)


def test_marks_only_still_come_to_an_end():
    lines = wrap("，" * 100, WIDTHS, 5000)
    assert "".join(lines) == "，" * 100
    assert max(map(len, lines)) == 5


def test_plain_hanzi_fill_the_line():
    assert wrap("妇" * 25, WIDTHS, 10_000) == ("妇" * 10, "妇" * 10, "妇" * 5)


def test_line_ends_and_spaces():
    assert wrap("", WIDTHS, 9000) == ("",)
    assert wrap("甲\n\n乙", WIDTHS, 9000) == ("甲", "", "乙")
    assert wrap("ab cd ef", WIDTHS, 2600) == ("ab cd ", "ef")


def test_a_mark_that_sticks_out_is_pulled_in():
    text = "会议强调，要坚持，做到项目王，好好做"
    lines = break_lines(text, WIDTHS, 14_000)
    assert lines[0].text.endswith("王，")
    assert lines[0].width == 15_000
    at = positions(lines[0], WIDTHS, 14_000)
    assert at[-1] + 500 <= 14_000


def test_opening_marks_are_squeezed_before_their_ink():
    line = Line("甲“乙", 3000, is_last=False)
    assert positions(line, WIDTHS, 2500) == [0, 500, 1500]


def test_a_full_line_is_spread_but_not_inside_numbers():
    line = Line("共12项任务", 5000, is_last=False)
    at = positions(line, WIDTHS, 5400)
    assert at[2] - at[1] == 500
    assert at[-1] + 1000 == 5400


def test_a_last_or_nearly_empty_line_keeps_its_width():
    assert positions(Line("共同", 2000, is_last=True), WIDTHS, 9000) == [0, 1000]
    assert positions(Line("共同", 2000, is_last=False), WIDTHS, 9000) == [0, 1000]
    assert positions(Line("——", 2000, is_last=False), WIDTHS, 2100) == [0, 1000]


def test_clean_takes_out_what_cannot_be_printed():
    assert clean("甲\x00\x07乙\r\n丙\u2028丁\ud800\ufeff\u200b") == "甲乙\n丙\n丁"
    assert clean("a\tb") == "a b"
    assert clean("e\u0301") == "é"
    assert clean("\uf900") == "\uf900"
    assert clean("妇\U000e0100") == "妇"
    assert clean("长" * 30_000) == "长" * typeset.MAX_CHARS + "……"


@settings(deadline=None)
@given(st.text(string.printable + HANZI))
def test_clean_is_done_once(text):
    assert clean(clean(text)) == clean(text)


def test_widths_are_asked_for_by_code_point():
    asked = defaultdict(lambda: 1000.0)
    wrap("𠮷" * 30, asked, 10_000)
    assert set(asked) == {0x20BB7}


@settings(max_examples=150, deadline=None)
@given(sentences(), st.integers(9, 30), st.sampled_from([0, 250]), st.integers(0, 4))
def test_hanging_lines_with_room_between_scripts_fit(text, em, spacing, hang):
    measure = em * 1000
    lines = break_lines(text, WIDTHS, measure, indent=2000, hang=hang * 1000, spacing=spacing)
    assert squashed("".join(line.text for line in lines)) == squashed(text)
    assert [text[line.start :].lstrip().startswith(line.text.lstrip()) for line in lines] == [True] * len(lines)
    for line in lines:
        room = measure - (hang * 1000 if line.start else 2000)
        at = positions(line, WIDTHS, room, spacing)
        assert at == sorted(at)
        if line.text:
            end = at[-1] + WIDTHS[ord(line.text[-1])]
            gives = 500 if line.text[-1] in typeset.SQUEEZED_AFTER else 0
            assert end - gives <= room + 1 or len(clusters(line.text)) == 1


@settings(max_examples=100, deadline=None)
@given(sentences(), st.integers(9, 30))
def test_paragraphs_begin_and_end_no_line_with_a_forbidden_mark(text, em):
    lines = [line.text.strip() for line in break_lines(text, WIDTHS, em * 1000, indent=2000, spacing=250)]
    for before, after in pairwise(lines):
        assert after[0] not in NEVER_FIRST
        assert before[-1] not in NEVER_LAST


def test_hanzi_and_latin_stand_a_quarter_em_apart():
    text = "共12项GDP增速98.6%以上，第2次"
    known = typeset.gaps(text, [1000.0] * len(text), 250)
    assert {text[place] for place, gap in known.items() if gap == 250} == {"1", "项", "G", "增", "9", "以", "2", "次"}
    (line,) = break_lines(text, WIDTHS, 40_000, spacing=250)
    assert line.width == width(text) + 8 * 250
    at = positions(line, WIDTHS, 40_000, 250)
    assert at[1] == 1000 + 250 and at[3] == 1000 + 250 + 1000 + 250
    first, second = break_lines("妇女儿童GDP", WIDTHS, 4200, spacing=250)
    assert (first.width, second.width, positions(second, WIDTHS, 4200, 250)[0]) == (4000, 1500, 0)


def test_a_paragraph_of_two_faces_is_measured_by_each():
    text = "提示abc正文"
    advances = [1000, 1000, 700, 700, 700, 1000, 1000]
    (line,) = break_lines(text, advances, 9000)
    assert line.width == sum(advances)
    lines = break_lines(text, advances, 4200)
    assert [line.text for line in lines] == ["提示abc", "正文"]
    assert positions(lines[1], advances, 4200) == [0, 1000]


@settings(deadline=None)
@given(st.integers(1, 200), st.integers(0, 30), st.integers(2, 30))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(count, room, full):
    room = min(room, full)
    shares = page_shares(count, room, full)
    assert sum(shares) == count
    assert all(share <= (full if place else room) for place, share in enumerate(shares))
    if count >= 4 and full >= 4:
        assert all(share != 1 for share in shares)


def test_pages_are_filled_where_the_widow_rule_allows():
    assert page_shares(10, 6, 22) == [6, 4]
    assert page_shares(7, 6, 22) == [5, 2]
    assert page_shares(3, 2, 22) == [0, 3]
    assert page_shares(5, 1, 22) == [0, 5]
    assert page_shares(60, 22, 22) == [22, 22, 16]


FULL = 20_000.0


def titles(*, least=1):
    words = st.sampled_from(
        ["关于", "做好", "2026年", "妇女儿童", "工作委员会", "会议", "的", "通知", "《规划》", "第2次"]
    )
    return st.lists(words, min_size=least, max_size=16).map("".join)


@settings(max_examples=100, deadline=None)
@given(titles())
def test_titles_keep_every_character_and_fit(text):
    lines = title_lines(text, WIDTHS, FULL)
    assert "".join(lines) == text
    assert all(width(line) <= FULL for line in lines)
    assert len(lines) <= -int(-width(text) // FULL) + 1


def test_titles_cut_no_word_and_stand_as_trapezoid_or_rhombus():
    for text in (
        "关于做好2026年第2次全体会议议定事项落实情况督办工作的通知",
        "云山县妇女儿童工作委员会办公室关于印发《云山县妇女儿童发展规划（2026—2030年）任务分解表》的通知",
        "关于召开县妇女儿童工作委员会2026年第2次全体会议的通知",
    ):
        lines = title_lines(text, WIDTHS, FULL)
        lengths = [width(line) for line in lines]
        assert len(lines) > 1 and len(set(lengths)) > 1
        turns = [after - before for before, after in pairwise(lengths)]
        assert not (turns[0] < 0 < turns[-1])
        joined = "|".join(lines)
        words = (
            "妇女儿童",
            "委员会",
            "办公室",
            "全体会议",
            "督办",
            "通知",
            "任务分解表",
            "2026年",
            "第2次",
            "发展规划",
        )
        assert all(word in joined for word in words if word in text), joined


def test_a_title_of_one_line_and_of_none():
    assert title_lines("关于工作的通知", WIDTHS, FULL) == ("关于工作的通知",)
    assert title_lines("", WIDTHS, FULL) == ("",)
    assert len(title_lines("很长的题目" * 60, WIDTHS, FULL)) >= 15


def test_marks_together_take_one_and_a_half():
    text = "《规划》（甲）。乙"
    (line,) = break_lines(text, WIDTHS, 40_000, spacing=250)
    assert line.width == len(text) * 1000 - 2 * 500
    at = positions(line, WIDTHS, 40_000, 250)
    assert at[4] - at[3] == 500 and at[7] - at[6] == 500
    assert squeezable(text, WIDTHS, 250) == (5 - 2) * 500
    first, second = break_lines("甲乙丙》（丁戊", WIDTHS, 4000, spacing=250)
    assert (first.text, second.text) == ("甲乙丙》", "（丁戊")
    assert second.width == 3000


def test_a_last_line_has_more_than_one_character():
    assert [line.text for line in break_lines("一二三四五。", WIDTHS, 4500)] == ["一二三", "四五。"]
    assert [line.text for line in break_lines("一二三四五六", WIDTHS, 4000)] == ["一二三四", "五六"]
    assert [line.text for line in break_lines("一2026年十", WIDTHS, 4000)] == ["一", "2026年十"]
    assert [line.text for line in break_lines("2026年十", WIDTHS, 3000)] == ["2026年", "十"]

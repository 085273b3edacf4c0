"""Where lines break, how they are squeezed and spread."""

import re
import string
from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reports import typeset
from reports.typeset import Line, break_lines, clean, clusters, positions, squeezable, wrap


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


@given(sentences())
def test_clusters_make_up_the_text(text):
    assert "".join(clusters(text)) == text


def test_dashes_and_dots_and_numbers_stay_whole():
    text = "投入资金3,580.5万元，完成率98.6%，自2026年9月30日起……落到实处——不走过场，共12公里。"
    for em in range(9, 30):
        joined = "|".join(line.strip() for line in wrap(text, WIDTHS, em * 1000))
        for whole in ("——", "……", "3,580.5万元", "98.6%", "2026年", "30日", "12公里"):
            assert whole in joined, (em, joined)


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


@given(st.text(string.printable + HANZI))
def test_clean_is_done_once(text):
    assert clean(clean(text)) == clean(text)


def test_widths_are_asked_for_by_code_point():
    asked = defaultdict(lambda: 1000.0)
    wrap("𠮷" * 30, asked, 10_000)
    assert set(asked) == {0x20BB7}

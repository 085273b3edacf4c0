"""How texts are cut, what counts of what was typed, and what is marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.search import rules
from tests.search.test_index import MIXED, holds


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("儿童", ["儿童", "童"]),
        ("兒童工作", ["儿童", "童工", "工作", "作"]),
        ("儿，童", ["儿", "童"]),
        ("2026年第2次", ["2026", "年第", "第", "2", "次"]),
        ("ＡＢＣ１２ Def_g", ["abc12", "def", "g"]),
        ("𠮷𬱖", ["𠮷𬱖", "𬱖"]),
        ("", []),
        ("%_\x00🙂", []),
        ("a" * 130, ["a" * 64, "a" * 64, "aa"]),
    ],
)
def test_texts_are_cut_into_pairs_and_words(text, tokens):
    assert rules.tokens(text) == tokens


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("儿童", [rules.Phrase(("儿童",))]),
        ("儿童工作", [rules.Phrase(("儿童", "童工", "工作"))]),
        ("童", [rules.Phrase(("童",), is_open=True)]),
        ("a童", [rules.Phrase(("a", "童"), is_open=True)]),
        ("童a", [rules.Phrase(("童", "a"))]),
        ("儿童 2026", [rules.Phrase(("儿童",)), rules.Phrase(("2026",))]),
        ("的 儿童 了", [rules.Phrase(("儿童",))]),
        ("一 二 三", [rules.Phrase(("一",), is_open=True), rules.Phrase(("二",), is_open=True)]),
        ("。，", []),
    ],
)
def test_what_was_typed_becomes_phrases(typed, phrases):
    assert rules.phrases(typed) == phrases


def test_of_many_words_the_longest_count():
    typed = " ".join(["甲乙" + "丙" * n for n in range(20)])
    assert len(rules.phrases(typed)) == rules.MOST_PHRASES


@given(st.text(MIXED, max_size=60), st.text(MIXED, min_size=1, max_size=6))
def test_what_is_marked_is_what_was_found(text, typed):
    phrases = rules.phrases(rules.wanted(typed))
    for phrase in phrases:
        segments = rules.marked(text, rules.pattern([phrase]))
        assert "".join(part for _is_found, part in segments) == text
        assert any(is_found for is_found, _part in segments) == holds(text, phrase)


def test_the_context_is_a_line_around_the_first_place():
    text = "前文。" * 40 + "关键\n之处" + "后文。" * 80
    said = rules.context(text, rules.pattern(rules.phrases("关键")))
    assert said[0] == (False, "…")
    assert (True, "关键") in said
    assert said[-1] == (False, "…")
    assert "\n" not in "".join(part for _is_found, part in said)
    assert len("".join(part for _is_found, part in said)) < 180


def test_pieces_overlap_so_that_nothing_falls_between():
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 12_345)))
    pieces = rules.pieces(text)
    assert all(len(piece) <= rules.PIECE for piece in pieces)
    for at in range(0, len(text) - rules.OVERLAP, 37):
        assert any(text[at : at + rules.OVERLAP] in piece for piece in pieces)
    assert rules.pieces("") == [""]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2026-041", "2026-041"),
        ("２０２６—041", "2026-041"),
        ("2026-", None),
        ("2026-0411234", None),
        ("x2026-1", None),
    ],
)
def test_numbers_of_tasks(typed, number):
    assert rules.task_number(typed) == number


def test_numbers_of_documents_are_compared_without_their_brackets():
    plain = rules.document_number("×政办〔2026〕3号")
    assert plain
    assert {rules.document_number(t) for t in ("×政办[2026]3", "×政办（2026） 第3号", "×政办【2026】3号")} == {plain}
    assert rules.document_number("政办") is None
    assert rules.plain_number("×政办〔2026〕3号") == plain
    assert not re.search("号", plain)

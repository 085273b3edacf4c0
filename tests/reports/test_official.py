"""Official papers: every element in its place, measured from the PDF itself, next to GB/T 9704-2012."""

from datetime import date

import pypdfium2
import pytest

from reports import sheet
from reports.blocks import Annex, Fields, Heading, Official, Table, Text
from reports.flow import MM
from reports.samples import forms, texts
from tests.reports.measuring import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOLERANCE,
    TOP,
    base_lines,
    box,
    chars,
    made,
    near,
    rules,
    simple,
)


def test_the_page_has_twenty_two_lines_of_twenty_eight_characters():
    paper = made(simple(body=(Text("妇" * 28 * 60),)))
    second = [box for char, box in chars(paper, 1) if char == "妇"]
    assert len(second) == 22 * 28
    assert near(min(box[0] for box in second), LEFT)
    assert near(max(box[2] for box in second), RIGHT)
    lines = sorted({round(y, 1) for x, y, size in base_lines(paper, 1) if size == sheet.SIZE}, reverse=True)
    assert len(lines) == 22
    assert near(lines[0] + 0.88 * 15.75, TOP)
    assert near(lines[-1] - 0.12 * 15.75, BOTTOM)
    pitch = (lines[0] - lines[-1]) / 21
    assert near(pitch, 15.75 * 15 / 8)
    columns = sorted({round(box[0], 1) for box in second})
    assert len(columns) == 28
    assert near((columns[-1] - columns[0]) / 27, 156 * MM / 28)


def test_the_mark_stands_thirty_five_millimetres_under_the_edge_and_fits():
    for mark in ("某县人民政府文件", "云山县妇女儿童工作委员会办公室文件", "云山县" * 9 + "文件"):
        left, _, right, top = box(made(simple(mark=mark)), mark, loose=False)
        assert near(top, TOP - 35 * MM)
        assert left > LEFT - TOLERANCE and right < RIGHT + TOLERANCE
        assert near((left + right) / 2, (LEFT + RIGHT) / 2)
    paper = made(simple(mark="某县文件"))
    _, bottom, _, top = box(paper, "某县文件", loose=False)
    assert near(top - bottom, 15 * MM)


def test_the_red_rule_stands_four_millimetres_under_the_number():
    paper = made(simple(number="某办〔2026〕12号"))
    ((left, right, y, width),) = rules(paper)
    number = next(line for line in base_lines(paper) if line[2] == sheet.SIZE)
    assert near(left, LEFT) and near(right, RIGHT)
    assert near(number[1] - 0.12 * sheet.SIZE - y, 4 * MM)
    assert near(width, sheet.MM * 0.5)
    left, _, right, _ = box(paper, "某办〔2026〕12号")
    assert near((left + right) / 2, (LEFT + RIGHT) / 2)


def test_a_draft_leaves_room_for_its_number(read):
    assert "某办〔2026〕　号" in read(made(simple(number_prefix="某办", year=2026))).root.whole_text()
    assert "第　期" in read(made(simple(form="brief"))).root.whole_text()
    assert "第　号" in read(made(simple(form="minutes"))).root.whole_text()


def test_an_upward_paper_names_its_signer():
    paper = made(simple(number="某办〔2026〕12号", signers_name="主任甲"))
    number, signer = box(paper, "某办〔2026〕12号"), box(paper, "签发人：主任甲")
    assert near(number[0], LEFT + sheet.PITCH)
    assert near(signer[2], RIGHT - sheet.PITCH)
    assert near(number[1], signer[1])


def test_urgency_and_copy_number_stand_top_left():
    paper = made(simple(copy_number="000001", urgency="特急"))
    assert near(box(paper, "000001")[0], LEFT)
    assert near(box(paper, "特急")[0], LEFT)
    (first, second) = sorted(base_lines(paper)[:2], key=lambda line: -line[1])
    assert near(first[1] + 0.88 * sheet.SIZE, TOP)
    assert near(first[1] - second[1], (225 * MM - 15.75) / 21)


def test_title_and_addressees_and_text_follow_on_the_grid():
    paper = made(simple(addressees="各单位", body=(Text("正文开始。"),)))
    (rule,) = rules(paper)
    title = next(line for line in base_lines(paper) if line[2] == sheet.LARGE)
    assert near(rule[2] - (title[1] + 0.88 * sheet.LARGE), 2 * (225 * MM - 15.75) / 21)
    assert near(box(paper, "各单位：")[0], LEFT)
    assert near(box(paper, "正文开始。")[0], LEFT + 2 * sheet.PITCH)
    rows = [(TOP - 0.88 * sheet.SIZE - y) / ((225 * MM - 15.75) / 21) for _, y, size in base_lines(paper)[-3:-1]]
    assert all(abs(row - round(row)) < 0.02 for row in rows)


def test_addressees_move_to_the_end_when_the_first_page_would_show_no_text(read):
    many = "、".join(f"第{place}乡镇人民政府" for place in range(120))
    paper = made(simple(addressees=many, body=(Text("正文开始。"),), printed_by="办公室"))
    seen = read(paper)
    assert "正文开始。" in seen.marks[0][max(mark for mark, text in seen.marks[0].items() if "正文" in text)]
    assert f"主送：{many}。" in seen.root.whole_text()


def test_page_numbers_stand_seven_millimetres_under_the_text():
    paper = made(simple(body=(Text("妇" * 28 * 60),)))
    for page, words in enumerate(("— 1 —", "— 2 —", "— 3 —")):
        left, _, right, _ = box(paper, words, page)
        _, bottom, _, top = box(paper, "—", page, loose=False)
        assert near((bottom + top) / 2, BOTTOM - 7 * MM)
        if page % 2:
            assert near(left, LEFT + sheet.SMALL)
        else:
            assert near(right, RIGHT - sheet.SMALL)


def test_the_colophon_lies_on_the_foot_with_its_rules():
    paper = made(simple(copies_to="县人大办，县政协办", printed_by="某县妇儿工委办", printed_on=date(2026, 1, 5)))
    _, *found = rules(paper)
    assert [round(width / MM, 2) for *_, width in found] == [0.35, 0.25, 0.35]
    assert all(near(left, LEFT) and near(right, RIGHT) for left, right, *_ in found)
    assert near(found[-1][2], BOTTOM)
    copies, office, day = box(paper, "抄送："), box(paper, "某县妇儿工委办"), box(paper, "2026年1月5日印发")
    assert near(copies[0], LEFT + sheet.SMALL)
    assert near(office[0], LEFT + sheet.SMALL)
    assert near(day[2], RIGHT - sheet.SMALL)
    assert found[2][2] < office[1] < found[1][2] < copies[1] < found[0][2]


def test_a_verification_code_stands_outside_the_text_area_and_only_where_it_is_wanted(read):
    paper = simple(body=(Text("正" * 700),), signature="某县办公室", day=date(2026, 11, 23))
    assert "核验码" not in "".join("".join(page.values()) for page in read(made(paper)).marks)
    coded = made(paper, is_verified=True)
    assert coded.page_count > 1
    low, top = box(coded, "核验码：")[1], box(coded, "核验码：")[3]
    assert top < BOTTOM - 7 * MM - 10 and low > 8 * MM
    number = box(coded, "—1—")
    assert top < number[1]
    assert "核验码" not in "".join(char for char, _ in chars(coded, 1))


def test_attachments_are_named_under_each_other():
    names = ("任务分解表", "很长的附件名称" * 6)
    paper = made(simple(body=(Text("正文。"),), attachments=names))
    label, first = box(paper, "附件：1."), box(paper, "任务分解表")
    assert near(label[0], LEFT + 2 * sheet.PITCH)
    second = box(paper, "很长的附件名称")
    assert near(first[0], second[0])
    starts = sorted({round(x) for x, _, size in base_lines(paper) if size == sheet.SIZE})
    assert any(abs(start - second[0]) < TOLERANCE for start in starts)


def test_annexes_are_bound_in_and_numbered_on():
    annexes = (Annex(title="一览表", body=(Text("内容。"),)), Annex(title="说明", body=(Text("说明文字。"),)))
    paper = made(simple(body=(Text("正文。"),), annexes=annexes, printed_by="办公室"))
    assert paper.page_count == 3
    line = (225 * MM - 15.75) / 21
    for page, (label, title) in enumerate((("附件1", "一览表"), ("附件2", "说明")), 1):
        assert near(box(paper, label, page)[0], LEFT)
        place = next(line_ for line_ in base_lines(paper, page) if line_[2] == sheet.LARGE)
        assert near(TOP - place[1] - 0.88 * sheet.LARGE, 2 * line)
        assert box(paper, f"— {page + 1} —", page)
        assert box(paper, title, page)
    assert not any(width for *_, width in rules(paper, 1))
    assert len(rules(paper, 2)) == 2


def test_turned_tables_keep_the_number_on_the_upright_sheet():
    paper = made(forms.document())
    for page in (2, 3):
        width, height = pypdfium2.PdfDocument(bytes(paper))[page].get_size()
        assert (round(width / MM), round(height / MM)) == (210, 297)
        number = box(paper, f"— {page + 1} —", page)
        assert near(number[2], RIGHT - sheet.SMALL) if page % 2 == 0 else near(number[0], LEFT + sheet.SMALL)
        head = box(paper, "责任单位", page)
        assert head[3] - head[1] > head[2] - head[0]
        assert head[0] < (LEFT + RIGHT) / 2
        assert head[0] > LEFT - TOLERANCE and head[1] > BOTTOM - TOLERANCE and head[3] < TOP + TOLERANCE


def test_a_letter_has_double_rules_and_no_first_number():
    paper = made(forms.letter())
    assert near(box(paper, forms.OFFICE, loose=False)[3], (297 - 30) * MM)
    upper, lower = rules(paper)[:2], rules(paper)[2:]
    for left, right, *_ in (*upper, *lower):
        assert near(left, 20 * MM) and near(right, 190 * MM)
    assert upper[0][3] > upper[1][3] and upper[0][2] > upper[1][2]
    assert lower[0][3] > lower[1][3] and lower[0][2] < lower[1][2]
    mark = box(paper, forms.OFFICE, loose=False)
    assert near(mark[1] - (upper[0][2] + upper[0][3] / 2), 4 * MM)
    assert near(lower[0][2] - lower[0][3] / 2, 20 * MM)
    assert "—1—" not in "".join(char for char, _ in chars(paper))
    assert box(paper, "— 2 —", 1)
    assert rules(paper, 1) == []


def test_minutes_name_who_attended_with_hanging_names():
    paper = made(forms.minutes())
    page = paper.page_count - 1
    label = box(paper, "出席：", page)
    assert near(label[0], LEFT + 2 * sheet.PITCH)
    under = [x for x, _, size in base_lines(paper, page) if size == sheet.SIZE]
    assert sum(1 for x in under if near(x, LEFT + 5 * sheet.PITCH)) >= 4
    for word in ("请假：", "列席："):
        assert near(box(paper, word, page)[0], label[0])


def test_minutes_and_briefs_bear_office_and_day_in_the_head():
    for paper in (made(forms.minutes()), made(forms.brief())):
        assert near(box(paper, "2026年11月23日")[2], RIGHT - sheet.PITCH)
        (left, right, *_) = rules(paper)[0]
        assert near(left, LEFT) and near(right, RIGHT)


def test_a_blank_page_before_the_colophon_bears_no_number():
    body = (Text("正" * (28 * 31)),)
    paper = made(simple(body=body, copies_to="单位，" * 172, printed_by="办公室"))
    assert paper.page_count == 4
    assert chars(paper, 2) == []
    assert "—4—" not in "".join(char for char, _ in chars(paper, 3))
    assert box(paper, "— 2 —", 1)


@pytest.mark.parametrize("form", ["brief", "minutes", "document"])
def test_the_colophon_never_stands_without_text(form, read):
    """Whatever the length of the text, its last lines go on to the page of the 版记."""
    for count in range(200, 700, 28):
        paper = made(simple(form=form, body=(Text("正" * count),), copies_to="各单位", printed_by="办公室"))
        last = "".join(read(paper).marks[-1].values())
        assert "正" in last and "各单位" in last, count


@pytest.mark.parametrize(("boxes", "pages"), [(4, 2), (5, 2), (6, 3), (9, 3)])
def test_a_form_before_the_colophon_is_set_lower_or_ends_on_its_page(boxes, pages, read):
    """The 版记 never stands on a page of its own after a form: the boxes are lower, or the last goes with it."""
    form = Fields(tuple((f"意见{place}", "", 6) for place in range(boxes)))
    annex = Annex(title="反馈单", body=(form,))
    paper = made(simple(body=(Text("正文。"),), annexes=(annex,), copies_to="县政府督查室", printed_by="办公室"))
    assert paper.page_count == pages
    last = "".join(read(paper).marks[-1].values())
    assert "县政府督查室" in last and f"意见{boxes - 1}" in last


def test_headings_have_their_faces_and_run_in(read):
    body = (
        Heading("一、总体要求"),
        Text("正文。"),
        Heading("（一）压实责任。", 2),
        Text("各单位要落实。"),
        Heading("1．按月调度", 3),
        Text("正文。"),
    )
    seen = read(made(simple(body=body)))
    assert [node.text for node in seen.root.all("H2")] == ["一、总体要求"]
    assert "（一）压实责任。各单位要落实。" in [node.text for node in seen.root.all("P")]
    names = [str(font.BaseFont) for font in seen.pdf.pages[0].obj.Resources.Font.values()]
    assert all(
        any(part in name for name in names) for part in ("NotoSansSC", "LXGWWenKai", "FandolFang", "NotoSerifSC")
    )


def test_headings_may_begin_at_any_level(read):
    body = (Heading("1．先说", 3), Text("正文。"), Heading("（一）再说", 2), Heading("一、最后", 1))
    seen = read(made(simple(body=body)))
    with seen.pdf.open_outline() as outline:
        (paper,) = outline.root
        first, last = paper.children
        assert (first.title, first.children[0].title, last.title) == ("1．先说", "（一）再说", "一、最后")


def test_a_heading_never_ends_a_page(read):
    for count in range(200, 420, 20):
        body = (Text("正" * count), Heading("一、总体要求"), Text("后" * 60))
        for marks in read(made(simple(body=body))).marks:
            said = "".join(marks.values())
            assert "总体要求" not in said or "后" in said


def test_fields_and_tables_stand_between_lines_of_the_grid():
    body = (Text("前。"), Fields((("领导批示", "", 4),)), Text("后。"))
    paper = made(simple(form="brief", body=body))
    line = (225 * MM - 15.75) / 21
    before, after = box(paper, "前。"), box(paper, "后。")
    rows = (before[1] - after[1]) / line
    assert abs(rows - round(rows)) < 0.05


# -- what nobody wishes for


def test_rare_and_missing_characters_are_drawn_and_told(read):
    paper = made(
        simple(body=(Text("𠮷𬱖㐂龘" + chr(0x2FA1D) + "\U0001f600"),), signature="\U0001f600办", day=date(2026, 1, 1))
    )
    assert "\U0001f600" in paper.missing
    assert "𠮷𬱖㐂龘" in read(paper).root.whole_text()
    assert "𠮷" not in paper.missing


def test_markup_and_controls_and_marks_of_direction_are_mere_text(read, bare):
    dirty = f"{texts.HOSTILE}\x00\x07\u202e\u200f\ud800结束"
    parts = dict.fromkeys(("mark", "title", "number", "addressees", "signature", "remark", "copies_to"), dirty)
    parts |= {"signers_name": dirty, "printed_by": dirty, "copy_number": dirty, "attachments": (dirty, dirty)}
    paper = made(simple(body=(Text(dirty), Heading(dirty), Text(dirty, lead=dirty)), day=date(2026, 1, 1), **parts))
    seen = read(paper)
    text = bare(seen.root.whole_text())
    assert text.count(bare(texts.HOSTILE)) >= 13
    assert "\u202e" not in text
    assert seen.pdf.check_pdf_syntax() == []


def test_a_very_long_cell_and_three_hundred_units(read, bare):
    units = "、".join(f"第{place}成员单位" for place in range(300))
    table = Table(columns=forms_columns(), rows=[("长" * 20_000, "乙"), ("丙", "丁")])
    paper = made(simple(addressees=units, body=(Text(units), table), copies_to=units, printed_by="办公室"))
    text = bare(read(paper).root.whole_text())
    assert text.count("长") == 20_000
    assert text.count(units) == 3


def forms_columns():
    (table,) = forms.document().annexes[0].body
    return table.columns[1:]


@pytest.mark.parametrize("form", ["document", "letter", "minutes", "brief"])
def test_a_paper_of_nothing_is_a_page(form, read):
    paper = made(Official(form=form, mark="", title="", body=()))
    assert paper.page_count == 1
    assert read(paper).pdf.check_pdf_syntax() == []


def test_no_text_leaves_the_page_whatever_its_length():
    long = "很长很长的名称" * 30
    paper = made(
        simple(
            mark=long, title=long, number=long, signers_name=long, signature=long, printed_by=long, day=date(2026, 1, 1)
        )
    )
    for page in range(paper.page_count):
        for char, (left, bottom, right, top) in chars(paper, page):
            assert left > 0 and right < 210 * MM and bottom > 0 and top < 297 * MM, char


def test_the_same_official_paper_has_the_same_bytes():
    assert made(forms.document()) == made(forms.document())

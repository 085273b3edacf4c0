"""Signatures of official papers, measured from the PDF: seals, several bodies, name stamps (GB/T 9704-2012, 7.3.5)."""

from datetime import date

import pytest

from reports import sheet
from reports.blocks import Text
from reports.flow import MM
from tests.reports.measuring import BOTTOM, LEFT, LINE, RIGHT, TOLERANCE, box, made, near, simple


def test_a_sealed_signature_keeps_the_room_of_the_seal():
    paper = made(simple(body=(Text("正文。"),), signature="某县办公室", day=date(2026, 11, 23), signing="seal"))
    text, name, day = box(paper, "正文。"), box(paper, "某县办公室"), box(paper, "2026年11月23日")
    assert near(day[2], RIGHT - 4 * sheet.PITCH)
    assert near((name[0] + name[2]) / 2, (day[0] + day[2]) / 2)
    middle = (name[3] + day[1]) / 2
    seal_top = middle + 3 * MM + 21 * MM
    assert text[1] - seal_top < (225 * MM - 15.75) / 21 + TOLERANCE
    assert middle - 21 * MM > BOTTOM


def test_a_long_sealed_name_stays_on_the_page():
    name = "云山县妇女儿童工作委员会办公室未成年人保护专班"
    paper = made(simple(body=(Text("正文。"),), signature=name, day=date(2026, 11, 23), signing="seal"))
    left, _, right, _ = box(paper, name)
    assert left > LEFT and right < RIGHT + TOLERANCE


def test_an_unsealed_signature_stands_two_from_the_right_and_its_day_two_in():
    paper = made(simple(body=(Text("正文。"),), signature="某县妇女儿童工作委员会", day=date(2026, 1, 5)))
    text, name, day = box(paper, "正文。"), box(paper, "某县妇女儿童工作委员会"), box(paper, "2026年1月5日")
    line = (225 * MM - 15.75) / 21
    assert near(name[2], RIGHT - 2 * sheet.PITCH)
    assert near(day[0] - name[0], 2 * sheet.PITCH)
    assert near(text[1] - name[1], 2 * line) and near(name[1] - box(paper, "年")[1], line)
    short = made(simple(body=(Text("正文。"),), signature="某办", day=date(2026, 11, 23)))
    assert near(box(short, "2026年11月23日")[2], RIGHT - 2 * sheet.PITCH)


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (("某县妇联", "某县教育局"), [(0, 1)]),
        (("某县妇联", "某县教育局", "某县公安局"), [(0, 1, 2)]),
        (("某县妇联", "某县教育局", "某县公安局", "某县民政局"), [(0, 1, 2), (3,)]),
        (("某县妇女儿童工作委员会", "中共某县委员会宣传部", "某县教育局"), [(0, 1), (2,)]),
    ],
)
def test_seals_of_several_bodies_stand_in_rows_and_never_touch(names, rows):
    """GB/T 9704-2012, 7.3.5.1: bodies in their order, each under its seal, the last one with the day."""
    paper = made(
        simple(
            body=(Text("正文。"),),
            signature=names[0],
            cosigners=names[1:],
            day=date(2026, 11, 23),
            signing="seal",
        )
    )
    text, day = box(paper, "正文。"), box(paper, "2026年11月23日")
    boxes = [box(paper, name) for name in names]
    middles = [((each[0] + each[2]) / 2, (each[1] + each[3]) / 2 + 3 * MM) for each in boxes]
    last = len(names) - 1
    assert near(middles[last][0], (day[0] + day[2]) / 2)
    middles[last] = (middles[last][0], (boxes[last][3] + day[1]) / 2 + 3 * MM)
    radius = 21 * MM
    for place, (x, y) in enumerate(middles):
        assert x - radius > LEFT - TOLERANCE and x + radius < RIGHT + TOLERANCE
        for other, above in middles[:place]:
            assert ((x - other) ** 2 + (y - above) ** 2) ** 0.5 > 2 * radius
    assert text[1] - (middles[0][1] + radius) < LINE + TOLERANCE
    for row in rows:
        assert all(near(boxes[place][1], boxes[row[0]][1]) for place in row)
    assert [sorted(row, key=lambda place: boxes[place][0]) for row in rows] == [list(row) for row in rows]


def test_several_unsealed_bodies_stand_under_each_other():
    paper = made(
        simple(
            body=(Text("正文。"),),
            signature="某县妇女儿童工作委员会",
            cosigners=("某县教育局",),
            day=date(2026, 1, 5),
        )
    )
    first, second, day = (box(paper, words) for words in ("某县妇女儿童工作委员会", "某县教育局", "2026年1月5日"))
    assert near(first[2], RIGHT - 2 * sheet.PITCH) and near(second[2], RIGHT - 2 * sheet.PITCH)
    assert near(first[1] - second[1], LINE) and near(second[1] - box(paper, "年")[1], LINE)
    assert near(day[0] - first[0], 2 * sheet.PITCH)


@pytest.mark.parametrize("posts", [("某县人民政府县长",), ("某县人民政府副县长", "某县妇联主席")])
def test_name_stamps_have_their_room_beside_the_posts(posts):
    """7.3.5.3: the stamp two lines below the text and four from the right, the post two to its left, the day below."""
    paper = made(
        simple(
            body=(Text("正文。"),),
            signature="某县人民政府",
            signer_posts=posts,
            day=date(2026, 11, 23),
            signing="stamp",
        )
    )
    text, day = box(paper, "正文。"), box(paper, "2026年11月23日")
    boxes = [box(paper, post) for post in posts]
    stamp_left = RIGHT - 4 * sheet.PITCH - 40 * MM
    for place, post in enumerate(boxes):
        stamp_middle = text[1] - (LINE - 15.75) - 2 * LINE - LINE + (LINE - 15.75) / 2 - place * 3 * LINE
        assert near(post[2], stamp_left - 2 * sheet.PITCH)
        assert (post[1] + post[3]) / 2 == pytest.approx(stamp_middle, abs=2 * MM)
    assert near(day[2], RIGHT - 4 * sheet.PITCH)
    assert near(boxes[-1][1] - box(paper, "年")[1], 2.5 * LINE)


@pytest.mark.parametrize("signing", ["seal", "plain", "stamp"])
def test_a_signature_never_stands_without_text(signing, read):
    for count in range(150, 900, 25):
        text = "正" * count
        paper = made(
            simple(
                body=(Text(text),),
                signature="某县办公室",
                signer_posts=("某县办公室",),
                day=date(2026, 11, 23),
                signing=signing,
            )
        )
        last = "".join(read(paper).marks[-1].values())
        assert "正" in last and "某县办公室" in last and "2026年11月23日" in last
        assert "此页无正文" not in last


def test_the_first_signature_of_a_preview_is_marked(read):
    seen = read(made(simple(), preview=True))
    assert all("预览" in text for text in seen.artifacts)

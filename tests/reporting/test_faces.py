"""What the fonts cannot do is told on the page; the paper is made all the same."""

import pytest

from meetings.reporting.views import faces
from reports import fonts
from tests import factories as make
from tests.pages import check

NO_FACE = "\U0001f600"


@pytest.fixture
def own_fonts(tmp_path):
    """A folder of own fonts, for one test."""
    yield tmp_path
    fonts.use(None)


def test_a_character_that_no_face_has_is_told_and_printed_as_a_mark(client_as, story):
    make.under_way(title=f"核对{NO_FACE}名册", meeting=story.meeting, by=story.director, lead_unit=story.schools)
    client = client_as(story.director)
    address = f"/reports/responsibility-list{{}}?meeting={story.meeting.id}"
    page = client.get(address.format(""))
    check(page.text)
    assert f"有1个字没有字体，印出来是“〓”：{NO_FACE}。" in page.text
    assert client.get(address.format(".pdf")).data.startswith(b"%PDF")


def test_a_page_of_common_text_says_nothing_of_fonts(client_as, story):
    page = client_as(story.director).get(f"/reports/meeting-progress?meeting={story.meeting.id}")
    assert "字体" not in page.text


def test_a_broken_font_is_told_and_the_built_in_one_used(client_as, story, own_fonts):
    (own_fonts / "仿宋_GB2312.ttf").write_bytes(b"no font at all")
    fonts.use(own_fonts)
    client = client_as(story.director)
    page = client.get(f"/reports/meeting-progress?meeting={story.meeting.id}")
    check(page.text)
    assert "字体文件夹中的“仿宋_GB2312.ttf”无法使用，已改用自带字体。" in page.text
    assert client.get(f"/reports/meeting-progress.pdf?meeting={story.meeting.id}").data.startswith(b"%PDF")


def test_texts_are_looked_for_in_the_whole_tree():
    assert faces.undrawn({"a": 1}) == ()
    assert faces.undrawn(("甲", [f"乙{NO_FACE}"], NO_FACE)) == (NO_FACE,)

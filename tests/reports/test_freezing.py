"""Data that were frozen come back the same, and give the same paper."""

import dataclasses

import pytest

from reports import meeting_progress, pdf, responsibility_list, unit_progress
from reports.freezing import freeze, thaw
from reports.samples import progress, texts

PAPERS = [
    (meeting_progress, progress.meeting()),
    (unit_progress, progress.unit()),
    (responsibility_list, progress.listing(24)),
]


@pytest.mark.parametrize(("paper", "data"), PAPERS, ids=lambda each: type(each).__name__)
def test_what_was_frozen_gives_the_same_paper(paper, data):
    kept = freeze(data)
    again = thaw(type(data), kept)
    assert again == data
    assert freeze(again) == kept
    assert pdf.render(paper.compose(again), texts.imprint()) == pdf.render(paper.compose(data), texts.imprint())


def test_a_field_added_later_does_not_change_what_was_frozen():
    row = responsibility_list.ListRow(objective="一")
    later = dataclasses.make_dataclass("Later", [("objective", str), ("added", str, "")], frozen=True)
    assert freeze(row) == freeze(later("一"))
    assert thaw(later, freeze(row)) == later("一")


@pytest.mark.parametrize("content", [b'{"unit":3}', b'{"colour":"red"}', b"[]", b'"text"', b"{", b'{"as_of":"soon"}'])
def test_other_data_are_refused(content):
    with pytest.raises(ValueError):
        thaw(unit_progress.UnitProgress, content)

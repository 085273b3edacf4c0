"""The code in the foot: who typed it is told no more than he may know."""

from datetime import timedelta

import pytest

from meetings.audit import queries as audit
from meetings.core import clock
from meetings.core.limits import Limiter
from meetings.reporting.models import Paper
from tests import factories as make
from tests.pages import check
from tests.reporting.making import made


@pytest.fixture
def paper(client_as, story, session):
    made(client_as(story.director), "meeting-progress", meeting=story.meeting.id)
    return session.query(Paper).one()


def test_a_stranger_confirms_number_day_and_hash_but_not_the_title(paper, stranger):
    page = stranger.get(f"/verify/{paper.verification_code.lower()}")
    assert page.status_code == 200
    check(page.text)
    for said in (paper.number, "2026年7月14日", paper.sha256):
        assert said in page.text
    assert paper.title not in page.text


def test_who_may_see_the_paper_is_told_its_title(paper, story, client_as):
    assert paper.title in client_as(story.director).get(f"/verify/{paper.verification_code}").text
    told = client_as(make.liaison(story.schools)).get(f"/verify/{paper.verification_code}")
    assert paper.title not in told.text
    assert paper.number in told.text


def test_a_typed_code_is_read_with_dashes_and_spaces(paper, stranger):
    code = paper.verification_code
    answer = stranger.get("/verify", query_string={"code": f" {code[:4]}-{code[4:8]} {code[8:]}".lower()})
    assert answer.headers["Location"] == f"/verify/{code}"


@pytest.mark.parametrize("code", ["0" * 16, "x", "%27%3B--", "龘" * 50, "A" * 3000])
def test_an_unknown_code_gets_a_plain_answer(paper, stranger, code):
    page = stranger.get(f"/verify/{code}")
    assert page.status_code == 404
    check(page.text)
    assert "没有查到这个核验码" in page.text


def test_guessing_is_slowed_down(paper, stranger, monkeypatch, frozen_clock):
    from meetings.reporting.views import verify

    monkeypatch.setattr(verify, "_limiter", Limiter(most=3))
    answers = [stranger.get(f"/verify/{paper.verification_code}").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    frozen_clock(clock.now() + timedelta(seconds=61))
    assert stranger.get(f"/verify/{paper.verification_code}").status_code == 200


def test_the_audit_chain_is_held_against_the_papers(paper, session):
    seq, link = paper.audit_head.split(":")
    assert audit.anchors[0]().__next__() == (paper.committee_id, int(seq), link)
    assert list(audit.flaws()) == []

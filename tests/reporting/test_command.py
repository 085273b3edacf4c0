"""Papers by command, without the web."""

import hashlib
from datetime import date

import pytest

from meetings.meetings.models import MeetingStatus
from meetings.reporting import catalogue
from meetings.reporting.models import Paper
from meetings.tasks.actions import ask_extension
from meetings.tasks.models import TaskStatus
from tests import factories as make
from tests.reporting.conftest import said_in, text_of


def test_the_command_writes_each_paper(app, story, tmp_path, session):
    make.meeting(title="推进会", status=MeetingStatus.ANNOUNCED, previous_id=story.meeting.id)
    make.evaluation(by=story.director)
    asked = {"asked_due_on": date(2026, 10, 30), "reason": "缺人", "progress": "过半"}
    make.step(ask_extension, story.going, by=make.liaison(story.schools), **asked)
    make.task(status=TaskStatus.IN_PROGRESS, due_on=date(2026, 7, 1))
    make.figure(make.indicator(make.domain(make.plan())), 2024, "93.1")
    make.consultation()
    for code, entry in catalogue.PAPERS.items():
        out = tmp_path / f"{code}.pdf"
        result = app.test_cli_runner().invoke(args=["report", code, "--out", str(out)])
        assert result.exit_code == 0, result.output
        kept = session.query(Paper).filter_by(code=code).all()
        if entry.style == "official":
            assert kept == []
            assert "拟稿（未编号）" in result.stdout
        else:
            assert kept[0].number in text_of(out.read_bytes())
            assert hashlib.sha256(out.read_bytes()).hexdigest() == kept[0].sha256


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_command_writes_word_and_excel_of_a_kept_paper(app, story, tmp_path, session, suffix):
    out = tmp_path / f"a.{suffix}"
    result = app.test_cli_runner().invoke(args=["report", "responsibility-list", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert session.query(Paper).one().number in result.output
    assert "排查学业状况" in said_in(out.read_bytes(), suffix)


def test_the_command_names_what_it_took(app, story, tmp_path):
    result = app.test_cli_runner().invoke(args=["report", "meeting-progress", "--out", str(tmp_path / "a.pdf")])
    assert f"取最新的：{story.meeting.title}（{story.meeting.id}）" in result.stderr


def test_the_command_lists_every_paper(app):
    result = app.test_cli_runner().invoke(args=["report", "--list"])
    assert [line.split("\t")[0] for line in result.output.splitlines()] == list(catalogue.PAPERS)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such-paper", "--out", "a.pdf"], 2),
        ([], 2),
        (["meeting-progress"], 2),
        (["meeting-progress", "--out", "a.odt"], 2),
        (["meeting-progress", "--unit", "1", "--out", "a.pdf"], 2),
        (["meeting-progress", "--meeting", "999999", "--out", "a.pdf"], 1),
        (["meeting-progress", "--as", "nobody", "--out", "a.pdf"], 1),
        (["meeting-progress", "--as-of", "2030-01-01", "--out", "a.pdf"], 1),
    ],
)
def test_the_command_refuses_in_words(app, story, tmp_path, monkeypatch, arguments, code):
    monkeypatch.chdir(tmp_path)
    result = app.test_cli_runner().invoke(args=["report", *arguments])
    assert result.exit_code == code
    assert "Error:" in result.stderr
    assert not (tmp_path / "a.pdf").exists()

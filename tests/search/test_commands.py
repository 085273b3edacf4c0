"""``flask search`` mends and checks the index; a start builds it where it is missing."""

import pytest
from sqlalchemy import delete, func, select

from meetings.core.db import db
from meetings.search import actions, commands
from meetings.search.models import SearchEdition, SearchEntry
from tests import factories as make


@pytest.fixture
def broken(committed):
    """The id of a task whose entry says something else."""
    with committed.app_context():
        task_id = make.draft(title="校园安全排查").id
        db.session.scalars(select(SearchEntry).where(SearchEntry.title == "校园安全排查")).one().title = "别的"
        db.session.commit()
    return task_id


def test_a_rebuild_mends_what_verify_names(committed, broken):
    runner = committed.test_cli_runner()
    said = runner.invoke(args=["search", "verify"])
    assert said.exit_code == 1
    assert f"任务 {broken}：索引与记录不符" in said.output
    assert "已重建" in runner.invoke(args=["search", "rebuild"]).output
    said = runner.invoke(args=["search", "verify"])
    assert (said.exit_code, said.output) == (0, "检索索引与记录相符\n")


def test_a_start_builds_an_index_that_is_missing_or_old(session):
    make.draft(title="校园安全排查")
    actions.rebuild()
    count = db.session.scalar(select(func.count()).select_from(SearchEntry))
    db.session.execute(delete(SearchEdition))
    commands.catch_up()
    assert actions.is_current()
    assert db.session.scalar(select(func.count()).select_from(SearchEntry)) == count

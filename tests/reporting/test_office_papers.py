"""Papers that the office writes: minutes, bulletins and briefs, prefilled from what the system holds."""

from datetime import date

import pypdfium2

from meetings.core import clock
from meetings.meetings.models import AttendanceState, Minutes
from meetings.tasks import actions
from tests import factories as make
from tests.reporting.conftest import RARE, attend, text_of
from tests.reporting.making import fields_of


def test_minutes_hold_the_saved_text_the_tasks_and_who_was_there(client_as, story, session):
    make.save(
        Minutes(
            committee_id=story.meeting.committee_id,
            meeting_id=story.meeting.id,
            text=f"会议听取了汇报{RARE}。\n会议强调，要算清差距。\n出席：县教育局局长。",
            revision=1,
            signed_on=date(2026, 7, 10),
        )
    )
    attend(story.meeting, 1, unit_name="县统计局", post_title="局长", state=AttendanceState.ON_LEAVE)
    client = client_as(story.director)
    words = fields_of(client.get("/reports/minutes").text)
    assert words["attended"].strip() == "县教育局局长"
    assert words["on_leave"].strip() == "县统计局局长"
    assert "排查学业状况。由县教育局牵头，2026年7月31日前完成。" in words["matters"]
    assert f"核对名册{RARE}。由县教育局牵头，县卫健委配合，2026年9月30日前完成。" in words["matters"]
    text = text_of(client.get("/reports/minutes.pdf").data)
    for said in (
        f"会议听取了汇报{RARE}。",
        "会议强调，要算清差距。",
        "出席：县教育局局长",
        "2026年7月10日",
        "会议纪要",
    ):
        assert said in text, said
    assert text.count("出席：") == 1


def test_minutes_without_a_text_are_drafted_from_the_record(client_as, story):
    text = text_of(client_as(story.director).get("/reports/minutes.pdf").data)
    assert f"会议要求，要摸清底数{RARE}。" in text
    assert "会议强调，要加强统筹。" in text


def test_a_bulletin_counts_as_the_screen_does(client_as, story):
    """2 of the meeting's tasks were handed out, 1 is completed; all of the committee's are 3."""
    client = client_as(story.director)
    of_meeting = text_of(client.get(f"/reports/bulletin.pdf?meeting={story.meeting.id}").data)
    assert "共交办任务2项" in of_meeting
    assert "办结率50.0%（1/2）" in of_meeting
    of_all = text_of(client.get("/reports/bulletin.pdf").data)
    assert "共交办任务3项" in of_all
    assert "办结率33.3%（1/3）" in of_all
    assert "已办结1项：“排查学业状况”（县教育局）。" in of_all
    assert f"“核对名册{RARE}”（县教育局牵头）：个别村缺人。" in of_all
    rows = ["1县教育局211000", "2县卫生健康委员会000001", "3县统计局101000"]
    for row in rows:
        assert row in of_all, row


def test_a_bulletin_leaves_out_drafts_and_cancelled_tasks(client_as, story):
    make.draft(title="还没有交办", by=story.director, lead_unit=story.schools)
    make.step(actions.cancel, story.other, reason="重复", by=story.director)
    text = text_of(client_as(story.director).get("/reports/bulletin.pdf").data)
    assert "共交办任务2项" in text
    assert "县统计局" not in text


def test_what_is_late_is_named_as_often_as_it_is_counted(client_as, story, frozen_clock):
    frozen_clock(clock.now().replace(month=10, day=12))
    client = client_as(story.director)
    words = fields_of(client.get("/reports/leader-brief").text)
    late = next(line for line in words["problems"].splitlines() if "逾期" in line)
    assert late.startswith("逾期未办结2项：")
    assert late.count("个工作日") == 2
    assert "对逾期的2项任务" in words["proposals"]
    assert "逾期2项" in text_of(client.get("/reports/leader-brief.pdf").data)


def test_a_leader_brief_of_many_problems_stays_short(client_as, story, frozen_clock):
    for n in range(12):
        make.under_way(title=f"逾期的事{n}", due_on=date(2026, 7, 20), by=story.director, lead_unit=story.schools)
    frozen_clock(clock.now().replace(month=10, day=12))
    words = fields_of(client_as(story.director).get("/reports/leader-brief").text)
    late, more = words["problems"].strip().splitlines()
    assert late.startswith("逾期未办结14项：")
    assert late.count("个工作日") == 6
    assert more == "另有9项，请从台账摘录。"
    drawn = client_as(story.director).get("/reports/leader-brief.pdf").data
    assert len(pypdfium2.PdfDocument(drawn)) == 2


def test_a_brief_leaves_room_for_its_number(client_as, story):
    text = text_of(client_as(story.director).get("/reports/work-brief.pdf").data)
    assert "工作简报第期" in text
    assert f"会议要求，要摸清底数{RARE}。" in text

"""What 会议任务落实情况报告 and 上次会议议定事项落实情况 count and list, beyond the plain case."""

from datetime import date

from meetings.meetings.models import AgendaItem, AgendaKind, MeetingStatus, Requirement
from meetings.reporting.gather.figures import Fact, told
from meetings.reporting.views.sheet import first_page
from meetings.tasks import actions
from reports.blocks import Report
from tests import factories as make
from tests.reporting.conftest import text_of


def progress(client, story, more=""):
    return text_of(client.get(f"/reports/meeting-progress.pdf?meeting={story.meeting.id}{more}").data)


def test_tasks_without_a_requirement_are_listed_but_are_no_requirement(client_as, story):
    make.under_way(title="会外交办的事", meeting=story.meeting, by=story.director, lead_unit=story.bureau)
    text = progress(client_as(story.director), story)
    assert "会议要求共2条：已分解任务1条，待分解1条。由会议要求形成任务2项，另有任务1项没有对应的要求。" in text
    assert "没有对应要求的任务2026" in text
    assert "（三）没有对应要求的任务1项" in progress(client_as(story.director), story, "&detail=full")
    make.meeting(title="下次会议", status=MeetingStatus.DRAFT, previous_id=story.meeting.id)
    text = text_of(client_as(story.director).get("/reports/previous-items.pdf").data)
    assert "任务共3项（其中1项没有对应的要求）" in text
    assert "会外交办的事" in text


def test_a_cancelled_task_divides_no_requirement(client_as, story):
    row = make.requirement(story.meeting, text="要办的事")
    of_meeting = {"meeting": story.meeting, "requirement": row, "basis": "任务分解表", "by": story.director}
    make.step(actions.cancel, make.under_way(title="撤了的事", **of_meeting), reason="重复", by=story.director)
    text = progress(client_as(story.director), story)
    assert "会议要求共3条：已分解任务1条，待分解2条。由会议要求形成任务3项。" in text
    assert "要求分解率1÷333.3%" in text


def test_tasks_of_a_requirement_carried_over_stand_under_both_meetings(client_as, story, session):
    held = {"status": MeetingStatus.HELD, "held_on": date(2026, 7, 10)}
    following = make.meeting(title="下次会议", previous_id=story.meeting.id, **held)
    for row in session.query(Requirement).filter_by(meeting_id=story.meeting.id).order_by(Requirement.number).all():
        make.requirement(following, text=row.text, carried_from_id=row.id)
    client = client_as(story.director)
    assert "会议要求共2条：已分解任务1条，结转到下次会议1条。" in progress(client, story)
    text = text_of(client.get(f"/reports/meeting-progress.pdf?meeting={following.id}").data)
    assert "会议要求共2条：已分解任务1条，待分解1条。由会议要求形成任务0项，承接或并入已有任务2项。" in text
    assert "排查学业状况" in text


def test_the_course_of_each_task_is_printed_where_it_is_asked_for(client_as, story):
    client = client_as(story.director)
    assert "方式和说明" not in progress(client, story)
    assert "方式和说明" in progress(client, story, "&detail=full")
    page = client.get(f"/reports/meeting-progress?meeting={story.meeting.id}&detail=full").text
    assert 'name="detail" value="full"' in page


def test_tasks_of_one_name_and_fate_stand_together():
    late = [Fact("逾期未办结", "开展自评", unit, "逾期3个工作日") for unit in ("甲局", "乙局", "丙局")]
    late.insert(1, Fact("逾期未办结", "做好“两癌”检查", "丁局", "逾期1个工作日"))
    late.append(Fact("超期未签收", "开展自评", "戊局", "超期2个工作日"))
    both = [
        "逾期未办结4项：“开展自评”（甲局、乙局、丙局，逾期3个工作日）；“做好‘两癌’检查”（丁局，逾期1个工作日）。",
        "超期未签收1项：“开展自评”（戊局，超期2个工作日）。",
    ]
    assert told(late, most=8) == (both, 3, 0)
    assert told(late, most=2) == (both[:1], 2, 1)
    assert told([Fact("已办结", "修路", "甲局")], most=8) == (["已办结1项：“修路”（甲局）。"], 1, 0)
    assert told([], most=8) == ([], 0, 0)


def test_the_title_on_the_page_has_the_lines_of_the_paper():
    report = Report(title="2026年妇女儿童工作会议暨“两规划”终期评估推进会任务落实情况报告", body=())
    assert first_page(report).title_lines == ("2026年妇女儿童工作会议暨“两规划”", "终期评估推进会任务落实情况报告")


def test_nobody_asks_himself_up(client_as, story):
    coming = make.meeting(title="推进会", status=MeetingStatus.DRAFT, chair_post="副县长")
    item = {"meeting_id": coming.id, "kind": AgendaKind.ADDRESS, "title": "讲话"}
    make.save(AgendaItem(**item, position=1, presenter="副县长"), AgendaItem(**item, position=2, presenter="县长"))
    text = text_of(client_as(story.director).get(f"/reports/chair-script.pdf?meeting={coming.id}").data)
    assert "第一项议程：讲话。下面，我讲几点意见。" in text
    assert "请县长讲话，大家欢迎。" in text
    assert "主持人：副县长" in text

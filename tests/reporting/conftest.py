"""A meeting, what it asked for, and what became of it."""

import re
from datetime import date, time
from io import BytesIO
from types import SimpleNamespace

import docx
import html5lib
import pypdfium2
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from meetings.core.db import db
from meetings.directory.models import PostKind
from meetings.meetings.models import (
    AgendaItem,
    AgendaKind,
    Attendance,
    AttendanceState,
    MeetingScope,
    MeetingStatus,
    Section,
)
from meetings.tasks import actions
from meetings.tasks.models import Standard
from reports.blocks import Band, value_text
from tests import factories as make
from tests.support.worlds import world

RARE = "㐂龘𠮷𬱖"


def text_of(pdf):
    """All text of a PDF, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))


def said_in(content, suffix):
    """All text of a Word document or a workbook."""
    if suffix == "docx":
        body = docx.Document(BytesIO(content)).element.body
        return "".join(node.text or "" for node in body.iter(qn("w:t")))
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "".join(str(cell) for row in rows for cell in row)


def covered_on_page(html):
    """The cells of the table of coverage without its head; spaces and thousands commas do not count."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    (table,) = [element for element in page.iter("table") if "cover" in element.get("class", "").split()]
    return [[_bare("".join(cell.itertext())) for cell in row] for row in table.iter("tr")][1:]


def covered_on_paper(rows):
    """The same of the rows of a paper."""
    return [[_bare(row.text)] if isinstance(row, Band) else [_bare(_text(cell)) or "—" for cell in row] for row in rows]


def _text(cell):
    return value_text(getattr(cell, "value", cell))


def _bare(text):
    return "".join(text.split()).replace(",", "")


@world
def story():
    """Of two requirements one has two tasks (one completed, one reported on with a helper), one is still open."""
    schools, health, bureau = (
        make.unit("县教育局"),
        make.unit("县卫生健康委员会", short_name="县卫健委"),
        make.unit("县统计局"),
    )
    meeting = make.meeting(title="2026年妇女儿童工作会议", year=2026, sequence=1, place="三楼会议室")
    speech = make.speech(meeting, speaker_post="副县长")
    first = make.requirement(meeting, number=1, text=f"要摸清底数{RARE}。", speech_id=speech.id)
    make.requirement(meeting, number=2, text="要加强统筹。", section=Section.STRESSED)
    director = make.director()
    of_meeting = {"meeting": meeting, "requirement": first, "by": director, "lead_unit": schools}
    done = make.under_way(title="排查学业状况", due_on=date(2026, 7, 31), standards=["台账齐全"], **of_meeting)
    met = [standard.id for standard in db.session.query(Standard).filter_by(task_id=done.id)]
    make.report(done, by=make.liaison(schools), done="已排查42所学校。", standards_met=met)
    make.step(actions.submit_completion, done, by=make.liaison(schools), note="")
    make.step(actions.approve_in_unit, done, by=make.head(schools))
    make.step(actions.complete, done, by=director)
    going = make.under_way(title=f"核对名册{RARE}", due_on=date(2026, 9, 30), cooperating_units=[health], **of_meeting)
    make.report(
        going, by=make.liaison(schools), done=f"名册已核{RARE}。", problems="个别村缺人。", next_steps="下月补齐。"
    )
    other = make.under_way(title="统计口径", due_on=date(2026, 9, 30), by=director, lead_unit=bureau)
    return SimpleNamespace(
        meeting=meeting,
        schools=schools,
        health=health,
        bureau=bureau,
        director=director,
        done=done,
        going=going,
        other=other,
    )


@pytest.fixture
def coming(session, story):
    """The next meeting: announced, with agenda, scope and the first answers to its notice."""
    group = make.group(story.schools, story.bureau, name="各成员单位")
    meeting = make.meeting(
        title="2026年妇女儿童工作推进会",
        status=MeetingStatus.ANNOUNCED,
        held_on=date(2026, 7, 30),
        begins_at=time(10, 0),
        place=f"三楼会议室{RARE}",
        chair_post="副县长",
        previous_id=story.meeting.id,
    )
    rows = [
        (AgendaKind.WORK_REPORT, "报告工作情况", "县妇联主席", 15),
        (AgendaKind.EXCHANGE, "交流发言", "县教育局", None),
    ]
    for place, (kind, title, presenter, minutes) in enumerate(rows, 1):
        make.save(
            AgendaItem(
                meeting_id=meeting.id,
                position=place,
                kind=kind,
                title=title,
                presenter=presenter,
                planned_minutes=minutes,
            )
        )
    make.save(MeetingScope(meeting_id=meeting.id, group_id=group.id, post_kind=PostKind.HEAD))
    attend(meeting, 1, unit_name="县教育局", post_title="局长", post_kind=PostKind.HEAD)
    attend(meeting, 2, unit_name="县统计局", post_title="局长", post_kind=PostKind.HEAD, state=AttendanceState.ON_LEAVE)
    return meeting


def attend(meeting, place, **values):
    return make.save(Attendance(**{"meeting_id": meeting.id, "position": place, "group_name": "各成员单位", **values}))

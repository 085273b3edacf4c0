"""Papers for a meeting, and those that the office writes about how things stand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reports import (
    agenda,
    attendee_list,
    bulletin,
    chair_script,
    leader_brief,
    meeting_notice,
    minutes,
    previous_items,
    sign_in_sheet,
    work_brief,
)
from reports.agenda import Agenda, AgendaLine
from reports.attendee_list import Attendee, AttendeeGroup, AttendeeList
from reports.bulletin import Bulletin, UnitFigures
from reports.chair_script import ChairScript, ScriptItem
from reports.facts import Count, Issuer, MeetingFacts, Rate
from reports.leader_brief import LeaderBrief
from reports.meeting_notice import MeetingNotice
from reports.minutes import MeetingMinutes
from reports.previous_items import PreviousItem, PreviousItems
from reports.samples.progress import meeting as told
from reports.samples.sample import Sample
from reports.samples.texts import HOSTILE, LONG, RARE
from reports.sign_in_sheet import SignInGroup, SignInLine, SignInSheet
from reports.work_brief import WorkBrief

DAY = date(2026, 11, 23)
ISSUER = Issuer(
    body="云山县妇女儿童工作委员会",
    office="云山县妇女儿童工作委员会办公室",
    phone="0000-6021",
    hours="工作日 9:30—19:30",
)
MEETING = MeetingFacts(
    title="2026年妇女儿童工作推进会",
    kind="推进会",
    sequence="2026年第1次",
    day_text="2026年12月7日（星期一）",
    times="10:00—11:30",
    place="县政府三楼会议室；分会场：各乡镇会议室",
    chair="副县长、县妇儿工委副主任",
    organiser="云山县妇女儿童工作委员会办公室",
)
NOBODY = MeetingFacts(title="联络员会议")
STATES = (
    Count(label="待签收", value=1, light="hollow"),
    Count(label="正常", value=12, light="green"),
    Count(label="逾期", value=3, light="red"),
    Count(label="已办结", value=4, light="blue"),
)
RATES = (
    Rate(label="办结率", numerator=4, denominator=20, rule="已办结（含已销号）任务数 ÷ 已交办任务数（不含撤销）"),
    Rate(
        label="按期办结率（原定时限）", numerator=3, denominator=4, rule="不晚于原定时限申请办结的任务数 ÷ 已办结任务数"
    ),
)


def the_agenda() -> Agenda:
    return Agenda(
        meeting=MEETING,
        items=(
            AgendaLine(kind="工作报告", title="报告工作情况", presenter="县妇联主席", minutes=15, begins="10:00"),
            AgendaLine(
                kind="宣读",
                title="宣读工作方案",
                presenter="副县长",
                minutes=10,
                begins="10:15",
                document="《评估方案》（云妇儿工委〔2026〕6号）",
            ),
            AgendaLine(kind="交流发言", title=f"交流发言{RARE}{HOSTILE}", presenter="县教育局"),
        ),
    )


def sheet(count: int = 12) -> SignInSheet:
    lines = tuple(
        SignInLine(
            unit=f"第{place}单位", name=RARE if place == 3 else "", post="局长", phone="0000-6000" if place == 2 else ""
        )
        for place in range(1, count + 1)
    )
    half = count // 2
    return SignInSheet(
        meeting=MEETING,
        groups=(
            SignInGroup(heading="各成员单位", lines=lines[:half]),
            SignInGroup(heading="各乡镇场", lines=lines[half:]),
        ),
        expected=count,
        blank_lines=3,
    )


def attendees(count: int = 12) -> AttendeeList:
    people = tuple(
        Attendee(
            unit=f"第{place}单位",
            name="" if place % 2 else f"负责人{place}",
            post="局长",
            capacity="参会",
            state="代会" if place == 4 else "",
            note=f"副局长{RARE}" if place == 4 else "",
            card=f"第{place}单位\n局长" if place % 2 else f"负责人{place}",
        )
        for place in range(1, count + 1)
    )
    return AttendeeList(
        meeting=MEETING,
        groups=(AttendeeGroup(heading="各成员单位", attendees=people),),
        summary=f"应到{count}人；已报回执1人（代会1，请假0）；未报回执{count - 1}人。",
        with_name_cards=True,
    )


def script() -> ChairScript:
    return ChairScript(
        meeting=MEETING,
        opening=f"同志们：\n现在开会。{LONG}",
        items=(
            ScriptItem(title="报告工作情况", words="请县妇联主席作报告。", minutes=15),
            ScriptItem(title=f"交流发言{RARE}", words=HOSTILE),
        ),
        closing="同志们，会议的各项议程已经进行完毕。\n现在散会。",
    )


def previous() -> PreviousItems:
    items = tuple(
        PreviousItem(
            section=each.section,
            text=each.text,
            tasks=each.tasks,
            set_aside_reason=each.set_aside_reason,
            is_actionable=each.is_actionable,
        )
        for each in told().requirements
    )
    return PreviousItems(
        meeting=MEETING.title,
        previous=told().title,
        previous_day="2026年3月5日",
        as_of=DAY,
        items=items,
        counts=(Count(label="已落实", value=1, unit="条"), Count(label="办理中", value=2, unit="条")),
        states=STATES,
        rates=RATES,
    )


def notice() -> MeetingNotice:
    return MeetingNotice(
        issuer=ISSUER,
        title="关于召开2026年妇女儿童工作推进会的通知",
        addressees="各成员单位，各乡镇人民政府",
        opening="经研究，决定召开2026年妇女儿童工作推进会。现将有关事项通知如下：",
        day=DAY,
        time="2026年12月7日（星期一）10:00。",
        place="县政府三楼会议室。",
        attendees=("各成员单位主要负责人、联络员。", "各乡镇分管领导、妇联主席。"),
        agenda=("报告工作情况（县妇联主席）。", f"交流发言（县教育局{RARE}）。"),
        requests=("请于2026年12月2日前将参会回执报办公室。", HOSTILE),
        reply_by=date(2026, 12, 2),
        contact="联系电话：0000-6021。",
        copies_to="县委办公室，县人民政府办公室",
    )


def record() -> MeetingMinutes:
    return MeetingMinutes(
        issuer=ISSUER,
        title="2026年妇女儿童工作会议纪要",
        text=f"2026年9月30日，县政协副主席主持召开会议。\n会议指出，{LONG}\n会议强调，{RARE}\n会议要求，{HOSTILE}",
        day=DAY,
        matters=(
            "排查学业状况。由县教育局牵头，县民政局配合，2026年9月30日前完成。",
            "修订任务分工。由县妇联牵头，2026年11月5日前完成。",
        ),
        attended="县委组织部部长、县教育局局长（副局长代）",
        on_leave="县发展改革委主任",
        observers="县人大社会委主任",
        copies_to="各成员单位，各乡镇人民政府",
    )


def circular(count: int = 8) -> Bulletin:
    return Bulletin(
        issuer=ISSUER,
        title="关于妇女儿童工作任务落实情况的通报",
        addressees="各成员单位",
        opening="现将妇女儿童工作任务落实情况通报如下：",
        as_of=DAY,
        day=DAY,
        issued=20,
        states=STATES,
        rates=RATES,
        went_well=f"县教育局排查42所学校。{RARE}\n县妇联修订任务分工。",
        problems=f"“签订责任书”（县民政局牵头）逾期8日。\n{HOSTILE}",
        next_steps=LONG,
        units=tuple(
            UnitFigures(unit=f"第{place}单位", led=4, done=1, going=2, late=1, suspended=1, due_changed=1, helped=place)
            for place in range(1, count + 1)
        ),
        copies_to="县委办公室，县人民政府办公室",
    )


def brief() -> LeaderBrief:
    return LeaderBrief(
        issuer=ISSUER,
        title="关于妇女儿童工作任务落实情况的报告",
        leader="云山县妇女儿童工作委员会领导",
        as_of=DAY,
        day=DAY,
        issued=20,
        states=STATES,
        rates=RATES,
        situation=f"本季度重点调度儿童工作。{RARE}",
        problems="“签订责任书”（县民政局牵头）逾期8日。",
        proposals="建议由分管领导协调推进，明确完成时间。",
    )


def news() -> WorkBrief:
    return WorkBrief(
        issuer=ISSUER,
        title="2026年妇女儿童工作会议召开",
        text=f"2026年9月30日，会议在县政府三楼会议室召开。\n{LONG}\n{RARE}{HOSTILE}",
        day=DAY,
        source="县妇儿工委办会议记录",
        reviewed_by="办公室主任",
        copies_to="各成员单位",
    )


def papers() -> Iterator[Sample]:
    """The samples of this group, each full and with as little as may be."""
    yield Sample("agenda", lambda: agenda.compose(the_agenda()))
    yield Sample("agenda-empty", lambda: agenda.compose(Agenda(meeting=NOBODY)))
    yield Sample("sign-in-sheet", lambda: sign_in_sheet.compose(sheet()))
    yield Sample("sign-in-sheet-300", lambda: sign_in_sheet.compose(sheet(300)))
    yield Sample("sign-in-sheet-empty", lambda: sign_in_sheet.compose(SignInSheet(meeting=NOBODY)))
    yield Sample("attendee-list", lambda: attendee_list.compose(attendees()))
    yield Sample("attendee-list-300", lambda: attendee_list.compose(attendees(300)))
    yield Sample("attendee-list-empty", lambda: attendee_list.compose(AttendeeList(meeting=NOBODY)))
    yield Sample("chair-script", lambda: chair_script.compose(script()))
    yield Sample("chair-script-empty", lambda: chair_script.compose(ChairScript(meeting=NOBODY, opening="现在开会。")))
    yield Sample("previous-items", lambda: previous_items.compose(previous()))
    yield Sample(
        "previous-items-empty",
        lambda: previous_items.compose(replace(previous(), items=(), counts=(), states=(), rates=())),
    )
    yield Sample("meeting-notice", lambda: meeting_notice.compose(notice()))
    yield Sample("meeting-notice-empty", lambda: meeting_notice.compose(_bare_notice()))
    yield Sample("minutes", lambda: minutes.compose(record()))
    yield Sample("bulletin", lambda: bulletin.compose(circular()))
    yield Sample("bulletin-300", lambda: bulletin.compose(circular(300)))
    yield Sample(
        "bulletin-empty", lambda: bulletin.compose(replace(circular(0), states=(), rates=(), went_well="", problems=""))
    )
    yield Sample("leader-brief", lambda: leader_brief.compose(brief()))
    yield Sample("work-brief", lambda: work_brief.compose(news()))


def _bare_notice() -> MeetingNotice:
    return MeetingNotice(
        issuer=replace(ISSUER, phone="", hours=""),
        title="关于召开会议的通知",
        addressees="",
        opening="现通知如下：",
        day=DAY,
    )

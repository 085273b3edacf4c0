"""The main job from end to end, as the people of an office and its units do it.

A meeting is recorded; its requirements become tasks; units report; the office returns once, completes and closes; a
paper tells each step and a stranger can confirm it. Whoever is not part of a task finds no trace of it.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter

from meetings.core import clock

MEETING = "两个规划终期评估推进会"
GROUPS = (("各成员单位", "主要负责人"), ("各乡镇场", "乡镇（街道）分管领导"))
AGENDA = (
    ("工作报告", "通报规划实施进展"),
    ("宣读", "宣读终期评估工作安排"),
    ("交流发言", "三个单位交流发言"),
    ("讲话", "分管领导讲话"),
    ("培训", "评估指标口径培训"),
)
STATEMENTS = {
    "县教育局": "我局今年把寄宿学生的心理辅导作为重点，已在六所学校试行。",
    "县卫健委": "孕产妇健康管理由妇幼保健院统一登记，乡镇卫生院按月核对。",
    "县统计局": "各单位报来的数据由我局逐项审核，口径不一致的退回重报。",
}
ASIDE = "各单位要把妇女儿童工作放在心上。"
RETURNED = "缺走访台账，请补充后再报。"
SIGNED = "情况属实，同意申请办结。"
EVIDENCE = "寄宿学生走访台账.txt"
SCAN = "县卫健委签批件.pdf"
# Papers call units by their whole names.
FULL_NAMES = {"县卫健委": "县卫生健康委员会", "团县委": "共青团县委员会", "县妇联": "县妇女联合会"}


@dataclass(frozen=True)
class Asked:
    """A sentence of the address and the task that the office makes of it."""

    sentence: str
    title: str
    lead: str
    helpers: str
    days: int

    @property
    def due_on(self) -> date:
        return clock.today() + timedelta(days=self.days)


EDUCATION = Asked(
    "寄宿学生要逐校走访，有困难的学生一人一策。", "逐校走访寄宿学生并建立台账", "县教育局", "县民政局、团县委", 40
)
HEALTH = Asked("孕产妇健康管理的底数要在下月底前核清。", "核清孕产妇健康管理底数", "县卫健委", "县妇联", 50)
STATISTICS = Asked("监测数据要有统一的口径说明。", "编写监测数据口径说明", "县统计局", "县司法局", 60)
ASKED = (EDUCATION, HEALTH, STATISTICS)
STANDARD = "台账覆盖全部寄宿制学校"
ADDRESS = "\n".join(["同志们：", ASIDE, EDUCATION.sentence, f"{HEALTH.sentence}{STATISTICS.sentence}"])


class Printed(NamedTuple):
    """A paper that was made: where it stands, its bytes and its words without spaces."""

    address: str
    content: bytes
    words: str


def test_from_a_meeting_to_closed_tasks_and_a_paper_that_tells_it(page, sign_in):
    sign_in(page, "office_staff")
    meeting = record_the_meeting(page)
    record_the_agenda(page)
    mark_everybody_present(page)
    record_the_speeches(page)
    mark_the_requirements(page)
    tasks = make_the_tasks(page, meeting)
    for task in tasks.values():
        send_to_the_director(page, task)

    sign_in(page, "office_director")
    issue_together(page)

    education, health = tasks[EDUCATION], tasks[HEALTH]
    sign_in(page, "edu_liaison")
    acknowledge(page, EDUCATION)
    report_with_evidence(page, education, "已走访十二所学校。", files=[note(EVIDENCE, "走访十二所学校，只记人数。")])
    evidence = address_of_file(page, EVIDENCE)
    ask_for_completion(page, education, "台账已建立。")

    sign_in(page, "edu_head")
    approve_on_line(page, education)

    sign_in(page, "office_staff")
    send_back(page, education, RETURNED)

    sign_in(page, "edu_liaison")
    assert RETURNED in page.goto(education).text()
    report_with_evidence(page, education, "台账已按校补齐。", files=[note("补充台账.txt", "按校补齐。")])
    ask_for_completion(page, education, "台账已补充。")

    sign_in(page, "edu_head")
    approve_on_line(page, education)

    sign_in(page, "office_director")
    complete(page, education)
    close(page, education)

    sign_in(page, "health_liaison")
    acknowledge(page, HEALTH)
    report_with_evidence(page, health, "底数已与妇幼保健院核对。", files=[])
    ask_for_completion(page, health, "底数已核清。")

    sign_in(page, "office_staff")
    record_the_signed_page(page, health)
    scan = address_of_file(page, SCAN)
    paper = make_the_paper(page)
    the_paper_tells_each_step(paper)

    page.context.clear_cookies()
    a_stranger_can_confirm(page, paper)

    sign_in(page, "stats_liaison")
    acknowledge(page, STATISTICS)
    nothing_of_the_others_is_seen(page, tasks, files=[evidence, scan], paper=paper)


# --- the meeting --------------------------------------------------------------------------------------------------


def record_the_meeting(page):
    """A meeting of a series that met before, held today, with who is asked by group and kind of post."""
    follow(page, "会议")
    follow(page, "新建会议")
    fill(page, "会议名称", MEETING)
    choose(page, "会议类型", "妇女儿童工作会议")
    fill(page, "会议日期", clock.today().isoformat())
    fill(page, "地点", "县政府三楼会议室")
    fill(page, "主持人职务", "县政府办主任")
    for group, post in GROUPS:
        page.get_by_role("checkbox", name=f"{group}：{post}", exact=True).check()
    press(page, "新建会议")
    press(page, "发出通知并编次")
    press(page, "登记为已召开")
    return page.url


def record_the_agenda(page):
    follow(page, "议程发言", within="会议各页")
    for kind, title in AGENDA:
        follow(page, "增加议程")
        choose(page, "种类", kind)
        fill(page, "议程", title)
        press(page, "增加议程")
    assert page.get_by_role("table", name="议程，按顺序").locator("tbody tr").count() == len(AGENDA)


def mark_everybody_present(page):
    follow(page, "参会", within="会议各页")
    press(page, "按参会范围生成名单")
    page.get_by_role("button", name="未点的全部记为出席").click()
    press(page, "保存参会情况")
    asked = page.locator("table.roll tbody tr:not(.group)").count()
    assert asked > 10
    assert page.locator("table.roll input[value=present]:checked").count() == asked


def record_the_speeches(page):
    """Three units speak from notes; the leader's text was reviewed, so tasks may rest on it."""
    follow(page, "议程发言", within="会议各页")
    for unit, text in STATEMENTS.items():
        follow(page, "登记发言")
        choose(page, "种类", "交流发言")
        pick(page, "发言单位", unit)
        fill(page, "发言原文", text)
        press(page, "登记发言")
    follow(page, "登记发言")
    choose(page, "种类", "讲话")
    fill(page, "职务", "副县长")
    fill(page, "发言原文", ADDRESS)
    page.get_by_role("radio", name="已审定").check()
    fill(page, "审定人", "办公室主任")
    fill(page, "审定日期", clock.today().isoformat())
    press(page, "登记发言")


# --- requirements and tasks ---------------------------------------------------------------------------------------


def mark_the_requirements(page):
    """Each sentence is selected in the text; the one that asks for nothing in particular is set aside."""
    follow(page, "要求与任务", within="会议各页")
    for sentence in (ASIDE, *(asked.sentence for asked in ASKED)):
        select_in_the_text(page, sentence)
        page.get_by_role("button", name="标记选中的文字").click()
        assert page.get_by_label("要求原文").input_value() == sentence
        press(page, "添加要求")
    page.get_by_role("link", name=ASIDE).last.click()
    follow(page, "本条不列任务…")
    fill(page, "不列任务的理由", "原则性要求，纳入日常工作。")
    page.locator("form.form .btn-primary").click()
    page.get_by_text("已写明不列任务的理由").wait_for()


def select_in_the_text(page, sentence):
    """As with the mouse: from the first letter of the sentence to its last."""
    page.evaluate(
        """(sentence) => {
            const walk = document.createTreeWalker(document.querySelector("[data-speech]"), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const at = walk.currentNode.data.indexOf(sentence);
                if (at < 0) { continue; }
                const range = document.createRange();
                range.setStart(walk.currentNode, at);
                range.setEnd(walk.currentNode, at + sentence.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
            throw new Error(`not in the text: ${sentence}`);
        }""",
        sentence,
    )


def make_the_tasks(page, meeting):
    """A draft from each requirement; the page of each, by what was asked."""
    tasks = {}
    for asked in ASKED:
        page.goto(f"{meeting}/requirements")
        page.locator("ul.reqs").get_by_role("link", name=asked.sentence).click()
        draft = page.get_by_role("group", name="任务 1", exact=True)
        draft.get_by_label("任务 1", exact=True).fill(asked.title)
        pick(draft, "牵头单位", asked.lead)
        draft.get_by_label("配合单位").fill(asked.helpers)
        draft.get_by_label("时限").fill(asked.due_on.isoformat())
        press(page, "存为任务草稿")
        follow(page, asked.title)
        tasks[asked] = page.url
    page.goto(tasks[EDUCATION])
    follow(page, "修改任务")
    fill(page, "完成标准", STANDARD)
    press(page, "保存")
    return tasks


def send_to_the_director(page, task):
    page.goto(task)
    press(page, "送主任交办")


def issue_together(page):
    page.goto("/tasks/?status=pending_issue")
    for asked in ASKED:
        page.get_by_role("checkbox", name=f"选择 {asked.title}").check()
    page.get_by_role("button", name="交办 3 件").click()
    assert page.get_by_role("checkbox", checked=True).count() == len(ASKED)
    press(page, "交办所选任务")
    page.get_by_text("已交办 3 件").wait_for()


# --- units --------------------------------------------------------------------------------------------------------


def acknowledge(page, asked):
    page.goto("/tasks/")
    follow(page, asked.title)
    press(page, "签收")


def report_with_evidence(page, task, done, *, files):
    page.goto(task)
    page.locator(".act").get_by_role("link", name=re.compile("^报送")).click()
    fill(page, "进展情况", done)
    for standard in page.get_by_role("checkbox", name=STANDARD).all():
        standard.check()
    page.get_by_role("radio", name="已完成").check()
    page.locator("input[name=files]").set_input_files(files)
    press(page, "报送")
    page.get_by_text("已报送").first.wait_for()


def ask_for_completion(page, task, words):
    page.goto(task)
    follow(page, "申请办结")
    fill(page, "办结情况", words)
    press(page, "申请办结")


def approve_on_line(page, task):
    page.goto(task)
    follow(page, "审核，报办公室")
    page.get_by_role("radio", name="由我在线办理").check()
    fill(page, "审核意见", "同意。")
    press(page, "同意，报办公室")


def record_the_signed_page(page, task):
    """The head of the unit signed on paper; the office records who, when, with which words, and keeps the page."""
    page.goto(task)
    follow(page, "录入单位负责人签批")
    fill(page, "签批人", "县卫健委主任")
    fill(page, "签批日期", clock.today().isoformat())
    fill(page, "签批意见", SIGNED)
    page.locator("input[name=scan]").set_input_files([signed_page()])
    press(page, "同意，报办公室")


# --- the office ---------------------------------------------------------------------------------------------------


def send_back(page, task, reason):
    page.goto(task)
    follow(page, "退回")
    fill(page, "退回理由", reason)
    press(page, "退回")


def complete(page, task):
    page.goto(task)
    follow(page, "办结")
    fill(page, re.compile("办结意见|说明"), "配合单位已口头说明情况，不再单独报送。")
    press(page, "办结")


def close(page, task):
    page.goto(task)
    follow(page, "销号")
    fill(page, re.compile("销号"), "已抽查台账，情况属实。")
    press(page, "销号")


# --- the paper ----------------------------------------------------------------------------------------------------


def make_the_paper(page):
    page.goto("/reports/meeting-progress")
    choose(page, "会议", re.compile(MEETING))
    choose(page, "详略", re.compile("列办理过程"))
    press(page, "更新预览")
    press(page, "生成")
    address = page.url
    content = page.request.get(page.get_by_role("link", name="打开 PDF").get_attribute("href")).body()
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)
    return Printed(address, content, re.sub(r"\s", "", text))


def the_paper_tells_each_step(paper):
    today = printed_day(clock.today())
    told = [RETURNED, SIGNED, EVIDENCE, SCAN, ASIDE, STANDARD, today, "已审定", "核验码"]
    told += ["线上签批", "线下签批（办公室工作人员代录）", "县卫健委主任", "已销号", "待办公室审核"]
    for asked in ASKED:
        units = [FULL_NAMES.get(unit, unit) for unit in (asked.lead, *asked.helpers.split("、"))]
        told += [asked.sentence, asked.title, printed_day(asked.due_on), *units]
    assert [words for words in told if words not in paper.words] == []


def a_stranger_can_confirm(page, paper):
    """Number, day and hash, but not what the paper is about."""
    code = re.search(r"核验码：([0-9A-Z-]+)", paper.words)[1]
    number = re.search(r"BB-\d{4}-\d{4}", paper.words)[0]
    page.goto(f"/verify/{code}")
    seen = page.locator("main").inner_text()
    assert number in seen
    assert printed_day(clock.today()) in re.sub(r"\s", "", seen)
    assert hashlib.sha256(paper.content).hexdigest() in seen
    assert MEETING not in page.content()


def nothing_of_the_others_is_seen(page, tasks, *, files, paper):
    """A unit that is in neither task: not by address, not in lists, not by search, not in what it prints."""
    others = (EDUCATION, HEALTH)
    gone = [tasks[asked] for asked in others] + files + [paper.address, f"{paper.address}.pdf"]
    for address in gone:
        assert page.request.get(address).status == 404, address
    assert page.request.get("/reports/meeting-progress").status == 404
    for place in ("/", "/tasks/?view=all", "/tasks/period?all=1", "/reports/", "/meetings/"):
        shows_nothing_of(page.goto(place).text(), others)
    for asked in others:
        page.goto("/")
        page.get_by_role("searchbox", name="搜索会议、任务、单位").fill(asked.title)
        page.get_by_role("button", name="搜索", exact=True).click()
        assert page.get_by_role("link", name=asked.title).count() == 0
    printed = page.request.get("/reports/responsibility-list.pdf").body()
    words = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(printed)).pages)
    assert STATISTICS.title in re.sub(r"\s", "", words)
    shows_nothing_of(re.sub(r"\s", "", words), others)


def shows_nothing_of(text, others):
    for asked in others:
        assert asked.title not in text
    assert RETURNED not in text


# --- hands --------------------------------------------------------------------------------------------------------


def labelled(text):
    """The label as it stands, whether or not （选填） follows."""
    return text if isinstance(text, re.Pattern) else re.compile(rf"^{re.escape(text)}(\s*（选填）)?$")


def fill(page, label, value):
    page.get_by_label(labelled(label)).fill(value)


def choose(page, label, option):
    box = page.get_by_label(labelled(label))
    if isinstance(option, re.Pattern):
        option = box.locator("option", has_text=option).inner_text()
    box.select_option(label=option)


def pick(page, label, unit):
    """Type a unit's name into the box that stands for its list, and take what it names."""
    box = page.get_by_label(labelled(label)).and_(page.get_by_role("combobox"))
    box.fill(unit)
    box.press("Enter")
    assert box.input_value() == unit


def follow(page, name, within=None):
    where = page.get_by_role("navigation", name=within) if within else page
    where.get_by_role("link", name=re.compile(rf"^(\S+\s)?{re.escape(name)}(\s\S+)*$")).first.click()


def press(page, name):
    """Press a button and wait for the page that it leads to, which says what happened or what is wrong."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    wrong = page.locator(".errors").all_inner_texts()
    assert wrong == []


def address_of_file(page, name):
    return page.get_by_role("link", name=name).first.get_attribute("href")


def note(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def signed_page():
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(content)
    return {"name": SCAN, "mimeType": "application/pdf", "buffer": content.getvalue()}


def printed_day(day):
    return f"{day.year}年{day.month}月{day.day}日"

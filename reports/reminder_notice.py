"""催办通知 (``reminder-notice``): the tasks of one unit that are due or overdue, and by when to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.blocks import Block, Cell, Column, Official, Row, Table, Text
from reports.facts import Issuer, Light, day_text
from reports.sections import listed


@dataclass(frozen=True, kw_only=True)
class ReminderItem:
    """A task, what is owed of it (签收, 进展报告, 办结申请), and how late it is in words of its light."""

    number: str
    title: str
    owed: str
    due_on: date
    light: Light
    last_report_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReminderNotice:
    """``demands`` are lines, ``answer_by`` the day until which to answer; ``times`` counts the reminders before."""

    issuer: Issuer
    title: str
    addressees: str
    day: date
    items: tuple[ReminderItem, ...]
    demands: tuple[str, ...] = ()
    answer_by: date | None = None
    times: int = 0
    contact: str = ""
    copies_to: str = ""


def compose(notice: ReminderNotice) -> Official:
    """A letter of the office."""
    contact = f"联系人：{notice.contact}" if notice.contact else ""
    phone = f"电话：{notice.issuer.phone}" if notice.issuer.phone else ""
    return Official(
        form="letter",
        mark=notice.issuer.office,
        title=notice.title,
        body=_body(notice),
        year=notice.day.year,
        addressees=notice.addressees,
        signature=notice.issuer.office,
        day=notice.day,
        signing="seal",
        remark="，".join(part for part in (contact, phone) if part),
        copies_to=notice.copies_to,
    )


def _body(notice: ReminderNotice) -> Iterator[Block]:
    again = f"此前已提醒{notice.times}次。" if notice.times else ""
    yield Text(f"截至{day_text(notice.day)}，你单位有{len(notice.items)}项工作尚未按时办理，情况如下。{again}")
    yield Table(columns=_COLUMNS, name="催办事项", rows=_rows(notice), empty="没有需要催办的事项")
    until = f"请于{day_text(notice.answer_by)}前办理并反馈。" if notice.answer_by else "请抓紧办理并反馈。"
    yield Text(until)
    if notice.demands:
        yield Text(listed(notice.demands))
    yield Text("不能按时办结的，请在期限前提出延期申请，说明原因和拟完成时间。")


_COLUMNS = (
    Column(head="序号", weight=8, align="center"),
    Column(head="任务", weight=30),
    Column(head="应办事项", weight=20),
    Column(head="任务时限", weight=20, align="center"),
    Column(head="情况", weight=22),
)


def _rows(notice: ReminderNotice) -> Iterator[Row]:
    for place, item in enumerate(notice.items, 1):
        owed = item.owed
        if item.last_report_on:
            owed += f"\n最近报告于\n{day_text(item.last_report_on)}"
        title = f"{item.title}（{item.number}）" if item.number else item.title
        yield [place, title, owed, item.due_on, Cell(item.light.word, light=item.light.code)]

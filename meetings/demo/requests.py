"""Requests for more time, a list sent to its units for their opinion, a look back; by the same actions as any other."""

from datetime import timedelta

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.db import db
from meetings.demo.narrator import Narrator
from meetings.tasks import actions, queries
from meetings.tasks.actions.consultations import OpinionInput
from meetings.tasks.models import LookBackOutcome, Task, TaskSource, TaskStatus
from meetings.tasks.rules import lines_for

_ASKED_OF = ("县教育局", "县卫健委")
_DRAFTS = (
    (
        "建立暑期儿童安全巡查机制",
        "暑期前排查水域、工地和闲置场所，明确看护责任人。",
        "县教育局",
        ("县公安局", "县卫健委"),
    ),
    ("完善孕产妇转诊通道", "县乡两级明确转诊流程和值班电话。", "县卫健委", ("县医保局",)),
)


class Requests(Narrator):
    """What units asked of the office, and the office of its units."""

    def tell(self) -> None:
        granted, waiting = (self._running(name) for name in _ASKED_OF)
        if granted:
            self._more_time(granted, "县教育局", is_decided=True)
        if waiting:
            self._more_time(waiting, "县卫健委", is_decided=False)
        self._looked_back()
        self._consulted()

    def _running(self, unit: str) -> int | None:
        """The task of the unit that is under way and due last, with time left."""
        rows = select(Task.id).where(
            Task.committee_id == self.committee_id,
            Task.lead_unit_id == self.units[unit],
            Task.status == TaskStatus.IN_PROGRESS,
            Task.due_on > self.today + timedelta(days=10),
            Task.source == TaskSource.REQUIREMENT,
        )
        return db.session.scalar(rows.order_by(Task.due_on.desc(), Task.id).limit(1))

    def _more_time(self, task_id: int, unit: str, *, is_decided: bool) -> None:
        liaison, head = self.person_of(unit, Role.LIAISON), self.person_of(unit, Role.UNIT_HEAD)
        with self.on(-3, 10, by=liaison):
            task = queries.find(task_id, actor=liaison)
            asked = task.due_on + timedelta(days=30)
            actions.ask_extension(
                task,
                asked_due_on=asked,
                reason="部分乡镇数据尚在核对，需与下一轮摸排一并完成。",
                progress="已完成八个乡镇的核对，台账已建立。",
                by=liaison,
            )
        with self.on(-2, 11, by=head):
            actions.approve_extension(queries.find(task_id, actor=head), note="情况属实，同意。", by=head)
        if is_decided:
            with self.on(-1, 16, by=self.director):
                task = queries.find(task_id, actor=self.director)
                actions.grant_extension(task, decided_due_on=asked, note="同意延期，按月报进度。", by=self.director)

    def _looked_back(self) -> None:
        year = self.today.year
        with self.on(-6, 9, by=self.staff):
            drawn = actions.draw_look_back(
                title=f"{year}年销号任务回头看", year=year, sample_size=2, seed="2026", by=self.staff
            ).id
        with self.on(-4, 17, by=self.staff):
            item_id = next(iter(queries.find_look_back(drawn, actor=self.staff).items)).id
            item = queries.find_look_back_item(drawn, item_id, actor=self.staff)
            actions.record_finding(
                item,
                outcome=LookBackOutcome.HELD,
                findings="实地查看，目录在用，数据按季更新。",
                checked_on=self.today - timedelta(days=7),
                by=self.staff,
            )

    def _consulted(self) -> None:
        """Two drafts are with their units: one of them has an opinion, the others are silent so far."""
        with self.on(-2, 9, by=self.staff):
            drafts = [
                actions.draft_task(
                    **{
                        **actions.PLAIN_DRAFT,
                        "title": title,
                        "content": content,
                        "lead_unit_id": self.units[lead],
                        "cooperating_unit_ids": [self.units[name] for name in helpers],
                        "due_on": self.today + timedelta(days=60),
                        "standards": ["方案印发", "责任人名单公布"],
                        "source": TaskSource.OFFICE,
                        "source_text": "办公室拟定",
                        "requirement": None,
                    },
                    by=self.staff,
                )
                for title, content, lead, helpers in _DRAFTS
            ]
            row = actions.open_consultation(
                drafts,
                title=f"{self.today.year}年补充任务（征求意见稿）",
                answer_by=self.today + timedelta(days=5),
                by=self.staff,
            )
            consultation_id = row.id
        by = self.person_of("县教育局", Role.LIAISON)
        with self.on(-1, 15, by=by):
            asked = queries.find_consultation(consultation_id, actor=by)
            (line, *_rest) = lines_for(asked, self.units["县教育局"])
            actions.answer_consultation(
                asked,
                self.units["县教育局"],
                opinions={line.id: OpinionInput("建议增加县水利局为配合单位，水域由其核定。", ("helpers",))},
                by=by,
            )

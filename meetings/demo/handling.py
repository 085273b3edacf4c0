"""The tasks of the demo committee, each taken through its steps as far as its plot goes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.attachments import actions as attachments
from meetings.attachments.models import Attachment
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.demo.narrator import Narrator
from meetings.demo.texts import Plot
from meetings.meetings.models import Meeting, Requirement
from meetings.tasks import actions as tasks
from meetings.tasks import queries as tasks_queries
from meetings.tasks.models import ReportingCycle, Step, Task, TaskSource, TaskStatus


class Handling(Narrator):
    """Tells what became of the tasks."""

    def tell(self, plot: Plot, meeting: Meeting) -> None:
        """One task through its steps, as far as its plot goes."""
        task_id = self._draft(plot, meeting)
        issued, reported = plot.issued, self._report_days(plot)
        if plot.status is TaskStatus.DRAFT:
            return
        with self.on(issued - 1, 16, by=self.staff):
            tasks.submit_for_issue(self._find(task_id), by=self.staff)
        if plot.status is TaskStatus.PENDING_ISSUE:
            return
        with self.on(issued, 15, by=self.director):
            tasks.issue(self._find(task_id), by=self.director)
        if plot.status is TaskStatus.CANCELLED:
            with self.on(issued + 5, 17, by=self.director):
                tasks.cancel(self._find(task_id), reason="与县教育局已有手册内容重复，合并办理。", by=self.director)
            return
        if not plot.acknowledged:
            return
        self._acknowledge(task_id, plot)
        if plot.status is TaskStatus.SUSPENDED:
            with self.on(issued + 10, 11, by=self.director):
                tasks.suspend(
                    self._find(task_id), reason="等待州里明确乡镇场考核口径，明确后恢复办理。", by=self.director
                )
            return
        for day, said, total in reported:
            self._report(task_id, plot, day, said, total)
        self._finish(task_id, plot)

    def _draft(self, plot: Plot, meeting: Meeting) -> int:
        days = plot.issued - 4
        with self.on(days, 10, by=self.staff):
            requirement = db.session.scalars(
                select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.number == plot.of + 1)
            ).one()
            quantities = (
                [tasks.QuantityInput(plot.quantity[0], plot.quantity[1], Decimal(plot.quantity[2]))]
                if plot.quantity
                else []
            )
            due = max(self.today + timedelta(days=plot.due), self.today + timedelta(days=plot.issued))
            task = tasks.draft_task(
                title=plot.title,
                content=plot.content,
                lead_unit_id=self.units[plot.lead],
                cooperating_unit_ids=self._helpers(plot),
                due_on=due,
                standards=list(plot.standards),
                quantities=quantities,
                stages=[tasks.StageInput(self.today + timedelta(days=plot.stage[0]), plot.stage[1])]
                if plot.stage
                else [],
                source=TaskSource.REQUIREMENT,
                source_text="",
                requirement=requirement,
                meeting=db.session.get_one(Meeting, meeting.id),
                parent=None,
                weight=1,
                urgency=plot.urgency,
                reporting_cycle=ReportingCycle.QUARTERLY,
                reporting_day=5,
                reporting_reason="",
                evidence_reason="",
                basis="",
                by=self.staff,
            )
            return task.id

    def _helpers(self, plot: Plot) -> list[int]:
        found: list[int] = []
        for name in plot.helpers:
            found += self.townships if name == "各乡镇场" else [self.units[name]]
        return found

    def _find(self, task_id: int) -> Task:
        return tasks_queries.find(task_id, actor=self.director)

    def _acknowledge(self, task_id: int, plot: Plot) -> None:
        liaison = self.person_of(plot.lead, Role.LIAISON)
        with self.on(plot.issued + 1, 16, 20, by=liaison):
            tasks.acknowledge(self._find(task_id), by=liaison)
        for name in plot.helpers[:2]:
            if name == "各乡镇场":
                continue
            helper = self.person_of(name, Role.LIAISON)
            with self.on(plot.issued + 2, 17, 5, by=helper):
                tasks.acknowledge(self._find(task_id), by=helper)

    def _report_days(self, plot: Plot) -> list[tuple[int, str, int | None]]:
        """The lead's reports spread between receipt and now (or the date, where that is past)."""
        last = min(-2, plot.due - 1)
        count = len(plot.reports)
        span = last - plot.issued
        totals: Sequence[int | None] = plot.quantity[3] if plot.quantity else [None] * count
        return [
            (plot.issued + 3 + span * (n + 1) // (count + 1), said, total)
            for n, (said, total) in enumerate(zip(plot.reports, totals, strict=True))
        ]

    def _report(self, task_id: int, plot: Plot, day: int, said: str, total: int | None) -> None:
        liaison = self.person_of(plot.lead, Role.LIAISON)
        finished = (
            plot.status in {TaskStatus.UNIT_REVIEW, TaskStatus.OFFICE_REVIEW, TaskStatus.COMPLETED, TaskStatus.CLOSED}
            and said == plot.reports[-1]
        )
        with self.on(day, 11, 8, by=liaison):
            task = self._find(task_id)
            amounts: Mapping[int, tasks.ReportedAmount] = {}
            if total is not None:
                quantity = task.quantities[0]
                amounts = {quantity.id: tasks.ReportedAmount(Decimal(total) - quantity.total, Decimal(total), "")}
            met: Collection[int] = [s.id for s in task.standards] if finished or plot.returned else []
            report = tasks.report_progress(
                task,
                unit_id=None,
                done=said,
                problems="",
                next_steps="按时限推进，月底前完成下一批。" if not finished else "",
                needs_coordination=False,
                is_no_change=False,
                step=Step.DONE if finished else Step.UNDER_WAY,
                standards_met=met,
                quantities=amounts,
                files=[self._evidence(plot, liaison)] if finished or plot.returned else [],
                head_confirms_every=False,
                by=liaison,
            )
            report_id = report.id
        if day < -9:
            with self.on(day + 3, 15, 20, by=self.staff):
                tasks.accept_report(tasks_queries.find_report(report_id, actor=self.staff), by=self.staff)

    def _evidence(self, plot: Plot, by: Actor) -> Attachment:
        text = f"{plot.title}\n{plot.lead}\n" + "\n".join(plot.reports)
        return attachments.keep(
            name=f"{plot.title[:20]}情况说明.txt", content=text.encode(), storage=self.storage, by=by, max_megabytes=20
        )

    def _finish(self, task_id: int, plot: Plot) -> None:
        wanted = plot.status
        last = min(-2, plot.due - 1)
        if plot.returned:
            self._submit(task_id, plot, last - 1)
            with self.on(last, 16, 30, by=self.staff):
                tasks.return_task(self._find(task_id), reason=plot.returned, by=self.staff)
            return
        if wanted is TaskStatus.UNIT_REVIEW:
            liaison = self.person_of(plot.lead, Role.LIAISON)
            with self.on(last, 17, 20, by=liaison):
                tasks.submit_completion(self._find(task_id), note="完成标准已全部达到，申请办结。", by=liaison)
            return
        if wanted not in {TaskStatus.OFFICE_REVIEW, TaskStatus.COMPLETED, TaskStatus.CLOSED}:
            return
        self._submit(task_id, plot, last - 1)
        if wanted is TaskStatus.OFFICE_REVIEW:
            return
        with self.on(last, 16, 40, by=self.director):
            tasks.complete(self._find(task_id), note="材料齐全，同意办结；未报送的配合单位另行补报。", by=self.director)
        if wanted is TaskStatus.CLOSED:
            with self.on(last + 1, 17, 10, by=self.director):
                tasks.close(self._find(task_id), note="已列入本期销号清单。", by=self.director)

    def _submit(self, task_id: int, plot: Plot, day: int) -> None:
        liaison = self.person_of(plot.lead, Role.LIAISON)
        with self.on(day, 9, 42, by=liaison):
            tasks.submit_completion(self._find(task_id), note="完成标准已全部达到，申请办结。", by=liaison)
        if plot.offline:
            with self.on(day, 16, 5, by=self.staff):
                scan = attachments.keep(
                    name="办结审签页（扫描件）.txt",
                    content="单位负责人签字盖章页".encode(),
                    storage=self.storage,
                    by=self.staff,
                    max_megabytes=20,
                )
                signature = tasks.Signature(f"{plot.lead}负责人", clock.today(), "情况属实，同意申请办结。", scan)
                tasks.approve_in_unit(self._find(task_id), note="", signature=signature, by=self.staff)
            return
        head = self.person_of(plot.lead, Role.UNIT_HEAD)
        with self.on(day, 16, 5, by=head):
            tasks.approve_in_unit(self._find(task_id), note="同意。", signature=None, by=head)

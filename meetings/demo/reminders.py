"""Reminders, steps of supervision and instructions of the demo committee, made by the same actions as any other."""

from datetime import UTC, datetime, time, timedelta

from meetings.accounts.models import Role
from meetings.approvals.models import Disclosure, PaperUrgency, Retention, SignerRole, Signing
from meetings.core import clock
from meetings.core.db import writing
from meetings.demo.narrator import Narrator
from meetings.reporting import actions as papers
from meetings.reporting.catalogue import PAPERS, completed, gathered
from meetings.reporting.catalogue.entry import Content
from meetings.supervision import actions, queries, words
from meetings.tasks import queries as tasks

_WORDS = ("请财政部门保障经费，按时限办结。", "此项工作要抓紧，办结情况报我。")
_DAYS = 12  # of reminders, so that the record of a task shows some


class Reminders(Narrator):
    """Two weeks of reminders; the tasks that are late the longest urged, supervised, written on by a leader."""

    def tell(self) -> None:
        for days in range(-_DAYS, 1):
            self._morning(days)
        late = self._late()
        if len(late) > 1:
            self._urged(late[1])
        if late:
            self._supervised(late[0])
        self._instructed()

    def _morning(self, days: int) -> None:
        """The job as it ran on that day."""
        day = self.today + timedelta(days=days)
        if not self.calendar.is_working(day):
            return
        moment = datetime.combine(day, time(8, 15), clock.local(clock.now()).tzinfo).astimezone(UTC)
        with clock.pretend(min(moment, clock.now())):
            actions.remind(self.committee_id, today=day, say=words.in_chinese, each=writing)

    def _late(self) -> list[int]:
        rule = tasks.light_rule(self.committee_id, self.today)
        return [row.id for row in tasks.overdue(self.staff, rule=rule, limit=3)]

    def _urged(self, task_id: int) -> None:
        """Urged a week ago and answered by its unit."""
        with self.on(-7, 9, by=self.staff):
            task = tasks.find(task_id, actor=self.staff)
            actions.urge(
                [task],
                text="请说明未按期办结的原因和完成时间。",
                answer_by=self.today - timedelta(days=4),
                say=words.in_chinese,
                by=self.staff,
            )
            unit = task.lead_unit.short_name
        by = self.person_of(unit, Role.LIAISON)
        with self.on(-5, 16, by=by):
            step = queries.steps_of(tasks.find(task_id, actor=by), actor=by)[0]
            actions.answer(step, answer="材料正在汇总，本月底前办结。", by=by)

    def _supervised(self, task_id: int) -> None:
        """Urged without an answer, then a 督办通知单 on its way through 签批."""
        with self.on(-9, 9, by=self.staff):
            task = tasks.find(task_id, actor=self.staff)
            answer_by = self.today - timedelta(days=6)
            actions.urge([task], text="", answer_by=answer_by, say=words.in_chinese, by=self.staff)
        entry = PAPERS["supervision-notice"]
        with self.on(0, 9, by=self.staff):
            chosen = completed(entry, actor=self.staff, chosen={"task": task_id})
            content: Content = gathered(entry, actor=self.staff, chosen=chosen)
            row = papers.draft_paper(
                entry.code,
                signer_role=SignerRole(content.signer),
                parameters={**chosen, **content.texts},
                sheet={
                    "title": content.title[:200],
                    "disclosure": Disclosure.ON_REQUEST,
                    "urgency": PaperUrgency.URGENT,
                    "copy_count": 5,
                    "addressees": str(content.texts["addressees"]),
                    "copies_to": "",
                    "signing": Signing.SEAL,
                    "cosigners": "",
                    "signer_posts": "",
                    "retention": Retention.YEARS_10,
                },
                by=self.staff,
            )
            papers.begin_step(
                entry.code,
                row.approval_id,
                task_ids=content.task_ids,
                unit_id=content.unit_id,
                answer_by=content.texts["answer_by"],
                by=self.staff,
            )

    def _instructed(self) -> None:
        """A leader wrote on two tasks: the office answered the one, the other waits."""
        leader = self.account("leader")
        rule = tasks.light_rule(self.committee_id, self.today)
        coming = tasks.due_in(leader, self.today, self.today + timedelta(days=90), rule=rule, limit=2)
        for days, row, text in zip((-6, -2), coming, _WORDS, strict=False):
            with self.on(days, 11, by=leader):
                given = actions.instruct(
                    tasks.find(row.id, actor=leader),
                    text=text,
                    answer_by=self.today + timedelta(days=days + 7),
                    by=leader,
                )
                instruction_id = given.id
            if days == -6:
                with self.on(-4, 10, by=self.staff):
                    found = queries.find_instruction(instruction_id, actor=self.staff)
                    actions.answer_instruction(found, answer="已与财政部门对接，经费列入本季度安排。", by=self.staff)

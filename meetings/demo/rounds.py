"""Rounds, material and duties of the demo committee, made by the same actions as any other."""

from datetime import timedelta

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.demo.narrator import Narrator
from meetings.meetings.models import AgendaItem, AgendaKind, Meeting, MeetingStatus
from meetings.rounds import actions, queries, rules, words
from meetings.rounds.models import CollectionKind, ReportingRound, RoundCycle
from meetings.tasks import actions as tasks
from meetings.tasks import queries as task_queries

_CLOSED_UNITS = 4
_OPEN_UNITS = 4


class Rounds(Narrator):
    """A quarter that is over, its successor as a draft, a round past its day, speeches for the next meeting."""

    def tell(self) -> None:
        names = self._owing()
        self._over(names[:_CLOSED_UNITS])
        self._under_way(names[_CLOSED_UNITS : _CLOSED_UNITS + _OPEN_UNITS])
        self._speeches()
        self._duties()

    def _owing(self) -> list[str]:
        """Short names of units with tasks under way, in the plan's order."""
        everything = ReportingRound(committee_id=self.committee_id, due_on=self.today, scopes=[])
        known = set(self.units)
        return [unit.unit_name for unit in queries.asked(everything) if unit.unit_name in known]

    def _draft(
        self, title: str, opened: int, due: int, names: list[str], cycle: RoundCycle = RoundCycle.ONCE
    ) -> ReportingRound:
        period = rules.quarter_of(self.today - timedelta(days=92))
        due_on = max(self.today + timedelta(days=due), self.today + timedelta(days=opened))
        while not self.calendar.is_working(due_on):
            due_on += timedelta(days=1)
        return actions.draft_round(
            title=title,
            cycle=cycle,
            cycle_reason="",
            from_on=period.from_on,
            until_on=period.until_on,
            due_on=due_on,
            note="数量填累计数；没有变化的一按即可。",
            group_ids=[],
            unit_ids=[self.units[name] for name in names],
            task_numbers=[],
            by=self.staff,
        )

    def _open(self, title: str, opened: int, due: int, names: list[str], cycle: RoundCycle) -> int:
        with self.on(opened, 9, by=self.staff):
            row = self._draft(title, opened, due, names, cycle)
            actions.open_round(row, by=self.staff)
            return row.id

    def _report(self, round_id: int, name: str, days: int, *, least: int = 0) -> list[int]:
        """The unit's whole period; ``least`` tasks at most where it does not finish. The ids of its reports."""
        by: Actor = self.person_of(name, Role.LIAISON)
        unit_id = self.units[name]
        sent = []
        with self.on(days, 15, 30, by=by):
            owing = queries.find_unit(round_id, unit_id, actor=by, to_change=True)
            lines = [line for line in queries.lines_of(owing).lines if not line.is_released]
            for line in lines[: least or None]:
                task = task_queries.find(line.task_id, actor=by)
                part = next(part for part in task.units if part.unit_id == unit_id)
                report = tasks.report_progress(
                    task,
                    unit_id=unit_id,
                    done="",
                    problems="",
                    next_steps="",
                    needs_coordination=False,
                    is_no_change=True,
                    step=part.step,
                    head_confirms_every=False,
                    by=by,
                )
                sent.append(report.id)
        return sent

    def _over(self, names: list[str]) -> None:
        """All in, one of them late; locked; the next quarter's is proposed."""
        period = rules.quarter_of(self.today - timedelta(days=92))
        title = words.title_of(RoundCycle.QUARTERLY, *period)
        round_id = self._open(title, -13, -8, names, RoundCycle.QUARTERLY)
        sent: list[int] = []
        for n, name in enumerate(names):
            sent += self._report(round_id, name, -5 if n == len(names) - 1 else -9)
        with self.on(-4, 15, by=self.staff):
            for report in task_queries.find_reports(sent, actor=self.staff):
                tasks.accept_report(report, by=self.staff)
        with self.on(-4, 16, by=self.staff):
            row = queries.find_to_change(round_id, actor=self.staff)
            actions.lock(row, by=self.staff)
        with self.on(-3, 8, by=self.staff):
            row = queries.find(round_id, actor=self.staff)
            following = rules.next_period(row.cycle, row.until_on)
            assert following is not None
            made = actions.propose_next(row, title=words.title_of(row.cycle, *following), by=self.staff)
            made.due_on = self.calendar.add(following.until_on, 5)  # the one before was late by weeks

    def _under_way(self, names: list[str]) -> None:
        """Past its day: one unit in, one late, the others missing."""
        round_id = self._open("重点任务进展专项填报", -10, -3, names, RoundCycle.ONCE)
        for name, days in zip(names[:2], (-5, -1), strict=False):
            self._report(round_id, name, days)

    def _speeches(self) -> None:
        """交流发言 for the next meeting: one final after two versions, one returned, one in, one still owed."""
        names = ["县教育局", "县卫健委", "县统计局", "县民政局"]
        with self.on(-8, 10, by=self.staff):
            meeting = self._upcoming()
            item = db.session.scalars(
                select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.kind == AgendaKind.EXCHANGE)
            ).first()
            collection_id = actions.collect(
                kind=CollectionKind.SPEECH,
                title="推进会交流发言",
                request="1200字以内，讲做法和下一步打算；数据用系统里已有的，不必另报。",
                due_on=self.today + timedelta(days=3),
                group_ids=[],
                unit_ids=[self.units[name] for name in names],
                meeting=meeting,
                agenda_item=item,
                by=self.staff,
            ).id
        self._hand_in(collection_id, names[0], -6, "我局把课后服务和防溺水教育一并抓，两项都列入学校年度考核。")
        self._opine(collection_id, names[0], -5, "请补充覆盖学校数，删去第二段工作过程。")
        self._hand_in(
            collection_id, names[0], -4, "全县中小学课后服务全部开设，防溺水教育进班级。下一步对寄宿学校逐校核对。"
        )
        self._opine(collection_id, names[0], -3, "", is_final=True)
        self._hand_in(collection_id, names[1], -4, "我委以两癌筛查为重点，乡镇卫生院全部开展。")
        self._opine(collection_id, names[1], -3, "第一段请写明筛查人数和目标，压到1200字以内。")
        self._hand_in(collection_id, names[2], -2, "我局牵头建立分性别统计目录，逐项核对指标口径。")

    def _upcoming(self) -> Meeting:
        rows = select(Meeting).where(
            Meeting.committee_id == self.committee_id, Meeting.status == MeetingStatus.ANNOUNCED
        )
        return (
            db.session.scalars(rows.order_by(Meeting.id.desc())).first()
            or db.session.scalars(
                select(Meeting).where(Meeting.committee_id == self.committee_id).order_by(Meeting.id.desc())
            ).one()
        )

    def _hand_in(self, collection_id: int, name: str, days: int, text: str) -> None:
        by = self.person_of(name, Role.LIAISON)
        with self.on(days, 16, by=by):
            row = queries.find_material(collection_id, self.units[name], actor=by, to_change=True)
            actions.hand_in(row, text=text, file=None, by=by)

    def _opine(self, collection_id: int, name: str, days: int, opinion: str, *, is_final: bool = False) -> None:
        with self.on(days, 17, by=self.staff):
            row = queries.find_material(collection_id, self.units[name], actor=self.staff, to_change=True)
            act = actions.finalise if is_final else actions.return_material
            act(row, number=row.version_count, opinion=opinion, by=self.staff)

    def _duties(self) -> None:
        """The usual duties of the next meeting, the first of them done."""
        with self.on(-6, 9, by=self.staff):
            meeting = self._upcoming()
            actions.add_duties(meeting, [str(what) for what in words.USUAL_DUTIES], by=self.staff)
            db.session.flush()
            who = ("县妇联办公室", "县妇儿工委办", "县妇儿工委办", "县妇儿工委办", "县妇联办公室", "县政府办会务科")
            for n, duty in enumerate(queries.duties_of(meeting)[: len(who)]):
                due_on = min(self.today + timedelta(days=n - 2), meeting.held_on or self.today)
                actions.edit_duty(meeting, duty, what=duty.what, who=who[n], due_on=due_on, by=self.staff)
                if n < 2:
                    actions.tick_duty(meeting, duty, is_done=True, by=self.staff)

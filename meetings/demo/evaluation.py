"""The evaluations of the demo committee: the mid-term one of 2023 in its history, the final one under way."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from meetings.accounts.models import Role
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.db import db
from meetings.demo.committee import COUNTY
from meetings.demo.narrator import Narrator
from meetings.documents.actions import add_document
from meetings.documents.models import DocumentKind
from meetings.evaluation import actions, queries, rules
from meetings.evaluation.actions import Remedy
from meetings.evaluation.models import EvaluationKind, FindingKind, StageKind
from meetings.evaluation.queries.held import Held, held_of
from meetings.evaluation.queries.results import results_of
from meetings.evaluation.rules import StageDays
from meetings.meetings.models import Requirement
from meetings.plans.models import Goal, Indicator, Plan
from meetings.tasks import actions as tasks
from meetings.tasks import queries as task_queries
from meetings.tasks.models import Step, Task, TaskStatus

MID_TERM = date(2023, 9, 4)
UNITS = (
    "宣传部",
    "县教育局",
    "县公安局",
    "县民政局",
    "县人社局",
    "县卫健委",
    "县法院",
    "团县委",
    "县妇联",
    "县残联",
)
# How far the units of the final evaluation are, in the order of the list.
ACCEPTED, WAITING, RETURNED, IN_UNIT = 4, 2, 1, 1

# What units write; facts of their own are added from what the system holds.
SAID: Mapping[str, str] = {
    "reached": "承担的目标按年度任务推进，数据由统计部门核对。",
    "measures": "把规划目标列入年度工作要点，按季度调度；与乡镇、村（社区）建立工作台账。",
    "experience": "部门之间数据每季度对账一次，减少重复填报。",
    "reasons": "基层人员变动较多，个别乡镇台账更新不及时。",
    "next_steps": "对未完成的事项逐项列出时限，明年第一季度前补齐台账。",
    "laws": "执行妇女权益保障法、未成年人保护法，规范性文件出台前作性别平等评估。",
    "plans": "规划目标已写入本部门“十四五”相关规划和年度计划。",
    "duties": "按任务分工明确分管领导和承办科室，承担的任务均有人办、有记录。",
    "mechanisms": "设联络员、统计员各一名，每季度向妇儿工委办报送进展。",
}
# Why an indicator was missed, as its unit writes it; what stands for one without a reason of its own.
REASONS: Mapping[str, str] = {
    "居委会成员中女性比例": "换届后个别社区女性成员偏多，下次换届前结合补选调整。",
    "5岁以下儿童死亡率": "意外伤害致死占比上升，偏远乡镇转诊用时较长。",
    "中小学生体质健康达标优良率": "部分学校场地不足，每天锻炼一小时未全部落实。",
    "儿童溺水死亡率": "暑期开放水域看护有空当，警示和巡查没有覆盖到自然村。",
    "高中阶段教育毛入学率": "随父母外出就读的学生学籍核减不及时，职业学校学位偏少。",
}
REASON = "基层台账更新不及时，数据正在与乡镇场核对。"
# What the requirements of meetings, by words in them, and the tasks serve.
GOALS_OF_REQUIREMENTS: Mapping[str, str] = {
    "“两癌”检查": "适龄妇女定期接受宫颈癌、乳腺癌和常见病筛查。",
    "性别平等评估": "法规政策性别平等评估机制正常运转。",
    "维权协作机制": "家庭暴力的预防和处置更加有力。",
    "婚姻家庭纠纷": "婚姻家庭矛盾发现得早、化解得了。",
    "对困难妇女": "有困难的妇女及时得到救助。",
    "困境儿童关爱": "孤儿、事实无人抚养儿童和农村留守儿童得到保障和关爱。",
    "留守儿童的监护": "孤儿、事实无人抚养儿童和农村留守儿童得到保障和关爱。",
    "儿童友好": "建设一批儿童友好社区。",
}
INDICATORS_OF_TASKS: Mapping[str, str] = {
    "妇女“两癌”检查进度按季度通报": "适龄妇女宫颈癌人群筛查率",
    "提出乳腺癌、宫颈癌检查率追赶措施": "适龄妇女宫颈癌人群筛查率",
    "拟定卫生健康类指标达标时间表": "孕产妇系统管理率",
    "家庭暴力警情告诫和回访全覆盖": "反家庭暴力告诫书发放数",
    "法治宣传进村（社区）、进学校": "获得法律援助的妇女人数",
    "婚姻家庭纠纷按月排查化解": "婚姻家庭纠纷化解率",
    "困难妇女和困境儿童逐户走访": "困难妇女救助应保尽保率",
    "困境儿童分类保障数据比对": "孤儿和事实无人抚养儿童保障率",
    "排查留守儿童上学和住校情况，逐人落实帮扶": "农村留守儿童建档关爱率",
    "签订留守儿童委托照护责任书": "农村留守儿童建档关爱率",
    "乡镇场儿童主任业务轮训": "村（社区）儿童主任配备率",
    "公共场所母婴设施摸底": "6个月内婴儿纯母乳喂养率",
    "儿童友好社区服务场所自查": "儿童友好社区数",
    "拟定教育类指标达标时间表": "高中阶段教育毛入学率",
    "编印家庭教育指导手册": "农村社区家长学校或家庭教育指导站点覆盖率",
}


class Evaluations(Narrator):
    """Tells of the evaluations."""

    def tell(self) -> None:
        """The mid-term evaluation from plan to rectification, then the final one as far as it is."""
        self._ties()
        self._mid_term()
        self._final()

    def _on(self, day: date, *, by: Actor, hour: int = 10) -> AbstractContextManager[None]:
        """A transaction on that day, or today where it has not come."""
        return self.on(min((day - self.today).days, 0), hour, by=by)

    def _plans(self) -> Sequence[Plan]:
        rows = select(Plan).where(Plan.committee_id == self.committee_id, Plan.from_year == 2021)
        return db.session.scalars(rows.order_by(Plan.id)).all()

    def _ties(self) -> None:
        """Some requirements and tasks name the goals and indicators that they serve."""
        with self.on(-40, by=self.staff):
            goals = {row.text: row for row in self._lines(Goal)}
            measured = {row.name: row for row in self._lines(Indicator)}
            asked = db.session.scalars(
                select(Requirement)
                .where(Requirement.committee_id == self.committee_id, Requirement.is_actionable)
                .order_by(Requirement.id)
            ).all()
            for requirement in asked:
                for words, goal in GOALS_OF_REQUIREMENTS.items():
                    if words in requirement.text:
                        actions.link(goals[goal], requirement, by=self.staff)
            handed = db.session.scalars(
                select(Task)
                .where(Task.committee_id == self.committee_id, Task.number.is_not(None))
                .where(Task.status != TaskStatus.CANCELLED)
                .order_by(Task.id)
            ).all()
            for task in handed:
                if task.title in INDICATORS_OF_TASKS:
                    actions.link(measured[INDICATORS_OF_TASKS[task.title]], task, by=self.staff)

    def _lines(self, kind: Any) -> Sequence[Any]:
        """Goals or indicators of the plans that are being evaluated."""
        rows = select(kind).join(Plan, Plan.id == kind.plan_id).where(kind.committee_id == self.committee_id)
        return db.session.scalars(rows.where(Plan.from_year == 2021).order_by(kind.id)).all()

    def _begin(
        self,
        kind: EvaluationKind,
        year: int,
        begins: date,
        number: str,
        days: Mapping[StageKind, StageDays] | None = None,
    ) -> int:
        word = "中期" if kind is EvaluationKind.MID_TERM else "终期"
        title = f"{COUNTY}妇女儿童发展规划（2021—2025年）{word}评估"
        with self._on(begins, by=self.staff):
            document = add_document(
                kind=DocumentKind.SCHEME,
                title=f"{title}工作方案",
                number=number,
                issuing_body=f"{COUNTY}妇女儿童工作委员会办公室",
                issued_on=min(begins, clock.today()),
                text="",
                is_for_units=True,
                by=self.staff,
            )
            evaluation = actions.begin_evaluation(
                kind=kind,
                title=title,
                year=year,
                plans=self._plans(),
                document=document,
                is_scored=False,
                days=days or rules.proposed_days(begins),
                by=self.staff,
            )
            return evaluation.id

    def _hand_out(self, evaluation_id: int, units: Sequence[str], day: date, due_on: date) -> dict[str, int]:
        with self._on(day, by=self.director):
            evaluation = queries.find(evaluation_id, actor=self.director)
            actions.hand_out(
                evaluation,
                unit_ids=[self.units[unit] for unit in units],
                due_on=max(due_on, clock.today()),
                by=self.director,
            )
        rows = queries.assessments(queries.find(evaluation_id, actor=self.director), actor=self.director)
        return {row.unit_name: row.id for row in rows}

    def _assess(self, unit: str, assessment_id: int, day: date, *, is_sent: bool = True) -> None:
        """The unit's liaison writes and, unless it is still being written, sends."""
        liaison = self.person_of(unit, Role.LIAISON)
        with self._on(day, by=liaison):
            assessment = queries.find_assessment(assessment_id, actor=liaison)
            held = held_of(assessment, actor=liaison)
            missed = {row.standing.id: REASONS.get(row.standing.name, REASON) for row in held.missed}
            actions.write_assessment(assessment, reasons_given=missed, **self._texts(held), by=liaison)
            if is_sent:
                actions.submit_assessment(assessment, held=held.frozen(), missed=list(missed), by=liaison)

    def _texts(self, held: Held) -> dict[str, str]:
        texts = dict(SAID)
        if held.indicators:
            texts["reached"] = f"{rules.proposed_reached(held.states, year=held.year)}\n{SAID['reached']}"
        done = rules.proposed_measures([(task.title, task.done) for task in held.tasks[:5]])
        texts["measures"] = "\n".join(filter(None, (SAID["measures"], done)))
        return texts

    def _approve(self, unit: str, assessment_id: int, day: date) -> None:
        head = self.person_of(unit, Role.UNIT_HEAD)
        with self._on(day, by=head, hour=15):
            actions.approve_assessment(queries.find_assessment(assessment_id, actor=head), note="同意。", by=head)

    def _finish(self, evaluation_id: int, kind: StageKind, day: date) -> None:
        with self._on(day, by=self.staff, hour=17):
            evaluation = queries.find(evaluation_id, actor=self.staff)
            stage = next(row for row in evaluation.stages if row.kind is kind)
            actions.finish_stage(evaluation, stage, by=self.staff)

    def _visit(self, evaluation_id: int, group: str, unit: str, day: date, place: str) -> int:
        """The visit is planned a week before."""
        with self._on(day - timedelta(days=7), by=self.staff):
            evaluation = queries.find(evaluation_id, actor=self.staff)
            known = {row.name: row for row in queries.groups_of(evaluation)}
            one = known.get(group) or actions.add_group(
                evaluation,
                name=group,
                leader="县妇儿工委办主任",
                members="县统计局统计员\n县教育局基教科科长\n县卫健委妇幼科科长",
                by=self.staff,
            )
            visit = actions.plan_visit(
                evaluation, group=one, unit_id=self.units[unit], visited_on=day, place=place, by=self.staff
            )
            return visit.id

    def _record(
        self, visit_id: int, day: date, findings: Sequence[tuple[FindingKind, str]], feedback: str
    ) -> list[int]:
        with self._on(day, by=self.staff, hour=16):
            visit = queries.find_visit(visit_id, actor=self.staff)
            actions.record_visit(
                visit, looked_at="查阅工作台账和会议记录，实地查看，走访群众。", feedback=feedback, by=self.staff
            )
            found = [actions.add_finding(visit, kind=kind, text=text, by=self.staff).id for kind, text in findings]
            actions.give_feedback(visit, by=self.staff)
        return found

    def _answer(self, visit_id: int, unit: str, day: date) -> None:
        liaison = self.person_of(unit, Role.LIAISON)
        with self._on(day, by=liaison):
            visit = queries.find_visit(visit_id, actor=liaison)
            actions.answer_visit(visit, answer="照单认领，已明确承办科室，按期整改并报送佐证。", by=liaison)

    def _rectify(self, visit_id: int, finding_id: int, unit: str, day: date, due_on: date, content: str) -> int:
        with self._on(day, by=self.director):
            visit = queries.find_visit(visit_id, actor=self.director)
            finding = queries.finding_of(visit, finding_id)
            remedy = Remedy(
                problem=finding.text,
                content=content,
                lead_unit_id=self.units[unit],
                due_on=max(due_on, clock.today()),
            )
            row = actions.rectify_finding(visit, finding, remedy, by=self.director)
            return row.task_id

    # --- the mid-term evaluation ---------------------------------------------------------------------------------

    def _mid_term(self) -> None:
        begins = MID_TERM
        evaluation_id = self._begin(EvaluationKind.MID_TERM, 2023, begins, "云妇儿工委办〔2023〕18号")
        units = UNITS[:6]
        forms = self._hand_out(evaluation_id, units, begins + timedelta(days=14), begins + timedelta(days=45))
        self._finish(evaluation_id, StageKind.SCHEME, begins + timedelta(days=14))
        for n, unit in enumerate(units):
            day = begins + timedelta(days=25 + n)
            self._assess(unit, forms[unit], day)
            self._approve(unit, forms[unit], day + timedelta(days=1))
        with self._on(begins + timedelta(days=42), by=self.director):
            for assessment_id in forms.values():
                assessment = queries.find_assessment(assessment_id, actor=self.director)
                actions.accept_assessment(assessment, by=self.director)
        self._finish(evaluation_id, StageKind.SELF_ASSESSMENT, begins + timedelta(days=43))
        day = begins + timedelta(days=60)
        visit_id = self._visit(evaluation_id, "第一督导组", "县卫健委", day, "县妇幼保健院、城关镇卫生院")
        problem = "两所卫生院孕产妇随访台账登记不及时"
        findings = self._record(
            visit_id,
            day,
            [(FindingKind.GOOD, "县、乡两级转诊流程清楚，记录完整"), (FindingKind.PROBLEM, problem)],
            "妇幼保健网络健全，转诊顺畅；随访台账要按月核对。",
        )
        self._answer(visit_id, "县卫健委", day + timedelta(days=3))
        self._finish(evaluation_id, StageKind.INSPECTION, begins + timedelta(days=75))
        self._report(evaluation_id, begins + timedelta(days=100))
        self._finish(evaluation_id, StageKind.REPORT, begins + timedelta(days=105))
        task_id = self._rectify(
            visit_id,
            findings[1],
            "县卫健委",
            begins + timedelta(days=106),
            begins + timedelta(days=190),
            "按月核对孕产妇随访台账，补齐缺漏，建立抽查制度。",
        )
        self._put_right(task_id, "县卫健委", begins + timedelta(days=160))
        self._finish(evaluation_id, StageKind.RECTIFICATION, begins + timedelta(days=200))

    def _put_right(self, task_id: int, unit: str, day: date) -> None:
        """The unit acknowledges, reports and asks for completion; the office completes and closes with proof."""
        liaison, head = self.person_of(unit, Role.LIAISON), self.person_of(unit, Role.UNIT_HEAD)
        with self._on(day - timedelta(days=50), by=liaison):
            tasks.acknowledge(task_queries.find(task_id, actor=liaison), by=liaison)
        with self._on(day, by=liaison):
            task = task_queries.find(task_id, actor=liaison)
            report = tasks.report_progress(
                task,
                unit_id=self.units[unit],
                done="台账已补齐，抽查三个卫生院，登记完整。",
                problems="",
                next_steps="",
                needs_coordination=False,
                is_no_change=False,
                step=Step.DONE,
                standards_met=[standard.id for standard in task.standards],
                head_confirms_every=False,
                by=liaison,
            )
            report_id = report.id
            task = task_queries.find(task_id, actor=liaison)
            tasks.submit_completion(task, note="已整改到位。", by=liaison)
        with self._on(day + timedelta(days=1), by=head):
            tasks.approve_in_unit(task_queries.find(task_id, actor=head), by=head)
        with self._on(day + timedelta(days=3), by=self.staff):
            tasks.accept_report(task_queries.find_report(report_id, actor=self.staff), by=self.staff)
        with self._on(day + timedelta(days=4), by=self.director):
            tasks.complete(task_queries.find(task_id, actor=self.director), by=self.director)
        with self._on(day + timedelta(days=5), by=self.director):
            tasks.close(
                task_queries.find(task_id, actor=self.director), note="抽查台账核实，同意销号。", by=self.director
            )

    def _report(self, evaluation_id: int, day: date) -> None:
        with self._on(day, by=self.staff):
            evaluation = queries.find(evaluation_id, actor=self.staff, with_reviews=True)
            results = results_of(evaluation, actor=self.staff)
            actions.write_report(
                evaluation,
                summary="评估采取单位自评、实地督导、数据核对相结合的方式，各项指标以统计部门核对的数值判定。",
                laws="落实妇女权益保障法、未成年人保护法、家庭教育促进法，出台配套措施。",
                plans="规划目标纳入有关部门专项规划和年度计划。",
                duties="各成员单位按任务分工推进，联络员队伍稳定。",
                mechanisms="每年召开全体会议，每季度调度进展，统计监测制度运行正常。",
                experience="坚持一张清单管到底，任务、指标、佐证对应。\n部门数据按季度对账，减少重复填报。",
                problems="个别指标进度偏慢，乡镇之间不平衡。\n基层台账更新不及时。",
                next_steps="对未达标指标逐项建立整改任务，列入年度调度。",
                reviews={
                    rows[0].standing.domain_id: f"{name}领域各项任务按计划推进，主要指标稳中有升。"
                    for found in results[:1]
                    for name, rows in found.domains[:3]
                },
                by=self.staff,
            )

    # --- the final evaluation ------------------------------------------------------------------------------------

    def _final(self) -> None:
        begins = self.today - timedelta(days=75)
        ends = (-61, 10, 30, 60, 150)  # days from today at which the stages end
        starts = (
            begins,
            begins + timedelta(days=12),
            *(self.today + timedelta(days=end) for end in (-25, ends[2] + 1, ends[3] + 1)),
        )
        days = {
            kind: StageDays(start, self.today + timedelta(days=end))
            for kind, start, end in zip(StageKind, starts, ends, strict=True)
        }
        number = f"云妇儿工委办〔{begins.year}〕21号"
        evaluation_id = self._begin(EvaluationKind.FINAL, 2025, begins, number, days)
        forms = self._hand_out(evaluation_id, UNITS, begins + timedelta(days=12), self.today + timedelta(days=10))
        self._finish(evaluation_id, StageKind.SCHEME, begins + timedelta(days=13))
        sent = ACCEPTED + WAITING + RETURNED
        for n, unit in enumerate(UNITS[: sent + IN_UNIT]):
            day = begins + timedelta(days=25 + 3 * n)
            self._assess(unit, forms[unit], day)
            if n < sent:
                self._approve(unit, forms[unit], day + timedelta(days=1))
        self._assess(UNITS[sent + IN_UNIT], forms[UNITS[sent + IN_UNIT]], self.today, is_sent=False)
        with self.on(-15, by=self.director):
            for unit in UNITS[:ACCEPTED]:
                assessment = queries.find_assessment(forms[unit], actor=self.director)
                actions.accept_assessment(assessment, by=self.director)
        back = UNITS[ACCEPTED + WAITING]
        with self.on(-8, by=self.staff):
            assessment = queries.find_assessment(forms[back], actor=self.staff)
            actions.return_assessment(
                assessment, reason="“职责履行”没有写明承办科室，请补充；数据以统计部门核对的为准。", by=self.staff
            )
        self._visits(evaluation_id)
        self._off_track(evaluation_id)

    def _visits(self, evaluation_id: int) -> None:
        day = self.today - timedelta(days=20)
        visit_id = self._visit(evaluation_id, "第一督导组", "县教育局", day, "第二中学、城关镇中心幼儿园")
        findings = self._record(
            visit_id,
            day,
            [
                (FindingKind.GOOD, "留守儿童台账与学籍系统逐月核对"),
                (FindingKind.PROBLEM, "一所乡镇学校未配专兼职心理健康教师"),
            ],
            "控辍保学机制健全；心理健康教师配备要在本学期内补齐。",
        )
        self._answer(visit_id, "县教育局", self.today - timedelta(days=16))
        self._rectify(
            visit_id,
            findings[1],
            "县教育局",
            self.today - timedelta(days=14),
            self.today + timedelta(days=60),
            "为缺配学校调配或聘用心理健康教师，报送名册人数，不附姓名。",
        )
        second = self.today - timedelta(days=6)
        waiting = self._visit(evaluation_id, "第二督导组", "县卫健委", second, "县妇幼保健院")
        self._record(waiting, second, [(FindingKind.PROBLEM, "部分村医未参加当年妇幼保健培训")], "培训要覆盖到村。")
        self._visit(evaluation_id, "第二督导组", "县民政局", self.today + timedelta(days=9), "县儿童福利机构")

    def _off_track(self, evaluation_id: int) -> None:
        """Two missed indicators have their tasks; the others wait for the office."""
        with self.on(-3, by=self.director):
            evaluation = queries.find(evaluation_id, actor=self.director)
            missed = [
                result
                for found in results_of(evaluation, actor=self.director)
                for result in found.results
                if result.is_missed and result.standing.lead
            ]
            for result in missed[:2]:
                standing = result.standing
                assert standing.lead is not None
                indicator = db.session.get_one(Indicator, standing.id)
                remedy = Remedy(
                    problem=f"{standing.name}2025年未达标",
                    content="分析原因，逐乡镇列出措施和时限，按季度报送数值。",
                    lead_unit_id=standing.lead[0],
                    due_on=self.today + timedelta(days=120),
                )
                actions.rectify_indicator(indicator, 2025, remedy, evaluation=evaluation, by=self.director)

"""What a paper asks before it is made: what it is made of, and the words that the office writes into it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from meetings.approvals.forms import SheetForm
from meetings.core.forms import CheckField, ChoiceField, DayField, Form, LongTextField, TextField, WholeNumberField
from meetings.core.i18n import N_, day
from meetings.core.i18n import gettext as _
from meetings.reporting.rules import typed
from meetings.reporting.words import COLUMN_SETS

_A_LINE_EACH = N_("一行一条，印出时自动编号。")
_FACTS_ONLY = N_("按任务列出的是已登记的事实，请核对后改写；不写的这一节不印。")


class PaperForm(Form):
    """The parameters of one kind of paper; the fields it does not ask for are taken out when the form is made."""

    plan = ChoiceField(N_("规划"), coerce=int, required=False, empty=N_("不限"))
    year = ChoiceField(N_("年度"), coerce=int, required=False)
    meeting = ChoiceField(N_("会议"), coerce=int, required=False, empty=N_("不限"))
    unit = ChoiceField(N_("单位"), coerce=int, required=False, empty=N_("不限"))
    task = ChoiceField(N_("任务"), coerce=int, required=False)
    extension = ChoiceField(N_("延期申请"), coerce=int, required=False)
    consultation = ChoiceField(N_("征求意见"), coerce=int, required=False, empty=N_("不限"))
    subject = ChoiceField(N_("目标、指标或会议要求"), required=False)
    evaluation = ChoiceField(N_("评估"), coerce=int, required=False)
    scope = ChoiceField(
        N_("用途"),
        choices=[("internal", N_("委员会内部使用，列出全部数值"))],
        required=False,
        empty=N_("对外：死亡、暴力、病例少于 5 的不列"),
    )
    columns = ChoiceField(
        N_("栏目"), choices=list(COLUMN_SETS.items()), required=False, empty=N_("交办：内容、标准、单位、时限")
    )
    detail = ChoiceField(
        N_("详略"),
        choices=[("full", N_("详：每项任务一张卡片，列办理过程"))],
        required=False,
        empty=N_("简：每项任务一行，列最新进展"),
    )
    as_of = DayField(N_("截至日期"), required=False, hint=N_("不填为今天。填以前的日期，按当日的办理情况列出。"))

    SELECTORS = (
        "plan",
        "year",
        "meeting",
        "unit",
        "task",
        "extension",
        "consultation",
        "evaluation",
        "subject",
        "scope",
        "columns",
        "detail",
        "as_of",
    )

    def __init__(  # noqa: PLR0913 -- the choices of each selector
        self,
        *args: Any,
        asks: Sequence[str],
        needs: frozenset[str],
        plans: Sequence[tuple[int, str]] = (),
        years: Sequence[tuple[int, str]] = (),
        meetings: Sequence[tuple[int, str, date | None]] = (),
        units: Sequence[tuple[int, str]] = (),
        tasks: Sequence[tuple[int, str]] = (),
        extensions: Sequence[tuple[int, str]] = (),
        consultations: Sequence[tuple[int, str]] = (),
        evaluations: Sequence[tuple[int, str]] = (),
        subjects: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs = needs
        for name in needs:
            self[name].empty = N_("请选择")
        self.meeting.choices = [(id_, f"{title}（{day(held)}）" if held else title) for id_, title, held in meetings]
        self.unit.choices = list(units)
        self.extension.choices = list(extensions)
        self.consultation.choices = list(consultations)
        self.task.choices = list(tasks)
        self.plan.choices, self.year.choices = list(plans), list(years)
        self.evaluation.choices, self.subject.choices = list(evaluations), list(subjects)
        for name in self.SELECTORS:
            if name not in asks:
                del self[name]

    def fill(self, texts: Mapping[str, Any]) -> None:
        """Show the prefilled words, or what was typed over them and not sent."""
        typed = self.typed_before()
        for name, value in texts.items():
            if typed is None:
                self[name].data = value
            else:
                self[name].process(typed, value)

    def validate_selectors(self) -> None:
        """Look at what the paper is made of, as an address says it; the words are not sent by one."""
        for name in list(self._fields):
            if name not in self.SELECTORS:
                self[name].validators = ()
        self.validate()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        for name in sorted(self.needs):
            field = self[name]
            if field.data is None and not field.errors:
                field.errors = [_("请选择%(label)s", label=_(field.label.text))]
                valid = False
        return valid


class SignInSheetForm(PaperForm):
    blank_lines = WholeNumberField(N_("空白行"), required=False, most=50, hint=N_("留给不在名单上的人，0 至 50 行。"))


class AttendeeListForm(PaperForm):
    with_name_cards = CheckField(N_("附座签"), hint=N_("请假、缺席的不印；没有姓名的印单位和职务。"))


class WordsForm(PaperForm):
    """A paper with words of the office's own."""

    keeps_draft = "paper"


class ChairScriptForm(WordsForm):
    opening = LongTextField(N_("开场"), max_length=4000, rows=6)
    closing = LongTextField(N_("小结"), required=False, max_length=4000, rows=6)


class MeetingNoticeForm(WordsForm):
    title = TextField(N_("标题"), max_length=100)
    addressees = TextField(N_("主送"), max_length=300)
    opening = LongTextField(N_("开头"), max_length=1000, rows=3)
    time = TextField(N_("会议时间"), max_length=200)
    place = TextField(N_("会议地点"), max_length=300)
    attendees = LongTextField(N_("参会人员"), max_length=2000, rows=4, hint=_A_LINE_EACH)
    agenda = LongTextField(N_("会议议程"), required=False, max_length=3000, rows=5, hint=_A_LINE_EACH)
    reply_by = DayField(N_("回执报送日期"), required=False)
    leave = LongTextField(N_("请假要求"), required=False, max_length=500, rows=2)
    material = LongTextField(N_("材料要求"), required=False, max_length=500, rows=2)
    dress = LongTextField(N_("着装和会风要求"), required=False, max_length=500, rows=2)
    other = LongTextField(N_("其他要求"), required=False, max_length=1000, rows=2, hint=_A_LINE_EACH)
    contact = TextField(N_("联系方式"), required=False, max_length=200)
    copies_to = TextField(N_("抄送"), required=False, max_length=300)


class MinutesForm(WordsForm):
    title = TextField(N_("标题"), max_length=100)
    matters = LongTextField(N_("议定事项"), required=False, max_length=20000, rows=8, hint=_A_LINE_EACH)
    attended = LongTextField(N_("出席"), required=False, max_length=10000, rows=4)
    on_leave = LongTextField(N_("请假"), required=False, max_length=3000, rows=2)
    observers = LongTextField(N_("列席"), required=False, max_length=3000, rows=2)
    copies_to = TextField(N_("分送"), required=False, max_length=300)


class BulletinForm(WordsForm):
    title = TextField(N_("标题"), max_length=100)
    addressees = TextField(N_("主送"), max_length=300)
    opening = LongTextField(N_("开头"), max_length=1000, rows=3)
    went_well = LongTextField(N_("主要做法和成效"), required=False, max_length=6000, rows=6, hint=_FACTS_ONLY)
    problems = LongTextField(N_("存在的主要问题"), required=False, max_length=6000, rows=6, hint=_FACTS_ONLY)
    next_steps = LongTextField(N_("下一步工作要求"), required=False, max_length=3000, rows=4)
    copies_to = TextField(N_("抄送"), required=False, max_length=300)


class LeaderBriefForm(WordsForm):
    title = TextField(N_("标题"), max_length=100)
    leader = TextField(N_("呈送"), max_length=100)
    situation = LongTextField(
        N_("情况说明"), required=False, max_length=1500, rows=4, hint=N_("数据由系统列出，这里写数据之外的情况。")
    )
    problems = LongTextField(N_("存在问题"), required=False, max_length=1500, rows=6, hint=_FACTS_ONLY)
    proposals = LongTextField(N_("工作建议"), required=False, max_length=1500, rows=4)


class WorkBriefForm(WordsForm):
    title = TextField(N_("标题"), max_length=100)
    text = LongTextField(N_("正文"), max_length=8000, rows=10)
    source = TextField(N_("来源"), required=False, max_length=100)
    reviewed_by = TextField(N_("审核"), required=False, max_length=100)
    copies_to = TextField(N_("分送"), required=False, max_length=300)


class SupervisionNoticeForm(WordsForm):
    title = TextField(N_("标题"), max_length=100)
    addressees = TextField(N_("主送"), max_length=300)
    matter = LongTextField(N_("督办事项"), max_length=1000, rows=3)
    basis = LongTextField(N_("督办依据"), required=False, max_length=1000, rows=2)
    demands = LongTextField(N_("办理要求"), required=False, max_length=2000, rows=4, hint=_A_LINE_EACH)
    due_on = DayField(N_("办理时限"), required=False)
    answer_by = DayField(N_("反馈期限"))
    manner = LongTextField(N_("反馈方式"), required=False, max_length=500, rows=2)
    contact = TextField(N_("联系人"), required=False, max_length=100)
    copies_to = TextField(N_("抄送"), required=False, max_length=300)


class ReminderNoticeForm(WordsForm):
    title = TextField(N_("标题"), max_length=100)
    addressees = TextField(N_("主送"), max_length=300)
    demands = LongTextField(N_("办理要求"), required=False, max_length=2000, rows=3, hint=_A_LINE_EACH)
    answer_by = DayField(N_("反馈期限"))
    contact = TextField(N_("联系人"), required=False, max_length=100)
    copies_to = TextField(N_("抄送"), required=False, max_length=300)


FORMS: Mapping[str, type[PaperForm]] = {
    "sign-in-sheet": SignInSheetForm,
    "attendee-list": AttendeeListForm,
    "chair-script": ChairScriptForm,
    "meeting-notice": MeetingNoticeForm,
    "minutes": MinutesForm,
    "bulletin": BulletinForm,
    "leader-brief": LeaderBriefForm,
    "work-brief": WorkBriefForm,
    "supervision-notice": SupervisionNoticeForm,
    "reminder-notice": ReminderNoticeForm,
}
"""The form of each kind of paper that asks for more than what it is made of."""


@cache
def draft_form(code: str) -> type[PaperForm]:
    """The form of a draft: the paper's own words with the draft sheet, one version for both."""

    class DraftForm(SheetForm, FORMS.get(code, PaperForm)):  # type: ignore[misc]  # the base is chosen by the code
        @classmethod
        def values_of(cls, row: Any) -> dict[str, Any]:
            """``row`` is a draft with its 签批, whose version counts for both."""
            return super().values_of(row.approval) | typed(row.parameters)

    return DraftForm

"""What is sent to ask units for their opinion, to answer, and to settle an opinion."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.core.forms import Choice, ChoicesField, DayField, Form, LongTextField, RadioField, TextField, choices_of
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.tasks.models import Adoption, ConsultationLine
from meetings.tasks.words import ADOPTIONS, OPINIONS_ABOUT


class ConsultForm(Form):
    keeps_draft = "consult"
    title = TextField(N_("名称"), max_length=100, hint=N_("如“2026年妇女儿童工作任务分解表（征求意见稿）”。"))
    answer_by = DayField(N_("反馈截止日期"))
    ids = ChoicesField(N_("征求意见的任务"), coerce=int)

    def __init__(self, *args: Any, drafts: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids.choices = list(drafts)


class SettleForm(Form):
    adoption = RadioField(N_("处理"), choices=choices_of(ADOPTIONS), coerce=Adoption)
    adoption_reason = LongTextField(
        N_("理由"), required=False, max_length=500, rows=3, hint=N_("部分采纳、未采纳的须写明理由，反馈单位看得到。")
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if self.adoption.data is not Adoption.ADOPTED and not self.adoption_reason.data:
            self.adoption_reason.errors = [*self.adoption_reason.errors, _("部分采纳、未采纳的，请写明理由")]
            return False
        return valid


def answer_form(lines: Sequence[ConsultationLine], unit_id: int) -> Form:
    """The form of a unit's answer: for each line what it is about and what is proposed; an empty text is 无意见."""
    fields: dict[str, Any] = {"keeps_draft": "consultation_answer"}
    data: dict[str, Any] = {}
    for line in lines:
        fields[f"about_{line.id}"] = ChoicesField(N_("意见针对"), choices=choices_of(OPINIONS_ABOUT))
        fields[f"text_{line.id}"] = LongTextField(
            N_("意见"), required=False, max_length=1000, rows=2, hint=N_("没有意见的不填。")
        )
        said = next((each for each in line.opinions if each.unit_id == unit_id), None)
        if said is not None:
            data |= {f"about_{line.id}": said.about, f"text_{line.id}": said.text}
    form: Form = type("AnswerForm", (Form,), fields)(data=data)
    return form

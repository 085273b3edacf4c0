"""The form of the ladder."""

from typing import Any

from meetings.core.forms import CheckField, EditForm, RadioField, TextField, WholeNumberField, choices_of
from meetings.core.i18n import N_
from meetings.supervision.models import IssuedBy
from meetings.supervision.words import ISSUERS


class LadderForm(EditForm):
    before_working_days = WholeNumberField(N_("到期前提醒，提前"), most=30, hint=N_("0 为不提前，只在到期日提醒。"))
    after_working_days = WholeNumberField(N_("逾期提醒，到期后"), least=1, most=30)
    repeat_days = WholeNumberField(N_("此后每隔"), least=1, most=60)
    reminds_of_receipts = CheckField(N_("提醒签收"))
    reminds_of_reports = CheckField(N_("提醒报送进展"))
    urge_after = WholeNumberField(N_("建议催办，逾期满"), least=1, most=250)
    supervise_after = WholeNumberField(N_("建议发督办单，逾期满"), least=1, most=250)
    coordinate_after = WholeNumberField(N_("建议报请分管领导协调，逾期满"), least=1, most=250)
    issued_by = RadioField(N_("督办单发文机关"), choices=choices_of(ISSUERS), coerce=IssuedBy)
    signer_post = TextField(N_("督办单签发人职务"), max_length=50, hint=N_("如：副主任。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personal_data_confirmed.data = False  # numbers of days and a post

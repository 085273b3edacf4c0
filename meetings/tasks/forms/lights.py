"""The form of the lights' rule."""

from typing import Any

from meetings.core.forms import CheckField, EditForm, WholeNumberField
from meetings.core.i18n import N_


class LightsForm(EditForm):
    due_soon_working_days = WholeNumberField(
        N_("临近时限，提前多少个工作日亮黄灯"), most=60, hint=N_("0 为到期当日才亮黄灯。")
    )
    receipt_working_days = WholeNumberField(
        N_("签收期限，交办后多少个工作日内"), least=1, most=60, hint=N_("改动后交办的任务按新期限，已交办的不变。")
    )
    counts_receipts = CheckField(N_("超期未签收亮红灯"), hint=N_("不选的，超期未签收仍是空心灯“待签收”。"))
    counts_reports = CheckField(N_("进展逾期未报亮红灯"))
    counts_stages = CheckField(N_("落后于序时节点亮黄灯"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personal_data_confirmed.data = False  # numbers of days

"""What an account chooses about its notices."""

from meetings.core.forms import CheckField, EditForm, TextField
from meetings.core.i18n import N_


class SettingForm(EditForm):
    email = TextField(
        N_("邮箱"),
        required=False,
        hint=N_("邮件只写编号和时限，不写任务内容。不填则只在系统内收通知。"),
        render_kw={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    )
    wants_digest = CheckField(N_("每个工作日早上收一封摘要，有未读通知才发，一天最多一封"))
    wants_urgent = CheckField(N_("急件随时另发邮件"))

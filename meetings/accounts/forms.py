"""Forms of accounts."""

from collections.abc import Iterable, Sequence
from typing import Any

from meetings.accounts.models import Role, User
from meetings.accounts.words import GRANTS, ROLES
from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
    ChoicesField,
    DayField,
    EditForm,
    Form,
    PasswordField,
    TextField,
    choices_of,
)
from meetings.core.i18n import N_


class SignInForm(Form):
    name = TextField(
        N_("账号"),
        max_length=64,
        hint=N_("办公室发给您的账号，不是手机号。"),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(N_("密码"), render_kw={"autocomplete": "current-password"})


class ChangePasswordForm(Form):
    current = PasswordField(N_("原密码"), render_kw={"autocomplete": "current-password"})
    password = PasswordField(N_("新密码"), render_kw={"autocomplete": "new-password"})
    again = PasswordField(N_("再输一次新密码"), render_kw={"autocomplete": "new-password"})


class _AccountFields:
    display_name = TextField(
        N_("显示名称"), max_length=100, hint=N_("办理记录中显示的名称，一般写岗位，如：县教育局联络员。")
    )
    roles = ChoicesField(
        N_("角色"),
        choices=choices_of(ROLES),
        coerce=Role,
        required=True,
        hint=N_("系统、安全、审计管理员须分设账号，不兼任其他角色。"),
    )
    unit_id = ChoiceField(N_("所在单位"), coerce=int, required=False, hint=N_("单位负责人、联络员、统计员须选择。"))


class CreateUserForm(_AccountFields, Form):
    name = TextField(
        N_("账号"),
        max_length=64,
        hint=N_("字母开头，只用字母、数字、点、横线和下划线，建好后不能改。"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )

    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = list(units)


class HandOverForm(Form):
    """Who takes over what an account has typed and not read."""

    to_id = ChoiceField(N_("接手人"), coerce=int, empty=N_("请选择"))
    disables = CheckField(N_("同时停用原账号"), hint=N_("调离、退休的选上；临时不在岗的不选，另登记代理。"))

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_id.choices = list(colleagues)


class FollowUnitForm(Form):
    """Which accounts go along with their unit."""

    ids = ChoicesField(N_("一并转入的账号"), coerce=int, hint=N_("不随单位走的去掉；调离、退休的另行停用。"))

    def __init__(self, *args: Any, accounts: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids.choices = list(accounts)


class EditUserForm(_AccountFields, EditForm):
    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = list(units)

    @classmethod
    def values_of(cls, row: User) -> dict[str, Any]:
        return super().values_of(row) | {"roles": [held.role for held in row.roles]}


class DeputyForm(Form):
    unit_id = ChoiceField(N_("代理单位"), coerce=int)
    from_on = DayField(N_("从"))
    until_on = DayField(N_("到"), hint=N_("含当日，过后自动失效。"))

    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = list(units)


class GrantForm(Form):
    permission = ChoiceField(N_("权限"), choices=list(GRANTS.items()))
    reason = TextField(
        N_("授权理由"), max_length=200, hint=N_("写明事由和批准人，如：按办公室主任7月14日批示核查修改记录。")
    )
    until_on = DayField(N_("有效期至"), hint=N_("含当日，最长一年，过后自动失效。"))

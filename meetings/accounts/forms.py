"""Forms of accounts."""

from meetings.core.forms import Form, PasswordField, TextField
from meetings.core.i18n import N_


class SignInForm(Form):
    name = TextField(N_("账号"), max_length=64, hint=N_("办公室发给您的账号，不是手机号。"))
    password = PasswordField(N_("密码"))


class ChangePasswordForm(Form):
    current = PasswordField(N_("原密码"))
    password = PasswordField(N_("新密码"))
    again = PasswordField(N_("再输一次新密码"))

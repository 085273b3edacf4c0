"""What every form shares: carried out once, clean of secrets and personal data, nothing typed lost."""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, HiddenField

from meetings.core import redline
from meetings.core.errors import DomainError
from meetings.core.forms.choices import CheckField
from meetings.core.forms.typed import LongTextField, TextField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _

_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class FilesAside(Protocol):
    """Keeps the files of a form that has to be shown again until it is sent once more."""

    def recall(self, form: "Form") -> None:
        """Put what the form's earlier try brought among its files."""

    def keep(self, form: "Form") -> None:
        """Keep what this try brought, and list it in ``FilesField.aside``."""

    def forget(self, form: "Form") -> None:
        """The form was carried out: nothing is kept aside for it any longer."""


files_aside: list[FilesAside] = []  # ``app.py`` says who does


def _texts(fields: Iterable[Field]) -> Iterator[Field]:
    """Every text of a form, those of its rows and parts too."""
    for field in fields:
        if isinstance(field, (TextField, LongTextField)):
            yield field
        elif isinstance(field, FieldList):
            yield from _texts(field.entries)
        elif isinstance(field, FormField):
            yield from _texts(field.form)


# Gives back what somebody typed into a form of this page and has not sent; ``app.py`` names who keeps it.
restorers: list[Callable[["Form"], Any]] = []


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form that is carried out once, says in Chinese what is wrong, and keeps what was typed.

    Field names are the action's argument names, so ``**form.payload`` passes them on. A long form names itself by
    ``keeps_draft``: what is typed into it is kept until it is sent, and ``draft`` says what it was filled with.
    """

    keeps_draft = ""
    draft_address = ""  # the page that gives the draft back, where that is not the one that shows the form
    draft: Any = None

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        locales = ("zh",)

    NOT_PAYLOAD = frozenset({"csrf_token", "version", "form_key", "personal_data_confirmed"})

    form_key = HiddenField(
        default=lambda: secrets.token_urlsafe(18), filters=[lambda text: text if _KEY.fullmatch(text or "") else ""]
    )
    personal_data_confirmed = CheckField(N_("已核对，确需保留上述个人信息（记入日志）"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args and kwargs.get("formdata") is None and (typed := self.typed_before()):
            kwargs["formdata"] = typed
        super().__init__(*args, **kwargs)
        self.personal_data_found = False
        if self.is_submitted():
            g.form = self  # the conflict page shows what was typed
            for aside in files_aside:
                aside.recall(self)

    def typed_before(self) -> Any:
        """What somebody typed into this form of this page and has not sent, as a browser sends it; or None."""
        if not self.keeps_draft or self.is_submitted():
            return None
        return next((typed for restore in restorers if (typed := restore(self))), None)

    @property
    def payload(self) -> dict[str, Any]:
        """The validated fields, named as the action names its arguments."""
        return {name: value for name, value in self.data.items() if name not in self.NOT_PAYLOAD}

    @property
    def personal_data_kept(self) -> bool:
        """Somebody decided to keep personal data that the check found; the action logs it."""
        return self.personal_data_found and bool(self.personal_data_confirmed.data)

    def validate_on_submit(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = bool(super().validate_on_submit(extra_validators))
        if not valid:
            self.keep_files()
        return valid

    def keep_files(self) -> None:
        """The form is to be shown again: a browser sends no file twice by itself."""
        if self.is_submitted():
            for aside in files_aside:
                aside.keep(self)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid: bool = super().validate(extra_validators)
        for field in _texts(self):
            if not field.errors and isinstance(field.data, str) and not self._is_clean(field):
                valid = False
        return valid

    def _is_clean(self, field: Field) -> bool:
        """The red line of the trade: no marks of secrecy, no personal data unless somebody says why not."""
        if code := redline.control_character(field.data):
            field.data = redline.without_controls(field.data)  # nobody can see them, so nobody could take them out
            return self._wrong(
                field,
                _(
                    "%(label)s中有不可见的控制字符（%(code)s），已去掉，请核对后再报",
                    label=_(field.label.text),
                    code=code,
                ),
            )
        if mark := redline.secrecy_mark(field.data):
            return self._wrong(
                field,
                _(
                    "%(label)s中有密级标志“%(mark)s”。本系统不得录入涉密内容，未保存",
                    label=_(field.label.text),
                    mark=mark,
                ),
            )
        findings = redline.personal_data(field.data)
        if findings:
            self.personal_data_found = True
            if not self.personal_data_confirmed.data:
                return self._wrong(
                    field, _("%(label)s中有身份证号或多人姓名电话，请删去，只写人数", label=_(field.label.text))
                )
        return True

    @staticmethod
    def _wrong(field: Field, message: str) -> bool:
        field.errors = [*field.errors, message]
        return False

    def refuse(self, refusal: DomainError) -> None:
        """Show a rule's refusal beside the field it is about, or above the form where that field is not on it.

        One that is about no field goes on to the error page.
        """
        if refusal.field is None:
            raise refusal
        self.keep_files()
        from meetings.core.web import words_of  # noqa: PLC0415 -- web builds on forms for the conflict page

        if refusal.field not in self:
            self.form_errors.append(words_of(refusal))
            return
        self.blame(self[refusal.field], refusal)

    def blame(self, field: Field, refusal: DomainError) -> None:
        """Say once beside a field of this form, or of its parts, why it was refused."""
        from meetings.core.web import words_of  # noqa: PLC0415 -- as above

        words = words_of(refusal)
        if words not in field.errors:
            field.errors = [*field.errors, words]
        # A file's text is looked at by the action; the form then asks as it does for typed text.
        self.personal_data_found = self.personal_data_found or refusal.code.endswith(".personal_data")


class EditForm(Form):
    """A form filled from a row; ``version`` is the row's when it was filled."""

    version = HiddenField(
        filters=[lambda text: int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else text]
    )

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        """What the fields hold for this row: the attribute of the same name. Forms with other sources override it."""
        names = {name for name in dir(cls) if hasattr(getattr(cls, name), "field_class")} - cls.NOT_PAYLOAD
        return {name: getattr(row, name) for name in names if hasattr(row, name)} | {"version": row.version}

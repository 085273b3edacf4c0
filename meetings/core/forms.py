"""What every form shares, and its fields with our wording. The one place that touches Flask-WTF, which has no types.

Labels, hints and choices are Chinese sentences marked by ``N_`` and translated where they are shown.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeVar

from flask import g
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from meetings.core import redline
from meetings.core.errors import DomainError
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _

# (value, words), or with the attributes of the option that the picker searches.
Choice = tuple[Any, str] | tuple[Any, str, Mapping[str, str]]


_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

Member = TypeVar("Member", bound=StrEnum)


def tidy(text: object) -> object:
    """One form of each character (NFC), line ends as LF, no space around; a text that was not sent is empty."""
    if text is None:
        return ""
    if not isinstance(text, str):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return unicodedata.normalize("NFC", text).strip()
    except ValueError:  # a lone surrogate; refused below with its code
        return text.strip()


def is_empty(value: object) -> bool:
    """Nothing was typed or chosen; 0 and no are something."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


class Required:
    """The field must hold something."""

    field_flags: Mapping[str, object] = {
        "required": True
    }  # shown as such; the server's words, not the browser's, refuse

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: "Form", field: Field) -> None:
        if is_empty(field.data):
            if field.errors:  # it held something that could not be read; that was said already
                raise StopValidation
            raise StopValidation(_(self.message, label=_(field.label.text)))


class Length:
    """At most so many characters."""

    def __init__(self, maximum: int) -> None:
        self.maximum = maximum
        self.field_flags = {"maximum": maximum}

    def __call__(self, form: "Form", field: Field) -> None:
        count = len(field.data or "")
        if count > self.maximum:
            raise StopValidation(
                _(
                    "%(label)s最多 %(max)s 字，现有 %(count)s 字",
                    label=_(field.label.text),
                    max=self.maximum,
                    count=count,
                )
            )


class MayBeEmpty:
    """An empty field needs no further look."""

    field_flags: Mapping[str, object] = {"optional": True}

    def __call__(self, form: "Form", field: Field) -> None:
        if is_empty(field.data):
            if field.errors:
                raise StopValidation
            raise StopValidation


def _needed(required: bool, verb: str) -> list[Callable[["Form", Field], None]]:
    return [Required(verb)] if required else [MayBeEmpty()]


class TextField(StringField):  # type: ignore[misc]  # WTForms has no types
    """One line of text."""

    data: Any

    def __init__(
        self, label: str, *, required: bool = True, max_length: int = 200, hint: str = "", **kwargs: Any
    ) -> None:
        validators = [*_needed(required, N_("请填写%(label)s")), Length(max_length)]
        super().__init__(label, validators, filters=[tidy], description=hint, **kwargs)

    def pre_validate(self, form: "Form") -> None:
        if isinstance(self.data, str) and "\n" in self.data:
            self.data = " ".join(self.data.split())


class LongTextField(StringField):  # type: ignore[misc]  # WTForms has no types
    """Text of several lines."""

    widget = widgets.TextArea()

    def __init__(
        self, label: str, *, required: bool = True, max_length: int = 4000, hint: str = "", rows: int = 5, **kwargs: Any
    ) -> None:
        validators = [*_needed(required, N_("请填写%(label)s")), Length(max_length)]
        super().__init__(label, validators, filters=[tidy], description=hint, render_kw={"rows": rows}, **kwargs)


class PasswordField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A password: never tidied, never shown again."""

    widget = widgets.PasswordInput(hide_value=True)

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, [Required(N_("请填写%(label)s")), Length(200)], description=hint, **kwargs)


class _Typed(Field):  # type: ignore[misc]  # WTForms has no types
    """A field whose text is read into a value; what was typed is shown again when it cannot be."""

    widget = widgets.TextInput()
    wrong = N_("%(label)s填写有误")

    def __init__(self, label: str, *, required: bool = True, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, _needed(required, N_("请填写%(label)s")), description=hint, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return redline.without_controls(str(self.raw_data[0]))
        return "" if self.data is None else self.written(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = str(tidy(valuelist[0])) if valuelist else ""
        if not text:
            self.data = None
            return
        try:
            self.data = self.read(unicodedata.normalize("NFKC", text))
        except (ValueError, InvalidOperation, OverflowError):
            self.data = None
            raise ValueError(self.complaint()) from None

    def complaint(self) -> str:
        return _(self.wrong, label=_(self.label.text))

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def written(self, value: Any) -> str:
        return str(value)


class DayField(_Typed):
    """A day, by the browser's own calendar or typed as 2026-07-14."""

    widget = widgets.DateInput()
    wrong = N_("%(label)s应是一个日期，如 2026-07-14")

    def read(self, text: str) -> date:
        day = date.fromisoformat(text.replace("/", "-").replace(".", "-"))
        if not 1900 <= day.year <= 2199:
            raise ValueError
        return day


class MomentField(_Typed):
    """A time of day, as 09:30."""

    widget = widgets.TimeInput()
    wrong = N_("%(label)s应是一个时间，如 09:30")

    def read(self, text: str) -> time:
        return datetime.strptime(text[:5], "%H:%M").time()  # noqa: DTZ007 -- a wall-clock time

    def written(self, value: time) -> str:
        return f"{value:%H:%M}"


class WholeNumberField(_Typed):
    """A whole number within bounds."""

    def __init__(self, label: str, *, least: int = 0, most: int = 1_000_000_000, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most
        self.render_kw = {"inputmode": "numeric"}

    def read(self, text: str) -> int:
        if len(text) > 12:
            raise ValueError
        number = int(text.replace(",", ""))
        if not self.least <= number <= self.most:
            raise ValueError
        return number

    def complaint(self) -> str:
        return _(
            "%(label)s应是 %(least)s 至 %(most)s 的整数", label=_(self.label.text), least=self.least, most=self.most
        )


class NumberField(_Typed):
    """A number with up to four places."""

    wrong = N_("%(label)s应是不小于 0 的数字")

    def __init__(self, label: str, *, least: Decimal = Decimal(0), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least = least
        self.render_kw = {"inputmode": "decimal"}

    def read(self, text: str) -> Decimal:
        number = Decimal(text.replace(",", ""))
        if not number.is_finite() or number < self.least or number > Decimal(10) ** 12:
            raise ValueError
        return number.quantize(Decimal("0.0001")).normalize()

    def written(self, value: Decimal) -> str:
        return f"{value.normalize():f}"


def choices_of(words: Mapping[Member, str]) -> list[Choice]:
    return [(member.value, word) for member, word in words.items()]


class DrawnChoices:
    """Many choices that are the same for everybody, drawn once: kept, they cost a long list's page nothing."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self._choices = [SelectChoice(*choice) for choice in choices]
        self.words = {str(choice.value): choice.label for choice in self._choices}
        self._options = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(choice.value, attributes(choice.render_kw), choice.label)
            for choice in self._choices
        )

    def __iter__(self) -> Iterator[SelectChoice]:
        return iter(self._choices)

    def options(self, chosen: object) -> Markup:
        """The options, with the chosen one selected."""
        if str(chosen) not in self.words:
            return self._options
        option = Markup('<option value="{}"').format(chosen)
        return self._options.replace(option, option + Markup(" selected"), 1)


def attributes(names: Mapping[str, object]) -> Markup:
    """Attributes of a tag, each with a space before it."""
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in names.items())


class ChoiceField(SelectField):  # type: ignore[misc]  # WTForms has no types
    """One of a list. ``choices`` are (value, words); those that depend on the data are set when the form is made."""

    def __init__(
        self,
        label: str,
        *,
        choices: Iterable[Choice] = (),
        coerce: Callable[[str], Any] = str,
        required: bool = True,
        empty: str = "",
        hint: str = "",
        **kwargs: Any,
    ) -> None:
        self.empty = empty or N_("请选择")
        self.reader = coerce
        super().__init__(
            label,
            _needed(required, N_("请选择%(label)s")),
            coerce=self._coerced,
            choices=[SelectChoice(*choice) for choice in choices],
            description=hint,
            validate_choice=False,
            **kwargs,
        )

    def _coerced(self, value: object) -> Any:
        return None if value in (None, "") else value if isinstance(value, StrEnum) else self.reader(value)  # type: ignore[arg-type]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            self.data = self._coerced(valuelist[0]) if valuelist else None
        except (ValueError, KeyError, OverflowError):
            self.data = None
            raise ValueError(_("请从列表中选择%(label)s", label=_(self.label.text))) from None

    def pre_validate(self, form: "Form") -> None:
        if self.data is not None and str(self.data) not in self.words:
            raise StopValidation(_("请从列表中选择%(label)s", label=_(self.label.text)))

    @property
    def words(self) -> Mapping[str, str]:
        """What each choice is called, by its value as the address has it."""
        if isinstance(self.choices, DrawnChoices):
            return self.choices.words
        return {str(value): str(word) for value, word, *_rest in self.choices or ()}


class RadioField(ChoiceField):
    """One of a few, all of them seen at once."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.RadioInput()


class ChoicesField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Any of a list, as tick boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(
        self,
        label: str,
        *,
        choices: Iterable[Choice] = (),
        coerce: Callable[[str], Any] = str,
        required: bool = False,
        hint: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            label,
            _needed(required, N_("请选择%(label)s")),
            coerce=coerce,
            choices=[SelectChoice(*choice) for choice in choices],
            description=hint,
            validate_choice=False,
            **kwargs,
        )

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            self.data = [self.coerce(value) for value in valuelist if value != ""]
        except (ValueError, KeyError, OverflowError):
            self.data = []
            raise ValueError(_("请从列表中选择%(label)s", label=_(self.label.text))) from None
        if len(set(self.data)) != len(self.data):
            raise ValueError(_("%(label)s中同一项只能选一次", label=_(self.label.text)))

    def pre_validate(self, form: "Form") -> None:
        allowed = {str(value) for value, *_rest in self.choices or ()}
        if any(str(value) not in allowed for value in self.data or ()):
            raise StopValidation(_("请从列表中选择%(label)s", label=_(self.label.text)))


class CheckField(BooleanField):  # type: ignore[misc]  # WTForms has no types
    """Yes or no."""

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, description=hint, **kwargs)


class AsideFile(NamedTuple):
    """A file that came with a form which had to be shown again, as that page lists it."""

    id: int
    name: str
    size: int


class FilesField(MultipleFileField):  # type: ignore[misc]  # Flask-WTF has no types
    """Files to keep; ``data`` is a list of what was sent, without the empty one that browsers send.

    Files that came with an earlier try of the same form are among them, unless they were unticked in ``aside``.
    """

    def __init__(self, label: str, *, required: bool = False, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, _needed(required, N_("请选择%(label)s")), description=hint, **kwargs)

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        texts = formdata.getlist(self.aside_name) if formdata else []
        self.aside_ids = {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10}
        self.aside: list[AsideFile] = []

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [item for item in valuelist if isinstance(item, FileStorage) and item.filename]

    def bring_back(self, files: Iterable[tuple[AsideFile, FileStorage]]) -> None:
        """Files of an earlier try come first."""
        before = list(files)
        self.aside = [listed for listed, _file in before]
        self.data = [*(file for _listed, file in before), *(self.data or [])]

    @property
    def fresh(self) -> list[FileStorage]:
        """What came with this try."""
        return list((self.data or [])[len(self.aside) :])

    @property
    def aside_name(self) -> str:
        """The name under which the page sends the files that it has already."""
        return f"{self.name}-aside"


class FilesAside(Protocol):
    """Keeps the files of a form that has to be shown again until it is sent once more."""

    def recall(self, form: "Form") -> None:
        """Put what the form's earlier try brought among its files."""

    def keep(self, form: "Form") -> None:
        """Keep what this try brought, and list it in ``FilesField.aside``."""

    def forget(self, form: "Form") -> None:
        """The form was carried out: nothing is kept aside for it any longer."""


files_aside: list[FilesAside] = []  # ``app.py`` says who does


def files_fields(fields: Iterable[Field]) -> Iterator[FilesField]:
    """The file controls of a form, those of its parts too."""
    for field in fields:
        if isinstance(field, FilesField):
            yield field
        elif isinstance(field, FormField):
            yield from files_fields(field.form)


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
    draft: Any = None

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        locales = ("zh",)

    NOT_PAYLOAD = frozenset({"csrf_token", "version", "form_key", "personal_data_confirmed"})

    form_key = HiddenField(
        default=lambda: secrets.token_urlsafe(18), filters=[lambda text: text if _KEY.fullmatch(text or "") else ""]
    )
    personal_data_confirmed = CheckField(N_("已核对，确需保留上述个人信息（记入日志）"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.keeps_draft and not args and kwargs.get("formdata") is None and not self.is_submitted():
            for restore in restorers:
                if typed := restore(self):
                    kwargs["formdata"] = typed
        super().__init__(*args, **kwargs)
        self.personal_data_found = False
        if self.is_submitted():
            g.form = self  # the conflict page shows what was typed
            for aside in files_aside:
                aside.recall(self)

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
        self[refusal.field].errors = [*self[refusal.field].errors, words_of(refusal)]
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

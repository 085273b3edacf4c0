"""What is asked of a field before anything else: that it holds something, and not too much of it."""

import unicodedata
from collections.abc import Callable, Mapping

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from meetings.core.i18n import gettext as _


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

    def __call__(self, form: BaseForm, field: Field) -> None:
        if is_empty(field.data):
            if field.errors:  # it held something that could not be read; that was said already
                raise StopValidation
            raise StopValidation(_(self.message, label=_(field.label.text)))


class Length:
    """At most so many characters."""

    def __init__(self, maximum: int) -> None:
        self.maximum = maximum
        self.field_flags = {"maximum": maximum}

    def __call__(self, form: BaseForm, field: Field) -> None:
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

    def __call__(self, form: BaseForm, field: Field) -> None:
        if is_empty(field.data):
            if field.errors:
                raise StopValidation
            raise StopValidation


def needed(required: bool, verb: str) -> list[Callable[[BaseForm, Field], None]]:
    return [Required(verb)] if required else [MayBeEmpty()]

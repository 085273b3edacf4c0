"""Fields into which something is typed: text, days, times and numbers."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import Field, StringField, widgets
from wtforms.form import BaseForm

from meetings.core import redline
from meetings.core.forms.validators import Length, Required, needed, tidy
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _


class TextField(StringField):  # type: ignore[misc]  # WTForms has no types
    """One line of text."""

    data: Any

    def __init__(
        self, label: str, *, required: bool = True, max_length: int = 200, hint: str = "", **kwargs: Any
    ) -> None:
        validators = [*needed(required, N_("请填写%(label)s")), Length(max_length)]
        super().__init__(label, validators, filters=[tidy], description=hint, **kwargs)

    def pre_validate(self, form: BaseForm) -> None:
        if isinstance(self.data, str) and "\n" in self.data:
            self.data = " ".join(self.data.split())


class LongTextField(StringField):  # type: ignore[misc]  # WTForms has no types
    """Text of several lines."""

    widget = widgets.TextArea()

    def __init__(
        self, label: str, *, required: bool = True, max_length: int = 4000, hint: str = "", rows: int = 5, **kwargs: Any
    ) -> None:
        validators = [*needed(required, N_("请填写%(label)s")), Length(max_length)]
        super().__init__(label, validators, filters=[tidy], description=hint, render_kw={"rows": rows}, **kwargs)


class PasswordField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A password: never tidied, never shown again."""

    widget = widgets.PasswordInput(hide_value=True)

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, [Required(N_("请填写%(label)s")), Length(200)], description=hint, **kwargs)


class TypedField(Field):  # type: ignore[misc]  # WTForms has no types
    """A field whose text is read into a value; what was typed is shown again when it cannot be."""

    widget = widgets.TextInput()
    wrong = N_("%(label)s填写有误")

    def __init__(self, label: str, *, required: bool = True, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, needed(required, N_("请填写%(label)s")), description=hint, **kwargs)

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


class DayField(TypedField):
    """A day, by the browser's own calendar or typed as 2026-07-14."""

    widget = widgets.DateInput()
    wrong = N_("%(label)s应是一个日期，如 2026-07-14")

    def read(self, text: str) -> date:
        day = date.fromisoformat(text.replace("/", "-").replace(".", "-"))
        if not 1900 <= day.year <= 2199:
            raise ValueError
        return day


class MomentField(TypedField):
    """A time of day, as 09:30."""

    widget = widgets.TimeInput()
    wrong = N_("%(label)s应是一个时间，如 09:30")

    def read(self, text: str) -> time:
        return datetime.strptime(text[:5], "%H:%M").time()  # noqa: DTZ007 -- a wall-clock time

    def written(self, value: time) -> str:
        return f"{value:%H:%M}"


class WholeNumberField(TypedField):
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


class NumberField(TypedField):
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

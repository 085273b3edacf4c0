"""Fields in which something is chosen: one of a list, several of it, yes or no."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from markupsafe import Markup
from wtforms import BooleanField, SelectField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from meetings.core.forms.validators import needed
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _

# (value, words), or with the attributes of the option that the picker searches.
Choice = tuple[Any, str] | tuple[Any, str, Mapping[str, str]]

Member = TypeVar("Member", bound=StrEnum)


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
            needed(required, N_("请选择%(label)s")),
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

    def pre_validate(self, form: BaseForm) -> None:
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
            needed(required, N_("请选择%(label)s")),
            coerce=coerce,
            choices=[SelectChoice(*choice) for choice in choices],
            description=hint,
            validate_choice=False,
            **kwargs,
        )

    def process_data(self, value: Any) -> None:
        super().process_data(() if value is None else value)  # none chosen is an empty list, as when it is sent

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            self.data = [self.coerce(value) for value in valuelist if value != ""]
        except (ValueError, KeyError, OverflowError):
            self.data = []
            raise ValueError(_("请从列表中选择%(label)s", label=_(self.label.text))) from None
        if len(set(self.data)) != len(self.data):
            raise ValueError(_("%(label)s中同一项只能选一次", label=_(self.label.text)))

    def pre_validate(self, form: BaseForm) -> None:
        groups = self.choices.values() if isinstance(self.choices, dict) else [self.choices or ()]
        allowed = {str(value) for choices in groups for value, *_rest in choices}
        if any(str(value) not in allowed for value in self.data or ()):
            raise StopValidation(_("请从列表中选择%(label)s", label=_(self.label.text)))


class CheckField(BooleanField):  # type: ignore[misc]  # WTForms has no types
    """Yes or no."""

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, description=hint, **kwargs)

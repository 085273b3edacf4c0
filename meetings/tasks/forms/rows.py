"""Rows within a form: stage points, quantities, several drafts at once. A blank row is no row."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import FieldList, FormField
from wtforms import Form as Fields
from wtforms.utils import unset_value

from meetings.core.errors import DomainError
from meetings.core.forms import Form, LongTextField, TextField
from meetings.core.web import words_of

MOST_ROWS = 30


class Row(dict[str, Any]):
    """What one row holds, by name; as words for the page that compares two texts."""

    def __str__(self) -> str:
        return " ".join(str(value) for value in self.values() if value not in (None, "", []))


class RowField(FormField):  # type: ignore[misc]  # WTForms has no types
    """One row; nothing is asked of a blank one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "FormField"

    @property
    def is_blank(self) -> bool:
        """Nothing was typed or chosen."""
        return not any(_typed(field) for field in self.form)

    def validate(self, form: Fields, extra_validators: Sequence[Any] = ()) -> bool:
        return True if self.is_blank else bool(super().validate(form, extra_validators))


def _typed(field: Any) -> bool:
    raw = field.raw_data if field.raw_data is not None else [field.data]
    return any(value not in (None, "", False) and str(value).strip() for value in raw)


class RowsField(FieldList):  # type: ignore[misc]  # WTForms has no types
    """Rows of one form; ``data`` holds those that are not blank. ``spare`` blank rows are shown to type into."""

    def __init__(
        self,
        label: str,
        fields: type[Fields],
        *,
        spare: int = 1,
        most: int = MOST_ROWS,
        hint: str = "",
        **kwargs: Any,
    ) -> None:
        self._own_errors: Sequence[Any] = []
        super().__init__(RowField(fields), label, max_entries=most, description=hint, **kwargs)
        self.type = "FieldList"
        self.spare = spare

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        if not formdata:
            for _row in range(self.spare):
                self.add_row()

    @property
    def errors(self) -> Sequence[Any]:
        """What is wrong with the rows, also what was found after they were looked at one by one."""
        of_rows = [row.errors for row in getattr(self, "entries", [])]
        return of_rows if any(of_rows) else self._own_errors

    @errors.setter
    def errors(self, errors: Sequence[Any]) -> None:
        self._own_errors = errors

    def add_row(self) -> None:
        """One more blank row, while there is room."""
        if len(self.entries) < self.max_entries:
            self._add_entry(None)

    @property
    def filled(self) -> list[Any]:
        """The rows that are not blank, as fields."""
        return [entry for entry in self.entries if not entry.is_blank]

    @property
    def data(self) -> list[Row]:
        return [Row(entry.data) for entry in self.filled]


class RowsForm(Form):
    """A form with rows. The button named ``more`` asks for one more row of the field it names, and saves nothing."""

    wants_more = False

    def validate_on_submit(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        if self.is_submitted() and isinstance(more := self._fields.get(request.form.get("more", "")), RowsField):
            more.add_row()
            self.wants_more = True
            self.keep_files()
            return False
        return bool(super().validate_on_submit(extra_validators))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        for field in self:
            rows = field.filled if isinstance(field, RowsField) else [field] if isinstance(field, FormField) else []
            for row in rows:
                valid = self._is_clean_row(row.form) and valid
        return valid

    @property
    def payload(self) -> dict[str, Any]:
        """As of every form; a text that was not sent at all is empty."""
        texts = {field.name for field in self if isinstance(field, (TextField, LongTextField))}
        return {name: "" if value is None and name in texts else value for name, value in super().payload.items()}

    def refuse(self, refusal: DomainError) -> None:
        """As of every form; a refusal about the field of a row is shown beside that field."""
        field = _named(self, refusal.field) if refusal.field and refusal.field not in self else None
        if field is None:
            super().refuse(refusal)
            return
        field.errors = [*field.errors, words_of(refusal)]

    def _is_clean_row(self, fields: Fields) -> bool:
        """The same look at the words of a row as at those of the form."""
        clean = True
        for field in fields:
            if isinstance(field, FormField):
                clean = self._is_clean_row(field.form) and clean
            elif isinstance(field, (TextField, LongTextField)) and isinstance(field.data, str):
                clean = self._is_clean(field) and clean
        return clean


def _named(fields: Fields, name: str) -> Any:
    """The field of a row whose whole name this is."""
    for field in fields:
        if isinstance(field, FormField):
            if (found := _named(field.form, name)) is not None:
                return found
        elif isinstance(field, RowsField):
            for row in field.entries:
                if (found := _named(row.form, name)) is not None:
                    return found
        elif field.name == name:
            return field
    return None

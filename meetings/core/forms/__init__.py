"""What every form shares, and its fields with our wording. The one place that touches Flask-WTF, which has no types.

Labels, hints and choices are Chinese sentences marked by ``N_`` and translated where they are shown.
"""

from meetings.core.forms.choices import (
    CheckField,
    Choice,
    ChoiceField,
    ChoicesField,
    DrawnChoices,
    RadioField,
    attributes,
    choices_of,
)
from meetings.core.forms.files import AsideFile, FilesField, files_fields
from meetings.core.forms.form import EditForm, FilesAside, Form, files_aside, restorers
from meetings.core.forms.typed import (
    DayField,
    LongTextField,
    MomentField,
    NumberField,
    PasswordField,
    TextField,
    TypedField,
    WholeNumberField,
)
from meetings.core.forms.validators import Length, Required, is_empty, tidy

__all__ = [
    "AsideFile",
    "CheckField",
    "Choice",
    "ChoiceField",
    "ChoicesField",
    "DayField",
    "DrawnChoices",
    "EditForm",
    "FilesAside",
    "FilesField",
    "Form",
    "Length",
    "LongTextField",
    "MomentField",
    "NumberField",
    "PasswordField",
    "RadioField",
    "Required",
    "TextField",
    "TypedField",
    "WholeNumberField",
    "attributes",
    "choices_of",
    "files_aside",
    "files_fields",
    "is_empty",
    "restorers",
    "tidy",
]

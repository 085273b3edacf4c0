"""A filled-in table that comes back: first to be looked at, then to be carried out."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField

from meetings.core.forms import FilesField, Form
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _


class TableForm(Form):
    """``previewed`` is what the preview showed, in short; it is empty before."""

    files = FilesField(N_("填好的表"), required=True, hint=N_("Excel 文件（.xlsx），一个，最多 10 MB、10000 行。"))
    previewed = HiddenField(filters=[lambda text: text or ""])

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and len(self.fresh_or_aside) > 1:
            self.files.errors = [_("一次只导入一个文件")]
            return False
        return valid

    @property
    def fresh_or_aside(self) -> list[Any]:
        """The file of this try; where none came, that of the try before."""
        files: list[Any] = self.files.fresh or self.files.data or []
        return files

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        stream = self.fresh_or_aside[0].stream
        stream.seek(0)
        content: bytes = stream.read()
        stream.seek(0)
        return content

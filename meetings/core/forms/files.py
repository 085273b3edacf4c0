"""Files that come with a form, those of an earlier try of it too."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import Field, FormField

from meetings.core.forms.validators import needed
from meetings.core.i18n import N_


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
        super().__init__(label, needed(required, N_("请选择%(label)s")), description=hint, **kwargs)

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


def files_fields(fields: Iterable[Field]) -> Iterator[FilesField]:
    """The file controls of a form, those of its parts too."""
    for field in fields:
        if isinstance(field, FilesField):
            yield field
        elif isinstance(field, FormField):
            yield from files_fields(field.form)

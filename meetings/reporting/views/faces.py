"""What the fonts of the papers cannot do, told on the page before a paper is made."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from flask.blueprints import BlueprintSetupState

from meetings.core.settings import Settings
from reports import fonts
from reports.typeset import clean


def take_own(state: BlueprintSetupState) -> None:
    """Take the fonts of the folder that the settings name."""
    settings: Settings = state.app.config["LUOSHI"]
    fonts.use(Path(settings.fonts) if settings.fonts else None)


def broken_files() -> tuple[str, ...]:
    """Files of the office's own folder that are no usable font, or the folder itself."""
    return fonts.load().faults


def undrawn(data: object) -> tuple[str, ...]:
    """The characters of a paper's data that no face has; they are printed as 〓."""
    return fonts.load().missing(clean("".join(dict.fromkeys("".join(_texts(data))))))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a tree of data classes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))

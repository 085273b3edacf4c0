"""Languages: simplified Chinese is the source, its sentences the message ids. Also how days and times are written."""

from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.support import Translations
from flask import Flask
from flask_babel import Babel

from meetings.core import clock

SOURCE = "zh_Hans"
LOCALES = {"zh_Hans": "zh-CN", "zh_Hant": "zh-Hant"}
_CATALOGUES = Path(__file__).resolve().parent.parent / "translations"


def N_(message: str) -> str:  # noqa: N802 -- the usual name of a marker for extraction
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return message


_locale: ContextVar[str] = ContextVar("locale", default=SOURCE)


def use(code: str) -> None:
    """Speak that language from now on: a code of ``LOCALES``; every request begins with the source language."""
    _locale.set(code)


def locale() -> str:
    """The code of the language of this request."""
    return _locale.get()


def gettext(message: str, **values: Any) -> str:
    """The sentence in the reader's language, filled in with ``values``."""
    if message and (code := locale()) != SOURCE:  # an empty id would be the catalogue's own head
        message = _catalogue(code).gettext(message)
    return message % values if values else message


@lru_cache
def _catalogue(code: str) -> NullTranslations:
    return Translations.load(_CATALOGUES, [code])


def start(app: Flask) -> None:
    """Make ``_`` and the filters of days and times known to the templates."""
    Babel(app, default_locale=SOURCE, locale_selector=locale)
    app.teardown_request(lambda _error: use(SOURCE))
    app.jinja_env.globals["_"] = gettext
    app.jinja_env.filters.update(day=day, day_short=day_short, moment=moment, iso=iso)


def day(value: date | None) -> str:
    """2026年7月14日; an unknown day is empty."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def day_short(value: date | None) -> str:
    """7月14日 within this year, with the year otherwise."""
    if value is None:
        return ""
    return f"{value.month}月{value.day}日" if value.year == clock.today().year else day(value)


def moment(value: datetime | None) -> str:
    """7月10日 16:20 by the office's clock."""
    if value is None:
        return ""
    local = clock.local(value)
    return f"{day_short(local.date())} {local:%H:%M}"


def iso(value: date | datetime | None) -> str:
    """For ``datetime`` attributes."""
    return (
        clock.local(value).isoformat(timespec="minutes")
        if isinstance(value, datetime)
        else value.isoformat()
        if value
        else ""
    )

"""What people send of values: the grid, a return, a correction, a lock, a judgement by hand."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import request
from markupsafe import Markup

from meetings.core.errors import DomainError
from meetings.core.forms import Choice, ChoiceField, EditForm, FilesField, Form, LongTextField, TextField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.core.web import words_of
from meetings.plans.models import IndicatorState, Sex
from meetings.plans.queries.values import Kept, Line, Measured
from meetings.plans.rules import checks, entry
from meetings.plans.rules.figures import Figure, factor_of, figure_of, figure_text, read_figure
from meetings.plans.rules.judgement import DECIDABLE
from meetings.plans.words import AREAS, CHECKS, INDICATOR_STATES, SEXES

PARTS = ("numerator", "denominator", "value")
MOST_NOTE = 500


@dataclass
class Cell:
    """A control of the grid: its name, what stands in it, and what is wrong with that."""

    name: str
    data: str = ""
    errors: Sequence[str] = ()
    label: Any = None

    @property
    def id(self) -> str:
        return self.name


@dataclass
class GridRow:
    """A line of the grid with what was typed into it."""

    line: Line
    cells: dict[str, Cell]
    why: Cell
    seen: str
    is_open: bool
    questions: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.line.key

    @property
    def messages(self) -> list[str]:
        """What is wrong with the line, beside its controls."""
        return [words for cell in (*self.cells.values(), self.why) for words in cell.errors]

    @property
    def texts(self) -> tuple[str, ...]:
        return (*(self.cells[part].data for part in PARTS), self.why.data)


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was touched, as it is to be kept."""

    line: Line
    figure: Figure
    reason: str
    note: str
    seen: int


class _Label:
    def __init__(self, text: str) -> None:
        self.text = text


class ValuesForm(Form):
    """The whole grid in one form, read from the names ``numerator_<key>``, ``denominator_<key>``, ``value_<key>``,
    ``why_<key>`` of its lines.

    Each line carries what the person saw (``seen_<key>``: version and a digest of the texts), so that lines nobody
    touched are left alone and two people at different lines do not meet. ``county`` is the whole where the lines are
    its townships.
    """

    keeps_draft = "values"

    def __init__(
        self,
        lines: Sequence[Line],
        *args: Any,
        year: int,
        is_locked: bool = False,
        county: Figure | None = None,
        **kwargs: Any,
    ) -> None:
        self._typed: Any = None
        self.county = county
        super().__init__(*args, **kwargs)
        self.year = year
        sent = request.form if self.is_submitted() else self._typed
        self.rows = [self._row(line, sent, is_locked) for line in lines]

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        self._typed = formdata if hasattr(formdata, "getlist") else None  # a draft comes this way
        super().process(formdata, *args, **kwargs)

    def _row(self, line: Line, sent: Any, is_locked: bool) -> GridRow:
        kept = line.kept
        texts = texts_of(line)
        is_open = not is_locked and (kept is None or kept.state in entry.OPEN)
        seen = f"{kept.version if kept else 0}.{digest(texts)}"
        if is_open and sent is not None and f"seen_{line.key}" in sent:
            texts = tuple(sent.get(f"{part}_{line.key}", "").strip()[:1000] for part in (*PARTS, "why"))
            seen = sent[f"seen_{line.key}"]
        cells = {part: Cell(f"{part}_{line.key}", text) for part, text in zip(PARTS, texts[:3], strict=True)}
        return GridRow(line, cells, Cell(f"why_{line.key}", texts[3], label=_Label(_("说明"))), seen, is_open)

    # --- reading ---

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        self.typed: list[Typed] = []
        figures = {row.key: self._figure(row) for row in self.rows}
        touched = [row for row in self.rows if self._is_touched(row)]
        for row in touched:
            if row.messages or not self._is_clean_text(row):
                continue
            figure = figures[row.key] or Figure()
            asked = self._questions(row, figure, figures)
            if row is touched[-1]:
                asked += self._against_county(row, figures)
            row.questions = asked
            why = row.why.data
            if asked and not why:
                row.why.errors = [_("请核对；无误的请在说明中写明原因：%(asked)s", asked=_("；").join(asked))]
                continue
            version = row.seen.partition(".")[0]
            self.typed.append(
                Typed(
                    row.line,
                    figure,
                    why if asked else "",
                    "" if asked else why,
                    int(version[:9]) if version.isascii() and version.isdigit() else 0,
                )
            )
        for row in self.rows:
            for cell in (*row.cells.values(), row.why):
                for words in cell.errors:
                    valid = False
                    self.form_errors.append(
                        Markup('<a href="#{}">{}{}{}</a>').format(cell.id, name_of(row.line), _("："), words)
                    )
        return valid

    def _is_touched(self, row: GridRow) -> bool:
        return row.is_open and row.seen.partition(".")[2] != digest(row.texts)

    def _figure(self, row: GridRow) -> Figure | None:
        """What the line says now; None where it cannot be read, which is said beside it if somebody touched it."""
        if not self._is_touched(row):
            return row.line.kept.figure if row.line.kept else Figure()
        measured = row.line.measured
        amounts: dict[str, Decimal | None] = {}
        for part, cell in row.cells.items():
            try:
                amounts[part] = read_figure(cell.data, measured.unit_of_measure if part == "value" else "")
            except DomainError as refusal:
                cell.errors = [words_of(refusal)]
        if len(amounts) < len(PARTS):
            return None
        try:
            return figure_of(**amounts, factor=measured.factor, decimals=measured.decimals, is_rate=measured.is_rate)
        except DomainError as refusal:
            row.cells[refusal.field or "value"].errors = [words_of(refusal)]
            return None

    def _is_clean_text(self, row: GridRow) -> bool:
        if len(row.why.data) > MOST_NOTE:
            row.why.errors = [_("说明最多 %(max)s 字", max=MOST_NOTE)]
            return False
        return self._is_clean(row.why)

    def _questions(self, row: GridRow, figure: Figure, figures: Mapping[str, Figure | None]) -> list[str]:
        line = row.line
        asked = checks.questions(
            figure,
            year=self.year,
            factor=factor_of(line.measured.unit_of_measure),
            earlier=line.earlier,
        )
        if line.is_whole and line.unit_id is None:
            for pair in (("male", "female"), ("urban", "rural")):
                parts = [figures.get(f"{line.measured.id}_{name}") for name in pair]
                if all(part is not None and not part.is_empty for part in parts):
                    asked += checks.questions(
                        figure, year=self.year, factor=None, earlier={}, parts=[part for part in parts if part]
                    )
        if line.townships:
            asked += _of_townships(line.measured, figure, *line.townships)
        return [question_words(question, line.measured.decimals) for question in asked]

    def _against_county(self, row: GridRow, figures: Mapping[str, Figure | None]) -> list[str]:
        """What the townships together ask where the lines are townships; it is asked once, at the last line touched."""
        if self.county is None:
            return []
        measured = row.line.measured
        known = [figure for figure in figures.values() if figure is not None and not figure.is_empty]
        asked = _of_townships(measured, self.county, known, len(known) == len(self.rows))
        return [question_words(question, measured.decimals) for question in asked]

    # --- pasted without a script ---

    def take_pasted(self, text: str) -> list[str]:
        """Fill the lines from pasted rows (name or number, then the figures); the rows that fit nothing."""
        by_name: dict[str, GridRow] = {}
        for row in self.rows:
            if row.is_open and row.line.is_whole:
                for name in (row.line.unit_name or row.line.measured.name, row.line.measured.number):
                    if name:
                        by_name.setdefault(_squeezed(name), row)
        strange = []
        for pasted in text.splitlines():
            cells = [cell.strip() for cell in pasted.split("\t" if "\t" in pasted else ",")]
            if not any(cells):
                continue
            place = next((place for place, cell in enumerate(cells) if _squeezed(cell) in by_name), None)
            if place is None:
                strange.append(cells[0][:40])
                continue
            row = by_name[_squeezed(cells[place])]
            # The name may stand twice (number, then name); the figures come behind it.
            while place + 1 < len(cells) and by_name.get(_squeezed(cells[place + 1])) is row:
                place += 1
            figures = cells[place + 1 : place + 4]
            names = PARTS if row.line.measured.is_rate and len(figures) > 1 else ("value",)
            for name, cell in zip(names, figures, strict=False):
                row.cells[name].data = cell
        return strange

    def show_conflicts(self, keys: Iterable[str], now: Mapping[str, Line]) -> None:
        """Say beside each line what stands now; what was typed stays, and sending it again puts it in place."""
        for row in self.rows:
            if row.key in set(keys) and (line := now.get(row.key)):
                theirs = "，".join(filter(None, texts_of(line))) or _("空")
                row.why.errors = [_("刚才已由别人填为：%(now)s。您填的还没有保存；再次保存，以您填的为准", now=theirs)]
                self.form_errors.append(
                    Markup('<a href="#{}">{}{}{}</a>').format(row.why.id, name_of(line), _("："), row.why.errors[0])
                )
                row.seen = f"{line.kept.version if line.kept else 0}.{digest(texts_of(line))}"


def _of_townships(
    measured: Measured, whole: Figure, figures: Sequence[Figure], is_complete: bool
) -> list[checks.Question]:
    return checks.of_townships(
        whole,
        figures,
        is_complete=is_complete,
        factor=measured.factor,
        decimals=measured.decimals,
        is_rate=measured.is_rate,
    )


def _squeezed(name: str) -> str:
    return re.sub(r"[\s（）()“”\"]", "", name)


def texts_of(line: Line) -> tuple[str, ...]:
    """What the controls of a line hold for what is kept; a computed value is not typed."""
    kept: Kept | None = line.kept
    if kept is None:
        return ("", "", "", "")
    figure, decimals = kept.figure, line.measured.decimals
    value = "" if figure.denominator is not None else plain(figure.value, decimals)
    return plain(figure.numerator), plain(figure.denominator), value, kept.reason or kept.note


def plain(value: Decimal | None, decimals: int = 0) -> str:
    """A number as it is typed: no commas."""
    return figure_text(value, decimals).replace(",", "")


def digest(texts: Iterable[str]) -> str:
    """A short sign of what a line says."""
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "replace")).hexdigest()[:12]


def name_of(line: Line) -> str:
    """An indicator, or a part of it, as messages name it."""
    part = line.unit_name or part_of(line)
    return f"{line.measured.name}（{part}）" if part else line.measured.name


def part_of(line: Line) -> str:
    """男, 城镇 …; empty for the whole."""
    if line.is_whole:
        return ""
    return _(AREAS[line.area] if line.sex is Sex.ALL else SEXES[line.sex])


def question_words(question: checks.Question, decimals: int = 0) -> str:
    """A check's question in words."""
    places = 0 if question.check is checks.Check.DENOMINATOR_CHANGED else decimals
    details = {
        name: figure_text(value, places if name in {"last", "usual"} else 0) if isinstance(value, Decimal) else value
        for name, value in question.details.items()
    }
    return _(CHECKS[question.check], **details)


class ReasonForm(Form):
    """Why a value goes back, or a year is opened again."""

    reason = LongTextField(N_("理由"), max_length=500, rows=3)


class CorrectValueForm(EditForm):
    """A value after it was checked or locked."""

    numerator = TextField(N_("分子"), required=False, max_length=40)
    denominator = TextField(N_("分母"), required=False, max_length=40)
    value = TextField(N_("数值"), required=False, max_length=40)
    reason = LongTextField(N_("更正理由"), max_length=500, rows=3, hint=N_("原数值和理由一并留存。"))

    def __init__(self, *args: Any, unit_of_measure: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_of_measure = unit_of_measure
        self.amounts: dict[str, Decimal | None] = {}

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        for part in PARTS:
            try:
                self.amounts[part] = read_figure(self[part].data or "", self.unit_of_measure if part == "value" else "")
            except DomainError as refusal:
                self[part].errors = [*self[part].errors, words_of(refusal)]
                valid = False
        return valid

    @property
    def payload(self) -> dict[str, Any]:
        return {**self.amounts, "reason": self.reason.data}


class StatisticsUnitForm(Form):
    unit_id = ChoiceField(
        N_("核对单位"),
        coerce=int,
        required=False,
        empty=N_("由办公室核对"),
        hint=N_("一般为统计局。该单位的联络员、统计员可以核对各单位数值，并填报州级反馈、自治区测算的数值。"),
    )

    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = list(units)


class SheetForm(Form):
    files = FilesField(N_("盖章页扫描件"), required=True, hint=N_("打印本表，负责人签字、加盖公章后扫描或拍照上传。"))


class JudgeForm(EditForm):
    """人工判定."""

    state = ChoiceField(
        N_("判定结果"),
        choices=[(state.value, INDICATOR_STATES[state]) for state in DECIDABLE],
        coerce=IndicatorState,
    )
    reason = LongTextField(N_("理由"), max_length=500, rows=3, hint=N_("在页面和报表上与“人工判定”字样一并列出。"))

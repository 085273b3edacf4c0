"""Blocks that papers share: facts in a grid, a task on a card with its whole course, approvals, numbered lists."""

from collections.abc import Sequence

from reports.facts import (
    NONE,
    Approval,
    Participation,
    ProgressNote,
    Quantity,
    Standard,
    TaskFacts,
    day_text,
)
from reports.page import Composer
from reports.tables import Cell, Table

_DIGITS = "零一二三四五六七八九"
# One grid for both halves of a card: label and value twice, and below day, act, who and words.
_GRID = (64, 48, 58, 54, 64, 160)


def chinese_number(number: int) -> str:
    """A number from 1 to 999 as headings count: 一, 十二, 一百零三; beyond that in digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def numbered(texts: Sequence[str]) -> str:
    """Texts as lines ``1．…``; one text stands alone, none is a dash."""
    if not texts:
        return NONE
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{place}．{text}" for place, text in enumerate(texts, 1))


def label(text: str) -> Cell:
    return Cell(text, face="hei", align="center", scope="Row")


def fact_grid(composer: Composer, pairs: Sequence[tuple[str, str]]) -> None:
    """Labels and values, two pairs a row; a value of more than 20 characters has a row of its own."""
    scale = composer.width / 448
    table = Table(composer, [64 * scale, 160 * scale, 64 * scale, 160 * scale], size=10.5, leading=16, pad=3.5)
    waiting: list[tuple[str, str]] = []
    for name, value in pairs:
        if len(value) > 20:
            _flush(table, waiting)
            table.row([label(name), Cell(value or NONE, span=3)])
            continue
        waiting.append((name, value))
        if len(waiting) == 2:
            _flush(table, waiting)
    _flush(table, waiting)
    table.close()


def _flush(table: Table, waiting: list[tuple[str, str]]) -> None:
    """Set the waiting pairs as one row."""
    if len(waiting) == 1:
        table.row([label(waiting[0][0]), Cell(waiting[0][1] or NONE, span=3)])
    elif waiting:
        (first, one), (second, other) = waiting
        table.row([label(first), one or NONE, label(second), other or NONE])
    waiting.clear()


def task_card(
    composer: Composer, task: TaskFacts, *, with_course: bool = True, own: Participation | None = None
) -> None:
    """A task in a grid whose first row comes again on each page; ``own`` adds the part of one helping unit."""
    scale = composer.width / sum(_GRID)
    composer.ensure(120)
    state = task.state if task.light.word in ("", task.state) else f"{task.state}（{task.light.word}）"
    head = [label("任务编号"), Cell(task.number or NONE, span=3), label("状态"), Cell(state, light=task.light.code)]
    table = Table(composer, [width * scale for width in _GRID], head=[head], size=9.5, leading=14, pad=3)
    _wide(table, "任务名称", task.title)
    _wide(table, "任务内容", task.content)
    _wide(table, "任务来源", task.source)
    helpers = "\n".join(_participation(each) for each in task.cooperating) or NONE
    _pair(table, ("牵头单位", _participation(task.lead)), ("配合单位", helpers))
    issued = " ".join(part for part in (day_text(task.issued_on), task.issued_by) if part)
    _pair(table, ("交　　办", issued), ("完成时限", _due(task)))
    _wide(table, "完成标准", _standards(task.standards))
    _wide(table, "量化情况", "\n".join(map(_quantity, task.quantities)))
    _wide(table, "进　　展", task.progress)
    if own:
        _wide(table, "本单位进展", own.progress or NONE)
        _note(table, own.latest, "本单位报告")
    _note(table, task.latest, "最新报告")
    _wide(table, "佐证材料", "\n".join(task.evidence))
    _wide(table, "签批情况", "\n".join(map(approval_text, task.approvals)))
    if with_course and task.steps:
        _course(table, task)
    table.close(space=12)


def _wide(table: Table, name: str, value: str) -> None:
    """A row of one label and one value; none for an empty value."""
    if value:
        table.row([label(name), Cell(value, span=5)])


def _pair(table: Table, first: tuple[str, str], second: tuple[str, str]) -> None:
    table.row([label(first[0]), Cell(first[1], span=3), label(second[0]), Cell(second[1])])


def _note(table: Table, note: ProgressNote | None, name: str) -> None:
    """The rows of a progress report: text with who and when, problems, next steps."""
    if not note:
        return
    who = "，".join(part for part in (f"{note.unit} {note.by}".strip(), day_text(note.on), note.state) if part)
    _wide(table, name, f"{note.text}\n（{who}）")
    _wide(table, "存在问题", note.problems)
    _wide(table, "下 一 步", note.next_steps)


def _course(table: Table, task: TaskFacts) -> None:
    """The events of a task, one row each."""
    heads = (("时间", 2), ("事项", 1), ("单位、经办人", 2), ("方式和说明", 1))
    table.row([Cell(text, span=span, face="hei", align="center", scope="Column") for text, span in heads], keep=18)
    for step in task.steps:
        who = " ".join(part for part in (step.unit, step.by) if part)
        words = "；".join(part for part in (step.manner, step.note) if part)
        table.row(
            [
                Cell(day_text(step.on), span=2),
                Cell(step.action, align="center"),
                Cell(who or NONE, span=2),
                Cell(words or NONE),
            ]
        )


def _participation(each: Participation) -> str:
    """A unit with its receipt and progress in brackets."""
    receipt = f"{day_text(each.acknowledged_on)}签收" if each.acknowledged_on else each.light.word
    facts = "，".join(part for part in (receipt, each.acknowledged_by, each.progress) if part)
    return f"{each.unit}（{facts}）" if facts else each.unit


def _due(task: TaskFacts) -> str:
    """The present day, and the original one where it differs."""
    if task.due_on == task.original_due_on:
        return day_text(task.due_on)
    return f"{day_text(task.due_on)}\n（原定{day_text(task.original_due_on)}）"


def _standards(standards: Sequence[Standard]) -> str:
    return "\n".join(f"{'√' if each.is_met else '□'} {each.text}" for each in standards)


def _quantity(quantity: Quantity) -> str:
    period = f"，本期{quantity.period}" if quantity.period else ""
    return f"{quantity.name}（{quantity.unit}）：目标{quantity.target}{period}，累计{quantity.total}"


def approval_text(approval: Approval) -> str:
    """An approval in one line: what, how, who, when, words, and by whom it was recorded."""
    words = f"，签署“{approval.words}”" if approval.words else ""
    recorded = f"，{approval.recorded_by}代录" if approval.recorded_by else ""
    scan = f"，扫描件：{approval.scan}" if approval.scan else ""
    return f"{approval.matter}：{approval.manner}，{approval.signer}，{day_text(approval.on)}{words}{recorded}{scan}"

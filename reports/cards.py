"""A task on a card with its whole course, approvals in words, numbered lists."""

from collections.abc import Iterator, Sequence

from reports.blocks import Cell, TaskCard
from reports.facts import NONE, Approval, Participation, ProgressNote, Quantity, Standard, TaskFacts, day_text

_DIGITS = "零一二三四五六七八九"


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


def state_text(task: TaskFacts) -> str:
    """A task's state with what its light says: 办理中（逾期 3 个工作日）."""
    return task.state if task.light.word in ("", task.state) else f"{task.state}（{task.light.word}）"


def task_rows(card: TaskCard) -> Iterator[list[Cell]]:
    """The rows of a task's card over the six columns of ``grids.CARD``; the first comes again on each page."""
    task = card.task
    state = Cell(state_text(task), light=task.light.code)
    yield [*_pair("任务编号", task.number or NONE, span=3), _label("状态"), state]
    yield from _wide("任务名称", task.title)
    yield from _wide("任务内容", task.content)
    yield from _wide("任务来源", task.source)
    helpers = "\n".join(_participation(each) for each in task.cooperating) or NONE
    yield [*_pair("牵头单位", _participation(task.lead), span=3), *_pair("配合单位", helpers)]
    issued = " ".join(part for part in (day_text(task.issued_on), task.issued_by) if part)
    yield [*_pair("交　　办", issued, span=3), *_pair("完成时限", due_text(task))]
    yield from _wide("完成标准", _standards(task.standards))
    yield from _wide("量化情况", "\n".join(map(_quantity, task.quantities)))
    yield from _wide("进　　展", task.progress)
    if card.own:
        yield from _wide("本单位进展", card.own.progress or NONE)
        yield from _note(card.own.latest, "本单位报告")
    yield from _note(task.latest, "最新报告")
    yield from _wide("佐证材料", "\n".join(task.evidence))
    yield from _wide("签批情况", "\n".join(map(approval_text, task.approvals)))
    if card.with_course and task.steps:
        yield from _course(task)


def _label(text: str, span: int = 1) -> Cell:
    return Cell(text, span=span, align="center", is_head=True)


def _pair(name: str, value: str, span: int = 1) -> tuple[Cell, Cell]:
    return _label(name), Cell(value, span=span)


def _wide(name: str, value: str) -> Iterator[list[Cell]]:
    """A row of one label and one value; none for an empty value."""
    if value:
        yield [*_pair(name, value, span=5)]


def _note(note: ProgressNote | None, name: str) -> Iterator[list[Cell]]:
    """The rows of a progress report: text with who and when, problems, next steps."""
    if not note:
        return
    who = "，".join(part for part in (f"{note.unit} {note.by}".strip(), day_text(note.on), note.state) if part)
    yield from _wide(name, f"{note.text}\n（{who}）")
    yield from _wide("存在问题", note.problems)
    yield from _wide("下 一 步", note.next_steps)


def _course(task: TaskFacts) -> Iterator[list[Cell]]:
    """The events of a task, one row each."""
    yield [_label("时间", 2), _label("事项"), _label("单位、经办人", 2), _label("方式和说明")]
    for step in task.steps:
        who = " ".join(part for part in (step.unit, step.by) if part)
        words = "；".join(part for part in (step.manner, step.note) if part)
        yield [
            Cell(step.on, span=2),
            Cell(step.action, align="center"),
            Cell(who or NONE, span=2),
            Cell(words or NONE),
        ]


def _participation(each: Participation) -> str:
    """A unit with its receipt and progress in brackets."""
    receipt = f"{day_text(each.acknowledged_on)}签收" if each.acknowledged_on else each.light.word
    facts = "，".join(part for part in (receipt, each.acknowledged_by, each.progress) if part)
    return f"{each.unit}（{facts}）" if facts else each.unit


def due_text(task: TaskFacts) -> str:
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

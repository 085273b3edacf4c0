"""Every sentence of the interface goes through the catalogue; the traditional one is that of today's sentences."""

import ast
import re
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from meetings.core import i18n
from scripts import hant
from tests import factories as make

HAN = re.compile(r"[\u3400-\u9fff]")
TEMPLATES = sorted(Path("templates").rglob("*.html"))
# What people read on pages; commands speak to the operator, in Chinese only.
WORDED = sorted(
    p
    for p in Path("meetings").rglob("*.py")
    if {"views", "forms", "words"} & {p.stem, p.parent.name} and "demo" not in p.parts
)


def test_the_committed_catalogue_is_that_of_the_sentences():
    """`python scripts/hant.py` makes it again."""
    with (hant.FOLDER / "messages.po").open("rb") as file:
        kept = {message.id: message.string for message in read_po(file) if message.id}
    made = {message.id: message.string for message in hant.catalogue() if message.id}
    assert sorted(made.keys() - kept.keys()) == [], "new sentences"
    assert sorted(kept.keys() - made.keys()) == [], "sentences that are gone"
    assert kept == made


def test_what_is_loaded_is_what_can_be_read():
    with (hant.FOLDER / "messages.po").open("rb") as file:
        kept = read_po(file, locale="zh_Hant")
    written = BytesIO()
    write_mo(written, kept)
    assert (hant.FOLDER / "messages.mo").read_bytes() == written.getvalue()


def test_templates_hold_no_chinese_outside_the_catalogue():
    found = []
    for path in TEMPLATES:
        source = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        source = source.replace(">简体<", "><").replace(">繁體<", "><")  # each script by its own name
        found += [f"{path}: {line.strip()}" for line in source.splitlines() if HAN.search(line)]
    assert found == []


# What is kept as data in the language of the office, or is no word at all: file, then what holds it there.
NOT_WORDS = {
    ("meetings/meetings/words.py", "DEFAULT_KINDS"): "names in the office's own list",
    ("meetings/meetings/words.py", "day_of"): "days are written alike in both scripts",
    ("meetings/meetings/words.py", "facts_of"): "a draft of minutes is a text of the office",
    ("meetings/meetings/words.py", "minutes_draft"): "a draft of minutes is a text of the office",
    ("meetings/meetings/words.py", "_SECTION_OPENINGS"): "a draft of minutes is a text of the office",
    ("meetings/tasks/forms/rows.py", "_OWN_NUMBER"): "a pattern",
}


def _unmarked(path: Path) -> list[str]:
    """Chinese of two characters or more that no catalogue knows; single ones (年, 一二三四) are parts of dates."""
    found = []
    for holder in ast.parse(path.read_text("utf-8")).body:
        target = holder.targets[0] if isinstance(holder, ast.Assign) else getattr(holder, "target", holder)
        name = getattr(target, "id", getattr(target, "name", ""))
        if (path.as_posix(), name) in NOT_WORDS:
            continue
        marked = set()
        for node in ast.walk(holder):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "N_", "gettext"}:
                marked |= {id(inner) for inner in ast.walk(node)}
            if isinstance(node, ast.Expr):  # a docstring
                marked.add(id(node.value))
        found += [
            f"{path}:{node.lineno} {name}: {node.value}"
            for node in ast.walk(holder)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and len(HAN.findall(node.value)) > 1
            and not re.fullmatch("[一二三四五六日]+", node.value)
            and id(node) not in marked
        ]
    return found


def test_words_of_pages_are_marked_for_the_catalogue():
    assert [word for path in WORDED for word in _unmarked(path)] == []


def test_a_page_in_traditional_script_leaves_what_people_typed(client_as, app, monkeypatch):
    staff = make.actor(display_name="县发展和改革委员会干部")
    client = client_as(staff)
    monkeypatch.setattr("meetings.dashboard.views.locale", lambda: "zh_Hant")
    monkeypatch.setattr(i18n, "locale", lambda: "zh_Hant")
    page = client.get("/help").text
    assert '<html lang="zh-Hant"' in page
    assert "操作說明" in page
    assert "操作说明" not in page
    assert "县发展和改革委员会干部" in page


def test_an_empty_sentence_stays_empty(app, monkeypatch):
    monkeypatch.setattr(i18n, "locale", lambda: "zh_Hant")
    assert i18n.gettext("") == ""

"""Templates: each compiles, is used, and imports nothing unused."""

import re
from pathlib import Path

TEMPLATES = sorted(Path("templates").rglob("*.html"))
SOURCE = "".join(p.read_text("utf-8") for p in [*Path("meetings").rglob("*.py"), Path("app.py")])
ALL = "".join(p.read_text("utf-8") for p in TEMPLATES)


def test_they_compile(app):
    names = [str(path.relative_to("templates")) for path in TEMPLATES]
    assert [app.jinja_env.get_template(name).name for name in names] == names  # what does not compile raises


def test_they_are_used():
    assert [path for path in TEMPLATES if not _is_used(path)] == []


def _is_used(path):
    name = str(path.relative_to("templates"))
    if name.startswith("errors/"):
        return True
    folder, _, stem = name.removesuffix(".html").rpartition("/")
    if f'"{folder}/_" ~ ' in ALL:
        return True  # chosen by role
    by_parts = f'"{folder}/{{' in SOURCE and re.search(
        rf'["/_]{stem.strip("_")}["(]', SOURCE
    )  # f"meetings/{page}.html"
    return f'"{name}"' in SOURCE or f'"{name}"' in ALL or by_parts


def test_what_they_import_they_use():
    extended = set(re.findall(r'{% extends "([^"]+)" %}', ALL))
    unused = []
    for path in TEMPLATES:
        if str(path.relative_to("templates")) in extended:
            continue  # pages built on it use them
        text = path.read_text("utf-8")
        for names in re.findall(r"{%-?\s*from \"[^\"]+\" import ([^%]+?)(?: with context)?\s*-?%}", text):
            for name in (part.split(" as ")[-1].strip() for part in names.split(",")):
                if len(re.findall(rf"\b{name}\b", text)) < 2:
                    unused.append(f"{path}: {name}")  # noqa: PERF401 -- three loops read better than one comprehension
    assert unused == []


def test_nothing_is_marked_safe():
    assert [path for path in TEMPLATES if re.search(r"\|\s*safe\b", path.read_text("utf-8"))] == []

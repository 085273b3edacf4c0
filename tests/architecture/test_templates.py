"""Templates: each compiles, is used, imports nothing unused, and lets every sentence through the catalogue."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted(Path("templates").rglob("*.html"))
SOURCE = "".join(p.read_text("utf-8") for p in [*Path("meetings").rglob("*.py"), Path("app.py")])
ALL = "".join(p.read_text("utf-8") for p in TEMPLATES)
HAN = re.compile(r"[㐀-鿿]")


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


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_what_it_imports_it_uses(path):
    text = path.read_text("utf-8")
    if f'{{% extends "{path.relative_to("templates")}" %}}' in ALL:
        return  # pages built on it use them
    for names in re.findall(r"{%-?\s*from \"[^\"]+\" import ([^%]+?)(?: with context)?\s*-?%}", text):
        for name in (part.split(" as ")[-1].strip() for part in names.split(",")):
            assert len(re.findall(rf"\b{name}\b", text)) > 1, name


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_chinese_goes_through_the_catalogue(path):
    """Outside Jinja's tags and comments no Chinese stands in a template, but for the switch of scripts."""
    text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"{{.*?}}|{%.*?%}", "", text, flags=re.DOTALL)
    text = re.sub(r">(?:简体|繁體)<", "><", text)
    assert not HAN.search(text), HAN.search(text)


def test_nothing_is_marked_safe():
    assert [path for path in TEMPLATES if re.search(r"\|\s*safe\b", path.read_text("utf-8"))] == []

"""House law that no linter knows: who commits, who selects, who reads the clock, what refusals are called."""

import ast
import re
from functools import cache
from pathlib import Path

FILES = sorted(Path("meetings").rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def calls(path: Path) -> frozenset[str]:
    """Names that are called in a file: ``select``, ``commit``, ``now``."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            found.add(node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
    return frozenset(found)


def role_of(path: Path) -> str:
    """``views`` for meetings/tasks/views.py and for meetings/tasks/views/ledger.py."""
    parts = path.with_suffix("").parts
    return parts[2] if len(parts) > 2 else ""


def calling(roles: set[str], names: set[str]) -> dict[str, set[str]]:
    """The files of these roles that call one of the names."""
    return {str(path): bad for path in FILES if role_of(path) in roles and (bad := calls(path) & names)}


def test_only_the_caller_commits():
    lower = {"actions", "queries", "rules", "models", "forms"}
    assert calling(lower, {"commit", "rollback", "transaction", "writing"}) == {}


def test_views_do_not_query_and_do_not_change_rows():
    assert calling({"views"}, {"select", "scalars", "execute", "scalar", "setattr"}) == {}
    changed = []
    for path in (path for path in FILES if role_of(path) == "views"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                owner = ast.unparse(node.value)
                if owner not in {"g", "outcome", "self", "form"} and not owner.startswith(
                    ("form.", "response", "self.")
                ):
                    changed.append(f"{path}:{node.lineno} {ast.unparse(node)}")
    assert changed == []


def test_queries_do_not_write():
    assert calling({"queries"}, {"add_all", "delete", "insert", "flush"}) == {}
    queries = [path for path in FILES if role_of(path) == "queries"]
    assert [p for p in queries if re.search(r"session\.(add|delete|flush|merge)", p.read_text("utf-8"))] == []


def test_every_refusal_has_words(app):
    from meetings.core.web import _words as known

    raised = {}
    for path in FILES:
        for code in re.findall(r"(?<!``)(?:DomainError|NotAllowed)\(\s*\"([a-z_.]+)\"", path.read_text("utf-8")):
            raised[code] = path
    assert {code: str(path) for code, path in raised.items() if code not in known} == {}


def _is_built(code: str, text: str) -> bool:
    """``f"document.{reason}"`` or ``f"{noun}.not_office"``."""
    noun, _, reason = code.partition(".")
    return f'f"{noun}.{{' in text or f'}}.{reason}"' in text


def test_words_are_used():
    text = "".join(path.read_text("utf-8") for path in FILES if path.name != "words.py")
    unused = []
    for path in FILES:
        if path.name == "words.py":
            refusals = re.search(r"REFUSALS[^=]*= \{(.*?)^\}", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
            for code in re.findall(r"^    \"([a-z_.]+)\":", refusals.group(1) if refusals else "", re.MULTILINE):
                if f'"{code.removesuffix(".who")}"' not in text and not _is_built(code.removesuffix(".who"), text):
                    unused.append(code)  # noqa: PERF401 -- two loops read better than one comprehension
    assert unused == []


def test_no_relationship_loads_by_itself():
    from sqlalchemy.orm import configure_mappers

    import app as _root  # noqa: F401 -- brings every model
    from meetings.core.db import Base

    configure_mappers()
    lazy = [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in Base.registry.mappers
        for relation in mapper.relationships
        if relation.lazy not in {"raise_on_sql", "write_only"}
    ]
    assert lazy == []


def test_sentences_of_the_seed_article_are_nowhere():
    seed = Path("../shared/data/seed-article.txt")
    if not seed.exists():
        return
    sentences = {s for s in re.split(r"[。；，,;\n]", seed.read_text("utf-8")) if len(s) >= 16}
    texts = [
        *Path().glob("*.md"),
        *Path("docs").rglob("*.md"),
        *Path("templates").rglob("*.html"),
        *FILES,
        *Path("tests").rglob("*.py"),
    ]
    for path in [*texts, *Path("reports").glob("*.py")]:
        text = path.read_text("utf-8")
        for sentence in sentences:
            assert sentence not in text, (path, sentence)

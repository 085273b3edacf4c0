"""Docs list what the code has: settings, papers, features, files of the repository."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import app as root
from meetings.core.settings import Settings
from meetings.reporting import catalogue


def listed(path: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, Path(path).read_text("utf-8"), re.MULTILINE))


def test_every_setting_is_documented():
    names = {f"LUOSHI_{field.name.upper()}" for field in fields(Settings)}

    assert listed("docs/settings.md", r"^\| `(LUOSHI_\w+)`") == names
    assert listed(".env.example", r"^(LUOSHI_\w+)=") == names


def test_defaults_in_the_docs_are_those_of_the_code():
    told = dict(
        re.findall(r"^\| `LUOSHI_(\w+)` \| `([^`]+)` \|", Path("docs/settings.md").read_text("utf-8"), re.MULTILINE)
    )

    for field in fields(Settings):
        if field.name.upper() in told:
            assert told[field.name.upper()].lower() == str(field.default).lower(), field.name


def test_every_paper_is_documented():
    assert listed("docs/how-to.md", r"^\| `([a-z-]+)` \| \S+ \|$") == set(catalogue.PAPERS)


def test_every_job_is_documented(app):
    assert listed("docs/how-to.md", r"^\| `([a-z]+\.[a-z_]+)` \|") == set(app.extensions["jobs"])


def test_every_feature_is_in_the_picture_and_the_contracts():
    packages = {path.parent.name for path in Path("meetings").glob("*/__init__.py")} - {"core", "translations"}
    contracts = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["id"] == "features")["layers"]

    assert set(root.FEATURES) == packages
    assert {name.strip("() ") for layer in layers for name in layer.split("|")} - {"core"} == packages
    picture = Path("docs/architecture.md").read_text("utf-8").split("```")[1]
    for name in packages:
        assert re.search(rf"\b{name}\b", picture), name


def test_readmes_name_the_same_commands_and_existing_files():
    for readme in ("README.md", "README.zh.md"):
        text = Path(readme).read_text("utf-8")
        assert "python3 run.py " in text
        assert "python3 run.py test" in text
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert Path(target).exists(), (readme, target)


def test_decisions_are_numbered_and_have_the_four_headings():
    files = sorted(Path("docs/adr").glob("*.md"))
    assert [file.name[:4] for file in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    for file in files:
        assert re.findall(r"^## (\w+)", file.read_text("utf-8"), re.MULTILINE) == [
            "Context",
            "Decision",
            "Status",
            "Consequences",
        ], file.name

"""What others wrote is unchanged and known by licence; what we wrote calls no other host."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
PACKAGES = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
FILES = {file["file"]: file["sha256"] for package in PACKAGES for file in package["files"]}

OURS = sorted(
    path
    for folder, kinds in (("templates", {".html", ".txt"}), ("static", {".css", ".js", ".svg"}))
    for path in (ROOT / folder).rglob("*")
    if path.suffix in kinds and VENDOR not in path.parents
)
OTHER_HOST = re.compile(r"""\b(?:https?|wss?)://|(?:\b(?:src|href|action|srcset)\s*=|\burl\(|@import)\s*["']?//""")
NAMESPACE = re.compile(r"http://www\.w3\.org/(?:2000/svg|1999/xlink|1999/xhtml)\b")  # names, never fetched


@pytest.mark.parametrize("name", FILES)
def test_a_vendored_file_is_what_its_maker_published(name):
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == FILES[name]


def test_every_vendored_file_is_listed():
    found = {path.relative_to(ROOT).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert found - {"static/vendor/vendor.json"} == {name for name in FILES if name.startswith("static/vendor/")}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_a_vendored_package_names_and_carries_its_licence(package):
    assert package["licence"]
    assert any("LICENSE" in file["file"] for file in package["files"])


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_a_vendored_folder_tells_name_and_version(package):
    for file in package["files"]:
        if file["file"].startswith("static/vendor/"):
            assert Path(file["file"]).parent.name == f"{package['name']}-{package['version']}"


def test_no_page_style_or_script_of_ours_names_another_host():
    named = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in OURS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if OTHER_HOST.search(NAMESPACE.sub("", line))
    ]
    assert named == []


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://cdn.example/a.js">',
        "<img src='//cdn.example/a.png'>",
        "background: url(//cdn.example/a.png)",
        '@import "//cdn.example/a.css"',
    ],
)
def test_another_host_is_recognised(line):
    assert OTHER_HOST.search(line)

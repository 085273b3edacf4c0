"""`run.py` must speak to a Python that cannot run the rest, and change nothing when it is asked something unknown."""

import ast
import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).resolve().parents[2] / "run.py"


def test_an_older_python_can_read_it_and_be_told_so():
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_it_needs_nothing_but_the_standard_library():
    tree = ast.parse(RUN.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_unknown_command_is_refused_with_the_usage():
    asked = subprocess.run([sys.executable, RUN, "unknown"], capture_output=True, encoding="utf-8", check=False)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "python3 run.py test" in asked.stderr

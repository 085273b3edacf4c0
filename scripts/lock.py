"""Write both hash locks from pyproject.toml with `uv`; `--upgrade` takes newer versions, else the locked ones stay."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ("uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--generate-hashes")
QUIET = ("--quiet", "--no-annotate", "--custom-compile-command", "python3 scripts/lock.py")
LOCKS = {"requirements.lock": (), "requirements-test.lock": ("--extra", "test")}


def main() -> None:
    for lock, extras in LOCKS.items():
        subprocess.run([*COMPILE, *QUIET, *extras, "--output-file", lock, *sys.argv[1:]], check=True, cwd=ROOT)
        if "http" in (ROOT / lock).read_text(encoding="utf-8"):
            sys.exit(f"{lock} names a registry; take the address out of it.")


if __name__ == "__main__":
    main()

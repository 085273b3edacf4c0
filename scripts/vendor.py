"""Fetch the vendored front-end files again with `npm pack`, at the versions in static/vendor/vendor.json.

`vendor.py` renews all files and their hashes; `vendor.py bootstrap=5.3.9` moves one package to another version first.
The templates name the folders with their versions and follow by hand.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "static" / "vendor" / "vendor.json"


def main(moves: list[str]) -> None:
    versions = dict(move.split("=", 1) for move in moves)
    packages = json.loads(LIST.read_text(encoding="utf-8"))
    if unknown := versions.keys() - {package["name"] for package in packages}:
        sys.exit(f"not vendored: {', '.join(sorted(unknown))}")
    for package in packages:
        _renew(package, versions.get(package["name"], package["version"]))
    LIST.write_text(json.dumps(packages, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _renew(package: dict, version: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [shutil.which("npm") or "npm", "pack", "--silent", f"{package['package']}@{version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as members:
            for file in package["files"]:
                content = members.extractfile(f"package/{file['source']}").read()
                new = file["file"].replace(f"-{package['version']}/", f"-{version}/")
                (ROOT / file["file"]).unlink(missing_ok=True)
                (ROOT / new).parent.mkdir(parents=True, exist_ok=True)
                (ROOT / new).write_bytes(content)
                file |= {"file": new, "sha256": hashlib.sha256(content).hexdigest()}
    package["version"] = version


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""Prepare and run Luoshi with nothing but Python: `python3 run.py`, `python3 run.py test`, `python3 run.py flask …`.

Makes .venv from the hash locks where it is missing or out of date, then runs the command in it.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must be told so, not shown a traceback
    sys.exit(f"落实需要 Python 3.11 或更高版本，当前为 {sys.version.split()[0]}。")

import hashlib
import importlib.util
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"  # holds everything of the other one too

USAGE = """用法：
  python3 run.py [--empty]           准备环境并启动（--empty：不建演示数据）
  python3 run.py test [pytest 参数]  运行全部测试，或只运行所指的测试
  python3 run.py flask …             在准备好的环境中运行 flask 命令
  python3 run.py prepare             只准备环境（含测试所需）"""

Command = list[str | Path]


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that run() takes its child along
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    flask: Command = [PYTHON, "-m", "flask", "--app", "app"]
    if arguments in ([], ["--empty"]):
        prepare(RUN_LOCK)
        return run(*flask, "serve", *arguments)
    if command == "flask":
        prepare(RUN_LOCK)
        return run(*flask, *rest)
    if command == "test":
        prepare(TEST_LOCK)
        return test(rest)
    if command == "prepare" and not rest:
        prepare(TEST_LOCK)
        return prepare_browser()
    asked = command in ("-h", "--help")
    print(USAGE, file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def test(arguments: list[str]) -> int:
    """Every round runs, also after one that failed, so that one run tells everything."""
    pytest: Command = [PYTHON, "-m", "pytest"]
    if arguments:
        return run(*pytest, *arguments)
    if code := prepare_browser():  # said at once, not when two rounds have run
        return code
    side_by_side = ["-n", "auto", "--dist", "worksteal", "-m", "not browser"]  # tests of a file stay together
    rounds = {
        "SQLite": side_by_side,
        "PostgreSQL": [*side_by_side, "--engine", "postgresql"],
        "浏览器": ["-m", "browser"],
    }
    failed = []
    for name, options in rounds.items():
        print(f"\n== 测试：{name}", flush=True)
        if run(*pytest, *options):
            failed.append(name)
    print(f"\n未通过：{'、'.join(failed)}" if failed else "\n全部测试通过。")
    return 1 if failed else 0


def prepare(lock: Path) -> None:
    """Install what the lock names, unless the stamp says that it is there already."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamps = [VENV / f"{RUN_LOCK.name}.stamp", VENV / f"{TEST_LOCK.name}.stamp"]
    stamp = VENV / f"{lock.name}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    print("正在准备运行环境（首次约需一两分钟）……", flush=True)
    if not PYTHON.exists():
        make_venv()
    pip: Command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if run(*pip, "--require-hashes", "--requirement", lock):
        sys.exit(
            "安装依赖失败。不能联网的机器：先在能联网的同类机器上运行\n"
            f"    python3 -m pip download --require-hashes -r {lock.name} -d wheels\n"
            "把 wheels 文件夹拷到本机，设置 PIP_NO_INDEX=1 和 PIP_FIND_LINKS=wheels 后重试。"
        )
    for other in stamps:
        other.unlink(missing_ok=True)
    stamp.write_text(digest)
    if lock == TEST_LOCK:
        stamps[0].write_text(hashlib.sha256(RUN_LOCK.read_bytes()).hexdigest())


def make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
            sys.exit(f"本机 Python 缺少 venv，请先运行：\n    sudo apt-get install {package}")
        if run("apt-get", "-qq", "update") or run("apt-get", "-qq", "install", "--yes", package):
            sys.exit(f"未能安装 {package}。")
    if run(sys.executable, "-m", "venv", "--clear", VENV):
        sys.exit("未能建立 .venv。")


def prepare_browser() -> int:
    return run(PYTHON, "-m", "tests.support.chromium")


def run(*command: str | Path) -> int:
    """Run a child to its end and return its exit code; Ctrl-C reaches it too, and it is waited for."""
    with subprocess.Popen(command, cwd=ROOT) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                return child.wait(10)
            child.kill()
            return 130
        finally:
            if child.poll() is None:
                child.terminate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Several processes under one: start them, start again whichever dies, end all together. Standard library only.

``python -m meetings.core.processes NAME=JSON-LIST …`` keeps a few megabytes where the application would hold a
hundred: ``flask serve`` turns itself into it.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

FIRST_SECONDS = 5.0  # who ends within them at the very first start cannot run at all
STEADY_SECONDS = 60.0  # who lived so long starts again at once
LONGEST_PAUSE = 30.0
FAREWELL_SECONDS = 15.0
_LOOK = 0.1


class _Process:
    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.starts = 0
        self.pause = 0.0
        self.child: subprocess.Popen[bytes] | None = None
        self.started = self.starts_at = time.monotonic()

    def look(self) -> int | None:
        """Start it where it is due; the exit code of one that cannot run at all, else None."""
        now = time.monotonic()
        if self.child is None:
            if now >= self.starts_at:
                self.child = subprocess.Popen(self.command, preexec_fn=_end_with_us if os.name == "posix" else None)  # noqa: S603, PLW1509 -- the command is ours; one thread only, so that what runs before exec is safe
                self.started, self.starts = now, self.starts + 1
            return None
        code = self.child.poll()
        if code is None:
            return None
        lived = now - self.started
        if self.starts == 1 and lived < FIRST_SECONDS and code > 0:
            return code
        self.pause = 0.0 if lived >= STEADY_SECONDS else min(max(0.5, self.pause * 2), LONGEST_PAUSE)
        self.child, self.starts_at = None, now + self.pause
        print(f"{self.name}（退出码 {code}）已结束，{self.pause:g} 秒后重新启动", file=sys.stderr, flush=True)  # noqa: T201 -- a program of its own
        return None


def supervise(commands: Mapping[str, Sequence[str]]) -> int:
    """Keep the commands running until SIGTERM or Ctrl-C: 0; or the exit code of one that could not start at all."""
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: stopping.append(number))
    processes = [_Process(name, command) for name, command in commands.items()]
    code = 0
    while not stopping:
        codes = [process.look() for process in processes]
        if code := next(filter(None, codes), 0):
            break
        time.sleep(_LOOK)
    _end(processes)
    return code


def _end(processes: Sequence[_Process]) -> None:
    children = [process.child for process in processes if process.child is not None]
    for child in children:
        with suppress(OSError):
            child.terminate()
    until = time.monotonic() + FAREWELL_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _end_with_us() -> None:
    """On Linux a child is told (SIGTERM) when this process is gone without a word."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    sys.exit(supervise({name: json.loads(words) for name, _, words in (item.partition("=") for item in sys.argv[1:])}))

"""Two processes under one: whichever dies is started again, one signal ends both, one that cannot run ends all."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest


def start(folder, **programs):
    words = [f"{name}={json.dumps([sys.executable, '-c', text])}" for name, text in programs.items()]
    return subprocess.Popen(
        [sys.executable, "-m", "meetings.core.processes", *words],
        stderr=subprocess.PIPE,
        env={**os.environ, "F": str(folder)},
    )


LIVES = "import os, time; open(os.environ['F'] + '/{}', 'a').write(str(os.getpid()) + '\\n'); time.sleep(60)"


def pids(folder, name, count):
    until = time.monotonic() + 15
    while time.monotonic() < until:
        lines = (folder / name).read_text().split() if (folder / name).exists() else []
        if len(lines) >= count:
            return [int(line) for line in lines]
        time.sleep(0.02)
    raise AssertionError(f"{name} was not started {count} times")


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_whichever_dies_is_started_again_and_one_signal_ends_both(tmp_path):
    with start(tmp_path, web=LIVES.format("web"), worker=LIVES.format("worker")) as process:
        (web,), (worker,) = pids(tmp_path, "web", 1), pids(tmp_path, "worker", 1)
        os.kill(web, signal.SIGKILL)
        again = pids(tmp_path, "web", 2)[1]
        assert is_alive(worker)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert not is_alive(again)
        assert not is_alive(worker)


def test_one_that_cannot_run_at_all_ends_the_start_with_its_code(tmp_path):
    with start(tmp_path, web="raise SystemExit(3)", worker=LIVES.format("worker")) as process:
        assert process.wait(10) == 3

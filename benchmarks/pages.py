"""What pages cost, beside the floor, on both databases and two sizes, in one run.

``python benchmarks/pages.py [--tasks 1000 100000] [--engines sqlite postgresql] [--pages …] [--keep FOLDER]``

For each database: made by ``flask bench-data``, served as an operator serves it (``flask serve --web``) and by
``benchmarks/floor.py``; signed in through the page; then asked for each page, ours and the floor's in turn. CPU is
what the kernel says of the processes (user and system, ``/proc/<pid>/stat``), in milliseconds for one request, the
median of the rounds; wall time is that of one client that asks again as soon as it is answered.

What pages keep until something changes holds in the rounds, as nothing does. Pages called *changed* are asked for after
a change each: the end of the audit chain is moved behind the server's back, so that nothing kept holds.

``--reports 10`` makes ten reports a task on average, where the data else has 3 to 10.

``--keep`` keeps the SQLite files for the next run, ``TEST_DATABASE_URL`` names a PostgreSQL server whose databases
``luoshi_bench_<tasks>`` are kept likewise.
"""
# ruff: noqa: INP001, T201 - a program run by hand: it prints

import argparse
import contextlib
import os
import platform
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from databases import Database, postgres_database, seconds_of, sqlite_database  # noqa: E402 - after the path is set
from sites import Site, hidden_fields, served  # noqa: E402

from app import create_app  # noqa: E402
from meetings.accounts.queries import actor_named  # noqa: E402
from meetings.core.db import db  # noqa: E402
from meetings.core.settings import Settings  # noqa: E402
from meetings.tasks.queries import totals_by_unit  # noqa: E402
from tests.support import postgres  # noqa: E402

BUSIEST = 9  # 县教育局, with more than a page of overdue tasks at any size
UNITS = 50
FLOOR_SECONDS = 5.0  # of a round: a raw scan of all reports takes most of a second

# Page → most CPU ms at the largest size, as the goals say.
GOALS = {
    "list": 10.0,
    "list, own": 10.0,
    "task": 8.0,
    "report": 8.0,
    "dashboard": 10.0,
    "dashboard, own": 10.0,
    "morning list": 10.0,
    "counts": 10.0,
    "inbox": 8.0,
    "search, two, rare": 10.0,
    "search, two, common": 10.0,
    "search, four, rare": 10.0,
    "search, four, common": 10.0,
    "search, own": 10.0,
}
# Two and four characters: those of one unit and its people, and those of a quarter of all reports.
WANTED = {
    "search, two, rare": "水利",
    "search, two, common": "统计",
    "search, four, rare": "县水利局",
    "search, four, common": "数据比对",
}
CHANGED = ", changed"
# Of these it is asked too what the first look after a change costs.
_KEPT = [name for name in GOALS if name.startswith(("list", "dashboard", "morning", "search"))]
PAGES = [*GOALS, *(f"{name}{CHANGED}" for name in _KEPT)]
MOST_OF_FLOOR = 8.0  # for the list
MOST_GROWTH = 2.0  # against the smallest size


@dataclass
class Cost:
    """What one page cost: CPU ms per request by round, and seconds of each request."""

    server: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        return statistics.median(a + b for a, b in zip(self.server, self.database, strict=True))

    def wait(self, percent: int) -> float:
        return statistics.quantiles(self.waits, n=100)[percent - 1] * 1000


# --- the pages --------------------------------------------------------------------------------------------------

Ask = Callable[[int], tuple[int, str]]


@dataclass
class Page:
    """A page, who asks for it, and the floor's answer to the same question. The number tells requests apart."""

    name: str
    account: str
    ours: Callable[[Site], Ask]
    floor: Callable[[Site], Ask]
    status: int = 200
    rows: int = 0


def pages_of(database: Database) -> list[Page]:
    tasks = database.ids(
        "SELECT t.id FROM task t JOIN progress_report r ON r.task_id = t.id WHERE t.status = 'closed' GROUP BY t.id "
        "HAVING COUNT(*) = 7 ORDER BY t.id DESC LIMIT 20"
    )
    to_report = database.ids(
        f"SELECT id FROM task WHERE status = 'in_progress' AND lead_unit_id = {BUSIEST} ORDER BY id LIMIT 40"  # noqa: S608
    )

    def get(path: str, *ids: int) -> Callable[[Site], Ask]:
        return lambda site: lambda n: site.ask("GET", path.format(ids[n % len(ids)] if ids else ""))

    def report(site: Site) -> Ask:
        forms = {}
        for task_id in to_report:
            page = site.ask("GET", f"/tasks/{task_id}/progress")[1]
            form = hidden_fields(page)
            # What the page holds is sent back, as a browser would: amounts as they stand.
            for tag in re.findall(r"<input[^>]*name=\"quantity_[^>]*>", page):
                name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
                form[name[1] if name else ""] = value[1] if value else ""
            forms[task_id] = form | WORDS
        key = f"bench-{time.time_ns()}"
        cookies = dict(site.cookies)

        def ask(n: int) -> tuple[int, str]:
            # A browser goes on to the page that says 已报送, which takes it out of the cookie; here it would pile up.
            site.cookies = dict(cookies)
            task_id = to_report[n % len(to_report)]
            return site.ask("POST", f"/tasks/{task_id}/progress", forms[task_id] | {"form_key": f"{key}-{n}"})

        return ask

    def floor_report(site: Site) -> Ask:
        return lambda n: site.ask("POST", f"/progress/{to_report[n % len(to_report)]}", WORDS)

    def changed(page: Page) -> Page:
        def ours(site: Site) -> Ask:
            ask = page.ours(site)

            def ask_after_a_change(n: int) -> tuple[int, str]:
                database.change()
                return ask(n)

            return ask_after_a_change

        return replace(page, name=f"{page.name}{CHANGED}", ours=ours)

    one_list = get(f"/list?unit={BUSIEST}")
    pages = [
        Page("list", "staff1", get(f"/tasks/?unit={BUSIEST}&light=late"), one_list, rows=50),
        Page("list, own", f"liaison{BUSIEST}", get("/tasks/?light=late"), one_list, rows=50),
        Page("task", "staff1", get("/tasks/{}", *tasks), get("/task/{}", *tasks)),
        Page("dashboard", "director1", get("/"), get("/dashboard")),
        Page("dashboard, own", f"liaison{BUSIEST}", get("/"), get("/dashboard")),
        Page("morning list", "staff1", get("/supervision/today"), get("/dashboard")),
        *(Page(name, "staff1", *[get(f"/search?q={quote(word)}")] * 2) for name, word in WANTED.items()),
        Page("search, own", f"liaison{BUSIEST}", *[get(f"/search?q={quote('统计')}")] * 2),
        Page("inbox", f"liaison{BUSIEST}", get("/notices/"), one_list),
        Page("report", f"liaison{BUSIEST}", report, floor_report, status=303),
    ]
    return [*pages, *(changed(page) for page in pages if f"{page.name}{CHANGED}" in PAGES)]


WORDS = {
    "done": "组织业务培训3场，培训126人次；完成数据比对312条，核实差异17条；下发整改通知5份，已整改到位4处。",
    "problems": "个别乡镇上报数据不及时，已逐一提醒。",
    "next_steps": "下月底前完成剩余2个乡镇的核查。",
    "step": "under_way",
}


def measure(page: Page, ours: Site, floor: Site, *, rounds: int, requests: int) -> tuple[Cost, Cost]:
    """The page and its floor in turn, so that whatever else the machine does falls on both."""
    ours.sign_in(page.account)
    costs = Cost(), Cost()
    asks = page.ours(ours), page.floor(floor)
    numbers = [0, 0]
    for turn in range(-1, rounds):  # the first is to warm up
        for which, (site, ask, cost) in enumerate(zip((ours, floor), asks, costs, strict=True)):
            most = requests * (3 if which else 1) if turn >= 0 else 20
            before = site.cpu()
            waits: list[float] = []
            while len(waits) < most and not (which and sum(waits) > FLOOR_SECONDS):
                begun = time.perf_counter()
                status, body = ask(numbers[which])
                waits.append(time.perf_counter() - begun)
                numbers[which] += 1
                check(page, status, body, is_floor=bool(which))
            after = site.cpu()
            if turn >= 0:
                cost.server.append((after[0] - before[0]) * 1000 / len(waits))
                cost.database.append((after[1] - before[1]) * 1000 / len(waits))
                cost.waits += waits
    return costs


def check(page: Page, status: int, body: str, *, is_floor: bool) -> None:
    """What is measured is the page, not a refusal."""
    if status != (200 if is_floor else page.status):
        raise RuntimeError(f"{page.name}: {status}\n{body[-3000:]}")
    if page.rows and len(set(re.findall(r'href="/tasks?/(\d+)"', body))) != page.rows:
        raise RuntimeError(f"{page.name}: not {page.rows} rows")


def measure_counts(database: Database, floor: Site, *, rounds: int, requests: int) -> tuple[Cost, Cost]:
    """Counts by unit and status, as dashboards and papers ask for them; no page shows them alone."""
    ours, theirs = Cost(), Cost()
    settings = Settings(data=database.data, database_url=database.url, log_level="WARNING")
    app = create_app(settings)
    with app.app_context():
        actor = actor_named("staff1")
        if actor is None:
            raise RuntimeError("no account staff1")
        for turn in range(-1, rounds):
            before, in_database = time.process_time(), seconds_of(database.backends())
            waits = []
            for _ in range(requests):
                begun = time.perf_counter()
                if len(totals_by_unit(actor)) != UNITS:
                    raise RuntimeError("not every unit was counted")
                db.session.rollback()
                waits.append(time.perf_counter() - begun)
            cost = (time.process_time() - before) * 1000 / requests
            spent = (seconds_of(database.backends()) - in_database) * 1000 / requests
            page_before = floor.cpu()
            floor_waits = []
            for _ in range(requests):
                begun = time.perf_counter()
                floor.ask("GET", "/counts")
                floor_waits.append(time.perf_counter() - begun)
            page_after = floor.cpu()
            if turn >= 0:
                ours.server.append(cost)
                ours.database.append(spent)
                ours.waits += waits
                theirs.server.append((page_after[0] - page_before[0]) * 1000 / requests)
                theirs.database.append((page_after[1] - page_before[1]) * 1000 / requests)
                theirs.waits += floor_waits
        db.session.remove()
        db.engine.dispose()
    return ours, theirs


# --- the table --------------------------------------------------------------------------------------------------


@dataclass
class Line:
    """A line of the table."""

    database: Database
    page: str
    ours: Cost
    floor: Cost
    growth: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours.cpu / self.floor.cpu if self.floor.cpu else float("inf")

    def verdict(self) -> str:
        if self.page not in GOALS:
            return ""
        missed = []
        if self.ours.cpu > GOALS[self.page]:
            missed.append(f"CPU > {GOALS[self.page]:g}")
        if self.page == "list" and self.ratio > MOST_OF_FLOOR:
            missed.append(f"ratio > {MOST_OF_FLOOR:g}")
        if self.growth is not None and self.growth > MOST_GROWTH:
            missed.append(f"growth > {MOST_GROWTH:g}")
        return "; ".join(missed) or "held"

    def __str__(self) -> str:
        in_database = statistics.median(self.ours.database)
        cells = [
            self.database.engine,
            f"{self.database.tasks:,}",
            self.page,
            f"{statistics.median(self.ours.server):.1f}",
            f"{in_database:.1f}" if self.database.engine == "postgresql" else "in it",
            f"{self.ours.wait(50):.1f}",
            f"{self.ours.wait(95):.1f}",
            f"{self.floor.cpu:.2f}",
            f"{self.floor.wait(50):.1f}",
            f"{self.ratio:.1f}" if self.page != "counts" else "",  # the floor's is a page, ours is not
            f"{self.growth:.2f}" if self.growth is not None else "",
            self.verdict(),
        ]
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| database | tasks | page | CPU ms, server | CPU ms, database | p50 ms | p95 ms | floor CPU ms | floor p50 ms "
    "| ratio of CPU | against fewest tasks | goals |\n|" + "---|" * 12
)


def machine() -> str:
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    load = os.getloadavg()
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({model[1] if model else platform.machine()}), "
        f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB, Linux {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, load {load[0]:.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tasks", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--reports", type=int, help="of a task, on average")
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=PAGES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    print(machine())
    print(HEAD, flush=True)
    with contextlib.ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="luoshi-bench-")))
        for engine in asked.engines:
            server = stack.enter_context(postgres.server(durable=True)) if engine == "postgresql" else ""
            notes = []
            fewest: dict[str, float] = {}
            for tasks in sorted(asked.tasks):
                asked_for = tasks, asked.reports
                database = (
                    postgres_database(folder, server, *asked_for) if server else sqlite_database(folder, *asked_for)
                )
                with served(database, floor=False) as ours, served(database, floor=True) as floor:
                    measured = [
                        (page.name, measure(page, ours, floor, rounds=asked.rounds, requests=asked.requests))
                        for page in pages_of(database)
                        if page.name in asked.pages
                    ]
                    if "counts" in asked.pages:
                        counted = measure_counts(database, floor, rounds=asked.rounds, requests=asked.requests)
                        measured.append(("counts", counted))
                    for name, costs in measured:
                        line = Line(database, name, *costs)
                        if name in fewest:
                            line.growth = line.ours.cpu / fewest[name]
                        fewest.setdefault(name, line.ours.cpu)
                        print(line, flush=True)
                    notes.append(
                        f"{engine}, {tasks:,} tasks: database {database.megabytes} MB, memory of the web process "
                        f"{ours.memory} MB, of the floor {floor.memory} MB"
                    )
            print(*notes, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

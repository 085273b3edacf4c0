"""Papers of our engine beside Typst, WeasyPrint and Platypus on the same text, in one run.

``python benchmarks/documents.py [--rivals PYTHON] [JOB …]`` prints a table: seconds of the first document with the
start of the process, seconds once warm, peak memory, size, pages, and the lines that break the rules of Chinese
typesetting. CPU seconds say more than wall seconds on a machine that is not quiet. ``--rivals`` is the Python of an
environment with ``typst`` and ``weasyprint`` (see the README here).
"""
# ruff: noqa: INP001, T201 - a program run by hand whose results are printed

import argparse
import importlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

ENGINES = {"ours": "ours", "Typst": "typst_", "WeasyPrint": "weasyprint_", "Platypus": "platypus"}
RIVALS = ("Typst", "WeasyPrint")
JOBS = ("ledger-1000", "ledger-10000", "minutes", "reports-40")
WARM = {"ledger-1000": 1, "ledger-10000": 0, "minutes": 7, "reports-40": 1}
KINDS = ("start", "end", "cut", "unit", "overflow")


def measure(engine: str, job: str, folder: Path) -> dict[str, float]:
    """One round in a process of its own; the first setting's files stay for the count of broken rules."""
    documents = json.loads((folder.parent / f"{job}.json").read_text(encoding="utf-8"))
    module: Any = importlib.import_module(f"engines.{ENGINES[engine]}")
    for place, document in enumerate(documents):
        module.set_document(document, folder / f"{place}.pdf")
    ended = time.time()
    used = resource.getrusage(resource.RUSAGE_SELF)
    warm: list[float] = []
    for _ in range(WARM[job]):
        start = time.perf_counter()
        for document in documents:
            module.set_document(document, folder / "warm.pdf")
        warm.append(time.perf_counter() - start)
    seen = {"ended": ended, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}
    return seen | {"warm": statistics.median(warm) if warm else 0.0}


def round_of(engine: str, job: str, folder: Path, options: Any) -> dict[str, float] | None:
    """A round seen from outside, or None if it took longer than the limit."""
    python = options.rivals if engine in RIVALS else sys.executable
    folder.mkdir(exist_ok=True)
    command = [python, __file__, "--measure", engine, job, str(folder)]
    start = time.time()
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=options.limit)  # noqa: S603 - itself
    except subprocess.TimeoutExpired:
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found | {"cold": found["ended"] - start}


def look(job: str, folder: Path) -> tuple[int, float, Counter[str]]:
    """Pages, KB and broken rules of what a round left."""
    import pypdfium2  # noqa: PLC0415 - not in the measured processes
    from engines import breaks  # noqa: PLC0415 - as above

    documents = json.loads((folder.parent / f"{job}.json").read_text(encoding="utf-8"))
    pages, size, broken = 0, 0.0, Counter[str]()
    for place, document in enumerate(documents):
        path = folder / f"{place}.pdf"
        size += path.stat().st_size / 1024
        with pypdfium2.PdfDocument(path) as pdf:
            pages += len(pdf)
        broken += breaks.count(path, document)
    return pages, size, broken


def main(options: Any) -> None:
    from engines import texts  # noqa: PLC0415 - not in the measured processes

    engines = [engine for engine in ENGINES if engine not in RIVALS or options.rivals]
    heads = ("job", "engine", "first s", "first CPU s", "warm s", "peak MB", "KB", "pages", "lines", *KINDS)
    print(f"| {' | '.join(heads)} |")
    print("|" + "---|" * len(heads))
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for job in options.jobs or JOBS:
            (root / f"{job}.json").write_text(json.dumps(texts.JOBS[job]()), encoding="utf-8")
            rounds: dict[str, list[dict[str, float] | None]] = {engine: [] for engine in engines}
            for turn in range(options.rounds):
                for engine, results in rounds.items():
                    if turn and (results[-1] is None or results[-1]["cold"] > options.once):
                        continue
                    results.append(round_of(engine, job, root / f"{job}-{engine}", options))
            for engine, results in rounds.items():
                print(row(job, engine, results, root, options))


def row(job: str, engine: str, results: list[dict[str, float] | None], root: Path, options: Any) -> str:
    done = [result for result in results if result]
    if not done:
        return f"| {job} | {engine} | > {options.limit:.0f} |" + " |" * 11
    middle = {key: statistics.median(result[key] for result in done) for key in ("cold", "cpu", "warm", "peak")}
    pages, size, broken = look(job, root / f"{job}-{engine}")
    warm = f"{middle['warm']:.3f}" if middle["warm"] else ""
    figures = (f"{middle['cold']:.2f}", f"{middle['cpu']:.2f}", warm, f"{middle['peak']:.0f}", f"{size:,.0f}")
    counts = (pages, broken["lines"], *(broken[kind] for kind in KINDS))
    return f"| {' | '.join((job, engine, *figures, *map(str, counts)))} |"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], sys.argv[3], Path(sys.argv[4]))))
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("jobs", nargs="*", help=", ".join(JOBS))
        parser.add_argument("--rivals", help="Python with typst and weasyprint")
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument(
            "--once", type=float, default=15, help="an engine slower than so many seconds has one round"
        )
        parser.add_argument("--limit", type=float, default=120, help="seconds after which a round is given up")
        main(parser.parse_args())

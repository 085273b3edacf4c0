"""A ledger of many rows: our engine against ReportLab's own LongTable, side by side in one run.

``python benchmarks/ledger.py [ROWS …]`` prints wall and CPU seconds and peak memory, each round in a fresh process
that imports, loads the font, sets the table and writes the file. The default is 1000 and 10000 rows, medians of 3
rounds (1 for LongTable beyond 5000 rows, which takes long).
"""
# ruff: noqa: INP001, PLC0415, T201 - a program run by hand: each engine loads only what it uses, results are printed

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

HEAD = ["序号", "任务名称", "牵头单位", "责任人", "具体措施", "完成时限", "进展情况", "备注"]
WIDTHS_MM = [12, 40, 32, 18, 62, 22, 61, 20]
SIZE, LEADING = 9, 12
PHRASES = (
    "加快推进 重点项目 建设进度 压实责任 细化措施 明确时限 定期调度 强化督查 完善机制 统筹协调 乡村振兴 高标准农田 "
    "农村饮水安全 安全生产检查 优化营商环境 政务服务 群众满意度 专项资金 绩效评价 问题整改 闭环管理 基层治理 "
    "义务教育 薄弱环节 医疗保障 养老服务 就业创业 防汛抗旱 耕地保护 数据共享 月报告 季通报 牵头单位 配合单位"
)
PHRASE_LIST = PHRASES.split(" ")
UNITS = ["县委办公室", "县发展和改革局", "县财政局", "县教育局", "县卫生健康局", "县民政局", "城关镇人民政府"]
COMMON = [chr(code) for code in range(0x4E00, 0x9FA0, 15)]


def phrase(chance: random.Random, low: int, high: int) -> str:
    """A sentence of between ``low`` and ``high`` characters with marks, numbers and rare Hanzi."""
    length = chance.randint(low, high)
    text = ""
    while len(text) < length:
        pick = chance.random()
        if pick < 0.62:
            text += chance.choice(PHRASE_LIST)
        elif pick < 0.72:
            text += chance.choice("，、；")
        elif pick < 0.80:
            text += f"“{chance.choice(PHRASE_LIST)}”"
        elif pick < 0.86:
            text += str(chance.randint(1, 9999)) + chance.choice(["万元", "%", "个", "公里", "亩"])
        else:
            text += "".join(chance.choices(COMMON, k=2))
    return text[:length].strip("，、；“") + "。"


def rows(count: int) -> list[list[str]]:
    """The same rows for the same count."""
    chance = random.Random(1)  # noqa: S311 - made-up text
    return [
        [
            str(place + 1),
            phrase(chance, 10, 30),
            chance.choice(UNITS) + ("、" + chance.choice(UNITS) if chance.random() < 0.4 else ""),
            "".join(chance.choices(COMMON, k=3)),
            phrase(chance, 25, 60),
            f"2026年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
            phrase(chance, 20, 60),
            phrase(chance, 10, 14),
        ]
        for place in range(count)
    ]


def ours(data: list[list[str]], out: Path) -> int:
    """A report with one table: tags, metadata, foot and all."""
    from reports.blocks import Column, Report, Table
    from reports.imprint import Imprint
    from reports.pdf import render

    imprint = Imprint(
        issuer="办公室",
        printed_at=datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8))),
        printed_by="甲",
        number="BB-1",
    )
    columns = [Column(head=head, weight=width) for head, width in zip(HEAD, WIDTHS_MM, strict=True)]
    table = Table(columns=columns, rows=iter(data))
    paper = render(Report(title="任务台账", body=[table], is_landscape=True), imprint)
    out.write_bytes(paper)
    return paper.page_count


def platypus(data: list[list[str]], out: Path) -> int:
    """LongTable with Paragraph cells, the usual way: no tags, no page numbers."""
    from xml.sax.saxutils import escape

    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    pdfmetrics.registerFont(TTFont("Song", ROOT / "reports" / "fonts" / "NotoSerifSC-Regular.ttf"))
    style = ParagraphStyle("cell", fontName="Song", fontSize=SIZE, leading=LEADING, wordWrap="CJK")
    cells = [[Paragraph(escape(text), style) for text in row] for row in [HEAD, *data]]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.35, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    table = LongTable(cells, colWidths=[width * mm for width in WIDTHS_MM], repeatRows=1, style=grid)
    margin = 15 * mm
    document = SimpleDocTemplate(
        str(out), pagesize=landscape(A4), leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin
    )
    document.build([table])
    return int(document.page)


ENGINES: dict[str, Callable[[list[list[str]], Path], int]] = {"ours": ours, "LongTable": platypus}


def measure(engine: str, count: int) -> dict[str, float]:
    """One round, called in its own process."""
    data = rows(count)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "ledger.pdf"
        wall, cpu = time.perf_counter(), time.process_time()
        pages = ENGINES[engine](data, out)
        return {
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "pages": pages,
            "kb": out.stat().st_size / 1024,
        }


def main(counts: list[int]) -> None:
    print(f"{'rows':>6}  {'engine':<10} {'wall s':>8} {'CPU s':>8} {'peak MB':>8} {'pages':>6} {'KB':>8}")
    for count in counts:
        found: dict[str, list[dict[str, float]]] = {engine: [] for engine in ENGINES}
        for turn in range(3):
            for engine, results in found.items():
                if engine == "LongTable" and count > 5000 and turn:
                    continue
                command = [sys.executable, __file__, "--measure", engine, str(count)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - itself
                results.append(json.loads(done.stdout))
        for engine, results in found.items():
            middle = {name: statistics.median(result[name] for result in results) for name in results[0]}
            print(
                f"{count:>6}  {engine:<10} {middle['wall']:>8.2f} {middle['cpu']:>8.2f} {middle['peak']:>8.0f}"
                f" {middle['pages']:>6.0f} {middle['kb']:>8.0f}"
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main([int(count) for count in sys.argv[1:]] or [1000, 10000])

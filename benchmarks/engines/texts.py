"""The text of the benchmark: made-up rows and sentences, the same for the same count.

A document is ``{"sheet", "text", "table", "parts"}``: margins in mm, size and leading of running text and of cells in
points, and parts ``["title", text]``, ``["heading", text]``, ``["text", text]``, ``["table", head, widths, rows]``.
"""

import random
from typing import Any

HEAD = ["序号", "任务名称", "牵头单位", "责任人", "具体措施", "完成时限", "进展情况", "备注"]
WIDTHS_MM = [12, 40, 32, 18, 62, 22, 61, 20]
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


LEDGER = {"landscape": True, "left": 15, "right": 15, "top": 20, "bottom": 22}
REPORT = {"landscape": False, "left": 26, "right": 26, "top": 27, "bottom": 26}
MINUTES = {"landscape": False, "left": 28, "right": 26, "top": 37, "bottom": 35}


def document(sheet: dict[str, Any], text: tuple[float, float], table: tuple[float, float], parts: list[Any]) -> Any:
    return {"sheet": sheet, "text": text, "table": table, "parts": parts}


def ledger(count: int) -> list[Any]:
    parts = [["title", "任务台账"], ["table", HEAD, WIDTHS_MM, rows(count)]]
    return [document(LEDGER, (14, 24), (9, 12.5), parts)]


def minutes() -> list[Any]:
    """Three pages of the minutes of a meeting."""
    chance = random.Random(3)  # noqa: S311 - made-up text
    parts: list[Any] = [["title", "2026年第2次全体会议纪要"]]
    for number in "一二三四":
        parts.append(["heading", f"{number}、关于{chance.choice(PHRASE_LIST)}"])
        parts += [["text", sentence(chance, 130)] for _ in range(2)]
    return [document(MINUTES, (15.75, 29.62), (10, 15), parts)]


def unit_reports(count: int = 40) -> list[Any]:
    """Reports of units, each with text and its tasks."""
    chance = random.Random(4)  # noqa: S311 - made-up text
    found = []
    for place in range(count):
        tasks = [[str(row + 1), phrase(chance, 15, 40), "2026年9月30日", phrase(chance, 30, 80)] for row in range(15)]
        parts: list[Any] = [["title", f"第{place + 1}个成员单位任务进展报告"]]
        for heading in ("一、基本情况", "二、存在问题", "三、下一步打算"):
            parts.append(["heading", heading])
            parts += [["text", sentence(chance, 120)] for _ in range(2)]
        parts += [["heading", "四、任务"], ["table", ["序号", "任务", "完成时限", "进展"], [14, 48, 30, 66], tasks]]
        found.append(document(REPORT, (14, 24), (10, 15), parts))
    return found


def sentence(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += phrase(chance, 12, 40).rstrip("。") + chance.choice("，，；——")
        text += f"投入{chance.randint(1, 9)},{chance.randint(100, 999)}.{chance.randint(1, 9)}万元，"
        text += f"完成率{chance.randint(50, 99)}.6%"
        text += chance.choice(["（见附件）", "《清单》", "“两癌”检查", "GDP", "……", ""]) + "，"
    return text.rstrip("，；—…") + "。"


JOBS = {
    "ledger-1000": lambda: ledger(1000),
    "ledger-10000": lambda: ledger(10_000),
    "minutes": minutes,
    "reports-40": unit_reports,
}

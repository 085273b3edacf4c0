"""Lines of a title: a trapezoid or a rhombus, no word cut (GB/T 9704-2012, 7.3.1). Pure; widths in 1/1000 em."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, product

from reports.typeset import clusters, wrap

_WORDS = (
    "妇女儿童工作委员会 妇女儿童工作委员会办公室 妇女儿童 妇女发展 儿童发展 发展规划 发展纲要 妇儿工委 "
    "妇儿工委办 工作委员会 委员会 办公室 人民政府 全体会议 专题会议 联席会议 联络员会议 电视电话会议 推进会 "
    "会议 会议纪要 工作会议 任务分解 任务分解表 责任清单 落实情况 进展情况 工作情况 情况通报 情况报告 工作报告 "
    "评估报告 中期评估 终期评估 监测评估 督办通知 催办通知 督办 催办 通知 通报 报告 请示 批复 纪要 工作要点 "
    "工作方案 实施方案 工作计划 重点任务 重点工作 议定事项 贯彻落实 落实 进一步 加强 做好 开展 召开 印发 转发 "
    "调整 成立 成员 成员单位 关于 学校 家庭教育 家长学校 困境儿童 留守儿童 免费检查 适龄妇女 专项行动 自治区 "
    "自治州 自治县 发展和改革 卫生健康 人力资源 社会保障 公安局 民政局 教育局 第一季度 第二季度 第三季度 "
    "第四季度 上半年 下半年 年度 有关 问题 通告 意见 决定 推动 推进 全面 全覆盖 综合 保障 服务 管理 建设 检查 "
    "考核 表彰 先进 集体 个人 名单 座谈会 培训班 培训 启动 仪式"
)
_PARTS = re.compile("|".join(sorted(map(re.escape, _WORDS.split()), key=len, reverse=True)))
_GOOD_AFTER = frozenset("的和与及暨、》”）")
_BAD_AFTER = frozenset("第各全县市州省区乡镇村本请对于在将把被为")
_BAD_BEFORE = frozenset("的和与及暨、等")
_REACH = 6
_MOST_LINES = 4


def title_lines(text: str, widths: Mapping[int, float], measure: float) -> tuple[str, ...]:
    """The best lines of a title in as few as it needs; longer than four lines it is wrapped as running text."""
    sums = list(accumulate((widths[ord(char)] for char in text), initial=0.0))
    count = -int(-sums[-1] // measure)
    for lines in range(max(1, count), _MOST_LINES + 1):
        found = _best(text, sums, lines, measure)
        if found:
            return found
    return tuple(line.rstrip() for line in wrap(text, widths, measure))


def _best(text: str, sums: Sequence[float], count: int, measure: float) -> tuple[str, ...]:
    """The cheapest cut into ``count`` lines, or nothing if no cut fits the measure."""
    places = _places(text)
    best: tuple[float, tuple[str, ...]] | None = None
    for cut in _cuts(places, sums, count):
        ends = (0, *cut, len(text))
        lengths = [sums[end] - sums[start] for start, end in pairwise(ends)]
        if max(lengths) > measure or min(lengths) <= 0:
            continue
        cost = sum(places[place] for place in cut) + _shape(lengths)
        if best is None or cost < best[0]:
            lines = tuple(text[start:end].strip() for start, end in pairwise(ends))
            best = (cost, lines)
    return best[1] if best else ()


def _cuts(places: Mapping[int, float], sums: Sequence[float], count: int) -> Iterator[tuple[int, ...]]:
    """Rising places near the even cut."""
    near: list[list[int]] = []
    for line in range(1, count):
        goal = sums[-1] * line / count
        near.append(sorted(places, key=lambda place: abs(sums[place] - goal))[: 2 * _REACH + 1])
    for cut in product(*near):
        if all(before < after for before, after in pairwise(cut)):
            yield cut


def _places(text: str) -> dict[int, float]:
    """Where a line may end, with the cost of ending there: nothing at the edge of a word, much inside one."""
    edges: dict[int, float] = {}
    inside: set[int] = set()
    for found in _PARTS.finditer(text):
        inside.update(range(found.start() + 1, found.end()))
        edges[found.end()] = edges[found.start()] = 0.5
    costs: dict[int, float] = {}
    for place in list(accumulate(map(len, clusters(text))))[:-1]:
        before, after = text[place - 1], text[place]
        cost = 12.0 if place in inside else edges.get(place, 2.0)
        cost -= 0.5 if before in _GOOD_AFTER else 0
        cost += 6.0 if before in _BAD_AFTER and place not in edges else 0
        cost += 6.0 if after in _BAD_BEFORE else 0
        costs[place] = cost + (8.0 if _in_brackets(text, place) else 0)
    return costs


def _in_brackets(text: str, place: int) -> bool:
    """Whether a name in 《》 or a part in brackets would be cut; long ones may be."""
    for opening, closing in ("《》", "（）", "“”"):
        start = text.rfind(opening, 0, place)
        if start >= 0 and text.find(closing, start) >= place:
            return text.find(closing, start) - start < 14
    return False


def _shape(lengths: Sequence[float]) -> float:
    """The cost of an outline: none for a trapezoid or a rhombus whose lines differ a little."""
    if len(lengths) == 1:
        return 0.0
    steps = [after - before for before, after in pairwise(lengths)]
    turns = sum((before > 0) != (after > 0) for before, after in pairwise(steps))
    is_even = any(step == 0 for step in steps)
    is_hourglass = steps[0] < 0 < steps[-1]
    spread = (max(lengths) - min(lengths)) / max(lengths)
    cost = 2.0 if is_even or is_hourglass or turns > 1 else 0.0
    return cost + 8 * abs(spread - 0.2)

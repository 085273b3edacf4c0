"""Which tasks ask for the same. Pure.

Two texts are compared by the pairs of characters that stand in both: Dice's coefficient, 2 |A ∩ B| ÷ (|A| + |B|), from
L. R. Dice, Measures of the Amount of Ecologic Association Between Species (1945). Words that nearly every task has
(制定, 开展, 工作, 方案) are left out first, so that 制定攻坚方案 and 制定宣传方案 have nothing in common.
"""

import re
import unicodedata
from itertools import pairwise
from math import ceil

THRESHOLD = 0.55
"""From which on two texts ask for the same. Chosen on the pairs of tests/tasks/similar.json: of 26 that ask for the
same it finds 22 (another word for the same matter it cannot know), of 26 that do not it takes 3 for such."""

_PARTS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
# Of every task: what is done to a matter rather than the matter.
_COMMON = re.compile(
    r"制定|拟定|出台|印发|开展|组织|召开|举办|完成|推进|推动|落实|加强|强化|加快|建立|健全|完善|建设|做好|抓好|报送|上报|提交|汇总"
    r"|实施|启动|深入|进一步|全面|及时|认真|扎实|切实|积极|继续|全县|全市|各地|各单位|有关|相关|工作|情况|方案|机制|制度|台账|清单"
    r"|名单|任务|活动|报告|问题|专项|行动|一次|一份|[的和与及并对在等要将把]"
)


def bigrams(text: str) -> frozenset[str]:
    """The pairs of characters that tell of the matter; words and numbers stand whole."""
    plain = _COMMON.sub(" ", unicodedata.normalize("NFKC", text).lower())
    found: set[str] = set()
    for part in _PARTS.findall(plain):
        if part[0].isascii() or len(part) == 1:
            found.add(part)
        else:
            found.update(map("".join, pairwise(part)))
    return frozenset(found)


def similarity(first: frozenset[str], second: frozenset[str]) -> float:
    """Dice's coefficient, from 0 to 1; 0 where one of the two says nothing."""
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def least_common(pairs: frozenset[str], threshold: float = THRESHOLD) -> int:
    """How many pairs another text must have of these to reach the threshold at all.

    2c ÷ (a + b) ≥ t, and b ≥ c, so c ≥ t · a ÷ (2 − t).
    """
    return max(1, ceil(threshold * len(pairs) / (2 - threshold)))

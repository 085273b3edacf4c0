"""Which tasks ask for the same. Pure.

Two texts are compared by the pairs of characters that stand in both: Dice's coefficient, 2 |A ∩ B| ÷ (|A| + |B|), from
L. R. Dice, Measures of the Amount of Ecologic Association Between Species (1945). Words that nearly every task has
(制定, 开展, 工作, 方案) are left out first, so that 制定攻坚方案 and 制定宣传方案 have nothing in common.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from math import ceil
from operator import add
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)

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


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def bigrams(text: str) -> frozenset[str]:
    """The pairs of characters that tell of the matter; words and numbers stand whole."""
    plain = _COMMON.sub(" ", _plain(text))
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


def likest(texts: Sequence[str], others: Iterable[tuple[_Key, str]]) -> list[dict[_Key, float]]:
    """For each text those of the others that reach the threshold, with Dice's coefficient; the same as of every pair.

    Another that stands under a key more than once counts with its likest text. All texts are looked for in one walk
    through the others: their pairs as they stand, in C, tell which have enough in common to be looked at closely.
    """
    matters = [bigrams(text) for text in texts]
    wanted: dict[str, list[int]] = defaultdict(list)
    for number, pairs in enumerate(matters):
        for pair in pairs:
            wanted[pair].append(number)
    least = [least_common(pairs) for pairs in matters]
    fewest = min((count for count, pairs in zip(least, matters, strict=True) if pairs), default=0)
    words = [word for word in wanted if word[0].isascii() or len(word) == 1]
    twos = frozenset(wanted).difference(words)
    found: list[dict[_Key, float]] = [{} for _text in texts]
    for key, other in others if wanted else ():
        plain = _plain(other)
        hits = twos.intersection(map(add, plain, plain[1:]))
        if words:
            hits = hits.union(word for word in words if word in plain)
        if len(hits) < fewest:
            continue
        counts = Counter(number for pair in hits for number in wanted[pair])
        near = [number for number, count in counts.items() if count >= least[number]]
        if near:
            theirs = bigrams(other)
            for number in near:
                score = similarity(matters[number], theirs)
                if score >= THRESHOLD:
                    found[number][key] = max(score, found[number].get(key, 0.0))
    return found

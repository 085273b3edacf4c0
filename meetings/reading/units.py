"""Names of units and of groups of units, as reports write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_AREA = r"(?:[\u4e00-\u9fff]{0,8}?(?:省|自治区|自治州|州|地区|市|县|区|旗|盟))?"
SUFFIX = (
    "局|委员会|妇委会|居委会|家委会|管委会|委|办公室|办|法院|检察院|联合会|妇联|残联|文联|侨联|工商联|科协|总工会|工会"
    "|团委|红十字会|医院|保健院|卫生院|中心|学校|中学|小学|幼儿园"
    "|宣传部|组织部|统战部|社会工作部|武装部|政法委|网信办|街道办事处|街道|社区|镇|乡|场|苏木|村委会|(?<![农乡])村"
    "|公司|合作社|商会|基金会|志愿服务队|社工站|服务站|协会|学会|支队|大队|派出所|司法所|联社|银行|研究院|大学|学院|督查室|室|站|厅|馆"
    "|[一二三四五六七八九十]小|完小|[一二三四五六七八九十]中|(?<=[镇乡])政府|宫|基地|专班|工作组|领导小组|(?<=[权益传展儿宣工合妇])部(?!门|分|署|委)"
)
_WORDS = r"[\u4e00-\u9fff（）]{0,16}?"
# A unit has a suffix of its kind; what is said of all of them, or of nobody by name, is none.
_UNIT = re.compile(rf"(?:中共)?{_AREA}{_WORDS}(?:{SUFFIX})")
_NO_UNIT = re.compile(
    r"(?:执|常|政)委$|要|把|由|各|将(?!军)|牵头|会同|负责|接到"
    r"|^(?:[一两几\d]|个别|部分|少数|多数|所在|属地|辖区|当地|各|每|某|全|有关|相关|本|该|其他|上级|下级|所有|基层|这|我|由|在|从|把|将|对|要|会"
    r"|以|为|与|同|向|及|和(?![平谐顺田布硕静])|并|让|使|按|于|就|开展|加强|做好|建立|完善"
    r"|推进|推动|召开|组织|参与|参加|机关|部门|城乡|农村|城市|全面|重点|协同|配合|牵头|责任)"
    r"|^(?:办公室|办|委|局|镇|乡|场|站|中心|街道|社区|学校|医院|单位|室|会议室|委员会|工作组"
    r"|领导小组|专班|基地|公司|协会|馆|宫|工会|厅|银行)$"
)
_NO_AREA = re.compile(
    r"(?:城|郊|片|辖|小|景|园|社|校|院|地|山|牧|农|库|厂|矿|街|战|禁|误|盲|专|特|新)区$|(?:城|都|夜|超|上|股|楼|门)市$|[各全本该我外跨每个]|县县|区县|县区"
)
_ONE = (
    r"(?:各级(?:党委|政府|妇儿工委|妇联)?|(?:各(?:级|有关|相关)?|有关|相关|全体)(?:成员单位"
    r"|责任单位|牵头单位|配合单位|参会单位|单位|部门|乡镇场|乡镇|镇街|乡|镇|街道"
    r"|社区|村|学校|地区|地|县市|县|妇儿工委)(?:（[^（）]{1,10}）)?)"
)
_GROUP = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,12}}?(?:妇儿工委|妇女儿童工作委员会|联席会议))?{_ONE}(?:、?{_ONE}"
    rf"|、(?:部门|单位|乡镇|街道|社区))*"
)
_GROUPS = re.compile(rf"{_GROUP.pattern}(?:[、和，及]{_GROUP.pattern})*")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of units that are known: full, short and former ones."""

    known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        return cls(frozenset(name for name in names if len(name) > 1))

    def is_unit(self, text: str) -> bool:
        """Whether the whole text is the name of one unit."""
        text = text.strip()
        if text in self.known:
            return True
        return 2 < len(text) <= 26 and not _NO_UNIT.search(text) and _UNIT.fullmatch(text) is not None

    def listed(self, text: str, *, areas: bool = False) -> list[str]:
        """The units of a list of nothing but units and groups, with ``areas`` counties too; else empty."""
        parts = split_list(text)
        # 沿河各乡镇 is a group too.
        named = [part for part in parts if self.is_unit(part) or (areas and _is_area(part))]
        whole = all(part in named or is_group(part[max(0, part.find("各")) :]) for part in parts)
        return named if whole else []


def _is_area(text: str) -> bool:
    """云麓区, 石泉县: a county that speaks at a meeting of its prefecture; 城区 and 各县 are none."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}(?:县|区|市|州|旗)", text)) and not _NO_AREA.search(text)


def split_list(text: str) -> list[str]:
    """The members of 县教育局、县民政局和县公安局等部门; 及 and 与 within a name are not looked for."""
    text = re.sub(
        r"(?:等?(?:\d+|[一二两三四五六七八九十]+)(?:个|家)|等)(?:成员单位|单位|部门|乡镇（街道）|乡镇)?$",
        "",
        text.strip("，。；： "),
    )
    parts: list[str] = []
    for piece in re.split(r"、|，|以及", text):
        first, *rest = re.split(r"(和|及|与)", piece)
        joined = [first]
        for mark, name in zip(rest[::2], rest[1::2], strict=True):
            # 县科学技术和工业信息化局 is one unit, 县教育局和县民政局 are two.
            if _ends_as_unit(joined[-1]):
                joined.append(name)
            else:
                joined[-1] += mark + name
        parts += joined
    return [part.strip() for part in parts if part.strip()]


def _ends_as_unit(text: str) -> bool:
    return re.search(rf"(?:{SUFFIX}|单位|部门|（[^）]+）|乡镇|街道)$", text) is not None


def is_group(text: str) -> bool:
    """Whether the text names units together: 各成员单位, 各乡镇场（街道）."""
    return _GROUP.fullmatch(text.strip()) is not None


def groups_in(text: str) -> list[str]:
    """The groups that a clause begins with."""
    found = _GROUPS.match(text)
    return [each[0] for each in _GROUP.finditer(found[0])] if found else []

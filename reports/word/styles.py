"""The styles of a document: faces by name with their fall-backs, sizes, line pitch, headings."""

from dataclasses import dataclass
from typing import Final

from reports.word.markup import NAMESPACES, fonts

SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
RED: Final = "E2171A"
_OTHER_NAMES: Final = {
    SONG: ("SimSun", "auto"),
    HEI: ("SimHei", "auto"),
    KAI: ("楷体", "auto"),
    FANG: ("仿宋", "auto"),
    TITLE: ("方正小标宋_GBK", "auto"),
}
NARROWED: Final = -5
"""What 3号 gives up between characters, in twips: 28 of 15.75 pt are 441 pt, those of 16 pt would not fit 156 mm."""
_GRID_SIZE: Final = 16
PITCH: Final = 579
"""A line of the 28×22 grid in twips: 225 mm in 22 lines, rounded down so that 22 fit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """A paragraph style.

    ``size`` is in points, ``line`` an exact pitch in twips, ``first`` the indent of the first line in characters,
    ``level`` that of a heading, 1 to 4. ``is_cell``: no room between Hanzi and digits, as in the PDF's tables.
    """

    code: str
    name: str
    font: str
    size: float
    line: int
    align: str = "both"
    first: int = 0
    before: int = 0
    after: int = 0
    inset: int = 0
    level: int = 0
    colour: str = ""
    on_grid: bool = False
    is_cell: bool = False
    next_code: str = ""


def _cells() -> tuple[Style, ...]:
    """Of the cells of tables: from wide ones to crowded ones, and their heads."""
    return tuple(
        Style(
            code=f"{code}{kind}", name=f"{name}{size_name}", font=font, size=size, line=line, align="left", is_cell=True
        )
        for kind, size_name, size, line in (
            ("Wide", "", 10.5, 300),
            ("Full", "（小五）", 9, 250),
            ("Crowded", "（六号）", 7.5, 210),
        )
        for code, name, font in (("Cell", "表格文字", SONG), ("Head", "表头", HEI))
    )


_COMMON: Final = (
    *_cells(),
    Style(code="Gap", name="间隔", font=SONG, size=5, line=160, align="left"),
    Style(code="Header", name="header", font=SONG, size=8.5, line=240, align="left"),
    Style(code="Footer", name="footer", font=SONG, size=7.5, line=220, align="left"),
    Style(code="PageNumber", name="页码", font=SONG, size=14, line=300, align="left"),
    Style(code="Caption", name="caption", font=KAI, size=10.5, line=320, align="center", before=60, after=60),
)
REPORT: Final = (
    Style(code="Normal", name="Normal", font=FANG, size=14, line=480),
    Style(code="Body", name="正文段落", font=FANG, size=14, line=480, first=2),
    Style(code="Title", name="Title", font=TITLE, size=22, line=660, align="center", next_code="Body"),
    Style(code="Subtitle", name="Subtitle", font=KAI, size=12, line=380, align="center", after=120),
    Style(code="Heading1", name="heading 1", font=HEI, size=15, line=520, before=120, level=1, next_code="Body"),
    Style(code="Heading2", name="heading 2", font=KAI, size=13, line=440, before=80, level=2, next_code="Body"),
    Style(code="Heading3", name="heading 3", font=HEI, size=12.5, line=420, before=80, level=3, next_code="Body"),
    Style(code="Heading4", name="heading 4", font=FANG, size=12, line=400, before=80, level=4, next_code="Body"),
    Style(code="Quote", name="Quote", font=KAI, size=12.5, line=420, first=2, inset=200),
    Style(code="Note", name="注释", font=SONG, size=10, line=320, align="left", after=40),
    *_COMMON,
)
OFFICIAL: Final = (
    Style(code="Normal", name="Normal", font=FANG, size=16, line=PITCH, on_grid=True),
    Style(code="Body", name="正文段落", font=FANG, size=16, line=PITCH, first=2, on_grid=True),
    Style(code="Mark", name="发文机关标志", font=TITLE, size=42, line=1200, align="center", colour=RED),
    Style(code="Number", name="发文字号", font=FANG, size=16, line=PITCH, align="center"),
    Style(code="Urgency", name="紧急程度", font=HEI, size=16, line=PITCH, align="left", on_grid=True),
    Style(code="Title", name="Title", font=TITLE, size=22, line=720, align="center", next_code="Body"),
    Style(code="AnnexTitle", name="附件标题", font=TITLE, size=22, line=720, align="center", level=1, next_code="Body"),
    Style(code="Heading1", name="heading 1", font=HEI, size=16, line=PITCH, first=2, level=1, next_code="Body"),
    Style(code="Heading2", name="heading 2", font=KAI, size=16, line=PITCH, first=2, level=2, next_code="Body"),
    Style(code="Heading3", name="heading 3", font=FANG, size=16, line=PITCH, first=2, level=3, next_code="Body"),
    Style(code="Heading4", name="heading 4", font=FANG, size=16, line=PITCH, first=2, level=4, next_code="Body"),
    Style(code="Quote", name="Quote", font=KAI, size=16, line=PITCH, first=2, on_grid=True),
    Style(code="Note", name="注释", font=KAI, size=16, line=PITCH, first=2, on_grid=True),
    Style(code="Signature", name="署名和成文日期", font=FANG, size=16, line=PITCH, align="right", on_grid=True),
    Style(code="Colophon", name="版记", font=FANG, size=14, line=556, align="both"),
    *_COMMON,
)


def styles_xml(styles: tuple[Style, ...]) -> str:
    """The part of the styles."""
    normal = styles[0]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(normal.font)}{_size(normal.size)}"
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    grid = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        "<w:tblPr><w:tblBorders>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
            for side, size in (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
        )
        + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    on_grid = normal.size == _GRID_SIZE
    found = "".join(_style(style, _spacing(style) if on_grid else "") for style in styles)
    return f"<w:styles {NAMESPACES}>{defaults}{found}{grid}</w:styles>"


def _spacing(style: Style) -> str:
    """The room between characters of an official paper: narrower in 3号, which the other sizes do not inherit."""
    return f'<w:spacing w:val="{NARROWED if style.size == _GRID_SIZE else 0}"/>'


def _style(style: Style, spacing: str) -> str:
    is_normal = style.code == "Normal"
    based = "" if is_normal else '<w:basedOn w:val="Normal"/>'
    following = f'<w:next w:val="{style.next_code}"/>' if style.next_code else ""
    indent = ""
    if style.first or style.inset:
        first = f'w:firstLineChars="{style.first * 100}" w:firstLine="{round(style.first * style.size * 20)}"'
        indent = f'<w:ind w:left="{style.inset}" w:right="{style.inset}" {first}/>'
    paragraph = "".join(
        (
            "<w:keepNext/><w:keepLines/>" if style.level else "",
            "<w:widowControl/>" if style.level else '<w:widowControl w:val="0"/>',
            '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if style.is_cell else "",
            "" if style.on_grid else '<w:snapToGrid w:val="0"/>',
            f'<w:spacing w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" w:lineRule="exact"/>',
            indent,
            f'<w:jc w:val="{style.align}"/>',
            f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "",
        )
    )
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    default = ' w:default="1"' if is_normal else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.code}">'
        f'<w:name w:val="{style.name}"/>{based}{following}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{fonts(style.font)}{colour}{spacing}{_size(style.size)}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def font_table_xml() -> str:
    """The faces by name with the one to take where the first is not installed."""
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (other, family) in _OTHER_NAMES.items()
    )
    return f"<w:fonts {NAMESPACES}>{faces}</w:fonts>"

"""WeasyPrint from HTML with CSS for Chinese line breaks."""

from html import escape
from pathlib import Path
from typing import Any

from weasyprint import HTML

FONT = Path(__file__).parents[2] / "reports" / "fonts" / "NotoSerifSC-Regular.ttf"


def set_document(document: Any, out: Path) -> None:
    HTML(string=_html(document)).write_pdf(out)


def _html(document: Any) -> str:
    sheet = document["sheet"]
    size, leading = document["text"]
    cell_size, cell_leading = document["table"]
    margins = " ".join(f"{sheet[side]}mm" for side in ("top", "right", "bottom", "left"))
    style = f"""
@font-face {{ font-family: Song; src: url({FONT.as_uri()}) }}
@page {{ size: A4 {"landscape" if sheet["landscape"] else "portrait"}; margin: {margins};
  @bottom-right {{ content: counter(page); font: 8pt Song }} }}
html {{ font: {size}pt/{leading}pt Song; line-break: strict; text-align: justify }}
body, p, h1 {{ margin: 0 }}
p {{ text-indent: 2em }}
h1 {{ font: 22pt/36pt Song; text-align: center }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; font: {cell_size}pt/{cell_leading}pt Song }}
td, th {{ border: 0.35pt solid; padding: 2.5pt; text-align: left; font-weight: normal; vertical-align: middle }}
"""
    body = "".join(_part(part) for part in document["parts"])
    return f'<html lang="zh-CN"><meta charset="utf-8"><style>{style}</style><body>{body}</body></html>'


def _part(part: list[Any]) -> str:
    kind, *rest = part
    if kind != "table":
        tag = "h1" if kind == "title" else "p"
        return f"<{tag}>{escape(rest[0])}</{tag}>"
    head, widths, rows = rest
    columns = "".join(f'<col style="width:{width}mm">' for width in widths)
    heads = "".join(f"<th>{escape(item)}</th>" for item in head)
    cells = "".join("<tr>" + "".join(f"<td>{escape(item)}</td>" for item in row) + "</tr>" for row in rows)
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"

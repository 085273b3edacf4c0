"""Typst by its Python package, which reads the document's JSON itself."""

import json
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parents[2] / "reports" / "fonts"
TEMPLATE = """
#let doc = json("document.json")
#let sheet = doc.sheet
#let size = doc.text.at(0) * 1pt
#let cell = doc.table.at(0) * 1pt
#set page(
  paper: "a4", flipped: sheet.landscape, numbering: "1",
  margin: (left: sheet.left * 1mm, right: sheet.right * 1mm, top: sheet.top * 1mm, bottom: sheet.bottom * 1mm),
)
#set text(font: "Noto Serif SC", size: size, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#let leading = doc.text.at(1) * 1pt - size
#set par(justify: true, leading: leading, spacing: leading, first-line-indent: (amount: 2em, all: true))
#show table: set text(size: cell)
#show table: set par(justify: false, leading: doc.table.at(1) * 1pt - cell, first-line-indent: 0pt)
#for part in doc.parts {
  if part.at(0) == "title" {
    align(center, text(size: 22pt, par(first-line-indent: 0pt, part.at(1))))
  } else if part.at(0) == "table" {
    table(
      columns: part.at(2).map(width => width * 1mm), inset: 2.5pt, stroke: 0.35pt, align: horizon,
      table.header(..part.at(1)), ..part.at(3).flatten(),
    )
  } else {
    par(part.at(1))
  }
}
"""


def set_document(document: Any, out: Path) -> None:
    folder = out.parent
    (folder / "document.json").write_text(json.dumps(document), encoding="utf-8")
    source = folder / "document.typ"
    source.write_text(TEMPLATE, encoding="utf-8")
    typst.compile(str(source), output=str(out), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True)

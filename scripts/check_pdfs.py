"""Open every PDF of a folder and draw each page: `check_pdfs.py FOLDER`; a blank page or a damaged file fails."""

import sys
from pathlib import Path

import pypdfium2


def main(folder: Path) -> int:
    papers = sorted(folder.rglob("*.pdf"))
    blank = []
    for paper in papers:
        with pypdfium2.PdfDocument(paper) as document:
            for number, page in enumerate(document, start=1):
                darkest, _ = page.render(scale=0.5, grayscale=True).to_pil().getextrema()
                if darkest == 255:
                    blank.append(f"{paper.name}: page {number} is blank")
            print(f"{paper.name}: {len(document)} pages")
    print(*blank, sep="\n", end="\n" if blank else "")
    if not papers:
        print(f"no PDF in {folder}")
    return 1 if blank or not papers else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

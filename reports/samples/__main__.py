"""Writes every sample into a folder as PDF, Word and Excel."""

import sys
from pathlib import Path

from reports import excel, pdf, word
from reports.samples import papers


def main(folder: Path, wanted: str = "") -> None:
    """Write every sample whose name begins with ``wanted`` into a folder, made if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in papers():
        if not sample.name.startswith(wanted):
            continue
        paper = pdf.render(sample.compose(), sample.imprint)
        (folder / f"{sample.name}.pdf").write_bytes(paper)
        (folder / f"{sample.name}.docx").write_bytes(word.render(sample.compose(), sample.imprint))
        (folder / f"{sample.name}.xlsx").write_bytes(excel.render(sample.compose(), sample.imprint))
        missing = f", missing {''.join(paper.missing)}" if paper.missing else ""
        sys.stdout.write(f"{sample.name}.pdf: {paper.page_count} pages, {len(paper) // 1024} KB{missing}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "samples"), *sys.argv[2:3])

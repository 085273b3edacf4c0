"""Make the catalogue of traditional Chinese from the sentences of the interface: `python scripts/hant.py`.

The sentences are the message ids; each is converted character by character by OpenCC (s2tw). What users typed is in no
catalogue and is never converted. The catalogue is committed; a test makes it again and compares.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import opencc
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "meetings" / "translations" / "zh_Hant" / "LC_MESSAGES"
METHODS = {
    "python": [("**.py", "python")],
    "templates": [("**.html", "jinja2.ext.babel_extract"), ("**.txt", "jinja2.ext.babel_extract")],
}
KEYWORDS = {"_": None, "N_": None, "gettext": None}
OPTIONS = {"**.html": {"trimmed": "false", "silent": "false"}}
# The same bytes whenever it is made.
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def message_ids() -> set[str]:
    """Every sentence that templates and programs hand to the catalogue."""
    found = set()
    for folder, methods in (("meetings", METHODS["python"]), ("templates", METHODS["templates"])):
        for _path, _line, message, _comments, _context in extract_from_dir(ROOT / folder, methods, OPTIONS, KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return {message for message in found if message and not message.isascii()}


def catalogue() -> Catalog:
    """The catalogue, its sentences in one order."""
    convert = opencc.OpenCC("s2tw").convert
    made = Catalog(
        locale="zh_Hant",
        project="luoshi",
        version="1",
        creation_date=MADE,
        revision_date=MADE,
        fuzzy=False,
        last_translator="OpenCC <s2tw>",
        language_team="zh_Hant",
        copyright_holder="The Luoshi authors",
        msgid_bugs_address="",
        header_comment="# Made by scripts/hant.py; do not edit.",
    )
    for message in sorted(message_ids()):
        made.add(message, convert(message))
    return made


def files() -> dict[str, bytes]:
    """Name and bytes of each file of the catalogue."""
    made = catalogue()
    po, mo = BytesIO(), BytesIO()
    write_po(po, made, width=0, no_location=True, omit_header=False)
    write_mo(mo, made)
    return {"messages.po": po.getvalue(), "messages.mo": mo.getvalue()}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
    print(f"{len(catalogue())} sentences")
    return 0


if __name__ == "__main__":
    sys.exit(main())

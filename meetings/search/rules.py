"""What somebody typed, as it is looked for. Pure."""

import unicodedata

MOST_CHARACTERS = 100


def wanted(typed: str) -> str:
    """The words to look for: one form of each character, single spaces, no control characters, at most 100 of them."""
    text = unicodedata.normalize("NFC", typed[:2000].encode("utf-8", "ignore").decode())
    plain = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} else character for character in text
    )
    return " ".join(plain.split())[:MOST_CHARACTERS].strip()

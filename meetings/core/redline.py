"""What must not enter the system: marks of secrecy, identity numbers, lists of names with phones. Pure."""

import re
from dataclasses import dataclass

# A mark is a level followed by a star (秘密★1年), or a level standing alone as a document head carries it.
_MARK = re.compile(
    r"(?:绝密|机密|秘密)\s*[★☆]|[【\[（(〔]\s*(?:绝密|机密|秘密)\s*[】\]）)〕]|(?:^|\n)\s*(?:绝\s*密|机\s*密|秘\s*密)\s*(?=\n|$)"
    r"|密级\s*[：:]\s*(?:绝密|机密|秘密)"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_NAME_PHONE = re.compile(
    r"[\u4e00-\u9fff㐀-䶿]{2,4}(?:同志)?[\s,，、:：;；\t|（(]{0,4}(?:电话|手机)?[\s:：]{0,2}(?<!\d)1[3-9]\d{9}(?!\d)"
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a text: ``kind`` is ``secret``, ``identity`` or ``contacts``; ``sample`` is masked."""

    kind: str
    sample: str


def secrecy_mark(text: str) -> str | None:
    """The first mark of secrecy in the text, or None."""
    found = _MARK.search(text)
    return found.group().strip() if found else None


def personal_data(text: str) -> list[Finding]:
    """Identity numbers, and two or more names with mobile numbers: to be taken out unless somebody decides so."""
    findings = [
        Finding("identity", f"{m.group()[:6]}********{m.group()[-4:]}")
        for m in _IDENTITY.finditer(text)
        if _is_identity(m.group())
    ]
    contacts = _NAME_PHONE.findall(text)
    if len(contacts) >= 2:
        findings.append(Finding("contacts", str(len(contacts))))
    return findings


def control_character(text: str) -> str | None:
    """The first control, direction override or lone surrogate, which no text may hold, as ``U+0007``, or None."""
    found = _CONTROL.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def without_controls(text: str) -> str:
    """The text as it can be shown and sent again."""
    return _CONTROL.sub("", text)


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(number: str) -> bool:
    """GB 11643-1999: the last of 18 is a check digit by ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()

"""What must not enter the system: marks of secrecy, identity numbers, lists of names with phones. Pure.

Texts are looked at as a reader sees them: without invisible characters, full-width digits and letters as plain ones.
"""

import re
import unicodedata
from dataclasses import dataclass

_LEVEL = r"(?:绝\s*密|絕\s*密|机\s*密|機\s*密|(?:工作)?秘\s*密)"
# A mark is a level with a star (秘密★1年), in brackets, after 密级：, or alone on its line as a document's head carries
# it. The words within a sentence (保密教育, 商业秘密) are none.
_MARK = re.compile(
    rf"{_LEVEL}\s*[★☆*]|[★☆]\s*{_LEVEL}|[【\[（(〔《]\s*{_LEVEL}\s*[】\]）)〕》]|密\s*级\s*[：:]?\s*{_LEVEL}"
    rf"|^[ \t\u3000]*{_LEVEL}[ \t\u3000]*(?:\d+\s*[年月日]|长期)?[ \t\u3000]*$",
    re.MULTILINE,
)
_DAY = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9]\d{{5}}[ -]?{_DAY}[ -]?\d{{3}}[0-9Xx](?![0-9A-Za-z])")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_CALLED = r"[\s,、:;|(.\-]{0,4}(?:(?:联系)?(?:电话|手机号?)[\s:]{0,2})?"
_NAME_PHONE = re.compile(rf"({_HAN}{{2,6}}){_CALLED}(?<!\d)1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!\d)")
# Words before a number that are nobody's name.
_NO_NAME = re.compile(
    r"(?:联系|咨询|投诉|举报|办公|值班|移动|服务|公开|监督|报名)*(?:人|员)?(?:电话|手机|号码|热线|座机|方式)*$"
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]"
)
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a text: ``kind`` is ``identity`` or ``contacts``; ``sample`` is masked."""

    kind: str
    sample: str


def _seen(text: str) -> str:
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def secrecy_mark(text: str) -> str | None:
    """The first mark of secrecy in the text, or None."""
    found = _MARK.search(_seen(text))
    return found.group().strip() if found else None


def personal_data(text: str) -> list[Finding]:
    """Identity numbers, and two or more names with mobile numbers: to be taken out unless somebody decides so."""
    seen = _seen(text)
    numbers = [re.sub(r"[ -]", "", found.group()) for found in _IDENTITY.finditer(seen)]
    findings = [Finding("identity", f"{number[:6]}********{number[-4:]}") for number in numbers if _is_identity(number)]
    contacts = [name for name in _NAME_PHONE.findall(seen) if len(_NO_NAME.sub("", name)) >= 2]
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

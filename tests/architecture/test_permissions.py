"""Every permission belongs to somebody, is asked somewhere, and roles hold what the docs say."""

import re
from pathlib import Path

from meetings.accounts.rules import PERMISSIONS

SOURCE = "".join(
    p.read_text("utf-8")
    for p in [*Path("meetings").rglob("*.py"), *Path("templates").rglob("*.html")]
    if "accounts/rules" not in str(p)
)


def test_every_permission_is_asked_somewhere():
    held = set().union(*PERMISSIONS.values())
    assert {name for name in held if f'"{name}"' not in SOURCE} == set()


def test_what_roles_hold_is_documented():
    text = Path("docs/permissions.md").read_text("utf-8")
    for role, permissions in PERMISSIONS.items():
        found = re.search(rf"^\| `{role.value}` \| (.*) \|$", text, re.MULTILINE)
        assert found, role
        assert set(re.findall(r"`([a-z_.]+)`", found.group(1))) == permissions, role

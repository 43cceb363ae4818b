"""docs/permissions.md shows the table of rights as the code has it. ``UPDATE_DOCS=1`` writes it anew."""

import os
from pathlib import Path

from programs.policies import CAPABILITIES, ROLE_HELP, Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
HEAD = """# Who may do what

Roles are granted for a portfolio, a program or a project and hold for everything below; a person's rights are the union of
their grants. Being an administrator of the instance gives none of these: it only adds people and creates portfolios. What a
person may not see does not exist for them. A token has its owner's rights of the moment, less changing if it may only read.

The table is `programs/policies.py`; a test holds this page to it.
"""


def rendered() -> str:
    """Return the page that belongs to the table of rights."""
    lines = [HEAD, "| role | |", "| --- | --- |"]
    lines += [f"| {role} | {label}. {ROLE_HELP[role]} |" for role, label in Role.choices]
    lines += ["", "| capability | " + " | ".join(Role.values) + " |", "| --- |" + " --- |" * len(Role.values)]
    lines += [
        f"| `{name}` | " + " | ".join("●" if role in roles else "" for role in Role.values) + " |"
        for name, roles in CAPABILITIES.items()
    ]
    return "\n".join(lines) + "\n"


def test_the_page_of_rights_says_what_the_code_does() -> None:
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(rendered(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == rendered()

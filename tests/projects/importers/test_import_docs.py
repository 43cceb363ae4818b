"""The user's page about imports keeps up with the code."""

from __future__ import annotations

import re
from pathlib import Path

from projects import importers
from projects.importers.table_specs import SPECS

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
CODE = re.compile(
    r"(?:\.(?:warn|info|error|refuse)|ImportRefused|CellError)\(\s*\"([a-z_]+)\"|Severity\.[A-Z]+,\s*\"([a-z_]+)\""
)


def test_every_column_of_every_table_is_explained():
    for spec in SPECS:
        section = PAGE.split(f"### {spec.name}\n", 1)[1].split("\n### ", 1)[0]
        for column in spec.columns:
            assert f"`{column.name}`" in section and column.meaning.split(",")[0] in section


def test_every_code_of_a_finding_is_explained():
    codes = set()
    for module in Path(importers.__file__).parent.glob("*.py"):
        for match in CODE.finditer(module.read_text(encoding="utf-8")):
            codes.add(match.group(1) or match.group(2))
    assert len(codes) > 60
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()

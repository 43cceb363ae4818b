"""Money is exact: no float takes part in an amount, from the door to the table."""

import ast
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]

# Ratios, probabilities and percentages are floats by nature; they stand here by file and by what they hold.
RATIOS = {
    "budgets/engine/allocation.py": "percent_of takes a percentage",
    "budgets/engine/appraisal.py": "rates of return",
    "budgets/engine/cost_moves.py": "percent complete",
    "budgets/engine/earning.py": "percent complete, weights of milestones",
    "budgets/engine/earned_value.py": "SPI, CPI, TCPI, percent complete",
    "budgets/engine/earned_schedule.py": "time, SPI(t)",
    "budgets/engine/forecasting.py": "performance factors",
    "budgets/engine/rollup.py": "a bound that guards against overflow",
    "budgets/models/earned_value.py": "SPI, CPI",
    "budgets/services/earned_value.py": "SPI, CPI, TCPI",
    "budgets/selectors/cost_moves.py": "percent complete",
    "budgets/selectors/earned_value.py": "SPI, CPI, earned schedule",
    "budgets/selectors/money.py": "where the data date stands on the curve",
    "budgets/web/comparisons.py": "working days",
    "budgets/web/formulas.py": "SPI, CPI, TCPI",
}
FLOATS = {"float", "float64", "float32", "FloatField", "FLOAT"}


def _money_modules() -> list[Path]:
    found = [path for path in (ROOT / "budgets").rglob("*.py") if "migrations" not in path.parts]
    return [*found, ROOT / "tpm" / "imports" / "actual_rows.py", ROOT / "tpm" / "lib" / "forms.py"]


def _floats(path: Path) -> list[str]:
    """Return the lines that make or name a float: literals, ``float(…)``, float columns and arrays, true division by them."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        literal = isinstance(node, ast.Constant) and type(node.value) is float
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if literal or name in FLOATS:
            found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def test_no_float_in_a_money_module() -> None:
    allowed = {*RATIOS, "tpm/lib/forms.py"}  # the forms hold durations, too
    wrong = [
        line
        for path in _money_modules()
        if str(path.relative_to(ROOT)) not in allowed
        for line in _floats(path)
    ]
    assert wrong == []


def test_the_list_of_ratios_names_no_file_without_one() -> None:
    idle = [name for name in RATIOS if (ROOT / name).exists() and not _floats(ROOT / name)]
    assert idle == []


def test_every_amount_of_money_is_a_decimal_column() -> None:
    words = {
        "amount",
        "cost",
        "value",
        "approved",
        "contingency",
        "reserve",
        "forecast",
        "rate",
        "bac",
        "pv",
        "ev",
        "ac",
    }
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("budgets").get_models()
        for field in model._meta.concrete_fields
        if words & set(field.name.split("_"))
        and isinstance(field, models.FloatField | models.IntegerField)
        and not isinstance(field, models.ForeignKey)
    ]
    assert wrong == []

"""The figures of earned value in words: what each is, by which formula, with the amounts put in.

Formulas as in ``budgets.engine.earned_value`` (NASA EVM Implementation Handbook, PMBOK Guide).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tpm.lib.templatetags.tpm_ui import money, ratio

TASK_FIGURES = ("bac", "pv", "ev", "ac", "sv", "cv", "spi", "cpi", "eac")
AMOUNT, RATIO, PERIODS = "amount", "ratio", "periods"
# key: (short name, full name, unit, formula)
FIGURES: dict[str, tuple[str | Promise, str | Promise, str, str]] = {
    "approved": (_("Approved"), _("Approved budget"), AMOUNT, ""),
    "bac": ("BAC", _("Budget at completion"), AMOUNT, ""),
    "pv": ("PV", _("Planned value"), AMOUNT, ""),
    "ev": ("EV", _("Earned value"), AMOUNT, ""),
    "ac": ("AC", _("Actual cost"), AMOUNT, ""),
    "sv": ("SV", _("Schedule variance"), AMOUNT, "EV − PV"),
    "cv": ("CV", _("Cost variance"), AMOUNT, "EV − AC"),
    "spi": ("SPI", _("Schedule performance index"), RATIO, "EV / PV"),
    "cpi": ("CPI", _("Cost performance index"), RATIO, "EV / AC"),
    "eac": ("EAC", _("Estimate at completion"), AMOUNT, "BAC / CPI"),
    "etc": ("ETC", _("Estimate to complete"), AMOUNT, "EAC − AC"),
    "vac": ("VAC", _("Variance at completion"), AMOUNT, "BAC − EAC"),
    "eac_cpi": ("EAC₁", _("Estimate by cost performance"), AMOUNT, "BAC / CPI"),
    "eac_budget_rate": ("EAC₂", _("Estimate at budget rate"), AMOUNT, "AC + ( BAC − EV )"),
    "eac_cpi_spi": (
        "EAC₃",
        _("Estimate by cost and schedule performance"),
        AMOUNT,
        "AC + ( BAC − EV ) / ( CPI · SPI )",
    ),
    "eac_bottom_up": ("EAC₄", _("Bottom-up estimate"), AMOUNT, "AC + ETC₄"),
    "etc_open": ("ETC₄", _("Bottom-up estimate to complete"), AMOUNT, ""),
    "tcpi": (
        "TCPI(BAC)",
        _("To-complete performance index, to keep the budget"),
        RATIO,
        "( BAC − EV ) / ( BAC − AC )",
    ),
    "tcpi_eac": (
        "TCPI(EAC)",
        _("To-complete performance index, to keep the estimate"),
        RATIO,
        "( BAC − EV ) / ( EAC − AC )",
    ),
    "es": ("ES", _("Earned schedule"), PERIODS, ""),
    "elapsed": ("AT", _("Actual time"), PERIODS, ""),
    "planned_duration": ("PD", _("Planned duration"), PERIODS, ""),
    "sv_t": ("SV(t)", _("Schedule variance in time"), PERIODS, "ES − AT"),
    "spi_t": ("SPI(t)", _("Schedule performance index in time"), RATIO, "ES / AT"),
    "ieac_t": ("IEAC(t)", _("Independent estimate of the duration"), PERIODS, "PD / SPI(t)"),
}
SYMBOLS = {
    str(short).lower(): key for key, (short, *_rest) in FIGURES.items() if not isinstance(short, Promise)
}
EAC_FORMULAS = {
    "cpi": "BAC / CPI",
    "budget_rate": "AC + ( BAC − EV )",
    "cpi_spi": "AC + ( BAC − EV ) / ( CPI · SPI )",
    "bottom_up": "AC + ETC₄",
    "sum": "",
}
WORDS = {
    "approved": _("The sum of the approved budgets; contingency is not part of it."),
    "bac": _(
        "The agreed cost of all tasks (of the baseline, where they are in it) and of all cost lines with their own dates."
    ),
    "pv": _("The part of BAC that was planned to be worked off by the data date, linear in working time."),
    "ev": _(
        "The part of BAC that is worked off: each task's budget by its earning rule, as a rule its percent complete."
    ),
    "etc_open": _("The part of today's cost lines that is not worked off."),
    "es": _(
        "When the value earned by now was planned to be earned, in fiscal periods since the planned start."
    ),
    "elapsed": _(
        "From the planned start to the data date, or to the end of finished work, in fiscal periods."
    ),
    "planned_duration": _("From the planned start to the planned finish, in fiscal periods."),
    "ac": _("All postings up to the data date."),
    "eac": _("While nothing is earned: AC + (BAC − EV). Without actual cost: BAC."),
}


@dataclass(frozen=True)
class Explained:
    """A figure with its formula and the same with amounts put in; ``detail`` says what no formula says."""

    key: str
    short: str
    name: str
    value: Decimal | None
    unit: str
    formula: str
    filled: str
    detail: str

    @property
    def shown(self) -> str:
        return money(self.value) if self.unit == AMOUNT else ratio(self.value)

    @property
    def tip(self) -> str:
        """The formula with its amounts, or what the figure is; for hover and focus."""
        if not self.formula:
            return f"{self.short}: {self.detail or self.name}"
        if not self.filled and self.value is not None and self.detail:
            return f"{self.short} = {self.shown}. {self.detail}"
        middle = f" = {self.filled}" if self.filled else ""
        return f"{self.short} = {neat(self.formula)}{middle} = {self.shown}"


@dataclass(frozen=True)
class Card:
    """A figure at the head of the page: the value, and what it is compared with (signed; negative is bad)."""

    figure: Explained
    delta: Decimal | None = None
    compare: str = ""
    tone: str = ""


def explained(figures: Mapping[str, Any]) -> list[Explained]:
    """Return the figures that are there, in the field's order."""
    return [_explain(key, figures) for key in FIGURES if key in figures]


def cards(figures: Mapping[str, Any]) -> list[Card]:
    """Return all twelve figures as cards; variances get a tone, indexes are compared with 1."""
    found = []
    for key in ("approved", "bac", "eac", "vac", "cpi", "spi", "pv", "ev", "ac", "cv", "sv", "etc"):
        figure = _explain(key, figures)
        delta, compare, tone = None, "", ""
        if key == "eac":
            approved = figures.get("approved")
            against, word = (
                (approved, _("approved")) if isinstance(approved, Decimal) else (figures.get("bac"), "BAC")
            )
            if figure.value is not None and isinstance(against, Decimal):
                delta, compare = against - figure.value, f"{word} {money(against)}"
        elif key in ("cv", "sv", "vac"):
            tone = _tone(figure.value)
        elif key in ("cpi", "spi") and figure.value is not None:
            tone, compare = _tone(figure.value - 1), str(_("1.00 is as planned"))
        found.append(Card(figure, delta, str(compare), tone or _tone(delta)))
    return found


def one(key: str, figures: Mapping[str, Any]) -> Explained:
    """Return one figure, *not available* if it is not there."""
    return _explain(key, figures)


def _tone(value: Decimal | None) -> str:
    return "" if not value else "bad" if value < 0 else "ok"


def _explain(key: str, figures: Mapping[str, Any]) -> Explained:
    short, name, unit, formula = FIGURES[key]
    if key == "eac":
        formula = EAC_FORMULAS.get(str(figures.get("eac_method", "")), formula)
    value = figures.get(key)
    number = (
        value if isinstance(value, Decimal) else Decimal(str(value)) if isinstance(value, float) else None
    )
    filled = ""
    if formula and number is not None:
        parts = [_fill(part, figures) for part in formula.split()]
        filled = neat(" ".join(parts)) if None not in parts else ""  # type: ignore[arg-type]
    detail = WORDS.get(key, "")
    if key == "eac" and not formula:
        detail = _("The sum of the programs' own estimates, each by the method that it chose.")
    return Explained(key, str(short), str(name), number, unit, neat(formula), filled, str(detail))


def _fill(part: str, figures: Mapping[str, Any]) -> str | None:
    key = SYMBOLS.get(part.lower(), "")
    if not key:
        return part
    value = figures.get(key)
    if value is None:
        return None
    return money(value) if FIGURES[key][2] == AMOUNT else ratio(value)


def neat(formula: str) -> str:
    """Take the blanks out that part brackets from what they hold."""
    return formula.replace("( ", "(").replace(" )", ")")

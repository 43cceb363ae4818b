"""The content of a report, written for its readers: figures by unit, ratings by rule, curves as drawings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.selectors import ratings
from tpm.lib import charts
from tpm.lib.charts import Chart, Series
from tpm.lib.templatetags import tpm_ui

NAMES = {
    "finish": gettext_lazy("Finish"),
    "eac": gettext_lazy("Estimate at completion"),
    "cpi": gettext_lazy("CPI"),
    "spi": gettext_lazy("SPI"),
    "exposure": gettext_lazy("Risk exposure"),
}
COMPARED = {
    "baseline": gettext_lazy("baseline"),
    "approved": gettext_lazy("approved"),
    "last_report": gettext_lazy("last report"),
}
_ISO = re.compile(r"\d{4}-\d\d-\d\d$")


@dataclass(frozen=True)
class Shown:
    """A figure as it is read; ``tone`` is ok, bad or empty."""

    key: str
    label: str
    value: str
    change: str
    compared: str
    tone: str
    formula: str


def number(value: Any) -> Decimal | None:
    """Return a figure of the content as a decimal; None where it is none."""
    try:
        return None if value is None or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def day(value: Any) -> date | None:
    """Return an ISO date of the content; None where it is none."""
    return date.fromisoformat(value) if isinstance(value, str) and _ISO.match(value) else None


def written(value: Any, unit: str, *, signed: bool = False, currency: str = "") -> str:
    """Write a figure in the reader's way, by its unit (date, wd, money, ratio, share)."""
    match unit:
        case "date":
            at = day(value)
            return tpm_ui.full_day(at)
        case "wd":
            return tpm_ui.wd(number(value)) if signed else tpm_ui.wd(number(value)).lstrip("+")
        case "money":
            return (tpm_ui.money_delta if signed else tpm_ui.money_short)(number(value), currency)
        case _:
            amount = number(value)
            text = tpm_ui.ratio(amount)
            return f"+{text}" if signed and amount is not None and amount > 0 else text


def figures(content: Mapping[str, Any]) -> list[Shown]:
    """Return the figures at the head."""
    currency = str(content.get("currency", ""))
    found = []
    for line in content.get("figures", ()):
        compared_key = line.get("compared_key", "")
        compared = ""
        if compared_key:
            compared = f"{COMPARED.get(compared_key, compared_key)} {written(line.get('compared'), line['unit'], currency=currency)}"
        change = line.get("change")
        found.append(
            Shown(
                line["key"],
                str(NAMES.get(line["key"], line["key"])),
                written(line.get("value"), line["unit"], currency=currency),
                written(change, line["change_unit"], signed=True, currency=currency)
                if change is not None
                else "",
                compared,
                {"good": "ok", "bad": "bad"}.get(line.get("tone", ""), ""),
                line.get("formula", ""),
            )
        )
    return found


def rated(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the ratings with their sentences in the reader's language; the sealed sentence where the rule is not known."""
    found = []
    for line in content.get("ratings", ()):
        try:
            text = ratings.sentence(line["code"], line.get("params", {}))
        except (KeyError, TypeError):
            text = line.get("sentence", "")
        name = ratings.dimension_name(line["dimension"])
        found.append({"dimension": line["dimension"], "name": name, "level": line["level"], "sentence": text})
    return sorted(found, key=lambda one: one["dimension"] != "overall")


def waived(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the baseline that was agreed with a waiver; None where there is none, as in reports sealed before it was said."""
    line = content.get("baseline")
    if not line:
        return None
    failed = ", ".join(_(name) for name in line.get("failed", ()))
    return {**line, "taken_on": day(line.get("taken_on")), "failed": failed}


def gates(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the gates that come next; none in reports sealed before they were told."""
    words = {"pending": _("Not decided"), "held": _("Held")}
    return [
        {
            **line,
            "forecast": day(line.get("forecast")),
            "baseline": day(line.get("baseline")),
            "settled": line.get("criteria", 0) - line.get("open", 0),
            "word": words.get(line.get("state", ""), ""),
        }
        for line in content.get("gates", ())
    ]


def context(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that the report's body needs."""
    movements = [
        {"cause": line["cause"], "days": number(line["working_days"])}
        for line in content.get("movements", ())
    ]
    return {
        "content": content,
        "currency": content.get("currency", ""),
        "data_date": day(content.get("data_date")),
        "figures": figures(content),
        "ratings": rated(content),
        "movements": movements,
        "moved": sum((line["days"] or 0 for line in movements), Decimal(0)),
        "moved_since": day(content.get("moved_since")),
        "milestones": [
            {**line, "forecast": day(line.get("forecast")), "baseline": day(line.get("baseline"))}
            for line in content.get("milestones", ())
        ],
        "gates": gates(content),
        "projects": [
            {**line, "finish": day(line.get("finish")), "baseline": day(line.get("baseline"))}
            for line in content.get("projects", ())
        ],
        "money": content.get("money", ()),
        "total": content.get("money_total"),
        "risks": [
            {**line, "percent": (number(line.get("probability")) or 0) * 100}
            for line in content.get("risks", ())
        ],
        "waived": waived(content),
        "chart": curve(content),
    }


def curve(content: Mapping[str, Any]) -> Chart | None:
    """Draw the S-curve; None without points."""
    points = content.get("curve", ())
    if len(points) < 2:
        return None
    ends = [day(point["at"]) for point in points]
    looks = (("planned", _("Planned"), "plan"), ("forecast", _("Scheduled"), "forecast"), ("actual", _("Actual"), "actual"), ("earned", _("Earned"), "earned"))  # fmt: skip
    series = [Series(name, [number(point.get(key)) for point in points], look) for key, name, look in looks]
    shown = [one for one in series if any(value is not None for value in one.values)]
    at = day(content.get("data_date"))
    now = None
    if at:
        place = next((i for i, end in enumerate(ends) if end and end >= at), None)
        end = ends[place] if place is not None else None
        now = max(0.0, place - 1 + at.day / end.day) if place is not None and end else None
    return charts.line(
        title=_("Cumulative cost"),
        labels=[formats.date_format(end, "M y") if end else "" for end in ends],
        series=shown,
        unit=str(content.get("currency", "")),
        now=now,
        width=760,
        height=260,
    )


def compared(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of two reports side by side with their difference."""
    currency = str(now.get("currency", ""))
    before = {line["key"]: line for line in then.get("figures", ())}
    rows = []
    for line in now.get("figures", ()):
        old = before.get(line["key"], {})
        unit = line["unit"]
        if unit == "date":
            first, last = day(old.get("value")), day(line.get("value"))
            difference = tpm_ui.cd((last - first).days) if first and last else tpm_ui.NOTHING
        else:
            a, b = number(old.get("value")), number(line.get("value"))
            difference = (
                written(b - a, unit, signed=True, currency=currency)
                if a is not None and b is not None
                else tpm_ui.NOTHING
            )
        rows.append(
            {
                "label": NAMES.get(line["key"], line["key"]),
                "then": written(old.get("value"), unit, currency=currency),
                "now": written(line.get("value"), unit, currency=currency),
                "difference": difference,
            }
        )
    return rows


def labels() -> dict[str, str]:
    """Return the words of the paper version in the active language; those that lack are English."""
    return {
        "report": _("Status report"),
        "draft": _("Draft, not sealed"),
        "finish": _("Finish"),
        "supersedes": _("corrects report"),
        "projects": _("Projects"),
        "percent": _("Done"),
        "waived": _("Baseline agreed with a waiver"),
        "gates": _("Next gates"),
        "gate": _("Gate"),
        "criteria": _("Criteria settled"),
        "taken": _("taken"),
        "of_revision": _("revision"),
        "quality": _("quality score"),
        "failed": _("failed"),
    }

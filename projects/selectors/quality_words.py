"""The fourteen checks in the active language: name, what each looks for in one sentence, and its limit."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.engine.quality import Check
from projects.models import Baseline

Words = str | Promise

TITLES: dict[str, Words] = {
    "logic": gettext_lazy("Logic"),
    "leads": gettext_lazy("Leads"),
    "lags": gettext_lazy("Lags"),
    "relationship_types": gettext_lazy("Relationship types"),
    "hard_constraints": gettext_lazy("Hard constraints"),
    "high_float": gettext_lazy("High float"),
    "negative_float": gettext_lazy("Negative float"),
    "high_duration": gettext_lazy("High duration"),
    "invalid_dates": gettext_lazy("Invalid dates"),
    "resources": gettext_lazy("Resources"),
    "missed_tasks": gettext_lazy("Missed tasks"),
    "critical_path_test": gettext_lazy("Critical path test"),
    "cpli": gettext_lazy("Critical path length index"),
    "bei": gettext_lazy("Baseline execution index"),
}

EXPLANATIONS: dict[str, Words] = {
    "logic": gettext_lazy("Unfinished tasks without a predecessor or without a successor: nothing moves them, or they move nothing."),
    "leads": gettext_lazy("Links with a negative lag let work start before what it waits for is done."),
    "lags": gettext_lazy("Links with a positive lag hide work or waiting that should be a task of its own."),
    "relationship_types": gettext_lazy("Links other than finish to start are harder to follow and easier to get wrong."),
    "hard_constraints": gettext_lazy("Dates that override the links (must start or finish on, no later than) hide what is really late."),
    "high_float": gettext_lazy("Unfinished tasks with more than 44 working days of total float probably lack a successor."),
    "negative_float": gettext_lazy("Unfinished tasks with negative float already miss a date that was promised."),
    "high_duration": gettext_lazy("Unfinished tasks longer than 44 working days are too coarse to be steered."),
    "invalid_dates": gettext_lazy("Unfinished work planned before the data date, or actual dates after it."),
    "resources": gettext_lazy("Unfinished tasks of a day or more for which nobody is named and nothing is planned to be spent."),
    "missed_tasks": gettext_lazy("Tasks due by the data date that finished, or will finish, later than their baseline."),
    "critical_path_test": gettext_lazy("Adding 600 working days to the first critical task must move the finish by as much."),
    "cpli": gettext_lazy("Working days to the finish with the float to the agreed finish, relative to the days to the finish: can the date still be met?"),
    "bei": gettext_lazy("Tasks completed, relative to the tasks that should be completed by the data date: is the work done as fast as planned?"),
}  # fmt: skip


def title(code: str) -> str:
    """Return a check's name; the code itself for one that no longer exists."""
    return str(TITLES.get(code, code))


def explanation(code: str) -> str:
    """Return what a check looks for, in one sentence."""
    return str(EXPLANATIONS.get(code, ""))


def limit(check: Check) -> str:
    """Return what passes: "at most 5 %", "at least 0.95", "none", "no limit"."""
    if check.code == "critical_path_test":
        return _("the finish follows")
    if check.limit is None:
        return _("no limit")
    if check.code in ("cpli", "bei"):
        return _("at least %(limit)s") % {"limit": f"{check.limit:.2f}"}
    if check.limit == 0:
        return _("none")
    return _("at most %(limit)s %%") % {"limit": f"{check.limit:g}"}


def titles(codes: Iterable[str]) -> str:
    """Return the names of checks as a list in a sentence."""
    return ", ".join(title(code) for code in codes)


def of_baseline(baseline: Baseline) -> str:
    """Return how good the plan was when a baseline was taken: "Quality 100 %", "Quality 78 %, failed: Leads"; empty where
    nobody measured it."""
    if baseline.quality_score is None:
        return ""
    said = _("Quality %(score)s %%") % {"score": baseline.quality_score}
    if not baseline.failed_checks:
        return said
    return _("%(said)s, failed: %(names)s") % {"said": said, "names": titles(baseline.failed_checks)}

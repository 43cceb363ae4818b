"""From files to what they state: the pure readers, and the rows that follow."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from budgets.importers import earning_rules
from budgets.importers import postings as readers
from budgets.importers.earning_rules import EarningRows
from budgets.importers.postings import Postings
from projects.importers import plan_files, sources
from projects.importers.plan import ImportedPlan
from projects.importers.portfolio import ImportedPortfolio
from projects.importers.reports import ImportEntry, ImportRefused, Report

PORTFOLIO, PLAN, ACTUALS, EARNINGS = "portfolio", "plan", "actuals", "earnings"
CAPABILITY = {PORTFOLIO: "import.run", PLAN: "import.run", ACTUALS: "actuals.post", EARNINGS: "budget.edit"}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Source:
    """What the files hold: a portfolio, a plan, postings or earning rules, and the findings about it."""

    portfolio: ImportedPortfolio | None
    plan: ImportedPlan | None
    report: Report
    stem: str
    postings: Postings | None = None
    earnings: EarningRows | None = None


def read(kind: str, files: Mapping[str, BinaryIO], progress: Progress | None = None) -> Source:
    """Read the files; ``progress`` is called with the percentage.

    :raises ImportRefused: if they can not be read as a whole.
    """
    stem = next(iter(files)).rpartition(".")[0] or next(iter(files))
    if kind == PORTFOLIO:
        found = sources.read_portfolio(files, name=stem)
        return Source(found.portfolio, None, found.report, stem)
    if kind == ACTUALS:
        postings = readers.read(files, (lambda done: progress(done * 6 // 10)) if progress else None)
        return Source(None, None, postings.report, stem, postings)
    if kind == EARNINGS:
        earnings = earning_rules.read(files)
        return Source(None, None, earnings.report, stem, earnings=earnings)
    if len(files) != 1:
        raise ImportRefused("too_many_files", "a plan is one file, MS Project XML or Primavera XER")
    name, stream = next(iter(files.items()))
    size = max(1, os.fstat(stream.fileno()).st_size)
    told = (lambda done: progress(min(99, done * 100 // size))) if progress else None
    plan = plan_files.read(stream, file=name, progress=told)
    report = Report()
    report.extend(plan.losses)
    return Source(None, plan, report, stem)


def as_json(entry: ImportEntry) -> dict[str, Any]:
    """Return a finding as it is stored and shown."""
    return {
        "severity": str(entry.severity),
        "code": entry.code,
        "reason": entry.reason,
        "file": entry.file,
        "row": entry.row,
        "column": entry.column,
        "value": entry.value[:200],
        "count": entry.count,
    }

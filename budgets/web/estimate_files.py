"""Cost estimates as files: a version, the program's, two versions compared."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.importers import estimate_lines
from budgets.models import EstimateLine
from budgets.models.estimates import POINTS
from budgets.selectors import estimates as selectors
from programs.selectors import programs
from tpm.accounts import actors
from tpm.lib import exports
from tpm.lib.exports import Column

LINE = ("key", "name", "category", "method", "quantity", "unit", "currency", *POINTS, "basis")


def as_given(line: EstimateLine) -> list[Any]:
    """Return the fields of a line with its points in the currency in which they were given."""
    names = (f"original_{name}" if line.currency and name in POINTS else name for name in LINE)
    return [getattr(line, name) for name in names]


@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A version as CSV or XLSX, its amounts in the currency in which they were given and what is computed in the portfolio's; what
    was exported can be imported into a draft."""
    actor = actors.from_request(request)
    estimate = selectors.get_for(actor, pk)
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(name, 40 if name in ("name", "basis") else 16) for name in (*LINE, *estimate_lines.COMPUTED)
    ]
    body = (
        (
            *as_given(one.line), one.expected.mean, one.expected.deviation,
            one.line.rate.rate if one.line.rate else None, one.line.rate.on if one.line.rate else None,
        )
        for one in selectors.costed(estimate)
    )  # fmt: skip
    return exports.respond(kind, f"{estimate.title} v{estimate.number}", columns, body)


@require_GET
def program_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The program's estimate by component as CSV or XLSX."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if kind not in exports.FORMATS:
        raise Http404
    heads = (
        _("Project"), _("Version"), _("Class"), _("Confidence in %"), _("Optimistic"), _("Most likely"), _("Pessimistic"),
        _("Expected"), _("Standard deviation"), "P80",
    )  # fmt: skip
    found = selectors.of_program(actor, program)

    def cells(sums: selectors.Sums) -> tuple[Any, ...]:
        expected = sums.expected
        return sums.low, sums.likely, sums.high, expected.mean, expected.deviation, expected.p80

    body: list[tuple[Any, ...]] = [
        (
            scope.project.name if scope.project else _("the program itself"), scope.issued.number,
            scope.issued.estimate_class, scope.issued.confidence, *cells(scope.sums),
        )
        for scope in found.scopes
        if scope.issued
    ]  # fmt: skip
    body.append((_("Total"), None, found.estimate_class, None, *cells(found.total)))
    return exports.respond(kind, f"{program.code} estimate", [Column(head, 20) for head in heads], body)


@require_GET
def comparison(request: HttpRequest, pk: int, other: int, kind: str) -> HttpResponse:
    """The lines in which two versions differ, and the sums."""
    actor = actors.from_request(request)
    before, after = (selectors.get_for(actor, one) for one in (pk, other))
    if kind not in exports.FORMATS:
        raise Http404
    words = {name: str(EstimateLine._meta.get_field(name).verbose_name) for name in selectors.COMPARED}  # type: ignore[union-attr]
    kinds = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
    found = selectors.compare(before, after)
    columns = [
        Column(_("Code")), Column(_("Line"), 40), Column(_("What happened")), Column(_("What changed"), 40),
        Column(f"v{before.number}"), Column(f"v{after.number}"), Column(_("Difference")),
    ]  # fmt: skip
    body: list[tuple[Any, ...]] = [
        (
            one.key, one.name, kinds[one.kind], ", ".join(words[name] for name in one.fields),
            one.before.expected.mean if one.before else None, one.after.expected.mean if one.after else None, one.delta,
        )
        for one in found.changes
    ]  # fmt: skip
    sums = found.old.expected.mean, found.new.expected.mean, found.delta
    body.append(("", _("Total of all lines"), "", "", *sums))
    return exports.respond(kind, f"{after.title} v{before.number} v{after.number}", columns, body)

"""Cost estimates: begin a version, fill it, issue it; take it over as the forecast of the budget."""

import functools
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Budget, Estimate, EstimateLine
from budgets.models.estimates import POINTS
from budgets.selectors import estimates as selectors
from budgets.selectors import rates
from budgets.selectors.rates import Rates
from budgets.services import budgets, categories
from budgets.services.estimate_points import converted_anew, kept
from budgets.services.revisions import Line
from budgets.services.row_errors import RowError, RowsRefused
from programs import policies
from programs.models import Program
from projects.models import Project
from tpm import activity
from tpm.accounts.actors import Actor

MOST_LINES = 2000


def begin(
    *,
    actor: Actor,
    program: Program,
    project: Project | None,
    prepared_on: date,
    title: str = "",
    **fields: Any,
) -> Estimate:
    """Begin the next version for a project, or for what is the program's own: a draft with the lines of the latest version, those
    in foreign currencies at the rates of its own day.

    :raises NotAllowed:
    :raises ValidationError: if there is a draft already.
    """
    if project is not None and project.program_id != program.pk:
        raise ValidationError({"project": _("“%(name)s” belongs to another program.") % {"name": project}})
    scope = Estimate.objects.filter(program=program, project=project)
    latest = scope.order_by("-number").first()
    row = Estimate(
        program=program, project=project, number=(latest.number if latest else 0) + 1, prepared_on=prepared_on,
        title=title or (latest.title if latest else str(project or program)),
    )  # fmt: skip
    policies.authorize(actor, "budget.edit", row)
    if latest is not None:
        for name in ("estimate_class", "confidence", "basis"):
            setattr(row, name, getattr(latest, name))
    for name, value in fields.items():
        setattr(row, name, value)
    with activity.change(actor=actor, event=events.ESTIMATES_CHANGED) as change:
        made = change.create(row)
        if latest is not None:
            copies = _copies(latest, made)
            converted_anew(made, _known_rates(made)(), copies)
            change.bulk_create(copies)
        return made


def _copies(source: Estimate, target: Estimate) -> list[EstimateLine]:
    names = [
        f.attname for f in EstimateLine._meta.concrete_fields if f.name not in ("id", "version", "estimate")
    ]
    return [
        EstimateLine(estimate=target, **{name: getattr(line, name) for name in names})
        for line in source.lines.order_by("position", "pk")
    ]


def update(*, actor: Actor, estimate: Estimate, **new: Any) -> Estimate:
    """Change title, class, confidence, basis or day of a draft. With another day, other rates may hold.

    :raises NotAllowed, Conflict:
    :raises ValidationError: also if there is no rate of a line's currency on the new day.
    """
    _open(actor, estimate)
    with activity.change(actor=actor, event=events.ESTIMATES_CHANGED) as change:
        moved = new.get("prepared_on", estimate.prepared_on) != estimate.prepared_on
        saved = change.update(estimate, **new)
        if moved:
            lines = list(EstimateLine.objects.filter(estimate=estimate).exclude(currency=None))
            before = {line.pk: line.rate_id for line in lines}
            for line in converted_anew(saved, _known_rates(saved)(), lines):
                if line.rate_id != before[line.pk]:
                    fresh = {name: getattr(line, name) for name in (*POINTS, "rate")}
                    change.update(EstimateLine.objects.get(pk=line.pk), **fresh)
        return saved


def put_line(
    *, actor: Actor, estimate: Estimate, line: EstimateLine | None = None, **fields: Any
) -> EstimateLine:
    """Add a line to a draft, or change one. A single figure is given as ``likely`` alone, what is in another currency as
    ``currency``, ``original_likely`` (and so on).

    :raises NotAllowed, Conflict, ValidationError:
    """
    _open(actor, estimate)
    values, errors = kept(estimate, _known_rates(estimate), fields, line)
    if errors := errors | _wrong(estimate, values, line):
        raise ValidationError(errors)
    with activity.change(actor=actor, event=events.ESTIMATES_CHANGED) as change:
        if line is not None:
            return change.update(line, **values)
        last = estimate.lines.order_by("-position").values_list("position", flat=True).first()
        values.setdefault("key", "")
        values["key"] = values["key"] or _free_key(estimate)
        return change.create(EstimateLine(estimate=estimate, position=(last or 0) + 1, **values))


def delete_line(*, actor: Actor, line: EstimateLine) -> None:
    """Take a line out of a draft.

    :raises NotAllowed, Conflict, ValidationError:
    """
    _open(actor, line.estimate)
    with activity.change(actor=actor, event=events.ESTIMATES_CHANGED) as change:
        change.delete(line)


def replace_lines(
    *, actor: Actor, estimate: Estimate, rows: Sequence[dict[str, Any]], dry_run: bool = False
) -> int:
    """Set all lines of a draft at once, as from a file: all or none.

    :param rows: fields of lines; ``row`` says where errors belong.
    :raises RowsRefused: naming row, column and reason.
    """
    _open(actor, estimate)
    if len(rows) > MOST_LINES:
        raise ValidationError(_("An estimate has at most %(n)s lines.") % {"n": MOST_LINES})
    errors: list[RowError] = []
    seen: dict[str, int] = {}
    lines = []
    known = _known_rates(estimate)
    for number, given in enumerate(rows, 1):
        place = given.get("row", number)
        values, wrong = kept(estimate, known, {name: value for name, value in given.items() if name != "row"})
        key = str(values.get("key") or f"L{number:03}")
        values["key"] = key
        if key in seen:
            errors.append(RowError(place, "key", _("Row %(row)s has the same code.") % {"row": seen[key]}))
        seen[key] = place
        errors += [
            RowError(place, name, " ".join(str(text) for text in texts))
            for name, texts in (wrong | _wrong(estimate, values, None)).items()
        ]
        if not wrong:
            lines.append(EstimateLine(estimate=estimate, position=number, **values))
    if errors:
        raise RowsRefused(errors)
    if not dry_run:
        with activity.change(actor=actor, event=events.ESTIMATES_CHANGED) as change:
            change.bulk_delete(EstimateLine.objects.filter(estimate=estimate))
            change.bulk_create(lines)
    return len(lines)


def issue(*, actor: Actor, estimate: Estimate, at: datetime) -> Estimate:
    """Issue a draft: from now on neither it nor its lines change.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it has no lines, or does not say on what it rests.
    """
    _open(actor, estimate)
    if not EstimateLine.objects.filter(estimate=estimate).exists():
        raise ValidationError(_("An estimate without lines can not be issued."))
    if not estimate.basis.strip():
        raise ValidationError(
            {"basis": _("Say what the estimate rests on: scope, sources, assumptions, exclusions.")}
        )
    with activity.change(actor=actor, event=events.ESTIMATES_CHANGED) as change:
        return change.update(estimate, state=Estimate.State.ISSUED, issued_by=actor.user, issued_at=at)


def delete(*, actor: Actor, estimate: Estimate) -> None:
    """Give a draft up.

    :raises NotAllowed, Conflict, ValidationError:
    """
    _open(actor, estimate)
    with activity.change(actor=actor, event=events.ESTIMATES_CHANGED) as change:
        change.delete(estimate)


def take_over(*, actor: Actor, estimate: Estimate, percentile: str = "p50") -> Budget:
    """Set the forecast of the project's budget to an issued estimate: a revision with a line for each category.

    :param percentile: ``p50`` (the expected value) or ``p80``; what P80 has more is a line that is not broken down.
    :raises NotAllowed, Conflict:
    :raises ValidationError: for a draft, or where no budget is approved.
    """
    policies.authorize(actor, "budget.edit", estimate)
    if estimate.is_draft:
        raise ValidationError(_("Only an issued estimate is taken over."))
    budget = Budget.objects.filter(program=estimate.program, project=estimate.project).first()
    if budget is None:
        raise ValidationError(_("Approve a budget first; the estimate becomes its forecast."))
    found = selectors.costed(estimate)
    parts: dict[str, Decimal] = {}
    for one in found:
        parts[one.line.category] = parts.get(one.line.category, Decimal(0)) + one.expected.mean
    expected = selectors.sums(found).expected
    if percentile == "p80" and expected.p80 != expected.mean:
        parts[""] = expected.p80 - expected.mean
    lines = [Line(category, amount) for category, amount in parts.items()]
    reason = _("Estimate “%(title)s”, version %(number)s (%(point)s)") % {
        "title": estimate.title, "number": estimate.number, "point": percentile.upper(),
    }  # fmt: skip
    return budgets.forecast(actor=actor, budget=budget, lines=lines, reason=reason)


def _open(actor: Actor, estimate: Estimate) -> None:
    policies.authorize(actor, "budget.edit", estimate)
    if not estimate.is_draft:
        raise ValidationError(_("An issued estimate does not change. Begin a new version."))


def _wrong(estimate: Estimate, values: dict[str, Any], line: EstimateLine | None) -> dict[str, list[str]]:
    """Return what a line can not hold beside its points, by field."""
    errors: dict[str, list[str]] = {}
    quantity, category = values.get("quantity"), values.get("category")
    if quantity is not None and quantity < 0:
        errors["quantity"] = [_("A quantity can not be negative.")]
    if category:
        try:
            categories.check(estimate.program.portfolio_id, category, line.category if line else None)
        except ValidationError as error:
            errors["category"] = error.messages
    if line is None and not str(values.get("name", "")).strip():
        errors["name"] = [_("Say what it is.")]
    return errors


def _known_rates(estimate: Estimate) -> Callable[[], Rates]:
    """Return what reads the portfolio's rates when they are needed, and then once."""
    return functools.cache(lambda: rates.of_portfolio(estimate.program.portfolio_id))


def _free_key(estimate: Estimate) -> str:
    taken = set(estimate.lines.values_list("key", flat=True))
    return next(key for n in range(1, len(taken) + 2) if (key := f"L{n:03}") not in taken)

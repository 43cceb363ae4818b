"""Post actual cost: into open periods only, in any currency that has a rate; accrue it, and take it back."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Actual, InvoiceLine, TimeEntry
from budgets.models.actuals import IN_OPEN_PERIOD
from budgets.selectors import categories, periods, rates
from budgets.services import pricing
from budgets.services.categories import check as check_category
from budgets.services.periods import check_days
from programs import policies
from programs.models import Program
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change, clean

Kind = Actual.Kind
KEPT = {"posted_on", "project", "amount", "currency", "original_amount", "category"}  # of a closed period


def post(*, actor: Actor, program: Program, rows: Sequence[dict[str, Any]], reason: str = "") -> list[Actual]:
    """Post one or many actuals in one change. A row names project or task, ``posted_on``, ``amount`` (or ``currency`` and
    ``original_amount``), and may describe itself.

    :raises NotAllowed:
    :raises ValidationError: for a closed period, a day outside of the fiscal calendar, a currency without a rate.
    """
    postings = prepare(program, rows, Kind.POSTING)
    _authorize(actor, postings)
    with Posting(actor, [program], reason) as change:
        return insert(change, postings)


def accrue(
    *, actor: Actor, program: Program, rows: Sequence[dict[str, Any]], reason: str = ""
) -> list[Actual]:
    """Post cost that is known before its invoice, and at once its reversal on the first day of the next open period.

    :returns: the accruals; each has its ``reversal``.
    :raises NotAllowed:
    :raises ValidationError: as :func:`post`, and if there is no open period behind that of a row.
    """
    postings = prepare(program, rows, Kind.ACCRUAL)
    _authorize(actor, postings)
    books = periods.books(program.portfolio_id)
    days = [_next_open(books, posting.posted_on) for posting in postings]
    with Posting(actor, [program], reason) as change:
        made = insert(change, postings)
        insert(change, [opposite(one, day) for one, day in zip(made, days, strict=True)])
    return made


def reverse(*, actor: Actor, actual: Actual, on: date | None = None, reason: str = "") -> Actual:
    """Take a posting back by its opposite, which names it: on ``on``, else on its own day if that period is still open, else
    on the first day of the next open one.

    :raises NotAllowed:
    :raises ValidationError: if it was taken back already, or is a reversal itself.
    """
    policies.authorize(actor, "actuals.post", actual)
    _check_free(actual)
    if actual.kind == Kind.REVERSAL:
        raise ValidationError(_("A reversal is not reversed again; post the cost anew."))
    if Actual.objects.filter(reverses=actual).exists():
        raise ValidationError(_("It was taken back already."))
    day = day_of_reversal(periods.books(actual.program.portfolio_id), actual, on)
    with Posting(actor, [actual.program], reason) as change:
        [made] = insert(change, [opposite(actual, day)])
        return made


def update(*, actor: Actor, actual: Actual, reason: str = "", **new: Any) -> Actual:
    """Correct a posting of an open period; of a closed one only what says nothing about money (description, task).

    :raises NotAllowed, Conflict:
    :raises ValidationError: if its period is closed, or it was reversed: reverse it, and post it anew.
    """
    policies.authorize(actor, "actuals.post", actual)
    program = actual.program
    new = _placed(program, new)
    project = new.get("project", actual.project)
    policies.authorize(actor, "actuals.post", Actual(program=program, project=project))  # where it moves to
    if any(name in new for name in pricing.MONEY) or (actual.currency and "posted_on" in new):
        new = pricing.priced(
            program.portfolio,
            lambda: rates.of_portfolio(program.portfolio_id),
            new,
            new.get("posted_on", actual.posted_on),
            actual,
        )
    check_category(program.portfolio_id, new.get("category", actual.category), actual.category)
    if any(name in new and new[name] != getattr(actual, name) for name in KEPT):
        _check_free(actual)
        check_days(
            periods.books(program.portfolio_id), [actual.posted_on, new.get("posted_on", actual.posted_on)]
        )
        if actual.kind == Kind.REVERSAL or Actual.objects.filter(reverses=actual).exists():
            raise ValidationError(
                _("It belongs to a reversal, and both must agree. Delete them and post anew.")
            )
    with Posting(actor, [program], reason) as change:
        return change.update(actual, **new)


def delete(*, actor: Actor, actual: Actual) -> None:
    """Remove a posting of an open period, and with it its reversal.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if its period, or that of its reversal, is closed.
    """
    policies.authorize(actor, "actuals.post", actual)
    _check_free(actual)
    days = [actual.posted_on, *Actual.objects.filter(reverses=actual).values_list("posted_on", flat=True)]
    check_days(periods.books(actual.program.portfolio_id), days)
    with Posting(actor, [actual.program]) as change:
        change.delete(actual)


class Posting:
    """``activity.change`` for postings: a period that is closed at the same moment is refused like one closed before."""

    def __init__(self, actor: Actor, programs: Iterable[Program], reason: str = "") -> None:
        self._change = activity.change(
            actor=actor, event=events.ACTUALS_POSTED, programs=programs, reason=reason
        )

    def __enter__(self) -> Change:
        return self._change.__enter__()

    def __exit__(self, *error: Any) -> bool | None:
        try:
            return self._change.__exit__(*error)
        except IntegrityError as refusal:
            if getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", "") != IN_OPEN_PERIOD:
                raise
            raise ValidationError(
                {"posted_on": _("The period was closed meanwhile. Post into an open one.")}
            ) from refusal


class RowsRefused(ValidationError):
    """Of several rows some can not be posted. ``rows``: by index, the reasons by field ("": of the row as a whole)."""

    def __init__(self, rows: dict[int, dict[str, list[str]]]) -> None:
        self.rows = rows
        super().__init__(
            [
                _("Row %(row)s, %(column)s: %(why)s") % {"row": index + 1, "column": field or "–", "why": why}
                for index, fields in rows.items()
                for field, reasons in fields.items()
                for why in reasons
            ]
        )


def prepare(program: Program, rows: Sequence[dict[str, Any]], kind: str) -> list[Actual]:
    """Return postings of a kind as they would be kept: placed, priced and checked, not saved yet.

    :raises ValidationError: as :func:`post`; of several rows a :class:`RowsRefused` that names each wrong one.
    """
    known = cache(lambda: rates.of_portfolio(program.portfolio_id))
    offered = {code for code, _name in categories.choices(program.portfolio_id)}
    books = periods.books(program.portfolio_id)
    why_not = cache(lambda day: periods.why_not(books, day))
    postings, wrong = [], {}
    for index, given in enumerate(rows):
        try:
            if said := why_not(given["posted_on"]):
                raise ValidationError({"posted_on": said})
            row = pricing.priced(program.portfolio, known, _placed(program, given), given["posted_on"])
            posting = Actual(program=program, kind=kind, **row)
            if posting.category not in offered:
                check_category(program.portfolio_id, posting.category)
            postings.append(posting)
        except ValidationError as error:
            if len(rows) == 1:
                raise
            wrong[index] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    if wrong:
        raise RowsRefused(wrong)
    return postings


def _authorize(actor: Actor, postings: Iterable[Actual]) -> None:
    for posting in postings:
        policies.authorize(actor, "actuals.post", posting)


def insert(change: Change, postings: list[Actual]) -> list[Actual]:
    """Save prepared postings within an open change."""
    names = [field.name for field in Actual._meta.concrete_fields]
    for posting in postings:
        clean(posting, names)
    return change.bulk_create(postings)


def opposite(actual: Actual, day: date) -> Actual:
    """Return what takes a posting back on a day, not saved yet."""
    same = {
        field.attname: getattr(actual, field.attname)
        for field in Actual._meta.concrete_fields
        if field.name not in ("id", "version", "external_key", "reverses")
    }
    minus = {
        name: None if same[name] is None else -Decimal(same[name]) for name in ("amount", "original_amount")
    }
    return Actual(**same | minus | {"posted_on": day, "kind": Kind.REVERSAL, "reverses": actual})


def day_of_reversal(books: periods.Books, actual: Actual, on: date | None = None) -> date:
    """Return the day on which a posting is taken back: the given one, its own if that is still open, else the next open one.

    :raises ValidationError: if the given day is closed, or none is open.
    """
    here = books.at(actual.posted_on)
    open_here = not books.kept or (here is not None and here.is_open)
    day = on or (actual.posted_on if open_here else _next_open(books, actual.posted_on))
    check_days(books, [day])
    return day


def _check_free(actual: Actual) -> None:
    ids = [pk for pk in (actual.pk, actual.reverses_id) if pk]
    if InvoiceLine.objects.filter(actual__in=ids).exists():
        raise ValidationError(_("It was posted by an invoice. Reverse the invoice instead."))
    if TimeEntry.objects.filter(actual__in=ids).exists():
        raise ValidationError(_("It was posted by a timesheet. Open the timesheet again instead."))


def _next_open(books: periods.Books, after: date) -> date:
    day = books.next_open(after)
    if day is None:
        raise ValidationError(
            {
                "posted_on": _("There is no open period after %(day)s. Open the next fiscal year first.")
                % {"day": after}
            }
        )
    return day


def _placed(program: Program, row: dict[str, Any]) -> dict[str, Any]:
    task, project = row.get("task"), row.get("project")
    for part in (task, project):
        if part is not None and part.program_id != program.pk:
            raise ValidationError(_("“%(name)s” belongs to another program.") % {"name": part})
    return row | ({"project": task.project} if task is not None else {})

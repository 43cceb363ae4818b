"""Tables of the money screens that stand for themselves, as files: of a portfolio, of the inbox, of the grid, of what moved."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.models import CapitalRequest
from budgets.selectors import (
    approvals,
    capex,
    capital_money,
    categories,
    earned_value,
    periods,
    procurement,
    rates,
    tolerances,
)
from budgets.web import budget_grid, formulas
from budgets.web.cash_flow import labels
from budgets.web.cost_moves import CAUSES, opened
from budgets.web.earned_value import plain_values
from programs.models import Portfolio
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports
from tpm.lib.exports import Column

Table = tuple[Sequence[Column], Iterable[Sequence[Any]]]


@require_GET
def portfolio_table(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """One of :data:`PORTFOLIO`."""
    actor = actors.from_request(request)
    portfolio = periods.portfolio_for(actor, pk)
    if table not in PORTFOLIO or kind not in exports.FORMATS:
        raise Http404
    return exports.respond(kind, f"{portfolio.name} {table}", *PORTFOLIO[table](actor, portfolio))


@require_GET
def inbox(request: HttpRequest, kind: str) -> HttpResponse:
    """What waits for my vote, what I asked for, what I decided."""
    actor = actors.from_request(request)
    found = approvals.inbox(actor, timezone.now())
    columns = [
        Column(_("List"), 20), Column(_("Number")), Column(_("Title"), 40), Column(_("Program"), 30), Column(_("Asked by"), 24),
        Column(_("Amount")), Column(_("Currency")), Column(_("Since"), 20), Column(_("State")), Column(_("Decision")),
        Column(_("Reason"), 40),
    ]  # fmt: skip
    lists = (
        (_("Waits for you"), found.waiting),
        (_("You asked for"), found.asked),
        (_("You decided"), found.decided),
    )
    body = (
        (
            name, item.request.key, item.request.title, item.round.program.name, str(item.round.requester),
            item.round.amount, item.round.program.portfolio.currency, item.round.opened_at, item.round.get_state_display(),
            item.vote.get_decision_display() if item.vote else "", item.vote.reason if item.vote else "",
        )
        for name, items in lists
        for item in items
    )  # fmt: skip
    return exports.respond(kind, _("Approvals"), columns, body)


@require_GET
def grid(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The budget grid as it is shown (``mode``, ``project``, ``year``), with all of its rows."""
    _actor, program, found = budget_grid.whole(request, pk)
    if kind not in exports.FORMATS:
        raise Http404
    amounts = [_("Before"), *labels(found.periods), _("After"), _("Total")]
    columns = [Column(_("Line"), 40), Column(_("Project"), 30), Column(_("Category")), *map(Column, amounts)]
    names = categories.names(program.portfolio_id)
    body: list[Sequence[Any]] = [
        (row.name, row.project, names.get(row.category, row.category), *row.cells, row.total)
        for row in found.rows
    ]
    body.append((_("Total"), "", "", *found.totals, found.total))
    return exports.respond(kind, f"{program.code} budget {found.mode} {found.year}", columns, body)


@require_GET
def cost_moves(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Why the cost moved between ``from`` and ``to``, by project and by cost line."""
    _actor, program, _newest, found = opened(request, pk)
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Kind")), Column(_("Name"), 40), *(Column(str(name)) for name, _why in CAUSES.values()), Column(_("Total"))
    ]  # fmt: skip
    body: list[Sequence[Any]] = [
        (_("Project"), part.name or _("The program itself"), *part.causes.values(), part.total)
        for part in found.projects
    ]
    body += [(_("Cost line"), part.name, *part.causes.values(), part.total) for part in found.lines]
    body.append((_("Total"), "", *found.total.causes.values(), found.total.total))
    title = f"{program.code} cost moves {found.from_revision} {found.to_revision}"
    return exports.respond(kind, title, columns, body)


# ---- tables of a portfolio ------------------------------------------------------------------------------------------


def _rates(actor: Actor, portfolio: Portfolio) -> Table:
    columns = [Column(_("Currency")), Column(_("From"), 12), Column(_("Rate")), Column(_("Source"), 30)]
    return columns, (
        (one.currency, one.on, one.rate.normalize(), one.source) for one in rates.rows(actor, portfolio)
    )


def _periods(actor: Actor, portfolio: Portfolio) -> Table:
    columns = [
        Column(_("Fiscal year")),
        Column(_("Period")),
        Column(_("From"), 12),
        Column(_("To"), 12),
        Column(_("State")),
    ]
    found = periods.books(portfolio.pk).periods
    return columns, (
        (one.year, one.number, one.starts_on, one.ends_on, one.get_state_display()) for one in found
    )


def _categories(actor: Actor, portfolio: Portfolio) -> Table:
    offered = dict(categories.choices(portfolio.pk))
    columns = [Column(_("Category")), Column(_("Name"), 30), Column(_("Offered"))]
    names = categories.names(portfolio.pk)
    return columns, ((code, name, _("yes") if code in offered else _("no")) for code, name in names.items())


def _policies(actor: Actor, portfolio: Portfolio) -> Table:
    columns = [
        Column(_("Version")), Column(_("In force from"), 12), Column(_("to"), 12), Column(_("Above")), Column(_("Up to")),
        Column(_("Who must agree, in this order"), 50), Column(_("Written by"), 24), Column(_("Confirmed by"), 24),
    ]  # fmt: skip
    body = (
        (
            one.number, one.effective_from, one.effective_to, tier.above, tier.up_to,
            " → ".join(f"{step['quorum']} × {'/'.join(step['roles'])}" for step in tier.steps), str(one.author),
            str(one.confirmed_by or ""),
        )
        for one in approvals.policy_rows(actor, portfolio)
        for tier in approvals.tiers_of(one)
    )  # fmt: skip
    return columns, body


def _tolerances(actor: Actor, portfolio: Portfolio) -> Table:
    columns = [
        Column(_("Version")), Column(_("In force from"), 12), Column(_("Price, %")), Column(_("Quantity, %")),
        Column(_("Amount")), Column(_("Written by"), 24), Column(_("Written"), 20), Column(_("Confirmed by"), 24),
        Column(_("Confirmed"), 20),
    ]  # fmt: skip
    body = (
        (
            one.tolerance.number, one.tolerance.effective_from, one.tolerance.price_percent, one.tolerance.quantity_percent,
            one.tolerance.amount, str(one.tolerance.author), one.written_at, str(one.tolerance.confirmed_by or ""),
            one.confirmed_at,
        )
        for one in tolerances.versions(actor, portfolio, timezone.localdate())
    )  # fmt: skip
    return columns, body


def _vendors(actor: Actor, portfolio: Portfolio) -> Table:
    found = list(procurement.vendors(actor).filter(portfolio=portfolio))
    scores = procurement.scores(actor, [one.pk for one in found])
    names = categories.names(portfolio.pk)
    columns = [
        Column(_("Vendor"), 40), Column(_("Identifier")), Column(_("Category")), Column(_("On time, %")),
        Column(_("Accepted first time, %")), Column(_("Score")),
    ]  # fmt: skip
    body = (
        (
            one.name, one.key, names.get(one.category, one.category), *(
                (score.on_time, score.first_time, score.total) if (score := scores.get(one.pk)) else (None, None, None)
            ),
        )
        for one in found
    )  # fmt: skip
    return columns, body


def _requests(actor: Actor, portfolio: Portfolio) -> Table:
    found: list[CapitalRequest] = list(capex.rows(actor, portfolio=portfolio))
    money = capital_money.spend(found)
    columns = [
        Column(_("Program"), 30), Column(_("Number")), Column(_("Title"), 40), Column(_("State")), Column(_("Asked")),
        Column(_("Currency")), Column(_("Authorised")), Column(_("Committed")), Column(_("Spent")), Column(_("Expected")),
    ]  # fmt: skip
    body = (
        (
            one.program.name, one.key, one.title, one.get_state_display(), one.asked, one.currency, one.authorised,  # type: ignore[attr-defined]
            money[one.pk].committed, money[one.pk].spent, money[one.pk].expected,
        )
        for one in found
    )  # fmt: skip
    return columns, body


def _earned_value(actor: Actor, portfolio: Portfolio) -> Table:
    found = earned_value.of_portfolio(actor, portfolio)
    heads = [Column(str(formulas.FIGURES[key][0])) for key in earned_value.KEYS]
    body = [(one.name, one.data_date, *plain_values(figures)) for one, figures in found.lines]
    body.append((_("Total"), found.data_date, *plain_values(found.figures)))
    return [Column(_("Program"), 40), Column(_("Data date"), 12), *heads], body


PORTFOLIO: dict[str, Callable[[Actor, Portfolio], Table]] = {
    "rates": _rates,
    "periods": _periods,
    "categories": _categories,
    "policies": _policies,
    "tolerances": _tolerances,
    "vendors": _vendors,
    "requests": _requests,
    "earned-value": _earned_value,
}

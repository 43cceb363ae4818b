"""Capital requests as files: all of a program, their votes and the report; and the tables of one request."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.models import CapitalRequest, Vote
from budgets.selectors import approvals as votes
from budgets.selectors import capex, capital_money, simulations
from budgets.web.simulations import figure_rows
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports
from tpm.lib.exports import Column

Table = tuple[Sequence[Column], Iterable[Sequence[Any]]]


@require_GET
def export(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """The requests of a program, their votes or the report as a file."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if table not in TABLES or kind not in exports.FORMATS:
        raise Http404
    return exports.respond(kind, f"{program.code} {table}", *TABLES[table](actor, program))


@require_GET
def one_request(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """A table of one request as a file: one of :data:`OF_REQUEST`."""
    actor = actors.from_request(request)
    found = capex.get_for(actor, pk)
    if table not in OF_REQUEST or kind not in exports.FORMATS:
        raise Http404
    return exports.respond(
        kind, f"{found.program.code} {found.key} {table}", *OF_REQUEST[table](actor, found)
    )


def _request_rows(actor: Actor, program: Any) -> Table:
    found = list(capex.rows(actor, program))
    money = capital_money.spend(found)
    columns = [
        Column(_("Number")), Column(_("Title"), 40), Column(_("Project"), 30), Column(_("Asset class"), 20),
        Column(_("Vendor"), 30), Column(_("State")), Column(_("Requester"), 24), Column(_("Asked")), Column(_("Currency")),
        Column(_("Authorised")), Column(_("Committed")), Column(_("Spent")), Column(_("Expected")),
        Column(_("Submitted"), 12), Column(_("In service since"), 12),
    ]  # fmt: skip
    body = (
        (
            one.key, one.title, one.project.name if one.project else "", one.get_asset_class_display(), one.vendor,
            one.get_state_display(), str(one.requester), one.asked, one.currency, one.authorised,
            money[one.pk].committed, money[one.pk].spent, money[one.pk].expected,
            one.submitted_at.date() if one.submitted_at else None, one.in_service_on,
        )
        for one in found
    )  # fmt: skip
    return columns, body


def _vote_rows(actor: Actor, program: Any) -> Table:
    titles = {one.pk: one for one in capex.rows(actor, program)}
    found = (
        Vote.objects.visible_to(actor)
        .filter(round__program=program, round__kind="capital_request")
        .select_related("round", "voter", "principal")
        .order_by("pk")
    )
    columns = [
        Column(_("Number")), Column(_("Title"), 40), Column(_("Step")), Column(_("Role")), Column(_("Voter"), 24),
        Column(_("For"), 24), Column(_("Decision")), Column(_("Reason"), 40), Column(_("At"), 20), Column(_("Content"), 66),
    ]  # fmt: skip
    body = (
        (
            titles[one.round.subject_id].key, titles[one.round.subject_id].title, one.step + 1, one.role, str(one.voter),
            str(one.principal) if one.delegation_id else "", one.get_decision_display(), one.reason, one.at,
            one.content_sha256,
        )
        for one in found
        if one.round.subject_id in titles
    )  # fmt: skip
    return columns, body


def _report_rows(actor: Actor, program: Any) -> Table:
    columns = [
        Column(_("Asset class"), 24), Column(_("Number")), Column(_("Title"), 40), Column(_("Fiscal year")),
        Column(_("Capitalised")), Column(_("Expensed")), Column(_("In service since"), 12),
    ]  # fmt: skip
    body = (
        (row.asset_label, row.request.key, row.request.title, row.year, row.capitalised, row.expensed, row.in_service_on)
        for row in capital_money.report(actor, program=program)
    )  # fmt: skip
    return columns, body


# ---- one request ----------------------------------------------------------------------------------------------------


def _years(actor: Actor, found: CapitalRequest) -> Table:
    columns = [Column(_("Fiscal year")), Column(_("Cost")), Column(_("Benefit")), Column(_("Currency"))]
    return columns, ((one.year, one.amount, one.benefit, found.currency) for one in capex.amounts_of(found))


def _steps(actor: Actor, found: CapitalRequest) -> Table:
    """Who agreed in which step, in all rounds; a step without a vote is a row that says so."""
    columns = [
        Column(_("Asked"), 20), Column(_("Round")), Column(_("Step")), Column(_("Votes needed")), Column(_("Roles"), 30),
        Column(_("Voter"), 24), Column(_("For"), 24), Column(_("Decision")), Column(_("Reason"), 40), Column(_("At"), 20),
    ]  # fmt: skip

    def told(vote: Vote | None) -> tuple[Any, ...]:
        if vote is None:
            return "", "", _("open"), "", None
        behalf = str(vote.principal) if vote.delegation_id else ""
        return str(vote.voter), behalf, vote.get_decision_display(), vote.reason, vote.at

    body = (
        (
            one.opened_at, one.get_state_display(), number, step.quorum, ", ".join(map(str, step.role_names)), *told(vote)
        )
        for one in votes.rounds_of(found.pk)
        for number, step in enumerate(votes.steps_of(one, day=timezone.localdate()), 1)
        for vote in (*step.votes, *([] if step.votes else [None]))
    )  # fmt: skip
    return columns, body


def _commitments(actor: Actor, found: CapitalRequest) -> Table:
    columns = [
        Column(_("Kind")), Column(_("Number"), 20), Column(_("Vendor"), 30), Column(_("Description"), 40), Column(_("Day"), 12),
        Column(_("Amount")),
    ]  # fmt: skip
    let, ordered = capital_money.commitments(actor, found)
    body: list[Sequence[Any]] = [
        (
            _("Contract"),
            one.reference,
            str(one.vendor or one.supplier),
            one.description,
            one.starts_on,
            one.value,
        )
        for one in let
    ]
    body += [
        (_("Order"), one.order.key, one.order.vendor.name, one.description, one.order.ordered_on, one.amount)
        for one in ordered
    ]
    return columns, body


def _postings(actor: Actor, found: CapitalRequest) -> Table:
    columns = [
        Column(_("Posted on"), 12), Column(_("Amount")), Column(_("Opex or capex")), Column(_("Project"), 30),
        Column(_("Description"), 40), Column(_("Kind")), Column(_("Currency")), Column(_("Amount in this currency")),
    ]  # fmt: skip
    body = (
        (
            one.posted_on, one.amount, one.get_nature_display() if one.nature else "", one.project.name if one.project else "",
            one.description, one.get_kind_display(), one.currency, one.original_amount,
        )
        for one in capital_money.postings(actor, found)
    )  # fmt: skip
    return columns, body


def _simulation(actor: Actor, found: CapitalRequest) -> Table:
    """What the what-if would change: figures, milestones and people, one row each."""
    columns = [
        Column(_("Table")), Column(_("Name"), 40), Column(_("Unit")), Column(_("Plan"), 20), Column(_("With it"), 20),
        Column(_("Difference")), Column(_("With it, today"), 20),
    ]  # fmt: skip
    simulation = simulations.of(actor, [found]).get(found.pk)
    if simulation is None or simulation.then is None:
        return columns, []
    units = {"money": found.program.portfolio.currency, "days": _("working minutes")}
    minutes = _("working minutes")
    body: list[Sequence[Any]] = [
        (_("Figure"), row.label, units.get(row.kind, ""), row.plan, row.with_it, row.difference, row.today)
        for row in figure_rows(simulation, found)
    ]
    body += [
        (_("Milestone"), one.name, _("Day"), one.plan, one.finish, one.shift, None)
        for one in simulation.then.milestones
    ]
    body += [
        (_("Work"), one.resource.name, minutes, one.work.plan, one.work.scenario, None, None)
        for one in simulation.then.people
    ]
    return columns, body


TABLES = {"requests": _request_rows, "votes": _vote_rows, "report": _report_rows}
OF_REQUEST: dict[str, Callable[[Actor, CapitalRequest], Table]] = {
    "years": _years,
    "steps": _steps,
    "commitments": _commitments,
    "postings": _postings,
    "simulation": _simulation,
}

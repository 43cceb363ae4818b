"""Move budget between lines, projects, contingency and management reserve: one change, and nothing is gained or lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Budget, BudgetRevision
from budgets.selectors import categories
from budgets.selectors import revisions as selectors
from budgets.services import revisions
from budgets.services.revisions import Fields
from programs import policies
from programs.models import Program
from projects.models import Project
from tpm import activity
from tpm.accounts.actors import Actor

CONTINGENCY, RESERVE = "@contingency", "@reserve"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Move:
    """What a place gains (or loses, below zero): a category of a project's budget (``None``: of the program's own), ``""`` for
    the part that is not broken down, or :data:`CONTINGENCY` or :data:`RESERVE`."""

    project: Project | None
    category: str
    amount: Decimal


class Shortfall(ValidationError):
    """A budget would be less than what is committed or spent already. Saying so (``accept_shortfall``) lets it pass."""


def move(
    *,
    actor: Actor,
    program: Program,
    moves: Sequence[Move],
    reason: str,
    effective_on: date | None = None,
    accept_shortfall: bool = False,
) -> list[BudgetRevision]:
    """Move budget between places of a program; every scope that is touched gets a current revision.

    :raises NotAllowed: if the actor may not edit the budget of one of the scopes.
    :raises Shortfall: see there.
    :raises ValidationError: if the moves do not sum to zero, or a place would have less than nothing.
    """
    _check(program, moves, reason)
    heads = {
        row.project_id or 0: row
        for row in Budget.objects.filter(program=program).select_related("program__portfolio", "project")
    }
    by_scope: dict[int, list[Move]] = {}
    for one in moves:
        policies.authorize(actor, "budget.edit", Budget(program=program, project=one.project))
        by_scope.setdefault(one.project.pk if one.project else 0, []).append(one)
    for scope in by_scope:
        if scope not in heads:
            name = next((one.project.name for one in by_scope[scope] if one.project), program.name)
            raise ValidationError(_("“%(name)s” has no approved budget yet.") % {"name": name})
    with activity.change(
        actor=actor, event=events.BUDGET_CHANGED, programs=[program], reason=reason
    ) as change:
        # The program is locked now: what is in force is read again, nobody else can move it.
        made, bound = [], selectors.used(program)
        for scope, parts in sorted(by_scope.items()):
            budget = Budget.objects.select_related("program__portfolio", "project").get(pk=heads[scope].pk)
            lines = _moved(program, revisions.lines_in_force(budget), parts)
            beside = {
                name: getattr(budget, name) + _total(part.amount for part in parts if part.category == place)
                for name, place in (("contingency", CONTINGENCY), ("reserve", RESERVE))
            }
            _not_negative(program, budget, lines, beside)
            if not accept_shortfall:
                _enough(program, budget, lines, bound.get(scope, selectors.Used()))
            changed = change.update(budget, current=_total(line["amount"] for line in lines), **beside)
            made.append(
                revisions.keep(
                    change,
                    changed,
                    BudgetRevision.Kind.CURRENT,
                    lines,
                    effective_on=effective_on,
                    reason=reason,
                )
            )
        return made


def _check(program: Program, moves: Sequence[Move], reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if len(moves) < 2 or any(not one.amount for one in moves):
        raise ValidationError({"moves": _("A transfer takes from one place and gives to another.")})
    if total := _total(one.amount for one in moves):
        raise ValidationError(
            {"moves": _("What is taken and what is given differ by %(total)s.") % {"total": f"{total:.2f}"}}
        )
    offered = categories.names(program.portfolio_id)
    for number, one in enumerate(moves, 1):
        column, why = "", ""
        if one.project is not None and one.project.program_id != program.pk:
            column, why = "project", _("“%(name)s” belongs to another program.") % {"name": one.project}
        elif one.category not in ("", CONTINGENCY, RESERVE) and one.category not in offered:
            column, why = "category", _("There is no category “%(code)s”.") % {"code": one.category}
        if column:
            where = {"row": number, "column": column, "why": why}
            raise ValidationError({"moves": _("Row %(row)s, %(column)s: %(why)s") % where})


def _moved(program: Program, lines: Sequence[Fields], parts: Iterable[Move]) -> list[Fields]:
    """Return the lines after the moves; a foreign line that is touched is in the portfolio's currency from now on."""
    found = {line["category"]: dict(line) for line in lines}
    for part in parts:
        if part.category in (CONTINGENCY, RESERVE):
            continue
        before = found.get(part.category, {}).get("amount", ZERO)
        found[part.category] = {"category": part.category, "amount": before + part.amount}
    return [line for line in found.values() if line["amount"]]


def _not_negative(
    program: Program, budget: Budget, lines: Sequence[Fields], beside: dict[str, Decimal]
) -> None:
    names = categories.names(program.portfolio_id) | {"": _("not broken down")}
    places = [(names.get(line["category"], line["category"]), line["amount"]) for line in lines]
    places += [(_("contingency"), beside["contingency"]), (_("management reserve"), beside["reserve"])]
    for name, amount in places:
        if amount < 0:
            raise ValidationError(
                {
                    "moves": _("“%(place)s” of %(scope)s has %(short)s less than is taken from it.")
                    % {"place": name, "scope": budget.project or program, "short": f"{-amount:.2f}"}
                }
            )


def _enough(program: Program, budget: Budget, lines: Sequence[Fields], bound: selectors.Used) -> None:
    after = _total(line["amount"] for line in lines)
    scope = str(budget.project or program)
    if after < budget.in_force and after < bound.bound:
        raise Shortfall(
            _(
                "%(scope)s would have %(after)s, but %(bound)s is committed or spent. Say that this is meant to go on."
            )
            % {"scope": scope, "after": f"{after:.2f}", "bound": f"{bound.bound:.2f}"},
            code="below_spent",
        )
    before = {line["category"]: line["amount"] for line in revisions.lines_in_force(budget)}
    now = {line["category"]: line["amount"] for line in lines}
    for category, amount in before.items():
        left = now.get(category, ZERO)
        if category and left < amount and left < bound.spent_by.get(category, ZERO):
            raise Shortfall(
                _(
                    "“%(category)s” of %(scope)s would have %(after)s, but %(spent)s is spent. Say that this is meant to go on."
                )
                % {
                    "category": categories.names(program.portfolio_id).get(category, category),
                    "scope": scope,
                    "after": f"{left:.2f}",
                    "spent": f"{bound.spent_by[category]:.2f}",
                },
                code="below_spent",
            )


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)

"""Why the cost moved: two moments chosen, causes by project and by cost line."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from budgets.selectors import cost_moves
from programs.models import Program
from programs.selectors import computation, programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.templatetags import tpm_ui

CAUSES = {
    "scope": (gettext_lazy("Scope"), gettext_lazy("Cost lines that came or went.")),
    "currency": (gettext_lazy("Currency"), gettext_lazy("The rate at which a foreign amount is converted.")),
    "quantity": (
        gettext_lazy("Quantity"),
        gettext_lazy("Labour for more or less working time at the same price."),
    ),
    "price": (
        gettext_lazy("Price"),
        gettext_lazy("Dearer or cheaper lines, and work that was paid above or below its plan."),
    ),
    "time": (
        gettext_lazy("Time"),
        gettext_lazy(
            "Cost lines with dates of their own that were put later or earlier, and assigned work whose days meet another rate."
        ),
    ),
}


@require_GET
def program_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; ``from`` and ``to`` are revisions."""
    actor, program, newest, found = opened(request, pk)
    before, after = found.from_revision, found.to_revision
    data = {
        "program": program,
        "tab": "money",
        "currency": program.portfolio.currency,
        "found": found,
        "choices": _choices(actor, program, newest, (before, after)),
        "before": before,
        "after": after,
        "causes": list(CAUSES.values()),
        "projects": [(part, list(part.causes.values())) for part in found.projects],
        "lines": [(part, list(part.causes.values())) for part in found.lines],
        "sums": list(found.total.causes.values()),
    }
    return render(request, "budgets/cost_moves/detail.html", data)


def opened(request: HttpRequest, pk: int) -> tuple[Actor, Program, int, cost_moves.Movement]:
    """Return who asks, the program, its newest revision, and what moved its cost between ``from`` and ``to``."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    newest = computation.revisions(program.pk)["revision"]
    usual = cost_moves.usual(actor, program, newest)
    before, after = (
        _revision(request.GET.get(name, ""), newest, usual[place])
        for place, name in enumerate(("from", "to"))
    )
    return actor, program, newest, cost_moves.between(actor, program, before, after)


def _revision(text: str, newest: int, usual: int) -> int:
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 19 and int(text) <= newest):
        raise Http404
    return int(text)


def _choices(actor: Actor, program: Program, newest: int, chosen: tuple[int, int]) -> list[tuple[int, Any]]:
    found = {
        moment.revision: _("data date %(day)s (revision %(revision)s)")
        % {"day": tpm_ui.full_day(moment.data_date), "revision": moment.revision}
        for moment in cost_moves.moments(actor, program)
    }
    found[newest] = _("now (revision %(revision)s)") % {"revision": newest}
    for revision in chosen:
        found.setdefault(revision, _("revision %(revision)s") % {"revision": revision})
    return sorted(found.items())

"""Cells of the cost lines, edited in their place."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from budgets.selectors import rows
from budgets.services import cost_lines
from budgets.web.cost_lines import CostLineForm
from programs import policies
from tpm.accounts import actors
from tpm.activity.reverting import RevertRefused, last_change
from tpm.lib import cells, htmx

FIELDS: Final = ("name", "project", "category", "nature", "amount")


@require_http_methods(["GET", "POST"])
def line_cell(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """The editor of one field of a cost line, and what it saves; an amount is in the line's own currency."""
    actor = actors.from_request(request)
    line = rows.cost_line_for(actor, pk)
    policies.authorize(actor, "budget.edit", line)
    if field not in FIELDS:
        raise Http404
    form = CostLineForm(actor=actor, program=line.program, initial={"category": line.category})
    editor = form.fields[field]
    editor.required = editor.required or field == "amount"
    foreign = field == "amount" and bool(line.currency)

    def save(value: Any, version: int) -> str:
        if field == "amount" and line.from_assignments:
            raise ValidationError(
                _("This amount is computed from assignments and rates: change those, or the whole line.")
            )
        if field == "project" and line.task_id:
            raise ValidationError(_("The line belongs to its task's project: give it another task."))
        line.version = version
        new = {"currency": line.currency, "original_amount": value} if foreign else {field: value}
        saved = cost_lines.update(actor=actor, line=line, **new)
        if saved.version == version:  # it says so already
            return ""
        change_set = last_change(saved)
        return reverse("budgets:cost-line-undo", args=[pk, change_set.pk]) if change_set else ""

    value = line.original_amount if foreign else getattr(line, field)
    return cells.answer(
        request, name=field, field=editor, value=getattr(value, "pk", value), version=line.version,
        row=line.name, save=save,
    )  # fmt: skip


@require_POST
def line_undo(request: HttpRequest, pk: int, change_set: int) -> HttpResponse:
    """Take one's own change of a line back; 409 with the reason where that can not be."""
    actor = actors.from_request(request)
    line = rows.cost_line_for(actor, pk)
    try:
        cost_lines.undo(actor=actor, line=line, change_set=change_set)
    except RevertRefused as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    return htmx.done(_("Taken back."), events=("cost-lines-changed",))

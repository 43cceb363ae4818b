"""Correct one posting in the browser, see its history, or, where its period is closed, take it back in an open one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import Actual
from budgets.selectors import categories, rows
from budgets.selectors.rows import Fixed
from budgets.services import actuals
from budgets.web.actuals import ActualForm
from budgets.web.pickers import label
from programs import policies
from projects.selectors import changes
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx
from tpm.lib.forms import DayField, add_errors

FIELDS = ("posted_on", "project", "task", "category", "description")


class CorrectionForm(ActualForm):
    """A posting as it stands. Where it can not change any more, only its description can."""

    accrual = None  # type: ignore[assignment]  # Django's way to leave an inherited field out
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, posting: Actual, fixed: Fixed | None, actor: Actor, **options: Any
    ) -> None:
        initial = {name: getattr(posting, name) for name in FIELDS} | {
            "amount": posting.original_amount if posting.currency else posting.amount,
            "currency": posting.currency or posting.program.portfolio.currency,
            "task": label(posting.task),
            "version": posting.version,
        }
        super().__init__(*args, initial=initial, actor=actor, program=posting.program, **options)
        offered = categories.choices(posting.program.portfolio_id, also=posting.category)
        self.fields["category"].choices = offered  # type: ignore[attr-defined]
        if fixed is not None:
            for name in set(self.fields) - {"description", "reason", "version"}:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        if "amount" in self.fields:
            return super().values()
        return {"description": self.cleaned_data["description"]}


class TakeBackForm(forms.Form):
    """On which day a posting is taken back, and why."""

    on = DayField(
        label=gettext_lazy("Take it back on"),
        required=False,
        help_text=gettext_lazy("Empty: the first day of the next open period."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a posting in its place: what can change, its history, and the way out where nothing can."""
    actor = actors.from_request(request)
    posting = rows.actual_for(actor, pk)
    policies.authorize(actor, "actuals.post", posting)
    fixed = rows.why_fixed(posting)
    form = CorrectionForm(request.POST or None, posting=posting, fixed=fixed, actor=actor)
    if request.method == "POST" and form.is_valid():
        posting.version = form.cleaned_data["version"] or posting.version
        try:
            changed = actuals.update(
                actor=actor, actual=posting, reason=form.cleaned_data["reason"], **form.values()
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return htmx.toast(
                _row(request, actor, rows.actual_for(actor, changed.pk)), _("The posting was corrected.")
            )
    return _form(request, actor, posting, form, status=422 if form.is_bound else 200)


@require_GET
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row as it stands: the way out of the form."""
    actor = actors.from_request(request)
    return _row(request, actor, rows.actual_for(actor, pk))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a posting back by its opposite, on a day and for a reason: both rows, the opposite first."""
    actor = actors.from_request(request)
    posting = rows.actual_for(actor, pk)
    policies.authorize(actor, "actuals.post", posting)
    form = TakeBackForm(request.POST, prefix="back")
    if form.is_valid():
        try:
            made = actuals.reverse(
                actor=actor, actual=posting, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _taken_back(request, actor, posting, made)
    correction = CorrectionForm(posting=posting, fixed=rows.why_fixed(posting), actor=actor)
    return _form(request, actor, posting, correction, back=form, status=422)


def _taken_back(request: HttpRequest, actor: Actor, posting: Actual, made: Actual) -> HttpResponse:
    body = "".join(
        render_to_string("budgets/actuals/_row.html", _shown(actor, rows.actual_for(actor, one.pk)), request)
        for one in (made, posting)
    )
    return htmx.toast(
        HttpResponse(body), _("It was taken back on %(day)s.") % {"day": made.posted_on.isoformat()}
    )


def _row(request: HttpRequest, actor: Actor, posting: Actual) -> HttpResponse:
    return render(request, "budgets/actuals/_row.html", _shown(actor, posting))


def _shown(actor: Actor, posting: Actual) -> dict[str, Any]:
    return {
        "actual": posting,
        "may_post": policies.holds(actor, "actuals.post", posting.scope),
        "categories": categories.names(posting.program.portfolio_id),
        "currency": posting.program.portfolio.currency,
    }


def _form(
    request: HttpRequest,
    actor: Actor,
    posting: Actual,
    form: CorrectionForm,
    *,
    back: TakeBackForm | None = None,
    status: int,
) -> HttpResponse:
    fixed = rows.why_fixed(posting)
    data = {
        "actual": posting,
        "form": form,
        "fixed": fixed,
        "back": (back or TakeBackForm(prefix="back")) if fixed and fixed.may_take_back else None,
        "history": changes.of_row(actor, Actual, posting.pk),
    }
    return render(request, "budgets/actuals/_edit.html", data, status=status)

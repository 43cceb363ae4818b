"""The rating policy of a portfolio: what colours what, since when and by whom; other thresholds are tried before they count."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from programs import policies
from programs.engine import rag
from programs.selectors import portfolios, rag_policies, ratings
from programs.services import rag_policies as services
from tpm.accounts import actors
from tpm.lib import exports
from tpm.lib.exports import Column
from tpm.lib.forms import add_errors

SHARES: Final = ("exposure_watch", "exposure_bad")
"""Kept as parts of one, written in percent."""
FIGURES: Final = (
    ("slippage", gettext_lazy("Finish slippage"), gettext_lazy("working days late"), ">", gettext_lazy("schedule")),
    ("spi", gettext_lazy("SPI"), gettext_lazy("earned / planned value"), "<", gettext_lazy("schedule")),
    ("cpi", gettext_lazy("CPI"), gettext_lazy("earned value / actual cost"), "<", gettext_lazy("cost")),
    ("exposure", gettext_lazy("Risk exposure"), gettext_lazy("% of the budget"), ">", gettext_lazy("risk")),
)  # fmt: skip


class PolicyForm(forms.Form):
    """The thresholds of all figures, and why they change."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=500,
        help_text=gettext_lazy("Kept in the history of the policy."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key in rag_policies.THRESHOLDS:
            field = forms.FloatField(min_value=0, max_value=100_000, required=True)
            field.widget.attrs |= {"step": "any", "class": "num"}
            field.label = str(_label(key))
            self.fields[key] = field

    def thresholds(self) -> dict[str, float]:
        """Return what the service takes."""
        return {
            key: self.cleaned_data[key] / (100 if key in SHARES else 1) for key in rag_policies.THRESHOLDS
        }


@require_http_methods(["GET", "HEAD", "POST"])
def policy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The thresholds in force and the versions before; who edits the portfolio puts others in force."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    if request.method == "POST":
        policies.authorize(actor, "portfolio.edit", portfolio)
    versions = rag_policies.versions(actor, portfolio)
    policy = ratings.newest_policies([pk]).get(pk, rag.Policy())
    if kind := exports.wanted(request):
        title = _("Rating policy of %(name)s") % {"name": portfolio.name}
        return exports.respond(kind, title, _file_columns(), map(_cells, versions))
    form = PolicyForm(request.POST or None, initial=_initial(policy))
    if form.is_valid():
        try:
            made = services.revise(
                actor=actor,
                portfolio=portfolio,
                thresholds=form.thresholds(),
                name=form.cleaned_data["name"],
                reason=form.cleaned_data["reason"],
            )
            messages.success(
                request, _("Version %(n)s is in force. All ratings follow it now.") % {"n": made.number}
            )
            return redirect("programs:rag-policy", pk)
        except ValidationError as error:
            add_errors(form, error)
    context = {
        "portfolio": portfolio,
        "policy": policy,
        "rules": _rules(form, rag_policies.values_of(policy)),
        "versions": [(one, _rules(None, one.values, one.changed)) for one in versions],
        "form": form,
        "may_edit": policies.holds(actor, "portfolio.edit", portfolio.scope),
    }
    return render(request, "programs/rag_policies/detail.html", context, status=422 if form.errors else 200)


@require_safe
def policy_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Which programs the thresholds of the address would colour differently."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    policies.authorize(actor, "portfolio.edit", portfolio)
    form = PolicyForm({"name": "-", "reason": "-", **request.GET.dict()})
    context: dict[str, Any] = {"portfolio": portfolio, "form": form}
    if form.is_valid():
        try:
            context["recoloured"] = rag_policies.preview(actor, portfolio, form.thresholds())
        except ValidationError as error:
            context["refused"] = error.messages[0]
    return render(request, "programs/rag_policies/_preview.html", context)


def _initial(policy: rag.Policy) -> dict[str, Any]:
    return {
        "name": policy.name,
        **{key: _shown(key, value) for key, value in rag_policies.values_of(policy).items()},
    }


def _shown(key: str, value: float) -> str:
    """As people write it: no zeros behind, exposure in percent."""
    return f"{round(value * 100 if key in SHARES else value, 6):g}"


def _label(key: str) -> str:
    figure, level = key.rsplit("_", 1)
    name = next(label for one, label, *_rest in FIGURES if one == figure)
    word = _("watch") if level == "watch" else _("off track")
    return f"{name}, {word}"


def _rules(
    form: PolicyForm | None, values: Mapping[str, float], changed: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """The table of thresholds: one line per figure."""
    return [
        {
            "label": label,
            "unit": unit,
            "sign": sign,
            "dimension": dimension,
            "bounds": [
                {
                    "text": _shown(f"{key}_{level}", values[f"{key}_{level}"]),
                    "changed": f"{key}_{level}" in changed,
                    "field": form[f"{key}_{level}"] if form else None,
                }
                for level in ("watch", "bad")
            ],
        }
        for key, label, unit, sign, dimension in FIGURES
    ]


def _file_columns() -> list[Column]:
    return [
        Column(_("Version"), 8), Column(_("Name"), 20), *(Column(_label(key), 24) for key in rag_policies.THRESHOLDS),
        Column(_("Since"), 20), Column(_("By"), 24), Column(_("Why"), 60),
    ]  # fmt: skip


def _cells(one: rag_policies.Version) -> tuple[Any, ...]:
    values = (float(_shown(key, one.values[key])) for key in rag_policies.THRESHOLDS)
    return (one.policy.number, one.policy.name, *values, one.at, one.author, one.reason)

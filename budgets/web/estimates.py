"""Cost estimates in the browser: the program's as the sum of its parts, a version with its lines, two versions compared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import Estimate, EstimateLine
from budgets.models.estimates import POINTS
from budgets.selectors import categories, rates, rows
from budgets.selectors import estimates as selectors
from budgets.services import estimate_imports, estimates
from budgets.services.row_errors import RowError, RowsRefused
from budgets.web.estimate_files import LINE, as_given
from programs import policies
from programs.models import Portfolio, Program
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import AmountField, DayField, add_errors

HEAD = ("title", "estimate_class", "confidence", "prepared_on", "basis")


class EstimateForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    estimate_class = forms.TypedChoiceField(
        label=gettext_lazy("Class (AACE 18R-97)"), choices=Estimate.Class.choices, coerce=int
    )
    confidence = forms.IntegerField(label=gettext_lazy("Confidence in %"), min_value=1, max_value=99)
    prepared_on = DayField(label=gettext_lazy("Prepared"))
    basis = forms.CharField(
        label=gettext_lazy("Basis of estimate"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Scope, sources, assumptions, exclusions. Needed to issue it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LineForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("Code"), max_length=60, required=False,
        help_text=gettext_lazy("The same in all versions; empty: given."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("What it is"), max_length=300)
    category = forms.ChoiceField(label=gettext_lazy("Category"))
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=EstimateLine.Method.choices)
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"), max_digits=14, decimal_places=3, min_value=0, initial=1, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
    )  # fmt: skip
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=40, required=False)
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), required=False, help_text=gettext_lazy("of the three amounts")
    )
    optimistic = AmountField(label=gettext_lazy("Optimistic"), min_value=0, required=False)
    likely = AmountField(
        label=gettext_lazy("Most likely"), min_value=0, help_text=gettext_lazy("Alone: a single figure.")
    )
    pessimistic = AmountField(label=gettext_lazy("Pessimistic"), min_value=0, required=False)
    basis = forms.CharField(
        label=gettext_lazy("Basis"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, portfolio: Portfolio, also: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = portfolio.currency
        self.fields["category"].choices = categories.choices(portfolio.pk, also=also)  # type: ignore[attr-defined]
        self.fields["currency"].choices = rates.names(portfolio)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was given as services take it: the points of a foreign currency as originals."""
        given = {name: self.cleaned_data[name] for name in LINE}
        foreign = given["currency"] not in ("", self.own)
        given["currency"] = given["currency"] if foreign else None
        return {
            f"original_{name}" if foreign and name in POINTS else name: value
            for name, value in given.items()
            if name == "currency" or (value is not None and (name != "key" or value))
        }

    def add_errors(self, error: ValidationError) -> None:
        """Show what is wrong beside the field in which it was given."""
        if not hasattr(error, "error_dict"):
            return add_errors(self, error)
        named = {name.removeprefix("original_"): texts for name, texts in error.message_dict.items()}
        return add_errors(self, ValidationError(named))


@require_http_methods(["GET", "POST"])
def program_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The program's estimate, computed from its components'; beginning a version is a POST."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if request.method == "POST":
        return _begun(request, actor, program)
    found = selectors.of_program(actor, program)
    allowed = set(rows.projects_for(actor, program, "budget.edit").values_list("pk", flat=True))
    if policies.holds(actor, "budget.edit", program.scope):
        allowed.add(0)
    data = {
        "program": program,
        "tab": "money",
        "currency": program.portfolio.currency,
        "found": found,
        "classes": dict(Estimate.Class.choices),
        "allowed": allowed,
        "scopes": [(scope, (scope.project.pk if scope.project else 0) in allowed) for scope in found.scopes],
    }
    return render(request, "budgets/estimates/program.html", data)


def _begun(request: HttpRequest, actor: Actor, program: Program) -> HttpResponse:
    given = request.POST.get("project", "")
    project: Project | None = None
    if given and given != "0":
        if not given.isdigit() or len(given) > 18:
            raise Http404
        project = Project.objects.visible_to(actor, "budget.read").get(program=program, pk=int(given))
    try:
        made = estimates.begin(
            actor=actor, program=program, project=project, prepared_on=timezone.localdate()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("budgets:program-estimates", program.pk)
    return redirect("budgets:estimate-detail", made.pk)


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: head, lines, sums. A draft's head is changed here."""
    actor = actors.from_request(request)
    estimate = selectors.get_for(actor, pk)
    may = policies.holds(actor, "budget.edit", estimate.scope)
    if request.method == "POST" and not may:
        raise policies.NotAllowed("budget.edit")
    initial = {name: getattr(estimate, name) for name in HEAD} | {"version": estimate.version}
    form = EstimateForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        estimate.version = given.pop("version") or estimate.version
        try:
            estimates.update(actor=actor, estimate=estimate, **given)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The estimate was saved."))
            return redirect("budgets:estimate-detail", pk)
    return _detail(request, actor, estimate, form=form, status=422 if form.is_bound else 200)


def _detail(
    request: HttpRequest,
    actor: Actor,
    estimate: Estimate,
    *,
    form: EstimateForm | None = None,
    errors: list[RowError] | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = selectors.costed(estimate)
    may = policies.holds(actor, "budget.edit", estimate.scope)
    siblings = Estimate.objects.visible_to(actor).filter(program=estimate.program, project=estimate.project)
    initial = {name: getattr(estimate, name) for name in HEAD} | {"version": estimate.version}
    data = {
        "program": estimate.program,
        "tab": "money",
        "estimate": estimate,
        "currency": estimate.program.portfolio.currency,
        "lines": lines,
        "sums": selectors.sums(lines),
        "categories": categories.names(estimate.program.portfolio_id),
        "versions": siblings.exclude(pk=estimate.pk).order_by("-number"),
        "form": form or EstimateForm(initial=initial),
        "errors": errors or [],
        "may_edit": may and estimate.is_draft,
        "may_take_over": may and not estimate.is_draft,
    }
    return render(request, "budgets/estimates/detail.html", data, status=status)


@require_http_methods(["GET", "POST"])
def line_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new line of a draft."""
    actor = actors.from_request(request)
    estimate = selectors.get_for(actor, pk)
    policies.authorize(actor, "budget.edit", estimate)
    return _line(request, actor, estimate, None)


@require_http_methods(["GET", "POST"])
def line_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line of a draft."""
    actor = actors.from_request(request)
    line = selectors.line_for(actor, pk)
    policies.authorize(actor, "budget.edit", line.estimate)
    return _line(request, actor, line.estimate, line)


def _line(request: HttpRequest, actor: Actor, estimate: Estimate, line: EstimateLine | None) -> HttpResponse:
    initial = dict(zip(LINE, as_given(line), strict=True)) | {"version": line.version} if line else {}
    form = LineForm(
        request.POST or None, initial=initial, portfolio=estimate.program.portfolio, also=line.category if line else ""
    )  # fmt: skip
    if form.is_valid():
        if line is not None:
            line.version = form.cleaned_data["version"] or line.version
        try:
            estimates.put_line(actor=actor, estimate=estimate, line=line, **form.values())
        except ValidationError as error:
            form.add_errors(error)
        else:
            return redirect("budgets:estimate-detail", estimate.pk)
    data = {"form": form, "estimate": estimate, "program": estimate.program, "line": line, "tab": "money"}
    return render(request, "budgets/estimates/line.html", data, status=422 if form.is_bound else 200)


@require_POST
def line_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line out of a draft."""
    actor = actors.from_request(request)
    line = selectors.line_for(actor, pk)
    policies.authorize(actor, "budget.edit", line.estimate)
    line.version = int(request.POST.get("version") or line.version)
    try:
        estimates.delete_line(actor=actor, line=line)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("budgets:estimate-detail", line.estimate_id)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Issue a draft, give it up, or take an issued version over as the forecast."""
    actor = actors.from_request(request)
    estimate = selectors.get_for(actor, pk)
    policies.authorize(actor, "budget.edit", estimate)
    estimate.version = int(request.POST.get("version") or estimate.version)
    try:
        if act == "issue":
            estimates.issue(actor=actor, estimate=estimate, at=timezone.now())
            messages.success(
                request, _("Version %(n)s is issued; it does not change any more.") % {"n": estimate.number}
            )
        elif act == "delete":
            estimates.delete(actor=actor, estimate=estimate)
            messages.success(request, _("The draft was given up."))
            return redirect("budgets:program-estimates", estimate.program_id)
        else:
            percentile = "p80" if request.POST.get("percentile") == "p80" else "p50"
            estimates.take_over(actor=actor, estimate=estimate, percentile=percentile)
            messages.success(request, _("The forecast of the budget was set."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("budgets:estimate-detail", pk)


@require_POST
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the lines of a draft from a file; trying it writes nothing."""
    actor = actors.from_request(request)
    estimate = selectors.get_for(actor, pk)
    policies.authorize(actor, "budget.edit", estimate)
    file: Any = request.FILES.get("file")
    dry_run = request.POST.get("act") != "write"
    if file is None:
        messages.error(request, _("Choose a file first."))
        return redirect("budgets:estimate-detail", pk)
    try:
        count = estimate_imports.load(
            actor=actor, estimate=estimate, files={str(file.name): file}, dry_run=dry_run
        )
    except RowsRefused as refused:
        return _detail(request, actor, estimate, errors=refused.errors[:500], status=422)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("Nothing is wrong: there would be %(n)s lines.") if dry_run else _("%(n)s lines were set.")
        messages.success(request, said % {"n": count})
    return redirect("budgets:estimate-detail", pk)


@require_GET
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two versions side by side: what was added, removed, changed, and the sums."""
    actor = actors.from_request(request)
    before, after = (selectors.get_for(actor, one) for one in (pk, other))
    found = selectors.compare(before, after)
    words = {name: str(EstimateLine._meta.get_field(name).verbose_name) for name in selectors.COMPARED}  # type: ignore[union-attr]
    data = {
        "program": after.program,
        "tab": "money",
        "found": found,
        "changes": [(one, [words[name] for name in one.fields]) for one in found.changes],
        "currency": after.program.portfolio.currency,
    }
    return render(request, "budgets/estimates/compare.html", data)

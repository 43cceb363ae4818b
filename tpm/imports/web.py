"""The pages of imports: upload, check, apply, revert."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from projects.importers.reports import ImportRefused
from projects.models import ImportRun
from tpm import subscriptions
from tpm.accounts import actors
from tpm.imports import reading, runs, selectors, templates
from tpm.imports.selectors import Targets
from tpm.lib import exports, htmx
from tpm.lib.exports import Column

SHOWN = 200
MOST = 5000
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TONES = {"error": "bad", "warning": "watch", "info": ""}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or several files; cleans to a list."""

    widget = ManyFiles(attrs={"accept": ".csv,.xlsx,.xlsm,.xml,.xer"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(ManyFilesField, self).clean(one, initial) for one in given]
        if sum(one.size for one in cleaned) > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // 1024**2
            raise ValidationError(_("More than %(limit)s MB. Split the files."), params={"limit": limit})
        return cleaned


class ImportForm(forms.Form):
    """Where to, and which files. ``target`` is ``portfolio:ID`` or ``program:ID``."""

    target = forms.ChoiceField(label=gettext_lazy("Into"))
    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Into a portfolio: its tables, as CSV files (all at once) or one workbook. Into a program: one plan, in MS Project's XML"
            " format or as Primavera XER."
        ),
    )
    project = forms.CharField(
        label=gettext_lazy("Project code"),
        required=False,
        max_length=40,
        help_text=gettext_lazy(
            "For a plan: the project that it goes into. Without one the plan makes its own."
        ),
    )

    def __init__(self, *args: Any, targets: Targets, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Any] = {f"portfolio:{p.pk}": p for p in targets.portfolios}
        self.places |= {f"program:{p.pk}": p for p in targets.programs}
        self.places |= {f"actuals:{p.pk}": p for p in targets.ledgers}
        self.places |= {f"earnings:{p.pk}": p for p in targets.budgets}
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for label, kind, rows in (
            (_("Portfolios (tables)"), "portfolio", targets.portfolios),
            (_("Programs (plans)"), "program", targets.programs),
            (_("Actual cost (a ledger's postings)"), "actuals", targets.ledgers),
            (_("Earning rules of tasks"), "earnings", targets.budgets),
        ):
            if rows:
                groups.append((label, [(f"{kind}:{row.pk}", row.name) for row in rows]))
        self.fields["target"].choices = groups  # type: ignore[attr-defined]

    @property
    def place(self) -> dict[str, Any]:
        """What ``runs.start`` takes as the target."""
        chosen = self.places[self.cleaned_data["target"]]
        if self.cleaned_data["target"].startswith("portfolio:"):
            return {"kind": reading.PORTFOLIO, "portfolio": chosen}
        kind = self.cleaned_data["target"].partition(":")[0]
        if kind in (reading.ACTUALS, reading.EARNINGS):
            return {"kind": kind, "portfolio": chosen.portfolio, "program": chosen}
        return {
            "kind": reading.PLAN,
            "portfolio": chosen.portfolio,
            "program": chosen,
            "project": self.cleaned_data["project"].strip(),
        }


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """The imports that the person may see."""
    actor = actors.from_request(request)
    if kind := exports.wanted(request):
        return exports.respond(
            kind, _("Imports"), _file_columns(), map(_cells, selectors.runs_for(actor)[:MOST])
        )
    found = selectors.targets(actor)
    context = {
        "runs": selectors.runs_for(actor)[:100],
        "may_import": bool(found.portfolios or found.programs or found.ledgers or found.budgets),
        "templates": list(templates.files()),
    }
    return render(request, "tpm/imports/list.html", context)


def _file_columns() -> list[Column]:
    return [
        Column(_("Files"), 40), Column(_("Into"), 30), Column(_("State"), 24), Column(_("Findings")), Column(_("By"), 24),
        Column(_("Started at"), 20), Column(_("Finished at"), 20),
    ]  # fmt: skip


def _cells(run: ImportRun) -> tuple[Any, ...]:
    into = run.program.name if run.program else run.portfolio.name
    return (
        run.file_name, into, run.get_state_display(), len(run.report), str(run.started_by or ""), run.created_at, run.finished_at,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Upload files; ``?target=program:7`` chooses the place."""
    actor = actors.from_request(request)
    chosen = {"target": request.GET.get("target", "")}
    form = ImportForm(
        request.POST or None, request.FILES or None, targets=selectors.targets(actor), initial=chosen
    )
    if form.is_valid():
        try:
            files = [(upload.name, upload.file) for upload in form.cleaned_data["files"]]
            run = runs.start(actor=actor, files=files, **form.place)
        except ImportRefused as refusal:
            form.add_error("files", refusal.reason)
        else:
            transaction.on_commit(
                lambda: subscriptions.send("tpm.imports.jobs.check", run_id=run.pk), robust=True
            )
            return redirect("imports:import-detail", run.pk)
    context = {"form": form, "templates": list(templates.files())}
    return render(request, "tpm/imports/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, what would be written, what became of it. While it is at work, the page asks again each second."""
    actor = actors.from_request(request)
    run = selectors.get_for(actor, pk)
    severity = request.GET.get("severity", "")
    report = [row for row in run.report if not severity or row["severity"] == severity]
    context = {
        "run": run,
        "state": ImportRun.State,
        "at_work": run.state in selectors.AT_WORK,
        "tables": selectors.tables(run.counts),
        "changed": run.counts.get("changed", []),
        "findings": run.counts.get("findings", {}),
        "codes": run.counts.get("codes", {}),
        "report": [row | {"tone": TONES[row["severity"]]} for row in report[:SHOWN]],
        "hidden": max(0, len(report) - SHOWN),
        "severity": severity,
        "programs": selectors.programs_written(run, actor) if run.state == ImportRun.State.APPLIED else [],
        "may_import": policies.holds(actor, reading.CAPABILITY[run.kind], run.scope),
    }
    template = "_run.html" if htmx.wants_fragment(request) else "detail.html"
    return render(request, f"tpm/imports/{template}", context)


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was checked."""
    actor = actors.from_request(request)
    run = selectors.get_for(actor, pk)
    try:
        runs.order(actor=actor, run=run)
        transaction.on_commit(
            lambda: subscriptions.send("tpm.imports.jobs.apply", run_id=run.pk), robust=True
        )
    except runs.WrongState as error:
        messages.error(request, str(error))
    return redirect("imports:import-detail", pk)


@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off before anything is written."""
    actor = actors.from_request(request)
    run = selectors.get_for(actor, pk)
    try:
        runs.cancel(actor=actor, run=run)
        messages.success(request, _("The import is cancelled. Nothing was written."))
    except runs.WrongState as error:
        messages.error(request, str(error))
    return redirect("imports:import-detail", pk)


@require_POST
def import_revert(request: HttpRequest, pk: int) -> HttpResponse:
    """Take everything back."""
    actor = actors.from_request(request)
    run = selectors.get_for(actor, pk)
    try:
        runs.revert(actor=actor, run=run)
        messages.success(request, _("Everything that this import wrote was taken back."))
    except (runs.WrongState, runs.RevertRefused) as error:
        messages.error(request, str(error))
    return redirect("imports:import-detail", pk)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """One of the templates to fill in, ``?name=tasks.csv``."""
    name = request.GET.get("name", templates.WORKBOOK)
    content = templates.files().get(name)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=TYPES[PurePath(name).suffix])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

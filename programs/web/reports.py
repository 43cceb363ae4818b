"""Governance reports in the browser: list, compose, publish, read, compare, PDF."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programs import policies
from programs.engine import report_content
from programs.models import Program, StatusReport
from programs.selectors import computation, programs
from programs.selectors import reports as selectors
from programs.services import report_figures
from programs.services import reports as services
from programs.web import report_words
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, pdf
from tpm.lib.forms import add_errors
from tpm.lib.listing import Head, Listing, actions

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "programs" / "reports" / "report.typ"
PAPERS = ("a4", "us-letter")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    """The words of a report. Figures and ratings are not typed: they come from the plan."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    headline = forms.CharField(
        label=gettext_lazy("Headline"), required=False, max_length=400, widget=_area(2),
        help_text=gettext_lazy("One sentence that says how the program stands, for those who read nothing else."),
    )  # fmt: skip
    achievements = forms.CharField(
        label=gettext_lazy("What was achieved"), required=False, max_length=20_000, widget=_area(5)
    )
    outlook = forms.CharField(
        label=gettext_lazy("What comes next"), required=False, max_length=20_000, widget=_area(5)
    )
    decisions = forms.CharField(
        label=gettext_lazy("Decisions asked of the committee"), required=False, max_length=20_000, widget=_area(4),
        help_text=gettext_lazy("One decision a line."),
    )  # fmt: skip
    supersedes = forms.ModelChoiceField(
        StatusReport.objects.none(), label=gettext_lazy("Corrects"), required=False, empty_label=gettext_lazy("no earlier report"),
        help_text=gettext_lazy("A published report never changes; a correction is a new report that names it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        published = selectors.list_for(actor, program).filter(state=StatusReport.State.PUBLISHED)
        field: Any = self.fields["supersedes"]
        field.queryset = published
        field.label_from_instance = lambda one: f"{one.number}: {one.title}"

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in services.NARRATIVE}


@require_GET
def report_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts and published reports of a program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "report.read")
    rows = list(selectors.list_for(actor, program))
    table = Listing(request, [one for one in rows if one.is_published], _heads(), default="-number")
    if kind := exports.wanted(request):
        return table.respond(kind, f"{program.code} reports")
    data = {
        "table": table,
        "program": program,
        "tab": "reports",
        "drafts": [one for one in rows if not one.is_published],
        "published": table.rows,
        "may_compose": policies.holds(actor, "report.compose", program.scope),
    }
    return render(request, "programs/reports/list.html", data)


@require_http_methods(["GET", "POST"])
def report_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "report.read")
    policies.authorize(actor, "report.compose", program)
    when = formats.date_format(program.data_date, "j F Y") if program.data_date else ""
    initial = {"title": _("Status at %(date)s") % {"date": when}} if when else {}
    form = ReportForm(request.POST or None, initial=initial, actor=actor, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            report = services.compose(actor=actor, program=program, **form.words())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("programs:report-edit", report.pk)
    data = {"program": program, "tab": "reports", "form": form, "report": None}
    return render(request, "programs/reports/form.html", data, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft, beside the figures as they are now."""
    actor = actors.from_request(request)
    report = selectors.get_for(actor, pk)
    policies.authorize(actor, "report.compose", report)
    if report.is_published:
        return redirect("programs:report-detail", report.pk)
    program = report.program
    initial = {name: getattr(report, name) for name in services.NARRATIVE} | {"version": report.version}
    form = ReportForm(request.POST or None, initial=initial, actor=actor, program=program)
    if request.method == "POST" and form.is_valid():
        report.version = form.cleaned_data["version"] or report.version
        try:
            services.update(actor=actor, report=report, **form.words())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The draft was saved."))
            following = "programs:report-detail" if "preview" in request.POST else "programs:report-edit"
            return redirect(following, report.pk)
    data = {"program": program, "tab": "reports", "form": form, "report": report, **_live(report)}
    return render(request, "programs/reports/form.html", data, status=422 if form.is_bound else 200)


@require_GET
def report_figures_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures beside a draft: they follow the live stream."""
    actor = actors.from_request(request)
    report = selectors.get_for(actor, pk)
    policies.authorize(actor, "report.compose", report)
    return render(request, "programs/reports/_figures_now.html", {"report": report, **_live(report)})


@require_GET
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as the committee reads it: sealed, or a draft as it would be."""
    actor = actors.from_request(request)
    report = selectors.get_for(actor, pk)
    program = report.program
    others = (
        selectors.list_for(actor, program).filter(state=StatusReport.State.PUBLISHED).exclude(pk=report.pk)
    )
    data = {
        "program": program,
        "tab": "reports",
        "report": report,
        "others": list(others[:24]),
        "corrected_by": list(
            report.corrections.filter(state=StatusReport.State.PUBLISHED).order_by("number")
        ),
        "reads_plan": policies.holds(actor, "plan.read", program.scope),
        "reads_actions": policies.holds(actor, "action.read", program.scope),
        "may_compose": policies.holds(actor, "report.compose", program.scope),
        "may_publish": policies.holds(actor, "report.publish", program.scope),
    }
    if report.is_published:
        data |= {"seal": selectors.seal(report), **report_words.context(report.content or {})}
    else:
        data |= _live(report)
    return render(request, "programs/reports/detail.html", data)


@require_POST
def report_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal a draft."""
    actor = actors.from_request(request)
    report = selectors.get_for(actor, pk)
    policies.authorize(actor, "report.publish", report)
    given = request.POST.get("version", "")
    report.version = int(given) if given.isdecimal() else report.version
    try:
        services.publish(actor=actor, report=report, at=timezone.now())
    except services.NotCurrent as error:
        text = _(
            "Not published: the figures are %(behind)s revisions behind the plan. Publish when they are current."
        )
        messages.error(request, text % {"behind": error.behind})
    except services.Published:
        messages.error(request, _("This report is published already."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Report %(number)s is published and sealed.") % {"number": report.number})
    return redirect("programs:report-detail", report.pk)


@require_POST
def report_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actor = actors.from_request(request)
    report = selectors.get_for(actor, pk)
    try:
        services.discard(actor=actor, report=report)
    except services.Published:
        messages.error(request, _("A published report stays."))
        return redirect("programs:report-detail", report.pk)
    messages.success(request, _("The draft was discarded."))
    return redirect("programs:report-list", report.program_id)


@require_GET
def report_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two published reports side by side: then, now, and the difference."""
    actor = actors.from_request(request)
    report = selectors.get_for(actor, pk)
    published = list(selectors.list_for(actor, report.program).filter(state=StatusReport.State.PUBLISHED))
    chosen = request.GET.get("with", "")
    other = next((one for one in published if str(one.pk) == chosen and one.pk != report.pk), None)
    if other is None:
        other = next((one for one in published if one.number < report.number), None)
    data: dict[str, Any] = {
        "program": report.program,
        "tab": "reports",
        "report": report,
        "other": other,
        "others": [one for one in published if one.pk != report.pk],
    }
    if other and report.is_published:
        then, now = other.content or {}, report.content or {}
        data |= {
            "rows": report_words.compared(then, now),
            "levels": _levels(then, now),
            "projects": _projects(then, now),
        }
    return render(request, "programs/reports/compare.html", data)


@require_GET
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report on paper; ``?paper=us-letter`` for Letter."""
    actor = actors.from_request(request)
    report = selectors.get_for(actor, pk)
    paper = request.GET.get("paper", "a4")
    content: Any = report.content
    seal = None
    if not report.is_published:
        content = report_content.to_data(report_figures.content_of(report))
    elif not selectors.seal(report).holds or report.published_at is None:
        messages.error(request, _("The content does not match its seal. No PDF is made of it."))
        return redirect("programs:report-detail", report.pk)
    else:
        seal = {
            "hash": report.content_sha256,
            "published_by": str(report.published_by or _("the system")),
            "published_at": f"{report.published_at:%Y-%m-%d %H:%M} UTC",
            "url": request.build_absolute_uri(reverse("programs:report-detail", args=[report.pk])),
        }
    data = {
        "content": content,
        "seal": seal,
        "labels": report_words.labels(),
        "lang": (translation.get_language() or "en")[:2],
        "paper": paper if paper in PAPERS else "a4",
    }
    at = (report.published_at or timezone.now()).replace(microsecond=0)  # a PDF tells no finer time
    body = pdf.render(TEMPLATE, data, created_at=at)
    response = HttpResponse(body, content_type="application/pdf")
    name = slugify(f"{report.program.code}-report-{report.number}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _heads() -> list[Head[StatusReport]]:
    return [
        Head("number", _("No."), lambda one: one.number, num=True, width=8),
        Head("title", _("Report"), lambda one: one.title, width=40),
        Head("headline", _("Headline"), lambda one: one.headline, width=60, shown=False),
        Head("data_date", _("Data date"), lambda one: one.data_date, width=12),
        Head("published", _("Published"), lambda one: one.published_at),
        Head("by", _("Published by"), lambda one: str(one.published_by or ""), shown=False),
        Head("revision", _("Revision"), lambda one: one.revision, num=True),
        Head("hash", _("SHA-256"), lambda one: one.content_sha256, width=66, shown=False),
        actions(),
    ]


def _live(report: StatusReport) -> dict[str, Any]:
    content = report_content.to_data(report_figures.content_of(report))
    return {"status": computation.describe(report.program.computation), **report_words.context(content)}


def _levels(then: dict[str, Any], now: dict[str, Any]) -> list[dict[str, Any]]:
    before = {one["dimension"]: one for one in report_words.rated(then)}
    return [
        {**one, "then": before.get(one["dimension"], {}).get("level", "none")}
        for one in report_words.rated(now)
    ]


def _projects(then: dict[str, Any], now: dict[str, Any]) -> list[dict[str, Any]]:
    before = {line["code"]: line for line in then.get("projects", ())}
    rows = []
    for line in now.get("projects", ()):
        first, last = (
            report_words.day(before.get(line["code"], {}).get("finish")),
            report_words.day(line.get("finish")),
        )
        moved = (last - first).days if first and last else None
        rows.append({"name": line["name"], "then": first, "now": last, "moved": moved})
    return rows

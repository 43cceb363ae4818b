"""Imports through the API: upload, ask how far it is, apply, revert."""

from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Portfolio, Program
from programs.selectors import portfolios
from projects.importers.reports import ImportRefused
from projects.models import ImportRun
from tpm import subscriptions
from tpm.activity.rest import OWN, Endpoint, operation
from tpm.imports import reading, runs, selectors, templates
from tpm.lib.api.problems import FieldError, Problem, invalid


class ImportOut(serializers.Serializer[Any]):
    """``state``: waiting, reading, checked, writing, applied, reverted, refused. ``counts.tables``: by table how many rows are
    new, changed, dropped, same, kept (changed by people here), absent (no longer in the files). The findings name file, row,
    column, code and reason; at most 1,000 are kept, their counts are complete."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    file_name = serializers.CharField()
    file_sha256 = serializers.CharField()
    state = serializers.CharField()
    progress = serializers.IntegerField()
    message = serializers.CharField()
    counts = serializers.DictField()
    change_set = serializers.IntegerField(source="change_set_id", allow_null=True)
    reverted_by = serializers.IntegerField(source="reverted_by_id", allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ImportReportOut(ImportOut):
    report = serializers.ListField(child=serializers.DictField())


class ImportIn(serializers.Serializer[Any]):
    """Multipart: ``files`` (one or several), for a plan perhaps ``project``, the code of the project that it goes into."""

    files = serializers.ListField(child=serializers.FileField(), allow_empty=False)
    project = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")


class Uploading(Endpoint):
    """What uploads into portfolios and programs share."""

    out = ImportOut
    parser_classes = [MultiPartParser]

    def start(
        self, request: Request, kind: str, portfolio: Portfolio, program: Program | None = None
    ) -> Response:
        policies.authorize(self.actor, self.capability, program or portfolio)
        form: Any = request.data
        bound = ImportIn(data={"files": form.getlist("files"), "project": form.get("project", "")})
        bound.is_valid(raise_exception=True)
        given = bound.validated_data
        try:
            run = runs.start(
                actor=self.actor,
                kind=kind,
                portfolio=portfolio,
                program=program,
                project=given["project"] if program else "",
                files=[(file.name, file.file) for file in given["files"]],
            )
        except ImportRefused as refusal:
            raise invalid([FieldError("/files", refusal.reason)]) from refusal
        _wake("check", run)
        return self.written(self.represent(run), status=202, at=f"/api/v1/imports/{run.pk}/")


class PortfolioImports(Uploading):
    @operation(
        "import.run",
        takes=ImportIn,
        gives=ImportOut,
        status=202,
        summary="Import a portfolio's tables: check first",
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.start(request, reading.PORTFOLIO, portfolios.get_for(self.actor, pk))


class ProgramImports(Uploading):
    @operation(
        "import.run",
        takes=ImportIn,
        gives=ImportOut,
        status=202,
        summary="Import a plan (MS Project XML or Primavera XER): check first",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = Program.objects.visible_to(self.actor).select_related("portfolio").get(pk=pk)
        return self.start(request, reading.PLAN, program.portfolio, program)


class ActualsImports(Uploading):
    @operation(
        "actuals.post",
        takes=ImportIn,
        gives=ImportOut,
        status=202,
        summary="Import postings of a ledger (CSV or XLSX): check first",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = Program.objects.visible_to(self.actor).select_related("portfolio").get(pk=pk)
        return self.start(request, reading.ACTUALS, program.portfolio, program)


class EarningsImports(Uploading):
    @operation(
        "budget.edit",
        takes=ImportIn,
        gives=ImportOut,
        status=202,
        summary="Import earning rules of tasks (CSV or XLSX): check first",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = Program.objects.visible_to(self.actor).select_related("portfolio").get(pk=pk)
        return self.start(request, reading.EARNINGS, program.portfolio, program)


class ImportList(Endpoint):
    out = ImportOut
    serializer_class = ImportOut
    orderings: ClassVar = {"id": ("pk",), "-id": ("-pk",)}

    @operation("import.run", gives=ImportOut(many=True), summary="List imports")
    def get(self, request: Request) -> Response:
        return self.page(selectors.runs_for(self.actor).defer("report"))


class ImportItem(Endpoint):
    out = ImportReportOut

    @operation("import.run", gives=ImportReportOut, summary="Read an import with its findings")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(selectors.get_for(self.actor, pk)))


class ImportApply(Endpoint):
    out = ImportOut
    parser_classes = [JSONParser]

    @operation(
        "import.run", gives=ImportOut, status=202, summary="Write a checked import: all of it or nothing"
    )
    def post(self, request: Request, pk: int) -> Response:
        run = selectors.get_for(self.actor, pk)
        try:
            runs.order(actor=self.actor, run=run)
        except runs.WrongState as error:
            raise Problem(409, str(error), code="wrong_state") from error
        _wake("apply", run)
        run.refresh_from_db()
        return self.written(self.represent(run), status=202)


class ImportCancel(Endpoint):
    out = ImportOut
    parser_classes = [JSONParser]

    @operation("import.run", gives=ImportOut, summary="Call an import off before anything is written")
    def post(self, request: Request, pk: int) -> Response:
        run = selectors.get_for(self.actor, pk)
        try:
            runs.cancel(actor=self.actor, run=run)
        except runs.WrongState as error:
            raise Problem(409, str(error), code="wrong_state") from error
        run.refresh_from_db()
        return self.written(self.represent(run))


class ImportRevert(Endpoint):
    out = ImportOut
    parser_classes = [JSONParser]

    @operation("import.run", gives=ImportOut, summary="Take everything back that an import wrote")
    def post(self, request: Request, pk: int) -> Response:
        run = selectors.get_for(self.actor, pk)
        try:
            runs.revert(actor=self.actor, run=run)
        except runs.WrongState as error:
            raise Problem(409, str(error), code="wrong_state") from error
        except runs.RevertRefused as refusal:
            raise Problem(409, str(refusal), code=refusal.code) from refusal
        run.refresh_from_db()
        return self.written(self.represent(run))


class Templates(Endpoint):
    @operation(
        OWN,
        gives=OpenApiResponse({"type": "object"}),
        summary="List the templates of the tables, or download one of them",
        parameters=[
            OpenApiParameter("name", str, description="The template to download, such as tasks.csv.")
        ],
    )
    def get(self, request: Request) -> Any:
        files = templates.files()
        name = request.query_params.get("name")
        if name is None:
            return Response({"results": [{"name": n, "url": f"{request.path}?name={n}"} for n in files]})
        if name not in files:
            raise Problem(404, _("There is no such template."))
        return HttpResponse(files[name], content_type="application/octet-stream")


def _wake(job: str, run: ImportRun) -> None:
    transaction.on_commit(lambda: subscriptions.send(f"tpm.imports.jobs.{job}", run_id=run.pk), robust=True)

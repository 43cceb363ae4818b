"""Cost estimates: versions with their lines and sums, compared, issued, taken over as a forecast."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import BudgetOut, DeletedOut
from budgets.api.money_fields import RateUsedOut
from budgets.api.timesheets import FileIn, refused
from budgets.models import Estimate, EstimateLine
from budgets.selectors import estimates as selectors
from budgets.services import estimate_imports
from budgets.services import estimates as services
from budgets.services.row_errors import RowsRefused
from programs import policies
from programs.selectors import computation, programs
from projects.models import Project
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter


class ExpectedOut(serializers.Serializer[Any]):
    """By PERT: mean (O + 4 M + P) / 6, standard deviation (P − O) / 6; sums of independent lines; P80 of the normal distribution."""

    mean = serializers.DecimalField(18, 2)
    deviation = serializers.DecimalField(18, 2)
    p50 = serializers.DecimalField(18, 2)
    p80 = serializers.DecimalField(18, 2)


class RateNamedOut(RateUsedOut):
    currency = serializers.CharField()


class SumsOut(serializers.Serializer[Any]):
    """In the portfolio's currency; ``rates``: at which what was given in others was converted."""

    low = serializers.DecimalField(18, 2)
    likely = serializers.DecimalField(18, 2)
    high = serializers.DecimalField(18, 2)
    expected = ExpectedOut()
    rates = RateNamedOut(many=True)


class LineOut(serializers.Serializer[Any]):
    """Points and expected value are in the portfolio's currency. ``currency``, the originals and ``rate`` are null unless the line was
    given in another one."""

    id = serializers.IntegerField(source="line.pk")
    version = serializers.IntegerField(source="line.version")
    key = serializers.CharField(source="line.key")
    name = serializers.CharField(source="line.name")
    category = serializers.CharField(source="line.category")
    method = serializers.ChoiceField(EstimateLine.Method.choices, source="line.method")
    quantity = serializers.DecimalField(14, 3, source="line.quantity")
    unit = serializers.CharField(source="line.unit")
    optimistic = serializers.DecimalField(18, 2, source="line.optimistic")
    likely = serializers.DecimalField(18, 2, source="line.likely")
    pessimistic = serializers.DecimalField(18, 2, source="line.pessimistic")
    currency = serializers.CharField(source="line.currency", allow_null=True)
    original_optimistic = serializers.DecimalField(22, 4, source="line.original_optimistic", allow_null=True)
    original_likely = serializers.DecimalField(22, 4, source="line.original_likely", allow_null=True)
    original_pessimistic = serializers.DecimalField(
        22, 4, source="line.original_pessimistic", allow_null=True
    )
    rate = RateUsedOut(source="line.rate", allow_null=True)
    basis = serializers.CharField(source="line.basis")
    expected = ExpectedOut()


class EstimateOut(serializers.Serializer[Any]):
    """``project`` is null for what is the program's own. An issued version does not change any more."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    number = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.ChoiceField(Estimate.State.choices)
    estimate_class = serializers.ChoiceField(Estimate.Class.choices)
    confidence = serializers.IntegerField()
    basis = serializers.CharField()
    prepared_on = serializers.DateField()
    issued_by = serializers.IntegerField(source="issued_by_id", allow_null=True)
    issued_at = serializers.DateTimeField(allow_null=True)
    lines = serializers.SerializerMethodField()
    sums = serializers.SerializerMethodField()

    def get_lines(self, estimate: Estimate) -> list[dict[str, Any]]:
        return list(LineOut(selectors.costed(estimate), many=True).data)

    def get_sums(self, estimate: Estimate) -> dict[str, Any]:
        return dict(SumsOut(selectors.sums(selectors.costed(estimate))).data)


class EstimatePatch(Strict):
    title = serializers.CharField(max_length=200)
    estimate_class = serializers.IntegerField(min_value=1, max_value=5, required=False)
    confidence = serializers.IntegerField(min_value=1, max_value=99, required=False)
    basis = serializers.CharField(required=False, allow_blank=True)
    prepared_on = serializers.DateField(required=False)


class EstimateIn(EstimatePatch):
    """The lines of the latest version are taken over into the new one."""

    title = serializers.CharField(max_length=200, required=False)
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)


class LineIn(Strict):
    """Three points, or ``likely`` alone; what is in another currency than the portfolio's as ``currency`` and the originals, which are
    converted at the rate of the day on which the estimate was prepared. Without a ``key`` the line gets one."""

    key = serializers.CharField(max_length=60, required=False)
    name = serializers.CharField(max_length=300)
    category = serializers.CharField(max_length=32, required=False)
    method = serializers.ChoiceField(EstimateLine.Method.choices, required=False)
    quantity = serializers.DecimalField(14, 3, required=False)
    unit = serializers.CharField(max_length=40, required=False, allow_blank=True)
    optimistic = serializers.DecimalField(18, 2, required=False)
    likely = serializers.DecimalField(18, 2, required=False)
    pessimistic = serializers.DecimalField(18, 2, required=False)
    currency = serializers.CharField(max_length=3, required=False, allow_null=True)
    original_optimistic = serializers.DecimalField(22, 4, required=False)
    original_likely = serializers.DecimalField(22, 4, required=False)
    original_pessimistic = serializers.DecimalField(22, 4, required=False)
    basis = serializers.CharField(required=False, allow_blank=True)


class LinesIn(Strict):
    lines = LineIn(many=True, max_length=2000)  # type: ignore[call-arg]


class TakeOverIn(Strict):
    percentile = serializers.ChoiceField(["p50", "p80"], default="p50")


class CountOut(serializers.Serializer[Any]):
    lines = serializers.IntegerField()


class ChangeOut(serializers.Serializer[Any]):
    kind = serializers.CharField()
    key = serializers.CharField()
    name = serializers.CharField()
    changed = serializers.ListField(child=serializers.CharField(), source="fields")
    before = LineOut(allow_null=True)
    after = LineOut(allow_null=True)
    delta = serializers.DecimalField(18, 2)


class ComparisonOut(serializers.Serializer[Any]):
    """``delta``: of the expected values; it is the sum of the changes'."""

    before = serializers.IntegerField(source="before.pk")
    after = serializers.IntegerField(source="after.pk")
    old = SumsOut()
    new = SumsOut()
    delta = serializers.DecimalField(18, 2)
    changes = ChangeOut(many=True)


class ScopeOut(serializers.Serializer[Any]):
    project = serializers.IntegerField(source="project.pk", allow_null=True, default=None)
    estimate = serializers.IntegerField(source="issued.pk", allow_null=True, default=None)
    sums = SumsOut()


class RollupOut(serializers.Serializer[Any]):
    """The latest issued estimates of the projects and of the program's own, and their sum; ``missing``: projects without one."""

    estimate_class = serializers.IntegerField(allow_null=True)
    total = SumsOut()
    scopes = ScopeOut(many=True)
    missing = serializers.SerializerMethodField()

    def get_missing(self, found: selectors.Rollup) -> list[int]:
        return [project.pk for project in found.missing]


class EstimateFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    state = django_filters.ChoiceFilter(choices=Estimate.State.choices)


class _Estimates(Endpoint):
    out = EstimateOut

    def rows(self) -> QuerySet[Any]:
        return selectors.rows(self.actor)

    def held(self, pk: int) -> Estimate:
        """Return the estimate, authorized and as it was read."""
        estimate = selectors.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, estimate)
        self.match(estimate)
        return estimate

    def fresh(self, pk: int, status: int = 200) -> Response:
        shown = self.represent(selectors.get_for(self.actor, pk))
        at = f"/api/v1/estimates/{pk}/" if status == 201 else ""
        return self.written(shown, status=status, at=at)


class EstimateList(_Estimates):
    serializer_class = EstimateOut
    filterset_class = EstimateFilters
    orderings: ClassVar = {"id": ("pk",)}

    @operation("budget.read", gives=EstimateOut(many=True), summary="List cost estimates")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class ProgramEstimates(_Estimates):
    @operation(
        "budget.read", gives=RollupOut, summary="Read a program's estimate, computed from its components'"
    )
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "budget.read")
        return Response(RollupOut(selectors.of_program(self.actor, program)).data)

    @operation(
        "budget.edit",
        takes=EstimateIn,
        gives=EstimateOut,
        status=201,
        summary="Begin a version of an estimate",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = {"prepared_on": timezone.localdate(), "project": None} | self.given(EstimateIn)
        made = services.begin(actor=self.actor, program=program, **given)
        return self.fresh(made.pk, 201)


class EstimateItem(_Estimates):
    @operation("budget.read", gives=EstimateOut, summary="Read a cost estimate")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(selectors.get_for(self.actor, pk)))

    @operation(
        "budget.edit",
        takes=EstimatePatch(partial=True),
        gives=EstimateOut,
        versioned=True,
        summary="Change a draft",
    )
    def patch(self, request: Request, pk: int) -> Response:
        estimate = self.held(pk)
        services.update(actor=self.actor, estimate=estimate, **self.given(EstimatePatch, partial=True))
        return self.fresh(pk)

    @operation("budget.edit", gives=DeletedOut, versioned=True, summary="Give a draft up")
    def delete(self, request: Request, pk: int) -> Response:
        services.delete(actor=self.actor, estimate=self.held(pk))
        return self.written({"deleted": True})


class EstimateLines(_Estimates):
    @operation(
        "budget.edit", takes=LinesIn, gives=EstimateOut, versioned=True, summary="Set all lines of a draft"
    )
    def put(self, request: Request, pk: int) -> Response:
        estimate = self.held(pk)
        try:
            services.replace_lines(actor=self.actor, estimate=estimate, rows=self.given(LinesIn)["lines"])
        except RowsRefused as error:
            raise refused(error) from error
        return self.fresh(pk)


class EstimateImport(_Estimates):
    parser_classes: ClassVar = [MultiPartParser]  # type: ignore[misc]

    @operation(
        "budget.edit",
        takes=FileIn,
        gives=CountOut,
        summary="Set all lines of a draft from a CSV file or workbook",
    )
    def post(self, request: Request, pk: int) -> Response:
        estimate = selectors.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, estimate)
        given = self.given(FileIn)
        files = {given["file"].name: given["file"]}
        try:
            found = estimate_imports.load(
                actor=self.actor, estimate=estimate, files=files, dry_run=given["dry_run"]
            )
        except RowsRefused as error:
            raise refused(error) from error
        return self.written({"lines": found})


class EstimateIssue(_Estimates):
    @operation(
        "budget.edit", gives=EstimateOut, versioned=True, summary="Issue a draft; it does not change any more"
    )
    def post(self, request: Request, pk: int) -> Response:
        services.issue(actor=self.actor, estimate=self.held(pk), at=timezone.now())
        return self.fresh(pk)


class EstimateForecast(_Estimates):
    @operation(
        "budget.edit",
        takes=TakeOverIn,
        gives=BudgetOut,
        summary="Take an issued estimate over as the budget's forecast",
    )
    def post(self, request: Request, pk: int) -> Response:
        estimate = selectors.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, estimate)
        budget = services.take_over(actor=self.actor, estimate=estimate, **self.given(TakeOverIn))
        return self.written(BudgetOut(budget).data, computation.revisions(budget.program_id))


class EstimateComparison(_Estimates):
    @operation("budget.read", gives=ComparisonOut, summary="Compare two versions of an estimate")
    def get(self, request: Request, pk: int, other: int) -> Response:
        before, after = (selectors.get_for(self.actor, one) for one in (pk, other))
        return Response(ComparisonOut(selectors.compare(before, after)).data)

"""Capital requests as the API shows and takes them."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from budgets.api.budgets import in_program
from budgets.models import ApprovalRound, AssetClass, CapitalRequest, CostLine, Nature, Vote
from budgets.selectors.simulations import Standing
from projects.models import Project, Scenario
from tpm.activity.rest import Revisions, Strict
from tpm.activity.rest_fields import LARGEST, Reference, WallTime


class YearOut(serializers.Serializer[Any]):
    """A year: what is paid and what it brings, in the request's currency."""

    year = serializers.IntegerField(min_value=1990, max_value=2200)
    amount = serializers.DecimalField(18, 2, min_value=0, required=False)
    benefit = serializers.DecimalField(18, 2, required=False)


class YearIn(YearOut, Strict):
    pass


class CapitalRequestOut(serializers.Serializer[Any]):
    """``asked`` is the sum of its years in ``currency``; ``authorised`` is in the portfolio's currency."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    number = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.ChoiceField(CapitalRequest.State.choices)
    asset_class = serializers.ChoiceField(AssetClass.choices)
    business_case = serializers.CharField()
    alternatives = serializers.CharField()
    benefits = serializers.CharField()
    risks = serializers.CharField()
    vendor = serializers.CharField()
    cost_line = serializers.IntegerField(source="cost_line_id", allow_null=True)
    currency = serializers.CharField()
    asked = serializers.DecimalField(18, 2)
    planned_in_service_on = serializers.DateField(allow_null=True)
    scenario = serializers.IntegerField(source="scenario_id", allow_null=True)
    requester = serializers.IntegerField(source="requester_id")
    content_sha256 = serializers.CharField(help_text="What a vote has to name: the content that was read.")
    submitted_at = serializers.DateTimeField(allow_null=True)
    authorised = serializers.DecimalField(18, 2, allow_null=True)
    authorised_at = serializers.DateTimeField(allow_null=True)
    in_service_on = serializers.DateField(allow_null=True)
    still_expected = serializers.DecimalField(18, 2, allow_null=True)


class AppraisalOut(serializers.Serializer[Any]):
    """``null`` is *not available*. Rates are fractions, paybacks years."""

    discount_rate = serializers.DecimalField(6, 4)
    npv = serializers.DecimalField(18, 2)
    irr = serializers.DecimalField(12, 6, allow_null=True)
    payback = serializers.DecimalField(8, 2, allow_null=True)
    discounted_payback = serializers.DecimalField(8, 2, allow_null=True)


class SpendOut(serializers.Serializer[Any]):
    """In the portfolio's currency."""

    committed = serializers.DecimalField(18, 2)
    spent = serializers.DecimalField(18, 2)
    expected = serializers.DecimalField(18, 2)
    left = serializers.DecimalField(18, 2, allow_null=True)
    overruns = serializers.BooleanField()
    is_overrun = serializers.BooleanField()


class VoteOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    step = serializers.IntegerField()
    role = serializers.CharField()
    voter = serializers.IntegerField(source="voter_id")
    principal = serializers.IntegerField(source="principal_id")
    decision = serializers.ChoiceField(Vote.Decision.choices)
    reason = serializers.CharField()
    content_sha256 = serializers.CharField()
    at = serializers.DateTimeField()


class RoundOut(serializers.Serializer[Any]):
    """A round of approval: policy, tier, steps and amounts as pinned; ``counted`` chose the tier."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(ApprovalRound.State.choices)
    policy = serializers.IntegerField(source="policy_id")
    tier = serializers.IntegerField()
    steps = serializers.JSONField()
    amount = serializers.DecimalField(18, 2)
    counted = serializers.DecimalField(18, 2)
    original_currency = serializers.CharField()
    original_amount = serializers.DecimalField(18, 2)
    rate = serializers.DecimalField(20, 10)
    content_sha256 = serializers.CharField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    votes = VoteOut(many=True)


class FigureValue(serializers.CharField):
    def to_representation(self, value: Any) -> str:
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)


class PairOut(serializers.Serializer[Any]):
    """A figure of the plan and with the what-if: a number, or a moment as text."""

    plan = FigureValue(allow_null=True)
    scenario = FigureValue(allow_null=True)


class MovedOut(serializers.Serializer[Any]):
    """A milestone; ``shift`` and floats are working minutes."""

    name = serializers.CharField()
    plan = WallTime(allow_null=True)
    finish = WallTime(allow_null=True)
    shift = serializers.IntegerField(allow_null=True)
    plan_total_float = serializers.IntegerField(allow_null=True)
    total_float = serializers.IntegerField(allow_null=True)


class LoadOut(serializers.Serializer[Any]):
    """Work is in minutes, the peak in units: 1 is one full-time person."""

    resource = serializers.IntegerField(source="resource.pk")
    name = serializers.CharField(source="resource.name")
    work = PairOut()
    peak = PairOut()
    overloads = serializers.BooleanField()


class EffectsOut(serializers.Serializer[Any]):
    """``counts`` is null for those who do not read the whole program; they get the figures of the request's project."""

    revision = serializers.IntegerField(help_text="The plan's revision that it was computed on.")
    computed_at = serializers.DateTimeField()
    program = serializers.DictField(child=PairOut())
    project = serializers.DictField(child=PairOut())
    milestones = MovedOut(many=True)
    counts = serializers.DictField(child=serializers.IntegerField(), allow_null=True)
    people = LoadOut(many=True)


class SimulationOut(serializers.Serializer[Any]):
    """What the what-if would change: ``then`` as submitted (approvals bind it), ``now`` on the plan of today where that differs."""

    scenario = serializers.IntegerField(source="scenario.pk")
    standing = serializers.ChoiceField([one.value for one in Standing])
    checked_at = serializers.IntegerField(help_text="The plan's revision at which the two were compared.")
    then = EffectsOut(allow_null=True)
    now = EffectsOut(allow_null=True)


class CapitalRequestDetailOut(CapitalRequestOut):
    amounts = YearOut(many=True)
    appraisal = AppraisalOut(allow_null=True)
    spend = SpendOut()
    round = RoundOut(allow_null=True)
    simulation = SimulationOut(allow_null=True)


class CapitalRequestWritten(CapitalRequestDetailOut, Revisions):
    pass


class CapitalRequestPatch(Strict):
    """What is asked for. A change of it voids every approval."""

    title = serializers.CharField(max_length=200)
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    asset_class = serializers.ChoiceField(AssetClass.choices, required=False)
    business_case = serializers.CharField(allow_blank=True, required=False)
    alternatives = serializers.CharField(allow_blank=True, required=False)
    benefits = serializers.CharField(allow_blank=True, required=False)
    risks = serializers.CharField(allow_blank=True, required=False)
    vendor = serializers.CharField(max_length=300, allow_blank=True, required=False)
    cost_line = Reference(CostLine.objects.visible_to, required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False)
    planned_in_service_on = serializers.DateField(required=False, allow_null=True)
    scenario = Reference(Scenario.objects.visible_to, required=False, allow_null=True)
    amounts = YearIn(many=True, required=False)


class CapitalRequestIn(CapitalRequestPatch):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, attrs)


class FactsIn(Strict):
    in_service_on = serializers.DateField(required=False, allow_null=True)
    still_expected = serializers.DecimalField(18, 2, min_value=0, required=False, allow_null=True)


class WithdrawIn(Strict):
    reason = serializers.CharField(allow_blank=True, required=False, max_length=1000)


class VoteIn(Strict):
    """``content_sha256``: what was read. ``principal``: for whom, if a vote was lent; else one's own."""

    content_sha256 = serializers.RegexField("^[0-9a-f]{64}$")
    decision = serializers.ChoiceField(Vote.Decision.choices)
    reason = serializers.CharField(allow_blank=True, required=False, max_length=2000)
    principal = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)


class BookingIn(Strict):
    capital_request = Reference(CapitalRequest.objects.visible_to, allow_null=True)
    nature = serializers.ChoiceField(Nature.choices, required=False, allow_null=True)


class BookingOut(Revisions):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    capital_request = serializers.IntegerField(allow_null=True)


class ReportRowOut(serializers.Serializer[Any]):
    asset_class = serializers.ChoiceField(AssetClass.choices)
    capital_request = serializers.IntegerField()
    fiscal_year = serializers.IntegerField()
    capitalised = serializers.DecimalField(18, 2)
    expensed = serializers.DecimalField(18, 2)
    in_service_on = serializers.DateField(allow_null=True)


class CapitalReportOut(serializers.Serializer[Any]):
    results = ReportRowOut(many=True)

"""Capital requests: what is asked for, what it costs and brings by year, and what was authorised."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models import separation
from budgets.models.budgets import ProgramRow
from budgets.models.cost_lines import CostLine
from programs.models.portfolios import currency_code
from projects.models import Scenario
from tpm.activity.tracking import tracked


class AssetClass(models.TextChoices):
    HARDWARE = "hardware", _("IT hardware")
    SOFTWARE = "software", _("Software, bought")
    DEVELOPED = "developed", _("Software, developed")
    LICENCE = "licence", _("Licences and rights")
    NETWORK = "network", _("Network and communication")
    BUILDING = "building", _("Buildings and fit-out")
    EQUIPMENT = "equipment", _("Plant and equipment")
    OTHER = "other", _("Other")


@tracked
class CapitalRequest(ProgramRow):
    """``content`` and its hash are made by the database from what people write (amounts by year included): approvals bind them.
    ``simulation`` is what the what-if was found to do to the plan (``projects.selectors.scenario_effects``), and content as well.
    What happens after the approval (``in_service_on``, ``still_expected``) is no content."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for approval")
        APPROVED = "approved", _("authorised")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CLOSED = "closed", _("closed")

    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    business_case = models.TextField(_("business case"), blank=True)
    asset_class = models.CharField(
        _("asset class"), max_length=12, choices=AssetClass.choices, default=AssetClass.HARDWARE.value
    )
    alternatives = models.TextField(_("alternatives"), blank=True)
    benefits = models.TextField(_("benefits"), blank=True)
    risks = models.TextField(_("risks"), blank=True)
    vendor = models.CharField(_("vendor"), max_length=300, blank=True)
    vendor_key = models.CharField(max_length=300, blank=True, editable=False)
    cost_line = models.ForeignKey(
        CostLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="capital_requests",
        verbose_name=_("budget line"),
    )  # fmt: skip
    currency = models.CharField(_("currency"), max_length=3, validators=[currency_code])
    planned_in_service_on = models.DateField(_("planned in service"), null=True, blank=True)
    scenario = models.ForeignKey(
        Scenario, null=True, blank=True, on_delete=models.RESTRICT, related_name="capital_requests",
        verbose_name=_("what-if"),
    )  # fmt: skip
    simulation = models.JSONField(default=dict, editable=False, blank=True)
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(default=dict, editable=False, blank=True)
    content_sha256 = models.CharField(max_length=64, editable=False, blank=True)

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT.value)
    submitted_at = models.DateTimeField(null=True, blank=True)
    authorised = models.DecimalField(_("authorised"), max_digits=18, decimal_places=2, null=True, blank=True)
    authorised_at = models.DateTimeField(null=True, blank=True)
    in_service_on = models.DateField(_("in service since"), null=True, blank=True)
    still_expected = models.DecimalField(
        _("still expected"), max_digits=18, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="capital_request_number"),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "closed"], authorised__isnull=False)
                | ~Q(state="approved") & Q(authorised=None),
                name="authorised_when_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["program", "state"], name="capital_request_by_state"),
            models.Index(fields=["vendor_key"], name="capital_request_by_vendor"),
        ]
        triggers = separation.CAPITAL_REQUEST

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The short name that people say: ``CX-12``."""
        return f"CX-{self.number}"

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What is said in words, with its labels, in the order of reading."""
        return [
            (str(_("Business case")), self.business_case),
            (str(_("Alternatives")), self.alternatives),
            (str(_("Benefits")), self.benefits),
            (str(_("Risks")), self.risks),
        ]


@tracked
class CapitalAmount(models.Model):
    """A year of a request: what is paid and what it brings (a negative benefit is a running cost), in its currency."""

    request = models.ForeignKey(CapitalRequest, on_delete=models.CASCADE, related_name="amounts")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(Decimal(0))]
    )  # fmt: skip
    benefit = models.DecimalField(_("benefit"), max_digits=18, decimal_places=2, default=Decimal(0))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "year"],
                name="capital_amount_once_a_year",
                violation_error_message=_("A year stands twice."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="capital_amount_not_negative"),
        ]
        triggers = separation.CAPITAL_AMOUNT

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"

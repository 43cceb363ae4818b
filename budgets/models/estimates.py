"""Cost estimates: what work is expected to cost, on what basis and how surely; in versions that stay as they were issued."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.budgets import ProgramRow
from budgets.models.categories import Category
from budgets.models.rates import ExchangeRate
from programs.models.portfolios import currency_code
from tpm.activity.models import RULES, Versioned
from tpm.activity.tracking import tracked

FIXED = "estimate_issued"
RULES.update({FIXED: _("An issued estimate does not change. Begin a new version.")})

_REFUSE = f"RAISE EXCEPTION '{FIXED}' USING ERRCODE = '23514', CONSTRAINT = '{FIXED}';"  # said by RULES


POINTS = ("optimistic", "likely", "pessimistic")
ORIGINALS = tuple(f"original_{name}" for name in POINTS)


def _original(label: Any) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(label, max_digits=22, decimal_places=4, null=True, blank=True)


def _amount(label: Any) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(
        label, max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )


@tracked
class Estimate(ProgramRow):
    """A version of the estimate of one project, or (without a project) of what is the program's own. In the portfolio's currency."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")

    class Class(models.IntegerChoices):
        """How mature the definition is that the estimate rests on (AACE International Recommended Practice 18R-97)."""

        CLASS_5 = 5, _("Class 5 · concept screening")
        CLASS_4 = 4, _("Class 4 · feasibility")
        CLASS_3 = 3, _("Class 3 · budget authorisation")
        CLASS_2 = 2, _("Class 2 · control or bid")
        CLASS_1 = 1, _("Class 1 · check estimate")

    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    estimate_class = models.PositiveSmallIntegerField(
        _("estimate class"), choices=Class.choices, default=Class.CLASS_5,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )  # fmt: skip
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), default=50, validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("percent: how sure the estimators are that the range holds"),
    )  # fmt: skip
    basis = models.TextField(_("basis of estimate"), blank=True)
    prepared_on = models.DateField(_("prepared"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "project", "number"], name="estimate_version_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["program", "project"],
                condition=Q(state="draft"),
                name="one_draft_estimate",
                nulls_distinct=False,
                violation_error_message=_("There is a draft already. Issue or delete it first."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_at=None) | Q(state="issued", issued_at__isnull=False),
                name="estimate_issued_at",
            ),
            models.CheckConstraint(
                condition=Q(
                    estimate_class__gte=1, estimate_class__lte=5, confidence__gte=1, confidence__lte=99
                ),
                name="estimate_class_and_confidence",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="issued_stays",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"IF OLD.state = 'issued' THEN {_REFUSE} END IF; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


@tracked
class EstimateLine(Versioned):
    """Three points, or one (all three are then equal). ``key`` is the same in all versions: by it they are compared.

    The points are in the portfolio's currency. What was given in another one is kept beside them (``currency`` and the originals)
    with the rate it was converted at, that of the day on which the estimate was prepared.
    """

    class Method(models.TextChoices):
        BOTTOM_UP = "bottom_up", _("Bottom-up")
        THREE_POINT = "three_point", _("Three-point")
        ANALOGOUS = "analogous", _("Analogous")
        PARAMETRIC = "parametric", _("Parametric")
        QUOTE = "quote", _("Vendor quote")
        EXPERT = "expert", _("Expert judgement")

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(default=0)
    key = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("what it is"), max_length=300)
    category = models.CharField(_("category"), max_length=32, default=Category.OTHER)
    method = models.CharField(_("method"), max_length=12, choices=Method.choices, default=Method.BOTTOM_UP)
    quantity = models.DecimalField(
        _("quantity"), max_digits=14, decimal_places=3, default=1, validators=[MinValueValidator(Decimal(0))]
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    optimistic = _amount(_("optimistic"))
    likely = _amount(_("most likely"))
    pessimistic = _amount(_("pessimistic"))
    currency = models.CharField(
        _("currency"), max_length=3, null=True, blank=True, validators=[currency_code]
    )
    original_optimistic = _original(_("optimistic in this currency"))
    original_likely = _original(_("most likely in this currency"))
    original_pessimistic = _original(_("pessimistic in this currency"))
    rate = models.ForeignKey(
        ExchangeRate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("rate"),
    )
    basis = models.TextField(_("basis"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    currency=None,
                    rate=None,
                    original_optimistic=None,
                    original_likely=None,
                    original_pessimistic=None,
                )
                | Q(
                    currency__isnull=False,
                    rate__isnull=False,
                    original_optimistic__gte=0,
                    original_likely__gte=F("original_optimistic"),
                    original_pessimistic__gte=F("original_likely"),
                ),
                name="estimate_line_priced_whole",
                violation_error_message=_("A foreign amount names its currency, its amount and its rate."),
            ),
            models.UniqueConstraint(
                fields=["estimate", "key"],
                name="estimate_line_once",
                violation_error_message=_("There is a line of this code already."),
            ),
            models.CheckConstraint(
                condition=Q(optimistic__gte=0, optimistic__lte=F("likely"), likely__lte=F("pessimistic")),
                name="estimate_points_in_order",
                violation_error_message=_("Optimistic ≤ most likely ≤ pessimistic, none of them negative."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="estimate_quantity_not_negative",
                violation_error_message=_("A quantity can not be negative."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="issued_lines_stay",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=(
                    "IF EXISTS (SELECT FROM budgets_estimate WHERE state = 'issued'"
                    " AND id IN (CASE WHEN TG_OP <> 'DELETE' THEN NEW.estimate_id END,"
                    f" CASE WHEN TG_OP <> 'INSERT' THEN OLD.estimate_id END)) THEN {_REFUSE} END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

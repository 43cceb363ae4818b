"""Cost categories as a portfolio uses them."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models.portfolio_rows import PortfolioRow
from tpm.activity.tracking import tracked


class Category(models.TextChoices):
    """The seven that every portfolio begins with."""

    LABOUR = "labour", _("Labour")
    HARDWARE = "hardware", _("Hardware")
    SOFTWARE = "software", _("Software and licences")
    CLOUD = "cloud", _("Cloud")
    SERVICES = "services", _("Services")
    TRAVEL = "travel", _("Travel")
    OTHER = "other", _("Other")


@tracked
class CostCategory(PortfolioRow):
    """Cost lines and actuals name it by ``code``, which stays; one that is no longer used is not offered any more."""

    code = models.CharField(
        _("code"),
        max_length=32,
        validators=[
            RegexValidator(r"\A[a-z0-9][a-z0-9_-]*\Z", _("Lower-case letters, digits, - and _ only."))
        ],
    )
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "code"],
                name="category_code_unique",
                violation_error_message=_("There is a category of this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

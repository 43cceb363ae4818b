"""Vendors of a portfolio: whom its programs buy from, and whom to call there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models.portfolio_rows import PortfolioRow
from tpm.activity.tracking import tracked


def key_of(name: str) -> str:
    """Return what two spellings of a name share: its letters and digits, in lower case (``Halden A.S.`` → ``haldenas``)."""
    return "".join(letter for letter in name.lower() if letter.isalnum())[:100]


@tracked
class Vendor(PortfolioRow):
    """``key`` is the number that bookkeeping knows it by or, without one, its name without spaces and signs (``key_of``)."""

    name = models.CharField(_("name"), max_length=300)
    key = models.CharField(_("key"), max_length=100)
    category = models.CharField(_("category"), max_length=32, blank=True)
    is_active = models.BooleanField(_("offered"), default=True)
    note = models.TextField(_("note"), blank=True)
    external_key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "key"],
                name="vendor_key_unique",
                violation_error_message=_("There is a vendor of this key already."),
            )
        ]
        indexes = [models.Index(fields=["portfolio", "name"], name="vendor_by_name")]

    def __str__(self) -> str:
        return self.name


@tracked
class VendorContact(models.Model):
    """A person at a vendor."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name

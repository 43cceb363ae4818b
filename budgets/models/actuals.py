"""Actuals: money that was spent, posted on a date."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models import separation
from budgets.models.budgets import ProgramRow
from budgets.models.categories import Category
from budgets.models.cost_lines import Nature
from budgets.models.rates import Priced, priced_whole
from projects.models import Task
from tpm.activity.tracking import tracked

IN_OPEN_PERIOD = "actual_in_open_period"

# Whose periods are held against being closed while this transaction is under way, and which of them are closed already.
_REFUSE_CLOSED = """
    PERFORM 1 FROM budgets_fiscalperiod AS p
      JOIN programs_program AS g USING (portfolio_id)
     WHERE EXISTS (SELECT 1 FROM ({rows}) AS t WHERE t.program_id = g.id AND t.posted_on BETWEEN p.starts_on AND p.ends_on)
       FOR SHARE OF p;
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT program_id, posted_on FROM ({rows}) AS every) AS t
          JOIN programs_program AS g ON g.id = t.program_id
          JOIN budgets_fiscalperiod AS p ON p.portfolio_id = g.portfolio_id AND t.posted_on BETWEEN p.starts_on AND p.ends_on
         WHERE p.state <> 'open'
    ) THEN
        RAISE EXCEPTION 'a closed period is read-only' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NULL;
"""
_TOLD = "program_id, project_id, posted_on, amount, category, kind, currency, original_amount, rate_id, reverses_id, nature, capital_request_id"
_MOVED = (
    "SELECT w.program_id, w.posted_on FROM {one} AS w JOIN {other} AS v ON v.id = w.id"
    " WHERE (" + ", ".join(f"w.{name}" for name in _TOLD.split(", ")) + ") IS DISTINCT FROM ("
    + ", ".join(f"v.{name}" for name in _TOLD.split(", ")) + ")"
)  # fmt: skip


def _closed_stays(name: str, operation: pgtrigger.Operation, rows: str, **tables: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        referencing=pgtrigger.Referencing(**tables),  # type: ignore[no-untyped-call]
        func=_REFUSE_CLOSED.format(rows=rows, name=IN_OPEN_PERIOD),
    )


@tracked
class Actual(ProgramRow, Priced):
    """A posting; a negative amount takes back an earlier one, which ``reverses`` names if it is known."""

    class Kind(models.TextChoices):
        POSTING = "posting", _("Posting")
        ACCRUAL = "accrual", _("Accrual")
        REVERSAL = "reversal", _("Reversal")

    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="actuals", verbose_name=_("task")
    )
    posted_on = models.DateField(_("posted on"))
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    category = models.CharField(_("category"), max_length=32, default=Category.OTHER)
    description = models.CharField(_("description"), max_length=300, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.POSTING, db_default=Kind.POSTING
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="reversal"
    )
    nature = models.CharField(
        _("opex or capex"), max_length=6, choices=Nature.choices, null=True, blank=True
    )  # null: capitalised if it names a capital request, expensed otherwise
    capital_request = models.ForeignKey(
        "budgets.CapitalRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="actuals",
        verbose_name=_("capital request"),
    )  # fmt: skip
    external_key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | ~Q(kind="reversal") & Q(reverses=None),
                name="reversal_names_what_it_reverses",
                violation_error_message=_("A reversal names the posting that it takes back."),
            ),
            priced_whole("actual_priced_whole"),
        ]
        indexes = [models.Index(fields=["program", "posted_on"], name="actual_by_date")]
        triggers = [
            _closed_stays("closed_takes_none", pgtrigger.Insert, "SELECT * FROM new_rows", new="new_rows"),
            _closed_stays("closed_loses_none", pgtrigger.Delete, "SELECT * FROM old_rows", old="old_rows"),
            _closed_stays(
                "closed_keeps_all",
                pgtrigger.Update,
                _MOVED.format(one="old_rows", other="new_rows")
                + " UNION ALL "
                + _MOVED.format(one="new_rows", other="old_rows"),
                old="old_rows",
                new="new_rows",
            ),
            *separation.funders(),
        ]

    def __str__(self) -> str:
        return f"{self.amount} on {self.posted_on}"

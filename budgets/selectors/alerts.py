"""What will cost money soon unless somebody decides: contracts that end or renew themselves, authorisations that will overrun."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgets.models import CapitalRequest
from budgets.selectors import capex, procurement
from budgets.selectors.capital_money import Spend, spend
from budgets.selectors.procurement import Expiring
from tpm.accounts.actors import Actor

MOST = 500


@dataclass(frozen=True)
class Overrun:
    """An authorised request that will cost (or has cost) more than its policy lets pass without a warning."""

    request: CapitalRequest
    spend: Spend

    @property
    def percent(self) -> Decimal | None:
        """What is expected, in per cent of what is authorised."""
        authorised = self.spend.authorised
        return self.spend.expected / authorised * 100 if authorised else None


@dataclass(frozen=True)
class Alerts:
    overruns: list[Overrun]
    expiring: list[Expiring]


def due(actor: Actor, day: date, most: int = 8) -> Alerts:
    """Return what the actor sees of it in programs that are not archived, the most pressing first: seven queries."""
    requests = capex.rows(actor).filter(state=CapitalRequest.State.APPROVED, program__archived_at=None)
    found = list(requests[:MOST])
    money = spend(found)
    over = [
        Overrun(one, money[one.pk]) for one in found if money[one.pk].overruns or money[one.pk].is_overrun
    ]
    over.sort(key=lambda one: (-one.spend.beyond, one.request.pk))
    ending = [one for one in procurement.expiring(actor, day) if one.contract.program.archived_at is None]
    ending.sort(key=lambda one: (one.days < 0, one.notice_by, one.contract.pk))
    return Alerts(over[:most], ending[:most])

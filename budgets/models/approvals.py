"""Approval by policy: who must agree to an amount, who did, and in whose name. Any subject can ask for it, by kind and id.

What must never happen is refused by the database (``budgets/models/separation.py``), whoever writes: votes of the requester,
of editors or funders, of service accounts, of one person twice, on an outdated content, or by an expired delegation.
"""

from decimal import Decimal
from typing import Any, Self, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models import separation
from budgets.models.budgets import ProgramRow
from budgets.models.rates import ExchangeRate
from programs import policies
from programs.models import Portfolio
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet, Versioned, append_only
from tpm.activity.tracking import tracked

M = TypeVar("M", bound=models.Model, covariant=True)
LARGEST_QUORUM = 20


class Kind(models.TextChoices):
    """What can be asked for."""

    CAPITAL_REQUEST = "capital_request", _("Capital request")


def tiers_in_order(value: Any) -> None:
    """Refuse anything but tiers of ascending amounts, the last without an upper end, each with steps of roles and a quorum.

    ``[{"up_to": "25000.00" | null, "steps": [{"roles": ["ES", "PO"], "quorum": 1}]}]``
    """
    if not (isinstance(value, list) and value and all(isinstance(tier, dict) for tier in value)):
        raise ValidationError(_("A policy has at least one tier."))
    previous = Decimal(0)
    for index, tier in enumerate(value):
        up_to, steps = tier.get("up_to"), tier.get("steps")
        is_last = index == len(value) - 1
        if (up_to is None) != is_last:
            raise ValidationError(_("Only the last tier has no upper end, and it needs to have none."))
        if up_to is not None:
            previous = _higher(up_to, previous)
        if not (isinstance(steps, list) and steps):
            raise ValidationError(_("Tier %(n)s has no step."), params={"n": index + 1})
        for step in steps:
            _check_step(step, index + 1)


def _higher(up_to: Any, previous: Decimal) -> Decimal:
    try:
        amount = Decimal(str(up_to))
    except ArithmeticError as error:
        raise ValidationError(_("“%(value)s” is no amount."), params={"value": up_to}) from error
    if not amount.is_finite() or amount <= previous or amount != round(amount, 2):
        raise ValidationError(_("The upper ends of the tiers ascend, with two decimals at most."))
    return amount


def _check_step(step: Any, tier: int) -> None:
    roles = step.get("roles") if isinstance(step, dict) else None
    if not (isinstance(roles, list) and roles and all(isinstance(role, str) for role in roles)):
        raise ValidationError(_("A step of tier %(n)s names no role."), params={"n": tier})
    approving = policies.CAPABILITIES["capex.approve"]
    if unknown := sorted(set(roles) - approving):
        raise ValidationError(
            _("%(roles)s can not approve; steps are for %(approving)s."),
            params={"roles": ", ".join(unknown), "approving": ", ".join(sorted(approving))},
        )
    quorum = step.get("quorum")
    if type(quorum) is not int or not 1 <= quorum <= LARGEST_QUORUM:
        raise ValidationError(_("A step of tier %(n)s needs a number of votes."), params={"n": tier})


class PolicyQuerySet(models.QuerySet["ApprovalPolicy"]):
    def visible_to(self, actor: Actor) -> "PolicyQuerySet":
        """Policies of the portfolios in which the actor reads any amounts."""
        if actor.is_system:
            return self
        return self.filter(
            portfolio_id__in={grant.portfolio_id for grant in policies.holding(actor, "budget.read")}
        )


@tracked
class ApprovalPolicy(Versioned):
    """One version of a portfolio's rules for a kind of subject. It counts once a second person has confirmed it, from its
    first day on; the newest of several holds. Confirmed, it never changes: only its last day can still be set."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="approval_policies")
    kind = models.CharField(_("for"), max_length=20, choices=Kind.choices, default=Kind.CAPITAL_REQUEST.value)
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("to"), null=True, blank=True)
    tiers = models.JSONField(_("tiers"), validators=[tiers_in_order])
    discount_rate = models.DecimalField(
        _("discount rate"), max_digits=6, decimal_places=4, default=Decimal("0.0800"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
    )  # fmt: skip
    overrun_threshold = models.DecimalField(
        _("warn above this part of what is authorised"), max_digits=4, decimal_places=2, default=Decimal("1.00"),
        validators=[MinValueValidator(Decimal("0.50")), MaxValueValidator(Decimal("1.50"))],
    )  # fmt: skip
    split_days = models.PositiveSmallIntegerField(
        _("days over which split requests are summed"), default=90, validators=[MaxValueValidator(366)]
    )
    note = models.TextField(_("note"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "kind", "number"],
                name="approval_policy_number",
                violation_error_message=_("There is a version of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("author")),
                name="policy_needs_two_persons",
                violation_error_message=_(
                    "A policy is confirmed by somebody else than the person who wrote it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="policy_confirmed_when",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="policy_ends_after_start",
                violation_error_message=_("The policy ends before it starts."),
            ),
        ]
        triggers = separation.POLICY

    def __str__(self) -> str:
        return f"{self.get_kind_display()} v{self.number}"

    @property
    def discount_percent(self) -> Decimal:
        return self.discount_rate * 100

    @property
    def threshold_percent(self) -> Decimal:
        return self.overrun_threshold * 100

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id)


@tracked
class ApprovalRound(ProgramRow):
    """One asking: the subject's content, the policy's steps and the amount as they were at that moment. An edit of the subject
    voids it, open or approved. ``counted`` is what chose the tier: the amount and those of ``counted_with`` (split requests)."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        VOIDED = "voided", _("voided by an edit")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject_id = models.BigIntegerField()
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    policy = models.ForeignKey(ApprovalPolicy, on_delete=models.PROTECT, related_name="rounds")
    tier = models.PositiveSmallIntegerField()
    steps = models.JSONField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    counted = models.DecimalField(max_digits=18, decimal_places=2)
    counted_with = models.JSONField(default=list, blank=True)
    original_currency = models.CharField(max_length=3)
    original_amount = models.DecimalField(max_digits=18, decimal_places=2)
    rate = models.DecimalField(max_digits=20, decimal_places=10, default=Decimal(1))
    exchange_rate = models.ForeignKey(
        ExchangeRate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN.value)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(state="open"),
                name="one_open_round",
                violation_error_message=_("It waits for approval already."),
            )
        ]
        indexes = [models.Index(fields=["kind", "subject_id"], name="round_by_subject")]
        triggers = separation.ROUND

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.state}"


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, actor: Actor) -> "VoteQuerySet":
        """Votes of the rounds whose amounts the actor reads."""
        return self.filter(
            policies.within(
                actor,
                "budget.read",
                portfolio="round__program__portfolio_id",
                program="round__program_id",
                project="round__project_id",
            )
        )


class Vote(models.Model):
    """One person's word in a round, for ever. ``principal`` is whose vote it is: the voter's own, or of whom delegated it."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("approved")
        REJECT = "reject", _("rejected")

    round = models.ForeignKey(ApprovalRound, on_delete=models.PROTECT, related_name="votes")
    step = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=3, choices=policies.Role.choices)
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    principal = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        "budgets.Delegation", null=True, blank=True, on_delete=models.PROTECT, related_name="votes"
    )
    decision = models.CharField(max_length=8, choices=Decision.choices)
    reason = models.TextField(blank=True, max_length=2000)
    content_sha256 = models.CharField(max_length=64)
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "voter"], name="vote_once_as_voter"),
            models.UniqueConstraint(fields=["round", "principal"], name="vote_once_as_principal"),
            models.CheckConstraint(
                condition=Q(delegation=None, voter=F("principal"))
                | Q(delegation__isnull=False) & ~Q(voter=F("principal")),
                name="vote_is_own_or_delegated",
            ),
            models.CheckConstraint(
                condition=Q(decision="approve") | ~Q(reason=""),
                name="rejection_says_why",
                violation_error_message=_("Say why you reject it."),
            ),
        ]
        triggers = [*append_only(), *separation.VOTE]

    def __str__(self) -> str:
        return f"{self.principal} {self.decision}"


class Involvement(models.Model):
    """Who had a hand in a subject and so can not approve it; written by triggers from the audit, never by services."""

    class What(models.TextChoices):
        REQUESTED = "requested", _("requested it")
        EDITED = "edited", _("edited it")
        FUNDED = "funded", _("wrote the money it draws on, or booked to it")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "user", "what"], name="involvement_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.user} {self.what}"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those that the actor gave or got."""
        return self.all() if actor.is_system else self.filter(Q(giver=actor.user) | Q(delegate=actor.user))


@tracked
class Delegation(Versioned):
    """A vote lent for a time: who may speak for whom, in one role or (blank) in all. It passes on the vote, not the right to
    read: the delegate votes on what he can open himself. [``starts_at``, ``ends_at``)"""

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("delegate")
    )
    role = models.CharField(_("role"), max_length=3, choices=policies.Role.choices, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("delegate")),
                name="delegation_to_another",
                violation_error_message=_("Delegate to somebody else."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="delegation_ends_after_start",
                violation_error_message=_("The delegation ends before it starts."),
            ),
        ]
        indexes = [models.Index(fields=["delegate", "ends_at"], name="delegation_by_delegate")]
        triggers = separation.DELEGATION

    def __str__(self) -> str:
        return f"{self.giver} → {self.delegate}"

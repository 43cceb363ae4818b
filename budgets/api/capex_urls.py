"""Addresses of capital expenditure and approvals, below /api/v1/."""

from django.urls import path

from budgets.api import approvals, capex

urlpatterns = [
    path("capital-requests/", capex.CapitalRequestList.as_view(), name="capital-request-list"),
    path("capital-requests/<int:pk>/", capex.CapitalRequestItem.as_view(), name="capital-request-item"),
    path(
        "capital-requests/<int:pk>/submit/",
        capex.CapitalRequestSubmit.as_view(),
        name="capital-request-submit",
    ),
    path(
        "capital-requests/<int:pk>/simulate/",
        capex.CapitalRequestSimulate.as_view(),
        name="capital-request-simulate",
    ),
    path(
        "capital-requests/<int:pk>/withdraw/",
        capex.CapitalRequestWithdraw.as_view(),
        name="capital-request-withdraw",
    ),
    path(
        "capital-requests/<int:pk>/facts/", capex.CapitalRequestFacts.as_view(), name="capital-request-facts"
    ),
    path(
        "capital-requests/<int:pk>/close/", capex.CapitalRequestClose.as_view(), name="capital-request-close"
    ),
    path(
        "capital-requests/<int:pk>/votes/", capex.CapitalRequestVotes.as_view(), name="capital-request-votes"
    ),
    path(
        "programs/<int:pk>/capital-requests/",
        capex.ProgramCapitalRequests.as_view(),
        name="program-capital-requests",
    ),
    path("programs/<int:pk>/capital-report/", capex.ProgramCapitalReport.as_view(), name="capital-report"),
    path("actuals/<int:pk>/capital-request/", capex.ActualBooking.as_view(), name="actual-capital-request"),
    path(
        "contracts/<int:pk>/capital-request/",
        capex.ContractBooking.as_view(),
        name="contract-capital-request",
    ),
    path("approvals/", approvals.Inbox.as_view(), name="approval-inbox"),
    path("approval-policies/", approvals.PolicyList.as_view(), name="approval-policy-list"),
    path("approval-policies/<int:pk>/", approvals.PolicyItem.as_view(), name="approval-policy-item"),
    path(
        "approval-policies/<int:pk>/confirm/",
        approvals.PolicyConfirm.as_view(),
        name="approval-policy-confirm",
    ),
    path(
        "portfolios/<int:pk>/approval-policies/",
        approvals.PortfolioPolicies.as_view(),
        name="portfolio-approval-policies",
    ),
    path("delegations/", approvals.DelegationList.as_view(), name="delegation-list"),
    path("delegations/revoke/", approvals.DelegationRevoke.as_view(), name="delegation-revoke"),
]

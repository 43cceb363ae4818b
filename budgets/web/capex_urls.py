"""Addresses of capital expenditure and approvals."""

from django.urls import path

from budgets.web import approval_policies, approvals, capex, capex_files, capex_forms, simulations

urlpatterns = [
    path("programs/<int:pk>/capex/", capex.program_board, name="program-capex"),
    path("portfolios/<int:pk>/capex/", capex.portfolio_board, name="portfolio-capex"),
    path("programs/<int:pk>/capex/new/", capex_forms.create, name="capex-create"),
    path("programs/<int:pk>/capex/report/", capex.report, name="capex-report"),
    path("programs/<int:pk>/capex/export/<slug:table>.<slug:kind>", capex_files.export, name="capex-export"),
    path("capex/<int:pk>/", capex.detail, name="capex-detail"),
    path(
        "capex/<int:pk>/export/<slug:table>.<slug:kind>", capex_files.one_request, name="capex-table-export"
    ),
    path("capex/<int:pk>/edit/", capex_forms.edit, name="capex-edit"),
    path("capex/<int:pk>/simulation/", simulations.panel, name="capex-simulation"),
    path("capex/<int:pk>/simulate/", simulations.refresh, name="capex-simulate"),
    path("capex/<int:pk>/submit/", capex.submit, name="capex-submit"),
    path("capex/<int:pk>/vote/", capex.vote, name="capex-vote"),
    path("capex/<int:pk>/withdraw/", capex.withdraw, name="capex-withdraw"),
    path("capex/<int:pk>/facts/", capex.facts, name="capex-facts"),
    path("capex/<int:pk>/book-actual/", capex.book_actual, name="capex-book-actual"),
    path("capex/<int:pk>/book-contract/", capex.book_contract, name="capex-book-contract"),
    path("capex/<int:pk>/close/", capex.close, name="capex-close"),
    path("capex/<int:pk>/delete/", capex.delete, name="capex-delete"),
    path("approvals/", approvals.inbox, name="approval-inbox"),
    path("programs/<int:pk>/approvals/panel/", approvals.program_panel, name="program-approval-panel"),
    path("delegations/", approvals.delegations, name="delegation-list"),
    *(
        path(
            f"delegations/export.{kind}",
            approvals.delegations_export,
            {"kind": kind},
            name=f"delegation-export-{kind}",
        )
        for kind in ("csv", "xlsx")
    ),
    path("delegations/revoke/", approvals.revoke, name="delegation-revoke"),
    path(
        "portfolios/<int:pk>/approval-policies/", approval_policies.policy_list, name="approval-policy-list"
    ),
    path(
        "portfolios/<int:pk>/approval-policies/new/", approval_policies.create, name="approval-policy-create"
    ),
    path("approval-policies/<int:pk>/confirm/", approval_policies.confirm, name="approval-policy-confirm"),
    path("approval-policies/<int:pk>/end/", approval_policies.end, name="approval-policy-end"),
    path("approval-policies/<int:pk>/discard/", approval_policies.discard, name="approval-policy-discard"),
]

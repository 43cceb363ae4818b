"""Addresses of procurement, below /api/v1/."""

from django.urls import path

from budgets.api import invoices, orders, vendors

urlpatterns = [
    path("vendors/", vendors.VendorList.as_view(), name="vendor-list"),
    path("vendors/<int:pk>/", vendors.VendorItem.as_view(), name="vendor-item"),
    path("portfolios/<int:pk>/vendors/", vendors.PortfolioVendors.as_view(), name="portfolio-vendors"),
    path("contracts/", vendors.ContractList.as_view(), name="contract-list"),
    path("contracts/<int:pk>/", vendors.ContractItem.as_view(), name="contract-item"),
    path("programs/<int:pk>/contracts/", vendors.ProgramContracts.as_view(), name="program-contracts"),
    path("purchase-orders/", orders.OrderList.as_view(), name="order-list"),
    path("purchase-orders/<int:pk>/", orders.OrderItem.as_view(), name="order-item"),
    path("purchase-orders/<int:pk>/place/", orders.OrderPlace.as_view(), name="order-place"),
    path("purchase-orders/<int:pk>/close/", orders.OrderClose.as_view(), name="order-close"),
    path("purchase-orders/<int:pk>/cancel/", orders.OrderCancel.as_view(), name="order-cancel"),
    path("purchase-orders/<int:pk>/deliveries/", orders.OrderDeliveries.as_view(), name="order-deliveries"),
    path("purchase-orders/<int:pk>/invoices/", invoices.OrderInvoices.as_view(), name="order-invoices"),
    path("programs/<int:pk>/purchase-orders/", orders.ProgramOrders.as_view(), name="program-orders"),
    path("acceptances/<int:pk>/steps/", orders.AcceptanceSteps.as_view(), name="acceptance-steps"),
    path("acceptances/<int:pk>/decision/", orders.AcceptanceDecision.as_view(), name="acceptance-decision"),
    path("acceptances/<int:pk>/retry/", orders.AcceptanceRetry.as_view(), name="acceptance-retry"),
    path("acceptance-steps/<int:pk>/", orders.AcceptanceStepItem.as_view(), name="acceptance-step-item"),
    path("invoices/", invoices.InvoiceList.as_view(), name="invoice-list"),
    path("invoices/<int:pk>/", invoices.InvoiceItem.as_view(), name="invoice-item"),
    path("invoices/<int:pk>/post/", invoices.InvoicePost.as_view(), name="invoice-post"),
    path("invoices/<int:pk>/reverse/", invoices.InvoiceReverse.as_view(), name="invoice-reverse"),
    path("tolerances/", invoices.ToleranceList.as_view(), name="tolerance-list"),
    path("tolerances/<int:pk>/", invoices.ToleranceItem.as_view(), name="tolerance-item"),
    path("tolerances/<int:pk>/confirm/", invoices.ToleranceConfirm.as_view(), name="tolerance-confirm"),
    path(
        "portfolios/<int:pk>/tolerances/", invoices.PortfolioTolerances.as_view(), name="portfolio-tolerances"
    ),
]

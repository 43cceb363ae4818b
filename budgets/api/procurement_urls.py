"""Addresses of procurement, below /api/v1/."""

from django.urls import path

from budgets.api import procurement as views

urlpatterns = [
    path("vendors/", views.VendorList.as_view(), name="vendor-list"),
    path("vendors/<int:pk>/", views.VendorItem.as_view(), name="vendor-item"),
    path("portfolios/<int:pk>/vendors/", views.PortfolioVendors.as_view(), name="portfolio-vendors"),
    path("contracts/", views.ContractList.as_view(), name="contract-list"),
    path("contracts/<int:pk>/", views.ContractItem.as_view(), name="contract-item"),
    path("programs/<int:pk>/contracts/", views.ProgramContracts.as_view(), name="program-contracts"),
    path("purchase-orders/", views.OrderList.as_view(), name="order-list"),
    path("purchase-orders/<int:pk>/", views.OrderItem.as_view(), name="order-item"),
    path("purchase-orders/<int:pk>/place/", views.OrderPlace.as_view(), name="order-place"),
    path("purchase-orders/<int:pk>/close/", views.OrderClose.as_view(), name="order-close"),
    path("purchase-orders/<int:pk>/cancel/", views.OrderCancel.as_view(), name="order-cancel"),
    path("purchase-orders/<int:pk>/deliveries/", views.OrderDeliveries.as_view(), name="order-deliveries"),
    path("purchase-orders/<int:pk>/invoices/", views.OrderInvoices.as_view(), name="order-invoices"),
    path("programs/<int:pk>/purchase-orders/", views.ProgramOrders.as_view(), name="program-orders"),
    path("acceptances/<int:pk>/steps/", views.AcceptanceSteps.as_view(), name="acceptance-steps"),
    path("acceptances/<int:pk>/decision/", views.AcceptanceDecision.as_view(), name="acceptance-decision"),
    path("acceptances/<int:pk>/retry/", views.AcceptanceRetry.as_view(), name="acceptance-retry"),
    path("acceptance-steps/<int:pk>/", views.AcceptanceStepItem.as_view(), name="acceptance-step-item"),
    path("invoices/", views.InvoiceList.as_view(), name="invoice-list"),
    path("invoices/<int:pk>/", views.InvoiceItem.as_view(), name="invoice-item"),
    path("invoices/<int:pk>/post/", views.InvoicePost.as_view(), name="invoice-post"),
    path("invoices/<int:pk>/reverse/", views.InvoiceReverse.as_view(), name="invoice-reverse"),
    path("tolerances/", views.ToleranceList.as_view(), name="tolerance-list"),
    path("tolerances/<int:pk>/confirm/", views.ToleranceConfirm.as_view(), name="tolerance-confirm"),
    path("portfolios/<int:pk>/tolerances/", views.PortfolioTolerances.as_view(), name="portfolio-tolerances"),
]

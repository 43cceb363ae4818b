"""Addresses of procurement."""

from django.urls import path

from budgets.web import (
    contracts,
    deliveries,
    invoices,
    order_files,
    order_forms,
    orders,
    tolerances,
    vendor_files,
    vendors,
)

urlpatterns = [
    path("portfolios/<int:pk>/vendors/", vendors.vendor_list, name="vendor-list"),
    path("portfolios/<int:pk>/tolerances/", tolerances.tolerance_list, name="portfolio-tolerances"),
    *(
        path(f"tolerances/<int:pk>/{act}/", tolerances.settle, {"act": act}, name=f"tolerance-{act}")
        for act in ("confirm", "discard")
    ),
    path("portfolios/<int:pk>/vendors/new/", vendors.vendor_create, name="vendor-create"),
    path("vendors/<int:pk>/", vendors.vendor_detail, name="vendor-detail"),
    path("vendors/<int:pk>/export/<slug:table>.<slug:kind>", vendor_files.export, name="vendor-export"),
    path("vendors/<int:pk>/edit/", vendors.vendor_edit, name="vendor-edit"),
    path("programs/<int:pk>/contracts/new/", contracts.contract_create, name="contract-create"),
    path("contracts/<int:pk>/edit/", contracts.contract_edit, name="contract-edit"),
    path("programs/<int:pk>/orders/", orders.order_list, name="program-orders"),
    path("programs/<int:pk>/orders/new/", order_forms.create, name="order-create"),
    path("programs/<int:pk>/orders/export/<slug:table>.<slug:kind>", order_files.export, name="order-export"),
    path("orders/<int:pk>/", orders.detail, name="order-detail"),
    path("orders/<int:pk>/export/<slug:table>.<slug:kind>", order_files.order, name="order-table-export"),
    path("orders/<int:pk>/edit/", order_forms.edit, name="order-edit"),
    *(
        path(f"orders/<int:pk>/{act}/", orders.move, {"act": act}, name=f"order-{act}")
        for act in ("place", "close", "cancel")
    ),
    path("orders/<int:pk>/deliveries/", deliveries.receive, name="order-receive"),
    path("orders/<int:pk>/invoices/", invoices.enter, name="order-invoice"),
    path("acceptance-steps/<int:pk>/", deliveries.step, name="acceptance-step"),
    *(
        path(f"acceptances/<int:pk>/{act}/", deliveries.decide, {"act": act}, name=f"acceptance-{act}")
        for act in ("accept", "reject", "retry")
    ),
    *(
        path(f"invoices/<int:pk>/{act}/", invoices.settle, {"act": act}, name=f"invoice-{act}")
        for act in ("post", "reverse", "delete")
    ),
]

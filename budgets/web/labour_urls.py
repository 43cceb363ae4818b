"""Addresses of labour."""

from django.urls import path

from budgets.web import labour

urlpatterns = [
    path("portfolios/<int:pk>/rate-card/", labour.portfolio_card, name="rate-card"),
    path("portfolios/<int:pk>/rate-card/export.<slug:kind>", labour.card_export, name="rate-card-export"),
    path("programs/<int:pk>/rate-card/", labour.program_card, name="program-rate-card"),
    path(
        "programs/<int:pk>/rate-card/export.<slug:kind>",
        labour.program_card_export,
        name="program-rate-card-export",
    ),
    path("labour-rates/<int:pk>/", labour.rate_correct, name="labour-rate-correct"),
    path("labour-rates/<int:pk>/delete/", labour.rate_delete, name="labour-rate-delete"),
    path("programs/<int:pk>/labour/", labour.program_labour, name="program-labour"),
    path("programs/<int:pk>/labour/cost/", labour.cost_work, name="labour-cost-work"),
    path("programs/<int:pk>/labour/export.<slug:kind>", labour.labour_export, name="labour-export"),
    path("programs/<int:pk>/labour/people.<slug:kind>", labour.people_export, name="labour-people-export"),
]

"""Addresses of labour, below /api/v1/."""

from django.urls import path

from budgets.api import labour

urlpatterns = [
    path("labour-rates/", labour.LabourRateList.as_view(), name="labour-rate-list"),
    path("labour-rates/<int:pk>/", labour.LabourRateItem.as_view(), name="labour-rate-item"),
    path(
        "portfolios/<int:pk>/labour-rates/",
        labour.PortfolioLabourRates.as_view(),
        name="portfolio-labour-rates",
    ),
    path("programs/<int:pk>/labour-rates/", labour.ProgramLabourRates.as_view(), name="program-labour-rates"),
    path("labour-costs/", labour.LabourCostList.as_view(), name="labour-cost-list"),
    path("programs/<int:pk>/labour-lines/", labour.ProgramLabourLines.as_view(), name="program-labour-lines"),
]

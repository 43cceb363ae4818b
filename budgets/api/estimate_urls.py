"""Addresses of cost estimates, below /api/v1/."""

from django.urls import path

from budgets.api import estimates

urlpatterns = [
    path("estimates/", estimates.EstimateList.as_view(), name="estimate-list"),
    path("estimates/<int:pk>/", estimates.EstimateItem.as_view(), name="estimate-item"),
    path("estimates/<int:pk>/lines/", estimates.EstimateLines.as_view(), name="estimate-lines"),
    path("estimates/<int:pk>/import/", estimates.EstimateImport.as_view(), name="estimate-import"),
    path("estimates/<int:pk>/issue/", estimates.EstimateIssue.as_view(), name="estimate-issue"),
    path("estimates/<int:pk>/forecast/", estimates.EstimateForecast.as_view(), name="estimate-forecast"),
    path(
        "estimates/<int:pk>/compare/<int:other>/",
        estimates.EstimateComparison.as_view(),
        name="estimate-comparison",
    ),
    path("programs/<int:pk>/estimates/", estimates.ProgramEstimates.as_view(), name="program-estimates"),
]

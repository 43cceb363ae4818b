"""Addresses of the risk register, below /api/v1/."""

from django.urls import path

from risks.api import risks

urlpatterns = [
    path("risks/", risks.RiskList.as_view(), name="risk-list"),
    path("risks/<int:pk>/", risks.RiskItem.as_view(), name="risk-item"),
    path("programs/<int:pk>/risks/", risks.ProgramRisks.as_view(), name="program-risks"),
]

"""Addresses of exports, below /api/v1/."""

from django.urls import path

from tpm.exports import api

urlpatterns = [
    path("programs/<int:pk>/export/mspdi/", api.ProgramExport.as_view(), name="program-export"),
    path(
        "programs/<int:pk>/export/mspdi/report/",
        api.ProgramExportReport.as_view(),
        name="program-export-report",
    ),
]

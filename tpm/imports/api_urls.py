"""Addresses of imports, below /api/v1/."""

from django.urls import path

from tpm.imports import api

urlpatterns = [
    path("portfolios/<int:pk>/imports/", api.PortfolioImports.as_view(), name="portfolio-imports"),
    path("programs/<int:pk>/imports/", api.ProgramImports.as_view(), name="program-imports"),
    path("programs/<int:pk>/actuals/imports/", api.ActualsImports.as_view(), name="program-actuals-imports"),
    path(
        "programs/<int:pk>/task-earnings/imports/",
        api.EarningsImports.as_view(),
        name="program-earnings-imports",
    ),
    path("imports/", api.ImportList.as_view(), name="import-list"),
    path("imports/<int:pk>/", api.ImportItem.as_view(), name="import-item"),
    path("imports/<int:pk>/apply/", api.ImportApply.as_view(), name="import-apply"),
    path("imports/<int:pk>/cancel/", api.ImportCancel.as_view(), name="import-cancel"),
    path("imports/<int:pk>/revert/", api.ImportRevert.as_view(), name="import-revert"),
    path("import-templates/", api.Templates.as_view(), name="import-templates"),
]

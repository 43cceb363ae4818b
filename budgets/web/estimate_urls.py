"""Addresses of cost estimates."""

from django.urls import path

from budgets.web import estimate_files, estimates

urlpatterns = [
    path("programs/<int:pk>/estimates/", estimates.program_page, name="program-estimates"),
    path(
        "programs/<int:pk>/estimates/export.<slug:kind>",
        estimate_files.program_export,
        name="program-estimates-export",
    ),
    path("estimates/<int:pk>/", estimates.detail, name="estimate-detail"),
    path("estimates/<int:pk>/lines/new/", estimates.line_create, name="estimate-line-create"),
    path("estimates/<int:pk>/lines/load/", estimates.load, name="estimate-import"),
    path("estimates/<int:pk>/issue/", estimates.act, {"act": "issue"}, name="estimate-issue"),
    path("estimates/<int:pk>/delete/", estimates.act, {"act": "delete"}, name="estimate-delete"),
    path("estimates/<int:pk>/forecast/", estimates.act, {"act": "forecast"}, name="estimate-forecast"),
    path("estimates/<int:pk>/compare/<int:other>/", estimates.compare, name="estimate-compare"),
    path(
        "estimates/<int:pk>/compare/<int:other>/export.<slug:kind>",
        estimate_files.comparison,
        name="estimate-compare-export",
    ),
    path("estimates/<int:pk>/export.<slug:kind>", estimate_files.export, name="estimate-export"),
    path("estimate-lines/<int:pk>/", estimates.line_edit, name="estimate-line-edit"),
    path("estimate-lines/<int:pk>/delete/", estimates.line_delete, name="estimate-line-delete"),
]

"""Addresses of governance reports; part of the namespace ``programs``."""

from django.urls import path

from programs.web import reports

urlpatterns = [
    path("programs/<int:pk>/reports/", reports.report_list, name="report-list"),
    path("programs/<int:pk>/reports/new/", reports.report_create, name="report-create"),
    path("reports/<int:pk>/", reports.report_detail, name="report-detail"),
    path("reports/<int:pk>/edit/", reports.report_edit, name="report-edit"),
    path("reports/<int:pk>/figures/", reports.report_figures_now, name="report-figures"),
    path("reports/<int:pk>/publish/", reports.report_publish, name="report-publish"),
    path("reports/<int:pk>/discard/", reports.report_discard, name="report-discard"),
    path("reports/<int:pk>/compare/", reports.report_compare, name="report-compare"),
    path("reports/<int:pk>/report.pdf", reports.report_pdf, name="report-pdf"),
]

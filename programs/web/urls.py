from django.urls import path

from programs.web import (
    calendars,
    kpis,
    members,
    portfolio_tables,
    portfolios,
    programs,
    rag_policies,
    report_urls,
    resources,
)

app_name = "programs"
urlpatterns = [
    path("portfolios/", portfolios.portfolio_list, name="portfolio-list"),
    path("portfolios/new/", portfolios.portfolio_create, name="portfolio-create"),
    path("portfolios/<int:pk>/", portfolio_tables.portfolio_detail, name="portfolio-detail"),
    path("portfolios/<int:pk>/edit/", portfolios.portfolio_edit, name="portfolio-edit"),
    path("portfolios/<int:pk>/rating-policy/", rag_policies.policy_detail, name="rag-policy"),
    path(
        "portfolios/<int:pk>/rating-policy/preview/", rag_policies.policy_preview, name="rag-policy-preview"
    ),
    path("portfolios/<int:pk>/programs/new/", programs.program_create, name="program-create"),
    path("programs/<int:pk>/", programs.program_detail, name="program-detail"),
    path("programs/<int:pk>/health/", programs.program_health, name="program-health"),
    path("programs/<int:pk>/computation/", programs.program_stuck, name="program-stuck"),
    path("programs/<int:pk>/star/", programs.program_star, name="program-star"),
    path("programs/<int:pk>/recompute/", programs.program_recompute, name="program-recompute"),
    path("programs/<int:pk>/settings/", programs.program_settings, name="program-settings"),
    path("programs/<int:pk>/people/", members.member_list, name="member-list"),
    path("portfolios/<int:pk>/people/", members.portfolio_members, name="portfolio-members"),
    path("members/<int:pk>/revoke/", members.member_revoke, name="member-revoke"),
    path("portfolios/<int:pk>/calendars/", calendars.calendar_list, name="calendar-list"),
    path("portfolios/<int:pk>/calendars/new/", calendars.calendar_create, name="calendar-create"),
    path("calendars/<int:pk>/", calendars.calendar_detail, name="calendar-detail"),
    path("programs/<int:pk>/resources/new/", resources.resource_create, name="resource-create"),
    path("programs/<int:pk>/resources/<int:resource>/", resources.resource_edit, name="resource-edit"),
    path(
        "programs/<int:pk>/resources/<int:resource>/delete/",
        resources.resource_delete,
        name="resource-delete",
    ),
    path("programs/<int:pk>/kpis/", kpis.kpi_list, name="kpi-list"),
    path("programs/<int:pk>/kpis/new/", kpis.kpi_create, name="kpi-create"),
    path("kpis/<int:pk>/", kpis.kpi_detail, name="kpi-detail"),
    path("kpis/<int:pk>/edit/", kpis.kpi_edit, name="kpi-edit"),
    path("kpis/<int:pk>/delete/", kpis.kpi_delete, name="kpi-delete"),
    path("kpis/<int:pk>/values/", kpis.kpi_measure, name="kpi-measure"),
    path("kpi-values/<int:pk>/edit/", kpis.kpi_value_edit, name="kpi-value-edit"),
    path("kpi-values/<int:pk>/delete/", kpis.kpi_value_delete, name="kpi-value-delete"),
    *report_urls.urlpatterns,
]

"""Addresses of the structure's resources, below /api/v1/."""

from django.urls import path

from programs.api import (
    actions,
    calendars,
    indicators,
    kpis,
    members,
    objectives,
    portfolios,
    programs,
    rag_policies,
    reports,
    resources,
)

urlpatterns = [
    path("portfolios/", portfolios.PortfolioList.as_view(), name="portfolio-list"),
    path("portfolios/<int:pk>/", portfolios.PortfolioItem.as_view(), name="portfolio-item"),
    path("portfolios/<int:pk>/figures/", portfolios.PortfolioFigures.as_view(), name="portfolio-figures"),
    path("portfolios/<int:pk>/members/", members.PortfolioMembers.as_view(), name="portfolio-members"),
    path(
        "portfolios/<int:pk>/calendars/", calendars.PortfolioCalendars.as_view(), name="portfolio-calendars"
    ),
    path("portfolios/<int:pk>/programs/", programs.PortfolioPrograms.as_view(), name="portfolio-programs"),
    path("rating-policies/", rag_policies.RagPolicyList.as_view(), name="rag-policy-list"),
    path(
        "portfolios/<int:pk>/rating-policies/",
        rag_policies.PortfolioRagPolicies.as_view(),
        name="portfolio-rag-policies",
    ),
    path(
        "portfolios/<int:pk>/rating-policies/preview/",
        rag_policies.RagPolicyPreview.as_view(),
        name="rag-policy-preview",
    ),
    path("programs/", programs.ProgramList.as_view(), name="program-list"),
    path("programs/<int:pk>/", programs.ProgramItem.as_view(), name="program-item"),
    path("programs/<int:pk>/status/", programs.ProgramStatus.as_view(), name="program-status"),
    path("programs/<int:pk>/recompute/", programs.ProgramRecompute.as_view(), name="program-recompute"),
    path("programs/<int:pk>/health/", programs.ProgramHealth.as_view(), name="program-health"),
    path("programs/<int:pk>/members/", members.ProgramMembers.as_view(), name="program-members"),
    path("members/<int:pk>/", members.MemberItem.as_view(), name="member-item"),
    path("calendars/", calendars.CalendarList.as_view(), name="calendar-list"),
    path("calendars/<int:pk>/", calendars.CalendarItem.as_view(), name="calendar-item"),
    path(
        "portfolios/<int:pk>/resources/", resources.PortfolioResources.as_view(), name="portfolio-resources"
    ),
    path("programs/<int:pk>/resources/", resources.ProgramResources.as_view(), name="program-resources"),
    path("resources/", resources.ResourceList.as_view(), name="resource-list"),
    path("resources/<int:pk>/", resources.ResourceItem.as_view(), name="resource-item"),
    path("indicators/", indicators.IndicatorList.as_view(), name="indicator-list"),
    path("indicators/history/", indicators.IndicatorHistory.as_view(), name="indicator-history"),
    path("kpis/", kpis.KpiList.as_view(), name="kpi-list"),
    path("kpis/<int:pk>/", kpis.KpiItem.as_view(), name="kpi-item"),
    path("kpis/<int:pk>/values/", kpis.KpiValues.as_view(), name="kpi-values"),
    path("kpi-values/", kpis.KpiValueList.as_view(), name="kpi-value-list"),
    path("kpi-values/<int:pk>/", kpis.KpiValueItem.as_view(), name="kpi-value-item"),
    path("programs/<int:pk>/kpis/", kpis.ProgramKpis.as_view(), name="program-kpis"),
    path("actions/", actions.ActionList.as_view(), name="action-list"),
    path("actions/<int:pk>/", actions.ActionItem.as_view(), name="action-item"),
    path("programs/<int:pk>/actions/", actions.ProgramActions.as_view(), name="program-actions"),
    path("objectives/", objectives.ObjectiveList.as_view(), name="objective-list"),
    path("objectives/<int:pk>/", objectives.ObjectiveItem.as_view(), name="objective-item"),
    path("objectives/<int:pk>/results/", objectives.ObjectiveResults.as_view(), name="objective-results"),
    path("key-results/", objectives.KeyResultList.as_view(), name="key-result-list"),
    path("key-results/<int:pk>/", objectives.KeyResultItem.as_view(), name="key-result-item"),
    path(
        "portfolios/<int:pk>/objectives/",
        objectives.PortfolioObjectives.as_view(),
        name="portfolio-objectives",
    ),
    path("programs/<int:pk>/objectives/", objectives.ProgramObjectives.as_view(), name="program-objectives"),
    path("reports/", reports.ReportList.as_view(), name="report-list"),
    path("reports/<int:pk>/", reports.ReportItem.as_view(), name="report-item"),
]

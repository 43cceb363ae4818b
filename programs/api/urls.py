"""Addresses of the structure's resources, below /api/v1/."""

from django.urls import path

from programs.api import programs

urlpatterns = [
    path("portfolios/<int:pk>/programs/", programs.PortfolioPrograms.as_view(), name="portfolio-programs"),
    path("programs/", programs.ProgramList.as_view(), name="program-list"),
    path("programs/<int:pk>/", programs.ProgramItem.as_view(), name="program-item"),
    path("programs/<int:pk>/status/", programs.ProgramStatus.as_view(), name="program-status"),
    path("programs/<int:pk>/recompute/", programs.ProgramRecompute.as_view(), name="program-recompute"),
    path("programs/<int:pk>/health/", programs.ProgramHealth.as_view(), name="program-health"),
]

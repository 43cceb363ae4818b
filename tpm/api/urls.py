"""Every address of the REST API."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from budgets.selectors import task_values
from projects.api import task_json
from tpm.api import docs, me, saved_views

# A task's earned value is known above the plan: the roof brings both together.
task_json.values_of = [task_values.for_tasks]

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/schema/", docs.Schema.as_view(), name="schema"),
    path("v1/docs/", docs.page, name="docs"),
    path("v1/me/", me.Me.as_view(), name="me"),
    path("v1/saved-views/", saved_views.SavedViewList.as_view(), name="saved-view-list"),
    path("v1/saved-views/<int:pk>/", saved_views.SavedViewItem.as_view(), name="saved-view-item"),
    path("v1/", include("programs.api.urls")),
    path("v1/", include("projects.api.urls")),
    path("v1/", include("budgets.api.urls")),
    path("v1/", include("risks.api.urls")),
    path("v1/", include("tpm.collaboration.api_urls")),
    path("v1/", include("tpm.imports.api_urls")),
    path("v1/", include("tpm.exports.api_urls")),
    re_path(r"", docs.nowhere, name="nowhere"),
]

"""Every address of the application."""

from django.urls import include, path

from tpm.accounts import web as accounts
from tpm.downloads import web as downloads
from tpm.web import health, home, saved_views, search

urlpatterns = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("signin/", accounts.signin, name="signin"),
    path("signout/", accounts.signout, name="signout"),
    path("password/forgotten/", accounts.password_reset, name="password_reset"),
    path("password/forgotten/sent/", accounts.password_reset_sent, name="password_reset_done"),
    path("welcome/<uidb64>/<token>/", accounts.choose_password, name="password_reset_confirm"),
    path("welcome/done/", accounts.password_chosen, name="password_reset_complete"),
    path("account/", include("tpm.accounts.urls")),
    path("views/", saved_views.view_list, name="saved-view-list"),
    path("views/menu/", saved_views.view_menu, name="saved-view-menu"),
    path("views/new/", saved_views.view_create, name="saved-view-create"),
    path("views/<int:pk>/", saved_views.view_open, name="saved-view-open"),
    path("views/<int:pk>/edit/", saved_views.view_edit, name="saved-view-edit"),
    path("views/<int:pk>/update/", saved_views.view_update, name="saved-view-update"),
    path("views/<int:pk>/delete/", saved_views.view_delete, name="saved-view-delete"),
    path("views/<int:pk>/mark/", saved_views.view_mark, name="saved-view-mark"),
    path("downloads/", downloads.download_list, name="download-list"),
    path("downloads/<int:pk>/", downloads.download_detail, name="download-detail"),
    path("downloads/<int:pk>/cancel/", downloads.download_cancel, name="download-cancel"),
    path("downloads/<int:pk>/file/", downloads.download_file, name="download-file"),
    path("", include("tpm.live.urls")),
    path("", include("programs.web.urls")),
    path("", include("projects.web.urls")),
    path("", include("budgets.web.urls")),
    path("", include("risks.web.urls")),
    path("", include("tpm.collaboration.urls")),
    path("", include("tpm.feeds.urls")),
    path("imports/", include("tpm.imports.urls")),
    path("", include("tpm.exports.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/", include("tpm.api.urls")),
]

handler403 = "tpm.web.errors.forbidden"
handler404 = "tpm.web.errors.not_found"

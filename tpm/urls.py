"""Every address of the application."""

from django.urls import include, path

from tpm.accounts import web as accounts
from tpm.web import health, home, search

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
    path("", include("tpm.live.urls")),
    path("", include("programs.web.urls")),
    path("", include("projects.web.urls")),
    path("", include("budgets.web.urls")),
    path("", include("risks.web.urls")),
    path("", include("tpm.collaboration.urls")),
    path("imports/", include("tpm.imports.urls")),
    path("", include("tpm.exports.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/", include("tpm.api.urls")),
]

handler403 = "tpm.web.errors.forbidden"
handler404 = "tpm.web.errors.not_found"

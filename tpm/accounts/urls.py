from django.urls import path

from tpm.accounts import web

app_name = "accounts"
urlpatterns = [
    path("preferences/", web.preferences, name="preferences"),
    path("preferences/theme/", web.theme, name="theme"),
    path("password/", web.password_change, name="password-change"),
    path("password/done/", web.password_changed, name="password-changed"),
    path("tokens/", web.token_list, name="token-list"),
    path("tokens/revoke/", web.token_revoke, name="token-revoke"),
    path("people/", web.person_list, name="person-list"),
    path("people/<int:pk>/link/", web.person_link, name="person-link"),
    path("people/<int:pk>/active/", web.person_active, name="person-active"),
]

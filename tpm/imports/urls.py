"""Addresses of the pages of imports."""

from django.urls import path

from tpm.imports import web

app_name = "imports"
urlpatterns = [
    path("", web.import_list, name="import-list"),
    path("new/", web.import_new, name="import-new"),
    path("templates/", web.template, name="template"),
    path("<int:pk>/", web.import_detail, name="import-detail"),
    path("<int:pk>/apply/", web.import_apply, name="import-apply"),
    path("<int:pk>/cancel/", web.import_cancel, name="import-cancel"),
    path("<int:pk>/revert/", web.import_revert, name="import-revert"),
]

"""Addresses of the pages of exports."""

from django.urls import path

from tpm.exports import web

app_name = "exports"
urlpatterns = [
    path("programs/<int:pk>/plan/export/", web.plan_export, name="plan-export"),
    path("programs/<int:pk>/plan/export/losses/", web.plan_losses, name="plan-losses"),
    path("programs/<int:pk>/plan/export/file/", web.plan_download, name="plan-file"),
]
